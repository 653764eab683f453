/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <unistd.h>

#include "base/file-bytes.h"
#include "hardware/device-report.h"
#include "hardware/opencl-devices.h"
#include "hardware/vulkan-devices.h"

/* paddock-device-helper INTERFACE LIBRARY: writes a report of what the library knows, and ends. */

static GPtrArray *
ask (const char *interface, const char *library, GError **error)
{
  if (g_str_equal (interface, "vulkan"))
    return paddock_vulkan_devices_list (library, error);
  if (g_str_equal (interface, "opencl"))
    return paddock_opencl_devices_describe (library, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "There is no interface %s", interface);
  return NULL;
}

/* Drivers write where they like: the report goes to what was the output, and they get the other one. */
static int
take_output (void)
{
  int output = dup (STDOUT_FILENO);

  dup2 (STDERR_FILENO, STDOUT_FILENO);
  return output;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GBytes) report = NULL;
  g_autoptr (GError) error = NULL;
  int output = take_output ();
  const guint8 *bytes;
  gsize length;

  if (argc != 3)
    return 2;
  devices = ask (argv[1], argv[2], &error);
  report = paddock_device_report_write (devices, error);
  bytes = g_bytes_get_data (report, &length);
  if (!paddock_file_bytes_append (output, bytes, length))
    return 1;
  /* What drivers registered for the end of a program is a common place to crash. */
  _exit (0);
}
