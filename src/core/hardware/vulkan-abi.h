/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The little of Vulkan 1.1 that is needed to ask which devices there are. It is declared again, so that nothing of Vulkan
 * is needed to build: the binary interface never changes, and the library is looked for when the program runs.
 */
typedef struct VkInstance_T *PaddockVkInstance;
typedef struct VkPhysicalDevice_T *PaddockVkDevice;
typedef void (*PaddockVkFunction) (void);

#define PADDOCK_VK_SUCCESS 0
#define PADDOCK_VK_INCOMPLETE 5
#define PADDOCK_VK_NO_DRIVER (-9)
#define PADDOCK_VK_VERSION_1_1 ((1u << 22) | (1u << 12))
#define PADDOCK_VK_MAX_HEAPS 16
#define PADDOCK_VK_MAX_TYPES 32
#define PADDOCK_VK_HEAP_IS_LOCAL 1u

/* The kinds of structures. */
enum
{
  PADDOCK_VK_APPLICATION = 0,
  PADDOCK_VK_INSTANCE = 1,
  PADDOCK_VK_PROPERTIES = 1000059001,
  PADDOCK_VK_MEMORY = 1000059006,
  PADDOCK_VK_DRIVER = 1000196000,
  PADDOCK_VK_PLACE = 1000212000,
  PADDOCK_VK_BUDGET = 1000237000
};

#define PADDOCK_VK_KIND_INTEGRATED 1
#define PADDOCK_VK_KIND_DISCRETE 2
#define PADDOCK_VK_KIND_VIRTUAL 3
#define PADDOCK_VK_KIND_CPU 4

typedef struct
{
  guint32 kind;
  const void *next;
  const char *name;
  guint32 version;
  const char *engine;
  guint32 engine_version;
  guint32 api_version;
} PaddockVkApplication;

typedef struct
{
  guint32 kind;
  const void *next;
  guint32 flags;
  const PaddockVkApplication *application;
  guint32 n_layers;
  const char *const *layers;
  guint32 n_extensions;
  const char *const *extensions;
} PaddockVkInstanceInfo;

typedef struct
{
  char name[256];
  guint32 version;
} PaddockVkExtension;

typedef struct
{
  guint32 kind;
  void *next;
  guint32 api_version, driver_version;
  guint32 vendor, device, device_kind;
  char name[256];
  guint8 cache_id[16];
  guint64 limits[66];                /* limits and sparse properties, of which nothing is read */
} PaddockVkProperties;

typedef struct
{
  guint32 kind;
  void *next;
  guint32 id;
  char name[256];
  char info[256];
  guint8 conformance[4];
} PaddockVkDriver;

typedef struct
{
  guint32 kind;
  void *next;
  guint32 domain, bus, device, function;
} PaddockVkPlace;

typedef struct
{
  guint32 kind;
  void *next;
  guint32 n_types;
  guint32 types[PADDOCK_VK_MAX_TYPES][2];
  guint32 n_heaps;
  struct
  {
    guint64 size;
    guint32 flags;
  } heaps[PADDOCK_VK_MAX_HEAPS];
} PaddockVkMemory;

typedef struct
{
  guint32 kind;
  void *next;
  guint64 budget[PADDOCK_VK_MAX_HEAPS];
  guint64 usage[PADDOCK_VK_MAX_HEAPS];
} PaddockVkBudget;

G_END_DECLS
