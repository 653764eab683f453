/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tensor-row.h"

#include "base/units.h"

#define NAME_CHARS 400

/**
 * PaddockTensorRow:
 *
 * One tensor as a row shows it. Made when a row needs it; its texts are made when they are asked for.
 */
struct _PaddockTensorRow
{
  GObject parent_instance;

  /* Owned */
  PaddockGgufShards *shards;

  /* Borrowed from the shards */
  PaddockGgufFile *file;
  const PaddockGgufTensor *tensor;

  guint shard;
};

enum
{
  PROP_NAME = 1,
  PROP_TYPE,
  PROP_SHAPE,
  PROP_BYTES,
  PROP_OFFSET,
  PROP_SHARD,
  PROP_ACCESSIBLE_LABEL,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PaddockTensorRow, paddock_tensor_row, G_TYPE_OBJECT)

static char *
dup_name (PaddockTensorRow *self)
{
  gsize length = 0;
  const char *bytes = paddock_gguf_file_get_tensor_name_bytes (self->file, self->tensor, &length);

  return paddock_units_escape (bytes, (gssize) length, NAME_CHARS);
}

static char *
dup_type (PaddockTensorRow *self)
{
  const PaddockQuantType *type = paddock_gguf_file_get_tensor_type (self->file, self->tensor);

  return type != NULL ? g_strdup (type->name) : g_strdup_printf ("%u", self->tensor->type);
}

static char *
dup_shape (PaddockTensorRow *self)
{
  g_autoptr (GString) shape = g_string_new (NULL);

  for (guint i = 0; i < self->tensor->n_dimensions && i < PADDOCK_GGUF_MAX_DIMENSIONS; i++)
    g_string_append_printf (shape, "%s%" G_GUINT64_FORMAT, i > 0 ? " × " : "", self->tensor->dimensions[i]);
  return g_string_free (g_steal_pointer (&shape), FALSE);
}

static char *
dup_bytes (PaddockTensorRow *self)
{
  /* What cannot be computed is not a size of nothing. */
  return self->tensor->sized ? paddock_units_format_size (self->tensor->bytes) : g_strdup ("—");
}

static char *
dup_accessible_label (PaddockTensorRow *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *type = dup_type (self);
  g_autofree char *shape = dup_shape (self);
  g_autofree char *bytes = dup_bytes (self);

  return g_strdup_printf ("%s, %s, %s, %s", name, type, shape, bytes);
}

static void
paddock_tensor_row_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  PaddockTensorRow *self = PADDOCK_TENSOR_ROW (object);

  if (self->tensor == NULL)
    {
      g_value_set_static_string (value, "");
      return;
    }
  switch (property)
    {
    case PROP_NAME:
      g_value_take_string (value, dup_name (self));
      break;
    case PROP_TYPE:
      g_value_take_string (value, dup_type (self));
      break;
    case PROP_SHAPE:
      g_value_take_string (value, dup_shape (self));
      break;
    case PROP_BYTES:
      g_value_take_string (value, dup_bytes (self));
      break;
    case PROP_OFFSET:
      g_value_take_string (value, paddock_units_format_count (self->tensor->offset));
      break;
    case PROP_SHARD:
      g_value_take_string (value, paddock_units_format_count (self->shard + 1));
      break;
    case PROP_ACCESSIBLE_LABEL:
      g_value_take_string (value, dup_accessible_label (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_tensor_row_finalize (GObject *object)
{
  PaddockTensorRow *self = PADDOCK_TENSOR_ROW (object);

  g_clear_pointer (&self->shards, paddock_gguf_shards_unref);
  G_OBJECT_CLASS (paddock_tensor_row_parent_class)->finalize (object);
}

static void
paddock_tensor_row_class_init (PaddockTensorRowClass *klass)
{
  static const char * const names[] = {
    [PROP_NAME] = "name",     [PROP_TYPE] = "type",   [PROP_SHAPE] = "shape",
    [PROP_BYTES] = "bytes",   [PROP_OFFSET] = "offset", [PROP_SHARD] = "shard",
    [PROP_ACCESSIBLE_LABEL] = "accessible-label",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = paddock_tensor_row_get_property;
  object_class->finalize = paddock_tensor_row_finalize;
  for (guint i = PROP_NAME; i < N_PROPERTIES; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
paddock_tensor_row_init (PaddockTensorRow *self)
{
}

/**
 * paddock_tensor_row_new:
 * @shards: a model
 * @position: which of its tensors
 *
 * Returns: (transfer full): the row's object
 */
PaddockTensorRow *
paddock_tensor_row_new (PaddockGgufShards *shards, guint position)
{
  PaddockTensorRow *self = g_object_new (PADDOCK_TYPE_TENSOR_ROW, NULL);

  paddock_tensor_row_set (self, shards, position);
  return self;
}

/**
 * paddock_tensor_row_set:
 * @self: a row
 * @shards: a model
 * @position: which of its tensors the row shows from now on
 */
void
paddock_tensor_row_set (PaddockTensorRow *self, PaddockGgufShards *shards, guint position)
{
  PaddockGgufShards *before = g_steal_pointer (&self->shards);

  self->shards = paddock_gguf_shards_ref (shards);
  self->tensor = paddock_gguf_shards_get_tensor (shards, position, &self->shard);
  self->file = paddock_gguf_shards_get_shard (shards, self->shard)->file;
  g_clear_pointer (&before, paddock_gguf_shards_unref);
  for (guint i = PROP_NAME; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}
