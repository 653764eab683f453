/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model-words.h"

#include "base/units.h"

#include <glib/gi18n.h>

#define TITLE_CHARS 160

/**
 * paddock_model_words_dup_file_name:
 * @path: a path
 *
 * Returns: (transfer full): the last part of @path, ready to be shown
 */
char *
paddock_model_words_dup_file_name (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *display = g_filename_display_name (name);

  return paddock_units_escape (display, -1, TITLE_CHARS);
}

/**
 * paddock_model_words_dup_title:
 * @snapshot: a model
 *
 * Returns: (transfer full): the model's own name, or its file's
 */
char *
paddock_model_words_dup_title (PaddockModelSnapshot *snapshot)
{
  if (snapshot->info == NULL || snapshot->info->name == NULL || *snapshot->info->name == '\0')
    return paddock_model_words_dup_file_name (snapshot->path);
  return paddock_units_escape (snapshot->info->name, -1, TITLE_CHARS);
}

static void
add_part (GStrvBuilder *parts, const char *text)
{
  if (text != NULL && *text != '\0')
    g_strv_builder_take (parts, paddock_units_escape (text, -1, 60));
}

/**
 * paddock_model_words_dup_summary:
 * @snapshot: a model
 *
 * Returns: (transfer full): one line: what it is, how large, in which quantization
 */
char *
paddock_model_words_dup_summary (PaddockModelSnapshot *snapshot)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  const PaddockModelInfo *info = snapshot->info;

  if (info != NULL)
    {
      g_autofree char *size = paddock_units_format_size (info->file_size);

      add_part (parts, paddock_model_words_get_kind (info->kind));
      add_part (parts, info->architecture_name);
      add_part (parts, info->size_label);
      add_part (parts, info->quantization);
      if (info->context_length > 0)
        {
          g_autofree char *count = paddock_units_format_count ((guint64) info->context_length);

          /* Translators: how many tokens a model can look back on, in a row of a list. */
          g_strv_builder_take (parts, g_strdup_printf (_("%s context"), count));
        }
      add_part (parts, size);
    }
  words = g_strv_builder_end (parts);
  return words[0] != NULL ? g_strjoinv (" · ", words) : paddock_model_words_dup_file_name (snapshot->path);
}

/**
 * paddock_model_words_get_kind:
 * @kind: a kind
 *
 * Returns: (nullable): a name for everything that is not an ordinary model
 */
const char *
paddock_model_words_get_kind (PaddockModelKind kind)
{
  switch (kind)
    {
    case PADDOCK_MODEL_PROJECTOR:
      return _("Projector");
    case PADDOCK_MODEL_ADAPTER:
      return _("LoRA adapter");
    case PADDOCK_MODEL_CONTROL_VECTOR:
      return _("Control vector");
    case PADDOCK_MODEL_IMATRIX:
      return _("Importance matrix");
    case PADDOCK_MODEL_VOCABULARY:
      return _("Vocabulary only");
    case PADDOCK_MODEL_LANGUAGE:
    default:
      return NULL;
    }
}

const char *
paddock_model_words_get_capability (PaddockCapabilities one)
{
  switch (one)
    {
    case PADDOCK_CAPABILITY_CHAT:
      return _("Chat");
    case PADDOCK_CAPABILITY_CODE:
      return _("Code");
    case PADDOCK_CAPABILITY_VISION:
      return _("Vision");
    case PADDOCK_CAPABILITY_AUDIO:
      return _("Audio");
    case PADDOCK_CAPABILITY_EMBEDDING:
      return _("Embedding");
    case PADDOCK_CAPABILITY_REASONING:
      return _("Reasoning");
    case PADDOCK_CAPABILITY_TOOLS:
      return _("Tools");
    default:
      return NULL;
    }
}

const char *
paddock_model_words_get_verdict (PaddockVerdict verdict)
{
  switch (verdict)
    {
    case PADDOCK_VERDICT_ACCEPT:
      return _("Sound");
    case PADDOCK_VERDICT_WARN:
      return _("Has warnings");
    case PADDOCK_VERDICT_REJECT:
    default:
      return _("Damaged");
    }
}

const char *
paddock_model_words_get_verdict_title (PaddockVerdict verdict)
{
  switch (verdict)
    {
    case PADDOCK_VERDICT_ACCEPT:
      return _("This Model Is Sound");
    case PADDOCK_VERDICT_WARN:
      return _("This Model Can Be Read, With Warnings");
    case PADDOCK_VERDICT_REJECT:
    default:
      return _("This Model Should Not Be Used");
    }
}

const char *
paddock_model_words_get_verdict_description (PaddockVerdict verdict)
{
  switch (verdict)
    {
    case PADDOCK_VERDICT_ACCEPT:
      return _("Its structure was checked and nothing is wrong with it. Verifying the hash tells whether every byte arrived.");
    case PADDOCK_VERDICT_WARN:
      return _("Programs that follow the format strictly may refuse it. What was found is listed below.");
    case PADDOCK_VERDICT_REJECT:
    default:
      return _("Something is wrong that cannot be worked around. What was found, and what to do, is listed below.");
    }
}

const char *
paddock_model_words_get_verdict_icon (PaddockVerdict verdict)
{
  switch (verdict)
    {
    case PADDOCK_VERDICT_ACCEPT:
      return "object-select-symbolic";
    case PADDOCK_VERDICT_WARN:
      return "dialog-warning-symbolic";
    case PADDOCK_VERDICT_REJECT:
    default:
      return "dialog-error-symbolic";
    }
}

const char *
paddock_model_words_get_verdict_style (PaddockVerdict verdict)
{
  switch (verdict)
    {
    case PADDOCK_VERDICT_ACCEPT:
      return "success";
    case PADDOCK_VERDICT_WARN:
      return "warning";
    case PADDOCK_VERDICT_REJECT:
    default:
      return "error";
    }
}

/**
 * paddock_model_words_get_problem_title:
 * @finding_code: (nullable): the code of the worst finding on a broken file
 *
 * Returns: what the file is, in a few words
 */
const char *
paddock_model_words_get_problem_title (const char *finding_code)
{
  static const struct
  {
    const char *code;
    const char *title;
  } titles[] = {
    { "not-found", N_("File Not Found") },
    { "no-permission", N_("No Permission to Read") },
    { "not-regular", N_("Not a Regular File") },
    { "unreadable", N_("File Cannot Be Read") },
    { "changed", N_("File Is Still Changing") },
    { "empty-file", N_("Empty File") },
    { "only-zeros", N_("Nothing Was Downloaded") },
    { "unfinished-download", N_("Unfinished Download") },
    { "piece-of-file", N_("One Piece of a File") },
    { "web-page", N_("A Web Page, Not a Model") },
    { "error-answer", N_("An Error Message, Not a Model") },
    { "lfs-pointer", N_("Only a Pointer to the Model") },
    { "old-ggml", N_("Model in an Old Format") },
    { "safetensors", N_("A Safetensors File") },
    { "pytorch", N_("A PyTorch Checkpoint") },
    { "other-model", N_("A Model of Another Kind") },
    { "archive", N_("A Packed File") },
    { "program", N_("A Program, Not a Model") },
    { "text-file", N_("A Text, Not a Model") },
    { "not-gguf", N_("Not a GGUF File") },
    { "unknown-version", N_("Unknown GGUF Version") },
    { "truncated-header", N_("File Is Cut Off") },
  };

  for (gsize i = 0; finding_code != NULL && i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].code, finding_code))
      return _(titles[i].title);
  return _("Damaged File");
}
