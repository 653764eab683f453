/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include "awaiter.h"
#include "base/units.h"
#include "interruption.h"
#include "json-writer.h"
#include "kernels/opencl/opencl-dequantizer.h"
#include "loading/tensor-export.h"
#include "output.h"
#include "progress-bar.h"
#include "tensor-choice.h"
#include "unreadable.h"

#include <glib/gi18n.h>
#include <signal.h>

static const GOptionEntry options[] = { G_OPTION_ENTRY_NULL };

static const char *const examples[] = {
  "paddockctl dequantize model.gguf blk.0.attn_q.weight attn_q.f32",
  NULL
};

/* NULL: it has been complained of, unless the person wants no more. */
static PaddockTensorExport *
export (PaddockGgufShards *shards, guint position, const char *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockProgressBar) bar = paddock_progress_bar_new (target);
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  PaddockTensorExport *result;

  paddock_tensor_export_run_async (shards, position, target, paddock_progress_bar_update, bar,
                                   paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished, awaiter);
  result = paddock_tensor_export_run_finish (paddock_awaiter_wait (awaiter), &error);
  g_clear_pointer (&bar, paddock_progress_bar_free);
  if (result == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    paddock_output_complain_of (error, target);
  return result;
}

static void
answer (const char *name, const char *target, const PaddockTensorExport *result, gboolean json)
{
  const char *caution = paddock_loading_caution_get_text (result->caution);
  g_autofree char *shown = paddock_units_escape (target, -1, 0);
  g_autofree char *count = NULL;

  if (json)
    {
      g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "path", target);
      paddock_json_writer_add_string (writer, "tensor", name);
      paddock_json_writer_add_uint (writer, "count", result->bytes / sizeof (float));
      paddock_json_writer_add_uint (writer, "bytes", result->bytes);
      paddock_json_writer_add_string (writer, "caution", caution);
      paddock_json_writer_end_object (writer);
      return;
    }
  count = paddock_units_format_count (result->bytes / sizeof (float));
  /* Translators: a file, and how many numbers were written to it. */
  paddock_output_line (_("%s: %s numbers of 32 bits, little-endian"), shown, count);
  if (caution != NULL)
    paddock_output_line ("  %s", caution);
}

/* The numbers are right all the same: the processor took over. */
static void
complain_of_device (void)
{
  PaddockOpenclDequantizer *device = paddock_opencl_dequantizer_get_default ();
  g_autoptr (GError) notice = device != NULL ? paddock_opencl_dequantizer_take_notice (device) : NULL;

  if (notice != NULL)
    paddock_output_complain (_("The processor took over from the accelerator"), notice->message);
}

static int
run (const PaddockArguments *arguments)
{
  g_autoptr (PaddockGgufShards) shards = NULL;
  g_autoptr (PaddockTensorExport) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  guint position;

  if (arguments->n_paths < 3)
    {
      paddock_output_complain (_("A file, a tensor and the file to write are needed"), "dequantize");
      return PADDOCK_EXIT_USAGE;
    }
  /* A limit on the size of files is an error like a full disk, not the end of the program. */
  signal (SIGXFSZ, SIG_IGN);
  shards = paddock_gguf_shards_open (arguments->paths[0], NULL, &error);
  if (shards == NULL)
    {
      paddock_unreadable_complain (error, arguments->paths[0]);
      return PADDOCK_EXIT_NO;
    }
  if (!paddock_tensor_choice_find (shards, arguments->paths[1], &position))
    return PADDOCK_EXIT_NO;
  result = export (shards, position, arguments->paths[2]);
  if (result == NULL)
    return paddock_interruption_get_status () != 0 ? paddock_interruption_get_status () : PADDOCK_EXIT_NO;
  complain_of_device ();
  name = paddock_tensor_choice_dup_name (shards, position);
  answer (name, arguments->paths[2], result, arguments->json);
  return PADDOCK_EXIT_DONE;
}

const PaddockCommand paddock_dequantize_command = {
  .name = "dequantize",
  .paths = N_ ("FILE TENSOR OUT"),
  .max_paths = 3,
  .summary = N_ ("Write a tensor’s numbers to a file"),
  .description = N_ ("Turns one tensor of a model, in one file or split, into 32-bit numbers and writes them, "
                     "little-endian and without a header, in the order of the tensor. The file takes its name when it is "
                     "complete; one that is there before is replaced. The model is only read."),
  .examples = examples,
  .options = options,
  .run = run,
};
