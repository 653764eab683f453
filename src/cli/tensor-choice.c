/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor-choice.h"

#include "base/units.h"
#include "output.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME 128
/* Names that differ by more letters are no slips of the finger. */
#define MAX_DISTANCE 8

static const char *
get_name (PaddockGgufShards *shards, guint position, gsize *length)
{
  guint shard;
  const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, position, &shard);

  return paddock_gguf_file_get_tensor_name_bytes (paddock_gguf_shards_get_shard (shards, shard)->file, tensor, length);
}

/* How many letters have to be changed, added or left away. */
static guint
measure (const char *a, gsize a_length, const char *b, gsize b_length)
{
  guint row[MAX_NAME + 1];

  for (gsize j = 0; j <= b_length; j++)
    row[j] = (guint) j;
  for (gsize i = 1; i <= a_length; i++)
    {
      guint corner = row[0];

      row[0] = (guint) i;
      for (gsize j = 1; j <= b_length; j++)
        {
          guint changed = corner + (a[i - 1] != b[j - 1]);

          corner = row[j];
          row[j] = MIN (changed, MIN (row[j], row[j - 1]) + 1);
        }
    }
  return row[b_length];
}

static char *
find_nearest (PaddockGgufShards *shards, const char *name)
{
  gsize wanted = strlen (name);
  guint best = G_MAXUINT, best_distance = MAX_DISTANCE + 1;

  for (guint i = 0; wanted <= MAX_NAME && i < paddock_gguf_shards_get_n_tensors (shards); i++)
    {
      gsize length;
      const char *bytes = get_name (shards, i, &length);
      guint distance = length <= MAX_NAME ? measure (name, wanted, bytes, length) : G_MAXUINT;

      if (distance >= best_distance)
        continue;
      best_distance = distance;
      best = i;
    }
  return best != G_MAXUINT ? paddock_tensor_choice_dup_name (shards, best) : NULL;
}

/**
 * paddock_tensor_choice_find:
 * @shards: a model
 * @name: what the person typed
 * @position: (out): which tensor that is
 *
 * Returns: whether there is one of that name
 */
gboolean
paddock_tensor_choice_find (PaddockGgufShards *shards, const char *name, guint *position)
{
  gsize wanted = strlen (name);
  g_autofree char *nearest = NULL;
  g_autofree char *what = NULL;

  for (guint i = 0; i < paddock_gguf_shards_get_n_tensors (shards); i++)
    {
      gsize length;
      const char *bytes = get_name (shards, i, &length);

      if (length == wanted && memcmp (bytes, name, length) == 0)
        {
          *position = i;
          return TRUE;
        }
    }
  nearest = find_nearest (shards, name);
  if (nearest != NULL)
    what = g_strdup_printf (_("There is no such tensor; the nearest is “%s”"), nearest);
  paddock_output_complain (what != NULL ? what : _("There is no such tensor"), name);
  return FALSE;
}

/**
 * paddock_tensor_choice_dup_name:
 * @shards: a model
 * @position: of a tensor
 *
 * Returns: (transfer full): its name, made showable
 */
char *
paddock_tensor_choice_dup_name (PaddockGgufShards *shards, guint position)
{
  gsize length;
  const char *bytes = get_name (shards, position, &length);

  return paddock_units_escape (bytes, (gssize) length, 0);
}
