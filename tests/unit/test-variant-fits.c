/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert-finalize.h"
#include "await.h"
#include "directory.h"
#include "discover/variant-fits.h"
#include "gguf-recipe.h"
#include "hub-error.h"
#include "web-server.h"

#include <string.h>

#define SHA "5bb9fc53add422c252f7351a8e28c438cb98ea21"

static const char model[] = "kv general.architecture str llama\n"
                            "kv llama.block_count u32 1\n"
                            "kv llama.context_length u32 4096\n"
                            "kv llama.embedding_length u32 64\n"
                            "kv llama.feed_forward_length u32 128\n"
                            "kv llama.attention.head_count u32 4\n"
                            "kv tokenizer.ggml.tokens arr str repeat 50 \"token {}\"\n"
                            "tensor token_embd.weight f16 64x50\n"
                            "tensor output_norm.weight f32 64\n"
                            "tensor blk.0.attn_q.weight q8_0 64x64\n";

/* A hub that has one model twice, and lets in whom the test wants. */
typedef struct
{
  TestDirectory *directory;
  SoupServer *server;
  GBytes *content;
  PaddockHubSession *session;
  PaddockMachineChoice *machines;
  PaddockHubListing *listing;
  PaddockVariantFits *fits;
  const char *refusal;               /* NULL: everybody is let in */
  guint n_questions, n_judged;
} Fixture;

static void
on_question (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Fixture *fixture = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gsize size;
  const char *data = g_bytes_get_data (fixture->content, &size);

  fixture->n_questions++;
  if (fixture->refusal != NULL)
    {
      soup_message_headers_append (headers, "X-Error-Code", "GatedRepo");
      soup_message_headers_append (headers, "X-Error-Message", fixture->refusal);
      soup_server_message_set_status (message, 403, NULL);
      return;
    }
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/octet-stream", SOUP_MEMORY_COPY, data, size);
}

static PaddockHubListing *
create_listing (gint64 size)
{
  static const char *const labels[] = { "Q4_0", "Q8_0", "BF16" };
  g_autoptr (JsonNode) node = json_from_string ("{\"id\":\"acme/tiny\",\"sha\":\"" SHA "\"}", NULL);
  PaddockHubListing *listing = g_new0 (PaddockHubListing, 1);

  listing->repository = paddock_hub_repository_read (node);
  listing->files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_file_free);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autofree char *path = g_strdup_printf ("tiny-%s.gguf", labels[i]);

      g_ptr_array_add (listing->files, paddock_hub_file_new (path, size, NULL));
    }
  listing->variants = paddock_hub_variant_group (listing->files);
  return listing;
}

static void
on_judged (Fixture *fixture)
{
  fixture->n_judged++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new ("io.github.paddockapp.Paddock");
  g_autoptr (PaddockThisComputer) computer = NULL;
  g_autoptr (PaddockMachineStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *endpoint = NULL;

  fixture->directory = test_directory_new ();
  g_setenv ("XDG_CACHE_HOME", test_directory_get_path (fixture->directory), TRUE);
  g_setenv ("PADDOCK_CACHE_DIR", test_directory_get_path (fixture->directory), TRUE);
  folder = test_directory_build_path (fixture->directory, "machines");
  fixture->content = test_gguf_recipe_build (model, &error);
  g_assert_no_error (error);
  fixture->server = test_web_server_start ("127.0.0.1", on_question, fixture, &endpoint);
  fixture->session = paddock_hub_session_new (endpoint, "hf_token", &error);
  g_assert_no_error (error);
  computer = paddock_this_computer_new (settings, "/");
  store = paddock_machine_store_new (folder);
  fixture->machines = paddock_machine_choice_new (settings, computer, store);
  fixture->listing = create_listing ((gint64) g_bytes_get_size (fixture->content));
  fixture->fits = paddock_variant_fits_new (fixture->session, fixture->listing, fixture->machines);
  g_signal_connect_swapped (fixture->fits, "judged", G_CALLBACK (on_judged), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  paddock_variant_fits_stop (fixture->fits);
  test_assert_finalize (fixture->fits);
  paddock_hub_listing_free (fixture->listing);
  g_object_unref (fixture->machines);
  g_object_unref (fixture->session);
  test_web_server_stop (fixture->server);
  g_bytes_unref (fixture->content);
  test_directory_free (fixture->directory);
}

static const PaddockHubVariant *
get_variant (Fixture *fixture, guint position)
{
  return g_ptr_array_index (fixture->listing->variants, position);
}

static gboolean
is_judged (gpointer user_data)
{
  Fixture *fixture = user_data;

  return paddock_variant_fits_look (fixture->fits, get_variant (fixture, 0)) != NULL;
}

static gboolean
is_refused (gpointer user_data)
{
  return paddock_variant_fits_get_refusal (((Fixture *) user_data)->fits) != NULL;
}

/* The header comes first, the computer when somebody has looked at it. */
static void
test_judges (Fixture *fixture, gconstpointer data)
{
  const PaddockVariantFit *fit;

  paddock_variant_fits_ask (fixture->fits, get_variant (fixture, 0));
  g_assert_null (paddock_variant_fits_look (fixture->fits, get_variant (fixture, 0)));
  g_assert_false (paddock_variant_fits_has_access (fixture->fits));
  paddock_this_computer_scan (paddock_machine_choice_get_computer (fixture->machines));
  test_await_condition (is_judged, fixture);
  fit = paddock_variant_fits_look (fixture->fits, get_variant (fixture, 0));
  g_assert_cmpint (fit->fit, !=, PADDOCK_FIT_UNKNOWN);
  g_assert_cmpuint (fit->needed, >, 0);
  g_assert_cmpuint (fit->available, >, 0);
  g_assert_cmpuint (fit->context, >=, 4096);
  g_assert_true (paddock_variant_fits_has_access (fixture->fits));
  g_assert_null (paddock_variant_fits_look (fixture->fits, get_variant (fixture, 1)));
  g_assert_cmpuint (fixture->n_judged, >, 0);
}

/* Who is not let in is not so for the others either. */
static void
test_refusal (Fixture *fixture, gconstpointer data)
{
  fixture->refusal = "Access to model acme/tiny is restricted and you are not in the authorized list.";
  for (guint i = 0; i < fixture->listing->variants->len; i++)
    paddock_variant_fits_ask (fixture->fits, get_variant (fixture, i));
  test_await_condition (is_refused, fixture);
  g_assert_error (paddock_variant_fits_get_refusal (fixture->fits), PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_GATED);
  g_assert_cmpuint (fixture->n_questions, <, 3);
  g_assert_false (paddock_variant_fits_has_access (fixture->fits));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/variant-fits/judges", Fixture, NULL, set_up, test_judges, tear_down);
  g_test_add ("/variant-fits/refusal", Fixture, NULL, set_up, test_refusal, tear_down);
  return g_test_run ();
}
