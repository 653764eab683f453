/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/search-provider.h"

#include "base/units.h"
#include "library-query.h"
#include "shell-search.h"

#define MAX_RESULTS 50u              /* desktops show a handful */
#define ICON "io.github.paddockapp.Paddock"

struct _PaddockSearchProvider
{
  GObject parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockShellSearchProvider2 *skeleton;
  GPtrArray *waiting;                /* GDBusMethodInvocation: searches that came before the library knew anything. An
                                        answer frees them. */
};

enum
{
  ASKED,
  OPENED,
  SEARCHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockSearchProvider, paddock_search_provider, G_TYPE_OBJECT)

/* What the person could have meant: models of any kind, the one that was used last first. */
static char **
search (PaddockSearchProvider *self, const char *const *terms, const char *const *among)
{
  g_autoptr (PaddockLibraryQuery) query = paddock_library_query_new ();
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autoptr (GPtrArray) entries = NULL;
  guint count = 0;

  query->text = g_strjoinv (" ", (char **) terms);
  query->sort = PADDOCK_SORT_LAST_USED;
  query->descending = TRUE;
  entries = paddock_library_query_run (query, paddock_library_get_index (self->library), NULL, NULL);
  for (guint i = 0; i < entries->len && count < MAX_RESULTS; i++)
    {
      const PaddockLibraryEntry *entry = g_ptr_array_index (entries, i);

      if (among != NULL && !g_strv_contains (among, entry->id))
        continue;
      g_strv_builder_add (found, entry->id);
      count++;
    }
  return g_strv_builder_end (found);
}

/* Answers a search, from what it was asked with. */
static void
answer (PaddockSearchProvider *self, GDBusMethodInvocation *invocation)
{
  GVariant *parameters = g_dbus_method_invocation_get_parameters (invocation);
  gboolean further = g_variant_n_children (parameters) > 1;
  g_autofree const char **among = NULL;
  g_autofree const char **terms = NULL;
  g_auto (GStrv) found = NULL;

  if (further)
    g_variant_get_child (parameters, 0, "^a&s", &among);
  g_variant_get_child (parameters, further ? 1 : 0, "^a&s", &terms);
  found = search (self, terms, among);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", found));
}

static void
answer_when_known (PaddockSearchProvider *self, GDBusMethodInvocation *invocation)
{
  if (paddock_library_get_loaded (self->library))
    answer (self, invocation);
  else
    g_ptr_array_add (self->waiting, invocation);
}

static void
answer_waiting (PaddockSearchProvider *self)
{
  g_autoptr (GPtrArray) waiting = self->waiting;

  self->waiting = g_ptr_array_new ();
  for (guint i = 0; i < waiting->len; i++)
    answer (self, g_ptr_array_index (waiting, i));
}

/* Where the library could not be read, nothing was found: the window tells more. */
static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockSearchProvider) self = user_data;

  if (self->waiting != NULL)
    answer_waiting (self);
}

static gboolean
on_search (PaddockSearchProvider *self, GDBusMethodInvocation *invocation)
{
  g_signal_emit (self, signals[ASKED], 0);
  /* Nobody has, if there is no window. */
  if (!paddock_library_get_loaded (self->library) && !paddock_library_get_scanning (self->library))
    paddock_library_start_async (self->library, FALSE, NULL, on_started, g_object_ref (self));
  answer_when_known (self, invocation);
  return TRUE;
}

/* "7B · Q4_K_M · 4.1 GB" */
static char *
describe (const PaddockLibraryEntry *entry)
{
  g_autofree char *size = paddock_units_format_size (entry->size);
  const char *parts[4] = { NULL };
  guint n_parts = 0;

  if (entry->facts != NULL && entry->facts->size_label != NULL)
    parts[n_parts++] = entry->facts->size_label;
  if (entry->record->quantization != NULL)
    parts[n_parts++] = entry->record->quantization;
  parts[n_parts++] = size;
  return g_strjoinv (" · ", (char **) parts);
}

static gboolean
on_get_metas (PaddockSearchProvider *self, GDBusMethodInvocation *invocation, const char *const *ids)
{
  PaddockLibraryIndex *index = paddock_library_get_index (self->library);
  g_autoptr (GIcon) icon = g_themed_icon_new (ICON);
  g_autoptr (GVariant) picture = g_icon_serialize (icon);
  g_auto (GVariantBuilder) metas = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (gsize i = 0; ids[i] != NULL; i++)
    {
      const PaddockLibraryEntry *entry = paddock_library_index_find (index, ids[i]);
      g_autofree char *description = NULL;

      /* It has gone since the search. */
      if (entry == NULL)
        continue;
      description = describe (entry);
      g_variant_builder_open (&metas, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&metas, "{sv}", "id", g_variant_new_string (entry->id));
      g_variant_builder_add (&metas, "{sv}", "name", g_variant_new_string (entry->title));
      g_variant_builder_add (&metas, "{sv}", "description", g_variant_new_string (description));
      g_variant_builder_add (&metas, "{sv}", "icon", picture);
      g_variant_builder_close (&metas);
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(aa{sv})", &metas));
  return TRUE;
}

static gboolean
on_activate (PaddockSearchProvider *self, GDBusMethodInvocation *invocation, const char *id)
{
  g_signal_emit (self, signals[OPENED], 0, id);
  g_dbus_method_invocation_return_value (invocation, NULL);
  return TRUE;
}

static gboolean
on_launch (PaddockSearchProvider *self, GDBusMethodInvocation *invocation, const char *const *terms)
{
  g_autofree char *text = g_strjoinv (" ", (char **) terms);

  g_signal_emit (self, signals[SEARCHED], 0, text);
  g_dbus_method_invocation_return_value (invocation, NULL);
  return TRUE;
}

static void
paddock_search_provider_dispose (GObject *object)
{
  PaddockSearchProvider *self = PADDOCK_SEARCH_PROVIDER (object);

  for (guint i = 0; self->waiting != NULL && i < self->waiting->len; i++)
    g_dbus_method_invocation_return_error_literal (g_ptr_array_index (self->waiting, i), G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY,
                                                   "The program ends");
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_object (&self->library);
  g_clear_object (&self->skeleton);
  G_OBJECT_CLASS (paddock_search_provider_parent_class)->dispose (object);
}

static void
paddock_search_provider_class_init (PaddockSearchProviderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = paddock_search_provider_dispose;

  /**
   * PaddockSearchProvider::asked:
   *
   * Somebody is searching.
   */
  signals[ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 0);

  /**
   * PaddockSearchProvider::opened:
   * @id: of an entry, which may have gone by now
   *
   * The person has chosen that model.
   */
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING);

  /**
   * PaddockSearchProvider::searched:
   * @text: what the person typed
   *
   * The person wants to see all that was found.
   */
  signals[SEARCHED] = g_signal_new ("searched", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
paddock_search_provider_init (PaddockSearchProvider *self)
{
  static const struct
  {
    const char *signal;
    GCallback callback;
  } handlers[] = {
    { "handle-get-initial-result-set", G_CALLBACK (on_search) },
    { "handle-get-subsearch-result-set", G_CALLBACK (on_search) },
    { "handle-get-result-metas", G_CALLBACK (on_get_metas) },
    { "handle-activate-result", G_CALLBACK (on_activate) },
    { "handle-launch-search", G_CALLBACK (on_launch) },
  };

  self->waiting = g_ptr_array_new ();
  self->skeleton = paddock_shell_search_provider2_skeleton_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->skeleton, handlers[i].signal, handlers[i].callback, self, G_CONNECT_SWAPPED);
}

/**
 * paddock_search_provider_new:
 * @library: what is searched; the first search starts it, if nobody has
 *
 * Returns: (transfer full): a provider, to be exported
 */
PaddockSearchProvider *
paddock_search_provider_new (PaddockLibrary *library)
{
  PaddockSearchProvider *self = g_object_new (PADDOCK_TYPE_SEARCH_PROVIDER, NULL);

  self->library = g_object_ref (library);
  g_signal_connect_object (library, "notify::loaded", G_CALLBACK (answer_waiting), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * paddock_search_provider_export:
 * @self: a provider
 * @connection: of the session
 * @path: the application's own
 * @error: return location for an error
 *
 * Returns: whether it can be found there now
 */
gboolean
paddock_search_provider_export (PaddockSearchProvider *self, GDBusConnection *connection, const char *path, GError **error)
{
  g_autofree char *below = g_strconcat (path, "/SearchProvider", NULL);

  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection, below, error);
}

/**
 * paddock_search_provider_unexport:
 * @self: a provider
 * @connection: where it was exported
 */
void
paddock_search_provider_unexport (PaddockSearchProvider *self, GDBusConnection *connection)
{
  if (g_dbus_interface_skeleton_has_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection))
    g_dbus_interface_skeleton_unexport_from_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection);
}
