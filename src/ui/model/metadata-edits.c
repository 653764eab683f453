/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/metadata-edits.h"

/**
 * PaddockMetadataEdits:
 *
 * The pending changes to one file, told to whoever shows them: an editor with a signal.
 */
struct _PaddockMetadataEdits
{
  GObject parent_instance;

  /* Owned */
  PaddockGgufEditor *editor;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockMetadataEdits, paddock_metadata_edits, G_TYPE_OBJECT)

static void
paddock_metadata_edits_finalize (GObject *object)
{
  PaddockMetadataEdits *self = PADDOCK_METADATA_EDITS (object);

  g_clear_pointer (&self->editor, paddock_gguf_editor_unref);
  G_OBJECT_CLASS (paddock_metadata_edits_parent_class)->finalize (object);
}

static void
paddock_metadata_edits_class_init (PaddockMetadataEditsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_metadata_edits_finalize;

  /**
   * PaddockMetadataEdits::changed:
   *
   * A change was made or taken back.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
paddock_metadata_edits_init (PaddockMetadataEdits *self)
{
}

/**
 * paddock_metadata_edits_new:
 * @file: the file that holds the metadata
 *
 * Returns: (transfer full): no changes yet
 */
PaddockMetadataEdits *
paddock_metadata_edits_new (PaddockGgufFile *file)
{
  PaddockMetadataEdits *self = g_object_new (PADDOCK_TYPE_METADATA_EDITS, NULL);

  self->editor = paddock_gguf_editor_new (file);
  return self;
}

PaddockGgufFile *
paddock_metadata_edits_get_file (PaddockMetadataEdits *self)
{
  return paddock_gguf_editor_get_file (self->editor);
}

PaddockGgufEditor *
paddock_metadata_edits_get_editor (PaddockMetadataEdits *self)
{
  return self->editor;
}

guint
paddock_metadata_edits_get_count (PaddockMetadataEdits *self)
{
  return paddock_gguf_editor_get_n_changes (self->editor);
}

/**
 * paddock_metadata_edits_find:
 * @self: the changes
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the pending change of @key
 */
const PaddockGgufChange *
paddock_metadata_edits_find (PaddockMetadataEdits *self, const char *key)
{
  guint count = paddock_gguf_editor_get_n_changes (self->editor);

  for (guint i = 0; i < count; i++)
    {
      const PaddockGgufChange *change = paddock_gguf_editor_get_change (self->editor, i);

      if (g_str_equal (change->key, key))
        return change;
    }
  return NULL;
}

gboolean
paddock_metadata_edits_set (PaddockMetadataEdits *self, const char *key, PaddockGgufValue *value, GError **error)
{
  if (!paddock_gguf_editor_set (self->editor, key, value, error))
    return FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

gboolean
paddock_metadata_edits_remove (PaddockMetadataEdits *self, const char *key, GError **error)
{
  if (!paddock_gguf_editor_remove (self->editor, key, error))
    return FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/**
 * paddock_metadata_edits_revert:
 * @self: the changes
 * @key: (nullable): the key whose change is taken back, or %NULL for all
 */
void
paddock_metadata_edits_revert (PaddockMetadataEdits *self, const char *key)
{
  paddock_gguf_editor_revert (self->editor, key);
  g_signal_emit (self, signals[CHANGED], 0);
}
