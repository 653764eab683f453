/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/kernel-bench.h"

#include <string.h>
#include <sys/mman.h>

#include "base/worker-pool.h"
#include "kernels/kernel-dispatch.h"
#include "kernels/kernel-limits.h"
#include "quant/quant-type.h"

/* Together with its input the smaller output stays in any processor's second cache; the larger one stays in none. */
#define CACHE_BYTES (128u * 1024)
#define MEMORY_BYTES (256u << 20)
/* What a thread takes at a time of the larger one. */
#define PIECE_BYTES (1u << 20)
/* The widest stored number is twice as wide as a float. */
#define WIDEST 2u
#define RUNS 7
/* Seconds of a run: long beside the clock's grain, short beside the scheduler's. */
#define RUN_SECONDS 0.002
#define Q8_K_TYPE 15u
#define I2_S_TYPE 36u
#define MXFP4_TYPE 39u

struct _PaddockKernelBench
{
  guint n_threads;

  /* Owned: mapped */
  guint8 *input;
  float *output;
};

/* One piece of what is measured: @n floats at @out, made from what stands at @in. */
typedef void (*PieceFunc) (const guint8 *in, float *out, gsize n, gconstpointer data);

typedef struct
{
  PaddockKernelBench *bench;
  PieceFunc func;
  gconstpointer data;
  gboolean in_cache;
  gsize in_bytes;                    /* of a piece */
  guint repeats;
} Run;

static gpointer
map (gsize size)
{
  gpointer place = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (place == MAP_FAILED)
    return NULL;
  madvise (place, size, MADV_HUGEPAGE);
  return place;
}

/* Bytes without a pattern, but as 64-bit floats of an ordinary size: processors are slow at numbers near the least. */
static void
fill (guint8 *bytes, gsize size)
{
  guint64 state = 1;

  for (gsize i = 0; i < size; i += sizeof state)
    {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      memcpy (bytes + i, &state, sizeof state);
      bytes[i + 7] = (bytes[i + 7] & 0x80) | 0x3f;
    }
}

/*
 * Pushes what was just written out of the caches. A model's pages were written long ago; input that is still waiting to
 * be written back would make every run pay for that.
 */
static void
settle (PaddockKernelBench *self)
{
  const PaddockKernelLimitFuncs *funcs = paddock_kernel_dispatch_find_limits (paddock_kernel_dispatch_get_allowed ());
  const float *rest = (const float *) (gconstpointer) (self->input + (gsize) MEMORY_BYTES * (WIDEST - 1));

  /* Kept, so that the compiler has to read. */
  self->output[0] = funcs->read (rest, MEMORY_BYTES / sizeof (float));
}

/* Gives the blocks of the types whose scale has the range of a float one of an ordinary size. */
static void
temper (PaddockKernelBench *self, guint32 type, gsize block, gsize block_bytes)
{
  static const float scale = 0.01f;
  const gsize size = MEMORY_BYTES / sizeof (float) / block * block_bytes;

  if (type != Q8_K_TYPE && type != MXFP4_TYPE)
    return;
  for (gsize i = 0; i + block_bytes <= size; i += block_bytes)
    if (type == Q8_K_TYPE)
      memcpy (self->input + i, &scale, sizeof scale);
    else
      self->input[i] = 120;
  settle (self);
}

/**
 * paddock_kernel_bench_new:
 * @n_threads: how many work at once
 *
 * Returns: (transfer full) (nullable): a bench, holding 768 MiB
 */
PaddockKernelBench *
paddock_kernel_bench_new (guint n_threads, GError **error)
{
  g_autoptr (PaddockKernelBench) self = g_new0 (PaddockKernelBench, 1);

  self->n_threads = paddock_worker_pool_resolve_width (n_threads);
  self->input = map ((gsize) MEMORY_BYTES * WIDEST);
  self->output = map (MEMORY_BYTES);
  if (self->input == NULL || self->output == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "Measuring needs %u MiB of memory",
                   (1 + WIDEST) * (MEMORY_BYTES >> 20));
      return NULL;
    }
  fill (self->input, (gsize) MEMORY_BYTES * WIDEST);
  memset (self->output, 0, MEMORY_BYTES);
  return g_steal_pointer (&self);
}

void
paddock_kernel_bench_free (PaddockKernelBench *self)
{
  if (self->input != NULL)
    munmap (self->input, (gsize) MEMORY_BYTES * WIDEST);
  if (self->output != NULL)
    munmap (self->output, MEMORY_BYTES);
  g_free (self);
}

guint
paddock_kernel_bench_get_n_threads (PaddockKernelBench *self)
{
  return self->n_threads;
}

static gboolean
run_piece (guint64 piece, guint lane, gpointer user_data)
{
  const Run *run = user_data;
  gsize piece_bytes = run->in_cache ? CACHE_BYTES : PIECE_BYTES;
  guint8 *out = (guint8 *) run->bench->output + piece * piece_bytes;
  const guint8 *in = run->bench->input + piece * run->in_bytes;

  for (guint i = 0; i < run->repeats; i++)
    run->func (in, (float *) (gpointer) out, piece_bytes / sizeof (float), run->data);
  return TRUE;
}

static double
time_run (Run *run, guint64 n_pieces)
{
  gint64 began = g_get_monotonic_time ();

  paddock_worker_pool_run (run->bench->n_threads, n_pieces, run_piece, run);
  return (double) MAX (g_get_monotonic_time () - began, 1) / G_USEC_PER_SEC;
}

/* Bytes per second of the best run; 0 when it was cancelled. */
static double
measure (Run *run, GCancellable *cancellable)
{
  guint64 n_pieces = run->in_cache ? run->bench->n_threads : MEMORY_BYTES / PIECE_BYTES;
  gsize bytes = n_pieces * (run->in_cache ? CACHE_BYTES : PIECE_BYTES);
  double best = 0;

  run->repeats = 1;
  /* Also warms the cache. */
  while (run->in_cache && time_run (run, n_pieces) < RUN_SECONDS)
    run->repeats *= 2;
  for (guint i = 0; i < RUNS; i++)
    {
      double seconds;

      if (g_cancellable_is_cancelled (cancellable))
        return 0;
      seconds = time_run (run, n_pieces);
      best = MAX (best, (double) bytes * run->repeats / seconds);
    }
  return best;
}

static void
limit_store (const guint8 *in, float *out, gsize n, gconstpointer data)
{
  ((const PaddockKernelLimitFuncs *) data)->store (out, n);
}

static void
limit_stream (const guint8 *in, float *out, gsize n, gconstpointer data)
{
  ((const PaddockKernelLimitFuncs *) data)->stream (out, n);
}

static void
limit_read (const guint8 *in, float *out, gsize n, gconstpointer data)
{
  /* Kept, so that the compiler has to read. */
  *out = ((const PaddockKernelLimitFuncs *) data)->read ((const float *) (gconstpointer) in, n);
}

static void
limit_copy (const guint8 *in, float *out, gsize n, gconstpointer data)
{
  ((const PaddockKernelLimitFuncs *) data)->copy ((const float *) (gconstpointer) in, out, n);
}

/**
 * paddock_kernel_bench_measure_limits:
 * @self: the bench
 * @limits: (out caller-allocates): what the memory allows
 * @cancellable: (nullable): asked between two runs
 *
 * Returns: %FALSE when it was cancelled
 */
gboolean
paddock_kernel_bench_measure_limits (PaddockKernelBench *self, PaddockKernelLimits *limits, GCancellable *cancellable,
                                     GError **error)
{
  const PaddockKernelLimitFuncs *funcs = paddock_kernel_dispatch_find_limits (paddock_kernel_dispatch_get_allowed ());
  const struct
  {
    PieceFunc func;
    gboolean in_cache;
    double *result;
  } measurements[] = {
    { limit_store, TRUE, &limits->store_l2 },
    { limit_stream, FALSE, &limits->store_stream },
    { limit_read, FALSE, &limits->read },
    { limit_copy, FALSE, &limits->copy },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (measurements); i++)
    {
      Run run = { self, measurements[i].func, funcs, measurements[i].in_cache, PIECE_BYTES, 0 };

      *measurements[i].result = measure (&run, cancellable);
    }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

typedef struct
{
  PaddockDequantizeFunc dequantize;
  gsize block;
} KernelPiece;

static void
dequantize_piece (const guint8 *in, float *out, gsize n, gconstpointer data)
{
  const KernelPiece *piece = data;

  piece->dequantize (in, n / piece->block, out);
}

/* BitNet's groups are no blocks of the table of types. */
static gboolean
find_block (guint32 id, gsize *block, gsize *bytes)
{
  const PaddockQuantType *type = paddock_quant_type_lookup (id, PADDOCK_QUANT_DIALECT_GGML);

  *block = id == I2_S_TYPE ? 128 : type != NULL ? type->block : 0;
  *bytes = id == I2_S_TYPE ? 32 : type != NULL ? type->bytes : 0;
  return *block != 0 && *bytes != 0;
}

/**
 * paddock_kernel_bench_measure:
 * @self: the bench
 * @kernel: what to measure
 * @speed: (out caller-allocates): how fast it is
 * @cancellable: (nullable): asked between two runs
 *
 * Returns: %FALSE when it was cancelled or the type is unknown
 */
gboolean
paddock_kernel_bench_measure (PaddockKernelBench *self, const PaddockKernel *kernel, PaddockKernelSpeed *speed,
                              GCancellable *cancellable, GError **error)
{
  KernelPiece plain = { .dequantize = kernel->dequantize };
  KernelPiece large = { .dequantize = kernel->stream != NULL ? kernel->stream : kernel->dequantize };
  Run run = { self, dequantize_piece, &plain, TRUE, 0, 0 };
  gsize bytes;

  if (!find_block (kernel->type, &plain.block, &bytes))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "There is no type %u", kernel->type);
      return FALSE;
    }
  temper (self, kernel->type, plain.block, bytes);
  large.block = plain.block;
  run.in_bytes = CACHE_BYTES / sizeof (float) / plain.block * bytes;
  speed->l2 = measure (&run, cancellable);

  run.in_cache = FALSE;
  run.data = &large;
  run.in_bytes = PIECE_BYTES / sizeof (float) / plain.block * bytes;
  speed->memory = measure (&run, cancellable);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
