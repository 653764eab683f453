/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/placement-strategy.h"

G_BEGIN_DECLS

#define TEST_MIB (G_GUINT64_CONSTANT (1) << 20)

/* In MiB; 0 is unknown. */
typedef struct
{
  const char *id;                    /* NULL: the end */
  PaddockHardwareDeviceKind kind;
  guint total, free, shared;
  guint bandwidth;                   /* per second */
} TestPlacementDevice;

/* A computer with so many MiB of memory, which may be unknown, and these devices (nullable). */
PaddockHardwareSnapshot *test_placement_machine (guint total, guint available, const TestPlacementDevice *devices);

/* A model with layers that are alike, in MiB, without whatever else a model has. */
PaddockPlacementLoad *test_placement_load (guint layers, guint dense, guint experts, guint cache);

/* Places it, and checks what holds for every placement. */
PaddockPlacement *test_placement_run   (const PaddockPlacementStrategy *strategy, GPtrArray *devices,
                                        const PaddockPlacementLoad *load);
void              test_placement_check (const PaddockPlacement *placement, const PaddockPlacementLoad *load);

G_END_DECLS
