/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "estimate/placement-pack.h"
#include "placement-case.h"
#include "shape-recipe.h"

/*
 * What the engine itself has on each of two devices and with the processor. The devices were workers of its own on the
 * same computer, so that nothing of the processor's is ever carried to them.
 */

typedef struct
{
  guint64 weights, cache, compute;
} Part;

typedef struct
{
  char model[64];
  guint gpu_layers, first, second, cpu_experts;   /* layers of the first and the second device, in the engine's order */
  guint context, ubatch, parallel, outputs, flash_attention;
  Part parts[3];                     /* the processor, the last device, the one before it */
  guint64 repacked;
} Point;

static gboolean
parse (const char *line, Point *point)
{
  return sscanf (line,
                 "%63[^,],%u,%u+%u,%u,%u,%u,%u,%u,%u,%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT
                 ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT
                 ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT,
                 point->model, &point->gpu_layers, &point->first, &point->second, &point->cpu_experts, &point->context,
                 &point->ubatch, &point->parallel, &point->outputs, &point->flash_attention, &point->parts[2].weights,
                 &point->parts[2].cache, &point->parts[2].compute, &point->parts[1].weights, &point->parts[1].cache,
                 &point->parts[1].compute, &point->parts[0].weights, &point->parts[0].cache, &point->parts[0].compute,
                 &point->repacked) == 20;
}

static PaddockModelShape *
load_shape (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".recipe", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("PADDOCK_SOURCE"), "tests", "data", "memory", file, NULL);
  g_autofree char *recipe = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &recipe, NULL, &error);
  g_assert_no_error (error);
  return test_shape_of_recipe (recipe);
}

static PaddockPlacementLoad *
make_load (const Point *point, gboolean quick, const char *repack)
{
  g_autoptr (PaddockModelShape) shape = load_shape (point->model);
  g_autoptr (GError) error = NULL;
  PaddockMemoryRequest request;
  PaddockPlacementLoad *load;

  paddock_memory_request_init (&request, shape);
  request.context = point->context;
  request.ubatch = point->ubatch;
  request.parallel = point->parallel;
  request.outputs = point->outputs;
  request.swa_full = TRUE;
  request.repack = repack;
  request.flash_attention = point->flash_attention ? PADDOCK_FLASH_ATTENTION_ON : PADDOCK_FLASH_ATTENTION_OFF;
  load = paddock_placement_load_new_for_shape (shape, &request, quick, &error);
  g_assert_no_error (error);
  load->host = 0;
  return load;
}

/* The smallest memory of the last device in which it has as many layers as it had when it was measured. */
static PaddockPlacement *
divide (const Point *point, const PaddockPlacementLoad *load)
{
  const TestPlacementDevice list[] = { { "rpc:b:1", PADDOCK_DEVICE_REMOTE, 1 << 30, 0, 0, 0 },
                                       { "rpc:a:1", PADDOCK_DEVICE_REMOTE, 1 << 30, 0, 0, 0 },
                                       { 0 } };
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (1 << 30, 1 << 30, point->first > 0 ? list : list + 1);
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (machine, NULL);
  PaddockPlacementDevice *last = g_ptr_array_index (devices, 1);
  PaddockPlacement *placement = paddock_placement_new (devices, load);
  guint64 low = 0, high = last->own;

  while (high - low > 1)
    {
      last->own = low + (high - low) / 2;
      if (paddock_placement_pack (placement, load, point->gpu_layers, load->n_layers - point->cpu_experts, 1.0) &&
          placement->shares[1].layers >= point->second)
        high = last->own;
      else
        low = last->own;
    }
  last->own = high;
  g_assert_true (paddock_placement_pack (placement, load, point->gpu_layers, load->n_layers - point->cpu_experts, 1.0));
  test_placement_check (placement, load);
  return placement;
}

static void
compare (GString *complaints, const char *line, const char *what, guint part, guint64 ours, guint64 truth, gboolean good)
{
  if (!good)
    g_string_append_printf (complaints, "%s of %u: %" G_GUINT64_FORMAT ", not %" G_GUINT64_FORMAT " in %s\n", what, part, ours,
                            truth, line);
}

static void
check_point (const char *line, gboolean quick, GString *complaints)
{
  Point point = { 0 };
  g_autoptr (PaddockPlacementLoad) load = NULL;
  g_autoptr (PaddockPlacement) placement = NULL;

  g_assert_true (parse (line, &point));
  load = make_load (&point, quick, "off");
  placement = divide (&point, load);
  for (guint i = 0; i < placement->devices->len; i++)
    {
      const PaddockPlacementShare *share = &placement->shares[i];
      const Part *part = &point.parts[i];
      guint64 weights = part->weights + (i == PADDOCK_PLACEMENT_HOST ? point.repacked : 0);

      /* What is common to all layers is so little that it need not be at the right one of two places. */
      compare (complaints, line, "weights", i, share->weights, weights,
               share->weights >= weights && share->weights - weights <= load->common);
      compare (complaints, line, "cache", i, share->cache, part->cache, share->cache == part->cache);
      compare (complaints, line, "compute", i, share->compute, part->compute, share->compute >= part->compute);
    }
}

/* Copies of what stayed with the processor, which is one without tiles. */
static void
check_copies (const char *line, gboolean quick, GString *complaints)
{
  Point point = { 0 };
  g_autoptr (PaddockPlacementLoad) with = NULL, without = NULL;
  g_autoptr (PaddockPlacement) more = NULL, less = NULL;
  guint64 copies;

  g_assert_true (parse (line, &point));
  with = make_load (&point, quick, "haswell");
  without = make_load (&point, quick, "off");
  more = divide (&point, with);
  less = divide (&point, without);
  copies = more->shares[PADDOCK_PLACEMENT_HOST].used - less->shares[PADDOCK_PLACEMENT_HOST].used;
  compare (complaints, line, "copies", PADDOCK_PLACEMENT_HOST, copies, point.repacked, copies == point.repacked);
}

static void
check_points (gboolean quick, void (*check_one) (const char *line, gboolean quick, GString *complaints))
{
  g_autofree char *path = g_build_filename (g_getenv ("PADDOCK_SOURCE"), "tests", "data", "memory", "devices.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) complaints = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 50);
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    check_one (lines[i], quick, complaints);
  if (complaints->len > 0)
    g_test_fail_printf ("%s", complaints->str);
}

static void
test_graph (void)
{
  check_points (FALSE, check_point);
}

static void
test_formula (void)
{
  check_points (TRUE, check_point);
}

static void
test_copies (void)
{
  check_points (TRUE, check_copies);
}

/* The margin is the reserve here, and the one that the engine's own search was told to leave of 24105 MiB. */
static void
check_search (const char *model, guint margin, guint layers, guint without_experts)
{
  const Point point = { .context = 8192, .ubatch = 512, .parallel = 1, .outputs = 512, .flash_attention = TRUE };
  const TestPlacementDevice list[] = { { "rpc:a:1", PADDOCK_DEVICE_REMOTE, 24105, 24105, 0, 0 }, { 0 } };
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (1 << 20, 1 << 20, list);
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (machine, NULL);
  PaddockPlacementDevice *device = g_ptr_array_index (devices, 1);
  Point of_model = point;
  g_autoptr (PaddockPlacementLoad) load = NULL;
  g_autoptr (PaddockPlacement) placement = NULL;
  guint spilled = 0;

  g_strlcpy (of_model.model, model, sizeof of_model.model);
  load = make_load (&of_model, FALSE, "off");
  device->own = (24105 - margin) * TEST_MIB;
  placement = test_placement_run (&paddock_placement_gpu_first, devices, load);
  for (guint i = 0; i < load->n_layers; i++)
    spilled += placement->device[i] != PADDOCK_PLACEMENT_HOST && placement->spilled[i] != 0 ? 1 : 0;
  g_assert_cmpuint (placement->gpu_layers, >=, layers);
  g_assert_cmpuint (spilled, <=, without_experts);
}

/* With the same margin, at least as many layers as the engine's own search finds room for, and as many experts. */
static void
test_own_search (void)
{
  check_search ("phi-4-F16", 1024, 32, 0);
  check_search ("phi-4-F16", 6000, 25, 0);
  check_search ("phi-4-F16", 10000, 19, 0);
  check_search ("phi-4-F16", 14000, 13, 0);
  check_search ("qwen3-30b-a3b-F16", 1024, 49, 32);
  check_search ("qwen3-30b-a3b-F16", 6000, 49, 37);
  check_search ("qwen3-30b-a3b-F16", 10000, 49, 40);
  check_search ("qwen3-30b-a3b-F16", 14000, 49, 44);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/placement-truth/graph", test_graph);
  g_test_add_func ("/placement-truth/formula", test_formula);
  g_test_add_func ("/placement-truth/copies", test_copies);
  g_test_add_func ("/placement-truth/own-search", test_own_search);
  return g_test_run ();
}
