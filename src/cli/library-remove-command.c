/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include "interruption.h"
#include "library-access.h"
#include "library-removal.h"
#include "output.h"

#include <glib/gi18n.h>

static gboolean foreign, dry_run;

static const GOptionEntry options[] = {
  { "foreign", 0, 0, G_OPTION_ARG_NONE, &foreign, N_ ("Remove it from the stores of other programs, too"), NULL },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Only tell what would be done"), NULL },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl library remove qwen3-8b:Q4_K_M",
  "paddockctl library remove --foreign --dry-run llama3.2:3b",
  NULL
};

static void
print_json (const PaddockRemovalPlan *plan)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_boolean (writer, "dry_run", dry_run);
  paddock_json_writer_begin_array (writer, "ids");
  for (guint i = 0; i < plan->ids->len; i++)
    paddock_json_writer_add_string (writer, NULL, g_ptr_array_index (plan->ids, i));
  paddock_json_writer_end_array (writer);
  paddock_library_removal_add_json (writer, plan);
  paddock_json_writer_end_object (writer);
}

/* That there is nothing to remove is no success: the person wanted it gone. */
static gboolean
check (const PaddockRemovalPlan *plan, const PaddockArguments *arguments)
{
  if (plan->items->len > 0)
    return TRUE;
  if (plan->kept->len == 0)
    paddock_output_complain (_("It is offline: there is nothing to remove; “forget” drops what is remembered"),
                             arguments->paths[0]);
  else if (foreign)
    paddock_output_complain (_("Something else needs what there is of it"), arguments->paths[0]);
  else
    paddock_output_complain (_("It belongs to another program; --foreign removes it there"), arguments->paths[0]);
  return FALSE;
}

/* NULL: not all of them are in the library, or the files are no longer what they were; that has been complained of. */
static PaddockRemovalPlan *
make_plan (PaddockLibrary *library, const PaddockArguments *arguments)
{
  PaddockRemovalPlan *plan;
  g_autoptr (GPtrArray) ids = paddock_library_access_find_ids (library, arguments);
  g_autoptr (GError) error = NULL;

  if (ids == NULL)
    return NULL;
  plan = paddock_removal_plan_new (paddock_library_get_index (library), (const char *const *) ids->pdata, foreign, &error);
  if (plan == NULL)
    paddock_output_complain (error->message, _("library"));
  return plan;
}

static int
run (const PaddockArguments *arguments)
{
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockLibrary) library = paddock_library_access_open (NULL, NULL, &status);
  g_autoptr (PaddockRemovalPlan) plan = library != NULL ? make_plan (library, arguments) : NULL;
  gboolean right;

  if (plan == NULL)
    return status;
  right = check (plan, arguments) && (dry_run || paddock_library_removal_run (library, plan));
  if (arguments->json)
    print_json (plan);
  else if (plan->items->len > 0)
    paddock_library_removal_print (plan, !dry_run);
  if (paddock_interruption_get_status () != 0)
    return paddock_interruption_get_status ();
  return right ? PADDOCK_EXIT_DONE : PADDOCK_EXIT_NO;
}

const PaddockCommand paddock_library_remove_command = {
  .name = "library remove",
  .paths = N_ ("MODEL..."),
  .max_paths = G_MAXUINT,
  .summary = N_ ("Put models in the Trash"),
  .description = N_ ("The files of a model go to the Trash, from where they can be put back; a link is removed, and what it "
                     "leads to stays. What belongs to other programs stays, unless that is asked for; then the names that "
                     "lead to it go as well. It is told what stays, and which links would lead nowhere. Tags and notes are "
                     "kept for when the model comes back."),
  .examples = examples,
  .options = options,
  .run = run,
};
