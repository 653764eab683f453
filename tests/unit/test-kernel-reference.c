/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "gguf/gguf-file.h"
#include "kernels/kernel-dispatch.h"
#include "quant/quant-type.h"

/* Kernels of every instruction set that this machine has, one after another. */
static const PaddockKernelIsa isas[] = { PADDOCK_KERNEL_SCALAR,
                                         PADDOCK_KERNEL_NEON,
                                         PADDOCK_KERNEL_AVX2,
                                         PADDOCK_KERNEL_AVX512 };

static GBytes *
parse_hex (const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; text[0] != '\0' && text[1] != '\0'; text += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));

      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
check_digest (const PaddockKernel *kernel, GBytes *blocks, guint numbers, guint block, const char *digest)
{
  g_autofree float *values = g_new (float, numbers);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  kernel->dequantize (g_bytes_get_data (blocks, NULL), numbers / block, values);
  for (guint i = 0; i < numbers; i++)
    {
      guint32 bits;

      memcpy (&bits, &values[i], sizeof bits);
      bits = GUINT32_TO_LE (bits);
      g_checksum_update (checksum, (const guchar *) &bits, sizeof bits);
    }
  return g_str_equal (g_checksum_get_string (checksum), digest);
}

static void
check_group (GKeyFile *file, const char *group)
{
  guint32 type = (guint32) g_key_file_get_integer (file, group, "type", NULL);
  guint numbers = (guint) g_key_file_get_integer (file, group, "numbers", NULL);
  g_autofree char *hex = g_key_file_get_string (file, group, "blocks", NULL);
  g_autofree char *digest = g_key_file_get_string (file, group, "sha256", NULL);
  g_autoptr (GBytes) blocks = parse_hex (hex);
  gsize bytes = g_bytes_get_size (blocks);
  /* BitNet's type has another name in ggml's dialect. */
  const PaddockQuantType *known = type == 36 ? NULL : paddock_quant_type_lookup (type, PADDOCK_QUANT_DIALECT_GGML);
  guint block = known != NULL ? known->block : 128;

  g_assert_cmpuint (numbers, >, 0);
  g_assert_cmpuint (numbers % block, ==, 0);
  g_assert_cmpuint (bytes, ==, numbers / block * (known != NULL ? known->bytes : 32u));
  if (known != NULL)
    g_assert_cmpstr (known->name, ==, group);
  for (gsize i = 0; i < G_N_ELEMENTS (isas); i++)
    {
      PaddockKernelIsa isa;
      const PaddockKernel *kernel = paddock_kernel_dispatch_find (type, isas[i], &isa);

      if (kernel == NULL)
        {
          g_assert_true (isas[i] != PADDOCK_KERNEL_SCALAR);
          continue;
        }
      if (!check_digest (kernel, blocks, numbers, block, digest))
        {
          g_test_message ("%s with %s differs from what is known", group, paddock_kernel_isa_get_name (isa));
          g_test_fail ();
        }
    }
}

static void
test_known (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PADDOCK_SOURCE"), "tests", "data", "kernel-reference.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  gsize n_groups;

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);

  g_auto (GStrv) groups = g_key_file_get_groups (file, &n_groups);

  g_assert_cmpuint (n_groups, ==, 36);
  for (gsize i = 0; i < n_groups; i++)
    check_group (file, groups[i]);
}

/* ggml's own results, where they lie beside the project: every tensor of every type, bits that mean nothing included. */
static char *
corpus_path (const char *name)
{
  return g_build_filename (g_getenv ("PADDOCK_SOURCE"), "..", "shared", "corpus", "reference", name, NULL);
}

static gsize
find_difference (const float *one, const float *other, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (memcmp (&one[i], &other[i], sizeof *one) != 0 && !(isnan (one[i]) && isnan (other[i])))
      return i;
  return n;
}

static void
check_tensor (PaddockGgufFile *file, guint32 type, JsonObject *described, const float *expected)
{
  const char *name = json_object_get_string_member (described, "name");
  const PaddockGgufTensor *tensor = paddock_gguf_file_find_tensor (file, name);
  gsize n = (gsize) json_object_get_int_member (described, "n");
  g_autofree guint8 *stored = g_malloc ((gsize) tensor->bytes);
  g_autofree float *values = g_new (float, n);
  g_autoptr (GError) error = NULL;

  paddock_gguf_source_read (paddock_gguf_file_get_source (file), paddock_gguf_file_get_data_offset (file) + tensor->offset, stored,
                            (gsize) tensor->bytes, NULL, &error);
  g_assert_no_error (error);

  const PaddockQuantType *known = paddock_quant_type_lookup (type, PADDOCK_QUANT_DIALECT_GGML);

  g_assert_cmpuint (tensor->bytes, ==, n / known->block * known->bytes);
  for (gsize i = 0; i < G_N_ELEMENTS (isas); i++)
    {
      const PaddockKernel *kernel = paddock_kernel_dispatch_find (type, isas[i], NULL);

      if (kernel == NULL)
        continue;
      kernel->dequantize (stored, n / known->block, values);
      if (find_difference (values, expected, n) < n)
        {
          g_test_message ("%s %s with %s: number %zu", known->name, name, paddock_kernel_isa_get_name (isas[i]),
                          find_difference (values, expected, n));
          g_test_fail ();
        }
    }
}

static guint
check_type (JsonObject *described)
{
  guint32 type = (guint32) json_object_get_int_member (described, "id");
  JsonArray *tensors = json_object_get_array_member (described, "tensors");
  g_autofree char *path =
    corpus_path (json_object_get_string_member (json_object_get_object_member (described, "gguf"), "file"));
  g_autofree char *floats_path =
    corpus_path (json_object_get_string_member (json_object_get_object_member (described, "f32"), "file"));
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_open (path, NULL, &error);
  g_autofree char *floats = NULL;
  gsize length;
  guint n_checked = 0;

  g_assert_no_error (error);
  g_file_get_contents (floats_path, &floats, &length, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < json_array_get_length (tensors); i++)
    {
      JsonObject *tensor = json_array_get_object_element (tensors, i);
      gsize offset;

      if (!json_object_has_member (tensor, "f32_offset"))
        continue;
      offset = (gsize) json_object_get_int_member (tensor, "f32_offset");
      g_assert_cmpuint (offset + 4 * (gsize) json_object_get_int_member (tensor, "n"), <=, length);
      check_tensor (file, type, tensor, (const float *) (floats + offset));
      n_checked++;
    }
  return n_checked;
}

static void
test_corpus (void)
{
  g_autofree char *index = corpus_path ("index.json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  guint n_checked = 0;

  if (!g_file_test (index, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no corpus beside the project");
      return;
    }
  json_parser_load_from_file (parser, index, &error);
  g_assert_no_error (error);

  JsonArray *types = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "types");

  for (guint i = 0; i < json_array_get_length (types); i++)
    {
      JsonObject *type = json_array_get_object_element (types, i);

      if (json_object_has_member (type, "f32"))
        n_checked += check_type (type);
    }
  g_test_message ("%u tensors", n_checked);
  g_assert_cmpuint (n_checked, >, 300);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/kernel-reference/known", test_known);
  g_test_add_func ("/kernel-reference/corpus", test_corpus);
  return g_test_run ();
}
