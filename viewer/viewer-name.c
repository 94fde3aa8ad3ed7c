/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-name.h"

#include <prof.h>

/* No room asked for below this: as in the graph, no label is narrower. */
#define MIN_WIDTH 22
/* On a selected row, too, 4.5:1 and more. */
#define MUTED_ALPHA (G_MAXUINT16 / 10 * 7)

struct _ViewerName
{
  GtkWidget parent_instance;

  ProfLabelForms forms; /* none before there is a name */
  gboolean       mute_package;

  /* Of the longest form: a table asks for each four times. */
  gboolean measured;
  int      width;
  int      height;
  int      baseline;
};

G_DEFINE_FINAL_TYPE (ViewerName, viewer_name, GTK_TYPE_WIDGET)

static PangoLayout *
layout_of (ViewerName *self, const ProfLabelForm *form)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self),
                                                        form->text);

  if (self->mute_package && form->prefix > 0)
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
      PangoAttribute *alpha = pango_attr_foreground_alpha_new (MUTED_ALPHA);

      alpha->end_index = (guint)form->prefix;
      pango_attr_list_insert (attributes, alpha);
      pango_layout_set_attributes (layout, attributes);
    }
  return layout;
}

/* The longest form that fits, else the shortest, cut at its end. */
static PangoLayout *
fitting_layout (ViewerName *self, int width, const char **text)
{
  for (size_t i = 0; i < self->forms.n_forms; i++)
    {
      const ProfLabelForm    *form = &self->forms.forms[i];
      g_autoptr (PangoLayout) layout = layout_of (self, form);
      int                     form_width;

      pango_layout_get_pixel_size (layout, &form_width, NULL);
      *text = form->text;
      if (form_width <= width)
        return g_steal_pointer (&layout);
      if (i + 1 < self->forms.n_forms)
        continue;
      pango_layout_set_width (layout, MAX (width, 0) * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      return g_steal_pointer (&layout);
    }
  return NULL;
}

static void
measure (ViewerName *self)
{
  g_autoptr (PangoLayout) layout = layout_of (self, &self->forms.forms[0]);

  pango_layout_get_pixel_size (layout, &self->width, &self->height);
  self->baseline = PANGO_PIXELS (pango_layout_get_baseline (layout));
  self->measured = TRUE;
}

static void
viewer_name_measure (GtkWidget     *widget,
                     GtkOrientation orientation,
                     int            for_size,
                     int           *minimum,
                     int           *natural,
                     int           *minimum_baseline,
                     int           *natural_baseline)
{
  ViewerName *self = VIEWER_NAME (widget);

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (self->forms.n_forms == 0)
    return;
  if (!self->measured)
    measure (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN (self->width, MIN_WIDTH);
      *natural = self->width;
      return;
    }
  *minimum = *natural = self->height;
  *minimum_baseline = *natural_baseline = self->baseline;
}

/* Fonts may be others. */
static void
viewer_name_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  VIEWER_NAME (widget)->measured = FALSE;
  GTK_WIDGET_CLASS (viewer_name_parent_class)->css_changed (widget, change);
}

static void
viewer_name_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  VIEWER_NAME (widget)->measured = FALSE;
  GTK_WIDGET_CLASS (viewer_name_parent_class)
      ->system_setting_changed (widget, setting);
}

static void
viewer_name_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerName             *self = VIEWER_NAME (widget);
  int                     width = gtk_widget_get_width (widget);
  const char             *text;
  g_autoptr (PangoLayout) layout = fitting_layout (self, width, &text);
  int                     text_width, text_height;
  float                   x = 0;

  if (layout == NULL)
    return;
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = (float)(width - text_width);

  int y = (gtk_widget_get_height (widget) - text_height) / 2;
  int baseline = gtk_widget_get_allocated_baseline (widget);

  if (baseline != -1)
    y = baseline - PANGO_PIXELS (pango_layout_get_baseline (layout));
  gtk_snapshot_render_layout (snapshot,
                              gtk_widget_get_style_context (widget),
                              (double)x,
                              y,
                              layout);
}

static void
viewer_name_finalize (GObject *object)
{
  prof_label_forms_clear (&VIEWER_NAME (object)->forms);
  G_OBJECT_CLASS (viewer_name_parent_class)->finalize (object);
}

static void
viewer_name_class_init (ViewerNameClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = viewer_name_finalize;
  widget_class->measure = viewer_name_measure;
  widget_class->css_changed = viewer_name_css_changed;
  widget_class->system_setting_changed = viewer_name_system_setting_changed;
  widget_class->snapshot = viewer_name_snapshot;
  gtk_widget_class_set_css_name (widget_class, "name");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
viewer_name_init (ViewerName *self)
{
}

GtkWidget *
viewer_name_new (void)
{
  return g_object_new (VIEWER_TYPE_NAME, NULL);
}

void
viewer_name_set (ViewerName *self, const char *name, gboolean mute_package)
{
  g_return_if_fail (VIEWER_IS_NAME (self));

  prof_label_forms_clear (&self->forms);
  prof_label_forms_init (&self->forms, name, PROF_MAX_LABEL_CHARS);
  self->mute_package = mute_package;
  self->measured = FALSE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

const char *
viewer_name_get_form (ViewerName *self, int width_px)
{
  const char *text = "";

  g_return_val_if_fail (VIEWER_IS_NAME (self), NULL);

  PangoLayout *layout = fitting_layout (self, width_px, &text);

  g_clear_object (&layout);
  return text;
}

int
viewer_name_get_width (ViewerName *self, int width_px)
{
  const char *text;
  int         width;

  g_return_val_if_fail (VIEWER_IS_NAME (self), 0);

  if (self->forms.n_forms == 0)
    return 0;
  if (!self->measured)
    measure (self);
  if (self->width <= width_px)
    return self->width;

  g_autoptr (PangoLayout) layout = fitting_layout (self, width_px, &text);

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

int
viewer_name_get_least_width (ViewerName *self)
{
  int width;

  g_return_val_if_fail (VIEWER_IS_NAME (self), 0);

  if (self->forms.n_forms == 0)
    return 0;

  g_autoptr (PangoLayout) layout =
      layout_of (self, &self->forms.forms[self->forms.n_forms - 1]);

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}
