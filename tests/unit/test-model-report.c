/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "directory.h"
#include "gguf-recipe.h"
#include "model/finding-text.h"
#include "model/model-report.h"
#include "model/report-findings.h"

/* A model with all its parts, one statement a line. Cases take lines away and add others. */
static const char *const model_lines[] = {
  "kv general.architecture str llama",
  "kv general.name str \"Test model\"",
  "kv llama.context_length u32 512",
  "kv llama.embedding_length u32 64",
  "kv llama.block_count u32 1",
  "kv llama.feed_forward_length u32 96",
  "kv llama.attention.head_count u32 4",
  "kv llama.attention.head_count_kv u32 2",
  "kv llama.rope.dimension_count u32 16",
  "kv llama.rope.freq_base f32 10000",
  "kv llama.attention.layer_norm_rms_epsilon f32 0.00001",
  "kv llama.vocab_size u32 4",
  "kv tokenizer.ggml.model str llama",
  "kv tokenizer.ggml.tokens arr str \"<unk>\" \"<s>\" \"<0x0A>\" \"a\"",
  "kv tokenizer.ggml.scores arr f32 0 0 0 -1",
  "kv tokenizer.ggml.token_type arr i32 2 3 6 1",
  "kv tokenizer.ggml.bos_token_id u32 1",
  "kv tokenizer.chat_template str \"{% for m in messages %}{{ m.content }}{% endfor %}\"",
  "kv general.quantization_version u32 2",
  "kv general.file_type u32 2",
  "tensor token_embd.weight q4_0 64x4",
  "tensor output_norm.weight f32 64",
  "tensor output.weight q8_0 64x4",
  "tensor blk.0.attn_norm.weight f32 64",
  "tensor blk.0.attn_q.weight q4_0 64x64",
  "tensor blk.0.attn_k.weight q4_0 64x32",
  "tensor blk.0.attn_v.weight q4_0 64x32",
  "tensor blk.0.attn_output.weight q4_0 64x64",
  "tensor blk.0.ffn_norm.weight f32 64",
  "tensor blk.0.ffn_gate.weight q4_0 64x96",
  "tensor blk.0.ffn_up.weight q4_0 64x96",
  "tensor blk.0.ffn_down.weight q4_0 96x64",
};

typedef struct
{
  const char *code;                  /* NULL: nothing may be said */
  const char *without;               /* the beginnings of lines that are left away, separated by '|'; "*": all */
  const char *with;                  /* lines that are added, before the others */
} Case;

#define BARE "kv general.architecture str llama\nkv general.name str x\n"

static const Case cases[] = {
  { NULL, NULL, NULL },
  { NULL, "*", BARE "tensor t f32 4" },
  { NULL, "*", BARE },
  { NULL, "*", "kv a.b u8 1" },
  { NULL, "*", "version 2\n" BARE "tensor t f32 4" },
  { NULL, "*", BARE "padding header\ntensor t f32 3" },
  { NULL, "*", BARE "kv general.alignment u32 64\ntensor t f32 4\ntensor u f32 4" },
  { NULL, "*", BARE "tensor nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn f32 4" },
  { NULL, "kv llama.attention.head_count_kv", "kv llama.attention.head_count_kv arr u32 2" },
  { NULL, "tensor output.weight", NULL },

  { "truncated-header", "*", BARE "cut 60" },
  { "impossible-count", "*", BARE "n_kv 4611686018427387904" },
  { "impossible-count", "*", BARE "n_tensors 18446744073709551615" },
  { "bad-value-type", "*", "kv a type=13 u8 1" },
  { "nested-too-deep", "*", "kv a arr arr (arr (arr (arr (arr (u8 1)))))" },
  { "bad-dimensions", "*", BARE "tensor t f32 4 dims=5" },
  { "bad-alignment", "*", BARE "kv general.alignment u32 24" },
  { "bad-alignment", "*", BARE "kv general.alignment u64 32" },
  { "unknown-version", "*", "version 5\n" BARE },
  { "old-version", "*", "version 1\n" BARE "tensor t f32 4" },
  { "big-endian", "*", "endian big\n" BARE "tensor t f32 4" },
  { "odd-alignment", "*", BARE "kv general.alignment u32 4\ntensor t f32 4" },
  { "no-metadata", "*", "" },
  { "many-entries", "*", "repeat 65537 kv a{} u8 1" },
  { "dirty-padding", "*", BARE "tensor t f32 4\npatch 158 hex 01" },
  { "trailing-data", "*", BARE "tensor t f32 4\nappend hex 00" },
  { "empty-key", "*", "kv \"\" u8 1" },
  { "duplicate-key", "*", "kv a u8 1\nkv a u16 2" },
  { "shadowed-key", "*", "kv \"general.alignment\\0x\" u32 64" },
  { "shadowed-key", "*", "kv \"a\\0x\" u8 1\nkv \"a\\0y\" u8 1" },
  { "key-nul", "*", "kv \"a\\0x\" u8 1" },
  { "key-text", "*", "kv \"a\\xff\" u8 1" },
  { "key-text", "*", "kv \"a\\n\" u8 1" },
  { "key-style", "*", "kv General.Name u8 1" },
  { "key-style", "*", "kv a..b u8 1" },
  { "key-style", "*", "kv ../../etc/passwd u8 1" },
  { "bad-text", "*", "kv general.name str \"\\xc0\\xaf\"" },
  { "bad-text", "*", "kv a.b arr str x \"\\xff\"" },
  { "control-text", "*", "kv general.description str \"a\\x1b[31mb\"" },
  { "control-text", "*", "kv a.b str \"a\\0b\"" },
  { "unsafe-text", "*", "kv general.name str ../../../etc/passwd" },
  { "unsafe-text", "*", "kv general.name str \"<b>x</b>\"" },
  { "unsafe-text", "*", "kv general.name str \"%s%n\"" },
  { "unsafe-text", "*", "kv general.name str \"a$(id)\"" },
  { "unsafe-text", "*", "kv general.repo_url str \"javascript:alert(1)\"" },
  { "unsafe-text", "*", "kv general.description str \"<script>x</script>\"" },
  { "unsafe-text", "*", "kv general.url str file:///etc/passwd" },
  { "long-text", "*", "kv general.name str times=300 \"x\"" },
  { "bad-bool", "*", "kv a.b bool true\npatch 39 hex 02" },
  { "nested-array", "*", "kv a.b arr arr (u8 1)" },
  { "wrong-type", "kv general.name", "kv general.name u32 5" },
  { "wrong-type", "kv tokenizer.ggml.token_type", "kv tokenizer.ggml.token_type arr u8 2 3 6 1" },
  { "template-type", "kv tokenizer.chat_template", "kv tokenizer.chat_template u32 1" },
  { "template-unsafe", "kv tokenizer.chat_template", "kv tokenizer.chat_template str \"{{ ''.__class__.__mro__ }}\"" },
  { "template-unsafe", "kv tokenizer.chat_template",
    "kv tokenizer.chat_template str \"{% for i in range(999999999) %}x{% endfor %}\"" },
  { "template-broken", "kv tokenizer.chat_template", "kv tokenizer.chat_template str \"{% for m in messages %}x\"" },
  { "template-long", "kv tokenizer.chat_template", "kv tokenizer.chat_template str times=300000 \"x\"" },
  { "no-tokenizer", "kv tokenizer.ggml.model", NULL },
  { "unknown-tokenizer", "kv tokenizer.ggml.model", "kv tokenizer.ggml.model str other" },
  { "no-tokens", "kv tokenizer.ggml.tokens|kv tokenizer.ggml.scores|kv tokenizer.ggml.token_type", NULL },
  { "token-lists", "kv tokenizer.ggml.scores", "kv tokenizer.ggml.scores arr f32 0" },
  { "duplicate-token", "kv tokenizer.ggml.tokens", "kv tokenizer.ggml.tokens arr str a b c a" },
  { "long-token", "kv tokenizer.ggml.tokens", "kv tokenizer.ggml.tokens arr str a b c times=9000 \"d\"" },
  { "bad-token", "kv tokenizer.ggml.tokens", "kv tokenizer.ggml.tokens arr str a b c <0x-1>" },
  { "token-kind", "kv tokenizer.ggml.token_type", "kv tokenizer.ggml.token_type arr i32 1 1 1 99" },
  { "bad-score", "kv tokenizer.ggml.scores", "kv tokenizer.ggml.scores arr f32 0 nan 0 0" },
  { "bad-merge", NULL, "kv tokenizer.ggml.merges arr str ab" },
  { "special-token", "kv tokenizer.ggml.bos_token_id", "kv tokenizer.ggml.bos_token_id u32 4" },
  { "no-architecture", "kv general.architecture", NULL },
  { "bad-architecture", "*", "kv general.architecture u32 1" },
  { "bad-architecture", "*", "kv general.architecture str \"LLaMA 2\"" },
  { "unknown-architecture", "*", "kv general.architecture str other" },
  { "missing-parameter", "kv llama.context_length", NULL },
  { "parameter-type", "kv llama.block_count", "kv llama.block_count u64 1" },
  { "parameter-type", "kv llama.rope.freq_base", "kv llama.rope.freq_base u32 1" },
  { "parameter-range", "kv llama.block_count", "kv llama.block_count u32 0" },
  { "parameter-range", "kv llama.block_count", "kv llama.block_count u32 513" },
  { "parameter-range", "kv llama.attention.head_count ", "kv llama.attention.head_count u32 0" },
  { "parameter-range", "kv llama.context_length", "kv llama.context_length u32 0" },
  { "parameter-range", "kv llama.attention.layer_norm_rms_epsilon", "kv llama.attention.layer_norm_rms_epsilon f32 nan" },
  { "parameter-range", NULL, "kv llama.logit_scale f32 nan" },
  { "parameter-range", NULL, "kv llama.rope.scaling.type str odd" },
  { "parameter-range", "*", "kv general.architecture str clip\nkv clip.vision.patch_size u32 0" },
  { "parameter-range", "*", BARE "kv general.base_model.count u32 4294967295" },
  { "parameter-range", "*", BARE "kv adapter.type str lora\nkv adapter.lora.alpha f32 nan" },
  { "missing-tensor", "*", BARE "kv adapter.type str lora\ntensor blk.0.attn_q.weight.lora_a f32 4" },
  { "parameter-conflict", "kv llama.attention.head_count ", "kv llama.attention.head_count u32 3" },
  { "parameter-conflict", NULL, "kv llama.expert_count u32 2\nkv llama.expert_used_count u32 3" },
  { "parameter-conflict", "kv llama.attention.head_count_kv", "kv llama.attention.head_count_kv u32 8" },
  { "parameter-conflict", "kv llama.vocab_size", "kv llama.vocab_size u32 5" },
  { "file-type", "kv general.file_type", "kv general.file_type u32 15\ntensor blk.0.attn_x.weight f16 256x2" },
  { "file-type", "kv general.file_type", "kv general.file_type u32 777" },
  { "quantization-version", "kv general.quantization_version", "kv general.quantization_version u32 99" },
  { "tensor-no-name", "*", BARE "tensor \"\" f32 4" },
  { "duplicate-tensor", "*", BARE "tensor t f32 4\ntensor t f32 4" },
  { "duplicate-tensor", "*", BARE "tensor t f32 4\ntensor \"t\\0x\" f32 4" },
  { "tensor-nul", "*", BARE "tensor \"t\\0x\" f32 4" },
  { "tensor-text", "*", BARE "tensor \"t\\x1b[2J\" f32 4" },
  { "tensor-text", "*", BARE "tensor ../../t f32 4" },
  { "tensor-text", "*", BARE "tensor %s f32 4" },
  { "long-tensor-name", "*", BARE "tensor nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn f32 4" },
  { "block-number", "*", BARE "tensor blk.4294967296.attn_q.weight f32 4" },
  { "block-number", "*", BARE "tensor blk.-1.attn_q.weight f32 4" },
  { "block-number", NULL, "tensor blk.1.attn_q.weight f32 4" },
  { "scalar-tensor", "*", BARE "tensor t f32 -" },
  { "empty-tensor", "*", BARE "tensor t f32 4x0" },
  { "tensor-overflow", "*", BARE "tensor t f32 4294967296x4294967296 bytes=16" },
  { "tensor-overflow", "*", BARE "tensor t f32 4611686018427387904x4611686018427387904x0 bytes=16" },
  { "impossible-type", "*", BARE "tensor t 65536 32 bytes=64" },
  { "impossible-type", "*", BARE "tensor t 4294967295 32 bytes=64" },
  { "unknown-type", "*", BARE "tensor t 43 256x2 bytes=64" },
  { "removed-type", "*", BARE "tensor t 4 32x8 bytes=160" },
  { "fork-type", "*", BARE "tensor t 144 256x2 bytes=320" },
  { "partial-block", "*", BARE "tensor t q4_0 33x8 bytes=288" },
  { "unaligned-tensor", "*", BARE "tensor t f32 4\ntensor u f32 4 offset=36" },
  { "truncated-data", "*", BARE "tensor t f32 4\ncut -20" },
  { "truncated-data", "*", BARE "tensor t f32 4\ntensor u f32 4 offset=18446744073709551584 at=32" },
  { "overlapping-tensors", "*", BARE "tensor t f32 16\ntensor u f32 16 offset=32" },
  { "gap", "*", BARE "tensor t f32 4 offset=64" },
  { "tensor-order", "*", BARE "tensor t f32 4 offset=32\ntensor u f32 4 offset=0" },
  { "missing-tensor", "tensor token_embd.weight", NULL },
  { "missing-tensor", "tensor blk.", NULL },
  { "missing-tensor", "tensor blk.0.ffn_gate", NULL },
  { "missing-parameter", "kv llama.feed_forward_length", NULL },
  { "missing-parameter", "kv general.architecture", "kv general.architecture str gpt2" },
  { "parameter-type", NULL, "kv llama.attention.causal u32 1" },
  { "extra-tensor", NULL, "tensor blk.0.foo.weight f32 4" },
  { "extra-tensor", NULL, "tensor foo f32 4" },
  { "bad-token", "kv tokenizer.ggml.tokens", "kv tokenizer.ggml.tokens arr str a b c \"d\\0\"" },
  { "shard-tensors", NULL, "kv split.no u16 0\nkv split.count u16 1\nkv split.tensors.count i32 -1" },
  { "tensor-shape", "tensor blk.0.attn_v.weight", "tensor blk.0.attn_v.weight q4_0 64x31" },
  { "tensor-shape", "tensor token_embd.weight", "tensor token_embd.weight q4_0 64x5" },
  { "tensor-shape", "tensor blk.0.attn_q.weight", "tensor blk.0.attn_q.weight q4_0 64x32" },
  { "weight-type", "tensor token_embd.weight", "tensor token_embd.weight i32 64x4" },
  { "bad-number", "*", BARE "tensor t.weight q4_0 64\ndata at=18 hex 007e" },
  { "bad-number", "*", BARE "tensor t.weight f32 8\ndata at=28 f32 inf" },
  { "bad-number", "*", BARE "tensor t.weight mxfp4 64\ndata at=17 hex ff" },
  { "bad-number", "*", BARE "tensor t.weight f64 4\ndata at=0 f64 1e300" },
  { "bad-number", "*", BARE "tensor t.weight iq1_m 256\ndata at=48 hex 00f000f000f00070" },
  { "shard-name", NULL, "kv split.no u16 0\nkv split.count u16 3\nkv split.tensors.count i32 9" },
  { "shard-number", NULL, "kv split.no u16 5\nkv split.count u16 1" },
  { "shard-keys", NULL, "kv split.no u32 0\nkv split.count u16 1" },

  { "empty-file", "*", "header none\ncut 0" },
  { "only-zeros", "*", "header none\nraw zero length=100" },
  { "unfinished-download", "*", "header none\nraw zero length=600\nraw text GGUF" },
  { "web-page", "*", "header none\nraw text \"<!DOCTYPE html><title>404</title>\"" },
  { "error-answer", "*", "header none\nraw text \"{\\\"error\\\":\\\"Invalid\\\"}\"" },
  { "lfs-pointer", "*", "header none\nraw text \"version https://git-lfs.github.com/spec/v1\\noid sha256:00\\n\"" },
  { "old-ggml", "*", "header none\nraw text tjgg" },
  { "safetensors", "*", "header none\nraw u64 20\nraw text \"{\\\"a\\\":{}}          \"" },
  { "pytorch", "*", "header none\nraw text \"PK\\x03\\x04archive/data.pkl\"" },
  { "other-model", "*", "header none\nraw hex 0807120770" },
  { "archive", "*", "header none\nraw hex 1f8b0800" },
  { "program", "*", "header none\nraw hex 7f454c46" },
  { "text-file", "*", "header none\nraw text \"Not found\"" },
  { "not-gguf", "*", "header none\nraw hex deadbeef00" },
  { "not-gguf", "*", "header none\nraw text GGUE" },
};

/* All that is wrong is told, not only the first. */
G_GNUC_PRINTF (1, 2) static void
fail (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_test_message ("%s", text);
  g_test_fail ();
}

static gboolean seen[PADDOCK_N_FINDING_TEXTS];

static gboolean
is_left_away (const char *line, const char *without)
{
  g_auto (GStrv) beginnings = g_strsplit (without != NULL ? without : "", "|", -1);

  for (guint i = 0; beginnings[i] != NULL; i++)
    if (g_str_equal (beginnings[i], "*") || g_str_has_prefix (line, beginnings[i]))
      return TRUE;
  return FALSE;
}

/* Keys stand before the model's, tensors behind them. */
static char *
dup_recipe (const Case *test)
{
  const char *with = test->with != NULL ? test->with : "";
  const char *tensors = strstr (with, "tensor ");
  GString *recipe = g_string_new_len (with, tensors != NULL ? tensors - with : (gssize) strlen (with));

  g_string_append_c (recipe, '\n');
  for (guint i = 0; i < G_N_ELEMENTS (model_lines); i++)
    if (!is_left_away (model_lines[i], test->without))
      g_string_append_printf (recipe, "%s\n", model_lines[i]);
  g_string_append_printf (recipe, "%s\n", tensors != NULL ? tensors : "");
  return g_string_free (recipe, FALSE);
}

static const PaddockFinding *
find (PaddockModelReport *report, const char *code)
{
  for (guint i = 0; i < paddock_model_report_get_n_findings (report); i++)
    if (g_str_equal (paddock_model_report_get_finding (report, i)->code, code))
      return paddock_model_report_get_finding (report, i);
  return NULL;
}

static void
note_findings (PaddockModelReport *report)
{
  for (guint i = 0; i < paddock_model_report_get_n_findings (report); i++)
    {
      const PaddockFinding *finding = paddock_model_report_get_finding (report, i);

      g_assert_true (g_utf8_validate (finding->message, -1, NULL));
      g_assert_null (strchr (finding->message, '{') != NULL ? strstr (finding->message, "{value}") : NULL);
      g_assert_null (strstr (finding->message, "{subject}"));
      g_assert_cmpint (finding->severity, <=, paddock_model_report_get_verdict (report));
      for (guint text = 0; text < PADDOCK_N_FINDING_TEXTS; text++)
        seen[text] |= g_str_equal (finding->code, paddock_finding_text_get_code (text));
    }
}

static void
assert_says (PaddockModelReport *report, const char *code, const char *about)
{
  const PaddockFinding *finding = code != NULL ? find (report, code) : NULL;

  note_findings (report);
  if (code == NULL && paddock_model_report_get_n_findings (report) > 0)
    fail ("%s: says %s", about, paddock_model_report_get_finding (report, 0)->message);
  if (code != NULL && finding == NULL)
    fail ("%s: does not say %s but %s", about, code,
          paddock_model_report_get_n_findings (report) > 0 ? paddock_model_report_get_finding (report, 0)->message : "nothing");
  if (finding != NULL && finding->severity == PADDOCK_VERDICT_REJECT)
    g_assert_cmpint (paddock_model_report_get_verdict (report), ==, PADDOCK_VERDICT_REJECT);
}

static void
test_cases (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *recipe = dup_recipe (&cases[i]);
      g_autofree char *path = test_directory_write_recipe (directory, "m.gguf", recipe);
      g_autoptr (PaddockModelReport) report = paddock_model_report_new_for_path (path, NULL);

      assert_says (report, cases[i].code, recipe);
    }
}

static char *
write_shard (TestDirectory *directory, guint number, const char *extra)
{
  g_autofree char *name = g_strdup_printf ("m-%05u-of-00003.gguf", number);
  gboolean keys = extra != NULL && g_str_has_prefix (extra, "kv ");
  g_autofree char *recipe = g_strdup_printf ("%s%s\nkv split.no u16 %u\nkv split.tensors.count i32 3\n%s\n"
                                             "tensor t%u.weight f32 32\n%s",
                                             number == 1 ? "kv general.architecture str llama\n" : "",
                                             extra != NULL && strstr (extra, "split.count") ? "" : "kv split.count u16 3",
                                             number - 1, keys ? extra : "", number, extra != NULL && !keys ? extra : "");

  return test_directory_write_recipe (directory, name, recipe);
}

static void
check_set (const char *second, const char *code)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *first_path = write_shard (directory, 1, NULL);
  g_autofree char *second_path = write_shard (directory, 2, second);
  g_autofree char *third_path = write_shard (directory, 3, NULL);

  if (g_strcmp0 (second, "") == 0)
    g_assert_cmpint (unlink (second_path), ==, 0);

  g_autoptr (PaddockModelReport) report = paddock_model_report_new_for_path (first_path, NULL);
  assert_says (report, code, second != NULL ? second : "whole set");
  if (code == NULL)
    {
      g_assert_cmpint (paddock_model_report_get_n_tensors (report), ==, 3);
      g_assert_cmpstr (paddock_model_report_get_architecture (report), ==, "llama");
    }
}

static void
test_shards (void)
{
  check_set (NULL, NULL);
  check_set ("", "missing-shard");
  check_set ("cut 20\n", "bad-shard");
  check_set ("kv split.count u16 4\n", "shard-count");
  check_set ("tensor extra.weight f32 32\n", "shard-tensors");
  check_set ("tensor t1.weight f32 32\n", "duplicate-tensor");
  check_set ("kv general.architecture str qwen3\n", "foreign-shard");

  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *first = write_shard (directory, 1, NULL);
  g_autofree char *second = write_shard (directory, 2, NULL);
  g_autofree char *third = test_directory_write_recipe (directory, "m-00003-of-00003.gguf",
                                                        "kv split.no u16 1\nkv split.count u16 3\ntensor t3.weight f32 32\n");
  g_autoptr (PaddockModelReport) report = paddock_model_report_new_for_path (first, NULL);
  assert_says (report, "shard-number", third);
}

static void
check_path (const char *path, const char *code)
{
  g_autoptr (PaddockModelReport) report = paddock_model_report_new_for_path (path, NULL);

  assert_says (report, code, path);
  g_assert_cmpint (paddock_model_report_get_verdict (report), ==, PADDOCK_VERDICT_REJECT);
  g_assert_false (paddock_model_report_is_valid_in (report, PADDOCK_FINDING_FORMAT));
  g_assert_cmpint (paddock_model_report_get_n_tensors (report), ==, -1);
  g_assert_cmpstr (paddock_model_report_get_path (report), ==, path);
}

static void
test_odd_files (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *fifo = test_directory_build_path (directory, "fifo.gguf");
  g_autofree char *loop = test_directory_build_path (directory, "loop.gguf");
  g_autofree char *dangling = test_directory_build_path (directory, "dangling.gguf");
  g_autofree char *locked = test_directory_write_recipe (directory, "locked.gguf", BARE);
  g_autofree char *part = test_directory_write_recipe (directory, "m.gguf.part", BARE "cut 30\n");
  g_autofree char *piece = test_directory_write_recipe (directory, "m.gguf-split-b", "header none\nraw hex 9123456789\n");

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink (loop, loop), ==, 0);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  g_assert_cmpint (chmod (locked, 0), ==, 0);
  check_path (fifo, "not-regular");
  check_path (test_directory_get_path (directory), "not-regular");
  check_path ("/dev/null", "not-regular");
  check_path (dangling, "not-found");
  check_path (part, "unfinished-download");
  check_path (piece, "piece-of-file");

  g_autoptr (PaddockModelReport) looping = paddock_model_report_new_for_path (loop, NULL);
  g_assert_cmpint (paddock_model_report_get_verdict (looping), ==, PADDOCK_VERDICT_REJECT);
  note_findings (looping);
  if (access (locked, R_OK) != 0)
    check_path (locked, "no-permission");
}

static void
test_cancelled (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = test_directory_write_recipe (directory, "m.gguf", BARE);

  g_cancellable_cancel (cancellable);
  g_autoptr (PaddockModelReport) report = paddock_model_report_new_for_path (path, cancellable);
  assert_says (report, "cancelled", path);
}

static void
test_changed (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_write_recipe (directory, "m.gguf", BARE "tensor t f32 64\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufShards) shards = paddock_gguf_shards_open (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (truncate (path, 100), ==, 0);
  g_autoptr (PaddockModelReport) report = paddock_model_report_new_for_shards (shards, NULL);
  assert_says (report, "changed", path);
}

static void
test_bounded (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_write_recipe (directory, "m.gguf", BARE "repeat 3000 kv A{} u8 1\n");
  g_autoptr (PaddockModelReport) report = paddock_model_report_new_for_path (path, NULL);
  guint count = paddock_model_report_get_n_findings (report);

  g_assert_cmpuint (count, ==, PADDOCK_REPORT_MAX_OF_A_KIND + 1);
  g_assert_nonnull (strstr (paddock_model_report_get_finding (report, count - 1)->message, "2"));
  g_assert_true (paddock_model_report_is_valid_in (report, PADDOCK_FINDING_METADATA));
  g_assert_cmpint (paddock_model_report_get_version (report), ==, 3);
  g_assert_nonnull (paddock_model_report_get_shards (report));
}

static void
test_long_key (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *key = g_strnfill (65536, 'a');
  g_autofree char *recipe = g_strdup_printf ("kv %s u8 1\n", key);
  g_autofree char *path = test_directory_write_recipe (directory, "m.gguf", recipe);
  g_autoptr (PaddockModelReport) report = paddock_model_report_new_for_path (path, NULL);

  assert_says (report, "long-key", "65536 bytes");
  g_assert_cmpuint (strlen (paddock_model_report_get_finding (report, 0)->subject), <, 1000);
}

/* Codes that need a system or a moment that a test cannot make, and are proved by their text alone. */
static gboolean
needs_a_disaster (PaddockFindingText text)
{
  return text == PADDOCK_SAYS_UNREADABLE || text == PADDOCK_SAYS_BAD_HEADER
         || text == PADDOCK_SAYS_IMPOSSIBLE_LENGTH || text == PADDOCK_SAYS_NO_PERMISSION;
}

/* Said by those who read all numbers: see test-deep-check.c. They say surely what a sample suspects. */
static gboolean
needs_all_numbers (PaddockFindingText text)
{
  return text == PADDOCK_SAYS_BAD_NUMBERS || text == PADDOCK_SAYS_UNREADABLE_TENSOR;
}

static void
test_every_code_is_said (void)
{
  for (guint text = 0; text < PADDOCK_N_FINDING_TEXTS; text++)
    {
      g_assert_nonnull (paddock_finding_text_get_code (text));
      g_assert_nonnull (paddock_finding_text_get_remedy (text));
      for (guint other = 0; other < text && text != PADDOCK_SAYS_BAD_NUMBERS; other++)
        g_assert_cmpstr (paddock_finding_text_get_code (text), !=, paddock_finding_text_get_code (other));
      if (!seen[text] && !needs_a_disaster (text) && !needs_all_numbers (text))
        fail ("no case says %s", paddock_finding_text_get_code (text));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model-report/cases", test_cases);
  g_test_add_func ("/model-report/shards", test_shards);
  g_test_add_func ("/model-report/odd-files", test_odd_files);
  g_test_add_func ("/model-report/cancelled", test_cancelled);
  g_test_add_func ("/model-report/changed", test_changed);
  g_test_add_func ("/model-report/bounded", test_bounded);
  g_test_add_func ("/model-report/long-key", test_long_key);
  g_test_add_func ("/model-report/every-code-is-said", test_every_code_is_said);
  return g_test_run ();
}
