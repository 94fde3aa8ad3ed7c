/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-symbols.h"

#include "base/prof-vec.h"
#include "input/prof-debug-file.h"
#include "input/prof-dw.h"
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* How often one description may send us on to another. */
#define MOST_ORIGINS 16

/* A function of the symbol table. */
typedef struct
{
  uint64_t    start;
  uint64_t    end; /* behind it; @start where its size is not known */
  const char *name;
} Entry;

PROF_VEC_DEFINE (ProfVecSymbolEntry, prof_vec_symbol_entry, Entry)
PROF_VEC_DEFINE (ProfVecSymbol, prof_vec_symbol, ProfSymbol)

/* An ELF file that is open. */
typedef struct
{
  int    file;
  Elf   *elf;   /* NULL: there is none */
  Dwarf *dwarf; /* NULL: it has none */
} Binary;

struct _ProfSymbols
{
  Binary program;
  Binary debug; /* what was taken out of it */

  Elf   *elf;   /* lent: the program's */
  Dwarf *dwarf; /* lent: of one of them, or NULL */

  Dwarf_Die unit; /* that the last address was in */
  bool      has_unit;

  /* Owned */
  char              *build_id;
  GStringChunk      *names; /* that are put together */
  ProfVecSymbolEntry table; /* by address */
  ProfVecSymbol      found;
};

bool
prof_symbols_is_built (void)
{
  return true;
}

/* --- the symbol table --- */

static void
add_section (ProfSymbols     *self,
             Elf             *elf,
             Elf_Scn         *section,
             const GElf_Shdr *header)
{
  Elf_Data *data = sym_elf_getdata (section, NULL);
  size_t n = header->sh_entsize > 0 ? header->sh_size / header->sh_entsize : 0;
  GElf_Sym symbol;

  for (size_t i = 0; data != NULL && i < MIN (n, INT_MAX); i++)
    {
      Entry entry;

      if (sym_gelf_getsym (data, (int)i, &symbol) == NULL)
        return;
      if (GELF_ST_TYPE (symbol.st_info) != STT_FUNC ||
          symbol.st_shndx == SHN_UNDEF)
        continue;
      entry.name = sym_elf_strptr (elf, header->sh_link, symbol.st_name);
      entry.start = symbol.st_value;
      entry.end = symbol.st_value + symbol.st_size;
      if (entry.name != NULL && entry.name[0] != '\0' &&
          entry.end >= entry.start &&
          !prof_vec_symbol_entry_append (&self->table, entry))
        return;
    }
}

static int
compare_entries (const void *a, const void *b)
{
  const Entry *left = a;
  const Entry *right = b;

  if (left->start != right->start)
    return left->start < right->start ? -1 : 1;
  return strcmp (left->name, right->name);
}

static void
read_sections (ProfSymbols *self, Elf *elf, GElf_Word kind)
{
  Elf_Scn *section = NULL;

  while (elf != NULL && (section = sym_elf_nextscn (elf, section)) != NULL)
    {
      GElf_Shdr header;

      if (sym_gelf_getshdr (section, &header) != NULL && header.sh_type == kind)
        add_section (self, elf, section, &header);
    }
}

/* The whole table; that for linking at run time where there is no other. */
static void
read_table (ProfSymbols *self)
{
  read_sections (self, self->program.elf, SHT_SYMTAB);
  if (self->table.length == 0)
    read_sections (self, self->debug.elf, SHT_SYMTAB);
  if (self->table.length == 0)
    read_sections (self, self->program.elf, SHT_DYNSYM);
  if (self->table.length > 0)
    qsort (self->table.data,
           self->table.length,
           sizeof *self->table.data,
           compare_entries);
}

/* The last entry that begins at or before an address, unless it has ended. */
static const Entry *
find_entry (const ProfSymbols *self, uint64_t address)
{
  size_t       low = 0;
  size_t       high = self->table.length;
  const Entry *entry;

  while (low < high)
    {
      size_t middle = low + (high - low) / 2;

      if (self->table.data[middle].start <= address)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return NULL;
  entry = &self->table.data[low - 1];
  return entry->end == entry->start || address < entry->end ? entry : NULL;
}

/* --- opening --- */

/* (transfer full): hexadecimal, or "" */
static char *
build_id_of (Elf *elf)
{
  const void *bytes;
  ssize_t     length = sym_dwelf_elf_gnu_build_id (elf, &bytes);
  GString    *text = g_string_new (NULL);

  for (ssize_t i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", ((const uint8_t *)bytes)[i]);
  return g_string_free (text, FALSE);
}

static int
open_file (const char *path, GError **error)
{
  int         file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat facts;

  if (file >= 0 && fstat (file, &facts) == 0 && S_ISREG (facts.st_mode))
    return file;
  g_set_error (error,
               G_IO_ERROR,
               file < 0 ? (int)g_io_error_from_errno (errno)
                        : (int)G_IO_ERROR_FAILED,
               "%s",
               file < 0 ? g_strerror (errno) : "this is no file");
  if (file >= 0)
    close (file);
  return -1;
}

static bool
open_binary (Binary *self, const char *path, GError **error)
{
  self->file = open_file (path, error);
  if (self->file < 0)
    return false;
  /* Read, not mapped: a file that shrinks would end us. */
  self->elf = sym_elf_begin (self->file, ELF_C_READ, NULL);
  if (self->elf == NULL || sym_elf_kind (self->elf) != ELF_K_ELF)
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "this is no ELF program or library");
  self->dwarf = sym_dwarf_begin_elf (self->elf, DWARF_C_READ, NULL);
  return true;
}

static void
close_binary (Binary *self)
{
  if (self->dwarf != NULL)
    sym_dwarf_end (self->dwarf);
  if (self->elf != NULL)
    sym_elf_end (self->elf);
  if (self->file >= 0)
    close (self->file);
  *self = (Binary){ .file = -1 };
}

/* --- debug information of its own --- */

static uint32_t
sum_of_file (int file)
{
  uLong   sum = crc32 (0, NULL, 0);
  Bytef   piece[16384];
  off_t   at = 0;
  ssize_t n;

  while ((n = pread (file, piece, sizeof piece, at)) > 0)
    {
      sum = crc32 (sum, piece, (uInt)n);
      at += n;
    }
  return (uint32_t)sum;
}

/* Whether it was taken out of this program: by the build ID, or by what the program
 * says the sum of its bytes is. */
static bool
is_ours (const ProfSymbols *self, const Binary *debug, GElf_Word sum)
{
  g_autofree char *build_id = NULL;

  if (self->build_id[0] == '\0')
    return sum_of_file (debug->file) == sum;
  build_id = build_id_of (debug->elf);
  return strcmp (build_id, self->build_id) == 0;
}

/* The first there is that was taken out of the program; there may be none. */
static void
find_debug (ProfSymbols *self, const char *path)
{
  GElf_Word      sum = 0;
  const char    *link = sym_dwelf_elf_gnu_debuglink (self->elf, &sum);
  g_auto (GStrv) places = prof_debug_file_places (path,
                                                  self->build_id,
                                                  link,
                                                  PROF_DEBUG_FOLDER);

  for (size_t p = 0; places[p] != NULL; p++)
    {
      if (open_binary (&self->debug, places[p], NULL) &&
          self->debug.dwarf != NULL && is_ours (self, &self->debug, sum))
        return;
      close_binary (&self->debug);
    }
}

ProfSymbols *
prof_symbols_open (const char *path, GError **error)
{
  g_autoptr (ProfSymbols) self = NULL;

  if (!prof_dw_open (error))
    return NULL;
  self = g_new0 (ProfSymbols, 1);
  self->program.file = self->debug.file = -1;
  self->names = g_string_chunk_new (4096);
  sym_elf_version (EV_CURRENT);
  if (!open_binary (&self->program, path, error))
    return NULL;
  self->elf = self->program.elf;
  self->build_id = build_id_of (self->elf);
  if (self->program.dwarf == NULL)
    find_debug (self, path);
  self->dwarf = self->program.dwarf != NULL ? self->program.dwarf
                                            : self->debug.dwarf;
  read_table (self);
  return g_steal_pointer (&self);
}

void
prof_symbols_free (ProfSymbols *self)
{
  if (self == NULL)
    return;
  close_binary (&self->debug);
  close_binary (&self->program);
  g_free (self->build_id);
  g_string_chunk_free (self->names);
  prof_vec_symbol_entry_clear (&self->table);
  prof_vec_symbol_clear (&self->found);
  g_free (self);
}

const char *
prof_symbols_build_id (const ProfSymbols *self)
{
  return self->build_id;
}

bool
prof_symbols_address (const ProfSymbols *self,
                      uint64_t           offset,
                      uint64_t          *address)
{
  size_t n;

  if (sym_elf_getphdrnum (self->elf, &n) != 0)
    return false;
  for (size_t i = 0; i < MIN (n, INT_MAX); i++)
    {
      GElf_Phdr header;

      if (sym_gelf_getphdr (self->elf, (int)i, &header) == NULL)
        return false;
      if (header.p_type != PT_LOAD || offset < header.p_offset ||
          offset - header.p_offset >= header.p_filesz)
        continue;
      *address = offset - header.p_offset + header.p_vaddr;
      return true;
    }
  return false;
}

/* --- DWARF --- */

/* By the index of addresses; without one, or with holes in it, by trying. */
static bool
find_unit (ProfSymbols *self, uint64_t address, Dwarf_Die *unit)
{
  Dwarf_CU  *next = NULL;
  Dwarf_Half version;
  uint8_t    kind;
  Dwarf_Die  die;
  Dwarf_CU  *at = NULL;

  if (self->has_unit && sym_dwarf_haspc (&self->unit, address) == 1)
    {
      *unit = self->unit;
      return true;
    }
  if (sym_dwarf_addrdie (self->dwarf, address, unit) != NULL)
    return true;
  while (sym_dwarf_get_units (self->dwarf,
                              at,
                              &next,
                              &version,
                              &kind,
                              &die,
                              NULL) == 0)
    {
      if (sym_dwarf_haspc (&die, address) == 1)
        {
          *unit = die;
          return true;
        }
      at = next;
    }
  return false;
}

/* What a description is a copy of, or tells more about; it has the name. */
static Dwarf_Die
origin_of (Dwarf_Die *die)
{
  Dwarf_Die at = *die;

  for (int i = 0; i < MOST_ORIGINS; i++)
    {
      Dwarf_Attribute attribute;
      Dwarf_Die       next;

      if (sym_dwarf_attr (&at, DW_AT_abstract_origin, &attribute) == NULL &&
          sym_dwarf_attr (&at, DW_AT_specification, &attribute) == NULL)
        break;
      if (sym_dwarf_formref_die (&attribute, &next) == NULL)
        break;
      at = next;
    }
  return at;
}

/* "ns::Class::" of what surrounds it. */
static void
append_scopes (GString *out, Dwarf_Die *die)
{
  Dwarf_Die *scopes = NULL;
  int        n = sym_dwarf_getscopes_die (die, &scopes);

  for (int i = n - 1; i > 0; i--)
    {
      int         tag = sym_dwarf_tag (&scopes[i]);
      const char *name = sym_dwarf_diename (&scopes[i]);

      if (tag == DW_TAG_namespace)
        g_string_append (out, name != NULL ? name : "(anonymous namespace)");
      else if (name != NULL &&
               (tag == DW_TAG_class_type || tag == DW_TAG_structure_type ||
                tag == DW_TAG_union_type))
        g_string_append (out, name);
      else
        continue;
      g_string_append (out, "::");
    }
  free (scopes);
}

static const char *
name_of (ProfSymbols *self, Dwarf_Die *origin)
{
  g_autoptr (GString) name = g_string_new (NULL);
  const char         *own = sym_dwarf_diename (origin);

  if (own == NULL)
    return NULL;
  append_scopes (name, origin);
  g_string_append (name, own);
  return g_string_chunk_insert_const (self->names, name->str);
}

/* Where a function that is inlined is called from. */
static void
read_call (Dwarf_Die *unit, Dwarf_Die *die, const char **file, int64_t *line)
{
  Dwarf_Attribute attribute;
  Dwarf_Word      number;
  Dwarf_Files    *files;
  size_t          n;

  *file = "";
  *line = 0;
  if (sym_dwarf_attr (die, DW_AT_call_line, &attribute) != NULL &&
      sym_dwarf_formudata (&attribute, &number) == 0 && number <= INT32_MAX)
    *line = (int64_t)number;
  if (sym_dwarf_attr (die, DW_AT_call_file, &attribute) != NULL &&
      sym_dwarf_formudata (&attribute, &number) == 0 &&
      sym_dwarf_getsrcfiles (unit, &files, &n) == 0 && number < n)
    *file = sym_dwarf_filesrc (files, number, NULL, NULL);
  if (*file == NULL)
    *file = "";
}

static void
read_line (Dwarf_Die *unit, uint64_t address, const char **file, int64_t *line)
{
  Dwarf_Line *row = sym_dwarf_getsrc_die (unit, address);
  int         number;

  *file = "";
  *line = 0;
  if (row == NULL)
    return;
  *file = sym_dwarf_linesrc (row, NULL, NULL);
  if (*file == NULL)
    *file = "";
  if (sym_dwarf_lineno (row, &number) == 0)
    *line = number;
}

/* A function among the scopes of an address. */
static bool
add_scope (ProfSymbols *self, Dwarf_Die *die, const char *file, int64_t line)
{
  Dwarf_Die  origin = origin_of (die);
  ProfSymbol symbol = { .name = name_of (self, &origin),
                        .file = file,
                        .line = line };
  int        start;

  if (symbol.name == NULL || symbol.name[0] == '\0')
    return false;
  if (sym_dwarf_decl_line (&origin, &start) == 0)
    symbol.start_line = start;
  return prof_vec_symbol_append (&self->found, symbol);
}

static void
find_in_dwarf (ProfSymbols *self, uint64_t address)
{
  Dwarf_Die   unit;
  Dwarf_Die  *scopes = NULL;
  int         n;
  const char *file;
  int64_t     line;

  if (self->dwarf == NULL || !find_unit (self, address, &unit))
    return;
  self->unit = unit;
  self->has_unit = true;
  read_line (&unit, address, &file, &line);
  n = sym_dwarf_getscopes (&unit, address, &scopes);
  for (int i = 0; i < n; i++)
    {
      int tag = sym_dwarf_tag (&scopes[i]);

      if (tag != DW_TAG_inlined_subroutine && tag != DW_TAG_subprogram)
        continue;
      add_scope (self, &scopes[i], file, line);
      if (tag == DW_TAG_subprogram)
        break;
      read_call (&unit, &scopes[i], &file, &line);
    }
  free (scopes);
}

size_t
prof_symbols_find (ProfSymbols       *self,
                   uint64_t           address,
                   const ProfSymbol **symbols)
{
  self->found.length = 0;
  find_in_dwarf (self, address);
  if (self->found.length == 0)
    {
      const Entry *entry = find_entry (self, address);
      ProfSymbol   symbol = { .file = "" };

      if (entry != NULL)
        {
          symbol.name = entry->name;
          prof_vec_symbol_append (&self->found, symbol);
        }
    }
  *symbols = self->found.data;
  return self->found.length;
}
