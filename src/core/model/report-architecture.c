/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "gguf/gguf-array.h"
#include "model/arch-table.h"
#include "model/report-check.h"

typedef enum
{
  RULE_POSITIVE = 1 << 0,            /* zero is not possible */
  RULE_PER_LAYER = 1 << 1,           /* may be a list with a number for each layer */
  RULE_REAL = 1 << 2,                /* an f32 that is finite and above zero, else a u32 */
  RULE_SWITCH = 1 << 3               /* a bool */
} RuleFlags;

typedef struct
{
  const char *suffix;
  guint flags;
  guint64 maximum;
} ParameterRule;

/* What llama.cpp takes, and far above what any model has. */
static const ParameterRule rules[] = {
  { "context_length", RULE_POSITIVE, G_GUINT64_CONSTANT (1) << 28 },
  { "embedding_length", RULE_POSITIVE, 1 << 20 },
  { "block_count", RULE_POSITIVE, 512 },
  { "vocab_size", RULE_POSITIVE, 1 << 24 },
  { "feed_forward_length", RULE_PER_LAYER, 1 << 24 },
  { "attention.head_count", RULE_PER_LAYER, 1 << 16 },
  { "attention.head_count_kv", RULE_PER_LAYER, 1 << 16 },
  { "attention.key_length", RULE_POSITIVE, 1 << 16 },
  { "attention.value_length", RULE_POSITIVE, 1 << 16 },
  { "attention.layer_norm_epsilon", RULE_REAL, 1 },
  { "attention.layer_norm_rms_epsilon", RULE_REAL, 1 },
  { "expert_count", 0, 1024 },
  { "expert_used_count", 0, 1024 },
  { "expert_feed_forward_length", 0, 1 << 24 },
  { "expert_shared_count", 0, 1024 },
  { "pooling_type", 0, 4 },
  { "rope.dimension_count", RULE_POSITIVE, 1 << 16 },
  { "rope.scaling.finetuned", RULE_SWITCH, 1 },
  { "attention.causal", RULE_SWITCH, 1 },
  { "use_parallel_residual", RULE_SWITCH, 1 },
  { "expert_weights_norm", RULE_SWITCH, 1 },
  { "rope.freq_base", RULE_REAL, G_MAXUINT64 },
  { "rope.scaling.factor", RULE_REAL, G_MAXUINT64 },
  { "ssm.conv_kernel", RULE_POSITIVE, 1 << 16 },
  { "ssm.inner_size", RULE_POSITIVE, 1 << 24 },
  { "ssm.state_size", RULE_POSITIVE, 1 << 24 },
  { "ssm.time_step_rank", RULE_POSITIVE, 1 << 24 },
  { "wkv.head_size", RULE_POSITIVE, 1 << 16 },
};

const PaddockGgufEntry *
paddock_report_check_find (PaddockReportCheck *check, const char *suffix)
{
  g_autofree char *key = NULL;

  if (check->architecture == NULL)
    return NULL;
  key = g_strconcat (check->architecture, ".", suffix, NULL);
  return paddock_gguf_metadata_find (check->metadata, key);
}

gboolean
paddock_report_check_get_uint (PaddockReportCheck *check, const char *suffix, guint64 *value)
{
  const PaddockGgufEntry *entry = paddock_report_check_find (check, suffix);

  return entry != NULL && paddock_gguf_metadata_read_uint (check->metadata, entry, value);
}

gboolean
paddock_report_check_is_model (PaddockReportCheck *check)
{
  static const char *const companions[] = { "adapter", "mmproj", "imatrix", "controlvector", NULL };
  g_autofree char *type = paddock_gguf_metadata_dup_string (check->metadata, "general.type");
  const PaddockArch *arch = check->architecture != NULL ? paddock_arch_lookup (check->architecture) : NULL;

  if (type != NULL && g_strv_contains (companions, type))
    return FALSE;
  if (check->architecture != NULL && g_str_equal (check->architecture, "controlvector"))
    return FALSE;
  return paddock_gguf_metadata_find (check->metadata, "adapter.type") == NULL
         && (arch == NULL || arch->kind != PADDOCK_ARCH_PROJECTOR);
}

static void
report (PaddockReportCheck *check, PaddockFindingText text, const PaddockGgufEntry *entry, const char *value)
{
  gsize length;
  const char *key = paddock_gguf_metadata_get_key_bytes (check->metadata, entry, &length);

  paddock_report_findings_add_value (check->findings, text, (gint64) entry->value_offset, key, (gssize) length, "%s", value);
}

static void
report_shown (PaddockReportCheck *check, PaddockFindingText text, const PaddockGgufEntry *entry)
{
  g_autofree char *value = paddock_gguf_metadata_format (check->metadata, entry, 60);

  report (check, text, entry, value);
}

/* Layers without attention or without a feed-forward part say zero. */
static gboolean
may_be_zero (PaddockReportCheck *check)
{
  return paddock_report_check_find (check, "ssm.state_size") != NULL || paddock_report_check_find (check, "wkv.head_size") != NULL
         || paddock_report_check_find (check, "shortconv.l_cache") != NULL;
}

static void
check_real (PaddockReportCheck *check, const ParameterRule *rule, const PaddockGgufEntry *entry)
{
  double value;

  if (entry->type != PADDOCK_GGUF_FLOAT32)
    {
      report (check, PADDOCK_SAYS_PARAMETER_TYPE, entry, paddock_gguf_type_get_name ((PaddockGgufType) entry->type));
      return;
    }
  if (!paddock_gguf_metadata_read_double (check->metadata, entry, &value) || !isfinite (value) || value <= 0
      || value > (double) rule->maximum)
    report_shown (check, PADDOCK_SAYS_PARAMETER_RANGE, entry);
}

static void
check_list (PaddockReportCheck *check, const ParameterRule *rule, const PaddockGgufEntry *entry)
{
  g_autoptr (PaddockGgufArray) array = paddock_gguf_array_new (check->metadata, entry);
  guint64 length = paddock_gguf_array_get_length (array);
  guint64 blocks, value;

  if (entry->element_type != PADDOCK_GGUF_INT32 && entry->element_type != PADDOCK_GGUF_UINT32)
    {
      report (check, PADDOCK_SAYS_PARAMETER_TYPE, entry, paddock_gguf_type_get_name ((PaddockGgufType) entry->element_type));
      return;
    }
  if (paddock_report_check_get_uint (check, "block_count", &blocks) && blocks > length)
    {
      g_autofree char *lengths = g_strdup_printf ("%" G_GUINT64_FORMAT " < %" G_GUINT64_FORMAT, length, blocks);

      report (check, PADDOCK_SAYS_PARAMETER_CONFLICT, entry, lengths);
    }
  for (guint64 i = 0; i < MIN (length, 4096); i++)
    if (!paddock_gguf_array_read_uint (array, i, &value) || value > rule->maximum)
      {
        report_shown (check, PADDOCK_SAYS_PARAMETER_RANGE, entry);
        return;
      }
}

static void
check_number (PaddockReportCheck *check, const ParameterRule *rule, const PaddockGgufEntry *entry)
{
  guint64 value;
  gboolean zero_allowed = (rule->flags & RULE_POSITIVE) == 0
                          && ((rule->flags & RULE_PER_LAYER) == 0 || may_be_zero (check));

  if (entry->type == PADDOCK_GGUF_ARRAY && (rule->flags & RULE_PER_LAYER))
    {
      check_list (check, rule, entry);
      return;
    }
  if (entry->type != PADDOCK_GGUF_UINT32)
    report (check, PADDOCK_SAYS_PARAMETER_TYPE, entry, paddock_gguf_type_get_name ((PaddockGgufType) entry->type));
  if (entry->type == PADDOCK_GGUF_ARRAY || entry->type == PADDOCK_GGUF_STRING)
    return;
  if (!paddock_gguf_metadata_read_uint (check->metadata, entry, &value) || value > rule->maximum
      || (value == 0 && !zero_allowed))
    report_shown (check, PADDOCK_SAYS_PARAMETER_RANGE, entry);
}

static void
check_rules (PaddockReportCheck *check)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const PaddockGgufEntry *entry = paddock_report_check_find (check, rules[i].suffix);

      if (entry != NULL && (rules[i].flags & RULE_REAL))
        check_real (check, &rules[i], entry);
      else if (entry != NULL && (rules[i].flags & RULE_SWITCH))
        {
          if (entry->type != PADDOCK_GGUF_BOOL)
            report (check, PADDOCK_SAYS_PARAMETER_TYPE, entry, paddock_gguf_type_get_name ((PaddockGgufType) entry->type));
        }
      else if (entry != NULL)
        check_number (check, &rules[i], entry);
    }
}

static gboolean
has_rule (const char *suffix, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strlen (rules[i].suffix) == length && memcmp (rules[i].suffix, suffix, length) == 0)
      return TRUE;
  return FALSE;
}

/* What stands behind "{architecture}." in a key; NULL if it is the key of something else. */
static const char *
get_suffix (PaddockReportCheck *check, const PaddockGgufEntry *entry, gsize *length)
{
  gsize prefix = strlen (check->architecture);
  const char *key = paddock_gguf_metadata_get_key_bytes (check->metadata, entry, length);

  if (*length <= prefix + 1 || memcmp (key, check->architecture, prefix) != 0 || key[prefix] != '.')
    return NULL;
  *length -= prefix + 1;
  return key + prefix + 1;
}

/* The layers of something, whatever architecture the key says it is of. */
static gboolean
tells_of_layers (PaddockReportCheck *check, const PaddockGgufEntry *entry)
{
  static const char suffix[] = ".block_count";
  gsize length;
  const char *key = paddock_gguf_metadata_get_key_bytes (check->metadata, entry, &length);

  return length > strlen (suffix) && memcmp (key + length - strlen (suffix), suffix, strlen (suffix)) == 0;
}

/* The parameters without a rule of their own: at least they are numbers. Returns whether there is any parameter. */
static gboolean
check_others (PaddockReportCheck *check)
{
  guint count = paddock_gguf_metadata_get_count (check->metadata);
  gboolean any = FALSE;

  for (guint i = 0; i < count; i++)
    {
      const PaddockGgufEntry *entry = paddock_gguf_metadata_get_entry (check->metadata, i);
      gsize length;
      const char *suffix = get_suffix (check, entry, &length);
      double value;

      any |= suffix != NULL || tells_of_layers (check, entry);
      if (suffix == NULL || has_rule (suffix, length)
          || (entry->type != PADDOCK_GGUF_FLOAT32 && entry->type != PADDOCK_GGUF_FLOAT64))
        continue;
      if (paddock_gguf_metadata_read_double (check->metadata, entry, &value) && !isfinite (value))
        report_shown (check, PADDOCK_SAYS_PARAMETER_RANGE, entry);
    }
  return any;
}

/* A file that says nothing at all of its build is a container for tensors, and nothing can be missing in it. */
static void
check_required (PaddockReportCheck *check, const PaddockArch *arch)
{
  PaddockGgufType type;
  char *next;

  for (guint i = 0; (next = paddock_arch_dup_required_key (arch, i, &type)) != NULL; i++)
    {
      g_autofree char *key = next;
      const PaddockGgufEntry *entry = paddock_gguf_metadata_find (check->metadata, key);

      if (entry == NULL && g_str_equal (key, "tokenizer.ggml.model"))
        paddock_report_findings_add (check->findings, PADDOCK_SAYS_NO_TOKENIZER, -1, key, -1);
      else if (entry == NULL)
        paddock_report_findings_add_value (check->findings, PADDOCK_SAYS_MISSING_PARAMETER, -1, key, -1, "%s", arch->name);
      else if (type != PADDOCK_GGUF_N_TYPES && entry->type != type && g_str_has_prefix (key, check->architecture)
               && !has_rule (key + strlen (check->architecture) + 1, strlen (key) - strlen (check->architecture) - 1))
        report (check, PADDOCK_SAYS_PARAMETER_TYPE, entry, paddock_gguf_type_get_name ((PaddockGgufType) entry->type));
    }
}

static gboolean
get_number (PaddockReportCheck *check, const char *suffix, guint64 *value)
{
  return paddock_report_check_get_uint (check, suffix, value) && *value > 0;
}

static void
report_conflict (PaddockReportCheck *check, const char *suffix, const char *format, guint64 first, guint64 second)
{
  g_autofree char *numbers = g_strdup_printf ("%" G_GUINT64_FORMAT " %s %" G_GUINT64_FORMAT, first, format, second);

  report (check, PADDOCK_SAYS_PARAMETER_CONFLICT, paddock_report_check_find (check, suffix), numbers);
}

static void
check_heads (PaddockReportCheck *check)
{
  guint64 heads, kv_heads, embedding, key_length = 0, key_length_swa = 0, rope;

  if (!get_number (check, "attention.head_count", &heads))
    return;
  if (paddock_report_check_get_uint (check, "attention.head_count_kv", &kv_heads)
      && (kv_heads == 0 || kv_heads > heads || heads % kv_heads != 0))
    report_conflict (check, "attention.head_count_kv", "÷", heads, kv_heads);
  if (!get_number (check, "attention.key_length", &key_length) && get_number (check, "embedding_length", &embedding))
    {
      if (embedding % heads != 0)
        report_conflict (check, "attention.head_count", "÷", embedding, heads);
      key_length = embedding / heads;
    }
  if (get_number (check, "attention.key_length_swa", &key_length_swa))
    key_length = MAX (key_length, key_length_swa);
  if (key_length > 0 && get_number (check, "rope.dimension_count", &rope) && (rope > key_length || rope % 2 != 0))
    report_conflict (check, "rope.dimension_count", rope > key_length ? ">" : "÷", rope, rope > key_length ? key_length : 2);
}

static void
check_experts (PaddockReportCheck *check)
{
  guint64 experts = 0, used = 0;
  gboolean has_experts = paddock_report_check_get_uint (check, "expert_count", &experts);
  gboolean has_used = paddock_report_check_get_uint (check, "expert_used_count", &used);
  guint64 blocks, dense;

  if (paddock_report_check_get_uint (check, "leading_dense_block_count", &dense) && get_number (check, "block_count", &blocks)
      && dense > blocks)
    report_conflict (check, "leading_dense_block_count", ">", dense, blocks);
  if (has_used && used > experts)
    report_conflict (check, "expert_used_count", ">", used, experts);
  else if (has_experts && experts > 0 && used == 0)
    report_conflict (check, "expert_count", "/", experts, used);
}

static void
check_rope_scaling (PaddockReportCheck *check)
{
  static const char *const kinds[] = { "none", "linear", "yarn", "longrope", NULL };
  const PaddockGgufEntry *entry = paddock_report_check_find (check, "rope.scaling.type");
  gsize length;
  g_autofree char *kind = NULL;

  if (entry == NULL)
    return;
  if (entry->type != PADDOCK_GGUF_STRING)
    {
      report (check, PADDOCK_SAYS_PARAMETER_TYPE, entry, paddock_gguf_type_get_name ((PaddockGgufType) entry->type));
      return;
    }
  const char *bytes = paddock_gguf_metadata_get_string_bytes (check->metadata, entry, &length);
  kind = g_strndup (bytes != NULL ? bytes : "", bytes != NULL ? length : 0);
  if (!g_strv_contains (kinds, kind))
    report_shown (check, PADDOCK_SAYS_PARAMETER_RANGE, entry);
}

static gboolean
is_plain_name (const char *architecture)
{
  for (const char *c = architecture; *c != '\0'; c++)
    if (!g_ascii_islower (*c) && !g_ascii_isdigit (*c) && strchr ("-_.", *c) == NULL)
      return FALSE;
  return *architecture != '\0';
}

/* FALSE if nothing can be said of the parameters. */
static gboolean
check_name (PaddockReportCheck *check, const PaddockArch **arch)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (check->metadata, "general.architecture");

  if (check->architecture == NULL)
    {
      if (entry != NULL)
        report (check, PADDOCK_SAYS_BAD_ARCHITECTURE, entry, paddock_gguf_type_get_name ((PaddockGgufType) entry->type));
      else if (paddock_report_check_is_model (check)
               && (paddock_gguf_shards_get_n_tensors (check->shards) > 0
                   || paddock_gguf_metadata_find (check->metadata, "tokenizer.ggml.model") != NULL))
        paddock_report_findings_add (check->findings, PADDOCK_SAYS_NO_ARCHITECTURE, -1, NULL, 0);
      return FALSE;
    }
  *arch = paddock_arch_lookup (check->architecture);
  if (!is_plain_name (check->architecture))
    report_shown (check, PADDOCK_SAYS_BAD_ARCHITECTURE, entry);
  else if (*arch == NULL && paddock_report_check_is_model (check))
    report (check, PADDOCK_SAYS_UNKNOWN_ARCHITECTURE, entry, check->architecture);
  return TRUE;
}

void
paddock_report_check_architecture (PaddockReportCheck *check)
{
  const PaddockArch *arch = NULL;
  gboolean described;

  if (!check_name (check, &arch) || !paddock_report_check_is_model (check))
    return;
  check_rules (check);
  check_heads (check);
  check_experts (check);
  check_rope_scaling (check);
  /* Without tensors it is a vocabulary, which needs no layers. */
  described = check_others (check);
  if (arch != NULL && described && paddock_gguf_shards_get_n_tensors (check->shards) > 0)
    check_required (check, arch);
}
