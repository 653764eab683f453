/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_NUMBER_FINDING_BAD,        /* numbers that are none, or infinite */
  PADDOCK_NUMBER_FINDING_UNREADABLE, /* the disk did not give them */
  PADDOCK_NUMBER_FINDING_CHANGED     /* the file was written to meanwhile */
} PaddockNumberFindingKind;

/**
 * PaddockNumberFinding:
 *
 * What somebody who read all numbers of a tensor has to add to a report. All strings are borrowed.
 */
typedef struct
{
  PaddockNumberFindingKind kind;
  guint64 offset;                    /* in the file */
  const char *subject;               /* the tensor, or the file that was changed */
  const char *type;                  /* of the tensor */
  const char *problem;               /* why it could not be read */
  guint64 nan;
  guint64 infinity;
} PaddockNumberFinding;

G_END_DECLS
