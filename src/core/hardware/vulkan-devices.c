/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/vulkan-devices.h"

#include <dlfcn.h>
#include <string.h>

#include "hardware/hardware-file.h"
#include "hardware/hardware-merge.h"
#include "hardware/vulkan-abi.h"

#define MAX_DEVICES 64
#define MAX_EXTENSIONS 1024
#define NVIDIA 0x10de

typedef struct
{
  PaddockVkFunction (*get_function) (PaddockVkInstance instance, const char *name);
  gint32 (*create) (const PaddockVkInstanceInfo *info, const void *allocator, PaddockVkInstance *instance);
  void (*destroy) (PaddockVkInstance instance, const void *allocator);
  gint32 (*list_devices) (PaddockVkInstance instance, guint32 *n, PaddockVkDevice *devices);
  gint32 (*list_extensions) (PaddockVkDevice device, const char *layer, guint32 *n, PaddockVkExtension *extensions);
  void (*get_properties) (PaddockVkDevice device, PaddockVkProperties *properties);
  void (*get_memory) (PaddockVkDevice device, PaddockVkMemory *memory);
  PaddockVkInstance instance;
} Vulkan;

typedef struct
{
  const char *name;
  gsize offset;
} Symbol;

#define SYMBOL(name, field) { name, G_STRUCT_OFFSET (Vulkan, field) }

static const Symbol symbols[] = {
  SYMBOL ("vkDestroyInstance", destroy),
  SYMBOL ("vkEnumeratePhysicalDevices", list_devices),
  SYMBOL ("vkEnumerateDeviceExtensionProperties", list_extensions),
  SYMBOL ("vkGetPhysicalDeviceProperties2", get_properties),
  SYMBOL ("vkGetPhysicalDeviceMemoryProperties2", get_memory),
};

static gboolean
find_symbol (Vulkan *vulkan, const char *name, gsize offset)
{
  PaddockVkFunction function = vulkan->get_function (vulkan->instance, name);

  memcpy ((guint8 *) vulkan + offset, &function, sizeof function);
  return function != NULL;
}

static gboolean
start (Vulkan *vulkan, void *handle, GError **error)
{
  const PaddockVkApplication application = {
    .kind = PADDOCK_VK_APPLICATION,
    .name = "paddock",
    .api_version = PADDOCK_VK_VERSION_1_1,
  };
  const PaddockVkInstanceInfo info = { .kind = PADDOCK_VK_INSTANCE, .application = &application };
  void *symbol = dlsym (handle, "vkGetInstanceProcAddr");
  gint32 status;

  memcpy (&vulkan->get_function, &symbol, sizeof symbol);
  if (symbol == NULL || !find_symbol (vulkan, "vkCreateInstance", G_STRUCT_OFFSET (Vulkan, create)))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "the library is not Vulkan");
      return FALSE;
    }
  status = vulkan->create (&info, NULL, &vulkan->instance);
  if (status != PADDOCK_VK_SUCCESS)
    {
      /* The library alone, without any driver, is installed on many computers. */
      g_set_error (error, G_IO_ERROR, status == PADDOCK_VK_NO_DRIVER ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_FAILED,
                   "vkCreateInstance failed with %d", status);
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (!find_symbol (vulkan, symbols[i].name, symbols[i].offset))
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "the library has no %s", symbols[i].name);
        return FALSE;
      }
  return TRUE;
}

static gboolean
has_extension (const PaddockVkExtension *extensions, guint32 n, const char *name)
{
  for (guint32 i = 0; i < n; i++)
    if (strncmp (extensions[i].name, name, sizeof extensions[i].name) == 0)
      return TRUE;
  return FALSE;
}

/* What the memory means depends on the device: an integrated one uses all heaps, a discrete one those that are its own. */
static void
read_memory (const PaddockVkProperties *properties, const PaddockVkMemory *memory, const PaddockVkBudget *budget,
             PaddockHardwareDevice *device)
{
  gboolean integrated = device->kind == PADDOCK_DEVICE_INTEGRATED;
  guint32 n_heaps = MIN (memory->n_heaps, PADDOCK_VK_MAX_HEAPS);
  guint64 total = 0;
  guint64 free = 0;

  for (guint32 i = 0; i < n_heaps; i++)
    {
      guint64 size = memory->heaps[i].size;
      guint64 left = budget != NULL ? budget->budget[i] - MIN (budget->usage[i], budget->budget[i]) : 0;

      if (!integrated && (memory->heaps[i].flags & PADDOCK_VK_HEAP_IS_LOCAL) == 0)
        continue;
      if (size > PADDOCK_HARDWARE_NUMBER_MAX / PADDOCK_VK_MAX_HEAPS)
        return;
      /* This maker's drivers show a part of the memory once more, as the part that the processor reaches. */
      if (properties->vendor == NVIDIA && !integrated && size <= total)
        continue;
      total = properties->vendor == NVIDIA && !integrated ? size : total + size;
      free = properties->vendor == NVIDIA && !integrated ? MIN (left, size) : free + MIN (left, size);
    }
  if (total == 0)
    return;
  paddock_hardware_number_set (integrated ? &device->shared : &device->total, total,
                               "Vulkan vkGetPhysicalDeviceMemoryProperties2 heaps");
  /* What an integrated device has free in both is not what is free of its own. */
  if (budget != NULL && !integrated)
    paddock_hardware_number_set (&device->free, free, "Vulkan VK_EXT_memory_budget");
}

static PaddockHardwareDevice *
describe (guint index, const PaddockVkProperties *properties, const PaddockVkPlace *place, const PaddockVkDriver *driver)
{
  g_autofree char *id = g_strdup_printf ("Vulkan%u", index);
  PaddockHardwareDevice *device = paddock_hardware_device_new (
    id, properties->device_kind == PADDOCK_VK_KIND_INTEGRATED ? PADDOCK_DEVICE_INTEGRATED : PADDOCK_DEVICE_DISCRETE);
  g_autofree char *name = g_strndup (properties->name, sizeof properties->name);

  device->name = paddock_hardware_note_clean (name);
  if (place != NULL && place->bus <= G_MAXUINT8 && place->device < 32 && place->function < 8)
    {
      device->pci = paddock_hardware_merge_format_address (place->domain, place->bus, place->device, place->function);
      g_free (device->id);
      device->id = g_strdup_printf ("pci:%s", device->pci);
    }
  if (driver != NULL)
    {
      g_autofree char *driver_name = g_strndup (driver->name, sizeof driver->name);
      g_autofree char *driver_info = g_strndup (driver->info, sizeof driver->info);

      device->driver = paddock_hardware_note_clean (driver_name);
      device->driver_version = paddock_hardware_note_clean (driver_info);
    }
  paddock_hardware_device_add_backend (device, "vulkan");
  return device;
}

static PaddockHardwareDevice *
read_device (const Vulkan *vulkan, guint index, PaddockVkDevice handle)
{
  g_autofree PaddockVkExtension *extensions = g_new0 (PaddockVkExtension, MAX_EXTENSIONS);
  PaddockVkDriver driver = { .kind = PADDOCK_VK_DRIVER };
  PaddockVkPlace place = { .kind = PADDOCK_VK_PLACE };
  PaddockVkProperties properties = { .kind = PADDOCK_VK_PROPERTIES };
  PaddockVkBudget budget = { .kind = PADDOCK_VK_BUDGET };
  PaddockVkMemory memory = { .kind = PADDOCK_VK_MEMORY };
  PaddockHardwareDevice *device;
  guint32 n_extensions = MAX_EXTENSIONS;
  gboolean knows_place, knows_driver, knows_budget;
  gint32 status = vulkan->list_extensions (handle, NULL, &n_extensions, extensions);

  if (status != PADDOCK_VK_SUCCESS && status != PADDOCK_VK_INCOMPLETE)
    n_extensions = 0;
  n_extensions = MIN (n_extensions, MAX_EXTENSIONS);
  knows_place = has_extension (extensions, n_extensions, "VK_EXT_pci_bus_info");
  knows_driver = has_extension (extensions, n_extensions, "VK_KHR_driver_properties");
  knows_budget = has_extension (extensions, n_extensions, "VK_EXT_memory_budget");
  if (knows_driver)
    properties.next = &driver;
  if (knows_place)
    {
      place.next = properties.next;
      properties.next = &place;
    }
  if (knows_budget)
    memory.next = &budget;
  vulkan->get_properties (handle, &properties);
  /* Software on the processor is no device, and a virtual one belongs to somebody else. */
  if (properties.device_kind != PADDOCK_VK_KIND_INTEGRATED && properties.device_kind != PADDOCK_VK_KIND_DISCRETE)
    return NULL;
  vulkan->get_memory (handle, &memory);
  device = describe (index, &properties, knows_place ? &place : NULL, knows_driver ? &driver : NULL);
  read_memory (&properties, &memory, knows_budget ? &budget : NULL, device);
  return device;
}

static GPtrArray *
read_devices (const Vulkan *vulkan, GError **error)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hardware_device_free);
  PaddockVkDevice handles[MAX_DEVICES];
  guint32 n_handles = MAX_DEVICES;
  gint32 status = vulkan->list_devices (vulkan->instance, &n_handles, handles);

  if (status != PADDOCK_VK_SUCCESS && status != PADDOCK_VK_INCOMPLETE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "vkEnumeratePhysicalDevices failed with %d", status);
      return NULL;
    }
  for (guint32 i = 0; i < MIN (n_handles, MAX_DEVICES); i++)
    {
      PaddockHardwareDevice *device = read_device (vulkan, i, handles[i]);

      if (device != NULL)
        g_ptr_array_add (devices, device);
    }
  return g_steal_pointer (&devices);
}

/**
 * paddock_vulkan_devices_list:
 * @library: the file name of the library
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable) (element-type PaddockHardwareDevice): the devices; it may be empty
 */
GPtrArray *
paddock_vulkan_devices_list (const char *library, GError **error)
{
  /* Never unloaded: drivers keep threads of their own. */
  void *handle = dlopen (library, RTLD_NOW | RTLD_LOCAL);
  GPtrArray *devices = NULL;
  Vulkan vulkan = { 0 };

  if (handle == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no %s", library);
      return NULL;
    }
  if (start (&vulkan, handle, error))
    devices = read_devices (&vulkan, error);
  if (vulkan.instance != NULL && vulkan.destroy != NULL)
    vulkan.destroy (vulkan.instance, NULL);
  return devices;
}
