/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include "awaiter.h"
#include "base/units.h"
#include "interruption.h"
#include "json-writer.h"
#include "library-access.h"
#include "library-labels.h"
#include "model-verification.h"
#include "output.h"
#include "progress-bar.h"

#include <glib/gi18n.h>

static gboolean all;

static const GOptionEntry options[] = {
  { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("Read every model again, also those that were read before"), NULL },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl library verify",
  "paddockctl library verify qwen3-8b",
  NULL
};

/* One model. */
typedef struct
{
  PaddockLibraryEntry *entry;        /* Owned */
  gboolean wanted;                   /* is read, whatever is on record */
  gboolean failed;
  PaddockVerification outcome;
} Item;

static void
free_item (gpointer data)
{
  Item *item = data;

  paddock_library_entry_unref (item->entry);
  g_free (item);
}

/* FALSE: it could not be read, which has been complained of, or the person wants no more. */
static gboolean
compute (PaddockLibrary *library, Item *item)
{
  PaddockLibraryEntry *entry = item->entry;
  g_autoptr (PaddockProgressBar) bar = paddock_progress_bar_new (entry->title);
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;
  const PaddockVerificationWork work = {
    .entry = entry,
    .records = paddock_library_get_records (library),
    .since = item->wanted ? G_MAXINT64 : 0,
    .progress = paddock_progress_bar_update,
    .progress_data = bar,
  };
  gboolean done;

  paddock_model_verification_run_async (library, &work, paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished,
                                        awaiter);
  done = paddock_model_verification_run_finish (library, paddock_awaiter_wait (awaiter), &item->outcome, &error);
  g_clear_pointer (&bar, paddock_progress_bar_free);
  if (!done && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    paddock_output_complain (error->message, entry->title);
  return done;
}

static void
add_outcome (PaddockJsonWriter *writer, PaddockVerification outcome)
{
  if (outcome == PADDOCK_VERIFICATION_UNKNOWN)
    paddock_json_writer_add_null (writer, "matches");
  else
    paddock_json_writer_add_boolean (writer, "matches", outcome == PADDOCK_VERIFICATION_MATCHES);
}

static void
add_hash (PaddockJsonWriter *writer, const PaddockLibraryFile *file, const PaddockRecordedHash *hash,
          PaddockVerification outcome)
{
  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "path", file->path);
  paddock_json_writer_add_string (writer, "sha256", hash->sha256);
  paddock_json_writer_add_string (writer, "expected", hash->expected_sha256);
  add_outcome (writer, outcome);
  paddock_json_writer_end_object (writer);
}

/* Of so many files something could be known. */
static guint
count_files (const PaddockLibraryEntry *entry)
{
  g_autoptr (GPtrArray) files = paddock_model_verification_list_files (entry);

  return files->len + entry->shards - MIN (entry->shards, entry->shards_present);
}

/* Of all copies, as far as they are there. */
static void
add_files (PaddockJsonWriter *writer, const PaddockLibraryEntry *entry, const PaddockModelRecord *record)
{
  g_autoptr (GPtrArray) files = paddock_model_verification_list_files (entry);
  guint n_read = 0;

  paddock_json_writer_begin_array (writer, "hashes");
  for (guint i = 0; i < files->len; i++)
    {
      PaddockRecordedHash hash;
      PaddockVerification outcome = paddock_model_verification_judge_file (entry, record, g_ptr_array_index (files, i), &hash);

      add_hash (writer, g_ptr_array_index (files, i), &hash, outcome);
      n_read += hash.sha256 != NULL;
    }
  paddock_json_writer_end_array (writer);
  paddock_json_writer_add_uint (writer, "files", count_files (entry));
  paddock_json_writer_add_uint (writer, "files_read", n_read);
}

static void
add_json (PaddockJsonWriter *writer, const Item *item, const PaddockModelRecord *record)
{
  const PaddockLibraryEntry *entry = item->entry;

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "id", entry->id);
  paddock_json_writer_add_string (writer, "title", entry->title);
  paddock_json_writer_add_string (writer, "path", paddock_library_entry_get_path (entry));
  paddock_json_writer_add_string (writer, "sha256", paddock_model_verification_get_hash (entry, record));
  paddock_json_writer_add_string (writer, "expected", record->expected_sha256);
  add_outcome (writer, item->failed ? PADDOCK_VERIFICATION_UNKNOWN : item->outcome);
  add_files (writer, entry, record);
  paddock_json_writer_end_object (writer);
}

static guint
count_matching (const PaddockLibraryEntry *entry, const PaddockModelRecord *record)
{
  g_autoptr (GPtrArray) files = paddock_model_verification_list_files (entry);
  PaddockRecordedHash hash;
  guint n = 0;

  for (guint i = 0; i < files->len; i++)
    n += paddock_model_verification_judge_file (entry, record, g_ptr_array_index (files, i), &hash) ==
         PADDOCK_VERIFICATION_MATCHES;
  return n;
}

static char *
describe (const PaddockLibraryEntry *entry, const PaddockModelRecord *record, PaddockVerification outcome)
{
  guint n_matching, n_files;

  if (outcome == PADDOCK_VERIFICATION_MATCHES)
    return g_strdup (_("is what its source published"));
  if (outcome == PADDOCK_VERIFICATION_DIFFERS)
    return g_strdup (_("DIFFERS from what its source published"));
  if (outcome == PADDOCK_VERIFICATION_COPY_DIFFERS)
    return g_strdup (_("has a copy with OTHER BYTES"));
  n_matching = count_matching (entry, record);
  if (n_matching == 0)
    return g_strdup (_("nothing was published to compare with"));
  n_files = count_files (entry);
  return g_strdup_printf (ngettext ("%u of its %u file is what its source published; of the rest, nothing is known",
                                    "%u of its %u files are what its source published; of the rest, nothing is known",
                                    n_files),
                          n_matching, n_files);
}

/* Which files of several have to be fetched again. */
static void
print_differing (const PaddockLibraryEntry *entry, const PaddockModelRecord *record)
{
  g_autoptr (GPtrArray) files = paddock_model_verification_list_files (entry);

  for (guint i = 0; files->len > 1 && i < files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (files, i);
      PaddockRecordedHash hash;
      g_autofree char *shown = paddock_units_escape (file->path, -1, 0);

      if (paddock_model_verification_judge_file (entry, record, file, &hash) == PADDOCK_VERIFICATION_DIFFERS)
        paddock_output_line (_("  DIFFERS: %s"), shown);
    }
}

static void
print_text (const Item *item, const PaddockModelRecord *record)
{
  g_autofree char *title = paddock_library_labels_title (item->entry);
  g_autofree char *words = describe (item->entry, record, item->outcome);

  if (item->failed)
    return;
  paddock_output_line ("%s: %s", title, words);
  if (paddock_verification_is_wrong (item->outcome))
    print_differing (item->entry, record);
}

/* Whether it is what it should be, as far as that can be told. */
static gboolean
verify (PaddockLibrary *library, Item *item, PaddockJsonWriter *writer)
{
  g_autoptr (PaddockModelRecord) record = NULL;

  gboolean computed = item->wanted || paddock_model_verification_is_due (item->entry, 0);

  item->failed = computed && !compute (library, item);
  if (item->failed && paddock_interruption_get_status () != 0)
    return TRUE;
  record = paddock_record_store_read (paddock_library_get_records (library), item->entry->id, NULL);
  if (record == NULL)
    record = paddock_model_record_ref (item->entry->record);
  if (!computed)
    item->outcome = paddock_model_verification_judge (item->entry, record);
  if (writer != NULL)
    add_json (writer, item, record);
  else
    print_text (item, record);
  return !item->failed && !paddock_verification_is_wrong (item->outcome);
}

static void
add_item (GPtrArray *items, PaddockLibraryEntry *entry, gboolean wanted)
{
  Item *item = g_new0 (Item, 1);

  item->entry = paddock_library_entry_ref (entry);
  item->wanted = wanted;
  g_ptr_array_add (items, item);
}

/* NULL: one of them is not in the library, which has been complained of. */
static GPtrArray *
choose (PaddockLibrary *library, const PaddockArguments *arguments)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  GPtrArray *entries = paddock_library_get_index (library)->entries;

  for (guint i = 0; i < arguments->n_paths; i++)
    {
      PaddockLibraryEntry *entry = paddock_library_access_find (library, arguments->paths[i]);

      if (entry == NULL)
        return NULL;
      add_item (items, entry, TRUE);
    }
  for (guint i = 0; arguments->n_paths == 0 && i < entries->len; i++)
    if (paddock_library_entry_get_path (g_ptr_array_index (entries, i)) != NULL)
      add_item (items, g_ptr_array_index (entries, i), all);
  return g_steal_pointer (&items);
}

static gboolean
verify_all (PaddockLibrary *library, GPtrArray *items, PaddockJsonWriter *writer)
{
  gboolean right = TRUE;

  for (guint i = 0; i < items->len && paddock_interruption_get_status () == 0; i++)
    right = verify (library, g_ptr_array_index (items, i), writer) && right;
  return right;
}

static int
run (const PaddockArguments *arguments)
{
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockLibrary) library = NULL;
  g_autoptr (GPtrArray) items = NULL;
  gboolean right;

  if (all && arguments->n_paths > 0)
    {
      paddock_output_complain (_("--all leaves no model to be named"), arguments->paths[0]);
      return PADDOCK_EXIT_USAGE;
    }
  library = paddock_library_access_open (NULL, NULL, &status);
  items = library != NULL ? choose (library, arguments) : NULL;
  if (items == NULL)
    return status;
  if (arguments->json)
    {
      g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_begin_array (writer, "models");
      right = verify_all (library, items, writer);
      paddock_json_writer_end_array (writer);
      paddock_json_writer_end_object (writer);
    }
  else
    right = verify_all (library, items, NULL);
  if (paddock_interruption_get_status () != 0)
    return paddock_interruption_get_status ();
  return right ? PADDOCK_EXIT_DONE : PADDOCK_EXIT_NO;
}

const PaddockCommand paddock_library_verify_command = {
  .name = "library verify",
  .paths = N_ ("[MODEL...]"),
  .max_paths = G_MAXUINT,
  .paths_optional = TRUE,
  .summary = N_ ("Compute hashes, and compare them with what was published"),
  .description = N_ ("Reads the models that are named; without a name, those that were not read since they changed, so that an "
                     "interrupted run goes on where it stopped. What was computed is kept. One that is not what its source "
                     "published makes the exit status 1. A model in several files is read file by file, and each is kept; one "
                     "in several places is read in each of them, and a copy that has other bytes is told."),
  .examples = examples,
  .options = options,
  .run = run,
};
