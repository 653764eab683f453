/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model-record.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_FIELD_STRING,
  PADDOCK_FIELD_NUMBER,
  PADDOCK_FIELD_SIZE,                /* a number that is never negative */
  PADDOCK_FIELD_FLAG
} PaddockRecordFieldType;

/**
 * PaddockRecordField:
 *
 * A plain member of a record, for everything that treats all of them alike.
 */
typedef struct
{
  const char *name;                  /* in JSON */
  gsize offset;
  PaddockRecordFieldType type;
} PaddockRecordField;

const PaddockRecordField *paddock_record_fields_get   (gsize *n);
void                      paddock_record_fields_copy  (PaddockModelRecord *to, const PaddockModelRecord *from);
void                      paddock_record_fields_clear (PaddockModelRecord *self);
gboolean                  paddock_record_fields_equal (const PaddockModelRecord *a, const PaddockModelRecord *b);

static inline char **
paddock_record_field_string (const PaddockRecordField *field, const PaddockModelRecord *record)
{
  return G_STRUCT_MEMBER_P (record, field->offset);
}

static inline gint64 *
paddock_record_field_number (const PaddockRecordField *field, const PaddockModelRecord *record)
{
  return G_STRUCT_MEMBER_P (record, field->offset);
}

static inline gboolean *
paddock_record_field_flag (const PaddockRecordField *field, const PaddockModelRecord *record)
{
  return G_STRUCT_MEMBER_P (record, field->offset);
}

G_END_DECLS
