/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-commands.h"

#include "base/units.h"
#include "hub-access.h"
#include "hub-json-output.h"
#include "hub-repository.h"
#include "interruption.h"
#include "output.h"
#include "text-table.h"

#include <glib/gi18n.h>

#define DEFAULT_LIMIT 20
#define MAX_LIMIT 1000
#define PAGE 100

static char *author, *task, *sort;
static int limit;

static const GOptionEntry options[]
    = { { "author", 0, 0, G_OPTION_ARG_STRING, &author, N_("Only of this owner"), N_("NAME") },
        { "task", 0, 0, G_OPTION_ARG_STRING, &task, N_("Only for this task, as in text-generation"), N_("TASK") },
        { "sort", 0, 0, G_OPTION_ARG_STRING, &sort, N_("By trending, downloads, likes, modified or created"), N_("ORDER") },
        { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("No more than so many; 20 if nothing else is said"), N_("N") },
        G_OPTION_ENTRY_NULL };

static const char *const examples[]
    = { "paddockctl hub search qwen3 8b", "paddockctl hub search --sort downloads --limit 5 gemma", NULL };

static gboolean
read_order (PaddockHubOrder *order)
{
  static const char *const orders[] = { "trending", "downloads", "likes", "modified", "created" };

  *order = PADDOCK_HUB_TRENDING;
  for (gsize i = 0; sort != NULL && i < G_N_ELEMENTS (orders); i++)
    if (g_str_equal (sort, orders[i]))
      {
        *order = (PaddockHubOrder) i;
        return TRUE;
      }
  return sort == NULL;
}

static gboolean
check_options (PaddockHubOrder *order)
{
  if (!read_order (order))
    paddock_output_complain (_("There is no such order"), sort);
  else if (limit < 0 || limit > MAX_LIMIT)
    paddock_output_complain (_("The limit is from 1 to 1000"), "--limit");
  else
    return TRUE;
  return FALSE;
}

typedef struct
{
  gint64 said_at;
  gboolean from_cache;
} Age;

/* Page by page, until there are as many as are wanted. As old as the oldest of them. NULL: it failed. */
static GPtrArray *
search (PaddockHubSession *session, const PaddockHubQuery *query, guint wanted, Age *age)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_repository_unref);
  g_autofree char *next = paddock_hub_search_build_path (query);

  while (next != NULL && found->len < wanted)
    {
      g_autoptr (PaddockHubPage) page = paddock_hub_access_search (session, next);

      if (page == NULL)
        return NULL;
      age->said_at = age->said_at == 0 ? page->said_at : MIN (age->said_at, page->said_at);
      age->from_cache = age->from_cache || page->from_cache;
      for (guint i = 0; i < page->repositories->len && found->len < wanted; i++)
        g_ptr_array_add (found, paddock_hub_repository_ref (g_ptr_array_index (page->repositories, i)));
      g_set_str (&next, page->next);
    }
  return g_steal_pointer (&found);
}

static void
print_json (GPtrArray *found, const Age *age)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_begin_array (writer, "models");
  for (guint i = 0; i < found->len; i++)
    {
      paddock_json_writer_begin_object (writer, NULL);
      paddock_hub_json_output_add_repository (writer, g_ptr_array_index (found, i));
      paddock_json_writer_end_object (writer);
    }
  paddock_json_writer_end_array (writer);
  paddock_hub_json_output_add_age (writer, age->said_at, age->from_cache);
  paddock_json_writer_end_object (writer);
}

static void
fill_row (guint row, char **cells, gpointer user_data)
{
  const PaddockHubRepository *repository = g_ptr_array_index ((GPtrArray *) user_data, row);

  cells[0] = paddock_units_escape (repository->id, -1, 0);
  cells[1] = repository->downloads >= 0 ? paddock_units_format_count ((guint64) repository->downloads) : g_strdup ("");
  cells[2] = repository->likes >= 0 ? paddock_units_format_count ((guint64) repository->likes) : g_strdup ("");
  cells[3] = repository->license != NULL ? paddock_units_escape (repository->license, -1, 0) : g_strdup ("");
  cells[4] = g_strdup (repository->gate != PADDOCK_HUB_OPEN ? _("conditions") : repository->is_private ? _("private") : "");
}

static void
print_text (GPtrArray *found)
{
  const PaddockTextColumn columns[] = {
    { _("Repository"), FALSE, TRUE },
    { _("Downloads"), TRUE, FALSE },
    { _("Likes"), TRUE, FALSE },
    { _("License"), FALSE, FALSE },
    { "", FALSE, FALSE },
  };

  if (found->len == 0)
    paddock_output_line ("%s", _("There are no such models."));
  else
    paddock_text_table_print ("", columns, G_N_ELEMENTS (columns), found->len, fill_row, found);
}

static int
run (const PaddockArguments *arguments)
{
  g_autoptr (PaddockHubSession) session = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *text = g_strjoinv (" ", arguments->paths);
  guint wanted = limit > 0 ? (guint) limit : DEFAULT_LIMIT;
  Age age = { 0, FALSE };
  PaddockHubQuery query = { .text = text, .author = author, .task = task, .limit = MIN (wanted, PAGE) };

  if (!check_options (&query.order))
    return PADDOCK_EXIT_USAGE;
  session = paddock_hub_access_open ();
  found = session != NULL ? search (session, &query, wanted, &age) : NULL;
  if (paddock_interruption_get_status () != 0)
    return paddock_interruption_get_status ();
  if (found == NULL)
    return PADDOCK_EXIT_NO;
  if (arguments->json)
    print_json (found, &age);
  else
    {
      paddock_hub_access_print_age (age.said_at, age.from_cache);
      print_text (found);
    }
  return PADDOCK_EXIT_DONE;
}

const PaddockCommand paddock_hub_search_command = {
  .name = "hub search",
  .paths = N_("WORD..."),
  .max_paths = G_MAXUINT,
  .summary = N_("Look for repositories with models"),
  .description = N_("Lists repositories with GGUF files in whose names the words are, what is asked for most these days first."),
  .examples = examples,
  .options = options,
  .run = run,
};
