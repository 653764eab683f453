/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/row-decoder.h"

#include <math.h>
#include <string.h>

#include "directory.h"

/* BitNet's own types: I2_S is 36, TL1 38; behind the numbers a scale and padding. */
#define BITNET "kv general.architecture str bitnet-b1.58\nkv general.file_type u32 40\n"
#define I2_S BITNET "tensor a.weight 36 128x2 bytes=96\ndata hex 1b\ndata at=33 hex e4\ndata at=64 f32 0.5\n"
#define NOTHING BITNET "tensor a.weight 36 0 bytes=0\ntensor b.weight f32 1\ndata hex 0000c07f\n"
#define TL1 BITNET "tensor a.weight 38 4x2 bytes=34\ndata hex 08f4\ndata at=2 f32 2\n"

typedef struct
{
  TestDirectory *directory;
  PaddockLoadingPlan *plan;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer recipe)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufShards) shards = NULL;
  g_autofree char *path = NULL;

  fixture->directory = test_directory_new ();
  path = test_directory_write_recipe (fixture->directory, "model.gguf", recipe);
  shards = paddock_gguf_shards_open (path, NULL, &error);
  g_assert_no_error (error);
  fixture->plan = paddock_loading_plan_new_for_tensor (shards, 0, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer recipe)
{
  paddock_loading_plan_unref (fixture->plan);
  test_directory_free (fixture->directory);
}

static gsize
decode (Fixture *fixture, PaddockRowDecoder *decoder, float *values)
{
  const PaddockLoadingItem *item = paddock_loading_plan_get_item (fixture->plan, 0);
  g_autofree guint8 *bytes = g_malloc (item->bytes);
  gsize n_units = item->bytes / paddock_row_decoder_get_unit_bytes (decoder);

  g_assert_true (paddock_gguf_source_read (paddock_gguf_file_get_source (item->file), item->offset, bytes, item->bytes, NULL,
                                           NULL));
  paddock_row_decoder_decode (decoder, bytes, n_units, values, FALSE);
  return n_units * paddock_row_decoder_get_unit_values (decoder);
}

static void
test_i2_s (Fixture *fixture, gconstpointer recipe)
{
  const PaddockLoadingItem *item = paddock_loading_plan_get_item (fixture->plan, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockRowDecoder) decoder = paddock_row_decoder_new (item, PADDOCK_ROW_DECODER_ORDERED, &error);
  float values[256];

  g_assert_no_error (error);
  g_assert_cmpint (paddock_row_decoder_get_caution (decoder), ==, PADDOCK_LOADING_CAUTION_VARIANT);
  g_assert_cmpfloat (paddock_row_decoder_get_scale (decoder), ==, 0.5f);
  g_assert_cmpuint (decode (fixture, decoder, values), ==, 256);
  /* The first byte: 0, 1, 2 and 3 stand for -1, 0, 1 and 0, of the weights 0, 32, 64 and 96. */
  g_assert_cmpfloat (values[0], ==, -0.5f);
  g_assert_cmpfloat (values[32], ==, 0);
  g_assert_cmpfloat (values[64], ==, 0.5f);
  g_assert_cmpfloat (values[96], ==, 0);
  /* A zero byte is four times the code of -1. */
  g_assert_cmpfloat (values[1], ==, -0.5f);
  g_assert_cmpfloat (values[128 + 1], ==, 0);
  g_assert_cmpfloat (values[128 + 33], ==, 0.5f);
  g_assert_cmpfloat (values[128 + 97], ==, -0.5f);
}

/* The numbers are known, and not which is which; a code that nobody writes is none. */
static void
test_tl1 (Fixture *fixture, gconstpointer recipe)
{
  const PaddockLoadingItem *item = paddock_loading_plan_get_item (fixture->plan, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockRowDecoder) decoder = paddock_row_decoder_new (item, PADDOCK_ROW_DECODER_ORDERED, &error);
  float values[8];

  g_assert_null (decoder);
  g_assert_error (error, PADDOCK_LOADING_ERROR, PADDOCK_LOADING_ERROR_NO_ORDER);
  decoder = paddock_row_decoder_new (item, PADDOCK_ROW_DECODER_ANY_ORDER, NULL);
  g_assert_cmpint (paddock_row_decoder_get_caution (decoder), ==, PADDOCK_LOADING_CAUTION_NO_ORDER);
  g_assert_cmpuint (decode (fixture, decoder, values), ==, 8);
  g_assert_cmpfloat (values[0], ==, -2);
  g_assert_cmpfloat (values[1], ==, -2);
  g_assert_cmpfloat (values[2], ==, 2);
  g_assert_cmpfloat (values[3], ==, 2);
  g_assert_true (isnan (values[4]) && isnan (values[5]));
  g_assert_cmpfloat (values[6], ==, 0);
  g_assert_cmpfloat (values[7], ==, 0);
}

/* A tensor without numbers has no scale either: what stands in its place is another's. */
static void
test_nothing (Fixture *fixture, gconstpointer recipe)
{
  const PaddockLoadingItem *item = paddock_loading_plan_get_item (fixture->plan, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockRowDecoder) decoder = paddock_row_decoder_new (item, PADDOCK_ROW_DECODER_ORDERED, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (item->bytes, ==, 0);
  g_assert_cmpfloat (paddock_row_decoder_get_scale (decoder), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/row-decoder/i2-s", Fixture, I2_S, set_up, test_i2_s, tear_down);
  g_test_add ("/row-decoder/nothing", Fixture, NOTHING, set_up, test_nothing, tear_down);
  g_test_add ("/row-decoder/tl1", Fixture, TL1, set_up, test_tl1, tear_down);
  return g_test_run ();
}
