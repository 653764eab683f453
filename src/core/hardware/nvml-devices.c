/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/nvml-devices.h"

#include <dlfcn.h>
#include <string.h>

#include "hardware/hardware-file.h"
#include "hardware/hardware-merge.h"

#define MAX_DEVICES 64
#define TEXT_LENGTH 96
#define MEMORY_CLOCK 2
#define MEGA G_GUINT64_CONSTANT (1000000)

/* The little of NVML that is used here, declared again so that nothing of it is needed to build. Its binary interface is
 * kept: what changes gets a new name. */
typedef struct _NvmlDevice *NvmlDevice;

typedef struct
{
  unsigned long long total;
  unsigned long long free;
  unsigned long long used;
} NvmlMemory;

typedef struct
{
  char short_address[16];
  unsigned int domain;
  unsigned int bus;
  unsigned int device;
  unsigned int device_id;
  unsigned int subsystem_id;
  char address[32];
} NvmlPci;

enum
{
  NVML_SUCCESS = 0,
  NVML_NOT_SUPPORTED = 3
};

typedef struct
{
  int (*start) (void);
  int (*stop) (void);
  const char *(*describe) (int status);
  int (*get_driver_version) (char *text, unsigned int length);
  int (*get_count) (unsigned int *count);
  int (*get_handle) (unsigned int index, NvmlDevice *device);
  int (*get_name) (NvmlDevice device, char *text, unsigned int length);
  int (*get_memory) (NvmlDevice device, NvmlMemory *memory);
  int (*get_pci) (NvmlDevice device, NvmlPci *pci);
  int (*get_bus_width) (NvmlDevice device, unsigned int *bits);
  int (*get_max_clock) (NvmlDevice device, int which, unsigned int *megahertz);
} Nvml;

typedef struct
{
  const char *name;
  gsize offset;
} Symbol;

#define SYMBOL(name, field) { name, G_STRUCT_OFFSET (Nvml, field) }

static const Symbol symbols[] = {
  SYMBOL ("nvmlInit_v2", start),
  SYMBOL ("nvmlShutdown", stop),
  SYMBOL ("nvmlErrorString", describe),
  SYMBOL ("nvmlSystemGetDriverVersion", get_driver_version),
  SYMBOL ("nvmlDeviceGetCount_v2", get_count),
  SYMBOL ("nvmlDeviceGetHandleByIndex_v2", get_handle),
  SYMBOL ("nvmlDeviceGetName", get_name),
  SYMBOL ("nvmlDeviceGetMemoryInfo", get_memory),
  SYMBOL ("nvmlDeviceGetPciInfo_v3", get_pci),
};

/* Those that old drivers lack stay NULL. */
static const Symbol newer_symbols[] = {
  SYMBOL ("nvmlDeviceGetMemoryBusWidth", get_bus_width),
  SYMBOL ("nvmlDeviceGetMaxClockInfo", get_max_clock),
};

static gboolean
find_symbols (void *handle, const Symbol *wanted, gsize n, Nvml *nvml)
{
  for (gsize i = 0; i < n; i++)
    {
      void *symbol = dlsym (handle, wanted[i].name);

      if (symbol == NULL)
        return FALSE;
      memcpy ((guint8 *) nvml + wanted[i].offset, &symbol, sizeof symbol);
    }
  return TRUE;
}

static gboolean
check (const Nvml *nvml, int status, GError **error)
{
  const char *text;

  if (status == NVML_SUCCESS)
    return TRUE;
  text = nvml->describe (status);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "NVML: %s", text != NULL ? text : "?");
  return FALSE;
}

static gboolean
load (const char *library, Nvml *nvml, void **handle, GError **error)
{
  *handle = dlopen (library, RTLD_NOW | RTLD_LOCAL);
  if (*handle == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no %s", library);
      return FALSE;
    }
  if (!find_symbols (*handle, symbols, G_N_ELEMENTS (symbols), nvml))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s is too old to be asked", library);
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (newer_symbols); i++)
    find_symbols (*handle, newer_symbols + i, 1, nvml);
  return check (nvml, nvml->start (), error);
}

/* Memory of these cards moves data at both edges of its clock. */
static void
read_bandwidth (const Nvml *nvml, NvmlDevice handle, PaddockHardwareDevice *device)
{
  unsigned int bits = 0;
  unsigned int megahertz = 0;

  if (nvml->get_bus_width == NULL || nvml->get_max_clock == NULL ||
      nvml->get_bus_width (handle, &bits) != NVML_SUCCESS ||
      nvml->get_max_clock (handle, MEMORY_CLOCK, &megahertz) != NVML_SUCCESS || bits < 8 || megahertz == 0)
    return;
  paddock_hardware_number_set (&device->bandwidth, (guint64) (bits / 8) * 2 * megahertz * MEGA,
                               "NVML nvmlDeviceGetMemoryBusWidth × nvmlDeviceGetMaxClockInfo × 2");
}

static void
read_memory (const Nvml *nvml, NvmlDevice handle, PaddockHardwareDevice *device)
{
  NvmlMemory memory = { 0 };
  int status = nvml->get_memory (handle, &memory);

  if (status == NVML_SUCCESS && memory.total > 0)
    {
      paddock_hardware_number_set (&device->total, memory.total, "NVML nvmlDeviceGetMemoryInfo total");
      if (memory.free <= memory.total)
        paddock_hardware_number_set (&device->free, memory.free, "NVML nvmlDeviceGetMemoryInfo free");
    }
  /* One that shares the memory of the processor has no number of its own. */
  if (status == NVML_NOT_SUPPORTED)
    {
      device->kind = PADDOCK_DEVICE_INTEGRATED;
      device->note = paddock_hardware_note_new (PADDOCK_HARDWARE_NOTE_DEVICE_SHARES_MEMORY, NULL, NULL);
    }
}

static PaddockHardwareDevice *
read_device (const Nvml *nvml, guint index, NvmlDevice handle)
{
  g_autofree char *id = g_strdup_printf ("NVML%u", index);
  g_autoptr (PaddockHardwareDevice) device = paddock_hardware_device_new (id, PADDOCK_DEVICE_DISCRETE);
  char text[TEXT_LENGTH + 1] = "";
  NvmlPci pci = { 0 };

  if (nvml->get_name (handle, text, TEXT_LENGTH) == NVML_SUCCESS)
    device->name = paddock_hardware_note_clean (text);
  if (device->name == NULL)
    device->name = g_strdup ("NVIDIA");
  device->driver = g_strdup ("nvidia");
  memset (text, 0, sizeof text);
  if (nvml->get_driver_version (text, TEXT_LENGTH) == NVML_SUCCESS)
    device->driver_version = paddock_hardware_note_clean (text);
  if (nvml->get_pci (handle, &pci) == NVML_SUCCESS && pci.bus <= G_MAXUINT8 && pci.device < 32)
    {
      device->pci = paddock_hardware_merge_format_address (pci.domain, pci.bus, pci.device, 0);
      g_free (device->id);
      device->id = g_strdup_printf ("pci:%s", device->pci);
    }
  paddock_hardware_device_add_backend (device, "cuda");
  read_memory (nvml, handle, device);
  read_bandwidth (nvml, handle, device);
  return g_steal_pointer (&device);
}

/**
 * paddock_nvml_devices_list:
 * @library: the file name of the library
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable) (element-type PaddockHardwareDevice): the cards; it may be empty
 */
GPtrArray *
paddock_nvml_devices_list (const char *library, GError **error)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hardware_device_free);
  Nvml nvml = { 0 };
  void *handle = NULL;
  unsigned int count = 0;

  if (!load (library, &nvml, &handle, error))
    {
      if (handle != NULL)
        dlclose (handle);
      return NULL;
    }
  if (check (&nvml, nvml.get_count (&count), error))
    for (guint i = 0; i < MIN (count, MAX_DEVICES); i++)
      {
        NvmlDevice device = NULL;

        /* One that is another user's, or fell off the bus, is not counted. */
        if (nvml.get_handle (i, &device) == NVML_SUCCESS)
          g_ptr_array_add (devices, read_device (&nvml, i, device));
      }
  else
    g_clear_pointer (&devices, g_ptr_array_unref);
  nvml.stop ();
  dlclose (handle);
  return g_steal_pointer (&devices);
}
