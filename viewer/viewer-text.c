/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-text.h"

#include "viewer-change-text.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MINUS "\xe2\x88\x92" /* U+2212, as prof_unit_human() has it */

typedef struct
{
  const char *name;
  double      factor;
  double      from; /* totals of the base that are written in this unit */
} Unit;

/* Seconds stay seconds for long, because a table of minutes cannot be added in
 * the head. */
static const Unit times[] = {
  { "ns", 1, 0 },    { "µs", 1e3, 1e3 },      { "ms", 1e6, 1e6 },
  { "s", 1e9, 1e9 }, { "min", 60e9, 6000e9 }, { "h", 3600e9, 36e12 },
};

static const Unit bytes[] = {
  { "B", 1, 0 },
  { "KiB", 0x1p10, 0x1p10 },
  { "MiB", 0x1p20, 0x1p20 },
  { "GiB", 0x1p30, 0x1p30 },
  { "TiB", 0x1p40, 0x1p40 },
};

static const Unit *
pick_unit (const Unit *units, size_t n_units, double total)
{
  while (n_units > 1 && total < units[n_units - 1].from)
    n_units--;
  return &units[n_units - 1];
}

/* The unit of the whole table, and how many of the profile's units are one of
 * it; NULL when the profile's unit is neither time nor bytes. */
static const Unit *
table_unit (const ViewerResult *result, double *factor)
{
  double total = fabs ((double)result->total);

  if (prof_unit_is_time (result->unit, factor))
    return pick_unit (times, G_N_ELEMENTS (times), total * *factor);
  if (prof_unit_is_bytes (result->unit, factor))
    return pick_unit (bytes, G_N_ELEMENTS (bytes), total * *factor);
  return NULL;
}

char *
viewer_text_value (const ViewerResult *result, int64_t value)
{
  double      factor;
  const Unit *unit = table_unit (result, &factor);

  if (unit == NULL)
    return prof_unit_human (value, result->unit);

  double amount = (double)value * factor / unit->factor;

  if (value != 0 && fabs (amount) < 0.005)
    return prof_unit_human (value, result->unit);
  return g_strdup_printf ("%s%.2f %s",
                          amount < 0 ? MINUS : "",
                          fabs (amount),
                          unit->name);
}

char *
viewer_text_percent (const ViewerResult *result, int64_t value)
{
  double total = (double)result->total;
  double share = total == 0 ? 0 : (double)value / total * 100;

  return g_strdup_printf ("%s%.2f %%", share < 0 ? MINUS : "", fabs (share));
}

static char *
share_of (int64_t value, int64_t total)
{
  return prof_unit_human_percentage ((double)value, (double)total);
}

const char *
viewer_text_short_name (const char *name)
{
  size_t package = prof_package_of_name (name);

  for (size_t i = package; i > 0; i--)
    if (name[i - 1] == '/')
      return name + i;
  return name;
}

int64_t
viewer_text_strip_total (const ViewerResult *result,
                         ProfNodeId          node,
                         ProfNodeId          end)
{
  const ProfNode *nodes = prof_tree_nodes (result->tree);
  int64_t         total = 0;

  for (ProfNodeId id = node; id < end; id += nodes[id].size)
    total += nodes[id].total;
  return total;
}

static char *
strip_title (const ProfNode *nodes, ProfNodeId node, ProfNodeId end)
{
  unsigned n = 0;

  for (ProfNodeId id = node; id < end; id += nodes[id].size)
    n++;

  return g_strdup_printf (g_dngettext (NULL,
                                       "%u more frame",
                                       "%u more frames",
                                       n),
                          n);
}

/* What a frame or strip is called and holds. */
typedef struct
{
  char   *name;
  char   *self; /* NULL for strips, and with the leaves first */
  char   *self_share;
  char   *total;
  char   *total_share;
  int64_t value;

  /* Of a comparison, otherwise NULL: whole sentences */
  char *change;
  char *self_change; /* NULL for strips, and where there is nothing */
} Facts;

static void
add_changes (Facts *facts, const ViewerResult *result, const ProfChange *change)
{
  facts->change = viewer_change_sentence (result,
                                          change->total_before,
                                          change->total_now);
  if (facts->self != NULL &&
      (change->self_before != 0 || change->self_now != 0))
    facts->self_change = viewer_change_sentence (result,
                                                 change->self_before,
                                                 change->self_now);
}

static void
find_values (Facts              *facts,
             const ViewerResult *result,
             ProfNodeId          id,
             ProfNodeId          end)
{
  const ProfNode *node = &prof_tree_nodes (result->tree)[id];

  *facts = (Facts){ 0 };
  facts->value = end != 0 ? viewer_text_strip_total (result, id, end)
                          : node->total;
  facts->total = viewer_text_value (result, facts->value);
  facts->total_share = share_of (facts->value, result->total);
  if (end != 0)
    {
      facts->name = strip_title (prof_tree_nodes (result->tree), id, end);
      return;
    }
  facts->name = g_strdup (prof_tree_name (result->tree, id));
  /* What is closed has not told what is its own. */
  if ((node->flags & PROF_NODE_CLOSED) != 0)
    return;
  /* With the leaves first, self is of stacks that begin here: not what one
   * takes the word for. */
  if (node->frame != PROF_ID_NONE &&
      (prof_tree_flags (result->tree) & PROF_TREE_LEAF_FIRST) != 0)
    return;
  facts->self = viewer_text_value (result, node->self);
  facts->self_share = share_of (node->self, result->total);
}

static void
facts_init (Facts              *facts,
            const ViewerResult *result,
            ProfNodeId          id,
            ProfNodeId          end)
{
  ProfChange change;

  find_values (facts, result, id, end);
  if (viewer_change_of (result, id, end, &change))
    add_changes (facts, result, &change);
}

static void
facts_clear (Facts *facts)
{
  g_free (facts->change);
  g_free (facts->self_change);
  g_free (facts->name);
  g_free (facts->self);
  g_free (facts->self_share);
  g_free (facts->total);
  g_free (facts->total_share);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

char *
viewer_text_status (const ViewerResult *result, ProfNodeId node, ProfNodeId end)
{
  g_auto (Facts) facts;
  facts_init (&facts, result, node, end);

  if (facts.change != NULL)
    return g_markup_printf_escaped ("<b>%s</b> — %s", facts.name, facts.change);
  if (facts.self == NULL)
    return g_markup_printf_escaped (_ ("<b>%s</b> — total %s (%s)"),
                                    facts.name,
                                    facts.total,
                                    facts.total_share);
  return g_markup_printf_escaped (_ ("<b>%s</b> — self %s (%s), total %s (%s)"),
                                  facts.name,
                                  facts.self,
                                  facts.self_share,
                                  facts.total,
                                  facts.total_share);
}

char *
viewer_text_accessible (const ViewerResult *result,
                        ProfNodeId          node,
                        ProfNodeId          end)
{
  unsigned       level = prof_tree_depth (result->tree, node) + 1;
  g_auto (Facts) facts;
  facts_init (&facts, result, node, end);

  if (facts.change != NULL)
    return g_strdup_printf (_ ("%s, %s, level %u"),
                            facts.name,
                            facts.change,
                            level);
  if (facts.self == NULL)
    return g_strdup_printf (_ ("%s, total %s %s, level %u"),
                            facts.name,
                            facts.total,
                            facts.total_share,
                            level);
  return g_strdup_printf (_ ("%s, self %s %s, total %s %s, level %u"),
                          facts.name,
                          facts.self,
                          facts.self_share,
                          facts.total,
                          facts.total_share,
                          level);
}

/* A unit is a file's text, too. */
static void G_GNUC_PRINTF (2, 3)
    append_escaped (GString *out, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list          parts;

  va_start (parts, format);
  text = g_markup_vprintf_escaped (format, parts);
  va_end (parts);
  g_string_append (out, text);
}

static void
append_source (GString *out, const ViewerResult *result, const ProfNode *node)
{
  g_autofree char *source = viewer_text_source (result, node->frame);
  bool             inlined = (node->flags & PROF_NODE_INLINED) != 0;

  if (source[0] == '\0' && !inlined)
    return;
  g_autofree char *escaped = g_markup_escape_text (source, -1);
  g_string_append_printf (out,
                          "\n<span alpha=\"80%%\">%s%s%s</span>",
                          escaped,
                          source[0] != '\0' && inlined ? " · " : "",
                          inlined ? _ ("inlined") : "");
}

char *
viewer_text_share (const ViewerResult *result, int64_t value)
{
  const ProfNode  *root = prof_tree_nodes (result->tree);
  g_autofree char *share = share_of (value, root->total);
  g_autofree char *name = g_markup_escape_text (prof_tree_name (result->tree,
                                                                0),
                                                -1);

  return g_strdup_printf (_ ("%s of %s"), share, name);
}

static void
append_parent (GString            *out,
               const ViewerResult *result,
               const ProfNode     *node,
               int64_t             value)
{
  int64_t         n_samples = viewer_result_n_samples (result, value);
  const ProfNode *root = prof_tree_nodes (result->tree);

  if (root->frame != PROF_ID_NONE)
    {
      g_autofree char *share = viewer_text_share (result, value);

      g_string_append_printf (out, "\n%s", share);
    }
  else if (node->parent != PROF_ID_NONE)
    {
      g_autofree char *share = share_of (value, root[node->parent].total);

      g_string_append_printf (out, _ ("\n%s of parent"), share);
    }
  if (n_samples >= 0)
    {
      g_autofree char *count = prof_unit_human (n_samples, "count");

      g_string_append (out, node->parent != PROF_ID_NONE ? " · " : "\n");
      g_string_append_printf (out,
                              g_dngettext (NULL,
                                           "%s sample",
                                           "%s samples",
                                           (gulong)n_samples),
                              count);
    }
}

/* Colours are by the change of the total; so it comes first, and is said not to
 * be one where it may be chance. */
static void
append_changes (GString            *out,
                const ViewerResult *result,
                ProfNodeId          id,
                ProfNodeId          end,
                const Facts        *facts)
{
  ProfChange change;

  append_escaped (out, _ ("\ntotal %s"), facts->change);
  if (facts->self_change != NULL)
    append_escaped (out, _ ("\nself %s"), facts->self_change);
  if (end == 0 && viewer_change_of (result, id, end, &change) &&
      change.total_before != change.total_now &&
      viewer_result_step (result, change.total_before, change.total_now) == 0)
    g_string_append_printf (
        out,
        "\n<span alpha=\"80%%\">%s</span>",
        /* xgettext:no-c-format */
        _ ("within 5 %, or too few samples to tell from chance"));
}

char *
viewer_text_tip (const ViewerResult *result, ProfNodeId id, ProfNodeId end)
{
  const ProfNode *node = &prof_tree_nodes (result->tree)[id];
  GString        *out = g_string_new (NULL);
  g_auto (Facts)  facts;
  facts_init (&facts, result, id, end);

  g_autofree char *name = g_markup_escape_text (facts.name, -1);
  g_string_append_printf (out, "<b>%s</b>", name);
  if (end == 0 && node->frame != PROF_ID_NONE)
    append_source (out, result, node);
  if (facts.change != NULL)
    {
      append_changes (out, result, id, end, &facts);
      return g_string_free (out, FALSE);
    }
  if (facts.self != NULL)
    {
      append_escaped (out, _ ("\nself %s · %s"), facts.self, facts.self_share);
    }
  append_escaped (out,
                  _ ("\ntotal %s · %s of all"),
                  facts.total,
                  facts.total_share);
  append_parent (out, result, node, facts.value);
  return g_string_free (out, FALSE);
}

static void
append_samples (GString *out, const ViewerResult *result)
{
  int64_t          n = viewer_result_n_samples (result, result->shown);
  g_autofree char *count = prof_unit_human (n, "count");

  if (n >= 0)
    g_string_append_printf (out,
                            g_dngettext (NULL,
                                         " · %s sample",
                                         " · %s samples",
                                         (gulong)n),
                            count);
}

static bool
is_filtered (const ViewerResult *result, const ProfChange *shown)
{
  return shown->total_before != result->all.total_before ||
         shown->total_now != result->all.total_now;
}

static char *
compared_total (const ViewerResult *result, const ProfChange *shown)
{
  g_autofree char *sides = viewer_change_sides (result,
                                                shown->total_before,
                                                shown->total_now);
  g_autofree char *all = viewer_change_sides (result,
                                              result->all.total_before,
                                              result->all.total_now);

  return is_filtered (result, shown)
             ? g_strdup_printf (_ ("showing %s of %s"), sides, all)
             : g_strdup_printf (_ ("total %s"), sides);
}

static const char *
width_title (const ViewerResult *result)
{
  unsigned flags = prof_tree_flags (result->tree);

  if ((flags & PROF_TREE_WEIGHS_BEFORE) != 0)
    return _ ("width: before");
  return (flags & PROF_TREE_WEIGHS_NOW) != 0 ? _ ("width: now")
                                             : _ ("width: larger of both");
}

char *
viewer_text_total (const ViewerResult *result)
{
  ProfChange change;

  if (viewer_change_of (result, 0, 0, &change))
    return compared_total (result, &change);

  g_autofree char *total = viewer_text_value (result, result->total);
  GString         *out = g_string_new (NULL);

  if (result->shown != result->total)
    {
      g_autofree char *shown = viewer_text_value (result, result->shown);

      g_string_append_printf (out, _ ("showing %s of %s"), shown, total);
    }
  else
    g_string_append_printf (out, _ ("total %s"), total);
  append_samples (out, result);
  return g_string_free (out, FALSE);
}

char *
viewer_text_view (const ViewerResult *result, double start, double end)
{
  g_autofree char *total = viewer_text_value (result, result->shown);
  double           weight = (double)prof_tree_weight (result->tree, 0);
  double           part = weight > 0 ? (end - start) / weight : 1;
  g_autofree char *zoom = prof_unit_human (llround (MIN (100 / part, 1e18)),
                                           "count");
  GString         *out = g_string_new (total);

  if (part < 1)
    {
      g_autofree char *share = prof_unit_human_percentage (part, 1);

      g_string_printf (out, _ ("view %s of %s"), share, total);
    }
  if (result->changes != NULL)
    g_string_assign (out, width_title (result));
  else
    append_samples (out, result);
  g_string_append_printf (out, _ (" · zoom %s %%"), zoom);
  return g_string_free (out, FALSE);
}

char *
viewer_text_binary (const ViewerResult *result)
{
  if (prof_profile_n_mappings (result->profile) == 0)
    return NULL;

  ProfStringId     id = prof_profile_mappings (result->profile)[0].filename;
  const char      *path = prof_profile_string (result->profile, id);
  g_autofree char *base = path[0] != '\0' ? g_path_get_basename (path) : NULL;

  return base != NULL ? prof_upright (base, -1) : NULL;
}

char *
viewer_text_type (const ViewerResult *result)
{
  if (result->type >= prof_profile_n_types (result->profile))
    return NULL;

  const char *type = prof_profile_type_name (result->profile, result->type);
  g_autofree char *valid = prof_upright (type, -1);
  const char      *title = prof_unit_type_title (valid);

  /* gettext answers "" with the catalogue's header. */
  return g_strdup (title[0] != '\0' ? _ (title) : _ ("Values"));
}

/* "Goroutines" in the middle of a sentence, but "CPU time" as it is. */
static char *
in_sentence (const char *title)
{
  gunichar         first = g_utf8_get_char (title);
  const char      *rest = g_utf8_next_char (title);
  g_autofree char *lower = NULL;

  if (rest[0] == '\0' || g_unichar_isupper (g_utf8_get_char (rest)))
    return g_strdup (title);
  lower = g_utf8_strdown (title, rest - title);
  return g_unichar_isupper (first) ? g_strconcat (lower, rest, NULL)
                                   : g_strdup (title);
}

/* @text: (nullable) */
static void
append_part (GString *out, const char *text)
{
  if (text != NULL && text[0] != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", text);
}

/* @durations: (nullable) */
static char *
subtitle (const ViewerResult *result, const char *durations)
{
  GString         *out = g_string_new (NULL);
  g_autofree char *binary = viewer_text_binary (result);
  g_autofree char *title = viewer_text_type (result);

  append_part (out, title);
  append_part (out, durations);
  append_part (out, binary);
  return g_string_free (out, FALSE);
}

char *
viewer_text_subtitle (const ViewerResult *result)
{
  int64_t          duration = prof_profile_duration_ns (result->profile);
  g_autofree char *text = duration > 0
                              ? prof_unit_human (duration, "nanoseconds")
                              : NULL;

  return subtitle (result, text);
}

char *
viewer_text_compared_subtitle (const ViewerResult *result,
                               const ProfProfile  *before,
                               const ProfProfile  *now)
{
  g_autofree char *durations = viewer_change_durations (before, now);

  return subtitle (result, durations);
}

char *
viewer_text_about (const ViewerResult *result)
{
  int64_t          value = result->changes != NULL ? result->all.total_now
                                                   : result->total;
  g_autofree char *total = viewer_text_value (result, value);
  g_autofree char *title = viewer_text_type (result);

  return title != NULL ? g_strdup_printf ("%s · %s", title, total)
                       : g_steal_pointer (&total);
}

/* What has become of it stands at the end of the bar. */
static char *
compared_root (const ViewerResult *result, const ProfChange *change)
{
  g_autofree char *sides = viewer_change_sides (result,
                                                change->total_before,
                                                change->total_now);
  g_autofree char *title = viewer_text_type (result);
  g_autofree char *type = title != NULL ? in_sentence (title) : NULL;

  return type != NULL ? g_strdup_printf ("%s %s", sides, type)
                      : g_steal_pointer (&sides);
}

char *
viewer_text_root (const ViewerResult *result)
{
  ProfChange change;

  if (viewer_change_of (result, 0, 0, &change))
    return compared_root (result, &change);

  g_autofree char *total = viewer_text_value (result, result->shown);
  g_autofree char *title = viewer_text_type (result);
  int64_t          duration = prof_profile_duration_ns (result->profile);
  GString         *out = g_string_new (total);

  if (title != NULL)
    {
      g_autofree char *type = in_sentence (title);

      g_string_append_printf (out, " %s", type);
    }
  if (duration > 0)
    {
      g_autofree char *text = prof_unit_human (duration, "nanoseconds");

      /* Translators: what was measured, and how long */
      g_string_append_printf (out, _ (" in %s"), text);
    }
  append_samples (out, result);
  return g_string_free (out, FALSE);
}

char *
viewer_text_stack (const ViewerResult *result, ProfNodeId node)
{
  const ProfNode       *nodes = prof_tree_nodes (result->tree);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (; node != 0 && node != PROF_ID_NONE; node = nodes[node].parent)
    g_ptr_array_add (names, (gpointer)prof_tree_name (result->tree, node));

  GString *out = g_string_new (NULL);
  for (guint i = names->len; i > 0; i--)
    g_string_append_printf (out, "%s\n", (char *)names->pdata[i - 1]);
  return g_string_free (out, FALSE);
}

char *
viewer_text_source (const ViewerResult *result, ProfFrameId frame)
{
  const char *file = prof_frames_file (result->frames, frame);
  int64_t     line = prof_frames_start_line (result->frames, frame);

  if (file[0] == '\0' || line <= 0)
    return g_strdup (file);
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, file, line);
}

const char *
viewer_text_package (const ProfPackage *package)
{
  if (package->name[0] != '\0')
    return package->name;
  if (package->tier == PROF_TIER_UNSYMBOLIZED)
    return _ ("without names");
  return _ ("without package");
}

/* Paths that begin with a host are long, and their last element says most. */
const char *
viewer_text_short_package (const ProfPackage *package)
{
  const char *name = viewer_text_package (package);
  const char *slash = strchr (name, '/');
  const char *dot = strchr (name, '.');

  if (slash == NULL || dot == NULL || dot > slash)
    return name;
  return strrchr (name, '/') + 1;
}

char *
viewer_text_shown (const ViewerResult *result)
{
  ProfChange change;

  if (viewer_change_of (result, 0, 0, &change))
    return compared_total (result, &change);

  g_autofree char *total = viewer_text_value (result, result->total);
  g_autofree char *share = prof_unit_human_percentage ((double)result->shown,
                                                       (double)result->total);

  /* Translators: "showing 77.8 % of 7.56 s" */
  return g_strdup_printf (_ ("showing %s of %s"), share, total);
}
