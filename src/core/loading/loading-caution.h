/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockLoadingCaution:
 *
 * What a file leaves open about a tensor's numbers.
 */
typedef enum
{
  PADDOCK_LOADING_CAUTION_NONE,
  PADDOCK_LOADING_CAUTION_VARIANT,   /* two programs order the numbers differently: taken as published models have them */
  PADDOCK_LOADING_CAUTION_NO_ORDER   /* the numbers are known, but not which is which */
} PaddockLoadingCaution;

/* A translated sentence for a person, NULL for none. */
const char *paddock_loading_caution_get_text (PaddockLoadingCaution self);

G_END_DECLS
