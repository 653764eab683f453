/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quant/quant-type.h"

#define GGML PADDOCK_QUANT_DIALECT_GGML
#define BITNET_OLD PADDOCK_QUANT_DIALECT_BITNET_OLD
#define BITNET_NEW PADDOCK_QUANT_DIALECT_BITNET_NEW

static void
assert_name (guint32 id, PaddockQuantDialect dialect, const char *name)
{
  const PaddockQuantType *type = paddock_quant_type_lookup (id, dialect);

  g_assert_nonnull (type);
  g_assert_cmpuint (type->id, ==, id);
  g_assert_cmpstr (type->name, ==, name);
}

static void
test_lookup (void)
{
  assert_name (0, GGML, "F32");
  assert_name (12, GGML, "Q4_K");
  assert_name (16, GGML, "IQ2_XXS");
  assert_name (42, GGML, "Q2_0");
  assert_name (97, GGML, "Q8_0_X4");
  assert_name (144, GGML, "IQ4_KS");
  assert_name (399, GGML, "Q8_K_R8");
  g_assert_null (paddock_quant_type_lookup (43, GGML));
  g_assert_null (paddock_quant_type_lookup (96, GGML));
  g_assert_null (paddock_quant_type_lookup (400, GGML));
  g_assert_null (paddock_quant_type_lookup (G_MAXUINT32, GGML));
  g_assert_null (paddock_quant_type_lookup (G_MAXUINT32, BITNET_NEW));
}

static void
test_lookup_dialect (void)
{
  assert_name (36, GGML, "IQ4_NL_4_4");
  assert_name (36, BITNET_OLD, "I2_S");
  assert_name (36, BITNET_NEW, "I2_S");
  assert_name (38, BITNET_OLD, "TL1");
  assert_name (39, GGML, "MXFP4");
  assert_name (39, BITNET_OLD, "TL2");
  assert_name (39, BITNET_NEW, "MXFP4");
  assert_name (42, BITNET_OLD, "Q2_0");
  assert_name (42, BITNET_NEW, "TL2");
  assert_name (14, BITNET_OLD, "Q6_K");
}

static void
test_lookup_all (void)
{
  guint live = 0, removed = 0, fork = 0;

  for (guint32 id = 0; id < 512; id++)
    {
      const PaddockQuantType *type = paddock_quant_type_lookup (id, GGML);

      if (type == NULL)
        continue;
      g_assert_cmpuint (type->id, ==, id);
      g_assert_true (paddock_quant_type_lookup_by_name (type->name) == type);
      live += type->status == PADDOCK_QUANT_LIVE;
      removed += type->status == PADDOCK_QUANT_REMOVED;
      fork += type->status == PADDOCK_QUANT_FORK;
      g_assert_true ((type->fork != NULL) == (type->status == PADDOCK_QUANT_FORK));
      if (type->size_rule == PADDOCK_QUANT_SIZE_BLOCKS)
        g_assert_cmpfloat (paddock_quant_type_get_bits (type), >, 0.9);
    }
  g_assert_cmpuint (live, ==, 35);
  g_assert_cmpuint (removed, ==, 8);
  g_assert_cmpuint (fork, ==, 56);
}

static void
test_lookup_by_name (void)
{
  g_assert_cmpuint (paddock_quant_type_lookup_by_name ("q4_K")->id, ==, 12);
  g_assert_cmpuint (paddock_quant_type_lookup_by_name ("bf16")->id, ==, 30);
  g_assert_cmpuint (paddock_quant_type_lookup_by_name ("i2_s")->id, ==, 36);
  g_assert_cmpuint (paddock_quant_type_lookup_by_name ("TL2")->id, ==, 39);
  g_assert_null (paddock_quant_type_lookup_by_name ("Q4_K_M"));
  g_assert_null (paddock_quant_type_lookup_by_name (""));
}

static void
assert_file_type (guint32 id, PaddockQuantDialect dialect, const char *name, guint32 main_type)
{
  const PaddockQuantFileType *type = paddock_quant_file_type_lookup (id, dialect);

  g_assert_nonnull (type);
  g_assert_cmpstr (type->name, ==, name);
  g_assert_cmpuint (type->main_type, ==, main_type);
}

static void
test_file_type (void)
{
  assert_file_type (0, GGML, "F32", 0);
  assert_file_type (15, GGML, "Q4_K_M", 12);
  assert_file_type (38, GGML, "MXFP4_MOE", 39);
  assert_file_type (40, GGML, "Q1_0", 41);
  assert_file_type (40, BITNET_OLD, "I2_S", 36);
  assert_file_type (1024 + 15, GGML, "Q4_K_M", 12);
  assert_file_type (145, GGML, "IQ4_KS", 144);
  assert_file_type (214, GGML, "Q4_K_R4", 212);
  g_assert_true (paddock_quant_file_type_lookup (5, GGML)->removed);
  g_assert_null (paddock_quant_file_type_lookup (42, GGML));
  g_assert_null (paddock_quant_file_type_lookup (G_MAXUINT32, GGML));
}

static void
assert_size (const char *name, guint64 d0, guint64 d1, guint64 d2, guint64 d3, guint64 expected)
{
  const PaddockQuantType *type = paddock_quant_type_lookup_by_name (name);
  guint64 bytes = 0;

  g_assert_true (paddock_quant_type_compute_size (type, (guint64[4]) { d0, d1, d2, d3 }, &bytes));
  g_assert_cmpuint (bytes, ==, expected);
}

static void
assert_no_size (const char *name, guint64 d0, guint64 d1, guint64 d2, guint64 d3)
{
  const PaddockQuantType *type = paddock_quant_type_lookup_by_name (name);
  guint64 bytes;

  g_assert_false (paddock_quant_type_compute_size (type, (guint64[4]) { d0, d1, d2, d3 }, &bytes));
}

static void
test_size (void)
{
  assert_size ("F32", 1, 1, 1, 1, 4);
  assert_size ("F32", 0, 1, 1, 1, 0);
  assert_size ("Q4_K", 4096, 4096, 1, 1, 9437184);
  assert_size ("Q8_0", 64, 3, 2, 2, 68 * 12);
  assert_size ("MXFP4", 2880, 5760, 32, 1, 2880 / 32 * 17 * 5760ull * 32);
  assert_size ("IQ4_KS", 512, 10, 1, 1, (4 + 2 * 136) * 10);
  assert_no_size ("Q4_K", 255, 1, 1, 1);
  assert_no_size ("Q4_K", 128, 2, 1, 1);
  assert_no_size ("Q4_2", 32, 1, 1, 1);
}

static void
test_size_bitnet (void)
{
  assert_size ("I2_S", 2560, 6912, 1, 1, 2560 * 6912 / 4 + 32);
  assert_size ("TL1", 1, 1, 1, 1, 32);
  /* 2304 * 6912 / 3 * 5 / 8 = 3317760; 256 * 6912 / 2 * 4 / 8 = 442368 */
  assert_size ("TL2", 2560, 6912, 1, 1, 3317760 + 442368 + 32);
  assert_size ("TL2", 256, 1, 1, 1, 64 + 32);
  assert_no_size ("TL2", 255, 1, 1, 1);
  assert_no_size ("TL2", 256, 1, 2, 1);
}

static void
test_size_overflow (void)
{
  const guint64 huge = G_GUINT64_CONSTANT (1) << 63;

  assert_no_size ("F32", huge, 1, 1, 1);
  assert_no_size ("I8", huge, 2, 1, 1);
  assert_no_size ("I8", huge, 1, 1, 3);
  assert_no_size ("I8", 1, huge, 4, 1);
  assert_no_size ("I8", 1, G_MAXUINT64, G_MAXUINT64, 1);
  assert_no_size ("Q8_0", huge, 4, 1, 1);
  assert_no_size ("IQ4_KS", 256, huge, 1, 1);
  assert_no_size ("I2_S", huge, 2, 1, 1);
  assert_no_size ("TL2", huge, 2, 1, 1);
  assert_no_size ("TL2", 256, huge, 1, 1);
  assert_size ("I8", G_MAXUINT64, 1, 1, 1, G_MAXUINT64);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/quant-type/lookup", test_lookup);
  g_test_add_func ("/quant-type/lookup-dialect", test_lookup_dialect);
  g_test_add_func ("/quant-type/lookup-all", test_lookup_all);
  g_test_add_func ("/quant-type/lookup-by-name", test_lookup_by_name);
  g_test_add_func ("/quant-type/file-type", test_file_type);
  g_test_add_func ("/quant-type/size", test_size);
  g_test_add_func ("/quant-type/size-bitnet", test_size_bitnet);
  g_test_add_func ("/quant-type/size-overflow", test_size_overflow);
  return g_test_run ();
}
