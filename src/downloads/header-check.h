/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "part-file.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_HEADER_SOUND,
  PADDOCK_HEADER_UNDECIDED, /* more of it has to be there */
  PADDOCK_HEADER_WRONG
} PaddockHeaderVerdict;

/* Whether the first bytes of a file of that size are a model's, so that a wrong file is noticed while it is small. there:
   how many bytes from the begin on are. WRONG: with NOT_A_MODEL. */
PaddockHeaderVerdict
paddock_header_check_run (PaddockPartFile *part, guint64 size, guint64 there, GError **error);

G_END_DECLS
