/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/opencl/opencl-source.h"

#include <gio/gio.h>

#include "paddock-opencl-resources.h"
#include "quant/quant-codebooks.h"

#define RESOURCES "/io/github/paddockapp/Paddock/opencl/"

static const PaddockOpenclEntry entries[] = {
  { 0, PADDOCK_OPENCL_PLAIN, "dequantize_f32", 1, 4 },
  { 1, PADDOCK_OPENCL_PLAIN, "dequantize_f16", 1, 2 },
  { 2, PADDOCK_OPENCL_LEGACY, "dequantize_q4_0", 32, 18 },
  { 3, PADDOCK_OPENCL_LEGACY, "dequantize_q4_1", 32, 20 },
  { 6, PADDOCK_OPENCL_LEGACY, "dequantize_q5_0", 32, 22 },
  { 7, PADDOCK_OPENCL_LEGACY, "dequantize_q5_1", 32, 24 },
  { 8, PADDOCK_OPENCL_LEGACY, "dequantize_q8_0", 32, 34 },
  { 9, PADDOCK_OPENCL_LEGACY, "dequantize_q8_1", 32, 36 },
  { 10, PADDOCK_OPENCL_SUPER, "dequantize_q2_k", 256, 84 },
  { 11, PADDOCK_OPENCL_SUPER, "dequantize_q3_k", 256, 110 },
  { 12, PADDOCK_OPENCL_SUPER, "dequantize_q4_k", 256, 144 },
  { 13, PADDOCK_OPENCL_SUPER, "dequantize_q5_k", 256, 176 },
  { 14, PADDOCK_OPENCL_SUPER, "dequantize_q6_k", 256, 210 },
  { 15, PADDOCK_OPENCL_SUPER, "dequantize_q8_k", 256, 292 },
  { 16, PADDOCK_OPENCL_GRID, "dequantize_iq2_xxs", 256, 66 },
  { 17, PADDOCK_OPENCL_GRID, "dequantize_iq2_xs", 256, 74 },
  { 18, PADDOCK_OPENCL_GRID, "dequantize_iq3_xxs", 256, 98 },
  { 19, PADDOCK_OPENCL_GRID, "dequantize_iq1_s", 256, 50 },
  { 20, PADDOCK_OPENCL_CODEBOOK, "dequantize_iq4_nl", 32, 18 },
  { 21, PADDOCK_OPENCL_GRID, "dequantize_iq3_s", 256, 110 },
  { 22, PADDOCK_OPENCL_GRID, "dequantize_iq2_s", 256, 82 },
  { 23, PADDOCK_OPENCL_CODEBOOK, "dequantize_iq4_xs", 256, 136 },
  { 24, PADDOCK_OPENCL_PLAIN, "dequantize_i8", 1, 1 },
  { 25, PADDOCK_OPENCL_PLAIN, "dequantize_i16", 1, 2 },
  { 26, PADDOCK_OPENCL_PLAIN, "dequantize_i32", 1, 4 },
  { 27, PADDOCK_OPENCL_PLAIN, "dequantize_i64", 1, 8 },
  { 28, PADDOCK_OPENCL_PLAIN, "dequantize_f64", 1, 8 },
  { 29, PADDOCK_OPENCL_GRID, "dequantize_iq1_m", 256, 56 },
  { 30, PADDOCK_OPENCL_PLAIN, "dequantize_bf16", 1, 2 },
  { 34, PADDOCK_OPENCL_TERNARY, "dequantize_tq1_0", 256, 54 },
  { 35, PADDOCK_OPENCL_TERNARY, "dequantize_tq2_0", 256, 66 },
  { 36, PADDOCK_OPENCL_TERNARY, "dequantize_i2_s", 128, 32 },
  { 39, PADDOCK_OPENCL_CODEBOOK, "dequantize_mxfp4", 32, 17 },
  { 40, PADDOCK_OPENCL_CODEBOOK, "dequantize_nvfp4", 64, 36 },
  { 41, PADDOCK_OPENCL_LEGACY, "dequantize_q1_0", 128, 18 },
  { 42, PADDOCK_OPENCL_LEGACY, "dequantize_q2_0", 64, 18 },
};

static const char *const family_files[PADDOCK_OPENCL_N_FAMILIES] = {
  [PADDOCK_OPENCL_PLAIN] = "plain.cl",       [PADDOCK_OPENCL_LEGACY] = "legacy.cl",
  [PADDOCK_OPENCL_CODEBOOK] = "codebook.cl", [PADDOCK_OPENCL_SUPER] = "super.cl",
  [PADDOCK_OPENCL_TERNARY] = "ternary.cl",   [PADDOCK_OPENCL_GRID] = "grid.cl",
};

/**
 * paddock_opencl_source_find_entry:
 * @type: the id of a type
 *
 * Returns: (nullable): how OpenCL reads it
 */
const PaddockOpenclEntry *
paddock_opencl_source_find_entry (guint32 type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    if (entries[i].type == type)
      return &entries[i];
  return NULL;
}

static void
add_resource (GString *text, const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);
  g_autoptr(GBytes) bytes =
    g_resource_lookup_data (paddock_opencl_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length;
  const char *content = g_bytes_get_data (bytes, &length);

  g_string_append_len (text, content, (gssize) length);
}

/*
 * The tables exist once, in quant-codebooks.c, and are written out for the device's compiler: numbers of @size bytes,
 * low byte first.
 */
static void
add_table (GString *text, const char *type, const char *name, gconstpointer table, gsize n, gsize size)
{
  const guint8 *bytes = table;

  g_string_append_printf (text, "constant %s %s[%" G_GSIZE_FORMAT "] = {", type, name, n);
  for (gsize i = 0; i < n; i++)
    {
      guint64 value = 0;

      for (gsize b = size; b-- > 0;)
        value = value << 8 | bytes[i * size + (G_BYTE_ORDER == G_LITTLE_ENDIAN ? b : size - 1 - b)];
      g_string_append_printf (text, "%s0x%" G_GINT64_MODIFIER "x%s", i % 8 == 0 ? "\n" : "", value, size == 8 ? "UL," : ",");
    }
  g_string_append (text, "\n};\n");
}

#define ADD_TABLE(text, type, name)                                                                   \
  add_table (text, type, "codebook_" #name, paddock_codebook_##name, G_N_ELEMENTS (paddock_codebook_##name), \
             sizeof paddock_codebook_##name[0])

static void
add_signed_table (GString *text, const char *name, const gint8 *table, gsize n)
{
  g_string_append_printf (text, "constant char %s[%" G_GSIZE_FORMAT "] = {", name, n);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "%d,", table[i]);
  g_string_append (text, "};\n");
}

static void
add_tables (GString *text, PaddockOpenclFamily family)
{
  if (family == PADDOCK_OPENCL_CODEBOOK)
    {
      add_signed_table (text, "codebook_iq4_nl", paddock_codebook_iq4_nl, G_N_ELEMENTS (paddock_codebook_iq4_nl));
      add_signed_table (text, "codebook_fp4", paddock_codebook_fp4, G_N_ELEMENTS (paddock_codebook_fp4));
    }
  else if (family == PADDOCK_OPENCL_GRID)
    {
      ADD_TABLE (text, "ulong", iq2_xxs);
      ADD_TABLE (text, "ulong", iq2_xs);
      ADD_TABLE (text, "ulong", iq2_s);
      ADD_TABLE (text, "uint", iq3_xxs);
      ADD_TABLE (text, "uint", iq3_s);
      ADD_TABLE (text, "ulong", iq1);
      ADD_TABLE (text, "uchar", signs);
    }
}

/**
 * paddock_opencl_source_make:
 * @family: which program
 *
 * Returns: (transfer full): its text
 */
char *
paddock_opencl_source_make (PaddockOpenclFamily family)
{
  GString *text = g_string_new (NULL);

  add_resource (text, "common.cl");
  add_tables (text, family);
  add_resource (text, family_files[family]);
  return g_string_free (text, FALSE);
}
