/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Two sections of the side panel: with which labels a function was measured, and
 * on which of its lines. Hidden where the profile knows neither. */

#include "viewer-result.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_HITS (viewer_hits_get_type ())
G_DECLARE_FINAL_TYPE (ViewerHits, viewer_hits, VIEWER, HITS, GtkBox)

/**
 * viewer_hits_show:
 * @frame: of the result
 *
 * Asks for the sections of a function. A large profile answers from a thread;
 * until then what was there stays.
 */
void viewer_hits_show (ViewerHits   *self,
                       ViewerResult *result,
                       ProfFrameId   frame);

/* Shows nothing; an answer that is still to come is dropped. */
void viewer_hits_clear (ViewerHits *self);

G_END_DECLS
