/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/batch-edits.h"

#include "base/worker.h"
#include "library/problem-words.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

/* What a worker does to the records of some models, or takes back. */
typedef struct
{
  PaddockRecordStore *records;
  char **ids;
  char **added, **removed;           /* tags */
  GHashTable *earlier;               /* id -> PaddockModelRecord whose tags and star come back; NULL: this is no undo */
  gboolean sets_favourite, favourite;
} Batch;

/* What was there before, and what went wrong. */
typedef struct
{
  GHashTable *earlier;               /* id -> PaddockModelRecord */
  GError *error;                     /* the first one; NULL: all were written */
} Outcome;

/* For the callback, and for the toast that undoes it. */
typedef struct
{
  PaddockLibrary *library;
  GtkWidget *near;
  GHashTable *earlier;
  gboolean undoes;
} Asked;

/* One record, while it is changed. */
typedef struct
{
  const Batch *batch;
  GHashTable *earlier;
} Step;

static void
free_batch (gpointer data)
{
  Batch *batch = data;

  g_clear_pointer (&batch->records, paddock_record_store_unref);
  g_clear_pointer (&batch->earlier, g_hash_table_unref);
  g_strfreev (batch->ids);
  g_strfreev (batch->added);
  g_strfreev (batch->removed);
  g_free (batch);
}

static void
free_outcome (gpointer data)
{
  Outcome *outcome = data;

  g_clear_pointer (&outcome->earlier, g_hash_table_unref);
  g_clear_error (&outcome->error);
  g_free (outcome);
}

static void
free_asked (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->library);
  g_object_unref (asked->near);
  g_clear_pointer (&asked->earlier, g_hash_table_unref);
  g_free (asked);
}

static char **
merge_tags (const Batch *batch, char **tags)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; tags[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) batch->removed, tags[i]))
      g_strv_builder_add (builder, tags[i]);
  g_strv_builder_addv (builder, (const char **) batch->added);
  return g_strv_builder_end (builder);
}

static gboolean
change_record (PaddockModelRecord *record, gpointer user_data)
{
  const Step *step = user_data;
  const PaddockModelRecord *earlier =
    step->batch->earlier != NULL ? g_hash_table_lookup (step->batch->earlier, record->id) : NULL;

  g_hash_table_replace (step->earlier, g_strdup (record->id), paddock_model_record_copy (record));
  if (earlier != NULL)
    {
      paddock_model_record_set_tags (record, (const char *const *) earlier->tags);
      record->favourite = earlier->favourite;
    }
  else if (step->batch->sets_favourite)
    record->favourite = step->batch->favourite;
  else
    {
      g_auto (GStrv) tags = merge_tags (step->batch, record->tags);

      paddock_model_record_set_tags (record, (const char *const *) tags);
    }
  return TRUE;
}

/* What one record refuses keeps nobody from changing the others. */
static gpointer
run_batch (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const Batch *batch = snapshot;
  Outcome *outcome = g_new0 (Outcome, 1);
  Step step = { batch, NULL };

  outcome->earlier =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) paddock_model_record_unref);
  step.earlier = outcome->earlier;
  for (gsize i = 0; batch->ids[i] != NULL; i++)
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (PaddockModelRecord) written =
        paddock_record_store_change (batch->records, batch->ids[i], TRUE, change_record, &step, &problem);

      if (written != NULL)
        continue;
      g_hash_table_remove (outcome->earlier, batch->ids[i]);
      if (outcome->error == NULL)
        outcome->error = g_steal_pointer (&problem);
    }
  return outcome;
}

static void run (PaddockLibrary *library, GtkWidget *near, Batch *batch);

static void
undo (Asked *asked)
{
  Batch *batch = g_new0 (Batch, 1);
  guint count = 0;
  g_autofree gpointer *ids = g_hash_table_get_keys_as_array (asked->earlier, &count);

  batch->ids = g_strdupv ((char **) ids);
  batch->earlier = g_hash_table_ref (asked->earlier);
  run (asked->library, asked->near, batch);
}

static void
offer_undo (const Asked *before, GHashTable *earlier)
{
  guint count = g_hash_table_size (earlier);
  g_autofree char *text = g_strdup_printf (ngettext ("%u model changed", "%u models changed", count), count);
  Asked *asked = g_new0 (Asked, 1);

  asked->library = g_object_ref (before->library);
  asked->near = g_object_ref (before->near);
  asked->earlier = g_hash_table_ref (earlier);
  paddock_undo_toast_show (asked->near, text, G_CALLBACK (undo), asked, free_asked);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (GError) error = NULL;
  Outcome *outcome = paddock_worker_run_finish (source, result, &error);

  if (outcome != NULL)
    {
      paddock_library_look_again (asked->library);
      if (outcome->error != NULL)
        paddock_problem_words_say (asked->near, _("What you said of some models was not kept"), outcome->error);
      else if (!asked->undoes)
        offer_undo (asked, outcome->earlier);
      free_outcome (outcome);
    }
  free_asked (asked);
}

/* Takes the batch. */
static void
run (PaddockLibrary *library, GtkWidget *near, Batch *batch)
{
  Asked *asked = g_new0 (Asked, 1);
  PaddockWork work = {
    .name = "library batch",
    .run = run_batch,
    .snapshot = batch,
    .snapshot_free = free_batch,
    .result_free = free_outcome,
  };

  asked->library = g_object_ref (library);
  asked->near = g_object_ref (near);
  asked->undoes = batch->earlier != NULL;
  batch->records = paddock_record_store_ref (paddock_library_get_records (library));
  paddock_worker_run_async (library, &work, NULL, on_run, asked);
}

/**
 * paddock_batch_edits_set_favourite:
 * @library: the library
 * @near: a widget, to say what happened where it is
 * @ids: (array zero-terminated=1): of models
 * @favourite: what they are to be
 */
void
paddock_batch_edits_set_favourite (PaddockLibrary *library, GtkWidget *near, const char *const *ids, gboolean favourite)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->ids = g_strdupv ((char **) ids);
  batch->sets_favourite = TRUE;
  batch->favourite = favourite;
  run (library, near, batch);
}

/**
 * paddock_batch_edits_change_tags:
 * @library: the library
 * @near: a widget, to say what happened where it is
 * @ids: (array zero-terminated=1): of models
 * @added: (array zero-terminated=1): tags that all of them get
 * @removed: (array zero-terminated=1): tags that none of them keeps
 */
void
paddock_batch_edits_change_tags (PaddockLibrary *library, GtkWidget *near, const char *const *ids,
                                 const char *const *added, const char *const *removed)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->ids = g_strdupv ((char **) ids);
  batch->added = g_strdupv ((char **) added);
  batch->removed = g_strdupv ((char **) removed);
  run (library, near, batch);
}
