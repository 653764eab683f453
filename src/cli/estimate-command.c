/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include "estimate-answer.h"
#include "estimate/estimate-error.h"
#include "estimate/memory-companion.h"
#include "estimate/memory-curve.h"
#include "estimate/memory-suggestion.h"
#include "hardware/hardware-probe.h"
#include "output.h"
#include "unreadable.h"

#include <glib/gi18n.h>

/* What else needs memory while a model runs: with less than this part left, it is tight. */
#define TIGHT_PART 10

#define MAX_POINTS 10000

static PaddockEstimateOptions given = {
  .context = -1, .batch = -1, .ubatch = -1, .parallel = -1, .outputs = -1, .gpu_layers = -1, .curve = -1
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
  { "device", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.devices, N_ ("A device and its memory; may be repeated"),
    N_ ("NAME=BYTES") },
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
add_adapter (PaddockMemoryEstimate *estimate, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufShards) shards = open_file (path);

  if (shards == NULL)
    return FALSE;
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
add_companions (PaddockEstimateAnswer *answer)
{
  gboolean done = add_projector (&answer->estimate) && add_draft (&answer->estimate, &answer->request);

  for (guint i = 0; done && given.adapters != NULL && given.adapters[i] != NULL; i++)
    done = add_adapter (&answer->estimate, given.adapters[i]);
  return done;
}

static PaddockFit
judge (const PaddockEstimateAnswer *answer)
{
  guint64 available = answer->available;

  if (!answer->memory_known)
    return PADDOCK_FIT_UNKNOWN;
  if (answer->estimate.total > available)
    return PADDOCK_FIT_TOO_LARGE;
  return available - answer->estimate.total < available / TIGHT_PART ? PADDOCK_FIT_TIGHT : PADDOCK_FIT_MEMORY;
}

/* What stands beside the model needs as much with any context. */
static guint32
find_largest_context (const PaddockEstimateAnswer *answer, const PaddockModelShape *shape)
{
  const guint64 *bytes = answer->estimate.bytes;

  if (!answer->memory_known)
    return 0;
  return paddock_memory_estimate_find_largest_context (
    shape, &answer->request, bytes[PADDOCK_MEMORY_PROJECTOR] + bytes[PADDOCK_MEMORY_DRAFT] + bytes[PADDOCK_MEMORY_ADAPTERS],
    answer->available);
}

/* Settings that cannot be met are wrong use of the command; the reason is the model's. */
static int
fill_answer (PaddockEstimateAnswer *answer, const PaddockModelShape *shape)
{
  g_autoptr (GError) error = NULL;
  guint64 total;
  gboolean limited;

  if (!paddock_estimate_options_apply (&given, shape, &answer->request))
    return PADDOCK_EXIT_USAGE;
  if (!paddock_memory_estimate_compute (&answer->estimate, shape, &answer->request, &error) ||
      (given.curve >= 2 &&
       (answer->curve = paddock_memory_curve_compute (shape, &answer->request, (guint) given.curve, &error)) == NULL))
    {
      paddock_output_complain_of (error, answer->path);
      return PADDOCK_EXIT_USAGE;
    }
  if (!add_companions (answer))
    return PADDOCK_EXIT_NO;
  answer->memory_known = paddock_hardware_probe_memory_usable ("/", &total, &answer->available, &limited);
  answer->largest_context = find_largest_context (answer, shape);
  answer->fit = judge (answer);
  answer->suggestions = paddock_memory_suggestion_list (shape, &answer->request);
  paddock_memory_requirements_compute (&answer->requirements, shape, &answer->estimate);
  return PADDOCK_EXIT_DONE;
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
  if (status == PADDOCK_EXIT_DONE && json)
    paddock_estimate_answer_write_json (answer);
  else if (status == PADDOCK_EXIT_DONE)
    paddock_estimate_answer_print (answer);
  if (answer->engine != NULL)
    status = paddock_estimate_engine_conclude (answer->engine);
  return status;
}

static int
run (const PaddockArguments *arguments)
{
  PaddockEstimateAnswer answer = { .path = arguments->paths[0] };
  g_autoptr (PaddockGgufShards) shards = NULL;
  int status = PADDOCK_EXIT_NO;

  if (given.curve != -1 && (given.curve < 2 || given.curve > MAX_POINTS))
    {
      paddock_output_complain (_ ("A curve has between 2 and 10,000 points"), "--curve");
      return PADDOCK_EXIT_USAGE;
    }
  answer.devices = paddock_estimate_options_dup_devices (&given);
  if (answer.devices == NULL)
    return PADDOCK_EXIT_USAGE;
  shards = open_file (answer.path);
  if (shards != NULL)
    status = answer_for (&answer, shards, arguments->json);
  g_clear_pointer (&answer.devices, g_array_unref);
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
                     "It also tells the largest context that fits into the memory that is free now, what would save "
                     "memory, and what a computer should have."),
  .examples = examples,
  .options = options,
  .run = run,
};
