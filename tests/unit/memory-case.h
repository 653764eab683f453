/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-request.h"
#include "memory-truth.h"

G_BEGIN_DECLS

/**
 * TestMemoryCase:
 *
 * A point of the truth, with the model and the settings that it is about.
 */
typedef struct
{
  const TestMemoryPoint *point;
  const PaddockModelShape *shape;
  PaddockMemoryRequest request;
} TestMemoryCase;

/* Looks at one case; what is wrong is added to complaints as a line. */
typedef void (*TestMemoryCaseFunc) (const TestMemoryCase *self, GString *complaints);

/* All points that are kept with the tests; fails with the first complaints. */
void test_memory_case_check_kept  (TestMemoryCaseFunc check);
/* All points that were ever measured, where they lie beside the project; else the test is skipped. */
void test_memory_case_check_known (TestMemoryCaseFunc check);

/* Adds a line to complaints unless both numbers are the same. */
void test_memory_case_compare (const TestMemoryCase *self, const char *what, guint64 computed, guint64 truth,
                               GString *complaints);

G_END_DECLS
