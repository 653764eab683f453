/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-note.h"

#include <glib/gi18n-lib.h>

#define MAX_SHOWN 256                /* characters of a text that a person sees */

typedef struct
{
  const char *name;
  const char *sentence;              /* {subject} and {value} stand for those of the note */
} NoteRow;

/* Translators: {subject} is a file of the system, {value} the text in it. */
static const NoteRow rows[] = {
  [PADDOCK_HARDWARE_NOTE_NONSENSE] = { "nonsense", N_ ("{subject} says “{value}”, which cannot be.") },
  [PADDOCK_HARDWARE_NOTE_UNREADABLE] = { "unreadable", N_ ("{subject} cannot be read.") },
  [PADDOCK_HARDWARE_NOTE_NO_MEMORY_TOTAL] = { "no-memory-total",
                                              N_ ("The system does not say how much memory there is: {subject} names no "
                                                  "total.") },
  [PADDOCK_HARDWARE_NOTE_MORE_THAN_ALL] = { "more-than-all", N_ ("By {subject}, more is left than there is at all.") },
  [PADDOCK_HARDWARE_NOTE_FLATPAK] = { "flatpak",
                                      N_ ("Paddock runs in a Flatpak sandbox: programs outside it cannot be seen, and "
                                          "graphics drivers only as far as the sandbox has them.") },
  [PADDOCK_HARDWARE_NOTE_CONTAINER] = { "container",
                                        N_ ("Paddock runs in a container: devices that were not given to it cannot be "
                                            "seen.") },
  [PADDOCK_HARDWARE_NOTE_MEMORY_LIMIT] = { "memory-limit",
                                           N_ ("Paddock may use less memory than the computer has: {subject} limits "
                                               "it.") },
  [PADDOCK_HARDWARE_NOTE_PROCESSOR_LIMIT] = { "processor-limit",
                                              N_ ("Paddock may use only a part of the processor: {subject} limits it.") },
  [PADDOCK_HARDWARE_NOTE_COMPRESSED_SWAP] = { "compressed-swap",
                                              N_ ("Swap is held in memory, compressed: moving a model there hardly makes "
                                                  "room.") },
  /* Translators: {subject} is a device, {value} two sizes with where each comes from. */
  [PADDOCK_HARDWARE_NOTE_DEVICE_DISAGREEMENT] = { "device-disagreement",
                                                  N_ ("It is not sure how much memory {subject} has: {value}. The first is "
                                                      "used.") },
  /* Translators: {subject} and {value} are sizes. Vulkan and ROCm are ways to compute with graphics processors. */
  [PADDOCK_HARDWARE_NOTE_DEVICE_CARVE_OUT] = { "device-carve-out",
                                               N_ ("{subject} is set aside for it, and it may use {value} of the computer’s "
                                                   "memory beside that. Vulkan uses both; ROCm uses the larger of the two, "
                                                   "with older kernels only what is set aside.") },
  [PADDOCK_HARDWARE_NOTE_DEVICE_SHARES_MEMORY] = { "device-shares-memory",
                                                   N_ ("It has no memory of its own and works in the computer’s.") },
  /* Translators: {subject} is a size. “Resizable BAR” is what settings of firmware call it. */
  [PADDOCK_HARDWARE_NOTE_DEVICE_SMALL_WINDOW] = { "device-small-window",
                                                  N_ ("The processor reaches only {subject} of its memory at a time. "
                                                      "“Resizable BAR” in the settings of the firmware makes loading "
                                                      "faster.") },
  /* Translators: {subject} is “Vulkan”, “OpenCL” or “NVML”, {value} what is wrong. */
  [PADDOCK_HARDWARE_NOTE_DRIVER_SILENT] = { "driver-silent", N_ ("{subject} could not be asked about devices: {value}.") },
  [PADDOCK_HARDWARE_NOTE_MORE] = { "more",
                                   N_ ("More is wrong with what the system says about itself than is shown here.") },
};

/**
 * paddock_hardware_note_new:
 * @code: what there is to know
 * @subject: (nullable): what it is about, any bytes
 * @value: (nullable): what that says, any bytes
 *
 * Returns: (transfer full): a note
 */
PaddockHardwareNote *
paddock_hardware_note_new (PaddockHardwareNoteCode code, const char *subject, const char *value)
{
  PaddockHardwareNote *self = g_new0 (PaddockHardwareNote, 1);

  self->code = code;
  self->subject = subject != NULL ? paddock_hardware_note_clean (subject) : NULL;
  self->value = value != NULL ? paddock_hardware_note_clean (value) : NULL;
  return self;
}

/**
 * paddock_hardware_note_copy:
 * @self: a note
 *
 * Returns: (transfer full): another one that says the same
 */
PaddockHardwareNote *
paddock_hardware_note_copy (const PaddockHardwareNote *self)
{
  return paddock_hardware_note_new (self->code, self->subject, self->value);
}

/**
 * paddock_hardware_note_free:
 * @self: (transfer full): a note
 */
void
paddock_hardware_note_free (PaddockHardwareNote *self)
{
  g_free (self->subject);
  g_free (self->value);
  g_free (self);
}

/**
 * paddock_hardware_note_equal:
 * @self: a note
 * @other: another
 *
 * Returns: whether they say the same
 */
gboolean
paddock_hardware_note_equal (const PaddockHardwareNote *self, const PaddockHardwareNote *other)
{
  return self->code == other->code && g_strcmp0 (self->subject, other->subject) == 0 &&
         g_strcmp0 (self->value, other->value) == 0;
}

/**
 * paddock_hardware_note_describe:
 * @self: a note
 *
 * Returns: (transfer full): a sentence in the person’s language
 */
char *
paddock_hardware_note_describe (const PaddockHardwareNote *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *at;

  g_return_val_if_fail ((guint) self->code < G_N_ELEMENTS (rows), NULL);

  at = _(rows[self->code].sentence);
  /* In one pass: braces in a file's own words stay what they are. */
  while (*at != '\0')
    {
      if (g_str_has_prefix (at, "{subject}"))
        {
          g_string_append (text, self->subject != NULL ? self->subject : "");
          at += sizeof "{subject}" - 1;
        }
      else if (g_str_has_prefix (at, "{value}"))
        {
          g_string_append (text, self->value != NULL ? self->value : "");
          at += sizeof "{value}" - 1;
        }
      else
        {
          g_string_append_c (text, *at++);
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * paddock_hardware_note_code_get_name:
 * @code: what there is to know
 *
 * Returns: (transfer none): its name in JSON
 */
const char *
paddock_hardware_note_code_get_name (PaddockHardwareNoteCode code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (rows), NULL);

  return rows[code].name;
}

/**
 * paddock_hardware_note_code_parse:
 * @name: a name as above
 * @code: (out): what it stands for
 *
 * Returns: whether there is one of that name
 */
gboolean
paddock_hardware_note_code_parse (const char *name, PaddockHardwareNoteCode *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].name, name))
      {
        *code = (PaddockHardwareNoteCode) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * paddock_hardware_note_clean:
 * @text: any bytes
 *
 * Returns: (transfer full) (nullable): the same fit to be shown, %NULL if nothing is left
 */
char *
paddock_hardware_note_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) clean = g_string_new (NULL);
  guint n_characters = 0;

  for (const char *at = valid; *at != '\0' && n_characters < MAX_SHOWN; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      gboolean blank = g_unichar_isspace (character);

      if (!blank && !g_unichar_isprint (character))
        continue;
      if (blank && (clean->len == 0 || clean->str[clean->len - 1] == ' '))
        continue;
      g_string_append_unichar (clean, blank ? ' ' : character);
      n_characters++;
    }
  if (clean->len > 0 && clean->str[clean->len - 1] == ' ')
    g_string_truncate (clean, clean->len - 1);
  return clean->len > 0 ? g_string_free (g_steal_pointer (&clean), FALSE) : NULL;
}
