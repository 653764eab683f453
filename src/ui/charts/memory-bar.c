/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/memory-bar.h"

#include "base/units.h"

#include <glib/gi18n.h>

/**
 * PaddockMemoryBar:
 *
 * What a model needs of one device's memory, beside what there is, what is free now and what others use.
 */
struct _PaddockMemoryBar
{
  /* Owned */
  char *device;
  GArray *segments;

  guint64 capacity;
  guint64 available;
  guint64 taken;
  guint64 needed;
};

static void
clear_segment (gpointer segment)
{
  g_free (((PaddockMemorySegment *) segment)->label);
}

static void
clear_bar (gpointer data)
{
  PaddockMemoryBar *self = data;

  g_free (self->device);
  g_array_unref (self->segments);
}

/**
 * paddock_memory_bar_new:
 * @device: its name
 * @capacity: bytes that it has, 0 if nobody knows
 * @available: bytes that are free now
 * @taken: bytes that others use
 *
 * Returns: (transfer full): the bar, without segments
 */
PaddockMemoryBar *
paddock_memory_bar_new (const char *device, guint64 capacity, guint64 available, guint64 taken)
{
  PaddockMemoryBar *self = g_rc_box_new0 (PaddockMemoryBar);

  self->device = g_strdup (device);
  self->segments = g_array_new (FALSE, FALSE, sizeof (PaddockMemorySegment));
  g_array_set_clear_func (self->segments, clear_segment);
  self->capacity = capacity;
  self->available = MIN (available, capacity);
  self->taken = MIN (taken, capacity);
  return self;
}

PaddockMemoryBar *
paddock_memory_bar_ref (PaddockMemoryBar *self)
{
  return g_rc_box_acquire (self);
}

void
paddock_memory_bar_unref (PaddockMemoryBar *self)
{
  g_rc_box_release_full (self, clear_bar);
}

/**
 * paddock_memory_bar_add:
 * @self: the bar
 * @part: what the memory is for
 * @label: (nullable): its name, or %NULL for the part's
 * @bytes: how much
 */
void
paddock_memory_bar_add (PaddockMemoryBar *self, PaddockMemoryPart part, const char *label, guint64 bytes)
{
  PaddockMemorySegment segment = { .part = part, .bytes = MIN (bytes, G_MAXUINT64 - self->needed) };

  g_return_if_fail ((guint) part < PADDOCK_MEMORY_N_PARTS);
  if (segment.bytes == 0)
    return;
  segment.label = g_strdup (label != NULL ? label : paddock_memory_part_get_label (part));
  g_array_append_val (self->segments, segment);
  self->needed += segment.bytes;
}

const char *
paddock_memory_bar_get_device (PaddockMemoryBar *self)
{
  return self->device;
}

guint64
paddock_memory_bar_get_capacity (PaddockMemoryBar *self)
{
  return self->capacity;
}

guint64
paddock_memory_bar_get_free (PaddockMemoryBar *self)
{
  return self->available;
}

guint64
paddock_memory_bar_get_taken (PaddockMemoryBar *self)
{
  return self->taken;
}

guint64
paddock_memory_bar_get_needed (PaddockMemoryBar *self)
{
  return self->needed;
}

guint
paddock_memory_bar_get_count (PaddockMemoryBar *self)
{
  return self->segments->len;
}

const PaddockMemorySegment *
paddock_memory_bar_get_segment (PaddockMemoryBar *self, guint position)
{
  g_return_val_if_fail (position < self->segments->len, NULL);
  return &g_array_index (self->segments, PaddockMemorySegment, position);
}

double
paddock_memory_bar_place (PaddockMemoryBar *self, guint64 bytes)
{
  guint64 whole = MAX (self->capacity, self->needed);

  return whole > 0 ? MIN (1.0, (double) bytes / (double) whole) : 0;
}

/**
 * paddock_memory_bar_lay_out:
 * @self: the bar
 * @width: of the whole bar in pixels
 * @narrowest: what a segment needs to be seen
 * @ends: (out caller-allocates): where each segment ends
 *
 * What the narrow ones are given is taken from the wide ones, so that the last one ends where it should.
 */
void
paddock_memory_bar_lay_out (PaddockMemoryBar *self, float width, float narrowest, float *ends)
{
  guint count = self->segments->len;
  float whole = width * (float) paddock_memory_bar_place (self, self->needed);
  float given = 0;
  float spare = 0;
  float end = 0;

  for (guint i = 0; i < count; i++)
    {
      float part = width * (float) paddock_memory_bar_place (self, paddock_memory_bar_get_segment (self, i)->bytes);

      given += MAX (narrowest - part, 0);
      spare += MAX (part - narrowest, 0);
    }
  for (guint i = 0; i < count; i++)
    {
      float part = width * (float) paddock_memory_bar_place (self, paddock_memory_bar_get_segment (self, i)->bytes);

      if (spare < given)
        part = whole / (float) count;
      else if (part < narrowest)
        part = narrowest;
      else if (spare > 0)
        part -= given * (part - narrowest) / spare;
      end += part;
      ends[i] = end;
    }
}

static void
append_sentence (GString *text, char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? ". " : "", sentence);
  g_free (sentence);
}

static char *
describe_need (PaddockMemoryBar *self)
{
  g_autofree char *needed = paddock_units_format_size (self->needed);
  g_autofree char *capacity = paddock_units_format_size (self->capacity);

  if (self->capacity == 0)
    return g_steal_pointer (&needed);
  /* Translators: what a model needs, and how much memory a device has: "5.2 GB of 8.0 GB". */
  return g_strdup_printf (_("%s of %s"), needed, capacity);
}

static char *
describe_segments (PaddockMemoryBar *self)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (guint i = 0; i < self->segments->len; i++)
    {
      const PaddockMemorySegment *segment = paddock_memory_bar_get_segment (self, i);
      g_autofree char *size = paddock_units_format_size (segment->bytes);

      /* Translators: what memory is for, and how much: "Weights 4.1 GB". */
      g_strv_builder_take (parts, g_strdup_printf (_("%s %s"), segment->label, size));
    }
  words = g_strv_builder_end (parts);
  return g_strjoinv (", ", words);
}

/**
 * paddock_memory_bar_describe:
 * @self: the bar
 *
 * Returns: (transfer full): all that the bar shows, in words: "5.2 GB of 8.0 GB: Weights 4.1 GB, Cache 1.1 GB. 7.1 GB free"
 */
char *
paddock_memory_bar_describe (PaddockMemoryBar *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *need = describe_need (self);
  g_autofree char *segments = describe_segments (self);
  g_autofree char *available = paddock_units_format_size (self->available);
  g_autofree char *taken = paddock_units_format_size (self->taken);

  append_sentence (text, self->segments->len > 0 ? g_strdup_printf (_("%s: %s"), need, segments) : g_strdup (need));
  if (self->capacity == 0)
    return g_string_free (g_steal_pointer (&text), FALSE);
  append_sentence (text, g_strdup_printf (_("%s free"), available));
  if (self->taken > 0)
    /* Translators: the size of what other programs keep in a device's memory. */
    append_sentence (text, g_strdup_printf (_("Others use %s"), taken));
  if (self->needed > self->available)
    {
      g_autofree char *over = paddock_units_format_size (self->needed - self->available);

      append_sentence (text, g_strdup_printf (_("%s more than is free"), over));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
paddock_memory_part_get_label (PaddockMemoryPart part)
{
  /* Translators: what a model needs memory for. */
  static const char * const labels[PADDOCK_MEMORY_N_PARTS] = {
    [PADDOCK_MEMORY_PART_WEIGHTS] = N_("Weights"),     [PADDOCK_MEMORY_PART_CACHE] = N_("Cache"),
    [PADDOCK_MEMORY_PART_COMPUTE] = N_("Computation"), [PADDOCK_MEMORY_PART_PROJECTOR] = N_("Projector"),
    [PADDOCK_MEMORY_PART_OVERHEAD] = N_("Overhead"),   [PADDOCK_MEMORY_PART_DRAFT] = N_("Draft model"),
  };

  return (guint) part < G_N_ELEMENTS (labels) ? _(labels[part]) : "";
}
