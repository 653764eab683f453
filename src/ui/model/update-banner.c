/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/update-banner.h"

#include "base/units.h"
#include "discover/library-match.h"
#include "hub-listing.h"
#include "library/problem-words.h"
#include "model-origin.h"

#include <glib/gi18n.h>

#define REVISION_CHARS 8

struct _PaddockUpdateBanner
{
  AdwBin parent_instance;

  /* Owned */
  PaddockServices *services;         /* NULL: nobody was asked */
  GCancellable *cancellable;
  PaddockHubOrigin *origin;          /* NULL: it is not from the hub */
  PaddockHubListing *listing;        /* NULL: the hub has not answered */
  char *id;                          /* of the model that the hub was asked for; NULL: none */

  /* Borrowed */
  const PaddockHubVariant *variant;  /* what the hub has in its place; NULL: nothing new */

  AdwBanner *banner;
};

G_DEFINE_FINAL_TYPE (PaddockUpdateBanner, paddock_update_banner, ADW_TYPE_BIN)

static char *
dup_size (const PaddockHubUpdate *update)
{
  g_autofree char *before = update->size >= 0 ? paddock_units_format_size ((guint64) update->size) : NULL;
  g_autofree char *now = update->new_size >= 0 ? paddock_units_format_size ((guint64) update->new_size) : NULL;

  if (before == NULL || now == NULL || update->size == update->new_size)
    return g_steal_pointer (&now);
  /* Translators: two sizes, of the newer and of the older upload of a model. */
  return g_strdup_printf (_("%s instead of %s"), now, before);
}

static char *
dup_text (const PaddockHubUpdate *update)
{
  g_autoptr (GDateTime) time = update->modified >= 0 ? g_date_time_new_from_unix_local (update->modified) : NULL;
  g_autofree char *day = time != NULL ? g_date_time_format (time, "%x") : NULL;
  g_autofree char *size = dup_size (update);
  g_autofree char *revision
      = update->commit != NULL ? g_strdup_printf (_("revision %.*s"), REVISION_CHARS, update->commit) : NULL;
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *list = NULL;

  if (size != NULL)
    g_ptr_array_add (parts, size);
  if (day != NULL)
    g_ptr_array_add (parts, day);
  if (revision != NULL)
    g_ptr_array_add (parts, revision);
  g_ptr_array_add (parts, NULL);
  list = g_strjoinv (" · ", (char **) parts->pdata);
  /* Translators: %s tells its size, when it was uploaded, and its revision. */
  return g_strdup_printf (_("A newer upload exists: %s"), list);
}

/* All of its files, also those that are as they were: a set is of one piece. */
static const PaddockHubVariant *
find_variant (PaddockUpdateBanner *self, const PaddockHubUpdate *update)
{
  const PaddockHubFile *changed = update->changed->len > 0 ? g_ptr_array_index (update->changed, 0) : NULL;

  for (guint i = 0; changed != NULL && i < self->listing->variants->len; i++)
    if (paddock_hub_variant_has_file (g_ptr_array_index (self->listing->variants, i), changed->path))
      return g_ptr_array_index (self->listing->variants, i);
  return NULL;
}

static gboolean
is_owned (PaddockUpdateBanner *self)
{
  PaddockLibraryIndex *index = paddock_library_get_index (paddock_services_get_library (self->services));
  g_autoptr (GHashTable) owned = paddock_library_match_find (index, self->listing->variants);
  const PaddockLibraryEntry *entry = g_hash_table_lookup (owned, self->variant);

  return entry != NULL && !g_str_equal (entry->id, self->id);
}

static void
say (PaddockUpdateBanner *self, const char *text, const char *button)
{
  adw_banner_set_title (self->banner, text);
  adw_banner_set_button_label (self->banner, button);
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
update (PaddockUpdateBanner *self)
{
  g_autoptr (PaddockHubUpdate) news = paddock_hub_update_compare (self->origin, self->listing);
  g_autofree char *text = NULL;

  self->variant = news->state == PADDOCK_HUB_UPDATE_CHANGED ? find_variant (self, news) : NULL;
  if (news->state == PADDOCK_HUB_UPDATE_GONE)
    say (self, _("The hub does not have this model any more"), NULL);
  else if (self->variant == NULL)
    adw_banner_set_revealed (self->banner, FALSE);
  else if (is_owned (self))
    say (self, _("A newer upload of this model is in the library"), NULL);
  else
    {
      text = dup_text (news);
      say (self, text, _("_Download Beside It"));
    }
}

/* Where the hub does not answer, there is nothing to say: the model is as good as it was. */
static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockUpdateBanner) self = user_data;
  g_autoptr (GError) error = NULL;
  PaddockHubListing *listing = paddock_hub_listing_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->listing = listing;
  if (listing != NULL)
    update (self);
}

static void
on_clicked (PaddockUpdateBanner *self)
{
  g_autoptr (GError) error = NULL;

  if (paddock_services_download_beside (self->services, self->listing->repository, self->variant->files, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "downloads");
  else
    paddock_problem_words_say (GTK_WIDGET (self), _("It cannot be downloaded"), error);
}

static void
paddock_update_banner_dispose (GObject *object)
{
  PaddockUpdateBanner *self = PADDOCK_UPDATE_BANNER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->variant = NULL;
  g_clear_pointer (&self->listing, paddock_hub_listing_free);
  g_clear_pointer (&self->origin, paddock_hub_origin_free);
  g_clear_object (&self->services);
  G_OBJECT_CLASS (paddock_update_banner_parent_class)->dispose (object);
}

static void
paddock_update_banner_finalize (GObject *object)
{
  g_free (PADDOCK_UPDATE_BANNER (object)->id);
  G_OBJECT_CLASS (paddock_update_banner_parent_class)->finalize (object);
}

static void
paddock_update_banner_class_init (PaddockUpdateBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_update_banner_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_update_banner_finalize;
}

static void
paddock_update_banner_init (PaddockUpdateBanner *self)
{
  self->banner = g_object_new (ADW_TYPE_BANNER, "use-markup", FALSE, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
}

static void
ask (PaddockUpdateBanner *self, const PaddockLibraryEntry *entry)
{
  PaddockHubSession *hub = paddock_services_get_hub (self->services);

  g_set_str (&self->id, entry->id);
  self->origin = paddock_model_origin_new (entry, paddock_hub_session_get_endpoint (hub));
  if (self->origin == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  paddock_hub_listing_load_async (hub, self->origin->repository, NULL, self->cancellable, on_listed, g_object_ref (self));
}

/**
 * paddock_update_banner_look:
 * @self: the banner
 * @services: the hub, the library and the downloads
 * @entry: the model of the page
 */
void
paddock_update_banner_look (PaddockUpdateBanner *self, PaddockServices *services, const PaddockLibraryEntry *entry)
{
  g_set_object (&self->services, services);
  if (self->id == NULL && paddock_services_get_hub (services) != NULL)
    ask (self, entry);
  else if (self->listing != NULL)
    update (self);
}
