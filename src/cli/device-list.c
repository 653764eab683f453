/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device-list.h"

#include "base/units.h"
#include "kernels/kernel-dispatch.h"
#include "kernels/opencl/opencl-device.h"
#include "output.h"
#include "text-table.h"

#include <glib/gi18n.h>

/* Names come from drivers. */
#define MAX_NAME 60

struct _PaddockDeviceList
{
  GPtrArray *devices;                /* owned (element-type PaddockOpenclDevice) */
  const PaddockOpenclDevice *used;   /* one of them, or NULL */
};

static const char *const kind_names[] = {
  [PADDOCK_OPENCL_KIND_OTHER] = "other",
  [PADDOCK_OPENCL_KIND_CPU] = "cpu",
  [PADDOCK_OPENCL_KIND_ACCELERATOR] = "accelerator",
  [PADDOCK_OPENCL_KIND_GPU] = "gpu",
};

PaddockDeviceList *
paddock_device_list_new (void)
{
  PaddockDeviceList *self = g_new0 (PaddockDeviceList, 1);

  self->devices = paddock_opencl_devices_list (NULL, NULL);
  if (self->devices == NULL)
    self->devices = g_ptr_array_new ();
  if (paddock_kernel_dispatch_asks_for_opencl ())
    self->used = paddock_opencl_devices_choose (self->devices, NULL);
  return self;
}

void
paddock_device_list_free (PaddockDeviceList *self)
{
  g_ptr_array_unref (self->devices);
  g_free (self);
}

void
paddock_device_list_write_json (PaddockDeviceList *self, PaddockJsonWriter *writer, const char *name)
{
  paddock_json_writer_begin_array (writer, name);
  for (guint i = 0; i < self->devices->len; i++)
    {
      const PaddockOpenclDevice *device = g_ptr_array_index (self->devices, i);

      paddock_json_writer_begin_object (writer, NULL);
      paddock_json_writer_add_string (writer, "name", device->name);
      paddock_json_writer_add_string (writer, "vendor", device->vendor);
      paddock_json_writer_add_string (writer, "driver", device->driver_version);
      paddock_json_writer_add_string (writer, "version", device->platform_version);
      paddock_json_writer_add_string (writer, "kind", kind_names[device->kind]);
      paddock_json_writer_add_known (writer, "memory", device->memory > 0 ? (gint64) device->memory : -1);
      paddock_json_writer_add_boolean (writer, "shares_memory", device->shares_memory);
      paddock_json_writer_add_boolean (writer, "used", device == self->used);
      paddock_json_writer_add_string (writer, "unsuited", device->unsuited);
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
}

static void
fill_row (guint row, char **cells, gpointer user_data)
{
  const PaddockDeviceList *self = user_data;
  const PaddockOpenclDevice *device = g_ptr_array_index (self->devices, row);

  cells[0] = paddock_units_escape (device->name, -1, MAX_NAME);
  cells[1] = device->memory > 0 ? paddock_units_format_size (device->memory) : g_strdup ("");
  if (device->unsuited != NULL)
    cells[2] = g_strdup_printf (_("not used: %s"), device->unsuited);
  else
    cells[2] = g_strdup (device == self->used ? _("used") : "");
}

void
paddock_device_list_print (PaddockDeviceList *self)
{
  const PaddockTextColumn columns[] = {
    { _("OpenCL device"), FALSE, TRUE },
    { _("Memory"), TRUE, FALSE },
    { "", FALSE, FALSE },
  };

  if (self->devices->len == 0)
    return;
  paddock_output_text ("\n");
  paddock_text_table_print ("", columns, G_N_ELEMENTS (columns), self->devices->len, fill_row, self);
}
