/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-transfer.h"

#include "awaiter.h"
#include "base/units.h"
#include "command.h"
#include "interruption.h"
#include "library-access.h"
#include "library-error.h"
#include "library-json.h"
#include "output.h"
#include "progress-bar.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

#define LINE_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)

typedef enum
{
  STATE_DONE,
  STATE_PLANNED,                     /* nothing was done with it, though nothing is against it */
  STATE_PRESENT,                     /* it is where it is wanted, or the library has the same */
  STATE_FAILED
} State;

typedef struct
{
  const PaddockLibraryTransfer *options;
  PaddockLibrary *library;
  PaddockImportPlan *plan;
  PaddockProgressBar *bar;           /* NULL: lines of JSON */
  gint64 told_at;
  int status;
} Run;

/**
 * paddock_library_transfer_find_folder:
 * @given: what the person named
 *
 * Returns: (transfer full) (type filename) (nullable): the absolute path; it need not be there
 */
char *
paddock_library_transfer_find_folder (const char *given)
{
  g_autofree char *path = g_canonicalize_filename (given, NULL);

  if (*given == '\0')
    paddock_output_complain (_("A folder has a name"), "--to");
  else if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_DIR))
    paddock_output_complain (_("This is no folder"), path);
  else if (access (path, W_OK) != 0 && errno != ENOENT)
    paddock_output_complain (g_strerror (errno), path);
  else
    return g_steal_pointer (&path);
  return NULL;
}

static const char *
get_place (const PaddockImportPlan *plan, const PaddockImportItem *item)
{
  GPtrArray *paths = plan->mode == PADDOCK_IMPORT_LEAVE || item->targets->len == 0 ? item->sources : item->targets;

  return g_ptr_array_index (paths, 0);
}

static State
get_state (const PaddockImportPlan *plan, const PaddockImportItem *item)
{
  if (item->duplicate_of != NULL || g_error_matches (item->problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS))
    return STATE_PRESENT;
  if (item->problem != NULL)
    return STATE_FAILED;
  return g_ptr_array_find_with_equal_func (plan->imported, get_place (plan, item), g_str_equal, NULL) ? STATE_DONE
                                                                                                      : STATE_PLANNED;
}

static guint
count (const PaddockImportPlan *plan, State state)
{
  guint found = 0;

  for (guint i = 0; i < plan->items->len; i++)
    found += get_state (plan, g_ptr_array_index (plan->items, i)) == state;
  return found;
}

static void
tell_line (const char *event, guint64 done, guint64 total)
{
  {
    g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

    paddock_json_writer_begin_object (writer, NULL);
    paddock_json_writer_add_string (writer, "event", event);
    paddock_json_writer_add_uint (writer, "done", done);
    paddock_json_writer_add_uint (writer, "total", total);
    paddock_json_writer_end_object (writer);
  }
  fflush (stdout);
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  Run *self = user_data;
  gint64 now = g_get_monotonic_time ();

  if (self->bar != NULL)
    paddock_progress_bar_update (done, total, self->bar);
  else if (now - self->told_at >= LINE_INTERVAL)
    {
      self->told_at = now;
      tell_line ("progress", done, total);
    }
}

/* Problems of single models are told with them. */
static void
execute (Run *self)
{
  g_autoptr (PaddockProgressBar) bar = self->options->json ? NULL : paddock_progress_bar_new (self->options->label);
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;
  guint failed = count (self->plan, STATE_FAILED);

  self->bar = bar;
  paddock_import_plan_run_async (self->plan, on_progress, self, paddock_awaiter_get_cancellable (awaiter),
                                 paddock_awaiter_finished, awaiter);
  if (paddock_import_plan_run_finish (paddock_awaiter_wait (awaiter), &error))
    return;
  self->status = PADDOCK_EXIT_NO;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || count (self->plan, STATE_FAILED) > failed)
    return;
  g_clear_pointer (&bar, paddock_progress_bar_free);
  paddock_output_complain (error->message, self->plan->folder != NULL ? self->plan->folder : _("library"));
}

/* Whether the library sees all that was done. */
static gboolean
is_seen (Run *self)
{
  GHashTable *by_path = paddock_library_get_index (self->library)->by_path;

  for (guint i = 0; i < self->plan->imported->len; i++)
    if (!g_hash_table_contains (by_path, g_ptr_array_index (self->plan->imported, i)))
      return FALSE;
  return TRUE;
}

static void
add_folder (Run *self, PaddockLibrarySettings *settings, const char *folder)
{
  g_autoptr (GError) error = NULL;

  if (paddock_library_settings_add_folder (settings, folder, &error) ||
      g_error_matches (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS))
    return;
  paddock_output_complain_of (error, folder);
  self->status = PADDOCK_EXIT_NO;
}

/* What is in the library has to be seen by it from now on, wherever it was put. */
static void
take_in (Run *self)
{
  g_autoptr (PaddockLibrarySettings) settings = NULL;

  if (self->plan->mode != PADDOCK_IMPORT_LEAVE && !paddock_library_access_rescan (self->library, &self->status))
    return;
  if (is_seen (self))
    return;
  settings = paddock_library_settings_copy (paddock_library_get_settings (self->library));
  if (self->plan->mode != PADDOCK_IMPORT_LEAVE)
    add_folder (self, settings, self->plan->folder);
  else
    for (guint i = 0; i < self->plan->folders->len; i++)
      add_folder (self, settings, g_ptr_array_index (self->plan->folders, i));
  paddock_library_access_set_settings (self->library, settings, &self->status);
}

static void
complain_of_failures (const PaddockImportPlan *plan)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      const PaddockImportItem *item = g_ptr_array_index (plan->items, i);

      if (get_state (plan, item) == STATE_FAILED)
        paddock_output_complain_of (item->problem, g_ptr_array_index (item->sources, 0));
    }
}

static void
add_paths (PaddockJsonWriter *writer, const char *name, GPtrArray *paths)
{
  paddock_json_writer_begin_array (writer, name);
  for (guint i = 0; i < paths->len; i++)
    paddock_json_writer_add_string (writer, NULL, g_ptr_array_index (paths, i));
  paddock_json_writer_end_array (writer);
}

static void
add_item (Run *self, PaddockJsonWriter *writer, const PaddockImportItem *item)
{
  static const char *const states[] = { "done", "planned", "present", "failed" };
  const PaddockLibraryEntry *entry =
    g_hash_table_lookup (paddock_library_get_index (self->library)->by_path, get_place (self->plan, item));

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "state", states[get_state (self->plan, item)]);
  paddock_json_writer_add_string (writer, "id", entry != NULL ? entry->id : NULL);
  add_paths (writer, "sources", item->sources);
  add_paths (writer, "targets", item->targets);
  paddock_json_writer_add_uint (writer, "size", item->size);
  paddock_json_writer_add_string (writer, "duplicate_of", item->duplicate_of);
  paddock_library_json_add_problem (writer, item->problem);
  paddock_json_writer_end_object (writer);
}

static void
print_json (Run *self)
{
  static const char *const modes[] = { "copy", "move", "leave" };
  const PaddockImportPlan *plan = self->plan;
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "event", self->status == PADDOCK_EXIT_DONE ? "done" : "failed");
  paddock_json_writer_add_boolean (writer, "dry_run", self->options->dry_run);
  paddock_json_writer_add_string (writer, "mode", modes[plan->mode]);
  paddock_json_writer_add_string (writer, "folder", plan->folder);
  add_paths (writer, "folders", plan->folders);
  paddock_json_writer_add_uint (writer, "bytes", plan->bytes);
  if (plan->free_bytes != G_MAXUINT64)
    paddock_json_writer_add_uint (writer, "free_bytes", plan->free_bytes);
  else
    paddock_json_writer_add_null (writer, "free_bytes");
  paddock_json_writer_begin_array (writer, "models");
  for (guint i = 0; i < plan->items->len; i++)
    add_item (self, writer, g_ptr_array_index (plan->items, i));
  paddock_json_writer_end_array (writer);
  paddock_json_writer_end_object (writer);
}

static void
print_fulfilled (const PaddockImportPlan *plan, const char *source, const char *target)
{
  if (plan->mode == PADDOCK_IMPORT_LEAVE)
    paddock_output_line (_("%s is in the library, and stays where it is"), source);
  else if (plan->mode == PADDOCK_IMPORT_MOVE)
    /* Translators: both are paths. */
    paddock_output_line (_("%s was moved to %s"), source, target);
  else
    /* Translators: both are paths. */
    paddock_output_line (_("%s was copied to %s"), source, target);
}

static void
print_planned (const PaddockImportPlan *plan, const char *source, const char *target)
{
  if (plan->mode == PADDOCK_IMPORT_LEAVE)
    paddock_output_line (_("%s would be in the library, and stay where it is"), source);
  else if (plan->mode == PADDOCK_IMPORT_MOVE)
    /* Translators: both are paths. */
    paddock_output_line (_("%s would be moved to %s"), source, target);
  else
    /* Translators: both are paths. */
    paddock_output_line (_("%s would be copied to %s"), source, target);
}

static void
print_item (Run *self, const PaddockImportItem *item)
{
  g_autofree char *source = paddock_units_escape (g_ptr_array_index (item->sources, 0), -1, 0);
  g_autofree char *target = paddock_units_escape (get_place (self->plan, item), -1, 0);

  switch (get_state (self->plan, item))
    {
    case STATE_DONE:
      print_fulfilled (self->plan, source, target);
      break;
    case STATE_PLANNED:
      if (self->options->dry_run)
        print_planned (self->plan, source, target);
      else
        paddock_output_line (_("%s stays as it was"), source);
      break;
    case STATE_PRESENT:
      if (item->duplicate_of != NULL)
        /* Translators: a path, then the identifier of a model. */
        paddock_output_line (_("%s: the library has the same already, as %s"), source, item->duplicate_of);
      else
        paddock_output_line (_("%s is there already"), source);
      break;
    case STATE_FAILED:
    default:
      break;
    }
}

static void
print_text (Run *self)
{
  const PaddockImportPlan *plan = self->plan;

  for (guint i = 0; i < plan->items->len; i++)
    print_item (self, g_ptr_array_index (plan->items, i));
  if (plan->items->len == 0)
    paddock_output_line ("%s", _("There is no model."));
  else if (self->options->dry_run && plan->bytes > 0)
    {
      g_autofree char *needed = paddock_units_format_size (plan->bytes);
      g_autofree char *there = paddock_units_format_size (plan->free_bytes);

      if (plan->free_bytes == G_MAXUINT64)
        paddock_output_line (_("%s would be written."), needed);
      else
        /* Translators: two sizes. */
        paddock_output_line (_("%s would be written; %s are free."), needed, there);
    }
}

/* The run itself looks again. */
static void
rehearse (Run *self)
{
  if (self->plan->bytes <= self->plan->free_bytes)
    return;
  paddock_output_complain (_("There is not enough space"), self->plan->folder);
  self->status = PADDOCK_EXIT_NO;
}

/**
 * paddock_library_transfer_run:
 * @self: how to do it
 * @library: the library
 * @plan: what to do
 *
 * Does it and tells what became of it.
 *
 * Returns: what to exit with
 */
int
paddock_library_transfer_run (const PaddockLibraryTransfer *self, PaddockLibrary *library, PaddockImportPlan *plan)
{
  Run run = { .options = self, .library = library, .plan = plan, .status = PADDOCK_EXIT_DONE };

  if (self->json)
    tell_line ("started", 0, plan->bytes);
  if (self->dry_run)
    rehearse (&run);
  else if (count (plan, STATE_PLANNED) > 0)
    {
      execute (&run);
      if (plan->imported->len > 0)
        take_in (&run);
    }
  if (count (plan, STATE_FAILED) > 0)
    run.status = PADDOCK_EXIT_NO;
  complain_of_failures (plan);
  if (self->json)
    print_json (&run);
  else
    print_text (&run);
  return paddock_interruption_get_status () != 0 ? paddock_interruption_get_status () : run.status;
}
