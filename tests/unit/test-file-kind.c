/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/file-kind.h"

#include <string.h>

#define BYTES(text) text, sizeof (text) - 1

static void
check (const char *name, gconstpointer data, gsize length, PaddockFileKind kind, const char *detail)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, name);
  g_autofree char *found_detail = NULL;
  PaddockFileKind found = paddock_file_kind_detect (source, &found_detail);

  g_assert_nonnull (found_detail);
  g_assert_true (g_utf8_validate (found_detail, -1, NULL));
  if (found != kind || (detail != NULL && !g_str_equal (found_detail, detail)))
    {
      g_test_message ("%s: %u %s, should be %u %s", name, found, found_detail, kind, detail != NULL ? detail : "");
      g_test_fail ();
    }
}

static void
test_bytes (void)
{
  g_autofree char *tar = g_malloc0 (512);

  memcpy (tar, "model.gguf", 10);
  memcpy (tar + 257, "ustar", 5);
  check ("m", BYTES (""), PADDOCK_FILE_EMPTY, NULL);
  check ("m", BYTES ("GGUF\3\0\0\0"), PADDOCK_FILE_GGUF, "GGUF");
  check ("m", BYTES ("tjgg\3\0\0\0"), PADDOCK_FILE_OLD_GGML, "GGJT");
  check ("m", BYTES ("lmgg\3\0\0\0"), PADDOCK_FILE_OLD_GGML, "GGML");
  check ("m", BYTES ("\n <HTML><head><title> Just a moment... </title>"), PADDOCK_FILE_HTML, "Just a moment...");
  check ("m", BYTES ("\xef\xbb\xbf<!doctype html>\nx"), PADDOCK_FILE_HTML, "<!doctype html>");
  check ("m", BYTES ("<Error><Code>AccessDenied</Code></Error>"), PADDOCK_FILE_HTML, NULL);
  check ("m", BYTES ("{\"error\":\"Repository not found\"}"), PADDOCK_FILE_JSON, "{\"error\":\"Repository not found\"}");
  check ("m", BYTES ("version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 5\n"), PADDOCK_FILE_LFS_POINTER, NULL);
  check ("m", BYTES ("\x0a\0\0\0\0\0\0\0{\"a\":{}}  "), PADDOCK_FILE_SAFETENSORS, NULL);
  check ("m", BYTES ("PK\3\4\0\0archive/data.pkl"), PADDOCK_FILE_PYTORCH, NULL);
  check ("m", BYTES ("PK\3\4\0\0model.gguf"), PADDOCK_FILE_ARCHIVE, "zip");
  check ("m", BYTES ("\x80\2}q\0"), PADDOCK_FILE_PYTORCH, "pickle");
  check ("m", BYTES ("\x1f\x8b\x08\0"), PADDOCK_FILE_ARCHIVE, "gzip");
  check ("m", BYTES ("\x28\xb5\x2f\xfd"), PADDOCK_FILE_ARCHIVE, "zstd");
  check ("m", tar, 512, PADDOCK_FILE_ARCHIVE, "tar");
  check ("m", BYTES ("\x7f" "ELF\2\1"), PADDOCK_FILE_PROGRAM, "ELF");
  check ("m", BYTES ("MZ\x90\0"), PADDOCK_FILE_PROGRAM, "Windows");
  check ("m", BYTES ("\x08\x07\x12\x07pytorch"), PADDOCK_FILE_OTHER_MODEL, "ONNX");
  check ("m", BYTES ("Entry not found\n"), PADDOCK_FILE_TEXT, "Entry not found");
  check ("m", BYTES ("FUGG\3\0\0\0"), PADDOCK_FILE_UNKNOWN, "46 55 47 47");
  check ("m", BYTES ("\0"), PADDOCK_FILE_ZEROS, NULL);
  check ("m", BYTES ("\0\0\1\2"), PADDOCK_FILE_UNKNOWN, "00 00 01 02");
}

static void
test_zeros (void)
{
  gsize length = 3 << 20;
  g_autofree char *bytes = g_malloc0 (length);

  check ("m", bytes, length, PADDOCK_FILE_ZEROS, NULL);
  memcpy (bytes + (2 << 20) + 17, "GGUF", 4);
  check ("m", bytes, length, PADDOCK_FILE_UNFINISHED, "0…2097169");
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    PaddockFileKind kind;
  } cases[] = {
    { "m.gguf", PADDOCK_FILE_UNKNOWN },
    { "/a.part/m.gguf", PADDOCK_FILE_UNKNOWN },
    { "m.gguf.part", PADDOCK_FILE_UNFINISHED },
    { "ab12.INCOMPLETE", PADDOCK_FILE_UNFINISHED },
    { "m.gguf.aria2", PADDOCK_FILE_UNFINISHED },
    { "Unconfirmed 1.crdownload", PADDOCK_FILE_UNFINISHED },
    { "m.gguf-split-b", PADDOCK_FILE_PIECE },
    { "m.gguf.part2of3", PADDOCK_FILE_PIECE },
    { "m.gguf.002", PADDOCK_FILE_PIECE },
    { "m-00002-of-00003.gguf", PADDOCK_FILE_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *detail = NULL;

      g_assert_cmpint (paddock_file_kind_detect_name (cases[i].name, &detail), ==, cases[i].kind);
      g_assert_cmpint (detail != NULL, ==, cases[i].kind != PADDOCK_FILE_UNKNOWN);
    }
  /* What the bytes say counts more than the name. */
  check ("m.gguf.part", BYTES ("\xde\xad\xbe\xef"), PADDOCK_FILE_UNFINISHED, ".part");
  check ("m.gguf.part", BYTES ("\x1f\x8b\x08\0"), PADDOCK_FILE_ARCHIVE, "gzip");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/file-kind/bytes", test_bytes);
  g_test_add_func ("/file-kind/zeros", test_zeros);
  g_test_add_func ("/file-kind/names", test_names);
  return g_test_run ();
}
