/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a processor has, as far as the engine's variants differ by it. */
typedef enum
{
  PADDOCK_ENGINE_FMA = 1 << 0,
  PADDOCK_ENGINE_F16C = 1 << 1,
  PADDOCK_ENGINE_SSE42 = 1 << 2,
  PADDOCK_ENGINE_BMI2 = 1 << 3,
  PADDOCK_ENGINE_AVX = 1 << 4,
  PADDOCK_ENGINE_AVX2 = 1 << 5,
  PADDOCK_ENGINE_AVX_VNNI = 1 << 6,
  PADDOCK_ENGINE_AVX512 = 1 << 7,
  PADDOCK_ENGINE_AVX512_VBMI = 1 << 8,
  PADDOCK_ENGINE_AVX512_BF16 = 1 << 9,
  PADDOCK_ENGINE_AVX512_VNNI = 1 << 10,
  PADDOCK_ENGINE_AMX = 1 << 11,
  PADDOCK_ENGINE_DOTPROD = 1 << 12,
  PADDOCK_ENGINE_FP16 = 1 << 13,
  PADDOCK_ENGINE_SVE = 1 << 14,
  PADDOCK_ENGINE_I8MM = 1 << 15,
  PADDOCK_ENGINE_SVE2 = 1 << 16,
  PADDOCK_ENGINE_SME = 1 << 17
} PaddockEngineFeature;

/**
 * PaddockEngineVariant:
 *
 * One of the libraries in which llama.cpp computes on processors; it loads the one that suits the processor best.
 * Static data.
 */
typedef struct
{
  const char *name;                  /* as in libggml-cpu-NAME.so */
  guint features;                    /* PaddockEngineFeature: those that it needs */
  gboolean arm;
} PaddockEngineVariant;

/* By the engine's name, or by a level of the instruction set: "x86-64-v3"; NULL: there is none. */
const PaddockEngineVariant *paddock_engine_variant_lookup       (const char *name);
/* What the engine would load where the text of /proc/cpuinfo is this. */
const PaddockEngineVariant *paddock_engine_variant_for_cpuinfo  (const char *cpuinfo);
const PaddockEngineVariant *paddock_engine_variant_of_this_processor (void);

guint                       paddock_engine_variant_get_count    (void);
const PaddockEngineVariant *paddock_engine_variant_get          (guint position);

G_END_DECLS
