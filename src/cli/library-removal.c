/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-removal.h"

#include "awaiter.h"
#include "base/units.h"
#include "output.h"
#include "progress-bar.h"

#include <glib/gi18n.h>

static void
on_progress (guint64 done, guint64 total, gpointer bar)
{
  /* Translators: of files. */
  g_autofree char *text = g_strdup_printf (_("%u of %u"), (guint) done, (guint) total);

  paddock_progress_bar_show (bar, text);
}

static gboolean
complain (const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    paddock_output_complain (error->message, _("library"));
  return FALSE;
}

/**
 * paddock_library_removal_run:
 * @library: what the plan was made of
 * @plan: what is to go
 *
 * Returns: whether all of it is gone
 */
gboolean
paddock_library_removal_run (PaddockLibrary *library, PaddockRemovalPlan *plan)
{
  g_autoptr (PaddockProgressBar) bar = paddock_progress_bar_new (_("Removing"));
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean removed, forgotten;

  paddock_removal_plan_run_async (plan, on_progress, bar, paddock_awaiter_get_cancellable (awaiter),
                                  paddock_awaiter_finished, awaiter);
  removed = paddock_removal_plan_run_finish (paddock_awaiter_wait (awaiter), &error);
  g_clear_pointer (&bar, paddock_progress_bar_free);
  forgotten = paddock_removal_plan_forget (plan, paddock_library_get_index (library),
                                           paddock_library_get_records (library), &problem);
  return (removed || complain (error)) && (forgotten || complain (problem));
}

static void
print_item (const PaddockRemovalItem *item, gboolean done)
{
  g_autofree char *path = paddock_units_escape (item->path, -1, 0);
  gboolean is_link = item->way == PADDOCK_REMOVAL_UNLINK;

  if (!done)
    paddock_output_line (is_link ? _("%s would be removed; it is a link, and its target stays")
                                 : _("%s would go to the Trash"),
                         path);
  else if (!item->removed)
    paddock_output_line (_("%s stays: it could not be removed"), path);
  else
    paddock_output_line (is_link ? _("%s was removed; it is a link, and its target stays") : _("%s is in the Trash"), path);
}

/**
 * paddock_library_removal_print:
 * @plan: what is to go
 * @done: whether it was run
 */
void
paddock_library_removal_print (const PaddockRemovalPlan *plan, gboolean done)
{
  guint64 frees = 0;

  for (guint i = 0; i < plan->items->len; i++)
    {
      const PaddockRemovalItem *item = g_ptr_array_index (plan->items, i);

      print_item (item, done);
      frees += !done || item->removed ? item->freed : 0;
    }
  for (guint i = 0; i < plan->kept->len; i++)
    {
      g_autofree char *path = paddock_units_escape (g_ptr_array_index (plan->kept, i), -1, 0);

      paddock_output_line (_("%s stays: it belongs to another program, or something else there needs it"), path);
    }
  for (guint i = 0; i < plan->dangling->len; i++)
    {
      g_autofree char *path = paddock_units_escape (g_ptr_array_index (plan->dangling, i), -1, 0);

      paddock_output_line (done ? _("%s leads nowhere now") : _("%s would lead nowhere"), path);
    }
  if (frees > 0)
    {
      g_autofree char *size = paddock_units_format_size (frees);

      /* Translators: %s is a size. */
      paddock_output_line (done ? _("%s are free once the Trash is emptied.")
                                : _("%s would be free once the Trash is emptied."),
                           size);
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

/**
 * paddock_library_removal_add_json:
 * @writer: where to
 * @plan: what is to go
 */
void
paddock_library_removal_add_json (PaddockJsonWriter *writer, const PaddockRemovalPlan *plan)
{
  paddock_json_writer_begin_array (writer, "files");
  for (guint i = 0; i < plan->items->len; i++)
    {
      const PaddockRemovalItem *item = g_ptr_array_index (plan->items, i);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "path", item->path);
      paddock_json_writer_add_string (writer, "store", item->store);
      paddock_json_writer_add_string (writer, "way", item->way == PADDOCK_REMOVAL_TRASH ? "trash" : "unlink");
      paddock_json_writer_add_string (writer, "link_target", item->link_target);
      paddock_json_writer_add_uint (writer, "frees", item->freed);
      paddock_json_writer_add_boolean (writer, "removed", item->removed);
      paddock_json_writer_add_string (writer, "trashed", item->trashed);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
  add_paths (writer, "kept", plan->kept);
  add_paths (writer, "dangling", plan->dangling);
  paddock_json_writer_add_uint (writer, "frees", plan->freed);
}
