/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include "awaiter.h"
#include "hardware-text.h"
#include "hardware/bandwidth-store.h"
#include "hardware/bandwidth.h"
#include "hardware/hardware-json.h"
#include "hardware/hardware-scan.h"
#include "interruption.h"
#include "output.h"
#include "progress-bar.h"

#include <glib/gi18n.h>
#include <stdio.h>

static char *root;
static gboolean with_measure;

static const GOptionEntry options[] = {
  { "root", 0, 0, G_OPTION_ARG_FILENAME, &root, N_ ("Look at the computer whose files lie in DIR"), N_ ("DIR") },
  { "measure", 0, 0, G_OPTION_ARG_NONE, &with_measure,
    N_ ("First measure how fast memory, disk and devices are; it takes some seconds"), NULL },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl hardware",
  "paddockctl hardware --json",
  "paddockctl hardware --measure",
  "paddockctl hardware --root /mnt/other",
  NULL
};

static PaddockHardwareSnapshot *
scan (GError **error)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();

  paddock_hardware_scan_async (root != NULL ? root : "/", paddock_awaiter_get_cancellable (awaiter),
                               paddock_awaiter_finished, awaiter);
  return paddock_hardware_scan_finish (paddock_awaiter_wait (awaiter), error);
}

/* What it finds out is kept, and the scan tells it. FALSE: it was interrupted. */
static gboolean
measure (void)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (PaddockProgressBar) bar = paddock_progress_bar_new (_("Measuring"));
  g_autoptr (GPtrArray) measured = NULL;
  g_autoptr (GError) error = NULL;

  paddock_bandwidth_measure_async (PADDOCK_BANDWIDTH_OF_MEMORY | PADDOCK_BANDWIDTH_OF_DISK | PADDOCK_BANDWIDTH_OF_DEVICES,
                                   NULL, paddock_awaiter_get_cancellable (awaiter), paddock_progress_bar_update, bar,
                                   paddock_awaiter_finished, awaiter);
  measured = paddock_bandwidth_measure_finish (paddock_awaiter_wait (awaiter), NULL);
  g_clear_pointer (&bar, paddock_progress_bar_free);
  if (measured == NULL)
    return FALSE;
  for (guint i = 0; i < measured->len; i++)
    {
      const PaddockBandwidth *one = g_ptr_array_index (measured, i);

      /* Both numbers of the memory have the same problem. */
      if (one->problem != NULL && one->kind != PADDOCK_BANDWIDTH_MEMORY_COPY)
        paddock_output_complain (one->problem, paddock_bandwidth_kind_get_name (one->kind));
    }
  if (!paddock_bandwidth_store_add (measured, &error))
    paddock_output_complain (error->message, "--measure");
  return TRUE;
}

static int
run (const PaddockArguments *arguments)
{
  g_autoptr (PaddockHardwareSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  if (root != NULL && !g_file_test (root, G_FILE_TEST_IS_DIR))
    {
      paddock_output_complain (_("There is no such directory"), root);
      return PADDOCK_EXIT_NO;
    }
  if (root != NULL && with_measure)
    {
      paddock_output_complain (_("Only this computer can be measured, not one that is read from --root"), "--measure");
      return PADDOCK_EXIT_USAGE;
    }
  if (!with_measure || measure ())
    snapshot = scan (&error);
  if (snapshot == NULL)
    {
      int status = paddock_interruption_get_status ();

      return status != 0 ? status : PADDOCK_EXIT_NO;
    }
  if (arguments->json)
    {
      g_autofree char *text = paddock_hardware_json_write (snapshot);

      /* JSON is UTF-8 in every locale. */
      fputs (text, stdout);
      putc ('\n', stdout);
    }
  else
    {
      paddock_hardware_text_print (snapshot);
    }
  return PADDOCK_EXIT_DONE;
}

const PaddockCommand paddock_hardware_command = {
  .name = "hardware",
  .paths = "",
  .max_paths = 0,
  .summary = N_ ("Show what this computer has, and who says so"),
  .description = N_ ("Tells what matters for running models: the processor and its caches, the memory and what limits it, "
                     "the devices that can compute, the disks, and the engine that is installed. Beside each number stands "
                     "the file, the call or the measurement that it comes from; what nobody tells is left out.\n\n"
                     "With --root, the files of another computer are read, from a directory that has its /proc and /sys; "
                     "what only calls could tell is unknown then.\n\n"
                     "With --measure, all processors read memory, a file of 256 MiB in /var/tmp is written and read again "
                     "without going through memory, and devices copy their memory. What comes of it is kept in the user’s "
                     "cache with the date, and told from then on."),
  .examples = examples,
  .options = options,
  .run = run,
};
