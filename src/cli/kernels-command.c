/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include "device-list.h"
#include "json-writer.h"
#include "kernels/kernel-bench.h"
#include "kernels/kernel-dispatch.h"
#include "output.h"
#include "quant/quant-type.h"
#include "text-table.h"

#include <glib/gi18n.h>

#define GIGA 1e9
#define MAX_TYPES 64u
#define I2_S_TYPE 36u

static gboolean with_bench;
static char *wanted_type;
static int n_threads = 1;

static const GOptionEntry options[] = {
  { "bench", 0, 0, G_OPTION_ARG_NONE, &with_bench, N_ ("Measure them, and what the memory allows"), NULL },
  { "type", 0, 0, G_OPTION_ARG_STRING, &wanted_type, N_ ("Only this type"), N_ ("TYPE") },
  { "threads", 0, 0, G_OPTION_ARG_INT, &n_threads, N_ ("Measure with so many threads (default: 1)"), N_ ("N") },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl kernels",
  "paddockctl kernels --bench --type Q4_K",
  "PADDOCK_KERNELS=scalar,avx2 paddockctl kernels --bench --json",
  NULL
};

typedef struct
{
  const char *type;
  const char *isa;
  gboolean used;                     /* the one that is used for its type */
  PaddockKernelSpeed speed;
} Line;

static const char *
get_type_name (guint32 id)
{
  const PaddockQuantType *type = paddock_quant_type_lookup (
    id, id == I2_S_TYPE ? PADDOCK_QUANT_DIALECT_BITNET_OLD : PADDOCK_QUANT_DIALECT_GGML);

  return type != NULL ? type->name : NULL;
}

static gboolean
is_wanted (guint32 id)
{
  return paddock_kernel_dispatch_get (id, NULL) != NULL &&
         (wanted_type == NULL || g_ascii_strcasecmp (get_type_name (id), wanted_type) == 0);
}

/* The kernels in use; for measuring, also those that they replace. */
static GArray *
list_kernels (PaddockKernelBench *bench)
{
  GArray *lines = g_array_new (FALSE, TRUE, sizeof (Line));

  for (guint32 id = 0; id < MAX_TYPES; id++)
    {
      const PaddockKernel *best = paddock_kernel_dispatch_get (id, NULL);

      for (guint isa = 1; is_wanted (id) && isa <= PADDOCK_KERNEL_AVX512; isa <<= 1)
        {
          guint mask = isa & paddock_kernel_dispatch_get_allowed ();
          const PaddockKernel *kernel = paddock_kernel_dispatch_find (id, mask, NULL);
          Line line = { get_type_name (id), paddock_kernel_isa_get_name ((PaddockKernelIsa) isa), kernel == best, { 0 } };

          if (kernel == NULL || (bench == NULL && kernel != best))
            continue;
          if (bench != NULL)
            paddock_kernel_bench_measure (bench, kernel, &line.speed, NULL, NULL);
          g_array_append_val (lines, line);
        }
    }
  return lines;
}

static void
add_features (PaddockJsonWriter *writer)
{
  guint allowed = paddock_kernel_dispatch_get_allowed ();

  paddock_json_writer_begin_array (writer, "features");
  for (guint isa = 1; isa <= PADDOCK_KERNEL_AVX512; isa <<= 1)
    if (allowed & isa)
      paddock_json_writer_add_string (writer, NULL, paddock_kernel_isa_get_name ((PaddockKernelIsa) isa));
  paddock_json_writer_end_array (writer);
}

static void
write_json (GArray *lines, const PaddockKernelLimits *limits, PaddockKernelBench *bench, PaddockDeviceList *devices)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_json_writer_begin_object (writer, NULL);
  add_features (writer);
  if (bench != NULL)
    {
      paddock_json_writer_begin_object (writer, "limits");
      paddock_json_writer_add_double (writer, "store_l2", limits->store_l2 / GIGA);
      paddock_json_writer_add_double (writer, "store_stream", limits->store_stream / GIGA);
      paddock_json_writer_add_double (writer, "read", limits->read / GIGA);
      paddock_json_writer_add_double (writer, "copy", limits->copy / GIGA);
      paddock_json_writer_end_object (writer);
      paddock_json_writer_add_uint (writer, "threads", paddock_kernel_bench_get_n_threads (bench));
    }
  paddock_json_writer_begin_array (writer, "types");
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "type", line->type);
      paddock_json_writer_add_string (writer, "isa", line->isa);
      paddock_json_writer_add_boolean (writer, "used", line->used);
      if (bench != NULL)
        {
          paddock_json_writer_add_double (writer, "l2", line->speed.l2 / GIGA);
          paddock_json_writer_add_double (writer, "memory", line->speed.memory / GIGA);
        }
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
  paddock_device_list_write_json (devices, writer, "devices");
  paddock_json_writer_end_object (writer);
}

static void
fill_row (guint row, char **cells, gpointer user_data)
{
  const Line *line = &g_array_index ((GArray *) user_data, Line, row);

  cells[0] = g_strdup (line->type);
  cells[1] = g_strdup (line->isa);
  if (!with_bench)
    return;
  cells[2] = g_strdup_printf ("%.1f", line->speed.l2 / GIGA);
  cells[3] = g_strdup_printf ("%.1f", line->speed.memory / GIGA);
  cells[4] = g_strdup (line->used ? _("used") : "");
}

static void
write_text (GArray *lines, const PaddockKernelLimits *limits, PaddockKernelBench *bench)
{
  const PaddockTextColumn columns[] = {
    { _("Type"), FALSE, FALSE },
    { _("Instructions"), FALSE, FALSE },
    /* Translators: gigabytes per second when the result stays in the processor's cache. */
    { _("In cache, GB/s"), TRUE, FALSE },
    /* Translators: gigabytes per second when the result goes to memory. */
    { _("To memory, GB/s"), TRUE, FALSE },
    { "", FALSE, FALSE },
  };

  paddock_text_table_print ("", columns, bench != NULL ? G_N_ELEMENTS (columns) : 2, lines->len, fill_row, lines);
  if (bench == NULL)
    return;
  /* Translators: the speeds are in gigabytes per second. */
  paddock_output_line (_("\nThe memory’s own limits in GB/s: %.1f writing to the cache, %.1f writing to memory, %.1f reading, "
                         "%.1f copying."),
                       limits->store_l2 / GIGA, limits->store_stream / GIGA, limits->read / GIGA, limits->copy / GIGA);
}

static gboolean
check_options (void)
{
  gboolean known = wanted_type == NULL;

  for (guint32 id = 0; id < MAX_TYPES && !known; id++)
    known = is_wanted (id);
  if (!known)
    paddock_output_complain (_("There is no kernel of such a type"), wanted_type);
  else if (n_threads < 1)
    paddock_output_complain (_("The number of threads must be at least 1"), "--threads");
  return known && n_threads >= 1;
}

static int
run (const PaddockArguments *arguments)
{
  g_autoptr (PaddockKernelBench) bench = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) lines = NULL;
  g_autoptr (PaddockDeviceList) devices = NULL;
  PaddockKernelLimits limits = { 0 };

  if (!check_options ())
    return PADDOCK_EXIT_USAGE;
  if (with_bench)
    {
      bench = paddock_kernel_bench_new ((guint) n_threads, &error);
      if (bench == NULL || !paddock_kernel_bench_measure_limits (bench, &limits, NULL, &error))
        {
          paddock_output_complain (error->message, "kernels");
          return PADDOCK_EXIT_NO;
        }
    }
  lines = list_kernels (bench);
  /* After the measurements, because drivers start threads. */
  devices = paddock_device_list_new ();
  if (arguments->json)
    {
      write_json (lines, &limits, bench, devices);
      return PADDOCK_EXIT_DONE;
    }
  write_text (lines, &limits, bench);
  paddock_device_list_print (devices);
  return PADDOCK_EXIT_DONE;
}

const PaddockCommand paddock_kernels_command = {
  .name = "kernels",
  .paths = "",
  .max_paths = 0,
  .summary = N_ ("Show what reads each type of weights, and how fast"),
  .description = N_ ("Lists, for each type, the instruction set of this processor that turns stored weights into numbers. With "
                     "--bench it measures all of them beside what the memory allows, in gigabytes of 32-bit numbers written "
                     "per second: once with a result that stays in the cache, once with one of 256 MiB. The devices of "
                     "OpenCL are listed below, when there are any.\n\n"
                     "The environment variable PADDOCK_KERNELS names the instruction sets that may be used, with commas "
                     "between them: scalar, neon, avx2, avx512, opencl. The scalar ones always may be. OpenCL is used only "
                     "when it is named, for large pieces and on the best device that is suited; the other names are for all "
                     "the rest, so that opencl alone means OpenCL and scalar."),
  .examples = examples,
  .options = options,
  .run = run,
};
