/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/import-words.h"

#include "base/units.h"
#include "library-error.h"
#include "library/library-words.h"
#include "library/problem-words.h"
#include "model/model-words.h"

#include <glib/gi18n.h>

/**
 * paddock_import_words_dup_count:
 * @count: so many models
 * @size: of so many bytes
 *
 * Returns: (transfer full): both
 */
char *
paddock_import_words_dup_count (guint count, guint64 size)
{
  g_autofree char *number = paddock_units_format_count (count);
  g_autofree char *bytes = paddock_units_format_size (size);
  g_autofree char *models = g_strdup_printf (ngettext ("%s model", "%s models", count), number);

  return g_strdup_printf ("%s · %s", models, bytes);
}

static char *
dup_room (const PaddockImportPlan *plan)
{
  g_autofree char *needed = paddock_units_format_size (plan->bytes);
  g_autofree char *there = NULL;

  if (plan->free_bytes == G_MAXUINT64)
    /* Translators: %s is a size. */
    return g_strdup_printf (_("Needs %s"), needed);
  there = paddock_units_format_size (plan->free_bytes);
  if (plan->bytes > plan->free_bytes)
    /* Translators: both are sizes. */
    return g_strdup_printf (_("Needs %s, but only %s are free"), needed, there);
  /* Translators: both are sizes. */
  return g_strdup_printf (_("Needs %s of the %s that are free"), needed, there);
}

static char *
dup_folders (const PaddockImportPlan *plan)
{
  g_autofree char *name = NULL;

  if (plan->folders->len > 1)
    return g_strdup_printf (ngettext ("Paddock will look into %u folder", "Paddock will look into %u folders",
                                      plan->folders->len), plan->folders->len);
  if (plan->folders->len == 0)
    return g_strdup (_("Nothing is written"));
  name = paddock_model_words_dup_file_name (g_ptr_array_index (plan->folders, 0));
  /* Translators: %s is the name of a folder. */
  return g_strdup_printf (_("Paddock will look into “%s”, and all that is in it"), name);
}

/**
 * paddock_import_words_dup_way:
 * @plan: one of the ways to import
 *
 * Returns: (transfer full): what it takes
 */
char *
paddock_import_words_dup_way (const PaddockImportPlan *plan)
{
  if (plan->mode == PADDOCK_IMPORT_LEAVE)
    return dup_folders (plan);
  if (plan->bytes > 0)
    return dup_room (plan);
  if (plan->mode == PADDOCK_IMPORT_MOVE)
    return g_strdup (_("At once, on the same disk"));
  return g_strdup (_("At once and without needing room: the copies share their bytes"));
}

/**
 * paddock_import_words_dup_item:
 * @item: what would come in
 *
 * Returns: (transfer full): what there is to say of it beside its name
 */
char *
paddock_import_words_dup_item (const PaddockImportItem *item)
{
  g_autofree char *size = paddock_units_format_size (item->size);
  g_autofree char *parts = NULL;

  if (item->sources->len < 2)
    return g_steal_pointer (&size);
  parts = g_strdup_printf (ngettext ("%u part", "%u parts", item->sources->len), item->sources->len);
  return g_strdup_printf ("%s · %s", size, parts);
}

static const char *
describe_facts (const PaddockImportItem *item)
{
  if (item->facts == NULL)
    return _("It is neither a file nor a folder");
  if (item->facts->state == PADDOCK_FACTS_WHOLE)
    return _("Parts of it are missing");
  if (item->facts->state == PADDOCK_FACTS_UNFINISHED)
    return _("It ends too early, as after an unfinished download");
  return _("It is damaged, or no model");
}

/* What an import knows better than anybody else; NULL: nothing. */
static const char *
describe (const PaddockImportItem *item)
{
  if (item->problem->domain != PADDOCK_LIBRARY_ERROR)
    return NULL;
  switch (item->problem->code)
    {
    case PADDOCK_LIBRARY_ERROR_EXISTS:
      return _("It is in the library already");
    case PADDOCK_LIBRARY_ERROR_NOT_A_MODEL:
      return describe_facts (item);
    case PADDOCK_LIBRARY_ERROR_INVALID:
      return _("It is a link: it can be copied, not moved");
    case PADDOCK_LIBRARY_ERROR_FOREIGN:
      return _("It belongs to another program: it can be copied, not moved");
    case PADDOCK_LIBRARY_ERROR_DIFFERENT:
      return _("The copy was not what the original is, and was removed");
    default:
      return NULL;
    }
}

/**
 * paddock_import_words_dup_reason:
 * @item: what has a problem
 *
 * Returns: (transfer full): why it does not come in
 */
char *
paddock_import_words_dup_reason (const PaddockImportItem *item)
{
  const char *text = describe (item);

  return text != NULL ? g_strdup (text) : paddock_problem_words_dup (item->problem);
}

/**
 * paddock_import_words_dup_duplicate:
 * @item: what is there already
 * @index: where
 *
 * Returns: (transfer full): as what
 */
char *
paddock_import_words_dup_duplicate (const PaddockImportItem *item, PaddockLibraryIndex *index)
{
  const PaddockLibraryEntry *entry = paddock_library_index_find (index, item->duplicate_of);
  g_autofree char *title = entry != NULL ? paddock_library_words_dup_title (entry) : g_strdup (item->duplicate_of);

  /* Translators: %s is the name of a model. */
  return g_strdup_printf (_("The same weights as “%s”"), title);
}

gboolean
paddock_import_words_has_health (const PaddockImportItem *item)
{
  return item->facts != NULL && g_error_matches (item->problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_A_MODEL);
}

/**
 * paddock_import_words_dup_end:
 * @imported: so many models came in
 * @failed: (element-type PaddockImportItem): those that were to come in and did not
 *
 * Returns: (transfer full): a sentence
 */
char *
paddock_import_words_dup_end (guint imported, GPtrArray *failed)
{
  g_autofree char *done = g_strdup_printf (ngettext ("%u model imported", "%u models imported", imported), imported);
  g_autofree char *name = NULL;
  g_autofree char *reason = NULL;
  const PaddockImportItem *first;

  if (failed->len == 0)
    return g_steal_pointer (&done);
  first = g_ptr_array_index (failed, 0);
  name = paddock_model_words_dup_file_name (g_ptr_array_index (first->sources, 0));
  reason = paddock_import_words_dup_reason (first);
  if (failed->len == 1)
    /* Translators: "2 models imported, not “a.gguf”: It has changed meanwhile" */
    return g_strdup_printf (_("%s, not “%s”: %s"), done, name, reason);
  /* Translators: "2 models imported, 3 not: It has changed meanwhile" */
  return g_strdup_printf (_("%s, %u not: %s"), done, failed->len, reason);
}
