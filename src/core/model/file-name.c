/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/file-name.h"

#include <string.h>

#define MAX_NAME 4096

/* Between the parts of a name. */
#define BEFORE "(?:^|(?<=[-._ +@(\\[]))"
#define AFTER "(?=$|[-._ +@)\\]])"

#define QUANTIZATION                                                                                                   \
  BEFORE "(?:"                                                                                                         \
         "i?q[1-8]_(?:[01]|kv?|nl|kss|ks|kl|kt|bn|xxs|xs|s|m)(?:_(?:xxl|xl|l|m|s|xs))?"                                   \
         "(?:_r(?:4|8|16)|_x4|_4_4|_4_8|_8_8)?"                                                                        \
         "|tq[12]_0|mxfp4(?:_moe)?|nvfp4|i2_s|i8_s|tl[12]|b?f(?:p)?16|f(?:p)?32|f64" ")" AFTER
/* A number of thousands is a context. */
#define SIZE BEFORE "(?:\\d{1,4}x)?e?\\d{1,4}(?:\\.\\d{1,3})?[mbt](?:-a\\d{1,4}(?:\\.\\d{1,3})?[mb])?" AFTER
#define VERSION BEFORE "v\\d{1,3}(?:\\.\\d{1,4}){0,3}" AFTER

static GRegex *
get_regex (const char *pattern, gsize *once)
{
  if (g_once_init_enter (once))
    {
      GRegex *regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);

      /* The first match compiles the pattern further, which two threads must not do at once. */
      g_regex_match (regex, "", 0, NULL);
      g_once_init_leave (once, (gsize) regex);
    }
  return (GRegex *) *once;
}

/* Where the pattern matches last. */
static gboolean
find_last (const GRegex *regex, const char *text, int *begin, int *end)
{
  g_autoptr(GMatchInfo) match = NULL;
  gboolean found = FALSE;

  g_regex_match (regex, text, 0, &match);
  while (g_match_info_matches (match))
    {
      found = g_match_info_fetch_pos (match, 0, begin, end);
      if (!g_match_info_next (match, NULL))
        break;
    }
  return found;
}

static gboolean
is_separator (char c)
{
  return c != '\0' && strchr ("-._ +@([)]", c) != NULL;
}

/* Takes text[begin..end) out, with a separator at one side of it. */
static void
cut_out (GString *text, int begin, int end)
{
  if (begin > 0 && is_separator (text->str[begin - 1]))
    begin--;
  else if (is_separator (text->str[end]))
    end++;
  g_string_erase (text, begin, end - begin);
}

/* Whether the word stands in the text between separators; takes it out if so. */
static gboolean
take_word (GString *text, const char *word)
{
  gsize length = strlen (word);

  for (gsize i = 0; i + length <= text->len; i++)
    {
      if (g_ascii_strncasecmp (text->str + i, word, length) == 0 && (i == 0 || is_separator (text->str[i - 1])) &&
          (text->str[i + length] == '\0' || is_separator (text->str[i + length])))
        {
          cut_out (text, (int) i, (int) (i + length));
          return TRUE;
        }
    }
  return FALSE;
}

static char *
normalize_quantization (const char *text, int begin, int end)
{
  g_autofree char *part = g_strndup (text + begin, (gsize) (end - begin));
  g_autofree char *upper = g_ascii_strup (part, -1);

  if (g_str_equal (upper, "FP16"))
    return g_strdup ("F16");
  if (g_str_equal (upper, "BFP16"))
    return g_strdup ("BF16");
  if (g_str_equal (upper, "FP32"))
    return g_strdup ("F32");
  return g_steal_pointer (&upper);
}

static void
take_quantization (PaddockFileName *self, GString *rest)
{
  static gsize once = 0;
  const GRegex *regex = get_regex (QUANTIZATION, &once);
  int begin, end;

  if (!find_last (regex, rest->str, &begin, &end))
    return;
  self->quantization = normalize_quantization (rest->str, begin, end);
  /* Brackets around it are its own. */
  if (begin > 0 && strchr ("([", rest->str[begin - 1]) != NULL && (rest->str[end] == ')' || rest->str[end] == ']'))
    {
      begin--;
      end++;
    }
  cut_out (rest, begin, end);
  self->dynamic = take_word (rest, "UD");
  self->weighted = take_word (rest, "i1") || take_word (rest, "imat");
}

static PaddockModelKind
find_kind (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autoptr(GString) words = g_string_new (lower);

  if (strstr (lower, "mmproj") != NULL)
    return PADDOCK_MODEL_PROJECTOR;
  if (take_word (words, "imatrix"))
    return PADDOCK_MODEL_IMATRIX;
  if (take_word (words, "lora") || take_word (words, "adapter"))
    return PADDOCK_MODEL_ADAPTER;
  if (strstr (lower, "control-vector") != NULL || strstr (lower, "control_vector") != NULL ||
      take_word (words, "cvector"))
    return PADDOCK_MODEL_CONTROL_VECTOR;
  if (take_word (words, "vocab"))
    return PADDOCK_MODEL_VOCABULARY;
  return PADDOCK_MODEL_LANGUAGE;
}

/* The parts before the size and behind it. */
static void
split_title (PaddockFileName *self, const char *title)
{
  static gsize size_once = 0, version_once = 0;
  g_autoptr(GString) rest = g_string_new (title);
  g_autoptr(GMatchInfo) match = NULL;
  int begin, end;

  if (find_last (get_regex (VERSION, &version_once), rest->str, &begin, &end))
    {
      self->version = g_strndup (rest->str + begin, (gsize) (end - begin));
      cut_out (rest, begin, end);
    }
  if (!g_regex_match (get_regex (SIZE, &size_once), rest->str, 0, &match) ||
      !g_match_info_fetch_pos (match, 0, &begin, &end))
    {
      self->base_name = rest->len > 0 ? g_strdup (rest->str) : NULL;
      return;
    }
  {
    g_autofree char *label = g_strndup (rest->str + begin, (gsize) (end - begin));
    char *x;

    self->size_label = g_ascii_strup (label, -1);
    x = strchr (self->size_label, 'X');
    if (x != NULL)
      *x = 'x';
  }
  if (begin > 1)
    self->base_name = g_strndup (rest->str, (gsize) begin - 1);
  if (rest->str[end] != '\0' && rest->str[end + 1] != '\0')
    self->fine_tune = g_strdup (rest->str + end + 1);
}

/* Without folders, extension and shard; the shard is kept. */
static GString *
strip (PaddockFileName *self, const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *valid = g_utf8_make_valid (base, (gssize) MIN (strlen (base), MAX_NAME));
  g_autofree char *prefix = NULL;
  guint index, count;
  static const char *const extensions[] = { ".gguf", ".ggml", ".bin", ".dat" };

  if (paddock_gguf_shards_parse_name (valid, &prefix, &index, &count))
    {
      self->shard = index + 1;
      self->shards = count;
      return g_string_new (prefix);
    }
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      gsize length = strlen (valid), extension = strlen (extensions[i]);

      if (length > extension && g_ascii_strcasecmp (valid + length - extension, extensions[i]) == 0)
        return g_string_new_len (valid, (gssize) (length - extension));
    }
  return g_string_new (valid);
}

/**
 * paddock_file_name_parse:
 * @path: (type filename): a path or a name
 *
 * Returns: (transfer full): what the name says
 */
PaddockFileName *
paddock_file_name_parse (const char *path)
{
  PaddockFileName *self = g_new0 (PaddockFileName, 1);
  g_autoptr(GString) rest = strip (self, path);
  g_autofree char *whole = g_strdup (rest->str);

  self->kind = find_kind (whole);
  take_quantization (self, rest);
  while (rest->len > 0 && strchr ("-._ +@", rest->str[rest->len - 1]) != NULL)
    g_string_truncate (rest, rest->len - 1);
  self->title = g_strdup (rest->len > 0 ? rest->str : *whole != '\0' ? whole : "gguf");
  split_title (self, rest->str);
  return self;
}

/**
 * paddock_file_name_free:
 * @self: (transfer full) (nullable): what a name said
 */
void
paddock_file_name_free (PaddockFileName *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->base_name);
  g_free (self->size_label);
  g_free (self->fine_tune);
  g_free (self->version);
  g_free (self->quantization);
  g_free (self);
}
