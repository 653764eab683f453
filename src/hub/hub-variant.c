/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-variant.h"

#include <string.h>

#include "model/file-name.h"

#define SUFFIX ".gguf"

/* What a file is called by, and where its set begins. */
typedef struct
{
  PaddockFileName *name;
  PaddockHubFile *file; /* borrowed */
  char *set;            /* the same for all files of a set */
} Named;

static void
free_named (gpointer data)
{
  Named *named = data;

  paddock_file_name_free (named->name);
  g_free (named->set);
  g_free (named);
}

static void
free_variant (gpointer data)
{
  PaddockHubVariant *variant = data;

  g_free (variant->label);
  g_ptr_array_unref (variant->files);
  g_free (variant);
}

static gboolean
is_model_file (const char *path)
{
  gsize length = strlen (path);

  return length > strlen (SUFFIX) && g_ascii_strcasecmp (path + length - strlen (SUFFIX), SUFFIX) == 0;
}

/* "dir/Model-Q4_K_M-00001-of-00003.gguf" without the number: its siblings differ in nothing else. No file is called so. */
static char *
make_set (const char *path, const PaddockFileName *name)
{
  gsize length = strlen (path);
  gsize tail = strlen ("00001-of-00003" SUFFIX);
  g_autofree char *base = NULL;

  if (name->shard == 0 || length <= tail)
    return g_strdup (path);
  base = g_strndup (path, length - tail);
  return g_strdup_printf ("%s%s*%05u", base, path + length - strlen (SUFFIX), name->shards);
}

static Named *
name_file (PaddockHubFile *file)
{
  Named *named = g_new0 (Named, 1);

  named->name = paddock_file_name_parse (file->path);
  named->file = file;
  named->set = make_set (file->path, named->name);
  return named;
}

static int
compare_named (gconstpointer a, gconstpointer b)
{
  const Named *first = a, *second = b;
  int order = strcmp (first->set, second->set);

  return order != 0 ? order : first->name->shard < second->name->shard ? -1 : first->name->shard > second->name->shard;
}

static char *
make_label (const Named *named)
{
  const PaddockFileName *name = named->name;

  if (name->quantization == NULL)
    return g_path_get_basename (named->file->path);
  return g_strconcat (name->dynamic ? "UD-" : "", name->quantization, NULL);
}

static PaddockHubVariant *
begin_variant (const Named *named)
{
  PaddockHubVariant *variant = g_new0 (PaddockHubVariant, 1);

  variant->label = make_label (named);
  variant->files = g_ptr_array_new ();
  variant->shards = MAX (named->name->shards, 1);
  variant->is_companion = named->name->kind != PADDOCK_MODEL_LANGUAGE;
  return variant;
}

static void
add_file (PaddockHubVariant *variant, PaddockHubFile *file)
{
  g_ptr_array_add (variant->files, file);
  if (variant->size < 0 || file->size < 0 || __builtin_add_overflow (variant->size, file->size, &variant->size))
    variant->size = -1;
}

static int
compare_variants (gconstpointer a, gconstpointer b)
{
  const PaddockHubVariant *first = a, *second = b;

  if (first->is_companion != second->is_companion)
    return first->is_companion ? 1 : -1;
  if (first->size != second->size)
    return first->size < second->size ? -1 : 1;
  return strcmp (first->label, second->label);
}

/**
 * paddock_hub_variant_group:
 * @files: (element-type PaddockHubFile): all files of a repository
 *
 * Returns: (transfer container) (element-type PaddockHubVariant): what a person chooses between
 */
GPtrArray *
paddock_hub_variant_group (GPtrArray *files)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (free_named);
  GPtrArray *variants = g_ptr_array_new_with_free_func (free_variant);

  for (guint i = 0; i < files->len; i++)
    if (is_model_file (((PaddockHubFile *) g_ptr_array_index (files, i))->path))
      g_ptr_array_add (names, name_file (g_ptr_array_index (files, i)));
  g_ptr_array_sort_values (names, compare_named);
  for (guint i = 0; i < names->len; i++)
    {
      const Named *named = g_ptr_array_index (names, i);
      const Named *before = i > 0 ? g_ptr_array_index (names, i - 1) : NULL;

      if (before == NULL || !g_str_equal (before->set, named->set))
        g_ptr_array_add (variants, begin_variant (named));
      add_file (g_ptr_array_index (variants, variants->len - 1), named->file);
    }
  g_ptr_array_sort_values (variants, compare_variants);
  return variants;
}

static const PaddockHubVariant *
find_label (GPtrArray *variants, const char *label)
{
  for (guint i = 0; i < variants->len; i++)
    {
      const PaddockHubVariant *variant = g_ptr_array_index (variants, i);

      if (!variant->is_companion && g_ascii_strcasecmp (variant->label, label) == 0)
        return variant;
    }
  return NULL;
}

/**
 * paddock_hub_variant_find:
 * @variants: (element-type PaddockHubVariant): those of a repository
 * @label: (nullable): what the person asked for
 *
 * Returns: (nullable): which one that is
 */
const PaddockHubVariant *
paddock_hub_variant_find (GPtrArray *variants, const char *label)
{
  static const char *const usual[] = { "Q4_K_M", "UD-Q4_K_XL", "Q4_K_S", "MXFP4", "Q4_0", "Q8_0" };
  const PaddockHubVariant *only = NULL;
  guint count = 0;

  if (label != NULL)
    return find_label (variants, label);
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      const PaddockHubVariant *found = find_label (variants, usual[i]);

      if (found != NULL)
        return found;
    }
  for (guint i = 0; i < variants->len; i++)
    if (!((PaddockHubVariant *) g_ptr_array_index (variants, i))->is_companion)
      {
        only = g_ptr_array_index (variants, i);
        count++;
      }
  return count == 1 ? only : NULL;
}

gboolean
paddock_hub_variant_has_file (const PaddockHubVariant *self, const char *path)
{
  for (guint i = 0; i < self->files->len; i++)
    if (g_str_equal (((PaddockHubFile *) g_ptr_array_index (self->files, i))->path, path))
      return TRUE;
  return FALSE;
}

gboolean
paddock_hub_variant_is_whole (const PaddockHubVariant *self)
{
  return self->files->len == self->shards;
}
