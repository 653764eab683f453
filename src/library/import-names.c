/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-names.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "file-comparison.h"
#include "file-place.h"
#include "folder-store.h"
#include "gguf/gguf-shards.h"
#include "library-error.h"

#define MAX_CLASHES 10000

typedef enum
{
  NAME_FREE,
  NAME_SAME,                         /* it has those bytes already */
  NAME_TAKEN
} NameState;

static int
open_file (const char *path, PaddockFileIdentity *identity)
{
  g_auto (PaddockFilePlace) place = PADDOCK_FILE_PLACE_INIT;

  return paddock_file_place_open (&place, path) ? paddock_file_place_open_file (&place, identity) : -1;
}

/**
 * paddock_import_names_alike:
 * @first: (type filename): a regular file
 * @second: (type filename): another
 *
 * Returns: whether they are one file, or of one size and alike wherever they were looked at
 */
gboolean
paddock_import_names_alike (const char *first, const char *second)
{
  PaddockFileIdentity one, other;
  int a = open_file (first, &one);
  int b = a >= 0 ? open_file (second, &other) : -1;
  gboolean alike = b >= 0 && one.size == other.size &&
                   (paddock_file_identity_same_file (&one, &other) || paddock_file_comparison_sample (a, b, one.size));

  if (a >= 0)
    close (a);
  if (b >= 0)
    close (b);
  return alike;
}

/* A name that the library finds again: what is hidden, and what is not called like a whole model, it would not see. */
static char *
make_base (const char *path)
{
  const char *name = paddock_folder_store_skip_marks (strrchr (path, '/') + 1);
  PaddockFileRole role;

  if (paddock_folder_store_judge_name (name, &role) && role == PADDOCK_FILE_ROLE_FOUND)
    return g_strdup (name);
  return g_strconcat (*name != '\0' && g_ascii_strcasecmp (name, "gguf") != 0 ? name : "model", ".gguf", NULL);
}

/* "name (2).gguf"; of a set "name (2)-00001-of-00003.gguf", so that it stays one. */
static char *
make_name (const char *base, guint attempt)
{
  g_autofree char *prefix = NULL;
  gsize stem = strlen (base) - strlen (".gguf");

  if (attempt < 2)
    return g_strdup (base);
  if (paddock_gguf_shards_parse_name (base, &prefix, NULL, NULL))
    stem = strlen (prefix);
  return g_strdup_printf ("%.*s (%u)%s", (int) stem, base, attempt, base + stem);
}

static NameState
judge_name (GHashTable *taken, const char *source, const char *target)
{
  struct stat status;

  if (g_hash_table_contains (taken, target))
    return NAME_TAKEN;
  if (lstat (target, &status) != 0)
    return errno == EACCES ? NAME_TAKEN : NAME_FREE;
  return S_ISREG (status.st_mode) && paddock_import_names_alike (source, target) ? NAME_SAME : NAME_TAKEN;
}

/* FALSE: somebody else has one of them. */
static gboolean
try_names (PaddockImportItem *item, const char *folder, GHashTable *taken, guint attempt, guint *n_same)
{
  *n_same = 0;
  g_ptr_array_set_size (item->targets, 0);
  for (guint i = 0; i < item->sources->len; i++)
    {
      const char *source = g_ptr_array_index (item->sources, i);
      g_autofree char *base = make_base (source);
      g_autofree char *name = make_name (base, attempt);
      char *target = g_build_filename (folder, name, NULL);
      NameState state = judge_name (taken, source, target);

      g_ptr_array_add (item->targets, target);
      if (state == NAME_TAKEN)
        return FALSE;
      *n_same += state == NAME_SAME;
    }
  return TRUE;
}

static void
set_problem (PaddockImportItem *item, const char *why)
{
  g_ptr_array_set_size (item->targets, 0);
  g_set_error_literal (&item->problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS, why);
}

/**
 * paddock_import_names_choose:
 * @item: what comes in
 * @folder: (type filename): where it goes
 * @taken: (element-type filename): names that other items have
 */
void
paddock_import_names_choose (PaddockImportItem *item, const char *folder, GHashTable *taken)
{
  for (guint attempt = 1; attempt <= MAX_CLASHES; attempt++)
    {
      guint n_same;

      if (!try_names (item, folder, taken, attempt, &n_same))
        continue;
      if (n_same == item->sources->len)
        {
          set_problem (item, "the folder has the same file already");
          return;
        }
      for (guint i = 0; i < item->targets->len; i++)
        g_hash_table_add (taken, g_strdup (g_ptr_array_index (item->targets, i)));
      return;
    }
  set_problem (item, "no name is free");
}
