/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-commands.h"

#include "base/units.h"
#include "hub-access.h"
#include "hub-json-output.h"
#include "hub-update.h"
#include "interruption.h"
#include "json-writer.h"
#include "library-access.h"
#include "library-labels.h"
#include "model-origin.h"
#include "output.h"
#include "text-table.h"

#include <glib/gi18n.h>

static gboolean everything;

static const GOptionEntry options[]
    = { { "all", 0, 0, G_OPTION_ARG_NONE, &everything, N_("Also tell of models that are as they were"), NULL },
        G_OPTION_ENTRY_NULL };

static const char *const examples[] = { "paddockctl hub updates", "paddockctl hub updates --json --all", NULL };

/* Models of the library that are from the hub, and where from. */
typedef struct
{
  GPtrArray *entries; /* PaddockLibraryEntry */
  GPtrArray *origins; /* PaddockHubOrigin, in the same order */
  GPtrArray *updates; /* PaddockHubUpdate, in the same order */
} Models;

static void
clear_models (Models *models)
{
  g_clear_pointer (&models->entries, g_ptr_array_unref);
  g_clear_pointer (&models->origins, g_ptr_array_unref);
  g_clear_pointer (&models->updates, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Models, clear_models)

static void
find_origins (Models *models, PaddockLibrary *library, const char *endpoint)
{
  PaddockLibraryIndex *index = paddock_library_get_index (library);

  models->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_entry_unref);
  models->origins = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_origin_free);
  for (guint i = 0; i < index->entries->len; i++)
    {
      PaddockLibraryEntry *entry = g_ptr_array_index (index->entries, i);
      PaddockHubOrigin *origin = paddock_model_origin_new (entry, endpoint);

      if (origin == NULL)
        continue;
      g_ptr_array_add (models->entries, paddock_library_entry_ref (entry));
      g_ptr_array_add (models->origins, origin);
    }
}

static const char *
get_state_id (PaddockHubUpdateState state)
{
  static const char *const ids[] = { "same", "changed", "gone", "unknown" };

  return ids[state];
}

static void
write_update (PaddockJsonWriter *writer, const PaddockLibraryEntry *entry, const PaddockHubUpdate *update)
{
  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "id", update->id);
  paddock_json_writer_add_string (writer, "name", entry->title);
  paddock_json_writer_add_string (writer, "repository", update->repository);
  paddock_json_writer_add_string (writer, "state", get_state_id (update->state));
  paddock_json_writer_add_string (writer, "revision", entry->record->revision);
  paddock_json_writer_add_string (writer, "commit", update->commit);
  paddock_json_writer_add_known (writer, "modified_at", update->modified);
  paddock_json_writer_add_known (writer, "size", update->size);
  paddock_json_writer_add_known (writer, "new_size", update->new_size);
  paddock_hub_json_output_add_files (writer, "changed", update->changed);
  paddock_json_writer_add_string (writer, "error", update->error != NULL ? update->error->message : NULL);
  paddock_json_writer_end_object (writer);
}

static gboolean
is_told (const PaddockHubUpdate *update)
{
  return everything || update->state == PADDOCK_HUB_UPDATE_CHANGED || update->state == PADDOCK_HUB_UPDATE_GONE;
}

static void
print_json (const Models *models)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_begin_array (writer, "updates");
  for (guint i = 0; i < models->updates->len; i++)
    if (is_told (g_ptr_array_index (models->updates, i)))
      write_update (writer, g_ptr_array_index (models->entries, i), g_ptr_array_index (models->updates, i));
  paddock_json_writer_end_array (writer);
  paddock_json_writer_end_object (writer);
}

static char *
describe (const PaddockHubUpdate *update)
{
  switch (update->state)
    {
    case PADDOCK_HUB_UPDATE_SAME:
      return g_strdup (_("as it was"));
    case PADDOCK_HUB_UPDATE_CHANGED:
      return g_strdup (_("another upload"));
    case PADDOCK_HUB_UPDATE_GONE:
      return g_strdup (_("no longer there"));
    case PADDOCK_HUB_UPDATE_UNKNOWN:
    default:
      return update->error != NULL ? paddock_units_escape (update->error->message, -1, 0) : g_strdup (_("unknown"));
    }
}

static void
fill_row (guint row, char **cells, gpointer user_data)
{
  const Models *models = user_data;
  guint number = 0;
  const PaddockHubUpdate *update;
  g_autoptr (GDateTime) date = NULL;

  for (guint left = row + 1; left > 0; number++)
    left -= is_told (g_ptr_array_index (models->updates, number)) ? 1 : 0;
  update = g_ptr_array_index (models->updates, number - 1);
  date = update->modified >= 0 ? g_date_time_new_from_unix_local (update->modified) : NULL;
  cells[0] = paddock_library_labels_title (g_ptr_array_index (models->entries, number - 1));
  cells[1] = describe (update);
  cells[2] = update->new_size >= 0 ? paddock_units_format_size ((guint64) update->new_size) : g_strdup ("");
  cells[3] = date != NULL ? g_date_time_format (date, "%x") : g_strdup ("");
  cells[4] = paddock_units_escape (update->repository, -1, 0);
}

static void
print_text (Models *models)
{
  const PaddockTextColumn columns[] = { { _("Model"), FALSE, TRUE },
                                        { _("On the hub"), FALSE, FALSE },
                                        { _("Size"), TRUE, FALSE },
                                        { _("Changed"), FALSE, FALSE },
                                        { _("Repository"), FALSE, FALSE } };
  guint count = 0;

  for (guint i = 0; i < models->updates->len; i++)
    count += is_told (g_ptr_array_index (models->updates, i)) ? 1 : 0;
  if (models->updates->len == 0)
    paddock_output_line ("%s", _("No model of the library is from the hub."));
  else if (count == 0)
    paddock_output_line ("%s", _("The hub has nothing newer."));
  else
    paddock_text_table_print ("", columns, G_N_ELEMENTS (columns), count, fill_row, models);
}

/* What failed for all is told once. */
static gboolean
complain (const Models *models)
{
  const GError *error = NULL;

  for (guint i = 0; i < models->updates->len; i++)
    {
      const PaddockHubUpdate *update = g_ptr_array_index (models->updates, i);

      if (update->error == NULL)
        return FALSE;
      error = update->error;
    }
  if (error != NULL)
    paddock_output_complain (error->message, "hub updates");
  return error != NULL;
}

static int
run (const PaddockArguments *arguments)
{
  g_auto (Models) models = { NULL, NULL, NULL };
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockHubSession) session = paddock_hub_access_open ();
  g_autoptr (PaddockLibrary) library = session != NULL ? paddock_library_access_open (NULL, NULL, &status) : NULL;

  if (library == NULL)
    return paddock_interruption_get_status () != 0 ? paddock_interruption_get_status () : status;
  find_origins (&models, library, paddock_hub_session_get_endpoint (session));
  models.updates = paddock_hub_access_check_updates (session, models.origins);
  if (models.updates == NULL)
    return paddock_interruption_get_status () != 0 ? paddock_interruption_get_status () : PADDOCK_EXIT_NO;
  if (arguments->json)
    print_json (&models);
  else if (!complain (&models))
    print_text (&models);
  else
    return PADDOCK_EXIT_NO;
  return PADDOCK_EXIT_DONE;
}

const PaddockCommand paddock_hub_updates_command = {
  .name = "hub updates",
  .paths = "",
  .summary = N_("Tell which models were uploaded anew"),
  .description = N_("Compares the models of the library that are from the hub with what it has today under their names. Nothing "
                     "is downloaded and nothing is removed."),
  .examples = examples,
  .options = options,
  .run = run,
};
