/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tensor-order.h"

#include "base/worker.h"

#include <string.h>

typedef struct
{
  PaddockGgufShards *shards;
  char *search;                      /* in lower case; may be empty */
  PaddockTensorKey key;
  gboolean descending;
} OrderRequest;

typedef struct
{
  const char *name;                  /* borrowed from the file */
  gsize name_length;
  guint64 number;
  const char *text;
  guint position;
} OrderItem;

static void
order_request_free (OrderRequest *request)
{
  paddock_gguf_shards_unref (request->shards);
  g_free (request->search);
  g_free (request);
}

void
paddock_tensor_order_free (PaddockTensorOrder *self)
{
  g_free (self->positions);
  g_free (self);
}

static gboolean
name_contains (const char *name, gsize length, const char *search, gsize search_length)
{
  for (gsize i = 0; i + search_length <= length; i++)
    {
      gsize matched = 0;

      while (matched < search_length && g_ascii_tolower (name[i + matched]) == search[matched])
        matched++;
      if (matched == search_length)
        return TRUE;
    }
  return search_length == 0;
}

/* Numbers inside names count as numbers, so that layer 2 comes before layer 10. */
static int
compare_names (const char *a, gsize a_length, const char *b, gsize b_length)
{
  gsize i = 0;
  gsize j = 0;

  while (i < a_length && j < b_length)
    {
      gsize a_start = i;
      gsize b_start = j;

      if (!g_ascii_isdigit (a[i]) || !g_ascii_isdigit (b[j]))
        {
          if (a[i] != b[j])
            return (guchar) a[i] < (guchar) b[j] ? -1 : 1;
          i++;
          j++;
          continue;
        }
      while (a_start < a_length && a[a_start] == '0')
        a_start++;
      while (b_start < b_length && b[b_start] == '0')
        b_start++;
      for (i = a_start; i < a_length && g_ascii_isdigit (a[i]);)
        i++;
      for (j = b_start; j < b_length && g_ascii_isdigit (b[j]);)
        j++;
      if (i - a_start != j - b_start)
        return i - a_start < j - b_start ? -1 : 1;
      if (memcmp (a + a_start, b + b_start, i - a_start) != 0)
        return memcmp (a + a_start, b + b_start, i - a_start);
    }
  return i < a_length ? 1 : j < b_length ? -1 : 0;
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const OrderItem *first = a;
  const OrderItem *second = b;
  const OrderRequest *request = user_data;
  int order = 0;

  if (request->key == PADDOCK_TENSOR_BY_NAME)
    order = compare_names (first->name, first->name_length, second->name, second->name_length);
  else if (request->key == PADDOCK_TENSOR_BY_TYPE)
    order = strcmp (first->text, second->text);
  else
    order = first->number < second->number ? -1 : first->number > second->number;
  if (request->descending)
    order = -order;
  if (order != 0)
    return order;
  return first->position < second->position ? -1 : first->position > second->position;
}

static void
fill_item (OrderItem *item, const OrderRequest *request, PaddockGgufFile *file, const PaddockGgufTensor *tensor,
           guint shard)
{
  const PaddockQuantType *type;

  item->text = "";
  switch (request->key)
    {
    case PADDOCK_TENSOR_BY_TYPE:
      type = paddock_gguf_file_get_tensor_type (file, tensor);
      item->text = type != NULL ? type->name : "~";
      break;
    case PADDOCK_TENSOR_BY_SHAPE:
      item->number = tensor->elements;
      break;
    case PADDOCK_TENSOR_BY_BYTES:
      item->number = tensor->bytes;
      break;
    case PADDOCK_TENSOR_BY_OFFSET:
      item->number = tensor->offset;
      break;
    case PADDOCK_TENSOR_BY_SHARD:
      item->number = shard;
      break;
    case PADDOCK_TENSOR_BY_POSITION:
    case PADDOCK_TENSOR_BY_NAME:
    default:
      item->number = item->position;
    }
}

static PaddockTensorOrder *
order_take_items (GArray *items, guint64 bytes)
{
  PaddockTensorOrder *self = g_new0 (PaddockTensorOrder, 1);

  self->count = items->len;
  self->bytes = bytes;
  self->positions = g_new (guint, MAX (items->len, 1));
  for (guint i = 0; i < items->len; i++)
    self->positions[i] = g_array_index (items, OrderItem, i).position;
  return self;
}

static gpointer
make_order (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  OrderRequest *request = snapshot;
  guint n_tensors = paddock_gguf_shards_get_n_tensors (request->shards);
  g_autoptr (GArray) items = g_array_new (FALSE, TRUE, sizeof (OrderItem));
  gsize search_length = strlen (request->search);
  guint64 bytes = 0;

  for (guint i = 0; i < n_tensors; i++)
    {
      guint shard = 0;
      const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (request->shards, i, &shard);
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (request->shards, shard)->file;
      OrderItem item = { .position = i };

      if ((i & 4095) == 4095 && !paddock_worker_poll (worker, error))
        return NULL;
      item.name = paddock_gguf_file_get_tensor_name_bytes (file, tensor, &item.name_length);
      if (!name_contains (item.name, item.name_length, request->search, search_length))
        continue;
      if (__builtin_add_overflow (bytes, tensor->bytes, &bytes))
        bytes = G_MAXUINT64;
      fill_item (&item, request, file, tensor, shard);
      g_array_append_val (items, item);
    }
  if (request->key != PADDOCK_TENSOR_BY_POSITION || request->descending)
    g_array_sort_with_data (items, compare_items, request);
  return order_take_items (items, bytes);
}

/**
 * paddock_tensor_order_make_async:
 * @shards: a model
 * @search: what the names must contain, in any case; empty for all
 * @key: what to sort by
 * @descending: the other way round
 * @cancellable: (nullable): to stop it
 * @callback: called when the order is made
 * @user_data: for @callback
 *
 * Filters and sorts in a worker: a model may have 65,536 tensors.
 */
void
paddock_tensor_order_make_async (PaddockGgufShards *shards, const char *search, PaddockTensorKey key,
                                 gboolean descending, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  OrderRequest *request = g_new0 (OrderRequest, 1);
  PaddockWork work = {
    .name = "paddock-tensor-order",
    .run = make_order,
    .snapshot = request,
    .snapshot_free = (GDestroyNotify) order_request_free,
    .result_free = (GDestroyNotify) paddock_tensor_order_free,
  };

  request->shards = paddock_gguf_shards_ref (shards);
  request->search = g_ascii_strdown (search, -1);
  request->key = key;
  request->descending = descending;
  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_tensor_order_make_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the order
 */
PaddockTensorOrder *
paddock_tensor_order_make_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
