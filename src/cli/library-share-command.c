/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include "awaiter.h"
#include "base/units.h"
#include "interruption.h"
#include "json-writer.h"
#include "library-access.h"
#include "library-labels.h"
#include "output.h"
#include "progress-bar.h"
#include "sharing-text.h"

#include <glib/gi18n.h>

static const char *const programs[] = { "ollama", "lmstudio", "llamacpp", NULL };

static char *program;
static gboolean dry_run;

static const GOptionEntry options[] = {
  { "with", 0, 0, G_OPTION_ARG_STRING, &program, N_ ("The program: ollama, lmstudio or llamacpp"), N_ ("PROGRAM") },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Only tell what would be written"), NULL },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl library share --with ollama qwen3-8b",
  "paddockctl library share --with lmstudio --dry-run qwen3-8b:Q4_K_M",
  NULL
};

static const char *
get_way_id (PaddockSharingWay way)
{
  static const char *const ways[] = { "reflink", "hard_link", "symbolic_link", "write" };

  return ways[way];
}

/* NULL: it cannot be done, which has been complained of. */
static PaddockSharingPlan *
make_plan (PaddockLibrary *library, const char *text, const char *id)
{
  PaddockSharingPlan *plan;
  g_autoptr (PaddockProgressBar) bar = paddock_progress_bar_new (text);
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;

  paddock_sharing_plan_load_async (paddock_library_get_index (library), id, program, paddock_library_get_places (library),
                                   paddock_progress_bar_update, bar, paddock_awaiter_get_cancellable (awaiter),
                                   paddock_awaiter_finished, awaiter);
  plan = paddock_sharing_plan_load_finish (paddock_awaiter_wait (awaiter), &error);
  g_clear_pointer (&bar, paddock_progress_bar_free);
  if (plan == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    paddock_output_complain (error->message, text);
  return plan;
}

static void
print_step (const PaddockSharingStep *step)
{
  g_autofree char *path = paddock_units_escape (step->path, -1, 0);
  g_autofree char *way = paddock_sharing_text_dup_way (step);

  paddock_output_line ("%s", path);
  paddock_output_line ("  %s", way);
}

/* Before anything is done. */
static void
print_plan (const PaddockSharingPlan *plan)
{
  paddock_output_line (dry_run ? _("This would be written for %s:") : _("This is written for %s:"),
                       paddock_library_labels_store (plan->program));
  for (guint i = 0; i < plan->steps->len; i++)
    print_step (g_ptr_array_index (plan->steps, i));
  fflush (stdout);
}

static void
print_outcome (const PaddockSharingPlan *plan, gboolean done)
{
  g_autofree char *name = paddock_units_escape (plan->name, -1, 0);

  if (dry_run)
    /* Translators: a program, and what it would call a model. */
    paddock_output_line (_("%s would call it %s."), paddock_library_labels_store (plan->program), name);
  else if (done)
    /* Translators: a program, and what it calls a model. */
    paddock_output_line (_("%s calls it %s."), paddock_library_labels_store (plan->program), name);
  else
    paddock_output_line ("%s", _("Nothing of it was left there."));
}

static void
print_json (const PaddockSharingPlan *plan, const char *id, gboolean done)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "id", id);
  paddock_json_writer_add_string (writer, "program", plan->program);
  paddock_json_writer_add_string (writer, "name", plan->name);
  paddock_json_writer_add_boolean (writer, "dry_run", dry_run);
  paddock_json_writer_add_boolean (writer, "done", done);
  paddock_json_writer_begin_array (writer, "steps");
  for (guint i = 0; i < plan->steps->len; i++)
    {
      const PaddockSharingStep *step = g_ptr_array_index (plan->steps, i);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "path", step->path);
      paddock_json_writer_add_string (writer, "way", get_way_id (step->way));
      paddock_json_writer_add_string (writer, "source", step->source);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
  paddock_json_writer_end_object (writer);
}

/* All or nothing, whatever signals come: it takes a moment. */
static gboolean
execute (PaddockSharingPlan *plan, const char *text)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  paddock_interruption_set (PADDOCK_INTERRUPTION_TIDY);
  done = paddock_sharing_plan_run (plan, &error);
  paddock_interruption_set (PADDOCK_INTERRUPTION_BETWEEN);
  if (!done)
    paddock_output_complain (error->message, text);
  return done;
}

static int
share (PaddockSharingPlan *plan, const char *id, const PaddockArguments *arguments)
{
  gboolean done = FALSE;

  if (paddock_interruption_get_status () != 0)
    return paddock_interruption_get_status ();
  if (!arguments->json)
    print_plan (plan);
  if (!dry_run)
    done = execute (plan, arguments->paths[0]);
  if (arguments->json)
    print_json (plan, id, done);
  else
    print_outcome (plan, done);
  return done || dry_run ? PADDOCK_EXIT_DONE : PADDOCK_EXIT_NO;
}

static gboolean
check_options (void)
{
  if (program == NULL)
    paddock_output_complain (_("The program has to be said"), "--with");
  else if (!g_strv_contains (programs, program))
    paddock_output_complain (_("Models cannot be made known to this program"), program);
  else
    return TRUE;
  return FALSE;
}

static int
run (const PaddockArguments *arguments)
{
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockLibrary) library = NULL;
  g_autoptr (PaddockSharingPlan) plan = NULL;
  PaddockLibraryEntry *entry;
  g_autofree char *id = NULL;

  if (!check_options ())
    return PADDOCK_EXIT_USAGE;
  library = paddock_library_access_open (NULL, NULL, &status);
  entry = library != NULL ? paddock_library_access_find (library, arguments->paths[0]) : NULL;
  if (entry == NULL)
    return status;
  id = g_strdup (entry->id);
  plan = make_plan (library, arguments->paths[0], id);
  if (plan != NULL)
    return share (plan, id, arguments);
  return paddock_interruption_get_status () != 0 ? paddock_interruption_get_status () : status;
}

const PaddockCommand paddock_library_share_command = {
  .name = "library share",
  .paths = N_ ("MODEL"),
  .max_paths = 1,
  .summary = N_ ("Make a model known to another program"),
  .description = N_ ("Ollama, LM Studio or llama.cpp can use the model afterwards, without a second copy of its bytes: they "
                     "are shared by the file system, or its file gets a second name or a link, and Ollama’s manifest is "
                     "written. What is written is told first. For Ollama, the model may have to be read once for its hash. "
                     "A program that keeps no models here, or has this one, is left alone."),
  .examples = examples,
  .options = options,
  .run = run,
};
