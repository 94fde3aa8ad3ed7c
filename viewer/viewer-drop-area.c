/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-drop-area.h"

#include <glib/gi18n.h>

struct _ViewerDropArea
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *zones[VIEWER_N_DROP_ZONES];
  GtkLabel  *details[VIEWER_N_DROP_ZONES]; /* of the zones */

  GtkDropTarget *target; /* the target widget's */
  GFile         *shown;  /* what one file can be compared with, or NULL */
  char          *shown_name;
};

G_DEFINE_FINAL_TYPE (ViewerDropArea, viewer_drop_area, GTK_TYPE_WIDGET)

/* What is being dragged */

/* (transfer full): none as long as the other program has not said which. */
static GPtrArray *
files_of (const GValue *value)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    for (GSList *file = g_value_get_boxed (value); file != NULL;
         file = file->next)
      g_ptr_array_add (files, g_object_ref (file->data));
  return files;
}

static char *
describe_opening (const GPtrArray *files)
{
  if (files->len > 1)
    return g_strdup (_ ("Each in a window of its own"));
  if (files->len == 0)
    return NULL;

  g_autofree char *name = g_file_get_basename (files->pdata[0]);

  return name != NULL ? g_filename_display_name (name) : NULL;
}

static char *
describe_merging (const GPtrArray *files)
{
  return g_strdup_printf (g_dngettext (NULL,
                                       "%u profile, added up",
                                       "%u profiles, added up",
                                       files->len),
                          files->len);
}

/* (transfer full) (nullable): NULL where there is nothing to compare. */
static char *
describe_comparing (ViewerDropArea *self, const GPtrArray *files)
{
  if (files->len == 2)
    return g_strdup (_ ("The older one is what was before"));
  if (files->len != 1 || self->shown == NULL ||
      g_file_equal (files->pdata[0], self->shown))
    return NULL;
  /* Translators: the name of the profile that is shown */
  return g_strdup_printf (_ ("What %s was before"), self->shown_name);
}

void
viewer_drop_area_set_shown (ViewerDropArea *self, GFile *file, const char *name)
{
  g_return_if_fail (VIEWER_IS_DROP_AREA (self));

  g_set_object (&self->shown, file);
  g_free (self->shown_name);
  self->shown_name = g_strdup (name);
}

static void
describe (ViewerDropArea *self, const GValue *value)
{
  g_autoptr (GPtrArray) files = files_of (value);
  g_autofree char      *opening = describe_opening (files);
  g_autofree char      *merging = describe_merging (files);
  g_autofree char      *comparing = describe_comparing (self, files);

  gtk_label_set_label (self->details[VIEWER_DROP_OPEN],
                       opening != NULL ? opening : "");
  gtk_label_set_label (self->details[VIEWER_DROP_MERGE], merging);
  gtk_widget_set_visible (self->zones[VIEWER_DROP_MERGE], files->len > 1);
  gtk_label_set_label (self->details[VIEWER_DROP_COMPARE],
                       comparing != NULL ? comparing : "");
  gtk_widget_set_visible (self->zones[VIEWER_DROP_COMPARE], comparing != NULL);
}

/* Where it is */

/* The zone under a point of the target; beside all, that of opening. */
static ViewerDropZone
zone_at (ViewerDropArea *self, double x, double y)
{
  GtkWidget *target = gtk_event_controller_get_widget (
      GTK_EVENT_CONTROLLER (self->target));

  for (int zone = 0; zone < VIEWER_N_DROP_ZONES; zone++)
    {
      graphene_rect_t bounds;

      if (gtk_widget_get_visible (self->zones[zone]) &&
          gtk_widget_compute_bounds (self->zones[zone], target, &bounds) &&
          graphene_rect_contains_point (&bounds,
                                        &GRAPHENE_POINT_INIT ((float)x,
                                                              (float)y)))
        return zone;
    }
  return VIEWER_DROP_OPEN;
}

static void
point_out (ViewerDropArea *self, ViewerDropZone pointed)
{
  for (int zone = 0; zone < VIEWER_N_DROP_ZONES; zone++)
    if (zone == (int)pointed)
      gtk_widget_add_css_class (self->zones[zone], "active");
    else
      gtk_widget_remove_css_class (self->zones[zone], "active");
}

static GdkDragAction
moved (ViewerDropArea *self, double x, double y)
{
  point_out (self, zone_at (self, x, y));
  return GDK_ACTION_COPY;
}

static GdkDragAction
entered (ViewerDropArea *self, double x, double y)
{
  describe (self, gtk_drop_target_get_value (self->target));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  return moved (self, x, y);
}

static void
value_came (ViewerDropArea *self)
{
  const GValue *value = gtk_drop_target_get_value (self->target);

  if (value != NULL)
    describe (self, value);
}

static void
left (ViewerDropArea *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
dropped (ViewerDropArea *self, const GValue *value, double x, double y)
{
  g_autoptr (GPtrArray) files = files_of (value);
  ViewerDropZone        zone;

  describe (self, value);
  zone = zone_at (self, x, y);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (files->len == 0)
    return FALSE;
  g_signal_emit_by_name (self, "dropped", (guint)zone, files);
  return TRUE;
}

gboolean
viewer_drop_area_offers (ViewerDropArea *self, ViewerDropZone zone)
{
  g_return_val_if_fail (VIEWER_IS_DROP_AREA (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self)) &&
         gtk_widget_get_visible (self->zones[zone]);
}

/* Object */

static void
viewer_drop_area_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&VIEWER_DROP_AREA (object)->shown);
  g_clear_pointer (&VIEWER_DROP_AREA (object)->shown_name, g_free);
  G_OBJECT_CLASS (viewer_drop_area_parent_class)->dispose (object);
}

static void
viewer_drop_area_class_init (ViewerDropAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_drop_area_dispose;
  g_signal_new ("dropped",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                2,
                G_TYPE_UINT,
                G_TYPE_PTR_ARRAY);
  gtk_widget_class_set_css_name (widget_class, "droparea");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
add_zone (ViewerDropArea *self,
          ViewerDropZone  zone,
          const char     *icon,
          const char     *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 48);
  gtk_widget_set_vexpand (image, TRUE);
  gtk_widget_set_valign (image, GTK_ALIGN_END);
  gtk_widget_add_css_class (name, "drop-title");
  gtk_widget_set_vexpand (detail, TRUE);
  gtk_widget_set_valign (detail, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
  gtk_label_set_justify (GTK_LABEL (detail), GTK_JUSTIFY_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_lines (GTK_LABEL (detail), 2);
  gtk_widget_add_css_class (box, "drop-zone");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  self->zones[zone] = box;
  self->details[zone] = GTK_LABEL (detail);
}

static void
viewer_drop_area_init (ViewerDropArea *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_homogeneous (GTK_BOX_LAYOUT (layout), TRUE);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 18);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  /* The target takes what is dropped, wherever. */
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  add_zone (self, VIEWER_DROP_OPEN, "document-open-symbolic", _ ("Open"));
  add_zone (self, VIEWER_DROP_MERGE, "list-add-symbolic", _ ("Merge"));
  add_zone (self, VIEWER_DROP_COMPARE, "view-dual-symbolic", _ ("Compare"));
}

GtkWidget *
viewer_drop_area_new (GtkWidget *target)
{
  ViewerDropArea *self = g_object_new (VIEWER_TYPE_DROP_AREA, NULL);
  GtkDropTarget  *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST,
                                             GDK_ACTION_COPY);

  /* How many files there are decides what can be done with them. */
  gtk_drop_target_set_preload (drop, TRUE);
  /* Before an entry takes them for text. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drop),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect_object (drop,
                           "enter",
                           G_CALLBACK (entered),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drop,
                           "motion",
                           G_CALLBACK (moved),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drop,
                           "notify::value",
                           G_CALLBACK (value_came),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drop,
                           "leave",
                           G_CALLBACK (left),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drop,
                           "drop",
                           G_CALLBACK (dropped),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (target, GTK_EVENT_CONTROLLER (drop));
  self->target = drop;
  return GTK_WIDGET (self);
}
