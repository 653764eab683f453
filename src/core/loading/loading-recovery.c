/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/loading-recovery.h"

#include "gguf/gguf-error.h"

struct _PaddockLoadingRecovery
{
  guint retries;
  gboolean stops;

  GMutex lock;
  GArray *skips;                     /* owned, under the lock: of PaddockLoadingSkip, one of each item, by item */
};

static void
clear_skip (gpointer skip)
{
  g_clear_error (&((PaddockLoadingSkip *) skip)->error);
}

static PaddockLoadingRecovery *
recovery_new (guint retries, gboolean stops)
{
  PaddockLoadingRecovery *self = g_new0 (PaddockLoadingRecovery, 1);

  self->retries = retries;
  self->stops = stops;
  g_mutex_init (&self->lock);
  self->skips = g_array_new (FALSE, TRUE, sizeof (PaddockLoadingSkip));
  g_array_set_clear_func (self->skips, clear_skip);
  return self;
}

/**
 * paddock_loading_recovery_new_stop:
 * @retries: how often to try again before
 *
 * Returns: (transfer full): gives up at the first tensor that cannot be read
 */
PaddockLoadingRecovery *
paddock_loading_recovery_new_stop (guint retries)
{
  return recovery_new (retries, TRUE);
}

/**
 * paddock_loading_recovery_new_skip:
 * @retries: how often to try again before
 *
 * Returns: (transfer full): leaves out what cannot be read
 */
PaddockLoadingRecovery *
paddock_loading_recovery_new_skip (guint retries)
{
  return recovery_new (retries, FALSE);
}

/**
 * paddock_loading_recovery_free:
 * @self: (transfer full): a policy
 */
void
paddock_loading_recovery_free (PaddockLoadingRecovery *self)
{
  g_array_unref (self->skips);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * paddock_loading_recovery_may_retry:
 * @self: a policy
 * @n_tried: how often it was tried
 * @error: how it went wrong
 *
 * A disk may read the second time what it did not the first. A file that was changed stays so.
 *
 * Returns: whether to try again
 */
gboolean
paddock_loading_recovery_may_retry (PaddockLoadingRecovery *self, guint n_tried, const GError *error)
{
  return n_tried <= self->retries && g_error_matches (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_IO);
}

/**
 * paddock_loading_recovery_skip:
 * @self: a policy
 * @item: which tensor of the plan
 * @offset: where in the file
 * @error: (inout): why; taken if it is left out
 *
 * Returns: whether to go on without that tensor
 */
gboolean
paddock_loading_recovery_skip (PaddockLoadingRecovery *self, guint item, guint64 offset, GError **error)
{
  PaddockLoadingSkip skip = { item, offset, NULL };
  guint place = 0;

  if (self->stops || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  skip.error = g_steal_pointer (error);
  g_mutex_lock (&self->lock);
  while (place < self->skips->len && g_array_index (self->skips, PaddockLoadingSkip, place).item < item)
    place++;
  if (place < self->skips->len && g_array_index (self->skips, PaddockLoadingSkip, place).item == item)
    {
      PaddockLoadingSkip *before = &g_array_index (self->skips, PaddockLoadingSkip, place);

      /* Two threads met the same hole: the first byte of it counts. */
      if (before->offset > offset)
        {
          PaddockLoadingSkip later = *before;

          *before = skip;
          skip = later;
        }
      g_error_free (skip.error);
    }
  else
    g_array_insert_val (self->skips, place, skip);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

guint
paddock_loading_recovery_get_n_skipped (PaddockLoadingRecovery *self)
{
  return self->skips->len;
}

/**
 * paddock_loading_recovery_get_skip:
 * @self: a policy whose work is done
 * @position: less than the number of skipped tensors
 *
 * Returns: (transfer none): what was left out
 */
const PaddockLoadingSkip *
paddock_loading_recovery_get_skip (PaddockLoadingRecovery *self, guint position)
{
  return &g_array_index (self->skips, PaddockLoadingSkip, position);
}
