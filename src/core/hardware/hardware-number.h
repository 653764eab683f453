/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Larger than anything a computer has: a file that says more is wrong, and every number fits into JSON. */
#define PADDOCK_HARDWARE_NUMBER_MAX (G_GUINT64_CONSTANT (1) << 60)

/**
 * PaddockHardwareNumber:
 *
 * A number about this computer, and where it comes from: a file, a call, a measurement, or the person. Bytes, bytes per
 * second or a count, as the field that holds it says.
 */
typedef struct
{
  guint64 value;
  gboolean known;
  char *source;                      /* Owned: "/proc/meminfo MemTotal"; NULL: nobody said */

  gboolean overridden;               /* the person knows better */
  gboolean found_known;              /* before the override */
  guint64 found;
  char *found_source;                /* Owned */
} PaddockHardwareNumber;

/* What is larger than the maximum stays unknown. The source may be any bytes. */
void     paddock_hardware_number_set      (PaddockHardwareNumber *self, guint64 value, const char *source);
/* The first override keeps what was found; the next ones keep that too. */
void     paddock_hardware_number_override (PaddockHardwareNumber *self, guint64 value, const char *source);
void     paddock_hardware_number_restore  (PaddockHardwareNumber *self);
void     paddock_hardware_number_copy     (PaddockHardwareNumber *self, const PaddockHardwareNumber *other);
void     paddock_hardware_number_clear    (PaddockHardwareNumber *self);
gboolean paddock_hardware_number_equal    (const PaddockHardwareNumber *self, const PaddockHardwareNumber *other);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PaddockHardwareNumber, paddock_hardware_number_clear)

G_END_DECLS
