/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-access.h"

#include "awaiter.h"
#include "hub-error.h"
#include "hub-keyring.h"
#include "output.h"

#include <glib/gi18n.h>

/* What the person can do about it, where the hub's own words do not say that. */
static const char *
get_advice (const GError *error)
{
  if (error->domain != PADDOCK_HUB_ERROR)
    return NULL;
  switch ((PaddockHubError) error->code)
    {
    case PADDOCK_HUB_ERROR_UNKNOWN:
      return _("There is no such repository, or it is private: “hub login” or HF_TOKEN tells the hub who asks");
    case PADDOCK_HUB_ERROR_TOKEN:
      return _("The hub wants to know who asks: “hub login” or HF_TOKEN tells it");
    case PADDOCK_HUB_ERROR_GATED:
      return _("Its conditions have to be accepted on its page first");
    case PADDOCK_HUB_ERROR_WAITING:
      return _("Its owner has not agreed yet");
    case PADDOCK_HUB_ERROR_REFUSED:
      return _("Its owner does not agree");
    case PADDOCK_HUB_ERROR_OFFLINE:
      return _("There is no network");
    case PADDOCK_HUB_ERROR_KEYRING:
      return _("This desktop has no keyring, or keeps it shut: HF_TOKEN tells the hub who asks");
    case PADDOCK_HUB_ERROR_BUSY:
      return _("The hub wants to be left alone for some minutes");
    default:
      return NULL;
    }
}

static char *
format_time (gint64 seconds, const char *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);

  return time != NULL ? g_date_time_format (time, format) : g_strdup ("?");
}

static void
complain (PaddockHubSession *session, const GError *error, const char *where)
{
  const char *advice = get_advice (error);
  gint64 until = session != NULL ? paddock_hub_session_get_busy_until (session) : 0;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (until > 0 && g_error_matches (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_BUSY))
    {
      g_autofree char *time = format_time (until, "%X");
      /* Translators: %s is a time of the day. */
      g_autofree char *text = g_strdup_printf (_("The hub wants to be left alone until %s"), time);

      paddock_output_complain (text, where);
      return;
    }
  paddock_output_complain (advice != NULL ? advice : error->message, where);
}

/**
 * paddock_hub_access_print_age:
 * @said_at: when the hub said it, in seconds since 1970
 * @from_cache: whether it could not be asked now
 *
 * Tells a person that something is old.
 */
void
paddock_hub_access_print_age (gint64 said_at, gboolean from_cache)
{
  g_autofree char *time = from_cache ? format_time (said_at, "%c") : NULL;

  if (time != NULL)
    paddock_output_line (_("The hub cannot be asked now. This is what it said on %s."), time);
}

/**
 * paddock_hub_access_open_unknown:
 *
 * Returns: (transfer full) (nullable): a session with the hub, for nobody
 */
PaddockHubSession *
paddock_hub_access_open_unknown (void)
{
  g_autoptr (GError) error = NULL;
  PaddockHubSession *session = paddock_hub_session_new (NULL, NULL, &error);

  if (session == NULL)
    complain (NULL, error, "HF_ENDPOINT");
  return session;
}

/**
 * paddock_hub_access_open_as:
 * @origin: (out) (optional): where the person told who they are
 *
 * Returns: (transfer full) (nullable): a session with the hub, for the person
 */
PaddockHubSession *
paddock_hub_access_open_as (PaddockHubTokenOrigin *origin)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (PaddockHubSession) session = paddock_hub_access_open_unknown ();
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  if (session == NULL)
    return NULL;
  paddock_hub_token_load_async (paddock_hub_session_get_endpoint (session), paddock_awaiter_get_cancellable (awaiter),
                                paddock_awaiter_finished, awaiter);
  token = paddock_hub_token_load_finish (paddock_awaiter_wait (awaiter), origin, &error);
  /* Where there is no keyring, nobody is signed in. */
  if (error != NULL && !g_error_matches (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_KEYRING))
    return NULL;
  paddock_hub_session_set_token (session, token);
  return g_steal_pointer (&session);
}

PaddockHubSession *
paddock_hub_access_open (void)
{
  return paddock_hub_access_open_as (NULL);
}

/**
 * paddock_hub_access_ask_account:
 * @session: a session
 *
 * Returns: (transfer full) (nullable): whose token it has
 */
PaddockHubAccount *
paddock_hub_access_ask_account (PaddockHubSession *session)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;
  PaddockHubAccount *account;

  paddock_hub_account_ask_async (session, paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished, awaiter);
  account = paddock_hub_account_ask_finish (paddock_awaiter_wait (awaiter), &error);
  if (g_error_matches (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_TOKEN))
    paddock_output_complain (_("The hub does not know this token"), paddock_hub_session_get_endpoint (session));
  else if (account == NULL)
    complain (session, error, paddock_hub_session_get_endpoint (session));
  return account;
}

/**
 * paddock_hub_access_keep_token:
 * @session: a session
 * @token: (nullable): for its endpoint; %NULL: none any more
 *
 * Returns: whether the keyring did so
 */
gboolean
paddock_hub_access_keep_token (PaddockHubSession *session, const char *token)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  GCancellable *cancellable = paddock_awaiter_get_cancellable (awaiter);
  const char *endpoint = paddock_hub_session_get_endpoint (session);
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (token != NULL)
    paddock_hub_keyring_store_async (endpoint, token, cancellable, paddock_awaiter_finished, awaiter);
  else
    paddock_hub_keyring_clear_async (endpoint, cancellable, paddock_awaiter_finished, awaiter);
  done = token != NULL ? paddock_hub_keyring_store_finish (paddock_awaiter_wait (awaiter), &error)
                       : paddock_hub_keyring_clear_finish (paddock_awaiter_wait (awaiter), &error);
  if (!done)
    complain (session, error, endpoint);
  return done;
}

/**
 * paddock_hub_access_list:
 * @session: a session
 * @id: a repository
 * @revision: (nullable): of it
 *
 * Returns: (transfer full) (nullable): what is in it
 */
PaddockHubListing *
paddock_hub_access_list (PaddockHubSession *session, const char *id, const char *revision)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;
  PaddockHubListing *listing;

  paddock_hub_listing_load_async (session, id, revision, paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished,
                                  awaiter);
  listing = paddock_hub_listing_load_finish (paddock_awaiter_wait (awaiter), &error);
  if (listing == NULL)
    complain (session, error, id);
  return listing;
}

/**
 * paddock_hub_access_search:
 * @session: a session
 * @page: path and query
 *
 * Returns: (transfer full) (nullable): what was found
 */
PaddockHubPage *
paddock_hub_access_search (PaddockHubSession *session, const char *page)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;
  PaddockHubPage *found;

  paddock_hub_search_load_async (session, page, paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished, awaiter);
  found = paddock_hub_search_load_finish (paddock_awaiter_wait (awaiter), &error);
  if (found == NULL)
    complain (session, error, paddock_hub_session_get_endpoint (session));
  return found;
}

/* Whose file it is that was named. */
static const PaddockHubVariant *
find_owner (GPtrArray *variants, const char *path)
{
  for (guint i = 0; i < variants->len; i++)
    {
      const PaddockHubVariant *variant = g_ptr_array_index (variants, i);

      for (guint j = 0; j < variant->files->len; j++)
        if (g_str_equal (((PaddockHubFile *) g_ptr_array_index (variant->files, j))->path, path))
          return variant;
    }
  return NULL;
}

/**
 * paddock_hub_access_find_variant:
 * @listing: a repository
 * @reference: what of it
 * @what: as the person wrote it
 *
 * Returns: (nullable): the model
 */
const PaddockHubVariant *
paddock_hub_access_find_variant (const PaddockHubListing *listing, const PaddockHubReference *reference, const char *what)
{
  const PaddockHubVariant *variant = reference->path != NULL
                                         ? find_owner (listing->variants, reference->path)
                                         : paddock_hub_variant_find (listing->variants, reference->quantization);

  if (variant == NULL && reference->path != NULL)
    paddock_output_complain (_("The repository has no such model; “hub files” lists its files"), what);
  else if (variant == NULL && reference->quantization != NULL)
    paddock_output_complain (_("The repository has no such quantization; “hub show” lists them"), what);
  else if (variant == NULL)
    paddock_output_complain (_("The quantization has to be said, as in OWNER/NAME:Q4_K_M; “hub show” lists them"), what);
  else if (!paddock_hub_variant_is_whole (variant))
    paddock_output_complain (_("Some of its files were never uploaded"), what);
  else
    return variant;
  return NULL;
}

/**
 * paddock_hub_access_read_header:
 * @session: a session
 * @listing: a repository
 * @variant: a model in it
 * @what: what the person asked for
 *
 * Returns: (transfer full) (nullable): what its files say
 */
PaddockHubHeader *
paddock_hub_access_read_header (PaddockHubSession *session,
                                const PaddockHubListing *listing,
                                const PaddockHubVariant *variant,
                                const char *what)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;
  PaddockHubHeader *header;

  paddock_hub_header_load_async (session, listing, variant, paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished,
                                 awaiter);
  header = paddock_hub_header_load_finish (paddock_awaiter_wait (awaiter), &error);
  if (header == NULL)
    complain (session, error, what);
  return header;
}

/**
 * paddock_hub_access_check_updates:
 * @session: a session
 * @origins: (element-type PaddockHubOrigin): what the person has
 *
 * Returns: (transfer full) (nullable) (element-type PaddockHubUpdate): what the hub has
 */
GPtrArray *
paddock_hub_access_check_updates (PaddockHubSession *session, GPtrArray *origins)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();

  paddock_hub_update_check_async (session, origins, paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished, awaiter);
  return paddock_hub_update_check_finish (paddock_awaiter_wait (awaiter), NULL);
}

/**
 * paddock_hub_access_read_manifest:
 * @registry: a session with Ollama's registry
 * @reference: a model there
 * @what: as the person wrote it
 *
 * Returns: (transfer full) (nullable): what it consists of
 */
PaddockOllamaManifest *
paddock_hub_access_read_manifest (PaddockHubSession *registry, const PaddockOllamaReference *reference, const char *what)
{
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  g_autoptr (GError) error = NULL;
  PaddockOllamaManifest *manifest;

  paddock_ollama_manifest_load_async (registry, reference, paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished,
                                      awaiter);
  manifest = paddock_ollama_manifest_load_finish (paddock_awaiter_wait (awaiter), &error);
  if (g_error_matches (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_NOT_FOUND))
    paddock_output_complain (_("Ollama’s registry has no such model"), what);
  else if (manifest == NULL)
    complain (registry, error, what);
  return manifest;
}
