/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-speedscope.h"

#include "base/prof-checked.h"
#include "base/prof-error.h"
#include "base/prof-unit.h"
#include "base/prof-vec.h"
#include "report/prof-json-string.h"

#define SCHEMA "https://www.speedscope.app/file-format-schema.json"

static const char *
unit_of (const char *unit)
{
  static const struct
  {
    double      ns;
    const char *name;
  } times[] = {
    { 1, "nanoseconds" },
    { 1e3, "microseconds" },
    { 1e6, "milliseconds" },
    { 1e9, "seconds" },
  };
  double factor;

  if (prof_unit_is_time (unit, &factor))
    for (size_t t = 0; t < G_N_ELEMENTS (times); t++)
      if (factor >= times[t].ns && factor <= times[t].ns)
        return times[t].name;
  if (prof_unit_is_bytes (unit, &factor) && factor >= 1 && factor <= 1)
    return "bytes";
  return "none";
}

static void
write_frame (ProfWriter *writer, const ProfFrames *frames, ProfFrameId frame)
{
  const char *file = prof_frames_file (frames, frame);
  int64_t     line = prof_frames_start_line (frames, frame);

  prof_writer_text (writer, "{\"name\":");
  prof_json_string (writer, prof_frames_display_name (frames, frame));
  if (file[0] != '\0')
    {
      prof_writer_text (writer, ",\"file\":");
      prof_json_string (writer, file);
    }
  if (line > 0)
    prof_writer_printf (writer, ",\"line\":%" G_GINT64_FORMAT, line);
  prof_writer_text (writer, "}");
}

static void
write_frames (ProfWriter *writer, const ProfFrames *frames)
{
  size_t n = prof_frames_n (frames);

  prof_writer_text (writer, "\"shared\":{\"frames\":[\n");
  for (size_t f = 0; f < n; f++)
    {
      write_frame (writer, frames, (ProfFrameId)f);
      if (!prof_writer_text (writer, f + 1 < n ? ",\n" : "\n"))
        return;
    }
  prof_writer_text (writer, "]},\n");
}

/* The frames from the root to a node, the root's own bar left out. */
static bool
write_stack (ProfWriter *writer, const ProfNode *nodes, const ProfVecU32 *path)
{
  prof_writer_text (writer, "[");
  for (size_t i = 0; i < path->length; i++)
    if (!prof_writer_printf (writer,
                             i > 0 ? ",%u" : "%u",
                             nodes[path->data[i]].frame))
      return false;
  return prof_writer_text (writer, "]");
}

/* Nodes are in preorder: the path loses what has ended and gains the node.
 * Failures of the writer end it too; they are known when that is finished. */
static bool
write_stacks (ProfWriter *writer, const ProfTree *tree, ProfVecU32 *path)
{
  const ProfNode *nodes = prof_tree_nodes (tree);
  const char     *between = "\n";

  for (ProfNodeId node = 0; node < prof_tree_n_nodes (tree); node++)
    {
      while (path->length > 0 &&
             path->data[path->length - 1] +
                     nodes[path->data[path->length - 1]].size <=
                 node)
        path->length--;
      if (node > 0 && !prof_vec_u32_append (path, node))
        return false;
      if (nodes[node].self <= 0)
        continue;
      prof_writer_text (writer, between);
      if (!write_stack (writer, nodes, path))
        return true;
      between = ",\n";
    }
  return true;
}

static void
write_weights (ProfWriter *writer, const ProfTree *tree)
{
  const ProfNode *nodes = prof_tree_nodes (tree);
  const char     *between = "";

  for (ProfNodeId node = 0; node < prof_tree_n_nodes (tree); node++)
    if (nodes[node].self > 0)
      {
        if (!prof_writer_printf (writer,
                                 "%s%" G_GINT64_FORMAT,
                                 between,
                                 nodes[node].self))
          return;
        between = ",\n";
      }
}

static int64_t
sum_of_weights (const ProfTree *tree)
{
  const ProfNode *nodes = prof_tree_nodes (tree);
  int64_t         sum = 0;

  for (ProfNodeId node = 0; node < prof_tree_n_nodes (tree); node++)
    if (nodes[node].self > 0)
      sum = prof_add_i64 (sum, nodes[node].self);
  return sum;
}

static bool
write_profile (ProfWriter *writer, const ProfTree *tree)
{
  const ProfProfile *profile = prof_frames_profile (prof_tree_frames (tree));
  size_t             type = prof_tree_type (tree);
  bool               has_type = type < prof_profile_n_types (profile);
  const char *title = has_type ? prof_profile_type_name (profile, type) : "";
  const char *unit = has_type ? prof_profile_type_unit (profile, type) : "";
  g_autofree char *valid = g_utf8_make_valid (title, -1);
  ProfVecU32       path = { 0 };
  bool             ok;

  prof_writer_text (writer, "\"profiles\":[{\"type\":\"sampled\",\"name\":");
  prof_json_string (writer, valid);
  prof_writer_printf (writer,
                      ",\"unit\":\"%s\",\"startValue\":0,\"endValue\":"
                      "%" G_GINT64_FORMAT ",\n\"samples\":[",
                      unit_of (unit),
                      sum_of_weights (tree));
  ok = write_stacks (writer, tree, &path);
  prof_vec_u32_clear (&path);
  prof_writer_text (writer, "\n],\n\"weights\":[");
  write_weights (writer, tree);
  prof_writer_text (writer, "]}]}\n");
  return ok;
}

bool
prof_report_speedscope (const ProfTree *tree,
                        const char     *name,
                        const ProfSink *sink,
                        GError        **error)
{
  g_autoptr (ProfWriter) writer = prof_writer_new (sink);
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);

  prof_writer_text (writer,
                    "{\"$schema\":\"" SCHEMA "\",\n\"exporter\":\"Flambeau\"");
  if (valid[0] != '\0')
    {
      prof_writer_text (writer, ",\"name\":");
      prof_json_string (writer, valid);
    }
  prof_writer_text (writer, ",\n");
  write_frames (writer, prof_tree_frames (tree));
  if (!write_profile (writer, tree))
    return prof_fail (error,
                      PROF_ERROR_TOO_LARGE,
                      "there is no memory for writing stacks");
  return prof_writer_finish (writer, error);
}
