/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-facts-panel.h"

#include "viewer-facts.h"
#include "viewer-legend.h"
#include "viewer-package-bar.h"
#include "viewer-panel-row.h"
#include "viewer-swatch.h"
#include "viewer-text.h"
#include "viewer-tip.h"
#include <glib/gi18n.h>

#define MAX_PACKAGES 6

struct _ViewerFactsPanel
{
  GtkWidget parent_instance;

  /* Children, of the template */
  GtkLabel         *name;
  ViewerPackageBar *package_bar;
  GtkLabel         *shares_title;
  GtkBox           *shares;
  GtkWidget        *packages_title;
  GtkBox           *packages;
  GtkBox           *facts;

  ViewerDocument *document;
  gboolean        is_current; /* nothing else is shown by the document */
};

G_DEFINE_FINAL_TYPE (ViewerFactsPanel, viewer_facts_panel, GTK_TYPE_WIDGET)

static void
package_clicked (GtkButton *button, ViewerFactsPanel *self)
{
  gpointer package = g_object_get_data (G_OBJECT (button), "package");

  if (self->is_current)
    viewer_search_package (self->document, GPOINTER_TO_UINT (package));
}

static void
add_package (ViewerFactsPanel *self, ViewerResult *result, uint32_t id)
{
  const ProfPackage *package = &prof_frames_packages (result->frames)[id];
  const char        *name = viewer_text_package (package);
  g_autofree char   *amount = viewer_text_value (result, package->self);
  g_autofree char   *share = viewer_panel_share_text (package->self,
                                                    result->total);
  g_autofree char *words = g_strdup_printf ("%s, %s, %s", name, amount, share);
  GtkWidget       *row = viewer_panel_row (8);
  GtkWidget       *swatch = viewer_swatch_new ();
  GtkWidget *label = viewer_panel_name (viewer_text_short_package (package));
  GtkWidget *button = viewer_panel_button (row, words);

  viewer_swatch_set_package (VIEWER_SWATCH (swatch), result, id);
  if (package->name[0] != '\0')
    gtk_widget_add_css_class (label, "link-text");
  gtk_box_append (GTK_BOX (row), swatch);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row),
                  viewer_panel_number (amount, VIEWER_PANEL_AMOUNT, NULL));
  gtk_box_append (GTK_BOX (row),
                  viewer_panel_number (share, VIEWER_PANEL_SHARE, "dim"));
  gtk_widget_set_sensitive (button, package->name[0] != '\0');
  viewer_tip_set (button, name);
  g_object_set_data (G_OBJECT (button), "package", GUINT_TO_POINTER (id));
  g_signal_connect_object (button,
                           "clicked",
                           G_CALLBACK (package_clicked),
                           self,
                           0);
  gtk_box_append (self->packages, button);
}

/* @swatch: (nullable): for what has no colour */
static void
add_share (ViewerFactsPanel   *self,
           const ViewerResult *result,
           GtkWidget          *swatch,
           const char         *title,
           int64_t             value)
{
  g_autofree char *amount = viewer_text_value (result, value);
  g_autofree char *share = viewer_panel_share_text (value, result->total);
  GtkWidget       *row = viewer_panel_row (8);

  if (swatch != NULL)
    gtk_box_append (GTK_BOX (row), swatch);
  gtk_box_append (GTK_BOX (row), viewer_panel_name (title));
  gtk_box_append (GTK_BOX (row),
                  viewer_panel_number (amount, VIEWER_PANEL_AMOUNT, NULL));
  gtk_box_append (GTK_BOX (row),
                  viewer_panel_number (share, VIEWER_PANEL_SHARE, "dim"));
  gtk_widget_add_css_class (row, "panel-line");
  gtk_box_append (self->shares, row);
}

/* One line for each tier, in the colour that it shows most of: own code by what
 * it is on the stacks, the others by what they hold themselves. */
static void
add_tier (ViewerFactsPanel *self,
          ViewerResult     *result,
          GArray           *order,
          ProfTier          tier,
          const char       *title)
{
  const ProfPackage *packages = prof_frames_packages (result->frames);
  uint32_t           shown = PROF_ID_NONE;
  int64_t            sum = 0;

  for (guint i = 0; i < order->len; i++)
    {
      uint32_t id = g_array_index (order, uint32_t, i);

      if (packages[id].tier != tier)
        continue;
      if (shown == PROF_ID_NONE ||
          (tier == PROF_TIER_OWN && packages[id].rank < packages[shown].rank))
        shown = id;
      sum += packages[id].self;
    }
  /* What filters leave of a stack may be a frame of no package. */
  if (shown == PROF_ID_NONE || (tier == PROF_TIER_UNSYMBOLIZED && sum == 0))
    return;

  GtkWidget *swatch = viewer_swatch_new ();

  viewer_swatch_set_package (VIEWER_SWATCH (swatch), result, shown);
  add_share (self, result, swatch, title, sum);
}

static void
fill_shares (ViewerFactsPanel *self, ViewerResult *result)
{
  g_autoptr (GArray) order = viewer_packages_by_self (result);
  const ProfPackage *packages = prof_frames_packages (result->frames);
  guint              n = 0;

  viewer_package_bar_set_result (self->package_bar, result);
  gtk_label_set_label (self->shares_title,
                       prof_unit_is_time (result->unit, NULL)
                           ? _ ("Where the time goes (self)")
                       : prof_unit_is_bytes (result->unit, NULL)
                           ? _ ("Where the memory goes (self)")
                           : _ ("Where it goes (self)"));
  viewer_panel_clear (self->shares);
  add_tier (self, result, order, PROF_TIER_OWN, _ ("Own code"));
  add_tier (self, result, order, PROF_TIER_LIBRARY, _ ("Libraries"));
  add_tier (self, result, order, PROF_TIER_RUNTIME, _ ("Go runtime"));
  add_tier (self, result, order, PROF_TIER_UNSYMBOLIZED, _ ("Without names"));
  if (prof_tree_nodes (result->tree)[0].self != 0)
    add_share (self,
               result,
               NULL,
               _ ("Without a stack"),
               prof_tree_nodes (result->tree)[0].self);
  viewer_panel_clear (self->packages);
  for (guint i = 0; i < order->len && n < MAX_PACKAGES; i++)
    {
      uint32_t id = g_array_index (order, uint32_t, i);

      if (packages[id].self == 0 || packages[id].tier == PROF_TIER_RUNTIME)
        continue;
      add_package (self, result, id);
      n++;
    }
  gtk_widget_set_visible (self->packages_title, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->shares_title),
                          gtk_widget_get_first_child (
                              GTK_WIDGET (self->shares)) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->package_bar), order->len > 0);
}

/* (transfer full): with the sign on the line of its number. */
static char *
keep_percents (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " %", -1);

  return g_strjoinv ("\u00a0%", parts);
}

/* @titles: which are as wide as the widest of them */
static void
add_fact (ViewerFactsPanel *self,
          GtkSizeGroup     *titles,
          const char       *title,
          const char       *text)
{
  g_autofree char *kept = keep_percents (text);
  GtkWidget       *row = viewer_panel_row (8);
  GtkWidget       *label = viewer_panel_label (title, 0, "dim");
  GtkWidget       *value = viewer_panel_label (kept, 0, NULL);

  gtk_widget_set_size_request (label, 112, -1);
  gtk_size_group_add_widget (titles, label);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_widget_set_valign (value, GTK_ALIGN_START);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_add_css_class (row, "fact");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), value);
  gtk_box_append (self->facts, row);
}

void
viewer_facts_panel_expire (ViewerFactsPanel *self)
{
  g_return_if_fail (VIEWER_IS_FACTS_PANEL (self));

  self->is_current = FALSE;
}

void
viewer_facts_panel_fill (ViewerFactsPanel *self, ViewerDocument *document)
{
  g_autoptr (GtkSizeGroup) titles = gtk_size_group_new (
      GTK_SIZE_GROUP_HORIZONTAL);
  g_autoptr (ViewerFacts) facts = NULL;
  g_autoptr (GPtrArray)   list = NULL;

  g_return_if_fail (VIEWER_IS_FACTS_PANEL (self));

  facts = viewer_facts_new (document);
  if (facts == NULL)
    return;
  g_set_object (&self->document, document);
  self->is_current = TRUE;
  list = viewer_facts_brief (facts);
  viewer_panel_set_text (self->name, viewer_document_get_name (document));
  fill_shares (self, viewer_document_get_result (document));
  viewer_panel_clear (self->facts);
  for (guint i = 0; i < list->len; i++)
    {
      const ViewerFact *fact = list->pdata[i];

      add_fact (self, titles, fact->title, fact->text);
    }
}

/* Object */

static void
viewer_facts_panel_dispose (GObject *object)
{
  ViewerFactsPanel *self = VIEWER_FACTS_PANEL (object);
  GtkWidget        *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (viewer_facts_panel_parent_class)->dispose (object);
}

static void
viewer_facts_panel_class_init (ViewerFactsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_facts_panel_dispose;
  g_type_ensure (VIEWER_TYPE_PACKAGE_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-facts-panel.ui");
#define BIND(child) \
  gtk_widget_class_bind_template_child (widget_class, ViewerFactsPanel, child)
  BIND (name);
  BIND (package_bar);
  BIND (shares_title);
  BIND (shares);
  BIND (packages_title);
  BIND (packages);
  BIND (facts);
#undef BIND
}

static void
viewer_facts_panel_init (ViewerFactsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
