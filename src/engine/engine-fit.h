/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine-binary.h"

G_BEGIN_DECLS

/* Whole ones are told, and what is left is cut off. */
#define PADDOCK_ENGINE_FIT_UNIT (1u << 20)

/**
 * PaddockEngineFitDevice:
 *
 * What the engine says that it would take of a device, in bytes.
 */
typedef struct
{
  char *name;                        /* "Host" is the processor with the main memory */
  guint64 weights, cache, compute;
} PaddockEngineFitDevice;

/**
 * PaddockEngineFit:
 *
 * The engine's own answer to what a model needs. Nobody changes it; of one thread.
 */
typedef struct
{
  GPtrArray *devices;                /* of PaddockEngineFitDevice; never empty */
  PaddockEngineBinary *binary;       /* who said so; NULL: nobody was told */
  char **question;                   /* the arguments that were given; NULL: nobody was told */
  char **proposal;                   /* arguments that it would choose by itself; NULL: it proposes none */
} PaddockEngineFit;

/* From what the program prints with --fit-print. It is the word of another program: any bytes may come. */
PaddockEngineFit *paddock_engine_fit_parse          (const char *text, gsize length, GError **error);
/* From what it prints without; NULL: nothing like options is in it. */
char            **paddock_engine_fit_parse_proposal (const char *text, gsize length);
void              paddock_engine_fit_free           (PaddockEngineFit *self);

/* Of all devices together; it has no name. */
PaddockEngineFitDevice paddock_engine_fit_sum (const PaddockEngineFit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockEngineFit, paddock_engine_fit_free)

G_END_DECLS
