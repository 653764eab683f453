/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-commands.h"

#include "base/units.h"
#include "byte-size.h"
#include "cleanup-plan.h"
#include "interruption.h"
#include "library-access.h"
#include "library-removal.h"
#include "library-storage.h"
#include "library-labels.h"
#include "output.h"

#include <glib/gi18n.h>

#define UNSET -1

static int keep = UNSET, unused_for = UNSET;
static gboolean partial, foreign, dry_run, yes;
static char *cap;

static const GOptionEntry options[] = {
  { "unused-for", 0, 0, G_OPTION_ARG_INT, &unused_for, N_ ("What was not used for so many days"), N_ ("DAYS") },
  { "keep", 0, 0, G_OPTION_ARG_INT, &keep, N_ ("All but the N that were used most recently"), N_ ("N") },
  { "cap", 0, 0, G_OPTION_ARG_STRING, &cap, N_ ("As much as exceeds this size, as 200G"), N_ ("BYTES") },
  { "partial", 0, 0, G_OPTION_ARG_NONE, &partial, N_ ("Unfinished downloads, and files that no name leads to"), NULL },
  { "foreign", 0, 0, G_OPTION_ARG_NONE, &foreign, N_ ("With --partial: also in the stores of other programs"), NULL },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Only tell what would be done"), NULL },
  { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_ ("Do it"), NULL },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl library cleanup --unused-for 90 --keep 5",
  "paddockctl library cleanup --partial --yes",
  NULL
};

/* What is proposed, by its two sources. */
typedef struct
{
  PaddockCleanupPlan *models;        /* NULL: by no rule */
  PaddockRemovalPlan *leftovers;     /* NULL: not asked for */
} Proposal;

static void
clear_proposal (Proposal *self)
{
  g_clear_pointer (&self->models, paddock_cleanup_plan_free);
  g_clear_pointer (&self->leftovers, paddock_removal_plan_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Proposal, clear_proposal)

static gboolean
check_number (int given, const char *option)
{
  if (given > 0 || given == UNSET)
    return TRUE;
  paddock_output_complain (_("This number must be above 0"), option);
  return FALSE;
}

static gboolean
check_options (PaddockCleanupRules *rules)
{
  if (!check_number (unused_for, "--unused-for") || !check_number (keep, "--keep"))
    return FALSE;
  if (cap != NULL && (!paddock_byte_size_parse (cap, &rules->limit) || rules->limit == 0))
    paddock_output_complain (_("This is no size"), "--cap");
  else if (yes && dry_run)
    paddock_output_complain (_("It is either done or only told"), "--yes --dry-run");
  else if (foreign && !partial)
    paddock_output_complain (_("Only unfinished downloads are looked for there"), "--foreign");
  else
    {
      rules->unused_days = unused_for != UNSET ? (guint) unused_for : 0;
      rules->keep = keep != UNSET ? (guint) keep : 0;
      rules->now = g_get_real_time () / G_USEC_PER_SEC;
      return TRUE;
    }
  return FALSE;
}

static gboolean
has_rule (const PaddockCleanupRules *rules)
{
  return rules->keep > 0 || rules->unused_days > 0 || rules->limit > 0;
}

static PaddockRemovalPlan *
plan_leftovers (PaddockLibraryIndex *index, gint64 now, GError **error)
{
  g_autoptr (PaddockLibraryStorage) storage = paddock_library_storage_new (index);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = 0; i < storage->leftovers->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (storage->leftovers, i);

      if (!paddock_library_storage_is_under_way (file, now))
        g_ptr_array_add (paths, file->path);
    }
  g_ptr_array_add (paths, NULL);
  return paddock_removal_plan_new_for_files (index, (const char *const *) paths->pdata, foreign, error);
}

/* FALSE has been complained of. */
static gboolean
make_proposal (Proposal *self, PaddockLibrary *library, const PaddockCleanupRules *rules)
{
  PaddockLibraryIndex *index = paddock_library_get_index (library);
  g_autoptr (GError) error = NULL;

  if (has_rule (rules))
    self->models =
      paddock_cleanup_plan_new (index, rules, paddock_library_get_settings (library)->default_model, &error);
  if (error == NULL && partial)
    self->leftovers = plan_leftovers (index, rules->now, &error);
  if (error == NULL)
    return TRUE;
  paddock_output_complain (error->message, _("library"));
  return FALSE;
}

static const char *
describe_reason (PaddockCleanupReason reason)
{
  switch (reason)
    {
    case PADDOCK_CLEANUP_NOT_KEPT:
      return _("others were used more recently");
    case PADDOCK_CLEANUP_UNUSED:
      return _("not used for long");
    case PADDOCK_CLEANUP_LIMIT:
    default:
      return _("the folder holds too much");
    }
}

static const char *
get_title (PaddockLibrary *library, const PaddockCleanupProposal *proposal)
{
  return paddock_library_index_find (paddock_library_get_index (library), proposal->id)->title;
}

static void
add_models_json (PaddockJsonWriter *writer, PaddockLibrary *library, const PaddockCleanupPlan *plan)
{
  static const char *const reasons[] = { "not_kept", "unused", "limit" };

  paddock_json_writer_begin_object (writer, "models");
  paddock_json_writer_begin_array (writer, "proposals");
  for (guint i = 0; i < plan->proposals->len; i++)
    {
      const PaddockCleanupProposal *proposal = g_ptr_array_index (plan->proposals, i);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "id", proposal->id);
      paddock_json_writer_add_string (writer, "title", get_title (library, proposal));
      paddock_json_writer_add_uint (writer, "frees", proposal->frees);
      paddock_json_writer_add_int (writer, "last_used", proposal->last_used);
      paddock_json_writer_add_string (writer, "reason", reasons[proposal->reason]);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
  paddock_json_writer_add_uint (writer, "own_size", plan->own_bytes);
  paddock_json_writer_add_uint (writer, "over_limit", plan->over_limit);
  paddock_library_removal_add_json (writer, plan->removal);
  paddock_json_writer_end_object (writer);
}

static void
print_json (const Proposal *self, PaddockLibrary *library)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_boolean (writer, "done", yes);
  if (self->models != NULL)
    add_models_json (writer, library, self->models);
  else
    paddock_json_writer_add_null (writer, "models");
  if (self->leftovers != NULL)
    {
      paddock_json_writer_begin_object (writer, "partial");
      paddock_library_removal_add_json (writer, self->leftovers);
      paddock_json_writer_end_object (writer);
    }
  else
    paddock_json_writer_add_null (writer, "partial");
  paddock_json_writer_end_object (writer);
}

static void
print_models (PaddockLibrary *library, const PaddockCleanupPlan *plan)
{
  for (guint i = 0; i < plan->proposals->len; i++)
    {
      const PaddockCleanupProposal *proposal = g_ptr_array_index (plan->proposals, i);
      g_autofree char *title = paddock_units_escape (get_title (library, proposal), -1, 0);
      g_autofree char *size = paddock_units_format_size (proposal->frees);

      /* Translators: a model, its size, and why it is proposed to be removed. */
      paddock_output_line (_("%s, %s: %s"), title, size, describe_reason (proposal->reason));
    }
  paddock_library_removal_print (plan->removal, yes);
  if (plan->over_limit > 0)
    {
      g_autofree char *over = paddock_units_format_size (plan->over_limit);

      paddock_output_line (_("It would still be %s too much: all that stays is a favourite, pinned or in use."), over);
    }
}

static gboolean
is_empty (const Proposal *self)
{
  return (self->models == NULL || self->models->removal->items->len == 0) &&
         (self->leftovers == NULL || self->leftovers->items->len == 0);
}

static void
print_text (const Proposal *self, PaddockLibrary *library)
{
  if (self->models != NULL)
    print_models (library, self->models);
  if (self->leftovers != NULL)
    paddock_library_removal_print (self->leftovers, yes);
  if (is_empty (self))
    paddock_output_line ("%s", _("There is nothing to clean up."));
  else if (!yes)
    paddock_output_line ("%s", _("Nothing was done; --yes does it."));
}

static int
run (const PaddockArguments *arguments)
{
  PaddockCleanupRules rules = { 0 };
  g_auto (Proposal) proposal = { NULL, NULL };
  int status = PADDOCK_EXIT_NO;
  g_autoptr (PaddockLibrary) library = NULL;
  gboolean right = TRUE;

  if (!check_options (&rules))
    return PADDOCK_EXIT_USAGE;
  library = paddock_library_access_open (NULL, NULL, &status);
  if (library == NULL)
    return status;
  if (!has_rule (&rules) && !partial)
    rules.limit = paddock_library_get_settings (library)->own_limit;
  if (!has_rule (&rules) && !partial)
    {
      paddock_output_complain (_("What shall go has to be said"), "--unused-for, --keep, --cap, --partial");
      return PADDOCK_EXIT_USAGE;
    }
  if (!make_proposal (&proposal, library, &rules))
    return PADDOCK_EXIT_NO;
  if (yes && proposal.models != NULL)
    right = paddock_library_removal_run (library, proposal.models->removal);
  if (yes && proposal.leftovers != NULL && paddock_interruption_get_status () == 0)
    right = paddock_library_removal_run (library, proposal.leftovers) && right;
  if (arguments->json)
    print_json (&proposal, library);
  else
    print_text (&proposal, library);
  if (paddock_interruption_get_status () != 0)
    return paddock_interruption_get_status ();
  return right ? PADDOCK_EXIT_DONE : PADDOCK_EXIT_NO;
}

const PaddockCommand paddock_library_cleanup_command = {
  .name = "library cleanup",
  .paths = "",
  .summary = N_ ("Propose what could go, and put it in the Trash"),
  .description = N_ ("Shows which models in Paddock’s own folder would go by the rules that are given, and why. Favourites, "
                     "pinned models, the one that is used when none is named, and what goes with another model are never "
                     "among them. Without a rule, the size that the folder may have by the settings is one.\n\n"
                     "Downloads that were written to within the last hour may be under way, and stay.\n\n"
                     "Nothing is done without --yes; with it, all that was shown goes to the Trash."),
  .examples = examples,
  .options = options,
  .run = run,
};
