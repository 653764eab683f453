/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/processor-set.h"

/* One number of a list; FALSE where there is none or where it is too large. */
static gboolean
take_id (const char **text, guint *id)
{
  guint64 number;
  char *rest = NULL;

  if (!g_ascii_isdigit (**text))
    return FALSE;
  number = g_ascii_strtoull (*text, &rest, 10);
  *text = rest;
  *id = (guint) MIN (number, PADDOCK_PROCESSOR_SET_MAX);
  return number < PADDOCK_PROCESSOR_SET_MAX;
}

static gboolean
parse_ranges (PaddockProcessorSet *self, const char *list)
{
  for (;;)
    {
      guint first, last;

      if (!take_id (&list, &first))
        return FALSE;
      last = first;
      if (*list == '-')
        {
          list++;
          if (!take_id (&list, &last) || last < first)
            return FALSE;
        }
      for (guint id = first; id <= last; id++)
        paddock_processor_set_add (self, id);
      if (*list != ',')
        return *list == '\0' || g_ascii_isspace (*list);
      list++;
    }
}

/**
 * paddock_processor_set_parse:
 * @self: (out caller-allocates): a set
 * @list: numbers and ranges with commas between them
 *
 * Returns: whether it was such a list
 */
gboolean
paddock_processor_set_parse (PaddockProcessorSet *self, const char *list)
{
  *self = (PaddockProcessorSet) { 0 };
  if (parse_ranges (self, list))
    return TRUE;
  *self = (PaddockProcessorSet) { 0 };
  return FALSE;
}

/**
 * paddock_processor_set_add:
 * @self: a set
 * @id: a thread's number, below %PADDOCK_PROCESSOR_SET_MAX
 */
void
paddock_processor_set_add (PaddockProcessorSet *self, guint id)
{
  g_return_if_fail (id < PADDOCK_PROCESSOR_SET_MAX);

  self->words[id / 64] |= G_GUINT64_CONSTANT (1) << (id % 64);
}

/**
 * paddock_processor_set_contains:
 * @self: a set
 * @id: a thread's number
 *
 * Returns: whether it is in the set
 */
gboolean
paddock_processor_set_contains (const PaddockProcessorSet *self, guint id)
{
  return id < PADDOCK_PROCESSOR_SET_MAX && (self->words[id / 64] >> (id % 64) & 1) != 0;
}

/**
 * paddock_processor_set_intersect:
 * @self: a set, which loses what is not in the other
 * @other: another
 */
void
paddock_processor_set_intersect (PaddockProcessorSet *self, const PaddockProcessorSet *other)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->words); i++)
    self->words[i] &= other->words[i];
}

/**
 * paddock_processor_set_count:
 * @self: a set
 *
 * Returns: how many there are in it
 */
guint
paddock_processor_set_count (const PaddockProcessorSet *self)
{
  guint count = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (self->words); i++)
    count += (guint) __builtin_popcountll (self->words[i]);
  return count;
}

/**
 * paddock_processor_set_next:
 * @self: a set
 * @id: where to begin
 *
 * Returns: the first one from there on, or %PADDOCK_PROCESSOR_SET_MAX
 */
guint
paddock_processor_set_next (const PaddockProcessorSet *self, guint id)
{
  while (id < PADDOCK_PROCESSOR_SET_MAX && !paddock_processor_set_contains (self, id))
    id++;
  return id;
}
