/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gmodule.h>
#include <string.h>

/*
 * A library that stands for the one of NVIDIA's driver. The environment variable PADDOCK_FAKE_NVML says in words what
 * kind of computer it tells of: "none" has no cards, "mismatch" a driver that does not fit its kernel, "unified" a card
 * without memory of its own, "lost" one that fell off the bus, "lies" numbers that cannot be; otherwise there are two.
 */

#define SUCCESS 0
#define NOT_SUPPORTED 3
#define LOST 15
#define MISMATCH 18
#define MIB (1ull << 20)

typedef struct
{
  unsigned long long total;
  unsigned long long free;
  unsigned long long used;
} Memory;

typedef struct
{
  char short_address[16];
  unsigned int domain;
  unsigned int bus;
  unsigned int device;
  unsigned int device_id;
  unsigned int subsystem_id;
  char address[32];
} Pci;

G_MODULE_EXPORT int nvmlInit_v2 (void);
G_MODULE_EXPORT int nvmlShutdown (void);
G_MODULE_EXPORT const char *nvmlErrorString (int status);
G_MODULE_EXPORT int nvmlSystemGetDriverVersion (char *text, unsigned int length);
G_MODULE_EXPORT int nvmlDeviceGetCount_v2 (unsigned int *count);
G_MODULE_EXPORT int nvmlDeviceGetHandleByIndex_v2 (unsigned int index, void **device);
G_MODULE_EXPORT int nvmlDeviceGetName (void *device, char *text, unsigned int length);
G_MODULE_EXPORT int nvmlDeviceGetMemoryInfo (void *device, Memory *memory);
G_MODULE_EXPORT int nvmlDeviceGetPciInfo_v3 (void *device, Pci *pci);
G_MODULE_EXPORT int nvmlDeviceGetMemoryBusWidth (void *device, unsigned int *bits);
G_MODULE_EXPORT int nvmlDeviceGetMaxClockInfo (void *device, int which, unsigned int *megahertz);

static gboolean
is (const char *word)
{
  return g_strcmp0 (g_getenv ("PADDOCK_FAKE_NVML"), word) == 0;
}

int
nvmlInit_v2 (void)
{
  return is ("mismatch") ? MISMATCH : SUCCESS;
}

int
nvmlShutdown (void)
{
  return SUCCESS;
}

const char *
nvmlErrorString (int status)
{
  return status == MISMATCH ? "Driver/library version mismatch" : "Unknown Error";
}

int
nvmlSystemGetDriverVersion (char *text, unsigned int length)
{
  g_strlcpy (text, "575.64.05", length);
  return SUCCESS;
}

int
nvmlDeviceGetCount_v2 (unsigned int *count)
{
  *count = is ("none") ? 0 : is ("lies") ? 4000000000u : 2;
  return SUCCESS;
}

int
nvmlDeviceGetHandleByIndex_v2 (unsigned int index, void **device)
{
  if (index > 1 || (is ("lost") && index == 0))
    return LOST;
  *device = GUINT_TO_POINTER (index + 1);
  return SUCCESS;
}

int
nvmlDeviceGetName (void *device, char *text, unsigned int length)
{
  if (is ("lies"))
    memset (text, 0xff, length);
  else
    g_strlcpy (text, GPOINTER_TO_UINT (device) == 1 ? "NVIDIA GeForce RTX 3090" : "NVIDIA GeForce RTX 4060 Ti", length);
  return SUCCESS;
}

int
nvmlDeviceGetMemoryInfo (void *device, Memory *memory)
{
  if (is ("unified"))
    return NOT_SUPPORTED;
  memory->total = GPOINTER_TO_UINT (device) == 1 ? 24576 * MIB : 16380 * MIB;
  memory->free = is ("lies") ? memory->total + 1 : memory->total - 500 * MIB;
  memory->used = 500 * MIB;
  return SUCCESS;
}

int
nvmlDeviceGetPciInfo_v3 (void *device, Pci *pci)
{
  pci->domain = 0;
  pci->bus = is ("lies") ? 1000 : GPOINTER_TO_UINT (device);
  pci->device = 0;
  return SUCCESS;
}

int
nvmlDeviceGetMemoryBusWidth (void *device, unsigned int *bits)
{
  *bits = is ("lies") ? 0 : GPOINTER_TO_UINT (device) == 1 ? 384 : 128;
  return SUCCESS;
}

int
nvmlDeviceGetMaxClockInfo (void *device, int which, unsigned int *megahertz)
{
  if (which != 2)
    return NOT_SUPPORTED;
  *megahertz = GPOINTER_TO_UINT (device) == 1 ? 9751 : 9001;
  return SUCCESS;
}
