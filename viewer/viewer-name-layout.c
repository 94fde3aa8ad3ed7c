/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-name-layout.h"

#include "viewer-name.h"
#include "viewer-width.h"

#define MAX_CHILDREN 8

struct _ViewerNameLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

enum
{
  SPACING = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (ViewerNameLayout,
                     viewer_name_layout,
                     GTK_TYPE_LAYOUT_MANAGER)

/* Which of them count. */
static guint
list_children (GtkWidget *widget, GtkWidget **children)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && n < MAX_CHILDREN;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      children[n++] = child;
  return n;
}

static void
viewer_name_layout_measure (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            GtkOrientation    orientation,
                            int               for_size,
                            int              *minimum,
                            int              *natural,
                            int              *minimum_baseline,
                            int              *natural_baseline)
{
  gboolean   along = orientation == GTK_ORIENTATION_HORIZONTAL;
  GtkWidget *children[MAX_CHILDREN];
  guint      n = list_children (widget, children);

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (along && n > 0)
    *minimum = *natural = VIEWER_NAME_LAYOUT (manager)->spacing * ((int)n - 1);
  for (guint i = 0; i < n; i++)
    {
      int child_minimum, child_natural;

      gtk_widget_measure (children[i],
                          orientation,
                          -1,
                          &child_minimum,
                          &child_natural,
                          NULL,
                          NULL);
      *minimum = along ? *minimum + child_minimum
                       : MAX (*minimum, child_minimum);
      *natural = along ? *natural + child_natural
                       : MAX (*natural, child_natural);
    }
}

static gboolean
expands (GtkWidget *child)
{
  return gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
}

/* What a name needs of the @width that it would get; @natural: of its longest form. */
static int
width_of_name (ViewerName *name, int width, int natural)
{
  int around = natural - viewer_name_get_width (name, G_MAXINT);

  return viewer_name_get_width (name, width - around) + around;
}

/* What names leave over goes to what follows, as much as that can use, and the rest
 * to the one that is to expand. */
static void
pass_on (GtkWidget **children, const int *naturals, int *widths, guint n)
{
  int left = 0;

  for (guint i = 0; i < n; i++)
    {
      int wanted = naturals[i];

      if (VIEWER_IS_NAME (children[i]))
        {
          int needed = width_of_name (VIEWER_NAME (children[i]),
                                      widths[i],
                                      naturals[i]);

          left += MAX (widths[i] - needed, 0);
          widths[i] = MIN (widths[i], needed);
          continue;
        }
      if (expands (children[i]))
        wanted = widths[i] + left;
      if (wanted <= widths[i])
        continue;

      int more = MIN (left, wanted - widths[i]);

      widths[i] += more;
      left -= more;
    }
  for (guint i = 0; i < n && left > 0; i++)
    if (VIEWER_IS_NAME (children[i]) && expands (children[i]))
      {
        widths[i] += left;
        left = 0;
      }
}

/* What is as narrow as it can be while the name is whole. */
static int
least_width (GtkWidget *child)
{
  int width = viewer_width_least (child);

  if (VIEWER_IS_NAME (child))
    return MAX (width, viewer_name_get_least_width (VIEWER_NAME (child)));
  return width;
}

/* Returns: how many are left; those that are not are not seen. */
static guint
leave_out_badges (GtkWidget **children, guint n, int spacing, int width)
{
  int   needed = spacing * MAX ((int)n - 1, 0);
  guint left = 0;

  /* Few rows have one. */
  while (left < n && !gtk_widget_has_css_class (children[left], "badge"))
    left++;
  if (left == n)
    return n;
  left = 0;
  for (guint i = 0; i < n; i++)
    needed += least_width (children[i]);
  for (guint i = 0; i < n; i++)
    {
      gboolean is_out = needed > width &&
                        gtk_widget_has_css_class (children[i], "badge");

      gtk_widget_set_child_visible (children[i], !is_out);
      if (!is_out)
        children[left++] = children[i];
    }
  return left;
}

static void
viewer_name_layout_allocate (GtkLayoutManager *manager,
                             GtkWidget        *widget,
                             int               width,
                             int               height,
                             int               baseline)
{
  ViewerNameLayout *self = VIEWER_NAME_LAYOUT (manager);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget       *children[MAX_CHILDREN];
  GtkRequestedSize sizes[MAX_CHILDREN];
  int              naturals[MAX_CHILDREN];
  int              widths[MAX_CHILDREN];
  guint            n = list_children (widget, children);
  int              wanted = 0;
  int              x = 0;
  int              room;

  n = leave_out_badges (children, n, self->spacing, width);
  room = width - self->spacing * MAX ((int)n - 1, 0);
  for (guint i = 0; i < n; i++)
    {
      gtk_widget_measure (children[i],
                          GTK_ORIENTATION_HORIZONTAL,
                          -1,
                          &sizes[i].minimum_size,
                          &sizes[i].natural_size,
                          NULL,
                          NULL);
      sizes[i].data = NULL;
      naturals[i] = sizes[i].natural_size;
      room -= sizes[i].minimum_size;
      wanted += sizes[i].natural_size - sizes[i].minimum_size;
    }
  for (guint i = 0; i < n && room < wanted; i++)
    if (VIEWER_IS_NAME (children[i]))
      {
        int least = viewer_name_get_least_width (VIEWER_NAME (children[i]));
        int more = CLAMP (least - sizes[i].minimum_size, 0, MAX (room, 0));

        sizes[i].minimum_size += more;
        room -= more;
      }
  room = gtk_distribute_natural_allocation (MAX (room, 0), n, sizes);
  for (guint i = 0; i < n; i++)
    {
      widths[i] = sizes[i].minimum_size;
      if (expands (children[i]))
        {
          widths[i] += room;
          room = 0;
        }
    }
  pass_on (children, naturals, widths, n);
  for (guint i = 0; i < n; i++)
    {
      int from_left = is_mirrored ? width - x - widths[i] : x;

      gtk_widget_size_allocate (children[i],
                                &(GtkAllocation){ from_left,
                                                  0,
                                                  widths[i],
                                                  height },
                                -1);
      x += widths[i] + self->spacing;
    }
}

static void
viewer_name_layout_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (id)
    {
    case SPACING:
      VIEWER_NAME_LAYOUT (object)->spacing = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
viewer_name_layout_class_init (ViewerNameLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = viewer_name_layout_set_property;
  manager_class->measure = viewer_name_layout_measure;
  manager_class->allocate = viewer_name_layout_allocate;
  properties[SPACING] = g_param_spec_int ("spacing",
                                          NULL,
                                          NULL,
                                          0,
                                          G_MAXINT,
                                          0,
                                          G_PARAM_WRITABLE |
                                              G_PARAM_CONSTRUCT_ONLY |
                                              G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass),
                                     N_PROPERTIES,
                                     properties);
}

static void
viewer_name_layout_init (ViewerNameLayout *self)
{
}

GtkLayoutManager *
viewer_name_layout_new (int spacing_px)
{
  return g_object_new (VIEWER_TYPE_NAME_LAYOUT, "spacing", spacing_px, NULL);
}
