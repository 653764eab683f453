/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-arguments.h"

#include "estimate/placement-arguments.h"

/* Options of the server that its fit program refuses, and those that say nothing of memory. */
static const struct
{
  const char *name;
  gboolean has_value;
} refused[] = {
  { "--kv-unified", FALSE },
  { "--no-kv-unified", FALSE },
  { "--load-mode", TRUE },
  { "--no-mmproj-offload", FALSE },
  { "--mmproj-device", TRUE },
  { "--spec-draft-device", TRUE },
  { "--spec-draft-ngl", TRUE },
  { "--no-repack", FALSE },          /* said for every question */
};

/**
 * paddock_engine_arguments_align:
 * @request: (inout): how a model is run
 */
void
paddock_engine_arguments_align (PaddockMemoryRequest *request)
{
  if (request->unified)
    request->parallel = 1;
  request->outputs = 0;
  request->repack = g_intern_static_string ("off");
  request->as_engine = TRUE;
}

/* How many words of the server's options are to be left out from here on. */
static guint
count_refused (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (g_str_equal (word, refused[i].name))
      return refused[i].has_value ? 2 : 1;
  return 0;
}

static void
add_options (GStrvBuilder *builder, const PaddockMemoryRequest *request, const PaddockPlacement *placement)
{
  g_auto (GStrv) options = paddock_placement_build_arguments (placement, request, NULL);
  guint length = g_strv_length (options);

  for (guint i = 0; i < length; i++)
    {
      guint left_out = count_refused (options[i]);

      if (left_out == 0)
        g_strv_builder_add (builder, options[i]);
      else
        i += left_out - 1;
    }
  g_strv_builder_add (builder, "--no-repack");
}

/* A name that begins like an option is none where the whole path is given. */
static void
add_model (GStrvBuilder *builder, const char *model)
{
  g_autofree char *path = g_canonicalize_filename (model, NULL);

  g_strv_builder_add_many (builder, "-m", path, NULL);
}

/**
 * paddock_engine_arguments_build_question:
 * @model: the path of a model
 * @request: an aligned request
 * @placement: (nullable): where its layers go
 *
 * Returns: (transfer full) (array zero-terminated=1): arguments
 */
char **
paddock_engine_arguments_build_question (const char *model, const PaddockMemoryRequest *request,
                                         const PaddockPlacement *placement)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  add_model (builder, model);
  if (placement == NULL)
    g_strv_builder_add_many (builder, "-dev", "none", "--fit", "off", NULL);
  add_options (builder, request, placement);
  g_strv_builder_add_many (builder, "--fit-print", "on", NULL);
  return g_strv_builder_end (builder);
}

/**
 * paddock_engine_arguments_build_proposal:
 * @model: the path of a model
 * @request: an aligned request
 *
 * Returns: (transfer full) (array zero-terminated=1): arguments
 */
char **
paddock_engine_arguments_build_proposal (const char *model, const PaddockMemoryRequest *request)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  add_model (builder, model);
  add_options (builder, request, NULL);
  return g_strv_builder_end (builder);
}
