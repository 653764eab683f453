/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-tree.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define ALIGNMENT 32
#define ELEMENTS 4096
#define N_LAYERS 4

typedef enum
{
  TYPE_U32 = 4,
  TYPE_STRING = 8,
  TYPE_ARRAY = 9
} ValueType;

typedef struct
{
  GByteArray *bytes;
  guint32 n_values;
  gsize count_at;                    /* where n_values stands */
} Header;

typedef struct
{
  const TestLibraryTree *tree;
  const char *folder;
  TestLibraryCensus *census;
  GRand *random;
  GError **error;
} Writer;

static void
put_u32 (GByteArray *bytes, guint32 value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

static void
put_u64 (GByteArray *bytes, guint64 value)
{
  value = GUINT64_TO_LE (value);
  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

static void
put_string (GByteArray *bytes, const char *text)
{
  put_u64 (bytes, strlen (text));
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

static void
begin_value (Header *header, const char *key, ValueType type)
{
  header->n_values++;
  put_string (header->bytes, key);
  put_u32 (header->bytes, type);
}

static void
put_text (Header *header, const char *key, const char *text)
{
  begin_value (header, key, TYPE_STRING);
  put_string (header->bytes, text);
}

static void
put_number (Header *header, const char *architecture, const char *key, guint32 number)
{
  g_autofree char *whole = g_strconcat (architecture, key, NULL);

  begin_value (header, whole, TYPE_U32);
  put_u32 (header->bytes, number);
}

static void
put_tokens (Header *header, guint n_tokens)
{
  begin_value (header, "tokenizer.ggml.tokens", TYPE_ARRAY);
  put_u32 (header->bytes, TYPE_STRING);
  put_u64 (header->bytes, n_tokens);
  for (guint i = 0; i < n_tokens; i++)
    {
      char token[16];

      g_snprintf (token, sizeof token, "token%u", i);
      put_string (header->bytes, token);
    }
}

static void
put_tensor (GByteArray *bytes, const char *name, guint64 offset)
{
  put_string (bytes, name);
  put_u32 (bytes, 1);
  put_u64 (bytes, ELEMENTS);
  put_u32 (bytes, 1);                /* F16 */
  put_u64 (bytes, offset);
}

static void
put_tensors (Header *header, gboolean is_projector)
{
  guint64 offset = 0;

  for (guint layer = 0; layer < N_LAYERS; layer++)
    {
      char name[64];

      g_snprintf (name, sizeof name, is_projector ? "v.blk.%u.ffn_up.weight" : "blk.%u.ffn_up.weight", layer);
      put_tensor (header->bytes, name, offset);
      offset += 2 * ELEMENTS;
    }
}

/* Shard 0 of 1 is a whole model. */
static GByteArray *
build_header (Writer *self, guint number, gboolean is_projector, guint shard, guint n_shards)
{
  static const char *const architectures[] = { "llama", "qwen3", "gemma3", "phi3", "mistral" };
  static const char *const licenses[] = { "apache-2.0", "mit", "llama3.1", "gemma" };
  const char *architecture = is_projector ? "clip" : architectures[number % G_N_ELEMENTS (architectures)];
  Header header = { .bytes = g_byte_array_new () };
  g_autofree char *name = g_strdup_printf (is_projector ? "Projector %u" : "Model %u", number);
  guint32 n_values;

  g_byte_array_append (header.bytes, (const guint8 *) "GGUF", 4);
  put_u32 (header.bytes, 3);
  put_u64 (header.bytes, N_LAYERS);
  header.count_at = header.bytes->len;
  put_u64 (header.bytes, 0);
  put_text (&header, "general.architecture", architecture);
  put_text (&header, "general.type", is_projector ? "mmproj" : "model");
  put_text (&header, "general.name", name);
  put_text (&header, "general.license", licenses[number % G_N_ELEMENTS (licenses)]);
  put_number (&header, "general", ".file_type", 1);
  put_number (&header, architecture, ".block_count", N_LAYERS);
  put_number (&header, architecture, ".context_length", 2048u << g_rand_int_range (self->random, 0, 6));
  put_number (&header, architecture, ".embedding_length", 64);
  put_number (&header, architecture, ".attention.head_count", 8);
  put_text (&header, "tokenizer.ggml.model", "gpt2");
  put_text (&header, "tokenizer.chat_template", "{% for message in messages %}{{ message.content }}{% endfor %}");
  put_tokens (&header, 32);
  if (n_shards > 1)
    {
      put_number (&header, "split", ".no", shard);
      put_number (&header, "split", ".count", n_shards);
    }
  n_values = GUINT32_TO_LE (header.n_values);
  memcpy (header.bytes->data + header.count_at, &n_values, sizeof n_values);
  put_tensors (&header, is_projector);
  return header.bytes;
}

static gboolean
fail (Writer *self, const char *path)
{
  g_set_error (self->error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  return FALSE;
}

/* As long as it says, or cut in the middle of the weights; those are a hole. */
static gboolean
write_model (Writer *self, const char *path, GByteArray *header, gboolean whole)
{
  off_t start = (off_t) (header->len + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  off_t end = start + N_LAYERS * 2 * ELEMENTS;
  int fd = open (path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  gboolean written;

  if (fd < 0)
    return fail (self, path);
  written = write (fd, header->data, header->len) == (ssize_t) header->len && ftruncate (fd, whole ? end : end / 2) == 0;
  close (fd);
  return written || fail (self, path);
}

static gboolean
add_model (Writer *self, const char *path, guint number, gboolean is_projector, guint shard, guint n_shards)
{
  g_autoptr (GByteArray) header = build_header (self, number, is_projector, shard, n_shards);

  self->census->n_headers++;
  self->census->n_names++;
  return write_model (self, path, header, TRUE);
}

static char *
build_path (Writer *self, guint number, const char *format, ...) G_GNUC_PRINTF (3, 4);

static char *
build_path (Writer *self, guint number, const char *format, ...)
{
  g_autofree char *folder = g_strdup_printf ("%s/folder-%u", self->folder, number % self->tree->n_folders);
  g_autofree char *name = NULL;
  va_list arguments;

  va_start (arguments, format);
  name = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return g_build_filename (folder, name, NULL);
}

/* Another name or a copy of the whole model before this one in the same hundred. */
static gboolean
add_relative (Writer *self, guint number, guint place)
{
  guint first = number - place;
  g_autofree char *original = build_path (self, first + 50, "model-%u-F16.gguf", first + 50);
  g_autofree char *path = build_path (self, number, "again-%u-F16.gguf", number);
  g_autoptr (GByteArray) header = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  if (place < 92)
    {
      self->census->n_names++;
      return link (original, path) == 0 || fail (self, path);
    }
  if (place < 94)
    {
      self->census->n_links++;
      self->census->n_names++;
      return symlink (original, path) == 0 || fail (self, path);
    }
  if (place < 96)
    {
      self->census->n_headers++;
      self->census->n_names++;
      return g_file_get_contents (original, &contents, &length, self->error) &&
             g_file_set_contents_full (path, contents, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, self->error);
    }
  header = build_header (self, number, FALSE, 0, 1);
  g_free (path);
  path = build_path (self, number, "partial-%u.gguf.part", number);
  self->census->n_partial++;
  return write_model (self, path, header, FALSE);
}

/* Which of the hundred it is says what it becomes. */
static gboolean
add_one (Writer *self, guint number)
{
  guint place = number % 100;
  g_autofree char *path = NULL;

  if (place >= 90 && place < 98)
    return add_relative (self, number, place);
  if (place < 4)
    {
      path = build_path (self, number - place % 2, "set-%u-F16-%05u-of-00002.gguf", number - place % 2, place % 2 + 1);
      return add_model (self, path, number - place % 2, FALSE, place % 2, 2);
    }
  path = build_path (self, number, place < 8 ? "mmproj-%u-F16.gguf" : "model-%u-F16.gguf", number);
  return add_model (self, path, number, place < 8, 0, 1);
}

/**
 * test_library_tree_write:
 * @self: what to write
 * @folder: (type filename): an existing folder
 * @census: (out caller-allocates): what there is now
 * @error: return location for an error
 *
 * Returns: whether it worked
 */
gboolean
test_library_tree_write (const TestLibraryTree *self, const char *folder, TestLibraryCensus *census, GError **error)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (self->seed);
  Writer writer = { .tree = self, .folder = folder, .census = census, .random = random, .error = error };

  memset (census, 0, sizeof *census);
  for (guint i = 0; i < self->n_folders; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/folder-%u", folder, i);

      if (g_mkdir_with_parents (path, 0700) != 0)
        return fail (&writer, path);
    }
  for (guint i = 0; i < self->n_files; i++)
    if (!add_one (&writer, i))
      return FALSE;
  return TRUE;
}
