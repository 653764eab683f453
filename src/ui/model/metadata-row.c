/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/metadata-row.h"

#include "base/units.h"

#include <glib/gi18n.h>

#define KEY_CHARS 300
#define VALUE_CHARS 300

/**
 * PaddockMetadataRow:
 *
 * One key as a row shows it, with its pending change if there is one. Made when a row needs it.
 */
struct _PaddockMetadataRow
{
  GObject parent_instance;

  /* Owned */
  PaddockMetadataEdits *edits;
  char *key;

  /* Borrowed from the file */
  const PaddockGgufEntry *entry;     /* NULL: added */
};

enum
{
  PROP_KEY = 1,
  PROP_TYPE,
  PROP_VALUE,
  PROP_STATE,
  PROP_STYLE,
  PROP_ACCESSIBLE_LABEL,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PaddockMetadataRow, paddock_metadata_row, G_TYPE_OBJECT)

static const PaddockGgufMetadata *
get_metadata (PaddockMetadataRow *self)
{
  return paddock_gguf_file_get_metadata (paddock_metadata_edits_get_file (self->edits));
}

static char *
format_type (PaddockGgufType type, PaddockGgufType element_type, guint64 length)
{
  g_autofree char *count = NULL;

  if (type != PADDOCK_GGUF_ARRAY)
    return g_strdup (paddock_gguf_type_get_name (type));
  count = paddock_units_format_count (length);
  return g_strdup_printf ("%s × %s", paddock_gguf_type_get_name (element_type), count);
}

static const PaddockGgufValue *
get_new_value (PaddockMetadataRow *self)
{
  const PaddockGgufChange *change = paddock_metadata_edits_find (self->edits, self->key);

  return change != NULL ? change->after : NULL;
}

static char *
dup_type (PaddockMetadataRow *self)
{
  const PaddockGgufValue *value = get_new_value (self);

  if (value != NULL)
    return format_type (paddock_gguf_value_get_type_id (value), paddock_gguf_value_get_element_type (value),
                        paddock_gguf_value_get_length (value));
  if (self->entry == NULL)
    return NULL;
  return format_type (self->entry->type, self->entry->element_type, self->entry->length);
}

static char *
dup_value_line (PaddockMetadataRow *self)
{
  const PaddockGgufValue *value = get_new_value (self);

  if (value != NULL)
    return paddock_gguf_value_format (value, VALUE_CHARS);
  if (self->entry == NULL)
    return NULL;
  return paddock_gguf_metadata_format (get_metadata (self), self->entry, VALUE_CHARS);
}

static const char *
get_state (PaddockMetadataRow *self)
{
  const PaddockGgufChange *change = paddock_metadata_edits_find (self->edits, self->key);

  if (change == NULL)
    return NULL;
  switch (change->kind)
    {
    case PADDOCK_GGUF_CHANGE_ADD:
      return _("Will be added");
    case PADDOCK_GGUF_CHANGE_REMOVE:
      return _("Will be removed");
    case PADDOCK_GGUF_CHANGE_REPLACE:
    default:
      return _("Will be changed");
    }
}

static char *
dup_accessible_label (PaddockMetadataRow *self)
{
  g_autofree char *key = paddock_units_escape (self->key, -1, KEY_CHARS);
  g_autofree char *type = dup_type (self);
  g_autofree char *value = dup_value_line (self);
  const char *state = get_state (self);

  return g_strdup_printf ("%s, %s, %s%s%s", key, type, value, state != NULL ? ", " : "", state != NULL ? state : "");
}

static void
paddock_metadata_row_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  PaddockMetadataRow *self = PADDOCK_METADATA_ROW (object);

  switch (property)
    {
    case PROP_KEY:
      g_value_take_string (value, paddock_units_escape (self->key, -1, KEY_CHARS));
      break;
    case PROP_TYPE:
      g_value_take_string (value, dup_type (self));
      break;
    case PROP_VALUE:
      g_value_take_string (value, dup_value_line (self));
      break;
    case PROP_STATE:
      g_value_set_string (value, get_state (self));
      break;
    case PROP_STYLE:
      g_value_set_static_string (value, paddock_metadata_row_get_removed (self) ? "dimmed" : "heading");
      break;
    case PROP_ACCESSIBLE_LABEL:
      g_value_take_string (value, dup_accessible_label (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_metadata_row_finalize (GObject *object)
{
  PaddockMetadataRow *self = PADDOCK_METADATA_ROW (object);

  g_clear_object (&self->edits);
  g_free (self->key);
  G_OBJECT_CLASS (paddock_metadata_row_parent_class)->finalize (object);
}

static void
paddock_metadata_row_class_init (PaddockMetadataRowClass *klass)
{
  static const char * const names[] = {
    [PROP_KEY] = "key",     [PROP_TYPE] = "type",   [PROP_VALUE] = "value",
    [PROP_STATE] = "state", [PROP_STYLE] = "style", [PROP_ACCESSIBLE_LABEL] = "accessible-label",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = paddock_metadata_row_get_property;
  object_class->finalize = paddock_metadata_row_finalize;
  for (guint i = PROP_KEY; i < N_PROPERTIES; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
paddock_metadata_row_init (PaddockMetadataRow *self)
{
}

static void
on_edits_changed (PaddockMetadataRow *self)
{
  for (guint i = PROP_KEY; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static PaddockMetadataRow *
create (PaddockMetadataEdits *edits, char *key, const PaddockGgufEntry *entry)
{
  PaddockMetadataRow *self = g_object_new (PADDOCK_TYPE_METADATA_ROW, NULL);

  self->edits = g_object_ref (edits);
  self->key = key;
  self->entry = entry;
  g_signal_connect_object (edits, "changed", G_CALLBACK (on_edits_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * paddock_metadata_row_new:
 * @edits: the file and its pending changes
 * @position: which of the file's keys
 *
 * Returns: (transfer full): the row's object
 */
PaddockMetadataRow *
paddock_metadata_row_new (PaddockMetadataEdits *edits, guint position)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (paddock_metadata_edits_get_file (edits));
  const PaddockGgufEntry *entry = paddock_gguf_metadata_get_entry (metadata, position);

  return create (edits, paddock_gguf_metadata_dup_key (metadata, entry), entry);
}

/**
 * paddock_metadata_row_new_added:
 * @edits: the file and its pending changes
 * @key: a key that is to be added
 *
 * Returns: (transfer full): the row's object
 */
PaddockMetadataRow *
paddock_metadata_row_new_added (PaddockMetadataEdits *edits, const char *key)
{
  return create (edits, g_strdup (key), NULL);
}

const char *
paddock_metadata_row_get_key (PaddockMetadataRow *self)
{
  return self->key;
}

/**
 * paddock_metadata_row_get_entry:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the key's place in the file, %NULL if it is to be added
 */
const PaddockGgufEntry *
paddock_metadata_row_get_entry (PaddockMetadataRow *self)
{
  return self->entry;
}

gboolean
paddock_metadata_row_get_removed (PaddockMetadataRow *self)
{
  const PaddockGgufChange *change = paddock_metadata_edits_find (self->edits, self->key);

  return change != NULL && change->kind == PADDOCK_GGUF_CHANGE_REMOVE;
}

gboolean
paddock_metadata_row_get_changed (PaddockMetadataRow *self)
{
  return paddock_metadata_edits_find (self->edits, self->key) != NULL;
}

/**
 * paddock_metadata_row_dup_value:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): the value as it would be with the pending changes
 */
PaddockGgufValue *
paddock_metadata_row_dup_value (PaddockMetadataRow *self)
{
  const PaddockGgufChange *change = paddock_metadata_edits_find (self->edits, self->key);

  if (change != NULL && change->after != NULL)
    return paddock_gguf_value_ref (change->after);
  if (self->entry == NULL)
    return NULL;
  return paddock_gguf_value_new_for_entry (get_metadata (self), self->entry);
}

/**
 * paddock_metadata_row_dup_text:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): a string's whole text, or any other value in one line, for the clipboard
 */
char *
paddock_metadata_row_dup_text (PaddockMetadataRow *self)
{
  g_autoptr (PaddockGgufValue) value = paddock_metadata_row_dup_value (self);

  if (value == NULL)
    return NULL;
  if (paddock_gguf_value_get_type_id (value) == PADDOCK_GGUF_STRING)
    {
      gsize size = 0;
      const char *bytes = g_bytes_get_data (paddock_gguf_value_get_bytes (value), &size);

      /* A string's bytes begin with its length. */
      return size > 8 ? g_utf8_make_valid (bytes + 8, (gssize) (size - 8)) : g_strdup ("");
    }
  return paddock_gguf_value_format (value, 1 << 20);
}
