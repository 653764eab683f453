/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/context-stops.h"

#define PARTS 4                      /* of the way from one power of two to the next */
#define MOST_CONTEXT (G_GUINT64_CONSTANT (1) << 40)

static void
add_stop (GArray *stops, guint64 stop, guint64 least, guint64 most)
{
  if (stop < least || stop > most || (stops->len > 0 && g_array_index (stops, guint64, stops->len - 1) >= stop))
    return;
  g_array_append_val (stops, stop);
}

/**
 * paddock_context_stops_list:
 * @least: the smallest context
 * @most: the largest one
 * @largest: one between them that has to be there, as the largest that fits; 0 for none
 *
 * Returns: (transfer full) (element-type guint64): contexts in order, each once
 */
GArray *
paddock_context_stops_list (guint64 least, guint64 most, guint64 largest)
{
  GArray *stops = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint64 power = PARTS;

  if (least == 0 || least > most || most > MOST_CONTEXT)
    return stops;
  add_stop (stops, least, least, most);
  while (power <= least / 2)
    power *= 2;
  for (; power <= most; power *= 2)
    for (guint64 stop = power; stop < 2 * power; stop += power / PARTS)
      {
        if (largest <= stop)
          add_stop (stops, largest, least, most);
        add_stop (stops, stop, least, most);
      }
  add_stop (stops, largest, least, most);
  add_stop (stops, most, least, most);
  return stops;
}
