/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/entry-edits.h"

#include "library/problem-words.h"

#include <glib/gi18n.h>

/* For a worker: what is NULL stays as it is. */
typedef struct
{
  char *nickname;
  char *notes;
  char **tags;
  char *projector;
  gboolean sets_favourite, favourite;
  gboolean sets_projector;
  gboolean sets_pinned, pinned;
} Edit;

static void
free_edit (gpointer data)
{
  Edit *edit = data;

  g_free (edit->nickname);
  g_free (edit->notes);
  g_free (edit->projector);
  g_strfreev (edit->tags);
  g_free (edit);
}

/* Nothing is kept of an empty text. */
static void
take_text (char **text, const char *changed)
{
  if (changed != NULL)
    g_set_str (text, *changed != '\0' ? changed : NULL);
}

static gboolean
change_record (PaddockModelRecord *record, gpointer user_data)
{
  const Edit *edit = user_data;

  take_text (&record->nickname, edit->nickname);
  take_text (&record->notes, edit->notes);
  if (edit->tags != NULL)
    paddock_model_record_set_tags (record, (const char *const *) edit->tags);
  if (edit->sets_favourite)
    record->favourite = edit->favourite;
  if (edit->sets_projector)
    g_set_str (&record->projector, edit->projector);
  if (edit->sets_pinned)
    record->pinned = edit->pinned;
  return TRUE;
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) near = user_data;
  g_autoptr (GError) error = NULL;

  if (!paddock_library_change_finish (PADDOCK_LIBRARY (source), result, &error))
    paddock_problem_words_say (near, _("What you said of the model was not kept"), error);
}

static void
change (PaddockLibrary *library, GtkWidget *near, const char *id, Edit *edit)
{
  paddock_library_change_async (library, id, change_record, edit, free_edit, on_changed, g_object_ref (near));
}

void
paddock_entry_edits_set_favourite (PaddockLibrary *library, GtkWidget *near, const char *id, gboolean favourite)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->sets_favourite = TRUE;
  edit->favourite = favourite;
  change (library, near, id, edit);
}

void
paddock_entry_edits_set_pinned (PaddockLibrary *library, GtkWidget *near, const char *id, gboolean pinned)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->sets_pinned = TRUE;
  edit->pinned = pinned;
  change (library, near, id, edit);
}

void
paddock_entry_edits_set_nickname (PaddockLibrary *library, GtkWidget *near, const char *id, const char *nickname)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->nickname = g_strstrip (g_strdup (nickname));
  change (library, near, id, edit);
}

void
paddock_entry_edits_set_notes (PaddockLibrary *library, GtkWidget *near, const char *id, const char *const *tags,
                               const char *notes)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->tags = g_strdupv ((char **) tags);
  edit->notes = g_strdup (notes);
  change (library, near, id, edit);
}

void
paddock_entry_edits_set_projector (PaddockLibrary *library, GtkWidget *near, const char *id, const char *projector)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->sets_projector = TRUE;
  edit->projector = g_strdup (projector);
  change (library, near, id, edit);
}

/**
 * paddock_entry_edits_split_tags:
 * @text: what a person wrote
 *
 * Returns: (transfer full) (array zero-terminated=1): the tags in it
 */
char **
paddock_entry_edits_split_tags (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ",;\n", -1);
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      const char *tag = g_strstrip (parts[i]);

      /* As they are shown. */
      while (*tag == '#' || *tag == ' ')
        tag++;
      if (*tag != '\0')
        g_strv_builder_add (tags, tag);
    }
  return g_strv_builder_end (tags);
}
