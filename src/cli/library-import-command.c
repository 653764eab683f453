/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include "library-access.h"
#include "library-transfer.h"
#include "output.h"

#include <glib/gi18n.h>

static gboolean copy, move, leave, dry_run;
static char *to;

static const GOptionEntry options[] = {
  { "copy", 0, 0, G_OPTION_ARG_NONE, &copy, N_ ("Copy them; this is what is done if nothing else is said"), NULL },
  { "move", 0, 0, G_OPTION_ARG_NONE, &move, N_ ("Move them"), NULL },
  { "leave", 0, 0, G_OPTION_ARG_NONE, &leave, N_ ("Leave them where they are, and look there from now on"), NULL },
  { "to", 0, 0, G_OPTION_ARG_FILENAME, &to, N_ ("Put them into this folder instead of Paddock’s own"), N_ ("FOLDER") },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Only tell what would be done"), NULL },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl library import ~/Downloads/qwen3-8b-Q4_K_M.gguf",
  "paddockctl library import --move --to /mnt/drive/models ~/Downloads",
  NULL
};

static gboolean
check_options (void)
{
  if (copy + move + leave > 1)
    paddock_output_complain (_("Only one of these can be done"), "--copy, --move, --leave");
  else if (leave && to != NULL)
    paddock_output_complain (_("What is left where it is goes to no folder"), "--leave --to");
  else
    return TRUE;
  return FALSE;
}

/* An empty one would be taken for the folder that the person is in: a script’s variable that was not set. */
static gboolean
check_paths (const PaddockArguments *arguments)
{
  for (guint i = 0; i < arguments->n_paths; i++)
    if (*arguments->paths[i] == '\0')
      {
        paddock_output_complain (_("There is no file of this name"), arguments->paths[i]);
        return FALSE;
      }
  return TRUE;
}

static int
run (const PaddockArguments *arguments)
{
  PaddockImportMode mode = leave ? PADDOCK_IMPORT_LEAVE : move ? PADDOCK_IMPORT_MOVE : PADDOCK_IMPORT_COPY;
  const PaddockLibraryTransfer transfer = { _("Importing"), dry_run, arguments->json };
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockLibrary) library = NULL;
  g_autoptr (PaddockImportPlan) plan = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  if (!check_options ())
    return PADDOCK_EXIT_USAGE;
  if (to != NULL)
    folder = paddock_library_transfer_find_folder (to);
  if ((to != NULL && folder == NULL) || !check_paths (arguments))
    return PADDOCK_EXIT_NO;
  library = paddock_library_access_open (NULL, NULL, &status);
  if (library == NULL)
    return status;
  if (to == NULL && !leave)
    folder = g_strdup (paddock_library_get_places (library)->own);
  plan = paddock_import_plan_new ((const char *const *) arguments->paths, mode, folder, paddock_library_get_index (library),
                                  NULL, &error);
  if (plan != NULL)
    return paddock_library_transfer_run (&transfer, library, plan);
  paddock_output_complain_of (error, folder != NULL ? folder : arguments->paths[0]);
  return PADDOCK_EXIT_NO;
}

const PaddockCommand paddock_library_import_command = {
  .name = "library import",
  .paths = N_ ("PATH..."),
  .max_paths = G_MAXUINT,
  .summary = N_ ("Bring models into the library"),
  .description = N_ ("Takes files, and folders however deep. Models go to Paddock’s own folder, or to another one, which is "
                     "looked into from then on. A copy shares its bytes with the file it was made from where the file system "
                     "can do that; else it is read back and compared, and it is begun only when there is space for all. What "
                     "the library has already does not come in twice, and what belongs to another program is never "
                     "moved away from it. A file that is no whole model stays where it is, and "
                     "makes the exit status 1.\n\n"
                     "With --json, one line for each step; the last one has \"done\" or \"failed\" as its event."),
  .examples = examples,
  .options = options,
  .run = run,
};
