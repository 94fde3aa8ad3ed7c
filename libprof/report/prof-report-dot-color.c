/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-dot-private.h"

#include <math.h>

/* Shares are moved away from grey, because most are small. */
#define EXPONENT 0.3

/* Below this share colours fade, or small shares were yellow. */
#define FADES_BELOW 0.2

typedef struct
{
  double saturation;
  double value;
} Tone;

/* What is no number has no amount of any colour, as in Go. */
static unsigned
byte_of (double amount)
{
  return amount > 0 ? (unsigned)(amount * 255) : 0;
}

char *
prof_report_dot_color (double score, bool is_background)
{
  Tone   tone = is_background ? (Tone){ 0.1, 0.93 } : (Tone){ 1, 0.7 };
  double share = fabs (score) > 1 ? 1 : fabs (score);
  double strong = tone.value;
  double faint;
  double blue;

  if (share < FADES_BELOW)
    tone.saturation *= share / FADES_BELOW;
  faint = tone.value * (1 - tone.saturation * pow (share, EXPONENT));
  blue = tone.value * (1 - tone.saturation);
  return g_strdup_printf ("#%02x%02x%02x",
                          byte_of (score < 0 ? faint : strong),
                          byte_of (score < 0 ? strong : faint),
                          byte_of (blue));
}
