/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quant/quant-swap.h"

#include <string.h>

#include "kernels/kernel-dispatch.h"
#include "quant/quant-type.h"

#define N_BLOCKS 5

/* Where the numbers of a block stand, counted by hand in the description of the format. */
typedef struct
{
  guint32 type;
  gsize bytes;
  struct
  {
    gsize offset, width, count;
  } fields[2];
} Case;

static const Case cases[] = {
  { 0, 4, { { 0, 4, 1 } } },
  { 1, 2, { { 0, 2, 1 } } },
  { 2, 18, { { 0, 2, 1 } } },
  { 3, 20, { { 0, 2, 2 } } },
  { 6, 22, { { 0, 2, 1 } } },
  { 7, 24, { { 0, 2, 2 } } },
  { 8, 34, { { 0, 2, 1 } } },
  { 9, 36, { { 0, 2, 2 } } },
  { 10, 84, { { 80, 2, 2 } } },
  { 11, 110, { { 108, 2, 1 } } },
  { 12, 144, { { 0, 2, 2 } } },
  { 13, 176, { { 0, 2, 2 } } },
  { 14, 210, { { 208, 2, 1 } } },
  { 15, 292, { { 0, 4, 1 }, { 260, 2, 16 } } },
  { 16, 66, { { 0, 2, 33 } } },
  { 17, 74, { { 0, 2, 33 } } },
  { 18, 98, { { 0, 2, 1 } } },
  { 19, 50, { { 0, 2, 1 }, { 34, 2, 8 } } },
  { 20, 18, { { 0, 2, 1 } } },
  { 21, 110, { { 0, 2, 1 } } },
  { 22, 82, { { 0, 2, 1 } } },
  { 23, 136, { { 0, 2, 2 } } },
  { 24, 1, { { 0, 1, 1 } } },
  { 25, 2, { { 0, 2, 1 } } },
  { 26, 4, { { 0, 4, 1 } } },
  { 27, 8, { { 0, 8, 1 } } },
  { 28, 8, { { 0, 8, 1 } } },
  { 29, 56, { { 48, 2, 4 } } },
  { 30, 2, { { 0, 2, 1 } } },
  { 34, 54, { { 52, 2, 1 } } },
  { 35, 66, { { 64, 2, 1 } } },
  { 36, 32, { { 0, 1, 1 } } },
  { 39, 17, { { 0, 1, 1 } } },
  { 40, 36, { { 0, 1, 1 } } },
  { 41, 18, { { 0, 2, 1 } } },
  { 42, 18, { { 0, 2, 1 } } },
};

/* Where a byte of a block comes from. */
static gsize
origin_of (const Case *self, gsize byte)
{
  for (gsize f = 0; f < G_N_ELEMENTS (self->fields); f++)
    {
      gsize first = self->fields[f].offset, width = self->fields[f].width;

      if (byte >= first && byte < first + width * self->fields[f].count)
        return byte - (byte - first) % width + width - 1 - (byte - first) % width;
    }
  return byte;
}

static void
test_fields (void)
{
  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      const Case *self = &cases[c];
      gsize n = N_BLOCKS * self->bytes;
      g_autofree guint8 *from = g_malloc (n + 1);
      g_autofree guint8 *to = g_malloc (n + 2);
      g_autofree guint8 *expected = g_malloc (n);

      for (gsize i = 0; i < n; i++)
        from[1 + i] = (guint8) (i * 7 + i / 256);
      for (gsize i = 0; i < n; i++)
        expected[i] = from[1 + i - i % self->bytes + origin_of (self, i % self->bytes)];
      to[0] = to[n + 1] = 0x5a;

      g_test_message ("type %u", self->type);
      g_assert_true (paddock_quant_swap_is_known (self->type));
      g_assert_true (paddock_quant_swap_blocks (self->type, from + 1, to + 1, N_BLOCKS));
      g_assert_cmpmem (to + 1, n, expected, n);
      g_assert_cmphex (to[0], ==, 0x5a);
      g_assert_cmphex (to[n + 1], ==, 0x5a);

      g_assert_true (paddock_quant_swap_blocks (self->type, to + 1, to + 1, N_BLOCKS));
      g_assert_cmpmem (to + 1, n, from + 1, n);
    }
}

/* Whatever has a kernel can be swapped, and the other way round. */
static void
test_knows_what_kernels_know (void)
{
  for (guint32 type = 0; type < 512; type++)
    {
      gboolean has_kernel = paddock_kernel_dispatch_find (type, PADDOCK_KERNEL_SCALAR, NULL) != NULL;

      g_test_message ("type %u", type);
      g_assert_cmpint (paddock_quant_swap_is_known (type), ==, has_kernel);
    }
}

static void
test_sizes (void)
{
  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      const PaddockQuantType *type = paddock_quant_type_lookup (cases[c].type, PADDOCK_QUANT_DIALECT_GGML);

      /* What stands at BitNet's number in ggml's dialect is another type. */
      if (cases[c].type != 36)
        g_assert_cmpuint (type->bytes, ==, cases[c].bytes);
    }
}

static void
test_unknown (void)
{
  guint8 bytes[4] = { 1, 2, 3, 4 };

  g_assert_false (paddock_quant_swap_is_known (4));
  g_assert_false (paddock_quant_swap_is_known (G_MAXUINT32));
  g_assert_false (paddock_quant_swap_blocks (4, bytes, bytes, 1));
  g_assert_cmphex (bytes[0], ==, 1);
}

/* The same weights from a big-endian block: 1.5 * -8 + what the low and high halves are. */
static void
test_meaning (void)
{
  guint8 block[18] = { 0x3e, 0x00, 0x10, 0x32 };
  float values[32];

  g_assert_true (paddock_quant_swap_blocks (2, block, block, 1));
  paddock_kernel_dispatch_find (2, PADDOCK_KERNEL_SCALAR, NULL)->dequantize (block, 1, values);
  g_assert_cmpfloat (values[0], ==, -12.0f);
  g_assert_cmpfloat (values[1], ==, -9.0f);
  g_assert_cmpfloat (values[16], ==, -10.5f);
  g_assert_cmpfloat (values[17], ==, -7.5f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/quant-swap/fields", test_fields);
  g_test_add_func ("/quant-swap/knows-what-kernels-know", test_knows_what_kernels_know);
  g_test_add_func ("/quant-swap/sizes", test_sizes);
  g_test_add_func ("/quant-swap/unknown", test_unknown);
  g_test_add_func ("/quant-swap/meaning", test_meaning);
  return g_test_run ();
}
