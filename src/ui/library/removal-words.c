/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/removal-words.h"

#include "base/units.h"
#include "library/library-words.h"
#include "model-store.h"

#include <glib/gi18n.h>
#include <string.h>

#define PATH_CHARS 300
#define PATHS_TOLD 4

/**
 * paddock_removal_words_dup_path:
 * @path: (type filename): a path
 *
 * Returns: (transfer full): it, short and fit to be shown
 */
char *
paddock_removal_words_dup_path (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);
  g_autofree char *display = NULL;
  g_autofree char *text = NULL;

  if (length > 1 && g_str_has_prefix (path, home) && path[length] == G_DIR_SEPARATOR)
    {
      g_autofree char *rest = g_filename_display_name (path + length);

      display = g_strconcat ("~", rest, NULL);
    }
  else
    display = g_filename_display_name (path);
  text = paddock_units_escape (display, -1, PATH_CHARS);
  return g_steal_pointer (&text);
}

static void
count_done (const PaddockRemovalPlan *plan, guint *files, guint *links)
{
  *files = *links = 0;
  for (guint i = 0; i < plan->items->len; i++)
    {
      const PaddockRemovalItem *item = g_ptr_array_index (plan->items, i);

      if (item->removed && item->way == PADDOCK_REMOVAL_UNLINK)
        ++*links;
      else if (item->removed)
        ++*files;
    }
}

/**
 * paddock_removal_words_dup_done:
 * @plan: a plan that was run
 * @subject: what the person calls it
 *
 * Returns: (transfer full): what was done
 */
char *
paddock_removal_words_dup_done (const PaddockRemovalPlan *plan, const char *subject)
{
  guint files, links;

  count_done (plan, &files, &links);
  if (files > 0 && links > 0)
    /* Translators: %s is the name of a model, or a number of files. */
    return g_strdup_printf (ngettext ("%s moved to the Trash; %u link removed, without what it leads to",
                                      "%s moved to the Trash; %u links removed, without what they lead to", links),
                            subject, links);
  if (links > 0)
    return g_strdup_printf (ngettext ("%s: link removed; the file it leads to stays",
                                      "%s: links removed; the files they lead to stay", links),
                            subject);
  return g_strdup_printf (_("%s moved to the Trash"), subject);
}

static void
append_line (GString *text, const char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

/* The first of them; the rest is a number. */
static void
append_paths (GString *text, GPtrArray *paths)
{
  for (guint i = 0; i < MIN (paths->len, PATHS_TOLD); i++)
    {
      g_autofree char *path = paddock_removal_words_dup_path (g_ptr_array_index (paths, i));

      append_line (text, path);
    }
  if (paths->len > PATHS_TOLD)
    {
      guint rest = paths->len - PATHS_TOLD;
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", rest), rest);

      append_line (text, more);
    }
}

static void
begin_paragraph (GString *text)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
}

static gboolean
is_foreign (const PaddockRemovalItem *item)
{
  const PaddockModelStore *store = item->store != NULL ? paddock_model_store_find (item->store) : NULL;

  return store == NULL || (store->flags & PADDOCK_STORE_FOREIGN) != 0;
}

/* Paths of one program among those that go. */
static GPtrArray *
list_of_store (const PaddockRemovalPlan *plan, const char *store)
{
  GPtrArray *paths = g_ptr_array_new ();

  for (guint i = 0; i < plan->items->len; i++)
    {
      const PaddockRemovalItem *item = g_ptr_array_index (plan->items, i);

      if (g_strcmp0 (item->store, store) == 0)
        g_ptr_array_add (paths, item->path);
    }
  return paths;
}

static void
append_store (GString *text, const PaddockRemovalPlan *plan, const char *store)
{
  g_autoptr (GPtrArray) paths = list_of_store (plan, store);
  g_autofree char *name = store != NULL ? paddock_library_words_dup_store (store, NULL) : g_strdup (_("another program"));
  g_autofree char *line = g_strdup_printf (ngettext ("This belongs to %s, which will not have it any more:",
                                                     "These belong to %s, which will not have them any more:", paths->len),
                                           name);

  begin_paragraph (text);
  append_line (text, line);
  append_paths (text, paths);
}

/**
 * paddock_removal_words_dup_consent:
 * @proposal: what would be removed
 *
 * Returns: (transfer full): whom it would concern, and how
 */
char *
paddock_removal_words_dup_consent (const PaddockRemovalProposal *proposal)
{
  const PaddockRemovalPlan *all = proposal->all;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) told = g_ptr_array_new ();

  for (guint i = 0; i < all->items->len; i++)
    {
      const PaddockRemovalItem *item = g_ptr_array_index (all->items, i);

      if (!is_foreign (item) || g_ptr_array_find (told, item->store, NULL))
        continue;
      g_ptr_array_add (told, (gpointer) item->store);
      append_store (text, all, item->store);
    }
  if (all->dangling->len > 0)
    {
      begin_paragraph (text);
      append_line (text, ngettext ("This link would lead nowhere:", "These links would lead nowhere:", all->dangling->len));
      append_paths (text, all->dangling);
    }
  if (all->kept->len > 0)
    {
      begin_paragraph (text);
      append_line (text, _("This stays, because something else needs it:"));
      append_paths (text, all->kept);
    }
  begin_paragraph (text);
  append_line (text, _("Files go to the Trash. Of links, what they lead to stays."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * paddock_removal_words_dup_nothing:
 * @proposal: one in which nothing would be removed
 *
 * Returns: (transfer full): why not
 */
char *
paddock_removal_words_dup_nothing (const PaddockRemovalProposal *proposal)
{
  if (proposal->all->kept->len > 0)
    return g_strdup (_("It cannot be removed from here: it is reached through a linked folder, or other models need it"));
  return g_strdup (_("There is no file of it that could be removed"));
}
