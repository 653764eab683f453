/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/finding-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT PADDOCK_FINDING_FORMAT
#define ARCHITECTURE PADDOCK_FINDING_ARCHITECTURE
#define TENSORS PADDOCK_FINDING_TENSORS
#define METADATA PADDOCK_FINDING_METADATA
#define WARN PADDOCK_VERDICT_WARN
#define REJECT PADDOCK_VERDICT_REJECT

/* Remedies that several findings share. */
#define DOWNLOAD_AGAIN N_("Download the file again, and compare its hash with the one on its page.")
#define CONVERT_AGAIN N_("Get another copy, or convert the model again with a current converter.")
#define EDIT_KEY N_("Correct or remove the key in the metadata editor.")
#define WRITE_AGAIN N_("Writing the file again, for example by quantizing or saving a copy, puts this right.")
#define NOT_TRUSTED N_("Use this file only if you trust where it comes from.")
#define OTHER_ENGINE N_("Check that the engine you use can run it, or get the model in another quantization.")

typedef struct
{
  const char *code;
  guint8 area;
  guint8 severity;
  const char *sentence;              /* {subject} and {value} stand for what the check found */
  const char *remedy;
} FindingRow;

static const FindingRow rows[PADDOCK_N_FINDING_TEXTS] = {
  [PADDOCK_SAYS_NOT_FOUND] = { "not-found", FORMAT, REJECT, N_("There is no such file."),
    N_("It was moved, renamed or removed, or it is a link that leads nowhere.") },
  [PADDOCK_SAYS_NO_PERMISSION] = { "no-permission", FORMAT, REJECT, N_("The file may not be read."),
    N_("Give yourself permission to read it.") },
  [PADDOCK_SAYS_NOT_REGULAR] = { "not-regular", FORMAT, REJECT, N_("This is not a regular file: {value}."),
    N_("Choose a file that ends in .gguf.") },
  [PADDOCK_SAYS_UNREADABLE] = { "unreadable", FORMAT, REJECT, N_("The file could not be read: {value}."),
    N_("Check the disk that it is on.") },
  [PADDOCK_SAYS_CANCELLED] = { "cancelled", FORMAT, REJECT, N_("The check was stopped before it was done."),
    N_("Start it again.") },
  [PADDOCK_SAYS_CHANGED] = { "changed", FORMAT, REJECT, N_("The file changed while it was read."),
    N_("Wait until whatever writes it is done, then check again.") },
  [PADDOCK_SAYS_EMPTY_FILE] = { "empty-file", FORMAT, REJECT, N_("The file is empty."), DOWNLOAD_AGAIN },
  [PADDOCK_SAYS_ONLY_ZEROS] = { "only-zeros", FORMAT, REJECT,
    N_("The file starts with nothing but zeros: space was set aside for a download that never began or was lost."),
    DOWNLOAD_AGAIN },
  [PADDOCK_SAYS_UNFINISHED_DOWNLOAD] = { "unfinished-download", FORMAT, REJECT,
    N_("This is a download that is not finished ({value})."), N_("Resume it where it was started, or download it again.") },
  [PADDOCK_SAYS_PIECE_OF_FILE] = { "piece-of-file", FORMAT, REJECT,
    N_("This is one piece of a file that was cut up for uploading ({value})."),
    N_("Download all the pieces and join them in order into one file.") },
  [PADDOCK_SAYS_WEB_PAGE] = { "web-page", FORMAT, REJECT, N_("This is a web page, not a model: {value}."),
    N_("The address led to a page instead of the file, or asked for a login. Download the file itself.") },
  [PADDOCK_SAYS_ERROR_ANSWER] = { "error-answer", FORMAT, REJECT,
    N_("This is a JSON text, not a model, as servers send instead of a file that they do not give out: {value}."),
    N_("Check the address and whether the model needs you to log in or to accept its terms, then download it again.") },
  [PADDOCK_SAYS_LFS_POINTER] = { "lfs-pointer", FORMAT, REJECT,
    N_("This is a Git LFS pointer: it names the model but does not hold it ({value})."),
    N_("Run “git lfs pull” where the repository was cloned, or download the file itself.") },
  [PADDOCK_SAYS_OLD_GGML] = { "old-ggml", FORMAT, REJECT,
    N_("This is a model in the old {value} format from before GGUF."),
    N_("It is not damaged, but today’s engines do not read it. Get the model as GGUF, or convert it.") },
  [PADDOCK_SAYS_SAFETENSORS] = { "safetensors", FORMAT, REJECT, N_("This is a safetensors file under another name."),
    N_("Convert it to GGUF with llama.cpp’s converter, or get the model as GGUF.") },
  [PADDOCK_SAYS_PYTORCH] = { "pytorch", FORMAT, REJECT, N_("This is a PyTorch checkpoint under another name ({value})."),
    N_("Such files can run programs when they are opened. Get the model as GGUF.") },
  [PADDOCK_SAYS_OTHER_MODEL] = { "other-model", FORMAT, REJECT, N_("This is a file of another kind: {value}."),
    N_("Get the model as GGUF.") },
  [PADDOCK_SAYS_ARCHIVE] = { "archive", FORMAT, REJECT, N_("This is a compressed or packed file ({value}), not a model."),
    N_("Unpack it, and look for the .gguf file inside.") },
  [PADDOCK_SAYS_PROGRAM] = { "program", FORMAT, REJECT, N_("This is a program ({value}), not a model."),
    N_("Do not run it. Delete it unless you know what it is.") },
  [PADDOCK_SAYS_TEXT_FILE] = { "text-file", FORMAT, REJECT, N_("This is a text, not a model: “{value}”"), DOWNLOAD_AGAIN },
  [PADDOCK_SAYS_NOT_GGUF] = { "not-gguf", FORMAT, REJECT,
    N_("This is not a GGUF file: it starts with {value} where “GGUF” should stand."), DOWNLOAD_AGAIN },

  [PADDOCK_SAYS_UNKNOWN_VERSION] = { "unknown-version", FORMAT, REJECT,
    N_("The file says that it is of GGUF version {value}, which nobody knows."), DOWNLOAD_AGAIN },
  [PADDOCK_SAYS_OLD_VERSION] = { "old-version", FORMAT, WARN,
    N_("The file is of GGUF version {value}, which llama.cpp no longer reads."), WRITE_AGAIN },
  [PADDOCK_SAYS_BIG_ENDIAN] = { "big-endian", FORMAT, WARN,
    N_("The file was written for big-endian computers. Engines on other computers refuse it."),
    N_("Get the usual little-endian file.") },
  [PADDOCK_SAYS_TRUNCATED_HEADER] = { "truncated-header", FORMAT, REJECT,
    N_("The file ends before its header is complete: {value}."), DOWNLOAD_AGAIN },
  [PADDOCK_SAYS_IMPOSSIBLE_COUNT] = { "impossible-count", FORMAT, REJECT,
    N_("The header counts more than the file can hold: {value}."), DOWNLOAD_AGAIN },
  [PADDOCK_SAYS_IMPOSSIBLE_LENGTH] = { "impossible-length", FORMAT, REJECT,
    N_("A text or list in the header is longer than the file or any sane limit: {value}."), DOWNLOAD_AGAIN },
  [PADDOCK_SAYS_BAD_VALUE_TYPE] = { "bad-value-type", METADATA, REJECT,
    N_("A value is of a type that does not exist: {value}."), DOWNLOAD_AGAIN },
  [PADDOCK_SAYS_NESTED_TOO_DEEP] = { "nested-too-deep", METADATA, REJECT,
    N_("Lists are nested too deep: {value}."), NOT_TRUSTED },
  [PADDOCK_SAYS_BAD_DIMENSIONS] = { "bad-dimensions", TENSORS, REJECT,
    N_("The shape of a tensor is impossible: {value}."), DOWNLOAD_AGAIN },
  [PADDOCK_SAYS_BAD_ALIGNMENT] = { "bad-alignment", FORMAT, REJECT,
    N_("The alignment of the tensors is not usable: {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_ODD_ALIGNMENT] = { "odd-alignment", FORMAT, WARN,
    N_("The tensors are aligned to {value} bytes, which is unusual."), WRITE_AGAIN },
  [PADDOCK_SAYS_BAD_HEADER] = { "bad-header", FORMAT, REJECT, N_("The header cannot be read: {value}."), DOWNLOAD_AGAIN },
  [PADDOCK_SAYS_NO_METADATA] = { "no-metadata", METADATA, WARN,
    N_("The header holds no keys: it does not say what model this is."), CONVERT_AGAIN },
  [PADDOCK_SAYS_MANY_ENTRIES] = { "many-entries", FORMAT, WARN,
    N_("The header holds {value}, far more than any real model."), NOT_TRUSTED },
  [PADDOCK_SAYS_DIRTY_PADDING] = { "dirty-padding", FORMAT, WARN,
    N_("The unused bytes between header and tensors are not zero."), WRITE_AGAIN },
  [PADDOCK_SAYS_TRAILING_DATA] = { "trailing-data", FORMAT, WARN,
    N_("After the last tensor, {value} bytes follow that belong to nothing."), DOWNLOAD_AGAIN },

  [PADDOCK_SAYS_MISSING_SHARD] = { "missing-shard", FORMAT, REJECT,
    N_("The model is split into several files, and {subject} is not there."),
    N_("Download the missing file into the same folder.") },
  [PADDOCK_SAYS_BAD_SHARD] = { "bad-shard", FORMAT, REJECT,
    N_("A part of the model cannot be used: {value}."), N_("Download this file again.") },
  [PADDOCK_SAYS_SHARD_NAME] = { "shard-name", FORMAT, WARN,
    N_("The header says that this is a part of a split model ({value}), but the file’s name does not."),
    N_("Name the parts as they were, like model-00001-of-00003.gguf, and put them into one folder.") },
  [PADDOCK_SAYS_SHARD_NUMBER] = { "shard-number", FORMAT, WARN,
    N_("The file’s name and its header do not agree which part of the split model this is: {value}."),
    N_("Rename the file back, or download it again.") },
  [PADDOCK_SAYS_SHARD_COUNT] = { "shard-count", FORMAT, WARN,
    N_("It is not clear how many files the model is split into: {value}."),
    N_("Download all parts from the same place again.") },
  [PADDOCK_SAYS_SHARD_KEYS] = { "shard-keys", FORMAT, WARN,
    N_("The key {subject} of a split model {value}. llama.cpp refuses that."), CONVERT_AGAIN },
  [PADDOCK_SAYS_SHARD_TENSORS] = { "shard-tensors", TENSORS, WARN,
    N_("The split model does not have the number of tensors that it announces: {value}."),
    N_("Download all parts from the same place again.") },
  [PADDOCK_SAYS_FOREIGN_SHARD] = { "foreign-shard", FORMAT, WARN,
    N_("{subject} seems to belong to another model: {value}."),
    N_("Download all parts from the same place again.") },

  [PADDOCK_SAYS_EMPTY_KEY] = { "empty-key", METADATA, REJECT, N_("A value has no key."), CONVERT_AGAIN },
  [PADDOCK_SAYS_DUPLICATE_KEY] = { "duplicate-key", METADATA, REJECT,
    N_("The key {subject} is there more than once: programs would not agree which one counts."), CONVERT_AGAIN },
  [PADDOCK_SAYS_SHADOWED_KEY] = { "shadowed-key", METADATA, REJECT,
    N_("The key {subject} hides a NUL character so that some programs take it for {value}."), NOT_TRUSTED },
  [PADDOCK_SAYS_KEY_NUL] = { "key-nul", METADATA, WARN, N_("The key {subject} contains a NUL character."), NOT_TRUSTED },
  [PADDOCK_SAYS_KEY_TEXT] = { "key-text", METADATA, WARN,
    N_("The key {subject} contains invalid or invisible characters."), NOT_TRUSTED },
  [PADDOCK_SAYS_KEY_STYLE] = { "key-style", METADATA, WARN,
    N_("The key {subject} is not made of small letters, digits, underscores and single dots."), EDIT_KEY },
  [PADDOCK_SAYS_LONG_KEY] = { "long-key", METADATA, WARN, N_("The key {subject} is {value} bytes long."), EDIT_KEY },
  [PADDOCK_SAYS_BAD_TEXT] = { "bad-text", METADATA, WARN, N_("The text of {subject} is not valid UTF-8."), EDIT_KEY },
  [PADDOCK_SAYS_CONTROL_TEXT] = { "control-text", METADATA, WARN,
    N_("The text of {subject} contains control or direction characters that can deceive: {value}"), EDIT_KEY },
  [PADDOCK_SAYS_UNSAFE_TEXT] = { "unsafe-text", METADATA, WARN,
    N_("The text of {subject} looks like {value}. Careless programs could stumble over it."), EDIT_KEY },
  [PADDOCK_SAYS_LONG_TEXT] = { "long-text", METADATA, WARN, N_("The text of {subject} is {value} bytes long."), EDIT_KEY },
  [PADDOCK_SAYS_BAD_BOOL] = { "bad-bool", METADATA, WARN,
    N_("{subject} is neither true nor false but {value}."), EDIT_KEY },
  [PADDOCK_SAYS_NESTED_ARRAY] = { "nested-array", METADATA, WARN,
    N_("{subject} is a list of lists, which llama.cpp refuses."), EDIT_KEY },
  [PADDOCK_SAYS_WRONG_TYPE] = { "wrong-type", METADATA, WARN, N_("{subject} is of the wrong type: {value}."), EDIT_KEY },
  [PADDOCK_SAYS_TEMPLATE_TYPE] = { "template-type", METADATA, WARN,
    N_("The chat template {subject} is not a text but {value}."), EDIT_KEY },
  [PADDOCK_SAYS_TEMPLATE_UNSAFE] = { "template-unsafe", METADATA, WARN,
    N_("The chat template {subject} reaches for the inside of the program that runs it ({value}). "
       "Chat templates never need that: it is how attacks are written."),
    N_("Do not use this model with programs that run templates without a sandbox. Get it from a source you trust.") },
  [PADDOCK_SAYS_TEMPLATE_BROKEN] = { "template-broken", METADATA, WARN,
    N_("The chat template {subject} is broken: {value}."), N_("Replace the template in the metadata editor.") },
  [PADDOCK_SAYS_TEMPLATE_LONG] = { "template-long", METADATA, WARN,
    N_("The chat template {subject} is {value} bytes long."), NOT_TRUSTED },
  [PADDOCK_SAYS_NO_TOKENIZER] = { "no-tokenizer", METADATA, WARN,
    N_("{subject} is missing: the model does not say how to turn text into tokens."), CONVERT_AGAIN },
  [PADDOCK_SAYS_UNKNOWN_TOKENIZER] = { "unknown-tokenizer", METADATA, WARN,
    N_("The tokenizer “{value}” is unknown."), OTHER_ENGINE },
  [PADDOCK_SAYS_NO_TOKENS] = { "no-tokens", METADATA, WARN, N_("The vocabulary is missing or empty."), CONVERT_AGAIN },
  [PADDOCK_SAYS_TOKEN_LISTS] = { "token-lists", METADATA, WARN,
    N_("{subject} does not fit the vocabulary: {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_DUPLICATE_TOKEN] = { "duplicate-token", METADATA, WARN,
    N_("The token {subject} is in the vocabulary twice: {value}. llama.cpp stops at that."), CONVERT_AGAIN },
  [PADDOCK_SAYS_LONG_TOKEN] = { "long-token", METADATA, WARN,
    N_("The token {subject} is {value} bytes long."), NOT_TRUSTED },
  [PADDOCK_SAYS_BAD_TOKEN] = { "bad-token", METADATA, WARN, N_("The token {subject} {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_TOKEN_KIND] = { "token-kind", METADATA, WARN,
    N_("The kind of the token {subject} does not exist: {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_BAD_SCORE] = { "bad-score", METADATA, WARN, N_("The score of the token {subject} is {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_BAD_MERGE] = { "bad-merge", METADATA, WARN,
    N_("A merge rule of the tokenizer is broken: {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_SPECIAL_TOKEN] = { "special-token", METADATA, WARN,
    N_("{subject} is {value}, which is not in the vocabulary."), EDIT_KEY },

  [PADDOCK_SAYS_NO_ARCHITECTURE] = { "no-architecture", ARCHITECTURE, WARN,
    N_("The file does not say what architecture the model has."), N_("Set general.architecture in the metadata editor.") },
  [PADDOCK_SAYS_BAD_ARCHITECTURE] = { "bad-architecture", ARCHITECTURE, WARN,
    N_("The name of the architecture is not usable: {value}."), N_("Set general.architecture in the metadata editor.") },
  [PADDOCK_SAYS_UNKNOWN_ARCHITECTURE] = { "unknown-architecture", ARCHITECTURE, WARN,
    N_("The architecture “{value}” is not one that llama.cpp is known to run."), OTHER_ENGINE },
  [PADDOCK_SAYS_MISSING_PARAMETER] = { "missing-parameter", ARCHITECTURE, WARN,
    N_("{subject} is missing, and the architecture {value} needs it."), CONVERT_AGAIN },
  [PADDOCK_SAYS_PARAMETER_TYPE] = { "parameter-type", ARCHITECTURE, WARN,
    N_("{subject} is of a type that llama.cpp does not take: {value}."), EDIT_KEY },
  [PADDOCK_SAYS_PARAMETER_RANGE] = { "parameter-range", ARCHITECTURE, WARN, N_("{subject} cannot be {value}."), EDIT_KEY },
  [PADDOCK_SAYS_PARAMETER_CONFLICT] = { "parameter-conflict", ARCHITECTURE, WARN,
    N_("{subject} does not fit the rest of the model: {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_FILE_TYPE] = { "file-type", METADATA, WARN,
    N_("The file’s own word for its quantization is not true: {value}."), N_("Correct general.file_type in the metadata editor.") },
  [PADDOCK_SAYS_QUANTIZATION_VERSION] = { "quantization-version", METADATA, WARN,
    N_("The version of the quantization formats is {value}; only 2 is in use."), CONVERT_AGAIN },

  [PADDOCK_SAYS_TENSOR_NO_NAME] = { "tensor-no-name", TENSORS, WARN, N_("A tensor has no name."), CONVERT_AGAIN },
  [PADDOCK_SAYS_DUPLICATE_TENSOR] = { "duplicate-tensor", TENSORS, REJECT,
    N_("The tensor {subject} is there more than once: programs would not agree which one counts."), CONVERT_AGAIN },
  [PADDOCK_SAYS_TENSOR_NUL] = { "tensor-nul", TENSORS, WARN,
    N_("The name of the tensor {subject} contains a NUL character."), NOT_TRUSTED },
  [PADDOCK_SAYS_TENSOR_TEXT] = { "tensor-text", TENSORS, WARN,
    N_("The name of the tensor {subject} contains invalid or invisible characters."), NOT_TRUSTED },
  [PADDOCK_SAYS_LONG_TENSOR_NAME] = { "long-tensor-name", TENSORS, WARN,
    N_("The name of the tensor {subject} is {value} bytes long; llama.cpp takes 63."), CONVERT_AGAIN },
  [PADDOCK_SAYS_BLOCK_NUMBER] = { "block-number", TENSORS, WARN,
    N_("The tensor {subject} belongs to a layer that cannot be: {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_SCALAR_TENSOR] = { "scalar-tensor", TENSORS, WARN,
    N_("The tensor {subject} has no dimensions."), CONVERT_AGAIN },
  [PADDOCK_SAYS_EMPTY_TENSOR] = { "empty-tensor", TENSORS, WARN, N_("The tensor {subject} is empty: {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_TENSOR_OVERFLOW] = { "tensor-overflow", TENSORS, REJECT,
    N_("The tensor {subject} has an impossible size: {value}."), DOWNLOAD_AGAIN },
  [PADDOCK_SAYS_IMPOSSIBLE_TYPE] = { "impossible-type", TENSORS, REJECT,
    N_("The tensor {subject} has a type that cannot be one: {value}."), DOWNLOAD_AGAIN },
  [PADDOCK_SAYS_UNKNOWN_TYPE] = { "unknown-type", TENSORS, WARN,
    N_("The tensor {subject} is quantized in a way that is unknown here: type {value}."), OTHER_ENGINE },
  [PADDOCK_SAYS_REMOVED_TYPE] = { "removed-type", TENSORS, WARN,
    N_("The tensor {subject} is quantized as {value}, which llama.cpp no longer reads."),
    N_("Get the model in another quantization.") },
  [PADDOCK_SAYS_FORK_TYPE] = { "fork-type", TENSORS, WARN,
    N_("The tensor {subject} is quantized as {value}; llama.cpp itself does not read that."), OTHER_ENGINE },
  [PADDOCK_SAYS_PARTIAL_BLOCK] = { "partial-block", TENSORS, REJECT,
    N_("The rows of the tensor {subject} do not fill whole blocks: {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_UNALIGNED_TENSOR] = { "unaligned-tensor", TENSORS, REJECT,
    N_("The tensor {subject} does not start at a multiple of the alignment: {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_TRUNCATED_DATA] = { "truncated-data", TENSORS, REJECT,
    N_("The file ends before the data of the tensor {subject}: {value}."), DOWNLOAD_AGAIN },
  [PADDOCK_SAYS_OVERLAPPING_TENSORS] = { "overlapping-tensors", TENSORS, REJECT,
    N_("The tensor {subject} lies over another one: {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_GAP] = { "gap", TENSORS, WARN,
    N_("Before the tensor {subject}, {value} bytes belong to nothing. llama.cpp refuses that."), WRITE_AGAIN },
  [PADDOCK_SAYS_TENSOR_ORDER] = { "tensor-order", TENSORS, WARN,
    N_("The tensor {subject} does not lie in the order of the list. llama.cpp refuses that."), WRITE_AGAIN },
  [PADDOCK_SAYS_MISSING_TENSOR] = { "missing-tensor", TENSORS, WARN,
    N_("The tensor {subject} is missing, which belongs to {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_EXTRA_TENSOR] = { "extra-tensor", TENSORS, WARN,
    N_("The tensor {subject} has no place in a model of the architecture {value}. llama.cpp refuses that."), CONVERT_AGAIN },
  [PADDOCK_SAYS_TENSOR_SHAPE] = { "tensor-shape", TENSORS, WARN,
    N_("The shape of the tensor {subject} does not fit the model: {value}."), CONVERT_AGAIN },
  [PADDOCK_SAYS_WEIGHT_TYPE] = { "weight-type", TENSORS, WARN,
    N_("The tensor {subject} holds weights as {value}, which no engine computes with."), CONVERT_AGAIN },
  [PADDOCK_SAYS_BAD_NUMBER] = { "bad-number", TENSORS, WARN,
    N_("A sample of the tensor {subject} holds numbers that are none: {value}."),
    N_("The model would answer with nonsense. Verify its hash, and download it again if that differs.") },
  /* The sample and the reading of all numbers find the same thing; only the second is sure of how much. */
  [PADDOCK_SAYS_BAD_NUMBERS] = { "bad-number", TENSORS, REJECT,
    N_("The tensor {subject} holds numbers that are none: {value}."),
    N_("The model would answer with nonsense. Verify its hash, and download it again if that differs.") },
  [PADDOCK_SAYS_UNREADABLE_TENSOR] = { "unreadable-tensor", TENSORS, REJECT,
    N_("The tensor {subject} could not be read: {value}."), N_("Check the disk that it is on.") },
};

const char *
paddock_finding_text_get_code (PaddockFindingText self)
{
  return rows[self].code;
}

PaddockFindingArea
paddock_finding_text_get_area (PaddockFindingText self)
{
  return (PaddockFindingArea) rows[self].area;
}

PaddockVerdict
paddock_finding_text_get_severity (PaddockFindingText self)
{
  return (PaddockVerdict) rows[self].severity;
}

/**
 * paddock_finding_text_get_remedy:
 * @self: what is said
 *
 * Returns: (nullable): a translated sentence on what to do
 */
const char *
paddock_finding_text_get_remedy (PaddockFindingText self)
{
  return rows[self].remedy == NULL ? NULL : g_dgettext (GETTEXT_PACKAGE, rows[self].remedy);
}

/* Named places, not printf: a translator may move them, and nothing from a file is ever taken for a format. */
static void
append_filled (GString *result, const char *sentence, const char *subject, const char *value)
{
  while (*sentence != '\0')
    {
      if (g_str_has_prefix (sentence, "{subject}"))
        {
          g_string_append (result, subject == NULL ? "" : subject);
          sentence += strlen ("{subject}");
        }
      else if (g_str_has_prefix (sentence, "{value}"))
        {
          g_string_append (result, value == NULL ? "" : value);
          sentence += strlen ("{value}");
        }
      else
        g_string_append_c (result, *sentence++);
    }
}

/**
 * paddock_finding_text_format:
 * @self: what is said
 * @subject: (nullable): the key, tensor or file that it is about, made showable
 * @value: (nullable): what was found there
 *
 * Returns: (transfer full): a translated sentence
 */
char *
paddock_finding_text_format (PaddockFindingText self, const char *subject, const char *value)
{
  GString *result = g_string_new (NULL);

  append_filled (result, g_dgettext (GETTEXT_PACKAGE, rows[self].sentence), subject, value);
  return g_string_free (result, FALSE);
}

/**
 * paddock_finding_text_format_more:
 * @self: what is said
 * @more: how many times more than was listed
 *
 * Returns: (transfer full): a translated sentence that stands for those that are not listed
 */
char *
paddock_finding_text_format_more (PaddockFindingText self, guint64 more)
{
  g_autofree char *count = g_strdup_printf ("%'" G_GUINT64_FORMAT, more);
  GString *result = g_string_new (NULL);

  append_filled (result,
                 g_dngettext (GETTEXT_PACKAGE, "And {value} more like this: {subject}", "And {value} more like these: {subject}",
                              (gulong) more),
                 rows[self].code, count);
  return g_string_free (result, FALSE);
}
