/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/device-report.h"

/* The error's code and text; then the devices: id, name, driver, its version, address, note, kind, backends, numbers. */
#define NUMBER_TYPE "(sts)"
#define DEVICE_TYPE "(sssss(sss)sasa" NUMBER_TYPE ")"
#define REPORT_TYPE "(isa" DEVICE_TYPE ")"
#define MAX_DEVICES 256

static const struct
{
  const char *name;
  gsize offset;
} fields[] = {
  { "total", G_STRUCT_OFFSET (PaddockHardwareDevice, total) },
  { "free", G_STRUCT_OFFSET (PaddockHardwareDevice, free) },
  { "shared", G_STRUCT_OFFSET (PaddockHardwareDevice, shared) },
  { "bandwidth", G_STRUCT_OFFSET (PaddockHardwareDevice, bandwidth) },
};

static PaddockHardwareNumber *
get_number (PaddockHardwareDevice *device, gsize field)
{
  return (PaddockHardwareNumber *) (gpointer) ((guint8 *) device + fields[field].offset);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static char *
or_null (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

static void
write_device (PaddockHardwareDevice *device, GVariantBuilder *builder)
{
  g_variant_builder_open (builder, G_VARIANT_TYPE (DEVICE_TYPE));
  g_variant_builder_add (builder, "s", device->id);
  g_variant_builder_add (builder, "s", or_empty (device->name));
  g_variant_builder_add (builder, "s", or_empty (device->driver));
  g_variant_builder_add (builder, "s", or_empty (device->driver_version));
  g_variant_builder_add (builder, "s", or_empty (device->pci));
  g_variant_builder_add (builder, "(sss)", device->note != NULL ? paddock_hardware_note_code_get_name (device->note->code) : "",
                         device->note != NULL ? or_empty (device->note->subject) : "",
                         device->note != NULL ? or_empty (device->note->value) : "");
  g_variant_builder_add (builder, "s", paddock_hardware_device_kind_get_name (device->kind));
  g_variant_builder_open (builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < device->backends->len; i++)
    g_variant_builder_add (builder, "s", g_ptr_array_index (device->backends, i));
  g_variant_builder_close (builder);
  g_variant_builder_open (builder, G_VARIANT_TYPE ("a" NUMBER_TYPE));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const PaddockHardwareNumber *number = get_number (device, i);

      if (number->known)
        g_variant_builder_add (builder, NUMBER_TYPE, fields[i].name, number->value, or_empty (number->source));
    }
  g_variant_builder_close (builder);
  g_variant_builder_close (builder);
}

/**
 * paddock_device_report_write:
 * @devices: (nullable) (element-type PaddockHardwareDevice): what was seen
 * @error: (nullable): why nothing was seen
 *
 * Returns: (transfer full): the report
 */
GBytes *
paddock_device_report_write (GPtrArray *devices, const GError *error)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (REPORT_TYPE));
  g_autoptr (GVariant) report = NULL;

  g_variant_builder_add (&builder, "i", error != NULL ? error->code : 0);
  g_variant_builder_add (&builder, "s", error != NULL ? error->message : "");
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a" DEVICE_TYPE));
  for (guint i = 0; devices != NULL && i < devices->len; i++)
    write_device (g_ptr_array_index (devices, i), &builder);
  g_variant_builder_close (&builder);
  report = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_get_data_as_bytes (report);
}

static void
read_numbers (GVariantIter *numbers, PaddockHardwareDevice *device)
{
  const char *name, *source;
  guint64 value;

  while (g_variant_iter_next (numbers, "(&st&s)", &name, &value, &source))
    for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
      if (g_str_equal (fields[i].name, name))
        paddock_hardware_number_set (get_number (device, i), value, source);
}

static PaddockHardwareDevice *
read_device (GVariant *report)
{
  g_autoptr (GVariantIter) backends = NULL;
  g_autoptr (GVariantIter) numbers = NULL;
  PaddockHardwareDeviceKind kind = PADDOCK_DEVICE_DISCRETE;
  PaddockHardwareDevice *device;
  const char *id, *name, *driver, *version, *pci, *note, *subject, *value, *kind_name, *backend;
  PaddockHardwareNoteCode code;

  g_variant_get (report, "(&s&s&s&s&s(&s&s&s)&sasa" NUMBER_TYPE ")", &id, &name, &driver, &version, &pci, &note, &subject,
                 &value, &kind_name, &backends, &numbers);
  if (*id == '\0' || !paddock_hardware_device_kind_parse (kind_name, &kind))
    return NULL;
  device = paddock_hardware_device_new (id, kind);
  device->name = or_null (name);
  device->driver = or_null (driver);
  device->driver_version = or_null (version);
  device->pci = or_null (pci);
  if (paddock_hardware_note_code_parse (note, &code))
    device->note = paddock_hardware_note_new (code, *subject != '\0' ? subject : NULL, *value != '\0' ? value : NULL);
  while (g_variant_iter_next (backends, "&s", &backend))
    paddock_hardware_device_add_backend (device, backend);
  read_numbers (numbers, device);
  return device;
}

/**
 * paddock_device_report_read:
 * @report: what the other process said
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable) (element-type PaddockHardwareDevice): what it saw
 */
GPtrArray *
paddock_device_report_read (GBytes *report, GError **error)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hardware_device_free);
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (REPORT_TYPE), report, FALSE));
  g_autoptr (GVariant) list = NULL;
  const char *message;
  gint32 code;

  if (!g_variant_is_normal_form (variant))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "what it said cannot be understood");
      return NULL;
    }
  g_variant_get (variant, "(i&s@a" DEVICE_TYPE ")", &code, &message, &list);
  if (*message != '\0')
    {
      g_set_error_literal (error, G_IO_ERROR, code, message);
      return NULL;
    }
  for (gsize i = 0; i < MIN (g_variant_n_children (list), MAX_DEVICES); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (list, i);
      PaddockHardwareDevice *device = read_device (child);

      if (device != NULL)
        g_ptr_array_add (devices, device);
    }
  return g_steal_pointer (&devices);
}
