/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "directory.h"
#include "gguf-recipe.h"
#include "hub-error.h"
#include "hub-head.h"
#include "hub-reader.h"
#include "web-server.h"

#include <stdio.h>
#include <string.h>

/* Two servers, so that one of them must not hear what the other one may. */
typedef struct
{
  TestDirectory *directory;
  SoupServer *home, *far;
  char *home_url, *far_url;
  PaddockHubSession *session;
  GBytes *content;
  guint resolved, ranges;
  guint64 sent;
  guint expired; /* so many questions for ranges are refused first */
  const char *fault;
} Place;

static void
respond (SoupServerMessage *message, guint status, const guint8 *data, gsize length)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/octet-stream", SOUP_MEMORY_COPY, (const char *) data, length);
}

static void
answer_home (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query G_GNUC_UNUSED, gpointer user_data)
{
  Place *place = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  g_assert_null (soup_message_headers_get_one (headers, "Range"));
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Accept-Encoding"), ==, "identity");
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Authorization"), ==, "Bearer hf_test");
  place->resolved++;
  if (g_str_equal (path, "/here"))
    respond (message, SOUP_STATUS_OK, g_bytes_get_data (place->content, NULL), g_bytes_get_size (place->content));
  else if (g_str_equal (path, "/moved"))
    soup_server_message_set_redirect (message, 307, "/far");
  else if (g_str_equal (path, "/far"))
    soup_server_message_set_redirect (message, 302, place->far_url);
  else if (g_str_equal (path, "/circle"))
    soup_server_message_set_redirect (message, 302, "/circle");
  else if (g_str_equal (path, "/page"))
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<p>Log in", 9);
    }
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

static void
send_range (Place *place, SoupServerMessage *message, goffset first, goffset last)
{
  gsize size = g_bytes_get_size (place->content);
  const guint8 *data = g_bytes_get_data (place->content, NULL);
  g_autofree char *range = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GSIZE_FORMAT, (gint64) first,
                                            (gint64) last, size + (g_strcmp0 (place->fault, "total") == 0));

  place->sent += (guint64) (last - first + 1);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Content-Range", range);
  respond (message, SOUP_STATUS_PARTIAL_CONTENT, data + first, (gsize) (last - first + 1));
}

static void
answer_far (SoupServer *server G_GNUC_UNUSED,
            SoupServerMessage *message,
            const char *path G_GNUC_UNUSED,
            GHashTable *query G_GNUC_UNUSED,
            gpointer user_data)
{
  Place *place = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  goffset first, last;

  g_assert_null (soup_message_headers_get_one (headers, "Authorization"));
  g_assert_cmpint (sscanf (soup_message_headers_get_one (headers, "Range"), "bytes=%zd-%zd", &first, &last), ==, 2);
  g_assert_cmpint (last, <, (goffset) g_bytes_get_size (place->content));
  place->ranges++;
  if (place->expired > 0)
    {
      place->expired--;
      soup_server_message_set_status (message, SOUP_STATUS_FORBIDDEN, NULL);
    }
  else if (g_strcmp0 (place->fault, "whole") == 0)
    {
      /* It knows no ranges: else the library would cut the answer by itself. */
      soup_message_headers_remove (headers, "Range");
      respond (message, SOUP_STATUS_OK, g_bytes_get_data (place->content, NULL), g_bytes_get_size (place->content));
    }
  else if (g_strcmp0 (place->fault, "other") == 0)
    send_range (place, message, first + 1, last);
  else
    send_range (place, message, first, last);
}

static void
set_up (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  place->directory = test_directory_new ();
  g_setenv ("PADDOCK_CACHE_DIR", test_directory_get_path (place->directory), TRUE);
  place->home = test_web_server_start ("localhost", answer_home, place, &place->home_url);
  place->far = test_web_server_start ("127.0.0.1", answer_far, place, &place->far_url);
  place->session = paddock_hub_session_new (place->home_url, "hf_test", &error);
  g_assert_no_error (error);
  place->content = test_gguf_recipe_build ("kv general.architecture str llama\n"
                                           "kv tokens arr str repeat 30000 \"some token {}\"\n"
                                           "tensor t f32 1024x1024\n",
                                           &error);
  g_assert_no_error (error);
}

static void
tear_down (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&place->session);
  g_clear_pointer (&place->home, test_web_server_stop);
  g_clear_pointer (&place->far, test_web_server_stop);
  g_clear_pointer (&place->content, g_bytes_unref);
  g_free (place->home_url);
  g_free (place->far_url);
  test_directory_free (place->directory);
}

static PaddockHubReader *
make_reader (Place *place, const char *path, gint64 size)
{
  g_autofree char *url = g_strconcat (place->home_url, path, NULL);

  return paddock_hub_reader_new (place->session, url, size);
}

static GBytes *
read_some (PaddockHubReader *reader, gsize wanted, GError **error)
{
  g_autoptr (TestAwait) await = test_await_new ();

  paddock_hub_reader_read_async (reader, wanted, NULL, test_await_callback, await);
  return paddock_hub_reader_read_finish (reader, test_await_result (await), error);
}

static void
assert_read (Place *place, PaddockHubReader *reader, gsize wanted, gsize most)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = read_some (reader, wanted, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), >=, MIN (wanted, g_bytes_get_size (place->content)));
  g_assert_cmpuint (g_bytes_get_size (bytes), <=, most);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), g_bytes_get_data (place->content, NULL),
                   g_bytes_get_size (bytes));
}

static void
assert_refused (Place *place, const char *path, PaddockHubError code)
{
  g_autoptr (PaddockHubReader) reader = make_reader (place, path, (gint64) g_bytes_get_size (place->content));
  g_autoptr (GError) error = NULL;

  g_assert_null (read_some (reader, 1000, &error));
  g_assert_error (error, PADDOCK_HUB_ERROR, (gint) code);
}

/* Part after part from the other server, whose address is found out once. */
static void
test_ranges (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  gsize size = g_bytes_get_size (place->content);
  g_autoptr (PaddockHubReader) reader = make_reader (place, "/moved", -1);

  assert_read (place, reader, 1000, 1000);
  g_assert_cmpint (paddock_hub_reader_get_size (reader), ==, (gint64) size);
  assert_read (place, reader, 500, 1000);
  assert_read (place, reader, 200000, 200000);
  assert_read (place, reader, size + 5, size);
  assert_read (place, reader, size + 5, size);
  g_assert_cmpuint (place->resolved, ==, 2);
  g_assert_cmpuint (place->ranges, ==, 3);
  g_assert_cmpuint (paddock_hub_reader_get_fetched (reader), ==, size);
}

/* A server that sends the file itself is read no further than is wanted. */
static void
test_whole (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (PaddockHubReader) reader = make_reader (place, "/here", -1);
  g_autoptr (PaddockHubReader) other = make_reader (place, "/far", -1);

  assert_read (place, reader, 1000, 100000);
  g_assert_cmpuint (paddock_hub_reader_get_fetched (reader), <, 100000);
  assert_read (place, reader, 300000, 400000);
  g_assert_cmpuint (place->resolved, ==, 1);
  place->fault = "whole";
  assert_read (place, other, 1000, 100000);
  assert_read (place, other, 300000, 400000);
  g_assert_cmpuint (place->ranges, ==, 1);
}

/* An address that is good no more is found out again, once. */
static void
test_expired (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (PaddockHubReader) reader = make_reader (place, "/far", -1);

  assert_read (place, reader, 1000, 1000);
  place->expired = 1;
  assert_read (place, reader, 2000, 2000);
  g_assert_cmpuint (place->resolved, ==, 2);
  place->expired = 2;
  assert_refused (place, "/far", PADDOCK_HUB_ERROR_DENIED);
}

static void
test_refused (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (PaddockHubReader) nowhere = paddock_hub_reader_new (place->session, "nowhere", -1);
  g_autoptr (GError) error = NULL;

  assert_refused (place, "/none", PADDOCK_HUB_ERROR_NOT_FOUND);
  assert_refused (place, "/circle", PADDOCK_HUB_ERROR_ANSWER);
  assert_refused (place, "/page", PADDOCK_HUB_ERROR_ANSWER);
  place->fault = "other";
  assert_refused (place, "/far", PADDOCK_HUB_ERROR_ANSWER);
  place->fault = "total";
  assert_refused (place, "/far", PADDOCK_HUB_ERROR_ANSWER);
  g_assert_null (read_some (nowhere, 10, &error));
  g_assert_error (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_INVALID);
}

static void
test_cancelled (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (PaddockHubReader) reader = make_reader (place, "/far", -1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;

  paddock_hub_reader_read_async (reader, 1000, cancellable, test_await_callback, await);
  g_cancellable_cancel (cancellable);
  g_assert_null (paddock_hub_reader_read_finish (reader, test_await_result (await), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_read (place, reader, 1000, 1000);
}

static PaddockHubHead *
load_head_as (Place *place, const char *path, const char *key, GError **error)
{
  g_autofree char *url = g_strconcat (place->home_url, path, NULL);
  g_autoptr (TestAwait) await = test_await_new ();
  PaddockHubHeadPlace at = { url, key, "model.gguf", (gint64) g_bytes_get_size (place->content), "acme/tiny" };

  paddock_hub_head_load_async (place->session, &at, NULL, test_await_callback, await);
  return paddock_hub_head_load_finish (test_await_result (await), error);
}

static PaddockHubHead *
load_head (Place *place, const char *path, GError **error)
{
  return load_head_as (place, path, "sha256:whatever", error);
}

static void
assert_head (Place *place, const char *key, guint64 fetched)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHubHead) head = load_head_as (place, "/far", key, &error);
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (place->content, "here");
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);

  g_assert_no_error (error);
  g_assert_null (paddock_gguf_file_get_failure (head->file));
  g_assert_cmpuint (paddock_gguf_file_get_data_offset (head->file), ==, paddock_gguf_file_get_data_offset (file));
  g_autofree char *name = paddock_gguf_metadata_dup_string (paddock_gguf_file_get_metadata (head->file), "general.name");
  g_autofree char *expected = paddock_gguf_metadata_dup_string (paddock_gguf_file_get_metadata (file), "general.name");
  g_assert_cmpstr (name, ==, expected);
  g_assert_cmpuint (head->fetched, ==, fetched);
}

static void
set_content (Place *place, const char *name, const char *word)
{
  g_autofree char *recipe = g_strdup_printf ("kv general.architecture str llama\nkv general.name str \"%s\"\n"
                                             "kv tokens arr str repeat 30000 \"some %s {}\"\n"
                                             "kv end str x\ntensor t f32 1024x1024\n",
                                             name, word);
  g_autoptr (GError) error = NULL;

  g_bytes_unref (place->content);
  place->content = test_gguf_recipe_build (recipe, &error);
  g_assert_no_error (error);
}

/* What is in all files of a repository is fetched for one of them; what only looks so is fetched. */
static void
test_sibling (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  const guint64 window = 256 << 10, all = 1 << 20, rest = 32 << 10;

  set_content (place, "One", "token");
  assert_head (place, "1", all);
  set_content (place, "The second one", "token");
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (place->content, "here");
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);
  const PaddockGgufEntry *tokens = paddock_gguf_metadata_find (paddock_gguf_file_get_metadata (file), "tokens");
  assert_head (place, "2", window + paddock_gguf_file_get_header_end (file) - tokens->value_end + rest);
  assert_head (place, "2", 0);
  set_content (place, "The third one", "other");
  assert_head (place, "3", all);
  /* Of a server without parts, all of it. */
  set_content (place, "The fourth one", "other");
  place->fault = "whole";
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (PaddockHubHead) head = load_head_as (place, "/far", "4", &error);

    g_assert_no_error (error);
    g_assert_null (paddock_gguf_file_get_failure (head->file));
  }
}

/* The header as a local file has it, for a part of its bytes; the second time for none. */
static void
test_head (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (place->content, "here");
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PaddockHubHead) head = load_head (place, "/far", &error);

      g_assert_no_error (error);
      g_assert_null (paddock_gguf_file_get_failure (head->file));
      g_assert_cmpuint (paddock_gguf_file_get_size (head->file), ==, g_bytes_get_size (place->content));
      g_assert_cmpuint (paddock_gguf_file_get_data_offset (head->file), ==, paddock_gguf_file_get_data_offset (file));
      g_assert_cmpstr (paddock_gguf_file_get_path (head->file), ==, "model.gguf");
      g_assert_cmpuint (head->fetched, ==, i == 0 ? 1 << 20 : 0);
    }
  g_assert_cmpuint (place->ranges, ==, 2);
}

/* What is no model is said to be none, by the failure of its header. */
static void
test_no_model (Place *place, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHubHead) head = NULL;

  g_bytes_unref (place->content);
  place->content = g_bytes_new_static ("PK\3\4 and so on", 13);
  head = load_head (place, "/far", &error);
  g_assert_no_error (error);
  g_assert_error (paddock_gguf_file_get_failure (head->file), PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_NOT_GGUF);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/hub-reader/ranges", Place, NULL, set_up, test_ranges, tear_down);
  g_test_add ("/hub-reader/whole", Place, NULL, set_up, test_whole, tear_down);
  g_test_add ("/hub-reader/expired", Place, NULL, set_up, test_expired, tear_down);
  g_test_add ("/hub-reader/refused", Place, NULL, set_up, test_refused, tear_down);
  g_test_add ("/hub-reader/cancelled", Place, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/hub-reader/head", Place, NULL, set_up, test_head, tear_down);
  g_test_add ("/hub-reader/sibling", Place, NULL, set_up, test_sibling, tear_down);
  g_test_add ("/hub-reader/no-model", Place, NULL, set_up, test_no_model, tear_down);
  return g_test_run ();
}
