/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quant/quant-advice.h"

#include "quant/quant-type.h"

#include <math.h>

#define GIB (G_GUINT64_CONSTANT (1) << 30)
#define EIGHT_BILLION G_GUINT64_CONSTANT (8030261248)
#define NO_MEMORY_LIMIT (G_MAXUINT64 / 2)

static PaddockQuantAdvice
advise (guint64 weights, guint64 memory, PaddockQuantPreference preference, const char *source, guint64 source_bytes)
{
  PaddockQuantRequest request = { weights, memory, preference, source, source_bytes };
  PaddockQuantAdvice advice;

  paddock_quant_advice_recommend (&advice, &request);
  return advice;
}

static void
assert_choice (const PaddockQuantAdvice *advice, const char *name, PaddockQuantReason reason)
{
  g_assert_cmpstr (advice->choice != NULL ? advice->choice->name : NULL, ==, name);
  g_assert_cmpint (advice->reason, ==, reason);
}

/* How much memory leaves that much for the weights. */
static guint64
memory_for (guint64 size)
{
  guint64 memory = size + GIB;

  while (memory - paddock_quant_advice_get_reserve (memory) < size)
    memory++;
  return memory;
}

static gboolean
is_file_type (guint32 id, PaddockQuantDialect dialect, const char *name)
{
  const PaddockQuantFileType *type = paddock_quant_file_type_lookup (id, dialect);

  return type != NULL && g_str_equal (type->name, name);
}

static void
test_table (void)
{
  const PaddockQuantTradeoff *previous = NULL;
  double divergence = 0;

  for (gsize i = 0; i < paddock_quant_tradeoffs_count; i++)
    {
      const PaddockQuantTradeoff *tradeoff = &paddock_quant_tradeoffs[i];
      gboolean found = FALSE;

      for (guint32 id = 0; id < 64 && !found; id++)
        found = is_file_type (id, PADDOCK_QUANT_DIALECT_GGML, tradeoff->name) ||
                is_file_type (id, PADDOCK_QUANT_DIALECT_BITNET_OLD, tradeoff->name);
      g_assert_true (found);
      g_assert_true (paddock_quant_tradeoff_lookup (tradeoff->name) == tradeoff);
      if (!isnan (tradeoff->divergence))
        {
          g_assert_cmpfloat (tradeoff->divergence, >=, divergence);
          divergence = tradeoff->divergence;
        }
      if (!tradeoff->advised)
        continue;
      g_assert_false (tradeoff->nominal);
      /* What is worth choosing gives up quality for size, every time. */
      if (previous != NULL)
        g_assert_cmpuint (tradeoff->bits, <, previous->bits);
      previous = tradeoff;
    }
  g_assert_cmpstr (paddock_quant_tradeoff_lookup ("mxfp4")->name, ==, "MXFP4_MOE");
  g_assert_cmpstr (paddock_quant_tradeoff_lookup ("Q4_K")->name, ==, "Q4_K_M");
  g_assert_null (paddock_quant_tradeoff_lookup ("Q9_K"));
  g_assert_null (paddock_quant_tradeoff_lookup (NULL));
}

static void
test_figures (void)
{
  const PaddockQuantTradeoff *tradeoff = paddock_quant_tradeoff_lookup ("q4_k_m");

  g_assert_cmpfloat_with_epsilon (paddock_quant_tradeoff_get_relative_loss (tradeoff), 0.0282, 0.0001);
  g_assert_cmpint (paddock_quant_tradeoff_get_grade (tradeoff), ==, PADDOCK_QUANT_GRADE_GOOD);
  /* The published file of 8.03 thousand million weights has 4.58 GiB. */
  g_assert_cmpfloat_with_epsilon ((double) paddock_quant_tradeoff_estimate_size (tradeoff, EIGHT_BILLION) / (double) GIB,
                                  4.58, 0.01);
  tradeoff = paddock_quant_tradeoff_lookup ("BF16");
  g_assert_cmpint (paddock_quant_tradeoff_get_grade (tradeoff), ==, PADDOCK_QUANT_GRADE_ORIGINAL);
  g_assert_cmpint (paddock_quant_tradeoff_get_grade (paddock_quant_tradeoff_lookup ("Q8_0")), ==,
                   PADDOCK_QUANT_GRADE_LOSSLESS);
  g_assert_cmpint (paddock_quant_tradeoff_get_grade (paddock_quant_tradeoff_lookup ("IQ1_S")), ==,
                   PADDOCK_QUANT_GRADE_POOR);
  g_assert_cmpint (paddock_quant_tradeoff_get_grade (paddock_quant_tradeoff_lookup ("TQ2_0")), ==,
                   PADDOCK_QUANT_GRADE_UNKNOWN);
}

static void
test_size (void)
{
  const PaddockQuantTradeoff *tradeoff = paddock_quant_tradeoff_lookup ("F32");

  g_assert_cmpuint (paddock_quant_tradeoff_estimate_size (tradeoff, 0), ==, 0);
  g_assert_cmpuint (paddock_quant_tradeoff_estimate_size (tradeoff, 3), ==, 12);
  g_assert_cmpuint (paddock_quant_tradeoff_estimate_size (tradeoff, 80001), ==, 320004);
  g_assert_cmpuint (paddock_quant_tradeoff_estimate_size (tradeoff, G_MAXUINT64 / 8), ==, G_MAXUINT64 / 8 * 4);
  g_assert_cmpuint (paddock_quant_tradeoff_estimate_size (tradeoff, G_MAXUINT64), ==, G_MAXUINT64);
  /* Rounded up: one weight of 4.8944 bits takes a byte. */
  g_assert_cmpuint (paddock_quant_tradeoff_estimate_size (paddock_quant_tradeoff_lookup ("Q4_K_M"), 1), ==, 1);
}

static void
test_preferences (void)
{
  PaddockQuantAdvice advice = advise (EIGHT_BILLION, NO_MEMORY_LIMIT, PADDOCK_QUANT_PREFER_HIGHEST, NULL, 0);

  assert_choice (&advice, "BF16", PADDOCK_QUANT_REASON_PREFERRED);
  advice = advise (EIGHT_BILLION, NO_MEMORY_LIMIT, PADDOCK_QUANT_PREFER_BALANCED, NULL, 0);
  assert_choice (&advice, "Q5_K_M", PADDOCK_QUANT_REASON_PREFERRED);
  advice = advise (EIGHT_BILLION, NO_MEMORY_LIMIT, PADDOCK_QUANT_PREFER_EFFICIENT, NULL, 0);
  assert_choice (&advice, "IQ4_XS", PADDOCK_QUANT_REASON_PREFERRED);
  g_assert_null (advice.better);
  g_assert_false (advice.requantizes);
}

/* More memory never gives a worse type, and who asks for more quality never gets less. */
static void
test_order (void)
{
  static const char * const sources[] = { NULL, "BF16", "F16", "Q8_0", "Q4_K_M", "Q4_0", "Q2_K", "MXFP4_MOE", "IQ4_KS" };

  for (gsize s = 0; s < G_N_ELEMENTS (sources); s++)
    {
      const PaddockQuantTradeoff *last[3] = { NULL };
      gboolean fitted[3] = { FALSE };

      for (guint64 memory = 0; memory < 24 * GIB; memory += GIB / 16)
        for (guint preference = 0; preference < 3; preference++)
          {
            guint64 bytes = sources[s] != NULL ? 5 * GIB : 0;
            PaddockQuantAdvice advice = advise (EIGHT_BILLION, memory, preference, sources[s], bytes);
            gboolean fits = advice.reason != PADDOCK_QUANT_REASON_NONE_FITS;

            g_assert_true (fits || !fitted[preference]);
            g_assert_true (!fits || advice.size <= advice.room);
            if (fitted[preference] && last[preference] != NULL && advice.choice != NULL &&
                !isnan (advice.choice->divergence))
              g_assert_true (advice.choice <= last[preference]);
            fitted[preference] = fits;
            last[preference] = advice.choice;
            if (preference > 0 && fits && last[preference] != NULL && last[preference - 1] != NULL &&
                !isnan (last[preference - 1]->divergence))
              g_assert_true (last[preference - 1] <= last[preference]);
          }
    }
}

static void
test_boundary (void)
{
  const PaddockQuantTradeoff *tradeoff = paddock_quant_tradeoff_lookup ("Q6_K");
  guint64 size = paddock_quant_tradeoff_estimate_size (tradeoff, EIGHT_BILLION);
  guint64 memory = memory_for (size);
  PaddockQuantAdvice advice = advise (EIGHT_BILLION, memory, PADDOCK_QUANT_PREFER_HIGHEST, NULL, 0);

  assert_choice (&advice, "Q6_K", PADDOCK_QUANT_REASON_FITS);
  g_assert_cmpuint (advice.size, ==, size);
  g_assert_cmpuint (advice.room, ==, size);
  advice = advise (EIGHT_BILLION, memory - 1, PADDOCK_QUANT_PREFER_HIGHEST, NULL, 0);
  assert_choice (&advice, "Q5_K_M", PADDOCK_QUANT_REASON_FITS);
}

static void
test_none_fits (void)
{
  PaddockQuantAdvice advice = advise (EIGHT_BILLION, GIB, PADDOCK_QUANT_PREFER_EFFICIENT, NULL, 0);

  assert_choice (&advice, "IQ1_S", PADDOCK_QUANT_REASON_NONE_FITS);
  g_assert_cmpuint (advice.room, ==, 0);
  g_assert_cmpuint (advice.size, >, 1 * GIB);
  advice = advise (G_MAXUINT64, G_MAXUINT64, PADDOCK_QUANT_PREFER_HIGHEST, NULL, 0);
  assert_choice (&advice, "Q6_K", PADDOCK_QUANT_REASON_FITS);
  advice = advise (0, 64 * GIB, PADDOCK_QUANT_PREFER_EFFICIENT, NULL, 0);
  assert_choice (&advice, NULL, PADDOCK_QUANT_REASON_NO_WEIGHTS);
}

static void
test_source (void)
{
  PaddockQuantAdvice advice = advise (EIGHT_BILLION, 64 * GIB, PADDOCK_QUANT_PREFER_HIGHEST, "Q4_K_M", 5 * GIB);

  assert_choice (&advice, "Q4_K_M", PADDOCK_QUANT_REASON_SOURCE_LIMIT);
  g_assert_cmpuint (advice.size, ==, 5 * GIB);
  g_assert_cmpstr (advice.better->name, ==, "BF16");
  g_assert_false (advice.requantizes);

  /* Of 16 bits there are two kinds, and neither is better. */
  advice = advise (EIGHT_BILLION, 64 * GIB, PADDOCK_QUANT_PREFER_HIGHEST, "F16", 15 * GIB);
  assert_choice (&advice, "F16", PADDOCK_QUANT_REASON_IS_SOURCE);
  g_assert_null (advice.better);

  advice = advise (EIGHT_BILLION, 64 * GIB, PADDOCK_QUANT_PREFER_BALANCED, "F16", 15 * GIB);
  assert_choice (&advice, "Q5_K_M", PADDOCK_QUANT_REASON_PREFERRED);
  g_assert_false (advice.requantizes);
  advice = advise (EIGHT_BILLION, 64 * GIB, PADDOCK_QUANT_PREFER_BALANCED, "Q8_0", 8 * GIB);
  assert_choice (&advice, "Q5_K_M", PADDOCK_QUANT_REASON_PREFERRED);
  g_assert_true (advice.requantizes);
  advice = advise (EIGHT_BILLION, 64 * GIB, PADDOCK_QUANT_PREFER_EFFICIENT, "IQ4_XS", 4 * GIB);
  assert_choice (&advice, "IQ4_XS", PADDOCK_QUANT_REASON_IS_SOURCE);
}

/* A file's own size decides, not that of a typical one. */
static void
test_source_size (void)
{
  guint64 memory = memory_for (5 * GIB);
  PaddockQuantAdvice advice = advise (EIGHT_BILLION, memory, PADDOCK_QUANT_PREFER_HIGHEST, "Q4_K_M", 5 * GIB);

  assert_choice (&advice, "Q4_K_M", PADDOCK_QUANT_REASON_IS_SOURCE);
  advice = advise (EIGHT_BILLION, memory - 1, PADDOCK_QUANT_PREFER_HIGHEST, "Q4_K_M", 5 * GIB);
  assert_choice (&advice, "IQ4_XS", PADDOCK_QUANT_REASON_FITS);
  /* The originals would make the same type fit. */
  g_assert_cmpstr (advice.better->name, ==, "Q4_K_M");
  g_assert_true (advice.requantizes);
}

static void
test_strange_source (void)
{
  PaddockQuantAdvice advice = advise (EIGHT_BILLION, 64 * GIB, PADDOCK_QUANT_PREFER_HIGHEST, "IQ4_KS", 4 * GIB);

  assert_choice (&advice, NULL, PADDOCK_QUANT_REASON_SOURCE_LIMIT);
  g_assert_cmpuint (advice.size, ==, 4 * GIB);
  g_assert_cmpstr (advice.better->name, ==, "BF16");
  advice = advise (EIGHT_BILLION, memory_for (3 * GIB), PADDOCK_QUANT_PREFER_HIGHEST, "IQ4_KS", 4 * GIB);
  g_assert_cmpint (advice.reason, ==, PADDOCK_QUANT_REASON_FITS);
  g_assert_true (advice.requantizes);
  /* Learnt in four bits: nothing better exists. */
  advice = advise (EIGHT_BILLION, 64 * GIB, PADDOCK_QUANT_PREFER_HIGHEST, "MXFP4_MOE", 4 * GIB);
  assert_choice (&advice, "MXFP4_MOE", PADDOCK_QUANT_REASON_IS_SOURCE);
  g_assert_null (advice.better);
  /* Smaller than anything that could be made of it. */
  advice = advise (EIGHT_BILLION, GIB, PADDOCK_QUANT_PREFER_HIGHEST, "IQ1_BN", GIB);
  assert_choice (&advice, NULL, PADDOCK_QUANT_REASON_NONE_FITS);
  g_assert_cmpuint (advice.size, ==, GIB);
}

static void
test_reserve (void)
{
  g_assert_cmpuint (paddock_quant_advice_get_reserve (0), ==, 0);
  g_assert_cmpuint (paddock_quant_advice_get_reserve (5), ==, 5);
  g_assert_cmpuint (paddock_quant_advice_get_reserve (4 * GIB), ==, GIB);
  g_assert_cmpuint (paddock_quant_advice_get_reserve (64 * GIB), ==, 8 * GIB);
  for (guint64 memory = 0; memory < 32 * GIB; memory += GIB / 8)
    g_assert_cmpuint (memory - paddock_quant_advice_get_reserve (memory), <=,
                      memory + 1 - paddock_quant_advice_get_reserve (memory + 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/quant-advice/table", test_table);
  g_test_add_func ("/quant-advice/figures", test_figures);
  g_test_add_func ("/quant-advice/size", test_size);
  g_test_add_func ("/quant-advice/preferences", test_preferences);
  g_test_add_func ("/quant-advice/order", test_order);
  g_test_add_func ("/quant-advice/boundary", test_boundary);
  g_test_add_func ("/quant-advice/none-fits", test_none_fits);
  g_test_add_func ("/quant-advice/source", test_source);
  g_test_add_func ("/quant-advice/source-size", test_source_size);
  g_test_add_func ("/quant-advice/strange-source", test_strange_source);
  g_test_add_func ("/quant-advice/reserve", test_reserve);
  return g_test_run ();
}
