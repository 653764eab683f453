/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/row-decoder.h"

#include "kernels/kernel-dispatch.h"
#include "kernels/opencl/opencl-dequantizer.h"
#include "quant/quant-swap.h"

#include <math.h>
#include <string.h>

#define I2_S_TYPE 36
#define TL1_TYPE 38
/* A block of I2_S: 128 weights in 32 bytes. */
#define I2_S_VALUES 128
#define I2_S_BYTES 32
/* Big-endian blocks are put in order in a copy of so many bytes. */
#define SWAP_BYTES 8192u
/* Numbers that are decoded at once, and how many a device is troubled for: what a full window has, whatever its type. */
#define CACHE_VALUES 65536u
#define DEVICE_VALUES (4u << 20)
#define DEVICE_MIN_VALUES (1u << 15)

struct _PaddockRowDecoder
{
  const PaddockQuantType *type;
  const PaddockKernel *kernel;       /* NULL: BitNet's pairs of weights */
  PaddockOpenclDequantizer *device;  /* for large pieces; NULL unless PADDOCK_KERNELS asks for it */
  gboolean swapped;
  gboolean scaled;                   /* by one number for the whole tensor */
  float scale;
  guint unit_bytes;
  guint unit_values;
  PaddockLoadingCaution caution;
};

static gboolean
fail (const PaddockLoadingItem *item, int code, GError **error, const char *why)
{
  g_set_error_literal (error, PADDOCK_LOADING_ERROR, code, why);
  paddock_loading_item_prefix_error (item, error);
  return FALSE;
}

static gboolean
fail_type (const PaddockLoadingItem *item, GError **error)
{
  g_autofree char *why = NULL;

  if (item->type->status == PADDOCK_QUANT_FORK)
    why = g_strdup_printf ("its type, %s, is %s’s own, and only that reads its numbers", item->type->name, item->type->fork);
  else if (item->type->status == PADDOCK_QUANT_REMOVED)
    why = g_strdup_printf ("its type, %s, was removed from ggml: quantize the model again", item->type->name);
  else
    why = g_strdup_printf ("its type, %s, cannot be turned into numbers", item->type->name);
  return fail (item, PADDOCK_LOADING_ERROR_NO_TYPE, error, why);
}

/* One number stands behind all others. */
static gboolean
read_scale (PaddockRowDecoder *self, const PaddockLoadingItem *item, GError **error)
{
  guint8 bytes[4];
  guint32 bits = 0;

  if (item->bytes == 0)
    return TRUE;
  if (!paddock_gguf_source_read (paddock_gguf_file_get_source (item->file), item->offset + item->bytes, bytes, sizeof bytes, NULL,
                                 error))
    {
      paddock_loading_item_prefix_error (item, error);
      return FALSE;
    }
  for (guint i = 0; i < sizeof bytes; i++)
    bits |= (guint32) bytes[self->swapped ? 3 - i : i] << (8 * i);
  memcpy (&self->scale, &bits, sizeof bits);
  self->scaled = TRUE;
  return TRUE;
}

static gboolean
set_i2_s (PaddockRowDecoder *self, const PaddockLoadingItem *item, GError **error)
{
  if (item->tensor->elements % I2_S_VALUES != 0)
    return fail (item, PADDOCK_LOADING_ERROR_SHAPE, error, "its numbers are not whole blocks of 128, as I2_S has them");
  self->kernel = paddock_kernel_dispatch_get (I2_S_TYPE, NULL);
  if (self->kernel == NULL)
    return fail_type (item, error);
  self->unit_bytes = I2_S_BYTES;
  self->unit_values = I2_S_VALUES;
  self->caution = PADDOCK_LOADING_CAUTION_VARIANT;
  return read_scale (self, item, error);
}

static gboolean
set_tl1 (PaddockRowDecoder *self, const PaddockLoadingItem *item, PaddockRowDecoderPurpose purpose, GError **error)
{
  if (purpose == PADDOCK_ROW_DECODER_ORDERED)
    return fail (item, PADDOCK_LOADING_ERROR_NO_ORDER, error,
                 "the order of TL1’s numbers depends on the computer that it was made for, and the file does not say which");
  if (item->tensor->elements % 4 != 0)
    return fail (item, PADDOCK_LOADING_ERROR_SHAPE, error, "its numbers are not whole bytes of four, as TL1 has them");
  self->unit_bytes = 1;
  self->unit_values = 4;
  self->caution = PADDOCK_LOADING_CAUTION_NO_ORDER;
  return read_scale (self, item, error);
}

static gboolean
set_type (PaddockRowDecoder *self, const PaddockLoadingItem *item, PaddockRowDecoderPurpose purpose, GError **error)
{
  const PaddockQuantType *type = item->type;

  /* The forks use some of ggml's numbers for other types. */
  if (type->status == PADDOCK_QUANT_FORK && type->size_rule == PADDOCK_QUANT_SIZE_PACKED_2BIT)
    return type->id == TL1_TYPE ? set_tl1 (self, item, purpose, error) : set_i2_s (self, item, error);
  if (type->size_rule == PADDOCK_QUANT_SIZE_TL2)
    return fail (item, PADDOCK_LOADING_ERROR_NO_TYPE, error,
                 "how TL2 packs its numbers depends on the computer that it was made for, and the file does not say which");
  if (type->status == PADDOCK_QUANT_LIVE)
    self->kernel = paddock_kernel_dispatch_get (type->id, NULL);
  if (self->kernel == NULL)
    return fail_type (item, error);
  if (self->swapped && !paddock_quant_swap_is_known (type->id))
    return fail (item, PADDOCK_LOADING_ERROR_NO_TYPE, error, "nobody knows how its type is kept in big-endian files");
  self->unit_bytes = type->bytes;
  self->unit_values = type->block;
  return TRUE;
}

/**
 * paddock_row_decoder_new:
 * @item: a tensor of a plan
 * @purpose: what the numbers are wanted for
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a decoder, or %NULL with @error set where nobody can know the numbers from the file
 */
PaddockRowDecoder *
paddock_row_decoder_new (const PaddockLoadingItem *item, PaddockRowDecoderPurpose purpose, GError **error)
{
  g_autoptr (PaddockRowDecoder) self = g_new0 (PaddockRowDecoder, 1);

  if (item->problem != NULL)
    {
      g_propagate_error (error, g_error_copy (item->problem));
      paddock_loading_item_prefix_error (item, error);
      return NULL;
    }
  self->type = item->type;
  self->swapped = paddock_gguf_file_get_byte_order (item->file) == PADDOCK_GGUF_BIG_ENDIAN;
  if (!set_type (self, item, purpose, error))
    return NULL;
  if (self->kernel != NULL && !self->swapped)
    self->device = paddock_opencl_dequantizer_get_default ();
  return g_steal_pointer (&self);
}

/**
 * paddock_row_decoder_free:
 * @self: (transfer full): a decoder
 */
void
paddock_row_decoder_free (PaddockRowDecoder *self)
{
  g_free (self);
}

guint
paddock_row_decoder_get_unit_bytes (PaddockRowDecoder *self)
{
  return self->unit_bytes;
}

guint
paddock_row_decoder_get_unit_values (PaddockRowDecoder *self)
{
  return self->unit_values;
}

PaddockLoadingCaution
paddock_row_decoder_get_caution (PaddockRowDecoder *self)
{
  return self->caution;
}

/* So many numbers at once are decoded best: they stay in the cache, or make the way to a device worth while. */
guint
paddock_row_decoder_get_best_values (PaddockRowDecoder *self)
{
  return self->device != NULL ? DEVICE_VALUES : CACHE_VALUES;
}

/* The one that stands for the whole tensor; 1 where there is none. */
float
paddock_row_decoder_get_scale (PaddockRowDecoder *self)
{
  return self->scaled ? self->scale : 1;
}

/* A half byte holds two weights as 3a + b + 4. Codes that nobody writes are no numbers. */
static void
decode_pairs (const guint8 *bytes, gsize n_bytes, float *out)
{
  for (gsize i = 0; i < n_bytes; i++)
    for (guint half = 0; half < 2; half++)
      {
        int code = half == 0 ? bytes[i] >> 4 : bytes[i] & 15;

        *out++ = code < 9 ? (float) (code / 3 - 1) : NAN;
        *out++ = code < 9 ? (float) (code % 3 - 1) : NAN;
      }
}

static void
decode_swapped (const PaddockRowDecoder *self, const guint8 *bytes, gsize n_units, float *out)
{
  guint8 tile[SWAP_BYTES];
  gsize most = SWAP_BYTES / self->unit_bytes;

  while (n_units > 0)
    {
      gsize count = MIN (n_units, most);

      paddock_quant_swap_blocks (self->type->id, bytes, tile, count);
      self->kernel->dequantize (tile, count, out);
      bytes += count * self->unit_bytes;
      out += count * self->unit_values;
      n_units -= count;
    }
}

static gboolean
may_stream (const PaddockRowDecoder *self, const float *out)
{
  return self->kernel->stream != NULL && !self->scaled && (guintptr) out % PADDOCK_KERNEL_STREAM_ALIGNMENT == 0;
}

/* FALSE: that is the processor's. */
static gboolean
decode_on_device (const PaddockRowDecoder *self, const guint8 *bytes, gsize n_units, float *out)
{
  return self->device != NULL && n_units * self->unit_values >= DEVICE_MIN_VALUES
         && paddock_opencl_dequantizer_run (self->device, self->kernel->type, bytes, n_units, out, NULL, NULL);
}

static void
decode_on_processor (const PaddockRowDecoder *self, const guint8 *bytes, gsize n_units, float *out, gboolean past_cache)
{
  if (self->kernel == NULL)
    decode_pairs (bytes, n_units, out);
  else if (self->swapped && !self->scaled)
    decode_swapped (self, bytes, n_units, out);
  else if (past_cache && may_stream (self, out))
    self->kernel->stream (bytes, n_units, out);
  else
    self->kernel->dequantize (bytes, n_units, out);
}

/**
 * paddock_row_decoder_decode:
 * @self: a decoder
 * @bytes: stored bytes, from the beginning of a unit on
 * @n_units: how many units
 * @out: (out caller-allocates): room for their numbers
 * @past_cache: whether to write past the processor's cache
 */
void
paddock_row_decoder_decode (PaddockRowDecoder *self, const guint8 *bytes, gsize n_units, float *out, gboolean past_cache)
{
  gsize n_values = n_units * self->unit_values;

  if (!decode_on_device (self, bytes, n_units, out))
    decode_on_processor (self, bytes, n_units, out, past_cache);
  for (gsize i = 0; self->scaled && i < n_values; i++)
    out[i] *= self->scale;
}
