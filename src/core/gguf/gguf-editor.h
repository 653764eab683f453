/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "gguf/gguf-file.h"
#include "gguf/gguf-value.h"

G_BEGIN_DECLS

/**
 * PaddockGgufEditor:
 *
 * A list of changes to the metadata of one file, and the way to make them. Everything else stays byte for byte: the
 * order of the keys, the byte order, the tensors. It belongs to one thread; @file is as it was opened, so open it anew
 * after an edit.
 *
 * In place when the tensors can stay where they are (gguf-edit-in-place.h says how a crash is survived); otherwise
 * the tensors are cloned (reflink) or copied behind a new header into a new file, which replaces the old one in one
 * step. A crash at any instant leaves the old file or the new one, never a mixture. A new file that was long to copy
 * gets a little room before its tensors (the key "paddock.pad"), so that later edits need no other.
 */
typedef struct _PaddockGgufEditor PaddockGgufEditor;

typedef enum
{
  PADDOCK_GGUF_EDIT_NOTHING,         /* no change would be made */
  PADDOCK_GGUF_EDIT_IN_PLACE,
  PADDOCK_GGUF_EDIT_NEW_FILE
} PaddockGgufEditMethod;

typedef enum
{
  PADDOCK_GGUF_CHANGE_ADD,
  PADDOCK_GGUF_CHANGE_REPLACE,
  PADDOCK_GGUF_CHANGE_REMOVE
} PaddockGgufChangeKind;

typedef struct
{
  PaddockGgufChangeKind kind;
  char *key;
  PaddockGgufValue *before;          /* NULL when added */
  PaddockGgufValue *after;           /* NULL when removed */
} PaddockGgufChange;

typedef struct
{
  PaddockGgufEditMethod method;
  guint64 header_before;             /* bytes up to the tensors */
  guint64 header_after;
  guint64 bytes_to_copy;             /* tensor bytes that move; 0 in place and where the file system can clone */
  guint64 hard_links;                /* other names that would keep the old file when a new one is made */
} PaddockGgufEditPlan;

PaddockGgufEditor *paddock_gguf_editor_new    (PaddockGgufFile *file);
PaddockGgufEditor *paddock_gguf_editor_ref    (PaddockGgufEditor *self);
void               paddock_gguf_editor_unref  (PaddockGgufEditor *self);
PaddockGgufFile   *paddock_gguf_editor_get_file (PaddockGgufEditor *self);

/* Puts right a header that a crash of the system left half written. Opening a file does it too; there it costs a look
 * at the folder. After a crash of the program alone there is nothing to do. */
gboolean paddock_gguf_editor_recover (const char *path, GError **error);

/* Refused with a reason: general.alignment, split.*, keys that cannot be keys, architecture of the wrong type ... */
gboolean paddock_gguf_editor_set    (PaddockGgufEditor *self, const char *key, PaddockGgufValue *value, GError **error);
gboolean paddock_gguf_editor_remove (PaddockGgufEditor *self, const char *key, GError **error);
void     paddock_gguf_editor_revert (PaddockGgufEditor *self, const char *key);   /* NULL: all */

guint                    paddock_gguf_editor_get_n_changes (PaddockGgufEditor *self);
const PaddockGgufChange *paddock_gguf_editor_get_change    (PaddockGgufEditor *self, guint position);
gboolean                 paddock_gguf_editor_plan          (PaddockGgufEditor *self, PaddockGgufEditPlan *plan, GError **error);

/* output NULL: the file itself. worker may be NULL (progress and cancelling then come from cancellable alone). */
gboolean paddock_gguf_editor_apply        (PaddockGgufEditor *self, const char *output, PaddockWorker *worker,
                                           GCancellable *cancellable, GError **error);
/* The changes are copied when the call is made. */
void     paddock_gguf_editor_apply_async  (PaddockGgufEditor *self, const char *output, PaddockProgressFunc progress,
                                           gpointer progress_data, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
gboolean paddock_gguf_editor_apply_finish (GAsyncResult *result, GError **error);
/* The whole edited file in memory, for small files from any source. */
GBytes  *paddock_gguf_editor_build_bytes  (PaddockGgufEditor *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockGgufEditor, paddock_gguf_editor_unref)

G_END_DECLS
