/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-legend.h"

#include "viewer-panel-row.h"
#include "viewer-swatch.h"
#include "viewer-text.h"
#include "viewer-tip.h"
#include "viewer-width.h"
#include <glib/gi18n.h>

#define SPACING       14
#define MAX_OWN       3 /* in the row */
#define MAX_LIBRARIES 12
#define MAX_LISTED    200 /* in the menu */

struct _ViewerLegend
{
  GtkWidget parent_instance;

  ViewerDocument *document;
  ViewerResult   *result;
  GtkWidget      *more; /* child: menu button, last */
  GtkWidget      *list; /* in its popover */
};

G_DEFINE_FINAL_TYPE (ViewerLegend, viewer_legend, GTK_TYPE_WIDGET)

static int
by_falling_self (gconstpointer a, gconstpointer b, gpointer data)
{
  const ProfPackage *packages = data;
  uint32_t           x = *(const uint32_t *)a;
  uint32_t           y = *(const uint32_t *)b;
  int64_t            left = ABS (packages[x].self);
  int64_t            right = ABS (packages[y].self);

  if (left != right)
    return left > right ? -1 : 1;
  return (int)packages[x].rank - (int)packages[y].rank;
}

GArray *
viewer_packages_by_self (const ViewerResult *result)
{
  const ProfPackage *packages = prof_frames_packages (result->frames);
  GArray            *order = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  for (uint32_t i = 0; i < prof_frames_n_packages (result->frames); i++)
    g_array_append_val (order, i);
  g_array_sort_with_data (order, by_falling_self, (gpointer)packages);
  return order;
}

void
viewer_search_package (ViewerDocument *document, uint32_t package)
{
  ViewerResult *result = viewer_document_get_result (document);
  const char   *name = prof_frames_packages (result->frames)[package].name;

  if (name[0] == '\0')
    return;
  g_autofree char *text = g_strconcat (name, ".", NULL);
  viewer_document_set_search (document, text, PROF_SEARCH_SUBSTRING);
}

static void
item_clicked (GtkButton *button, ViewerLegend *self)
{
  gpointer package = g_object_get_data (G_OBJECT (button), "package");

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->more));
  viewer_search_package (self->document, GPOINTER_TO_UINT (package));
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static gboolean
has_share (const ViewerResult *result, int64_t value)
{
  return ABS ((double)value) >= PROF_LEGEND_SHARE * ABS ((double)result->total);
}

/* @title: (nullable): instead of the package's name */
static GtkWidget *
make_item (ViewerLegend *self,
           uint32_t      id,
           gboolean      wide,
           const char   *title,
           int64_t       value)
{
  const ProfPackage *package = &prof_frames_packages (self->result->frames)[id];
  const char      *name = title != NULL ? title : viewer_text_package (package);
  g_autofree char *share = prof_unit_human_percentage ((double)value,
                                                       (double)
                                                           self->result->total);
  GtkWidget       *button = gtk_button_new ();
  const char      *short_name = wide || title != NULL
                                    ? name
                                    : viewer_text_short_package (package);
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *swatch = viewer_swatch_new ();
  GtkWidget       *label = make_label (short_name, NULL);
  GtkWidget       *percent = make_label (NULL, "dim");
  g_autofree char *tooltip = g_strdup_printf (_ ("Find %s"),
                                              package->name[0] != '\0'
                                                  ? package->name
                                                  : name);

  viewer_swatch_set_package (VIEWER_SWATCH (swatch), self->result, id);
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), percent);
  gtk_widget_add_css_class (percent, "numeric");
  viewer_panel_set_number (GTK_LABEL (percent), share);
  /* The menu has them all; in the row a crumb's share is only noise. */
  gtk_widget_set_visible (percent, wide || has_share (self->result, value));
  if (wide)
    {
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_hexpand (label, TRUE);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "legend-item");
  gtk_widget_set_sensitive (button, package->name[0] != '\0');
  viewer_tip_set (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
  g_object_set_data (G_OBJECT (button), "package", GUINT_TO_POINTER (id));
  g_signal_connect_object (button,
                           "clicked",
                           G_CALLBACK (item_clicked),
                           self,
                           0);
  return button;
}

static void
add_child (ViewerLegend *self, GtkWidget *child)
{
  gtk_widget_insert_before (child, GTK_WIDGET (self), self->more);
}

static void
begin_group (ViewerLegend *self, const char *title)
{
  if (gtk_widget_get_first_child (GTK_WIDGET (self)) != self->more)
    add_child (self, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  if (title != NULL)
    add_child (self, make_label (title, "dim"));
}

static void
add_packages (ViewerLegend *self, ProfTier tier, const char *title, size_t max)
{
  const ProfPackage *packages = prof_frames_packages (self->result->frames);
  g_autoptr (GArray) chosen = prof_legend_choose (self->result->tree,
                                                  tier,
                                                  max);

  if (chosen->len > 0)
    begin_group (self, title);
  for (guint i = 0; i < chosen->len; i++)
    {
      uint32_t id = g_array_index (chosen, uint32_t, i);

      add_child (self, make_item (self, id, FALSE, NULL, packages[id].self));
    }
}

/* A tier whose packages all have the same colour is one item. */
static void
add_tier (ViewerLegend *self, GArray *order, ProfTier tier, const char *title)
{
  const ProfPackage *packages = prof_frames_packages (self->result->frames);
  uint32_t           first = PROF_ID_NONE;
  int64_t            sum = 0;

  for (guint i = 0; i < order->len; i++)
    {
      uint32_t id = g_array_index (order, uint32_t, i);

      if (packages[id].tier != tier)
        continue;
      first = first == PROF_ID_NONE ? id : first;
      sum += packages[id].self;
    }
  if (first == PROF_ID_NONE || sum == 0)
    return;
  begin_group (self, NULL);
  add_child (self, make_item (self, first, FALSE, title, sum));
}

static void
clear_list (ViewerLegend *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
}

static void
clear (ViewerLegend *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != self->more)
    gtk_widget_unparent (child);
  clear_list (self);
}

static void
fill (ViewerLegend *self)
{
  g_autoptr (GArray) order = viewer_packages_by_self (self->result);

  add_packages (self, PROF_TIER_OWN, _ ("Own code"), MAX_OWN);
  add_tier (self, order, PROF_TIER_RUNTIME, _ ("runtime"));
  add_packages (self, PROF_TIER_LIBRARY, _ ("Libraries"), MAX_LIBRARIES);
  add_tier (self, order, PROF_TIER_UNSYMBOLIZED, _ ("without names"));
  /* Functions without a package are none that would be named there. */
  if (gtk_widget_get_first_child (GTK_WIDGET (self)) == self->more &&
      order->len > 0)
    {
      uint32_t id = g_array_index (order, uint32_t, 0);

      add_child (self,
                 make_item (self,
                            id,
                            FALSE,
                            NULL,
                            prof_frames_packages (self->result->frames)[id]
                                .self));
    }
  gtk_widget_set_visible (self->more, order->len > 0);
}

/* When the menu opens, and not with each result: making 200 items takes 20 ms. */
static void
fill_list (ViewerLegend *self)
{
  g_autoptr (GArray) order = NULL;

  if (self->result == NULL || gtk_widget_get_first_child (self->list) != NULL)
    return;
  order = viewer_packages_by_self (self->result);
  for (guint i = 0; i < MIN (order->len, MAX_LISTED); i++)
    {
      uint32_t id = g_array_index (order, uint32_t, i);
      int64_t  value = prof_frames_packages (self->result->frames)[id].self;

      gtk_box_append (GTK_BOX (self->list),
                      make_item (self, id, TRUE, NULL, value));
    }
}

static void
document_changed (ViewerLegend *self, guint what)
{
  if (!(what & VIEWER_CHANGED_RESULT))
    return;

  ViewerResult *result = viewer_document_get_result (self->document);

  clear (self);
  g_clear_pointer (&self->result, viewer_result_unref);
  if (result == NULL)
    return;
  self->result = viewer_result_ref (result);
  fill (self);
}

void
viewer_legend_set_document (ViewerLegend *self, ViewerDocument *document)
{
  g_return_if_fail (VIEWER_IS_LEGEND (self));

  g_set_object (&self->document, document);
  g_signal_connect_object (document,
                           "changed",
                           G_CALLBACK (document_changed),
                           self,
                           G_CONNECT_SWAPPED);
  document_changed (self, VIEWER_CHANGED_RESULT);
}

/* As many children as fit, in one row, and the menu button behind them. */

static void
viewer_legend_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int size, child_minimum;

      gtk_widget_measure (child,
                          orientation,
                          -1,
                          &child_minimum,
                          &size,
                          NULL,
                          NULL);
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        *natural += size + SPACING;
      else
        *minimum = *natural = MAX (*natural, size);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = viewer_width_natural (VIEWER_LEGEND (widget)->more);
}

/* A title or separator shows only with what follows it. */
static gboolean
fits_with_next (GtkWidget *child, GtkWidget *more, int x, int room)
{
  while (child != more)
    {
      x += viewer_width_natural (child);
      if (x > room)
        return FALSE;
      if (GTK_IS_BUTTON (child))
        return TRUE;
      x += SPACING;
      child = gtk_widget_get_next_sibling (child);
    }
  return FALSE;
}

static void
place (GtkWidget *widget, GtkWidget *child, int x, int width, int height)
{
  int total = gtk_widget_get_width (widget);

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = total - x - width;
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, width, height }, -1);
}

static void
viewer_legend_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  ViewerLegend *self = VIEWER_LEGEND (widget);
  int           more = viewer_width_natural (self->more);
  int           room = width - more - SPACING;
  int           x = 0;
  gboolean      full = FALSE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != self->more;
       child = gtk_widget_get_next_sibling (child))
    {
      full = full || !fits_with_next (child, self->more, x, room);
      gtk_widget_set_child_visible (child, !full);
      if (full)
        continue;
      place (widget, child, x, viewer_width_natural (child), height);
      x += viewer_width_natural (child) + SPACING;
    }
  if (gtk_widget_get_visible (self->more))
    place (widget, self->more, MIN (x, MAX (width - more, 0)), more, height);
}

static void
viewer_legend_dispose (GObject *object)
{
  ViewerLegend *self = VIEWER_LEGEND (object);
  GtkWidget    *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->result, viewer_result_unref);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (viewer_legend_parent_class)->dispose (object);
}

static void
viewer_legend_class_init (ViewerLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_legend_dispose;
  widget_class->measure = viewer_legend_measure;
  widget_class->size_allocate = viewer_legend_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "legend");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
viewer_legend_init (ViewerLegend *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (
                                                        scroller),
                                                    TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              400);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (fill_list), self);

  self->more = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->more), _ ("More…"));
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->more), FALSE);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->more), FALSE);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->more), GTK_ARROW_NONE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->more), popover);
  gtk_widget_add_css_class (self->more, "link-menu");
  gtk_widget_set_visible (self->more, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("All packages"),
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Colors of packages"),
                                  -1);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
}
