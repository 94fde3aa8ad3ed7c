/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What stands in a row gets room: names, what follows them, and keys of colours. */
#include "viewer-change-legend.h"
#include "viewer-name-layout.h"
#include "viewer-name.h"
#include "viewer-width.h"
#include "window-test.h"

static void
test_names_shorten_by_structure (void)
{
  GtkWidget  *widget = g_object_ref_sink (viewer_name_new ());
  ViewerName *name = VIEWER_NAME (widget);

  viewer_name_set (name, "example.com/a/store.(*Index).Rebuild", FALSE);
  g_assert_cmpstr (viewer_name_get_form (name, 2000),
                   ==,
                   "example.com/a/store.(*Index).Rebuild");
  g_assert_cmpstr (viewer_name_get_form (name, 1), ==, "Rebuild");
  for (int width = 400; width > 40; width--)
    {
      const char *form = viewer_name_get_form (name, width);

      g_assert_true (g_str_has_suffix (form, "Rebuild"));
    }
  g_object_unref (widget);
}

/* What has changed is measured again first, as a window does. */
static void
make_wide (GtkWidget *row, int width)
{
  viewer_width_natural (row);
  gtk_widget_size_allocate (row, &(GtkAllocation){ 0, 0, width, 30 }, -1);
}

/* Whatever the room, and from either side. */
static void
test_what_follows_a_name_is_beside_it (void)
{
  const int  spacing = 9;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name = viewer_name_new ();
  GtkWidget *badge = gtk_label_new ("inlined");
  int        least, most, badge_width;

  g_object_ref_sink (row);
  gtk_widget_set_layout_manager (row, viewer_name_layout_new (spacing));
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), badge);
  viewer_name_set (VIEWER_NAME (name),
                   "example.com/a/store.(*Index).Rebuild",
                   FALSE);
  least = viewer_width_least (row);
  most = viewer_width_natural (row);
  badge_width = viewer_width_natural (badge);
  for (int mirrored = 0; mirrored <= 1; mirrored++)
    for (int width = least; width < most + 50; width++)
      {
        graphene_rect_t at, beside;
        int             needed;

        gtk_widget_set_direction (row,
                                  mirrored ? GTK_TEXT_DIR_RTL
                                           : GTK_TEXT_DIR_LTR);
        make_wide (row, width);
        g_assert_true (gtk_widget_compute_bounds (name, row, &at));
        g_assert_true (gtk_widget_compute_bounds (badge, row, &beside));
        needed = viewer_name_get_width (VIEWER_NAME (name), (int)at.size.width);
        g_assert_cmpint ((int)at.size.width, ==, needed);
        g_assert_cmpint ((int)beside.size.width, ==, badge_width);
        g_assert_cmpint ((int)at.origin.x, ==, mirrored ? width - needed : 0);
        g_assert_cmpint ((int)beside.origin.x,
                         ==,
                         mirrored ? width - needed - spacing - badge_width
                                  : needed + spacing);
      }

  /* It is cut rather than the name. */
  gtk_label_set_ellipsize (GTK_LABEL (badge), PANGO_ELLIPSIZE_END);
  least = viewer_width_least (badge) + spacing +
          viewer_name_get_least_width (VIEWER_NAME (name));
  make_wide (row, least);
  g_assert_cmpint (gtk_widget_get_width (name),
                   ==,
                   viewer_name_get_least_width (VIEWER_NAME (name)));

  /* Or is not seen, if it cannot be cut. */
  gtk_label_set_ellipsize (GTK_LABEL (badge), PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (badge, "badge");
  for (int missing = 0; missing <= 1; missing++)
    {
      badge_width = viewer_width_natural (badge);
      least = viewer_name_get_least_width (VIEWER_NAME (name)) + spacing +
              badge_width - missing;
      make_wide (row, least);
      g_assert_true (gtk_widget_get_child_visible (badge) == (missing == 0));
    }
  gtk_widget_remove_css_class (badge, "badge");
  badge_width = viewer_width_natural (badge);

  /* A name that is to expand has what is left. */
  gtk_label_set_ellipsize (GTK_LABEL (badge), PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_hexpand (name, TRUE);
  for (int width = spacing + badge_width +
                   viewer_name_get_least_width (VIEWER_NAME (name));
       width < most + 50;
       width++)
    {
      make_wide (row, width);
      g_assert_cmpint (gtk_widget_get_width (badge), ==, badge_width);
      g_assert_cmpint (gtk_widget_get_width (name),
                       ==,
                       width - spacing - badge_width);
    }
  g_object_unref (row);
}

/* However narrow, the scale is whole and nothing lies over anything. */
static void
test_the_legend_of_changes_is_never_cut (void)
{
  GtkWidget *legend = g_object_new (VIEWER_TYPE_CHANGE_LEGEND, NULL);
  int        least, most;
  guint      n_seen = 0;

  g_object_ref_sink (legend);
  least = viewer_width_least (legend);
  most = viewer_width_natural (legend);
  g_assert_cmpint (least, <, 120);
  for (int width = least; width <= most; width++)
    {
      float end = 0;

      gtk_widget_size_allocate (legend,
                                &(GtkAllocation){ 0, 0, width, 30 },
                                -1);
      n_seen = 0;
      for (GtkWidget *child = gtk_widget_get_first_child (legend);
           child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          graphene_rect_t at;

          if (!gtk_widget_get_child_visible (child))
            continue;
          g_assert_true (gtk_widget_compute_bounds (child, legend, &at));
          g_assert_cmpfloat (at.origin.x, >=, end);
          end = at.origin.x + at.size.width;
          g_assert_cmpfloat (end, <=, width);
          n_seen++;
        }
      g_assert_cmpuint (n_seen, >=, 1);
    }
  g_assert_cmpuint (n_seen, ==, 7);
  g_object_unref (legend);
}

int
main (int argc, char **argv)
{
  window_test_init (&argc, &argv);
  g_test_add_func ("/window-names/names-shorten-by-structure",
                   test_names_shorten_by_structure);
  g_test_add_func ("/window-names/what-follows-a-name-is-beside-it",
                   test_what_follows_a_name_is_beside_it);
  g_test_add_func ("/window-names/the-legend-of-changes-is-never-cut",
                   test_the_legend_of_changes_is_never_cut);
  return g_test_run ();
}
