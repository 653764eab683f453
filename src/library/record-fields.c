/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-fields.h"

#define FIELD(kind, member) { #member, G_STRUCT_OFFSET (PaddockModelRecord, member), PADDOCK_FIELD_##kind }

/* In the order in which a person who opens the file would like to read them. */
static const PaddockRecordField fields[] = {
  FIELD (STRING, name),
  FIELD (STRING, nickname),
  FIELD (STRING, notes),
  FIELD (FLAG, favourite),
  FIELD (FLAG, pinned),
  FIELD (STRING, projector),
  FIELD (NUMBER, added_at),
  FIELD (NUMBER, last_used),
  FIELD (STRING, architecture),
  FIELD (STRING, quantization),
  FIELD (NUMBER, parameters),
  FIELD (SIZE, size),
  FIELD (STRING, license),
  FIELD (STRING, source_url),
  FIELD (STRING, revision),
  FIELD (STRING, fingerprint),
  FIELD (STRING, expected_sha256),
  FIELD (STRING, sha256),
  FIELD (NUMBER, sha256_at),
};

/**
 * paddock_record_fields_get:
 * @n: (out): how many there are
 *
 * Returns: (transfer none): all plain members of a record
 */
const PaddockRecordField *
paddock_record_fields_get (gsize *n)
{
  *n = G_N_ELEMENTS (fields);
  return fields;
}

/**
 * paddock_record_fields_copy:
 * @to: a record that nobody else has
 * @from: another
 */
void
paddock_record_fields_copy (PaddockModelRecord *to, const PaddockModelRecord *from)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    switch (fields[i].type)
      {
      case PADDOCK_FIELD_STRING:
        g_set_str (paddock_record_field_string (&fields[i], to), *paddock_record_field_string (&fields[i], from));
        break;
      case PADDOCK_FIELD_FLAG:
        *paddock_record_field_flag (&fields[i], to) = *paddock_record_field_flag (&fields[i], from);
        break;
      case PADDOCK_FIELD_NUMBER:
      case PADDOCK_FIELD_SIZE:
      default:
        *paddock_record_field_number (&fields[i], to) = *paddock_record_field_number (&fields[i], from);
        break;
      }
}

/**
 * paddock_record_fields_clear:
 * @self: a record that goes away
 */
void
paddock_record_fields_clear (PaddockModelRecord *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].type == PADDOCK_FIELD_STRING)
      g_clear_pointer (paddock_record_field_string (&fields[i], self), g_free);
}

static gboolean
equal_field (const PaddockRecordField *field, const PaddockModelRecord *a, const PaddockModelRecord *b)
{
  if (field->type == PADDOCK_FIELD_STRING)
    return g_strcmp0 (*paddock_record_field_string (field, a), *paddock_record_field_string (field, b)) == 0;
  if (field->type == PADDOCK_FIELD_FLAG)
    return !*paddock_record_field_flag (field, a) == !*paddock_record_field_flag (field, b);
  return *paddock_record_field_number (field, a) == *paddock_record_field_number (field, b);
}

/**
 * paddock_record_fields_equal:
 * @a: a record
 * @b: another
 *
 * Returns: whether all plain members are the same
 */
gboolean
paddock_record_fields_equal (const PaddockModelRecord *a, const PaddockModelRecord *b)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!equal_field (&fields[i], a, b))
      return FALSE;
  return TRUE;
}
