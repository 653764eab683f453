/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/number-dialog.h"

#include <glib/gi18n.h>

#include "computer/computer-words.h"
#include "computer/number-text.h"

#define PATH_KEY "paddock-number-path"

static char *
check (const char *text, gpointer path)
{
  PaddockNumberKind kind = paddock_hardware_path_get_kind (path);
  guint64 value;

  if (!paddock_number_text_parse (text, kind, &value))
    return paddock_number_text_dup_reason (kind);
  return paddock_hardware_path_is_possible (path, value) ? NULL : g_strdup (_("That number is not possible here"));
}

static const char *
get_heading (PaddockNumberKind kind)
{
  switch (kind)
    {
    case PADDOCK_NUMBER_COUNT:
      return _("Set the Number");
    case PADDOCK_NUMBER_SPEED:
      return _("Set the Speed");
    case PADDOCK_NUMBER_SIZE:
    default:
      return _("Set the Size");
    }
}

static char *
describe (const PaddockHardwareNumber *number, PaddockNumberKind kind)
{
  gboolean found = number->overridden ? number->found_known : number->known;
  g_autofree char *value = found ? paddock_computer_words_format (number->overridden ? number->found : number->value, kind) : NULL;

  /* Translators: what follows is a number, a size or a speed. */
  return value != NULL ? g_strdup_printf (_("Found: %s"), value) : g_strdup (_("Nothing was found"));
}

/**
 * paddock_number_dialog_new:
 * @computer: a computer
 * @path: which of its numbers
 *
 * Returns: (transfer full) (nullable): the dialog
 */
PaddockEntryDialog *
paddock_number_dialog_new (const PaddockHardwareSnapshot *computer, const char *path)
{
  const PaddockHardwareNumber *number = paddock_hardware_path_find (computer, path);
  PaddockNumberKind kind = paddock_hardware_path_get_kind (path);
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;
  PaddockEntryDialog *self;

  if (number == NULL)
    return NULL;
  body = describe (number, kind);
  text = number->known ? paddock_number_text_format (number->value, kind) : g_strdup ("");
  self = paddock_entry_dialog_new (get_heading (kind), body, _("_Set"));
  g_object_set_data_full (G_OBJECT (self), PATH_KEY, g_strdup (path), g_free);
  paddock_entry_dialog_add (self, _("Value"), text, check, g_strdup (path), g_free);
  return self;
}

const char *
paddock_number_dialog_get_path (PaddockEntryDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), PATH_KEY);
}

guint64
paddock_number_dialog_get_value (PaddockEntryDialog *dialog)
{
  g_autofree char *text = paddock_entry_dialog_dup_text (dialog, 0);
  guint64 value = 0;

  return paddock_number_text_parse (text, paddock_hardware_path_get_kind (paddock_number_dialog_get_path (dialog)), &value)
    ? value : 0;
}

/**
 * paddock_number_dialog_check_size:
 * @text: what a person wrote
 *
 * Returns: (transfer full) (nullable): why it is no size of a memory
 */
char *
paddock_number_dialog_check_size (const char *text, gpointer nothing)
{
  guint64 value;

  return paddock_number_text_parse (text, PADDOCK_NUMBER_SIZE, &value) && value > 0
    ? NULL : paddock_number_text_dup_reason (PADDOCK_NUMBER_SIZE);
}
