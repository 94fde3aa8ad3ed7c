/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-dot-private.h"

#include "analysis/prof-graph-nodelets.h"

static void
put_box (const ProfReportDot *self,
         const char          *source,
         const char          *target,
         const char          *name,
         int64_t              weight,
         bool                 is_dotted)
{
  g_autoptr (GString) label = g_string_new (NULL);
  g_autofree char    *value = prof_report_dot_value (self, weight);

  prof_report_dot_append_quoted (label, name);
  prof_writer_printf (self->writer,
                      "%s [label = \"%s\" id=\"%s\" fontsize=8 shape=box3d "
                      "tooltip=\"%s\"]\n",
                      target,
                      label->str,
                      target,
                      value);
  prof_writer_printf (self->writer,
                      "%s -> %s [label=\" %s\" weight=100 tooltip=\"%s\" "
                      "labeltooltip=\"%s\"%s]\n",
                      source,
                      target,
                      value,
                      value,
                      value,
                      is_dotted ? " style=\"dotted\"" : "");
}

bool
prof_report_dot_tags (const ProfReportDot *self, uint32_t node)
{
  g_autoptr (GArray)    nodelets = prof_graph_nodelets (self->graph, node);
  g_autofree char      *source = g_strdup_printf ("N%u", node + 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < nodelets->len; i++)
    {
      const ProfGraphNodelet *nodelet = &g_array_index (nodelets,
                                                        ProfGraphNodelet,
                                                        i);
      const char             *at = nodelet->at == PROF_ID_NONE
                                       ? source
                                       : g_ptr_array_index (names, nodelet->at);
      char                   *target = g_strdup_printf ("%s%s_%u",
                                      nodelet->is_size ? "N" : "",
                                      at,
                                      nodelet->number);

      g_ptr_array_add (names, target);
      put_box (self,
               at,
               target,
               nodelet->name,
               nodelet->weight,
               nodelet->is_passing);
    }
  return nodelets->len > 0;
}
