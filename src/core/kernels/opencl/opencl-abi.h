/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The little of OpenCL 1.2 that is used here. It is declared again, so that nothing of OpenCL is needed to build: the
 * binary interface has been the same since 2009, and the library is looked for when the program runs.
 */
typedef struct _cl_platform_id *PaddockClPlatform;
typedef struct _cl_device_id *PaddockClDevice;
typedef struct _cl_context *PaddockClContext;
typedef struct _cl_command_queue *PaddockClQueue;
typedef struct _cl_program *PaddockClProgram;
typedef struct _cl_kernel *PaddockClKernel;
typedef struct _cl_mem *PaddockClMemory;
typedef struct _cl_event *PaddockClEvent;

enum
{
  PADDOCK_CL_SUCCESS = 0,
  PADDOCK_CL_DEVICE_NOT_FOUND = -1,
  PADDOCK_CL_DEVICE_NOT_AVAILABLE = -2,
  PADDOCK_CL_ALLOCATION_FAILED = -4,
  PADDOCK_CL_OUT_OF_RESOURCES = -5,
  PADDOCK_CL_OUT_OF_HOST_MEMORY = -6,
  PADDOCK_CL_BUILD_FAILURE = -11,
  PADDOCK_CL_NO_PLATFORM = -1001     /* what the loader says when nothing is installed */
};

enum
{
  PADDOCK_CL_PLATFORM_VERSION = 0x0901
};

enum
{
  PADDOCK_CL_DEVICE_TYPE = 0x1000,
  PADDOCK_CL_DEVICE_MAX_WORK_GROUP_SIZE = 0x1004,
  PADDOCK_CL_DEVICE_MAX_ALLOCATION = 0x1010,
  PADDOCK_CL_DEVICE_SINGLE_FP_CONFIG = 0x101b,
  PADDOCK_CL_DEVICE_GLOBAL_MEMORY = 0x101f,
  PADDOCK_CL_DEVICE_ENDIAN_LITTLE = 0x1026,
  PADDOCK_CL_DEVICE_AVAILABLE = 0x1027,
  PADDOCK_CL_DEVICE_COMPILER_AVAILABLE = 0x1028,
  PADDOCK_CL_DEVICE_NAME = 0x102b,
  PADDOCK_CL_DEVICE_VENDOR = 0x102c,
  PADDOCK_CL_DRIVER_VERSION = 0x102d,
  PADDOCK_CL_DEVICE_PROFILE = 0x102e,
  PADDOCK_CL_DEVICE_HOST_UNIFIED_MEMORY = 0x1035
};

/* Kinds of devices, and what they can do with floats: bits. */
enum
{
  PADDOCK_CL_KIND_CPU = 1 << 1,
  PADDOCK_CL_KIND_GPU = 1 << 2,
  PADDOCK_CL_KIND_ACCELERATOR = 1 << 3
};
#define PADDOCK_CL_KIND_ALL G_GUINT64_CONSTANT (0xffffffff)

enum
{
  PADDOCK_CL_FLOAT_DENORM = 1 << 0,
  PADDOCK_CL_FLOAT_INF_NAN = 1 << 1,
  PADDOCK_CL_FLOAT_ROUND_TO_NEAREST = 1 << 2
};

enum
{
  PADDOCK_CL_MEMORY_WRITE_ONLY = 1 << 1,
  PADDOCK_CL_MEMORY_READ_ONLY = 1 << 2,
  PADDOCK_CL_MEMORY_USE_HOST_POINTER = 1 << 3
};

enum
{
  PADDOCK_CL_MAP_READ = 1 << 0
};

enum
{
  PADDOCK_CL_PROGRAM_BINARY_SIZES = 0x1165,
  PADDOCK_CL_PROGRAM_BINARIES = 0x1166,
  PADDOCK_CL_PROGRAM_BUILD_LOG = 0x1183
};

G_END_DECLS
