/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-format.h"

#include "formats/prof-callgrind-decode.h"
#include "formats/prof-chrome-trace-decode.h"
#include "formats/prof-cpuprofile-decode.h"
#include "formats/prof-decoder.h"
#include "formats/prof-firefox-decode.h"
#include "formats/prof-folded-decode.h"
#include "formats/prof-foreign.h"
#include "formats/prof-goroutines-decode.h"
#include "formats/prof-gperftools-decode.h"
#include "formats/prof-heapprofile-decode.h"
#include "formats/prof-java-decode.h"
#include "formats/prof-perf-script-decode.h"
#include "formats/prof-pprof-decode.h"
#include "formats/prof-records-decode.h"
#include "formats/prof-speedscope-decode.h"
#include "formats/prof-threadz-decode.h"
#include "input/prof-machine.h"
#include "input/prof-pieces.h"
#include "input/prof-source.h"

/* In the order in which they are asked; the first that may be it decides, so
 * that a damaged file is called damaged, and never taken for another format. */
static const ProfDecoder *const decoders[] = {
  &prof_gperftools_decoder,   &prof_java_decoder,
  &prof_records_decoder,      &prof_threadz_decoder,
  &prof_goroutines_decoder,   &prof_callgrind_decoder,
  &prof_chrome_trace_decoder, &prof_firefox_decoder,
  &prof_speedscope_decoder,   &prof_cpuprofile_decoder,
  &prof_heapprofile_decoder,  &prof_perf_script_decoder,
  &prof_folded_decoder,       &prof_pprof_decoder,
};

static const ProfDecoder *
fail_foreign (bool is_gzip, const ProfForeign *kind, GError **error)
{
  const char *where = is_gzip ? " inside gzip" : "";

  if (kind->remedy == NULL)
    return prof_fail_null (error,
                           PROF_ERROR_UNRECOGNIZED,
                           "this is %s%s, not a profile",
                           kind->name,
                           where);
  return prof_fail_null (error,
                         kind->is_perf && !is_gzip ? PROF_ERROR_PERF_DATA
                                                   : PROF_ERROR_UNSUPPORTED,
                         "this is %s%s, which is not read; %s",
                         kind->name,
                         where,
                         kind->remedy);
}

static const ProfDecoder *
choose (const uint8_t *head, size_t length, bool is_gzip, GError **error)
{
  const ProfForeign *foreign;
  ProfForeign        text = { 0 };

  if (length == 0)
    return prof_fail_null (error,
                           PROF_ERROR_EMPTY,
                           is_gzip ? "the file is empty, though compressed"
                                   : "the file is empty");
  foreign = prof_foreign_find (head, length);
  if (foreign != NULL)
    return fail_foreign (is_gzip, foreign, error);
  for (size_t i = 0; i < G_N_ELEMENTS (decoders); i++)
    if (decoders[i]->sniff (head, length))
      return decoders[i];
  foreign = prof_foreign_json (prof_json_kind (head, length));
  if (foreign != NULL)
    return fail_foreign (is_gzip, foreign, error);
  text.name = prof_foreign_text (head, length);
  return fail_foreign (is_gzip, &text, error);
}

/* From the second piece on. */
static ProfProfile *
decode (const ProfDecoder *decoder,
        void              *state,
        const uint8_t     *piece,
        size_t             length,
        ProfPieces        *pieces,
        ProfProgress      *progress,
        GError           **error)
{
  while (length > 0)
    if (!decoder->feed (state, piece, length, error) ||
        !prof_pieces_next (pieces, progress, &piece, &length, error))
      return NULL;
  return decoder->finish (state, error);
}

/* Of what inflates, unless a limit of its own is asked for: in proportion to the
 * file. */
static void
limit_pieces (ProfPieces *pieces, const ProfLimits *limits)
{
  uint64_t most = prof_limits_get (limits, PROF_LIMIT_INFLATED);

  if (most > 0)
    prof_pieces_set_limit (pieces, most);
}

static ProfProfile *
load (GInputStream     *stream,
      uint64_t          size,
      const ProfLimits *limits,
      bool              listed,
      ProfProgress     *progress,
      GError          **error)
{
  g_autoptr (ProfPieces) pieces = prof_pieces_new (stream, size);
  const ProfDecoder     *decoder;
  const uint8_t         *piece;
  size_t                 length;
  void                  *state;
  ProfProfile           *profile;

  limit_pieces (pieces, limits);
  if (!prof_pieces_next (pieces, progress, &piece, &length, error))
    return NULL;
  decoder = choose (piece, length, prof_pieces_is_gzip (pieces), error);
  if (decoder == NULL)
    return NULL;
  state = decoder->begin (limits);
  if (listed && decoder->list_stacks != NULL)
    decoder->list_stacks (state);
  profile = decode (decoder, state, piece, length, pieces, progress, error);
  decoder->free (state);
  return profile;
}

/* @limits: (nullable): %NULL is the machine's */
static ProfProfile *
load_within (GInputStream     *stream,
             uint64_t          size,
             const ProfLimits *limits,
             bool              listed,
             ProfProgress     *progress,
             GError          **error)
{
  ProfLimits machine = prof_machine_limits ();

  return load (stream,
               size,
               limits != NULL ? limits : &machine,
               listed,
               progress,
               error);
}

static ProfProfile *
load_path (const char       *path,
           const ProfLimits *limits,
           bool              listed,
           ProfProgress     *progress,
           GError          **error)
{
  uint64_t      size;
  GInputStream *stream = prof_source_open (path, limits, &size, error);
  ProfProfile  *profile;

  if (stream == NULL)
    return NULL;
  profile = load_within (stream, size, limits, listed, progress, error);
  g_object_unref (stream);
  return profile;
}

ProfProfile *
prof_format_load (const char       *path,
                  const ProfLimits *limits,
                  ProfProgress     *progress,
                  GError          **error)
{
  return load_path (path, limits, false, progress, error);
}

ProfProfile *
prof_format_load_listed (const char       *path,
                         const ProfLimits *limits,
                         ProfProgress     *progress,
                         GError          **error)
{
  return load_path (path, limits, true, progress, error);
}

ProfProfile *
prof_format_load_stream (GInputStream     *stream,
                         uint64_t          size,
                         const ProfLimits *limits,
                         ProfProgress     *progress,
                         GError          **error)
{
  return load_within (stream, size, limits, false, progress, error);
}

ProfProfile *
prof_format_load_bytes (const void       *data,
                        size_t            length,
                        const ProfLimits *limits,
                        GError          **error)
{
  g_autoptr (GInputStream) stream = NULL;

  if (length > G_MAXSSIZE)
    return prof_fail_null (error,
                           PROF_ERROR_TOO_LARGE,
                           "there are too many bytes");
  if (length == 0)
    return prof_fail_null (error, PROF_ERROR_EMPTY, "the file is empty");
  stream = g_memory_input_stream_new_from_data (data, (gssize)length, NULL);
  return prof_format_load_stream (stream, length, limits, NULL, error);
}
