/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"

G_BEGIN_DECLS

/* How a number about a computer is written: a size, a speed, a count. */
typedef char *(*PaddockNumberFormat) (guint64 value);

char       *paddock_computer_words_format_size  (guint64 value);
char       *paddock_computer_words_format_speed (guint64 value);   /* of bytes per second */
char       *paddock_computer_words_format_count (guint64 value);

char       *paddock_computer_words_dup_source   (const PaddockHardwareNumber *number, PaddockNumberFormat format);
const char *paddock_computer_words_get_kind     (PaddockHardwareDeviceKind kind);
char       *paddock_computer_words_join         (GPtrArray *words);
/* The instruction sets that make a difference to models, by the names people know; NULL: none of them. */
char       *paddock_computer_words_dup_sets     (const PaddockHardwareProcessor *processor);
char       *paddock_computer_words_dup_caches   (const PaddockHardwareProcessor *processor);   /* NULL: unknown */

G_END_DECLS
