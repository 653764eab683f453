/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-answer.h"
#include "hub-reference.h"

#define ENDPOINT "https://hub.example.org"

static const struct
{
  const char *text, *id, *revision, *path, *quantization;
} meant[] = {
  { "owner/name", "owner/name", NULL, NULL, NULL },
  { "  owner/name/ ", "owner/name", NULL, NULL, NULL },
  { "owner/name:Q4_K_M", "owner/name", NULL, NULL, "Q4_K_M" },
  { "owner/name@main", "owner/name", "main", NULL, NULL },
  { "owner/name@main:Q8_0", "owner/name", "main", NULL, "Q8_0" },
  { "owner/name/sub/file.gguf", "owner/name", NULL, "sub/file.gguf", NULL },
  { "owner/name/tree", "owner/name", NULL, "tree", NULL },
  { "hf.co/owner/name:Q4_0", "owner/name", NULL, NULL, "Q4_0" },
  { "hf://owner/name/a b.gguf", "owner/name", NULL, "a b.gguf", NULL },
  { "https://huggingface.co/owner/name", "owner/name", NULL, NULL, NULL },
  { "https://huggingface.co/owner/name/discussions", "owner/name", NULL, NULL, NULL },
  { "https://huggingface.co/owner/name/tree/main", "owner/name", "main", NULL, NULL },
  { "https://huggingface.co/owner/name/tree/main/sub", "owner/name", "main", NULL, NULL },
  { "https://huggingface.co/owner/name/blob/refs%2Fpr%2F1/sub/a%20b.gguf", "owner/name", "refs/pr/1", "sub/a b.gguf", NULL },
  { "https://huggingface.co/owner/name/resolve/main/a.gguf?download=true", "owner/name", "main", "a.gguf", NULL },
  { ENDPOINT "/owner/name", "owner/name", NULL, NULL, NULL },
};

static const char *const senseless[] = {
  "",
  "/",
  "name",
  "owner/",
  "/name",
  "owner/na me",
  "-owner/name",
  "owner/name..x",
  "owner/name@",
  "owner/name:",
  "../..",
  "owner/name/../x",
  "owner/name//x",
  "owner/name/./x",
  "https://example.org/owner/name",
  "https://huggingface.co/",
  "https://huggingface.co/owner",
  "https://huggingface.co/owner/name/blob/main/..%2Fx",
  "ftp://huggingface.co/owner/name",
  "owner/name/a\nb",
};

static void
test_meant (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meant); i++)
    {
      g_autoptr (PaddockHubReference) reference = paddock_hub_reference_parse (meant[i].text, ENDPOINT);

      g_test_message ("%s", meant[i].text);
      g_assert_nonnull (reference);
      g_assert_cmpstr (reference->id, ==, meant[i].id);
      g_assert_cmpstr (reference->revision, ==, meant[i].revision);
      g_assert_cmpstr (reference->path, ==, meant[i].path);
      g_assert_cmpstr (reference->quantization, ==, meant[i].quantization);
    }
}

static void
test_senseless (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (senseless); i++)
    {
      g_autoptr (PaddockHubReference) reference = paddock_hub_reference_parse (senseless[i], ENDPOINT);

      g_test_message ("%s", senseless[i]);
      g_assert_null (reference);
    }
}

static void
test_resolve (void)
{
  g_autofree char *path = paddock_hub_reference_build_resolve ("owner/name", "refs/pr/1", "sub/a b?.gguf");

  g_assert_cmpstr (path, ==, "/owner/name/resolve/refs%2Fpr%2F1/sub/a%20b%3F.gguf");
}

static void
test_next (void)
{
  static const struct
  {
    const char *link, *next;
  } cases[] = {
    { NULL, NULL },
    { "", NULL },
    { "<https://elsewhere.example/api/models?cursor=a%3D>; rel=\"next\"", "/api/models?cursor=a%3D" },
    { "<https://a/x>; rel=\"prev\", <https://a/y>; rel=\"next\"", "/y" },
    { "<https://a/x>; rel=\"prev\"", NULL },
    { "<https://a/x", NULL },
    { "<nonsense>; rel=\"next\"", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *next = paddock_hub_answer_find_next (cases[i].link);

      g_assert_cmpstr (next, ==, cases[i].next);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hub-reference/meant", test_meant);
  g_test_add_func ("/hub-reference/senseless", test_senseless);
  g_test_add_func ("/hub-reference/resolve", test_resolve);
  g_test_add_func ("/hub-reference/next", test_next);
  return g_test_run ();
}
