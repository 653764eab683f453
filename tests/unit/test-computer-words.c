/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/computer-words.h"
#include "hardware/hardware-draft.h"

#define GB G_GUINT64_CONSTANT (1000000000)
#define BLANK "\xc2\xa0"

static void
assert_format (guint64 value, PaddockNumberKind kind, const char *expected)
{
  g_autofree char *text = paddock_computer_words_format (value, kind);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  assert_format (16, PADDOCK_NUMBER_COUNT, "16");
  assert_format (24 * GB, PADDOCK_NUMBER_SIZE, "24.0" BLANK "GB");
  assert_format (80 * GB, PADDOCK_NUMBER_SPEED, "80.0" BLANK "GB/s");
}

static void
assert_source (const PaddockHardwareNumber *number, const char *expected)
{
  g_autofree char *text = paddock_computer_words_dup_source (number, PADDOCK_NUMBER_SIZE);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_source (void)
{
  g_auto (PaddockHardwareNumber) number = { 0 };
  g_auto (PaddockHardwareNumber) silent = { 0 };

  assert_source (&number, "Unknown");
  paddock_hardware_number_set (&number, 24 * GB, "/proc/meminfo MemTotal");
  assert_source (&number, "/proc/meminfo MemTotal");
  paddock_hardware_number_override (&number, 48 * GB, "set by you");
  assert_source (&number, "Set by you, found: 24.0" BLANK "GB (/proc/meminfo MemTotal)");
  paddock_hardware_number_restore (&number);
  paddock_hardware_number_set (&number, 24 * GB, "measured 2026-11-21");
  assert_source (&number, "Measured on 2026-11-21");
  /* Nothing was found, or nobody said where. */
  paddock_hardware_number_override (&silent, 48 * GB, "set by you");
  assert_source (&silent, "Set by you");
  paddock_hardware_number_restore (&silent);
  paddock_hardware_number_set (&silent, 24 * GB, NULL);
  assert_source (&silent, NULL);
  paddock_hardware_number_override (&silent, 48 * GB, "set by you");
  assert_source (&silent, "Set by you, found: 24.0" BLANK "GB");
}

static void
test_sets (void)
{
  g_autoptr (PaddockHardwareProcessor) processor = paddock_hardware_processor_new ();
  g_autofree char *none = paddock_computer_words_dup_sets (processor);
  g_autofree char *some = NULL;

  g_assert_null (none);
  g_strfreev (processor->features);
  processor->features = g_strsplit ("fpu avx2 mmx avx512f avx sse4_2", " ", -1);
  some = paddock_computer_words_dup_sets (processor);
  g_assert_cmpstr (some, ==, "SSE4.2, AVX, AVX2, AVX-512");
}

static void
test_caches (void)
{
  const PaddockHardwareCache caches[] = {
    { 1, PADDOCK_HARDWARE_CACHE_DATA, 48 << 10, 2, 8 },
    { 1, PADDOCK_HARDWARE_CACHE_INSTRUCTION, 32 << 10, 2, 8 },
    { 3, PADDOCK_HARDWARE_CACHE_UNIFIED, 32 << 20, 16, 1 },
    { 4, PADDOCK_HARDWARE_CACHE_UNIFIED, 64 << 20, 16, 0 },
  };
  g_autoptr (PaddockHardwareProcessor) processor = paddock_hardware_processor_new ();
  g_autofree char *none = paddock_computer_words_dup_caches (processor);
  g_autofree char *some = NULL;

  g_assert_null (none);
  g_array_append_vals (processor->caches, caches, G_N_ELEMENTS (caches));
  some = paddock_computer_words_dup_caches (processor);
  g_assert_cmpstr (some, ==, "L1: 8 × 48.0" BLANK "KiB, L3: 32.0" BLANK "MiB, L4: 64.0" BLANK "MiB");
}

static void
assert_summary (const PaddockHardwareSnapshot *computer, const char *expected)
{
  g_autofree char *text = paddock_computer_words_dup_summary (computer);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_summary (void)
{
  g_autoptr (PaddockHardwareSnapshot) empty = paddock_hardware_draft_end (paddock_hardware_draft_new ());
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  PaddockHardwareDevice *card = paddock_hardware_device_new ("CUDA0", PADDOCK_DEVICE_DISCRETE);
  g_autoptr (PaddockHardwareSnapshot) full = NULL;

  assert_summary (NULL, NULL);
  assert_summary (empty, "Nothing is known of it yet");
  /* What a driver says may be any bytes. */
  card->name = g_strdup ("Card\nOne");
  paddock_hardware_number_set (&card->total, 24 * GB, "driver");
  paddock_hardware_number_set (&draft->memory->total, 64 * GB, "somewhere");
  paddock_hardware_draft_add_device (draft, card);
  paddock_hardware_draft_add_device (draft, paddock_hardware_device_new ("pci:0", PADDOCK_DEVICE_INTEGRATED));
  full = paddock_hardware_draft_end (draft);
  assert_summary (full, "64.0" BLANK "GB of memory, Card\\nOne (24.0" BLANK "GB), pci:0");
}

static void
test_kinds (void)
{
  g_assert_cmpstr (paddock_computer_words_get_kind (PADDOCK_DEVICE_DISCRETE), ==, "Has memory of its own");
  g_assert_cmpstr (paddock_computer_words_get_kind (PADDOCK_DEVICE_INTEGRATED), ==, "Works in the computer’s memory");
  g_assert_cmpstr (paddock_computer_words_get_kind (PADDOCK_DEVICE_REMOTE), ==, "Lent by another computer");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/computer-words/format", test_format);
  g_test_add_func ("/computer-words/source", test_source);
  g_test_add_func ("/computer-words/sets", test_sets);
  g_test_add_func ("/computer-words/caches", test_caches);
  g_test_add_func ("/computer-words/summary", test_summary);
  g_test_add_func ("/computer-words/kinds", test_kinds);
  return g_test_run ();
}
