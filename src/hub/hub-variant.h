/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-file.h"

G_BEGIN_DECLS

/**
 * PaddockHubVariant:
 *
 * One model of a repository, in one or several files: what a person chooses between. What goes with models (projectors,
 * adapters) is a variant of its own kind.
 */
typedef struct
{
  char *label;           /* "Q4_K_M", "UD-IQ2_XXS"; the name of the file where that says nothing */
  GPtrArray *files;      /* PaddockHubFile, borrowed, in the order of the shards */
  gint64 size;           /* of all; -1: unknown */
  guint shards;          /* that there should be */
  gboolean is_companion; /* a projector or adapter: nothing that runs by itself */
} PaddockHubVariant;

/* Of all files of a repository (element-type PaddockHubFile), which have to outlive it: the smallest first, companions last
   (element-type PaddockHubVariant). */
GPtrArray *
paddock_hub_variant_group (GPtrArray *files);
/* The one that a person means; without a word, what most people are best served with. NULL: there is none. */
const PaddockHubVariant *
paddock_hub_variant_find (GPtrArray *variants, const char *label);
/* The file at @path of the repository is one of its own. */
gboolean
paddock_hub_variant_has_file (const PaddockHubVariant *self, const char *path);
/* All of its files are there. */
gboolean
paddock_hub_variant_is_whole (const PaddockHubVariant *self);

G_END_DECLS
