/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-cache.h"
#include "estimate/memory-output.h"
#include "estimate/memory-weights.h"
#include "memory-case.h"

/* What is computed, against what the engine itself says: each number, to the byte. */

static void
check_cache (const TestMemoryCase *self, GString *complaints)
{
  guint64 per_layer[PADDOCK_SHAPE_MAX_LAYERS];
  guint64 cache = 0, state = 0, sum = 0;

  if (!paddock_memory_cache_compute (self->shape, &self->request, &cache, &state, per_layer))
    g_string_append_printf (complaints, "%s: no cache\n", self->point->header);
  test_memory_case_compare (self, "cache", cache, self->point->cache_bytes, complaints);
  test_memory_case_compare (self, "state", state, self->point->state_bytes, complaints);
  for (guint i = 0; i < self->shape->layers; i++)
    sum += per_layer[i];
  test_memory_case_compare (self, "sum of layers", sum, cache + state, complaints);
}

/* What is repacked for a processor is counted elsewhere. */
static void
check_weights (const TestMemoryCase *self, GString *complaints)
{
  g_autoptr(GError) error = NULL;
  guint64 weights = 0, sum = paddock_memory_weights_of (self->shape, -1);

  if (self->point->repack)
    return;
  paddock_memory_weights_compute (self->shape, &weights, &error);
  g_assert_no_error (error);
  test_memory_case_compare (self, "weights", weights, self->point->model_bytes, complaints);
  for (guint i = 0; i < self->shape->layers; i++)
    sum += paddock_memory_weights_of (self->shape, (int) i);
  test_memory_case_compare (self, "weights of layers", sum, weights, complaints);
}

static void
check_output (const TestMemoryCase *self, GString *complaints)
{
  guint64 output = paddock_memory_output_compute (self->shape, &self->request);

  test_memory_case_compare (self, "output", output, self->point->output_bytes, complaints);
}

/* The engine took all these settings. */
static void
check_request (const TestMemoryCase *self, GString *complaints)
{
  PaddockMemoryRequest request = self->request;
  g_autoptr(GError) error = NULL;

  request.as_engine = TRUE;
  if (!paddock_memory_request_check (&request, self->shape, &error))
    g_string_append_printf (complaints, "%s: %s\n", self->point->header, error->message);
}

static void
test_kept (gconstpointer check)
{
  test_memory_case_check_kept ((TestMemoryCaseFunc) check);
}

static void
test_known (gconstpointer check)
{
  test_memory_case_check_known ((TestMemoryCaseFunc) check);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    TestMemoryCaseFunc check;
  } checks[] = {
    { "cache", check_cache }, { "weights", check_weights }, { "output", check_output }, { "request", check_request }
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autofree char *kept = g_strconcat ("/memory-truth/kept/", checks[i].name, NULL);
      g_autofree char *known = g_strconcat ("/memory-truth/known/", checks[i].name, NULL);

      g_test_add_data_func (kept, (gconstpointer) checks[i].check, test_kept);
      g_test_add_data_func (known, (gconstpointer) checks[i].check, test_known);
    }
  return g_test_run ();
}
