/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-path.h"

G_BEGIN_DECLS

char       *paddock_computer_words_format       (guint64 value, PaddockNumberKind kind);   /* as its kind is written */
char       *paddock_computer_words_dup_source   (const PaddockHardwareNumber *number, PaddockNumberKind kind);
const char *paddock_computer_words_get_kind     (PaddockHardwareDeviceKind kind);
char       *paddock_computer_words_join         (GPtrArray *words);
/* The instruction sets that make a difference to models, by the names people know; NULL: none of them. */
char       *paddock_computer_words_dup_sets     (const PaddockHardwareProcessor *processor);
char       *paddock_computer_words_dup_caches   (const PaddockHardwareProcessor *processor);   /* NULL: unknown */
/* What matters most, in a line: "32 GB of memory, GeForce RTX 3090 (24 GB)". */
char       *paddock_computer_words_dup_summary  (const PaddockHardwareSnapshot *computer);   /* NULL: nothing is known */

G_END_DECLS
