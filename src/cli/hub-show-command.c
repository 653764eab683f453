/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-commands.h"

#include "base/units.h"
#include "hub-access.h"
#include "hub-json-output.h"
#include "hub-model.h"
#include "hub-reference.h"
#include "hub-variant.h"
#include "interruption.h"
#include "output.h"
#include "text-table.h"

#include <glib/gi18n.h>

static PaddockEstimateOptions given = {
  .context = -1, .batch = -1, .ubatch = -1, .parallel = -1, .outputs = -1, .gpu_layers = PADDOCK_ESTIMATE_ANY_LAYERS, .curve = -1
};

static const GOptionEntry options[] = { G_OPTION_ENTRY_NULL };

static const GOptionEntry show_options[]
    = { { "context", 0, 0, G_OPTION_ARG_INT, &given.context, N_("Tokens of all requests together (default: all the model knows)"),
          N_("N") },
        { "cpu", 0, 0, G_OPTION_ARG_NONE, &given.cpu, N_("Use no device beside the processor"), NULL },
        { "device", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.devices,
          N_("A device and its memory, in the place of this computer’s: CUDA0=24G, or HOST:PORT=16G; may be repeated"),
          N_("NAME=BYTES") },
        { "machine", 0, 0, G_OPTION_ARG_STRING, &given.machine, N_("A saved computer in the place of this one"), N_("NAME") },
        G_OPTION_ENTRY_NULL };

static const char *const show_examples[]
    = { "paddockctl hub show unsloth/Qwen3-8B-GGUF", "paddockctl hub show unsloth/Qwen3-8B-GGUF:Q4_K_M",
        "paddockctl hub show --context 32768 https://huggingface.co/unsloth/Qwen3-8B-GGUF:Q8_0", NULL };

static const char *const files_examples[]
    = { "paddockctl hub files unsloth/Qwen3-8B-GGUF", "paddockctl hub files --json unsloth/Qwen3-8B-GGUF@main", NULL };

/* What the person asked about, and what the hub said. */
typedef struct
{
  PaddockHubSession *session;
  PaddockHubReference *reference;
  PaddockHubListing *listing;
} Subject;

static void
clear_subject (Subject *subject)
{
  g_clear_object (&subject->session);
  g_clear_pointer (&subject->reference, paddock_hub_reference_free);
  g_clear_pointer (&subject->listing, paddock_hub_listing_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Subject, clear_subject)

/* FALSE: that has been complained of. */
static gboolean
find (Subject *subject, const char *text)
{
  subject->session = paddock_hub_access_open ();
  if (subject->session == NULL)
    return FALSE;
  subject->reference = paddock_hub_reference_parse (text, paddock_hub_session_get_endpoint (subject->session));
  if (subject->reference == NULL)
    {
      paddock_output_complain (_("This is no repository: it is written OWNER/NAME"), text);
      return FALSE;
    }
  subject->listing = paddock_hub_access_list (subject->session, subject->reference->id, subject->reference->revision);
  return subject->listing != NULL;
}

static void
add_variants (PaddockJsonWriter *writer, GPtrArray *variants)
{
  paddock_json_writer_begin_array (writer, "variants");
  for (guint i = 0; i < variants->len; i++)
    {
      const PaddockHubVariant *variant = g_ptr_array_index (variants, i);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "label", variant->label);
      paddock_json_writer_add_known (writer, "size", variant->size);
      paddock_json_writer_add_uint (writer, "shards", variant->shards);
      paddock_json_writer_add_boolean (writer, "whole", paddock_hub_variant_is_whole (variant));
      paddock_json_writer_add_boolean (writer, "companion", variant->is_companion);
      paddock_hub_json_output_add_files (writer, "files", variant->files);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
}

static void
fill_variant (guint row, char **cells, gpointer user_data)
{
  const PaddockHubVariant *variant = g_ptr_array_index ((GPtrArray *) user_data, row);

  cells[0] = paddock_units_escape (variant->label, -1, 0);
  cells[1] = variant->size >= 0 ? paddock_units_format_size ((guint64) variant->size) : g_strdup ("");
  cells[2] = g_strdup_printf ("%u", variant->files->len);
  cells[3] = g_strdup (!paddock_hub_variant_is_whole (variant) ? _("incomplete")
                       : variant->is_companion                 ? _("goes with the others")
                                                               : "");
}

static void
print_variants (GPtrArray *variants)
{
  const PaddockTextColumn columns[] = {
    { _("Quantization"), FALSE, TRUE },
    { _("Size"), TRUE, FALSE },
    { _("Files"), TRUE, FALSE },
    { "", FALSE, FALSE },
  };

  if (variants->len == 0)
    paddock_output_line ("%s", _("There is no GGUF file in it."));
  else
    paddock_text_table_print ("", columns, G_N_ELEMENTS (columns), variants->len, fill_variant, variants);
}

static void
print_line (const char *label, const char *value)
{
  g_autofree char *shown = value != NULL ? paddock_units_escape (value, -1, 0) : NULL;

  if (shown != NULL)
    paddock_output_line ("%s: %s", label, shown);
}

static void
print_repository (const PaddockHubRepository *repository)
{
  g_autofree char *id = paddock_units_escape (repository->id, -1, 0);

  paddock_output_line ("%s", id);
  print_line (_("License"), repository->license);
  print_line (_("Task"), repository->task);
  if (repository->base_models[0] != NULL)
    print_line (_("Made from"), repository->base_models[0]);
  if (repository->gate != PADDOCK_HUB_OPEN)
    paddock_output_line ("%s", _("Its conditions have to be accepted on its page before anything can be downloaded."));
  if (repository->is_disabled)
    paddock_output_line ("%s", _("The hub has shut it."));
  paddock_output_line ("%s", "");
}

static void
write_repository (PaddockJsonWriter *writer, const PaddockHubListing *listing)
{
  paddock_hub_json_output_add_repository (writer, listing->repository);
  paddock_json_writer_add_string (writer, "architecture", listing->repository->architecture);
  paddock_json_writer_add_known (writer, "parameters", listing->repository->parameters);
  paddock_json_writer_add_known (writer, "context_length", listing->repository->context_length);
  add_variants (writer, listing->variants);
}

static void
print_all (const PaddockHubListing *listing)
{
  print_repository (listing->repository);
  print_variants (listing->variants);
}

static void
write_files (PaddockJsonWriter *writer, const PaddockHubListing *listing)
{
  paddock_json_writer_add_string (writer, "id", listing->repository->id);
  paddock_json_writer_add_string (writer, "sha", listing->repository->sha);
  paddock_hub_json_output_add_files (writer, "files", listing->files);
}

static void
fill_file (guint row, char **cells, gpointer user_data)
{
  const PaddockHubFile *file = g_ptr_array_index ((GPtrArray *) user_data, row);

  cells[0] = paddock_units_escape (file->path, -1, 0);
  cells[1] = file->size >= 0 ? paddock_units_format_size ((guint64) file->size) : g_strdup ("");
}

static void
print_files (const PaddockHubListing *listing)
{
  const PaddockTextColumn columns[] = { { _("File"), FALSE, TRUE }, { _("Size"), TRUE, FALSE } };

  paddock_text_table_print ("", columns, G_N_ELEMENTS (columns), listing->files->len, fill_file, listing->files);
}

static void
tell (const PaddockHubListing *listing,
      gboolean json,
      void (*write) (PaddockJsonWriter *, const PaddockHubListing *),
      void (*print) (const PaddockHubListing *))
{
  g_autoptr (PaddockJsonWriter) writer = json ? paddock_json_writer_new (stdout) : NULL;

  if (writer == NULL)
    {
      paddock_hub_access_print_age (listing->said_at, listing->from_cache);
      print (listing);
      return;
    }
  paddock_json_writer_begin_object (writer, NULL);
  write (writer, listing);
  paddock_hub_json_output_add_age (writer, listing->said_at, listing->from_cache);
  paddock_json_writer_end_object (writer);
}

static int
show_model (const Subject *subject, const PaddockArguments *arguments)
{
  const char *what = arguments->paths[0];
  const PaddockHubVariant *variant = paddock_hub_access_find_variant (subject->listing, subject->reference, what);
  g_autoptr (PaddockHubHeader) header = NULL;

  if (variant != NULL)
    header = paddock_hub_access_read_header (subject->session, subject->listing, variant, what);
  if (paddock_interruption_get_status () != 0)
    return paddock_interruption_get_status ();
  if (header == NULL)
    return PADDOCK_EXIT_NO;
  return paddock_hub_model_show (subject->listing, variant, header, &given, arguments->json);
}

static int
show (const PaddockArguments *arguments)
{
  g_auto (Subject) subject = { NULL, NULL, NULL };
  g_autoptr (GArray) devices = paddock_estimate_options_dup_devices (&given);
  gboolean found;

  if (devices == NULL)
    return PADDOCK_EXIT_USAGE;
  found = find (&subject, arguments->paths[0]);
  if (paddock_interruption_get_status () != 0)
    return paddock_interruption_get_status ();
  if (!found)
    return PADDOCK_EXIT_NO;
  if (subject.reference->quantization != NULL || subject.reference->path != NULL)
    return show_model (&subject, arguments);
  tell (subject.listing, arguments->json, write_repository, print_all);
  return PADDOCK_EXIT_DONE;
}

static int
list_files (const PaddockArguments *arguments)
{
  g_auto (Subject) subject = { NULL, NULL, NULL };
  gboolean found = find (&subject, arguments->paths[0]);

  if (paddock_interruption_get_status () != 0)
    return paddock_interruption_get_status ();
  if (!found)
    return PADDOCK_EXIT_NO;
  tell (subject.listing, arguments->json, write_files, print_files);
  return PADDOCK_EXIT_DONE;
}

const PaddockCommand paddock_hub_show_command = {
  .name = "hub show",
  .paths = N_("REPOSITORY"),
  .max_paths = 1,
  .summary = N_("Tell what a repository has to choose from"),
  .description = N_("Lists the models of a repository by their quantizations, the smallest first, a model in several files as "
                     "one. REPOSITORY is OWNER/NAME, OWNER/NAME@REVISION, or the address of its page.\n\n"
                     "Of OWNER/NAME:QUANTIZATION, or the address of a file, it tells what would be told of it if it were here: "
                     "how much memory it needs, whether this computer has it, the largest context that fits, what it can do and "
                     "whether it is sound. For that the file’s header is read, and nothing else; once read, it is kept. A file "
                     "that must not be used makes the exit status 1."),
  .examples = show_examples,
  .options = show_options,
  .run = show,
};

const PaddockCommand paddock_hub_files_command = {
  .name = "hub files",
  .paths = N_("REPOSITORY"),
  .max_paths = 1,
  .summary = N_("List the files of a repository"),
  .description = N_("Lists every file of a repository at one commit, with its size; with --json, also with the hash that the hub "
                     "publishes."),
  .examples = files_examples,
  .options = options,
  .run = list_files,
};
