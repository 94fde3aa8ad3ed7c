/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a window shows, without any widget: the file, what is asked of it and the
 * result, where one has zoomed to, what is selected and what is searched for.
 *
 * Reading and computing happen on worker threads. Each request has a generation
 * number; an answer that is not to the latest request is dropped, and what was
 * there before stays until then. Every change is told by the signal "changed" of
 * ViewerFlameModel, which documents are. */

#include "viewer-comparison.h"
#include "viewer-flame-model.h"
#include "viewer-problem.h"
#include "viewer-request.h"

G_BEGIN_DECLS

#define VIEWER_TYPE_DOCUMENT (viewer_document_get_type ())
G_DECLARE_FINAL_TYPE (ViewerDocument,
                      viewer_document,
                      VIEWER,
                      DOCUMENT,
                      GObject)

typedef enum
{
  VIEWER_STATE_WELCOME, /* nothing was opened yet */
  VIEWER_STATE_LOADING, /* and there is nothing to show meanwhile */
  VIEWER_STATE_READY,
  VIEWER_STATE_ERROR,
} ViewerState;

ViewerDocument *viewer_document_new (void);

/* Filters the next file that is opened from the start: no step that could be
 * undone. @focus: (nullable): a pattern that compiles; %NULL takes it back */
void viewer_document_focus_next (ViewerDocument *self, const char *focus);

/**
 * viewer_document_open:
 * @sample_type: (nullable): what to show first; %NULL or an unknown one for the
 *   profile's default
 *
 * Starts reading a file; the state says how that ends.
 */
void viewer_document_open (ViewerDocument *self,
                           GFile          *file,
                           const char     *sample_type);

/* The same with several, which are added up to one profile. @n: at least 1 */
void viewer_document_open_sum (ViewerDocument *self,
                               GFile *const   *files,
                               size_t          n,
                               const char     *sample_type);

/* The same with bytes that came through a pipe; there is nothing to reload. */
void viewer_document_open_standard_input (ViewerDocument *self,
                                          GBytes         *bytes,
                                          const char     *sample_type);

/**
 * viewer_document_open_capture:
 * @url: as by prof_url_read()
 * @keep: whether it is the next one of what is shown: zoom, selection, search and
 *   filters stay where they still exist, as when a file is reloaded
 *
 * The same with bytes that a running program answered with.
 */
void viewer_document_open_capture (ViewerDocument *self,
                                   const char     *url,
                                   GBytes         *bytes,
                                   const char     *sample_type,
                                   bool            keep);

/* Says why nothing was captured at @url, instead of what was shown. @problem:
 * (transfer full) */
void viewer_document_fail_capture (ViewerDocument *self,
                                   const char     *url,
                                   ViewerProblem  *problem);

/* Whether there is no file: what is shown came through a pipe or a network. */
bool viewer_document_is_input (ViewerDocument *self);

/* (nullable): where it was captured; NULL when it was not. */
const char *viewer_document_get_url (ViewerDocument *self);

/* Reads the files again and keeps zoom, selection and search where they still
 * exist. */
void viewer_document_reload (ViewerDocument *self);

/* Reads the files again as the problem offers, under higher limits or with perf;
 * nothing where it offers nothing. That stays in force for this file. */
void viewer_document_take_offer (ViewerDocument *self);

/**
 * viewer_document_add_binary:
 * @path: of a program or library that somebody has chosen
 *
 * Reads the files again and names addresses by it, and by those chosen before. It
 * stays in force for this file. Where it gives no names, a warning says why.
 */
void viewer_document_add_binary (ViewerDocument *self, const char *path);

/* NULL at the end. */
const char *const *viewer_document_get_binaries (ViewerDocument *self);

/* Whether there are addresses that a program could name. */
bool viewer_document_lacks_names (ViewerDocument *self);

/* --- Comparing --- */

/**
 * viewer_document_compare:
 * @comparison: (nullable): %NULL ends it
 *
 * Compares what was opened with another profile, which is read if it has to be.
 * Zoom and selection stay as far as they still exist; the history does not.
 * Siblings stand by name as long as nothing else is asked. Where the two do not
 * compare, what was shown stays, and viewer_document_get_refusal() says why.
 */
void viewer_document_compare (ViewerDocument   *self,
                              ViewerComparison *comparison);

/* Compares the next file that is opened from the start; where the two do not
 * compare it is shown alone. @comparison: (nullable): %NULL takes it back */
void viewer_document_compare_next (ViewerDocument   *self,
                                   ViewerComparison *comparison);

/* Reads the files again and compares them with what they held until now. */
void viewer_document_compare_reload (ViewerDocument *self);

/* (nullable) (transfer none): what is shown is compared with. A profile that has
 * its base in itself is compared with that. */
ViewerComparison *viewer_document_get_comparison (ViewerDocument *self);

/* Whether both sides are shown: not where only a difference is left. */
bool viewer_document_is_compared (ViewerDocument *self);

/* What either side of a comparison is called. */
const char *viewer_document_get_before_name (ViewerDocument *self);
const char *viewer_document_get_now_name (ViewerDocument *self);

/* (nullable): as read, of a comparison. */
ProfProfile *viewer_document_get_before (ViewerDocument *self);
ProfProfile *viewer_document_get_now (ViewerDocument *self);

/* (nullable): why what was asked for last is not compared: one sentence, until it
 * is dismissed or something else is asked for. */
const char *viewer_document_get_refusal (ViewerDocument *self);
void        viewer_document_dismiss_refusal (ViewerDocument *self);

/* Which side widths are of. */
typedef enum
{
  VIEWER_WIDTH_BOTH, /* the larger one */
  VIEWER_WIDTH_BEFORE,
  VIEWER_WIDTH_NOW,
} ViewerWidth;

/* No step that could be undone; coming back to one that was seen takes no time. */
void        viewer_document_set_width (ViewerDocument *self, ViewerWidth width);
ViewerWidth viewer_document_get_width (ViewerDocument *self);

/* Stops what is going on and goes back to what was there before. */
void viewer_document_cancel (ViewerDocument *self);

ViewerState viewer_document_get_state (ViewerDocument *self);

/* (nullable): the file shown or being read, and what it is called; of several the
 * first, and "cpu.prof + 2 more". */
GFile      *viewer_document_get_file (ViewerDocument *self);
const char *viewer_document_get_name (ViewerDocument *self);
size_t      viewer_document_n_files (ViewerDocument *self);
GFile      *viewer_document_nth_file (ViewerDocument *self, size_t index);

/* Whether @file alone is this one and is as it was when it was read. */
bool viewer_document_shows (ViewerDocument *self, GFile *file);

/* Whether a file on disk is another by now than what is shown; until it is
 * reloaded, or until that is ignored. */
bool viewer_document_is_outdated (ViewerDocument *self);
void viewer_document_ignore_change (ViewerDocument *self);

/* What is odd about the file; empty for nothing. It is one line above the
 * profile until it was dismissed; reading the file again does not bring it back
 * unless it has become something else. */
const char *const *viewer_document_get_warnings (ViewerDocument *self);
bool               viewer_document_has_fresh_warnings (ViewerDocument *self);
void               viewer_document_dismiss_warnings (ViewerDocument *self);

/* (nullable): NULL unless the state is ready. Of a large profile it is a sketch at
 * first, whose tree is not whole, and is replaced by one that is. */
ViewerResult *viewer_document_get_result (ViewerDocument *self);

/* Whether the result is being made whole. @fraction: (out): 0 to 1 */
bool viewer_document_is_completing (ViewerDocument *self, double *fraction);

/* Leaves it as it is, for whoever goes: a thread that works holds the document. */
void viewer_document_stop_completing (ViewerDocument *self);

/* How many stack nodes a profile has at least that begins as a sketch; a million
 * without this. */
void viewer_document_set_sketch_from (ViewerDocument *self, size_t n_stacks);

/* (nullable): the profile as read, before any question. */
ProfProfile *viewer_document_get_profile (ViewerDocument *self);

/* (nullable): NULL unless the state is error. */
const ViewerProblem *viewer_document_get_problem (ViewerDocument *self);

/* Whether something is being computed, and how far it is: 0 to 1, or negative
 * when unknown. */
bool viewer_document_is_busy (ViewerDocument *self,
                              ViewerStage    *stage,
                              double         *fraction);

/* (transfer none): what is asked: of the result that is being made, where there is
 * one. */
ViewerQuestion *viewer_document_get_question (ViewerDocument *self);

/**
 * viewer_document_ask:
 *
 * Asks something else of the profile. What is shown stays until the answer is
 * there; zoom and selection stay as far as they still exist. It is one step that
 * can be undone.
 */
void viewer_document_ask (ViewerDocument *self, ViewerQuestion *question);

/**
 * viewer_document_set_option:
 * @value: (nullable): %NULL for the default
 *
 * viewer_document_ask() with another option of the query.
 *
 * Returns: %false with @error set as by prof_query_with()
 */
bool viewer_document_set_option (ViewerDocument *self,
                                 const char     *option,
                                 const char     *value,
                                 GError        **error);

/* Shows another sample type. */
void viewer_document_set_type (ViewerDocument *self, size_t type);

/* Colours frames another way; what is compared has a way of its own. */
const ProfColoring *viewer_document_get_coloring (ViewerDocument *self);
void                viewer_document_set_coloring (ViewerDocument     *self,
                                                  const ProfColoring *coloring);

/* Selection. Nodes out of range are an error of the caller. */
ViewerSelection viewer_document_get_selection (ViewerDocument *self);
void            viewer_document_select (ViewerDocument *self,
                                        ProfNodeId      node,
                                        ProfNodeId      end,
                                        bool            reveal);
/* Selects the heaviest occurrence, unless an occurrence is selected already. */
void viewer_document_select_frame (ViewerDocument *self, ProfFrameId frame);
void viewer_document_unselect (ViewerDocument *self);

/* (nullable as PROF_ID_NONE): the function in the middle of the sandwich: the one
 * that was put there, else that with the largest flat value. */
ProfFrameId viewer_document_get_center (ViewerDocument *self);

/**
 * viewer_document_set_center:
 * @frame: has a row in the top table
 * @gesture: whether it may be one of many in a row, such as from an arrow key
 *   held down
 *
 * Puts a function into the middle of the sandwich and selects it. It is a step
 * that can be undone; those of one gesture are one step.
 */
void viewer_document_set_center (ViewerDocument *self,
                                 ProfFrameId     frame,
                                 bool            gesture);

/* Puts the selected function there; a step if there was one that was chosen. */
void viewer_document_center_selection (ViewerDocument *self);

/* Zoom. The range is kept within the root's line. Each step can be undone, as
 * can each question; those of one gesture are one step. */
ViewerZoom viewer_document_get_zoom (ViewerDocument *self);
bool       viewer_document_is_zoomed (ViewerDocument *self);
void       viewer_document_zoom_to_node (ViewerDocument *self, ProfNodeId node);
void       viewer_document_zoom_to_range (ViewerDocument *self,
                                          double          start,
                                          double          end,
                                          bool            gesture);
/* To the selected frame, or to all that a selected strip hides. */
void viewer_document_zoom_to_selection (ViewerDocument *self);
void viewer_document_zoom_home (ViewerDocument *self);
bool viewer_document_can_go (ViewerDocument *self, int direction);
/* @direction: -1 back, 1 forward; back takes a question back that is under way.
 * What is asked on the way is asked of where it leads. */
void viewer_document_go (ViewerDocument *self, int direction);

/* Search. An empty text ends it. A pattern that does not compile leaves the
 * last matches and sets the complaint. */
void            viewer_document_set_search (ViewerDocument *self,
                                            const char     *text,
                                            ProfSearchFlags flags);
const char     *viewer_document_get_search_text (ViewerDocument *self);
ProfSearchFlags viewer_document_get_search_flags (ViewerDocument *self);
/* (nullable) */
ProfSearch *viewer_document_get_search (ViewerDocument *self);
const char *viewer_document_get_search_complaint (ViewerDocument *self);

/* Selects the next (1) or previous (-1) outermost match: those cover what the
 * search covers, each stack once. */
void viewer_document_find (ViewerDocument *self, int direction);

G_END_DECLS
