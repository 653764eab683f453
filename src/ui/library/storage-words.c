/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/storage-words.h"

#include "base/units.h"
#include "library/library-words.h"
#include "library/removal-words.h"

#include <glib/gi18n.h>

/**
 * paddock_storage_words_dup_share:
 * @field: what the bytes are told apart by
 * @share: some of them
 *
 * Returns: (transfer full): what they have in common
 */
char *
paddock_storage_words_dup_share (PaddockFilterField field, const PaddockStorageShare *share)
{
  return *share->id != '\0' ? paddock_filter_choices_dup_label (field, share->id) : g_strdup (_("Not Known"));
}

char *
paddock_storage_words_dup_use (const PaddockStorageShare *share)
{
  if (g_str_equal (share->id, "year"))
    return g_strdup (_("Not for a Year"));
  if (g_str_equal (share->id, "quarter"))
    return g_strdup (_("Not for Three Months"));
  if (g_str_equal (share->id, "month"))
    return g_strdup (_("Not for a Month"));
  return g_strdup (_("Within the Last Month"));
}

char *
paddock_storage_words_dup_count (guint models)
{
  g_autofree char *count = paddock_units_format_count (models);

  return g_strdup_printf (ngettext ("%s model", "%s models", models), count);
}

/**
 * paddock_storage_words_dup_duplicate:
 * @duplicate: two files with the same bytes
 *
 * Returns: (transfer full): which is kept, and what becomes of the other one
 */
char *
paddock_storage_words_dup_duplicate (const PaddockDuplicate *duplicate)
{
  g_autofree char *kept = paddock_removal_words_dup_path (duplicate->kept);
  g_autofree char *replaced = paddock_removal_words_dup_path (duplicate->replaced);

  switch (duplicate->way)
    {
    case PADDOCK_DUPLICATE_REFLINK:
      return g_strdup_printf (_("%s stays. %s will share its bytes until one of them changes."), kept, replaced);
    case PADDOCK_DUPLICATE_HARD_LINK:
      return g_strdup_printf (_("%s stays. %s becomes a second name of it."), kept, replaced);
    case PADDOCK_DUPLICATE_REMAINS:
    default:
      return g_strdup_printf (_("%s stays, and so does %s: they are on different disks or belong to another program."), kept,
                              replaced);
    }
}

/**
 * paddock_storage_words_dup_leftover:
 * @file: one that is no model
 *
 * Returns: (transfer full): what it is, and whose
 */
char *
paddock_storage_words_dup_leftover (const PaddockLibraryFile *file)
{
  g_autofree char *store = paddock_library_words_dup_store (file->store, file->root);
  g_autofree char *size = paddock_units_format_size (file->identity.size);

  if (paddock_library_storage_is_under_way (file, g_get_real_time () / G_USEC_PER_SEC))
    /* Translators: the program, and how large the file is. */
    return g_strdup_printf (_("May still be written to · %s · %s"), store, size);
  if (file->role == PADDOCK_FILE_ROLE_PARTIAL)
    /* Translators: the program, and how large the file is. */
    return g_strdup_printf (_("Unfinished download · %s · %s"), store, size);
  return g_strdup_printf (_("No model needs it · %s · %s"), store, size);
}

/**
 * paddock_storage_words_dup_reason:
 * @proposal: a model that a clean-up would remove
 *
 * Returns: (transfer full): why
 */
char *
paddock_storage_words_dup_reason (const PaddockCleanupProposal *proposal)
{
  g_autoptr (GDateTime) used = g_date_time_new_from_unix_local (proposal->last_used);
  g_autofree char *day = used != NULL && proposal->last_used > 0 ? g_date_time_format (used, "%x") : g_strdup (_("long ago"));

  switch (proposal->reason)
    {
    case PADDOCK_CLEANUP_UNUSED:
      return g_strdup_printf (_("Not used since %s"), day);
    case PADDOCK_CLEANUP_NOT_KEPT:
      return g_strdup_printf (_("Others were used more recently; this one %s"), day);
    case PADDOCK_CLEANUP_LIMIT:
    default:
      return g_strdup_printf (_("The folder is too large; used %s"), day);
    }
}

/**
 * paddock_storage_words_dup_cleanup:
 * @plan: what a clean-up would do
 *
 * Returns: (transfer full): what comes of it
 */
char *
paddock_storage_words_dup_cleanup (const PaddockCleanupPlan *plan)
{
  g_autofree char *frees = paddock_units_format_size (plan->frees);
  g_autofree char *rest = paddock_units_format_size (plan->own_bytes - MIN (plan->frees, plan->own_bytes));
  g_autofree char *over = paddock_units_format_size (plan->over_limit);

  if (plan->proposals->len == 0 && plan->over_limit == 0)
    return g_strdup_printf (_("Nothing to remove. Paddock’s folder holds %s."), rest);
  if (plan->over_limit > 0)
    return g_strdup_printf (_("Frees %s once the Trash is emptied. Paddock’s folder then holds %s, %s more than it should: "
                              "favourites, pinned models, the default model and what goes with others stay."),
                            frees, rest, over);
  return g_strdup_printf (_("Frees %s once the Trash is emptied. Paddock’s folder then holds %s."), frees, rest);
}
