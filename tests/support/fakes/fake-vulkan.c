/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gmodule.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "hardware/vulkan-abi.h"

/*
 * A library that stands for Vulkan's. It tells of a card, a processor with graphics, software, and a virtual device. The
 * environment variable PADDOCK_FAKE_VULKAN says in a word what is wrong with it: "crash" and "hang" while the drivers
 * are loaded, "refuse" to start, "empty" without drivers, "old" without the functions of
 * 1.1, "plain" without any extension, "lies" with numbers that cannot be, "chatter" with a driver that writes to the
 * output.
 */

#define N_DEVICES 4
#define GIB (G_GUINT64_CONSTANT (1) << 30)
#define MIB (G_GUINT64_CONSTANT (1) << 20)

enum
{
  CARD = 1,
  PROCESSOR_GRAPHICS,
  SOFTWARE,
  VIRTUAL
};

G_MODULE_EXPORT PaddockVkFunction vkGetInstanceProcAddr (PaddockVkInstance instance, const char *name);

static gboolean
is (const char *word)
{
  return g_strcmp0 (g_getenv ("PADDOCK_FAKE_VULKAN"), word) == 0;
}

static gint32
create (const PaddockVkInstanceInfo *info, const void *allocator, PaddockVkInstance *instance)
{
  if (is ("crash"))
    raise (SIGSEGV);
  while (is ("hang"))
    pause ();
  if (is ("chatter"))
    g_assert_cmpint (write (STDOUT_FILENO, "driver: hello\n", 14), ==, 14);
  if (is ("empty"))
    return PADDOCK_VK_NO_DRIVER;
  if (is ("refuse") || info->application->api_version != PADDOCK_VK_VERSION_1_1)
    return -3;
  *instance = GUINT_TO_POINTER (1);
  return PADDOCK_VK_SUCCESS;
}

static void
destroy (PaddockVkInstance instance, const void *allocator)
{
}

static gint32
list_devices (PaddockVkInstance instance, guint32 *n, PaddockVkDevice *devices)
{
  for (guint i = 0; i < N_DEVICES; i++)
    devices[i] = GUINT_TO_POINTER (i + 1);
  *n = is ("lies") ? 1u << 30 : N_DEVICES;
  /* Only as many as are there may be looked at, whatever the number says. */
  for (guint i = N_DEVICES; is ("lies") && i < 64; i++)
    devices[i] = GUINT_TO_POINTER (SOFTWARE);
  return PADDOCK_VK_SUCCESS;
}

static gint32
list_extensions (PaddockVkDevice device, const char *layer, guint32 *n, PaddockVkExtension *extensions)
{
  static const char *const names[] = { "VK_KHR_swapchain", "VK_EXT_pci_bus_info", "VK_EXT_memory_budget",
                                       "VK_KHR_driver_properties" };

  *n = is ("plain") ? 1 : G_N_ELEMENTS (names);
  for (guint i = 0; i < *n; i++)
    g_strlcpy (extensions[i].name, names[i], sizeof extensions[i].name);
  return PADDOCK_VK_SUCCESS;
}

/* The structures are chained in the order that the caller likes. */
static void
get_properties (PaddockVkDevice device, PaddockVkProperties *properties)
{
  static const guint32 kinds[] = { 0, PADDOCK_VK_KIND_DISCRETE, PADDOCK_VK_KIND_INTEGRATED, PADDOCK_VK_KIND_CPU,
                                   PADDOCK_VK_KIND_VIRTUAL };
  static const char *const names[] = { "", "AMD Radeon RX 7900 XTX (RADV NAVI31)", "Intel(R) Arc(tm) Graphics (MTL)",
                                       "llvmpipe (LLVM 19.1.7, 256 bits)", "Virtio-GPU Venus" };
  guint which = GPOINTER_TO_UINT (device);

  properties->device_kind = kinds[which];
  properties->vendor = which == CARD ? 0x1002 : 0x8086;
  if (is ("lies"))
    memset (properties->name, 0xff, sizeof properties->name);
  else
    g_strlcpy (properties->name, names[which], sizeof properties->name);
  for (PaddockVkPlace *next = properties->next; next != NULL; next = next->next)
    if (next->kind == PADDOCK_VK_PLACE)
      {
        next->bus = is ("lies") ? 1u << 20 : which == CARD ? 3 : 0;
        next->device = which == CARD ? 0 : 2;
      }
    else if (next->kind == PADDOCK_VK_DRIVER)
      {
        g_strlcpy (((PaddockVkDriver *) next)->name, "radv", 256);
        g_strlcpy (((PaddockVkDriver *) next)->info, "Mesa 25.1.3", 256);
      }
}

static void
get_memory (PaddockVkDevice device, PaddockVkMemory *memory)
{
  PaddockVkBudget *budget = memory->next;
  gboolean card = GPOINTER_TO_UINT (device) == CARD;

  memory->n_heaps = is ("lies") ? 1u << 31 : 2;
  memory->heaps[0].size = is ("lies") ? G_MAXUINT64 : card ? 24 * GIB - 256 * MIB : 16 * GIB;
  memory->heaps[0].flags = PADDOCK_VK_HEAP_IS_LOCAL;
  memory->heaps[1].size = card ? 32 * GIB : 8 * GIB;
  if (budget == NULL)
    return;
  budget->budget[0] = 20 * GIB;
  budget->usage[0] = GIB;
  budget->budget[1] = 30 * GIB;
}

static PaddockVkFunction
as_function (gconstpointer symbol)
{
  PaddockVkFunction function;

  memcpy (&function, &symbol, sizeof function);
  return function;
}

PaddockVkFunction
vkGetInstanceProcAddr (PaddockVkInstance instance, const char *name)
{
  const struct
  {
    const char *name;
    gconstpointer function;
  } functions[] = {
    { "vkCreateInstance", (gconstpointer) create },
    { "vkDestroyInstance", (gconstpointer) destroy },
    { "vkEnumeratePhysicalDevices", (gconstpointer) list_devices },
    { "vkEnumerateDeviceExtensionProperties", (gconstpointer) list_extensions },
    { "vkGetPhysicalDeviceProperties2", (gconstpointer) get_properties },
    { "vkGetPhysicalDeviceMemoryProperties2", (gconstpointer) get_memory },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].name, name) && !(is ("old") && strchr (name, '2') != NULL))
      return as_function (functions[i].function);
  return NULL;
}
