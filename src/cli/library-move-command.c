/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include "library-access.h"
#include "library-transfer.h"
#include "model-move.h"
#include "output.h"

#include <glib/gi18n.h>

static char *to;
static gboolean dry_run;

static const GOptionEntry options[] = {
  { "to", 0, 0, G_OPTION_ARG_FILENAME, &to, N_ ("Move them into this folder"), N_ ("FOLDER") },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Only tell what would be done"), NULL },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl library move --to /mnt/drive/models qwen3-8b",
  NULL
};

/* NULL: they cannot be moved, which has been complained of. */
static PaddockImportPlan *
make_plan (PaddockLibrary *library, const PaddockArguments *arguments, const char *folder)
{
  PaddockImportPlan *plan;
  g_autoptr (GPtrArray) ids = paddock_library_access_find_ids (library, arguments);
  g_autoptr (GError) error = NULL;

  if (ids == NULL)
    return NULL;
  plan = paddock_model_move_plan (paddock_library_get_index (library), (const char *const *) ids->pdata, folder, NULL,
                                  &error);
  if (plan == NULL)
    paddock_output_complain (error->message, folder);
  return plan;
}

static int
run (const PaddockArguments *arguments)
{
  const PaddockLibraryTransfer transfer = { _("Moving"), dry_run, arguments->json };
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockLibrary) library = NULL;
  g_autoptr (PaddockImportPlan) plan = NULL;
  g_autofree char *folder = NULL;

  if (to == NULL)
    {
      paddock_output_complain (_("The folder has to be said"), "--to");
      return PADDOCK_EXIT_USAGE;
    }
  folder = paddock_library_transfer_find_folder (to);
  if (folder == NULL)
    return PADDOCK_EXIT_NO;
  library = paddock_library_access_open (NULL, NULL, &status);
  plan = library != NULL ? make_plan (library, arguments, folder) : NULL;
  return plan != NULL ? paddock_library_transfer_run (&transfer, library, plan) : status;
}

const PaddockCommand paddock_library_move_command = {
  .name = "library move",
  .paths = N_ ("MODEL..."),
  .max_paths = G_MAXUINT,
  .summary = N_ ("Move models to another folder or drive"),
  .description = N_ ("On the same file system, files are renamed; else they are copied, the copy is read back and compared, "
                     "and only then the first one goes. Nothing is begun unless there is space for all. The folder is made "
                     "if need be, and looked into from then on; tags and notes stay with the model. What belongs to other "
                     "programs is not moved, nor are links.\n\n"
                     "With --json, one line for each step; the last one has \"done\" or \"failed\" as its event."),
  .examples = examples,
  .options = options,
  .run = run,
};
