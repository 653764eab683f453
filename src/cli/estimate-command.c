/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include "estimate-answer.h"
#include "estimate-machine.h"
#include "estimate/estimate-error.h"
#include "estimate/memory-companion.h"
#include "estimate/memory-curve.h"
#include "estimate/memory-suggestion.h"
#include "output.h"
#include "unreadable.h"

#include <glib/gi18n.h>

#define MAX_POINTS 10000

static PaddockEstimateOptions given = {
  .context = -1, .batch = -1, .ubatch = -1, .parallel = -1, .outputs = -1, .gpu_layers = PADDOCK_ESTIMATE_ANY_LAYERS, .curve = -1
};

static const GOptionEntry options[] = {
  { "context", 0, 0, G_OPTION_ARG_INT, &given.context, N_ ("Tokens of all requests together (default: all the model knows)"),
    N_ ("N") },
  { "batch", 0, 0, G_OPTION_ARG_INT, &given.batch, N_ ("Tokens that are taken at once (default: 2048)"), N_ ("N") },
  { "ubatch", 0, 0, G_OPTION_ARG_INT, &given.ubatch, N_ ("Tokens that are computed at once (default: 512)"), N_ ("N") },
  { "parallel", 0, 0, G_OPTION_ARG_INT, &given.parallel, N_ ("Requests that are answered at once (default: 4)"), N_ ("N") },
  { "cache-k", 0, 0, G_OPTION_ARG_STRING, &given.cache_k, N_ ("Type of the cache’s keys (default: f16)"), N_ ("TYPE") },
  { "cache-v", 0, 0, G_OPTION_ARG_STRING, &given.cache_v, N_ ("Type of the cache’s values (default: f16)"), N_ ("TYPE") },
  { "flash-attention", 0, 0, G_OPTION_ARG_STRING, &given.flash_attention, N_ ("on, off or auto (default: auto)"),
    N_ ("WHEN") },
  { "unified", 0, 0, G_OPTION_ARG_NONE, &given.unified, N_ ("All requests share one cache"), NULL },
  { "no-unified", 0, 0, G_OPTION_ARG_NONE, &given.not_unified, N_ ("Each request has its own cache"), NULL },
  { "swa-full", 0, 0, G_OPTION_ARG_NONE, &given.swa_full, N_ ("Keep everything in layers that see a window only"), NULL },
  { "outputs", 0, 0, G_OPTION_ARG_INT, &given.outputs,
    N_ ("Tokens of a batch that have an output; 0 for all (default: one for each request)"), N_ ("N") },
  { "repack", 0, 0, G_OPTION_ARG_STRING, &given.repack,
    N_ ("Processor whose order the weights are brought into: auto, off, haswell… (default: auto)"), N_ ("NAME") },
  { "no-mmap", 0, 0, G_OPTION_ARG_NONE, &given.no_mmap, N_ ("Read the file instead of mapping it"), NULL },
  { "cpu", 0, 0, G_OPTION_ARG_NONE, &given.cpu, N_ ("Use no device beside the processor"), NULL },
  { "gpu-layers", 0, 0, G_OPTION_ARG_INT, &given.gpu_layers, N_ ("Layers that devices compute (default: as many as fit)"),
    N_ ("N") },
  { "device", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.devices,
    N_ ("A device and its memory, in the place of this computer’s: CUDA0=24G, or HOST:PORT=16G; may be repeated"),
    N_ ("NAME=BYTES") },
  { "machine", 0, 0, G_OPTION_ARG_STRING, &given.machine, N_ ("A saved computer in the place of this one"), N_ ("NAME") },
  { "strategy", 0, 0, G_OPTION_ARG_STRING, &given.strategy,
    N_ ("How to place it: gpu-first, balanced or cpu-only (default: gpu-first)"), N_ ("NAME") },
  { "mmproj", 0, 0, G_OPTION_ARG_FILENAME, &given.projector, N_ ("The model’s projector, for pictures or sound"),
    N_ ("FILE") },
  { "draft", 0, 0, G_OPTION_ARG_FILENAME, &given.draft, N_ ("A small model that guesses ahead"), N_ ("FILE") },
  { "lora", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given.adapters, N_ ("An adapter; may be repeated"), N_ ("FILE") },
  { "curve", 0, 0, G_OPTION_ARG_INT, &given.curve, N_ ("Also for so many other contexts"), N_ ("N") },
  { "ask-engine", 0, 0, G_OPTION_ARG_NONE, &given.ask_engine, N_ ("Also ask llama.cpp, and show both answers"), NULL },
  G_OPTION_ENTRY_NULL
};

static const char *const examples[] = {
  "paddockctl estimate model.gguf",
  "paddockctl estimate --context 32768 --cache-k q8_0 --cache-v q8_0 model.gguf",
  "paddockctl estimate --device CUDA0=24G --device other:50052=16G model.gguf",
  "paddockctl estimate --mmproj mmproj.gguf --draft small.gguf model.gguf",
  "paddockctl estimate --json --cpu --repack off model.gguf | jq .total",
  NULL
};

static PaddockGgufShards *
open_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  PaddockGgufShards *shards = paddock_gguf_shards_open (path, NULL, &error);

  if (shards == NULL)
    paddock_unreadable_complain (error, path);
  return shards;
}

static gboolean
add_projector (PaddockMemoryEstimate *estimate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufShards) shards = NULL;

  if (given.projector == NULL)
    return TRUE;
  shards = open_file (given.projector);
  if (shards == NULL)
    return FALSE;
  if (!paddock_memory_companion_add_projector (estimate, shards, &error))
    paddock_output_complain_of (error, given.projector);
  return error == NULL;
}

static gboolean
add_adapter (PaddockMemoryEstimate *estimate, const char *path, GPtrArray *adapters)
{
  g_autoptr (GError) error = NULL;
  PaddockGgufShards *shards = open_file (path);

  if (shards == NULL)
    return FALSE;
  g_ptr_array_add (adapters, shards);
  if (!paddock_memory_companion_add_adapter (estimate, shards, &error))
    paddock_output_complain_of (error, path);
  return error == NULL;
}

static gboolean
add_draft (PaddockMemoryEstimate *estimate, const PaddockMemoryRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufShards) shards = NULL;
  g_autoptr (PaddockModelShape) shape = NULL;

  if (given.draft == NULL)
    return TRUE;
  shards = open_file (given.draft);
  if (shards == NULL)
    return FALSE;
  shape = paddock_model_shape_new (shards, &error);
  if (shape == NULL || !paddock_memory_companion_add_draft (estimate, shape, request, &error))
    paddock_output_complain_of (error, given.draft);
  return error == NULL;
}

static gboolean
add_companions (PaddockEstimateAnswer *answer, GPtrArray *adapters)
{
  gboolean done = add_projector (&answer->estimate) && add_draft (&answer->estimate, &answer->request);

  for (guint i = 0; done && given.adapters != NULL && given.adapters[i] != NULL; i++)
    done = add_adapter (&answer->estimate, given.adapters[i], adapters);
  return done;
}

/* Settings that cannot be met are wrong use of the command; the reason is the model's. */
static int
fill_answer (PaddockEstimateAnswer *answer, const PaddockModelShape *shape)
{
  g_autoptr (GPtrArray) adapters = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_gguf_shards_unref);
  g_autoptr (GError) error = NULL;
  PaddockHardwareSnapshot *machine;
  int status;

  if (!paddock_estimate_options_apply (&given, shape, &answer->request))
    return PADDOCK_EXIT_USAGE;
  if (!paddock_memory_estimate_compute (&answer->estimate, shape, &answer->request, &error) ||
      (given.curve >= 2 &&
       (answer->curve = paddock_memory_curve_compute (shape, &answer->request, (guint) given.curve, &error)) == NULL))
    {
      paddock_output_complain_of (error, answer->path);
      return PADDOCK_EXIT_USAGE;
    }
  if (!add_companions (answer, adapters))
    return PADDOCK_EXIT_NO;
  machine = paddock_estimate_machine_find (&given, &status);
  if (machine == NULL)
    return status;
  answer->memory_known = paddock_hardware_memory_get_usable (machine->memory, NULL, &answer->available, NULL);
  answer->plan = paddock_estimate_plan_new (machine, &given, shape, &answer->request, &answer->estimate, adapters, &status);
  if (answer->plan == NULL)
    return status;
  answer->fit = answer->plan->placement->fit;
  answer->suggestions = paddock_memory_suggestion_list (shape, &answer->request);
  paddock_memory_requirements_compute (&answer->requirements, shape, &answer->estimate);
  return status;
}

static int
answer_unknown (PaddockEstimateAnswer *answer, const GError *error, gboolean json)
{
  answer->unknown = error->message;
  answer->fit = PADDOCK_FIT_UNKNOWN;
  if (json)
    paddock_estimate_answer_write_json (answer);
  paddock_output_complain_of (error, answer->path);
  return PADDOCK_EXIT_NO;
}

static int
answer_for (PaddockEstimateAnswer *answer, PaddockGgufShards *shards, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockModelShape) shape = paddock_model_shape_new (shards, &error);
  int status;

  if (shape == NULL)
    return answer_unknown (answer, error, json);
  status = fill_answer (answer, shape);
  if (status == PADDOCK_EXIT_DONE && given.ask_engine)
    answer->engine = paddock_estimate_engine_ask (answer->path, shards, shape, &answer->request);
  if (answer->plan != NULL && json)
    paddock_estimate_answer_write_json (answer);
  else if (answer->plan != NULL)
    paddock_estimate_answer_print (answer);
  if (answer->engine != NULL)
    status = paddock_estimate_engine_conclude (answer->engine);
  if (answer->plan != NULL && answer->plan->refusal != NULL)
    paddock_output_complain (answer->plan->refusal, "--gpu-layers");
  return status;
}

static int
run (const PaddockArguments *arguments)
{
  PaddockEstimateAnswer answer = { .path = arguments->paths[0] };
  g_autoptr (GArray) devices = paddock_estimate_options_dup_devices (&given);
  g_autoptr (PaddockGgufShards) shards = NULL;
  int status = PADDOCK_EXIT_NO;

  if (given.curve != -1 && (given.curve < 2 || given.curve > MAX_POINTS))
    {
      paddock_output_complain (_ ("A curve has between 2 and 10,000 points"), "--curve");
      return PADDOCK_EXIT_USAGE;
    }
  if (devices == NULL || !paddock_estimate_options_check (&given))
    return PADDOCK_EXIT_USAGE;
  shards = open_file (answer.path);
  if (shards != NULL)
    status = answer_for (&answer, shards, arguments->json);
  g_clear_pointer (&answer.plan, paddock_estimate_plan_free);
  g_clear_pointer (&answer.suggestions, g_array_unref);
  g_clear_pointer (&answer.curve, g_array_unref);
  g_clear_pointer (&answer.engine, paddock_estimate_engine_free);
  return status;
}

const PaddockCommand paddock_estimate_command = {
  .name = "estimate",
  .paths = N_ ("FILE"),
  .max_paths = 1,
  .summary = N_ ("Tell how much memory a model needs"),
  .description = N_ ("Computes what llama.cpp would need to run a model: its weights, the cache for the context, what it "
                     "computes in, and what the program itself takes. The header is enough: nothing is loaded. What is "
                     "not said by an option is as llama-server has it.\n\n"
                     "It also tells where the model would go on this computer, a saved one or imagined devices, what "
                     "llama-server is to be told, the largest context that fits, what would save memory, and what a "
                     "computer should have. Where a given number of layers does not fit, the status is 1."),
  .examples = examples,
  .options = options,
  .run = run,
};
