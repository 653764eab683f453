/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/device-helper.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <poll.h>
#include <unistd.h>

#include "hardware/device-report.h"
#include "paddock-config.h"

#define PROGRAM "paddock-device-helper"
#define MAX_REPORT (1u << 20)
#define CHUNK 4096

static char *
find_program (void)
{
  const char *given = g_getenv ("PADDOCK_DEVICE_HELPER");

  return given != NULL ? g_strdup (given) : g_build_filename (PADDOCK_LIBEXEC_DIR, PROGRAM, NULL);
}

/* Until its end; FALSE: it does not come in time, or too much came before. */
static gboolean
read_report (int fd, gint64 deadline, GByteArray *report)
{
  guint8 chunk[CHUNK];

  while (report->len <= MAX_REPORT)
    {
      gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
      struct pollfd wait = { .fd = fd, .events = POLLIN };
      gssize n;

      if (left <= 0 || poll (&wait, 1, (int) left) == 0)
        return FALSE;
      n = read (fd, chunk, sizeof chunk);
      if (n < 0 && errno != EINTR && errno != EAGAIN)
        return FALSE;
      if (n == 0)
        return TRUE;
      if (n > 0)
        g_byte_array_append (report, chunk, (guint) n);
    }
  return FALSE;
}

static GSubprocess *
spawn (const char *interface, const char *library, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *program = find_program ();

  /* What games hang between themselves and Vulkan is of no use here. */
  g_subprocess_launcher_setenv (launcher, "VK_LOADER_LAYERS_DISABLE", "~implicit~", FALSE);
  return g_subprocess_launcher_spawn (launcher, error, program, interface, library, NULL);
}

/**
 * paddock_device_helper_ask:
 * @interface: "vulkan" or "opencl"
 * @library: the file name of its library
 * @limit_seconds: how long it may take
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable) (element-type PaddockHardwareDevice): the devices; it may be empty
 */
GPtrArray *
paddock_device_helper_ask (const char *interface, const char *library, guint limit_seconds, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) limit_seconds * G_USEC_PER_SEC;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GSubprocess) helper = spawn (interface, library, error);
  g_autoptr (GBytes) report = NULL;
  gboolean complete;

  if (helper == NULL)
    return NULL;
  complete = read_report (g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (g_subprocess_get_stdout_pipe (helper))), deadline,
                          bytes);
  /* It has said all: what drivers do at the end of a program is not waited for. */
  g_subprocess_force_exit (helper);
  g_subprocess_wait (helper, NULL, NULL);
  if (!complete)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the driver did not answer in %u seconds", limit_seconds);
      return NULL;
    }
  if (bytes->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the driver crashed");
      return NULL;
    }
  report = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return paddock_device_report_read (report, error);
}
