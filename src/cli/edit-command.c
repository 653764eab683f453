/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include "awaiter.h"
#include "base/units.h"
#include "edit-request.h"
#include "gguf/gguf-editor.h"
#include "interruption.h"
#include "json-writer.h"
#include "output.h"
#include "progress-bar.h"
#include "text-table.h"
#include "unreadable.h"
#include "value-json.h"

#include <glib/gi18n.h>

#define VALUE_CHARS 60

static GPtrArray *requests;          /* of PaddockEditRequest, in the order of the command line */
static char *output;
static gboolean dry_run;

static gboolean
on_request (const char *option, const char *argument, gpointer data, GError **error)
{
  PaddockEditRequest *request = paddock_edit_request_new (g_str_equal (option, "--remove"), argument, error);

  if (request == NULL)
    return FALSE;
  if (requests == NULL)
    requests = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_edit_request_free);
  g_ptr_array_add (requests, request);
  return TRUE;
}

static const GOptionEntry options[] = {
  { "set", 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, on_request,
    N_ ("Give KEY this value; may be repeated"), N_ ("KEY=VALUE") },
  { "remove", 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, on_request, N_ ("Remove KEY; may be repeated"),
    N_ ("KEY") },
  { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("Write a new file and leave the old one alone"), N_ ("FILE") },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Only tell what would be done"), NULL },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl edit model.gguf --set general.name=\"My model\" --remove general.url",
  "paddockctl edit model.gguf --set llama.context_length=u32:8192 --dry-run",
  "paddockctl edit model.gguf --set tokenizer.chat_template=@template.jinja",
  NULL
};

static const char *
get_method_id (PaddockGgufEditMethod method)
{
  switch (method)
    {
    case PADDOCK_GGUF_EDIT_IN_PLACE:
      return "in-place";
    case PADDOCK_GGUF_EDIT_NEW_FILE:
      return "new-file";
    case PADDOCK_GGUF_EDIT_NOTHING:
    default:
      return "nothing";
    }
}

static const char *
get_kind_id (PaddockGgufChangeKind kind)
{
  switch (kind)
    {
    case PADDOCK_GGUF_CHANGE_ADD:
      return "add";
    case PADDOCK_GGUF_CHANGE_REMOVE:
      return "remove";
    case PADDOCK_GGUF_CHANGE_REPLACE:
    default:
      return "replace";
    }
}

static void
add_value (PaddockJsonWriter *writer, const char *name, const PaddockGgufValue *value)
{
  if (value == NULL)
    {
      paddock_json_writer_add_null (writer, name);
      return;
    }
  paddock_json_writer_begin_object (writer, name);
  paddock_value_json_add_value (writer, value);
  paddock_json_writer_end_object (writer);
}

static void
print_json (const char *path, PaddockGgufEditor *editor, const PaddockGgufEditPlan *plan)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "path", path);
  paddock_json_writer_add_string (writer, "output", output);
  paddock_json_writer_add_boolean (writer, "dry_run", dry_run);
  paddock_json_writer_add_string (writer, "method", get_method_id (plan->method));
  paddock_json_writer_begin_array (writer, "changes");
  for (guint i = 0; i < paddock_gguf_editor_get_n_changes (editor); i++)
    {
      const PaddockGgufChange *change = paddock_gguf_editor_get_change (editor, i);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "key", change->key);
      paddock_json_writer_add_string (writer, "kind", get_kind_id (change->kind));
      add_value (writer, "before", change->before);
      add_value (writer, "after", change->after);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
  paddock_json_writer_add_uint (writer, "header_before", plan->header_before);
  paddock_json_writer_add_uint (writer, "header_after", plan->header_after);
  paddock_json_writer_add_uint (writer, "bytes_to_copy", plan->bytes_to_copy);
  paddock_json_writer_add_uint (writer, "hard_links", plan->hard_links);
  paddock_json_writer_end_object (writer);
}

static char *
describe_value (const PaddockGgufValue *value)
{
  return value != NULL ? paddock_gguf_value_format (value, VALUE_CHARS) : g_strdup ("");
}

static void
fill_change (guint row, char **cells, gpointer editor)
{
  const PaddockGgufChange *change = paddock_gguf_editor_get_change (editor, row);

  switch (change->kind)
    {
    case PADDOCK_GGUF_CHANGE_ADD:
      cells[0] = g_strdup (_("add"));
      break;
    case PADDOCK_GGUF_CHANGE_REMOVE:
      cells[0] = g_strdup (_("remove"));
      break;
    case PADDOCK_GGUF_CHANGE_REPLACE:
    default:
      cells[0] = g_strdup (_("replace"));
      break;
    }
  cells[1] = paddock_units_escape (change->key, -1, 0);
  cells[2] = describe_value (change->before);
  cells[3] = describe_value (change->after);
}

static const char *
describe_method (const PaddockGgufEditPlan *plan)
{
  if (plan->method == PADDOCK_GGUF_EDIT_NOTHING)
    return _("nothing to change");
  if (plan->method == PADDOCK_GGUF_EDIT_IN_PLACE)
    return dry_run ? _("would be changed in place") : _("changed in place");
  return dry_run ? _("would be written anew") : _("written anew");
}

static void
print_text (const char *path, PaddockGgufEditor *editor, const PaddockGgufEditPlan *plan)
{
  const PaddockTextColumn columns[] = {
    { _("Change"), FALSE, FALSE }, { _("Key"), FALSE, FALSE }, { _("Before"), FALSE, TRUE }, { _("After"), FALSE, TRUE }
  };
  g_autofree char *shown = paddock_units_escape (output != NULL ? output : path, -1, 0);
  g_autofree char *before = paddock_units_format_size (plan->header_before);
  g_autofree char *after = paddock_units_format_size (plan->header_after);
  g_autofree char *copied = paddock_units_format_size (plan->bytes_to_copy);

  paddock_output_line ("%s: %s", shown, describe_method (plan));
  if (plan->method == PADDOCK_GGUF_EDIT_NOTHING)
    return;

  paddock_text_table_print ("  ", columns, G_N_ELEMENTS (columns), paddock_gguf_editor_get_n_changes (editor),
                            fill_change, editor);
  paddock_output_line (_("  header: %s before, %s after"), before, after);
  if (plan->bytes_to_copy > 0)
    /* Translators: %s is a size. The weights of the model move to a new file. */
    paddock_output_line (_("  weights: %s to be copied"), copied);
  if (plan->hard_links > 0 && output == NULL)
    paddock_output_line ("  %s", _("the file has other names too, which keep the old one"));
}

/* With another file as the output, nothing happens in place. */
static gboolean
make_plan (PaddockGgufEditor *editor, PaddockGgufEditPlan *plan, GError **error)
{
  PaddockGgufFile *file = paddock_gguf_editor_get_file (editor);
  guint64 size = paddock_gguf_file_get_size (file);
  guint64 data = paddock_gguf_file_get_data_offset (file);

  if (!paddock_gguf_editor_plan (editor, plan, error))
    return FALSE;
  if (output != NULL && plan->method != PADDOCK_GGUF_EDIT_NEW_FILE)
    {
      plan->method = PADDOCK_GGUF_EDIT_NEW_FILE;
      plan->bytes_to_copy = size > data ? size - data : 0;
    }
  return TRUE;
}

static gboolean
apply (const char *path, PaddockGgufEditor *editor, GError **error)
{
  g_autoptr (PaddockProgressBar) bar = paddock_progress_bar_new (output != NULL ? output : path);
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();

  paddock_gguf_editor_apply_async (editor, output, paddock_progress_bar_update, bar,
                                   paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished, awaiter);
  return paddock_gguf_editor_apply_finish (paddock_awaiter_wait (awaiter), error);
}

/* 0, or the status to exit with: what was asked for is wrong, or is refused. */
static int
collect (PaddockGgufEditor *editor)
{
  for (guint i = 0; i < requests->len; i++)
    {
      PaddockEditRequest *request = g_ptr_array_index (requests, i);
      g_autoptr (GError) error = NULL;
      int status = paddock_edit_request_add_to (request, editor, &error);

      if (status != PADDOCK_EXIT_DONE)
        {
          paddock_output_complain (error->message, paddock_edit_request_get_key (request));
          return status;
        }
    }
  return PADDOCK_EXIT_DONE;
}

static int
edit (const PaddockArguments *arguments)
{
  const char *path = arguments->paths[0];
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufFile) file = NULL;
  g_autoptr (PaddockGgufEditor) editor = NULL;
  PaddockGgufEditPlan plan;
  int status;

  if (paddock_gguf_editor_recover (path, &error))
    file = paddock_gguf_file_open (path, NULL, &error);
  if (file == NULL)
    {
      paddock_unreadable_complain (error, path);
      return PADDOCK_EXIT_NO;
    }

  editor = paddock_gguf_editor_new (file);
  status = collect (editor);
  if (status != PADDOCK_EXIT_DONE)
    return status;

  if (!make_plan (editor, &plan, &error) || (!dry_run && !apply (path, editor, &error)))
    {
      if (paddock_interruption_get_status () != 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return paddock_interruption_get_status ();
      paddock_output_complain_of (error, path);
      return PADDOCK_EXIT_NO;
    }

  if (arguments->json)
    print_json (path, editor, &plan);
  else
    print_text (path, editor, &plan);
  return PADDOCK_EXIT_DONE;
}

static int
run (const PaddockArguments *arguments)
{
  int status = PADDOCK_EXIT_USAGE;

  if (requests == NULL)
    paddock_output_complain (_("Nothing to change: --set or --remove is needed"), "edit");
  else
    status = edit (arguments);
  g_clear_pointer (&requests, g_ptr_array_unref);
  g_clear_pointer (&output, g_free);
  return status;
}

const PaddockCommand paddock_edit_command = {
  .name = "edit",
  .paths = N_ ("FILE"),
  .max_paths = 1,
  .summary = N_ ("Change the metadata of a model"),
  .description = N_ ("Changes keys of a GGUF file; the weights stay as they are, byte for byte. Where the new header "
                     "fits, the file is changed in place; else a new file takes its place, which shares the weights "
                     "with the old one if the file system can do that. Whatever happens meanwhile, afterwards the file "
                     "is the old one or the new one.\n\n"
                     "A VALUE is of the type that the key has already. It may name another one: u8, i8, u16, i16, u32, "
                     "i32, u64, i64, f32, f64, bool or str before a colon, as in u32:4096, or an array, as in "
                     "[str]:[\"en\",\"de\"]. @FILE stands for the text in a file, exactly as it is there, and @- "
                     "for standard input."),
  .examples = examples,
  .options = options,
  .run = run,
};
