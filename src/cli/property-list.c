/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "property-list.h"

#include "base/units.h"
#include "text-table.h"

struct _PaddockPropertyList
{
  GPtrArray *texts;                  /* Owned: names and values in turn */
};

/**
 * paddock_property_list_new:
 *
 * Returns: (transfer full): an empty list
 */
PaddockPropertyList *
paddock_property_list_new (void)
{
  PaddockPropertyList *self = g_new0 (PaddockPropertyList, 1);

  self->texts = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * paddock_property_list_free:
 * @self: (transfer full): a list
 */
void
paddock_property_list_free (PaddockPropertyList *self)
{
  g_ptr_array_unref (self->texts);
  g_free (self);
}

/**
 * paddock_property_list_add:
 * @self: a list
 * @name: what it is, translated
 * @value: (nullable): any bytes; nothing is added if there are none
 */
void
paddock_property_list_add (PaddockPropertyList *self, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;

  g_ptr_array_add (self->texts, g_strdup (name));
  g_ptr_array_add (self->texts, paddock_units_escape (value, -1, 0));
}

/**
 * paddock_property_list_take:
 * @self: a list
 * @name: what it is, translated
 * @value: (transfer full) (nullable): any bytes; nothing is added if there are none
 */
void
paddock_property_list_take (PaddockPropertyList *self, const char *name, char *value)
{
  g_autofree char *owned = value;

  paddock_property_list_add (self, name, owned);
}

/**
 * paddock_property_list_add_count:
 * @self: a list
 * @name: what it is, translated
 * @value: a number; nothing is added if it is below 0, which means unknown
 */
void
paddock_property_list_add_count (PaddockPropertyList *self, const char *name, gint64 value)
{
  if (value >= 0)
    paddock_property_list_take (self, name, paddock_units_format_count ((guint64) value));
}

static void
fill (guint row, char **cells, gpointer user_data)
{
  PaddockPropertyList *self = user_data;

  cells[0] = g_strdup (g_ptr_array_index (self->texts, row * 2));
  cells[1] = g_strdup (g_ptr_array_index (self->texts, row * 2 + 1));
}

/**
 * paddock_property_list_print:
 * @self: a list
 * @indent: spaces before each line
 *
 * Writes the list to standard output.
 */
void
paddock_property_list_print (PaddockPropertyList *self, const char *indent)
{
  static const PaddockTextColumn columns[] = { { NULL, FALSE, FALSE }, { NULL, FALSE, TRUE } };

  paddock_text_table_print (indent, columns, G_N_ELEMENTS (columns), self->texts->len / 2, fill, self);
}
