/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What there is to know about a computer, or why something could not be found out. */
typedef enum
{
  PADDOCK_HARDWARE_NOTE_NONSENSE,            /* subject: a file; value: what it says */
  PADDOCK_HARDWARE_NOTE_UNREADABLE,          /* subject: a file that each computer has */
  PADDOCK_HARDWARE_NOTE_NO_MEMORY_TOTAL,     /* subject: the file that should say it */
  PADDOCK_HARDWARE_NOTE_MORE_THAN_ALL,       /* subject: a file by which more is left than there is */
  PADDOCK_HARDWARE_NOTE_FLATPAK,
  PADDOCK_HARDWARE_NOTE_CONTAINER,
  PADDOCK_HARDWARE_NOTE_MEMORY_LIMIT,        /* subject: the file that limits it */
  PADDOCK_HARDWARE_NOTE_PROCESSOR_LIMIT,     /* subject: the file that limits it */
  PADDOCK_HARDWARE_NOTE_COMPRESSED_SWAP,
  PADDOCK_HARDWARE_NOTE_DEVICE_DISAGREEMENT, /* subject: a device; value: sizes, each with its source */
  PADDOCK_HARDWARE_NOTE_DEVICE_CARVE_OUT,    /* subject: what is set aside; value: what it may use beside that */
  PADDOCK_HARDWARE_NOTE_DEVICE_SHARES_MEMORY,
  PADDOCK_HARDWARE_NOTE_DEVICE_SMALL_WINDOW, /* subject: how much the processor reaches at a time */
  PADDOCK_HARDWARE_NOTE_DRIVER_SILENT,       /* subject: who could not be asked; value: why */
  PADDOCK_HARDWARE_NOTE_MORE                 /* the last of too many */
} PaddockHardwareNoteCode;

/**
 * PaddockHardwareNote:
 *
 * One of them. The texts in it may come from files; they are fit to be shown.
 */
typedef struct
{
  PaddockHardwareNoteCode code;
  char *subject;                     /* NULL: the sentence needs none */
  char *value;
} PaddockHardwareNote;

PaddockHardwareNote *paddock_hardware_note_new  (PaddockHardwareNoteCode code, const char *subject, const char *value);
PaddockHardwareNote *paddock_hardware_note_copy (const PaddockHardwareNote *self);
void                 paddock_hardware_note_free (PaddockHardwareNote *self);

gboolean    paddock_hardware_note_equal    (const PaddockHardwareNote *self, const PaddockHardwareNote *other);
char       *paddock_hardware_note_describe (const PaddockHardwareNote *self);   /* a translated sentence */

const char *paddock_hardware_note_code_get_name (PaddockHardwareNoteCode code);   /* "nonsense", "memory-limit" */
gboolean    paddock_hardware_note_code_parse    (const char *name, PaddockHardwareNoteCode *code);

/* Any bytes made fit to be shown: valid UTF-8, one line, single blanks, at most 256 characters; NULL: nothing is left. */
char       *paddock_hardware_note_clean         (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHardwareNote, paddock_hardware_note_free)

G_END_DECLS
