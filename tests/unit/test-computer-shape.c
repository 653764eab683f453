/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/computer-shape.h"
#include "hardware/hardware-draft.h"

#define GB G_GUINT64_CONSTANT (1000000000)
#define CARD "CUDA0"

static PaddockHardwareDraft *
begin (void)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  PaddockHardwareDevice *card = paddock_hardware_device_new (CARD, PADDOCK_DEVICE_DISCRETE);

  paddock_hardware_number_set (&draft->memory->total, 64 * GB, "somewhere");
  paddock_hardware_number_set (&draft->processor->cores, 8, "somewhere");
  paddock_hardware_number_set (&draft->processor->threads, 16, "somewhere");
  card->name = g_strdup ("Card");
  paddock_hardware_draft_add_device (draft, card);
  return draft;
}

/* Ends the draft, and says whether its rows are those of the one that begin() makes. */
static gboolean
is_alike (PaddockHardwareDraft *draft)
{
  g_autoptr (PaddockHardwareSnapshot) usual = paddock_hardware_draft_end (begin ());
  g_autoptr (PaddockHardwareSnapshot) other = paddock_hardware_draft_end (draft);
  g_autofree char *first = paddock_computer_shape_dup (usual);
  g_autofree char *second = paddock_computer_shape_dup (other);

  return g_str_equal (first, second);
}

/* The rows stay, whatever their numbers become. */
static void
test_numbers (void)
{
  PaddockHardwareDraft *draft = begin ();

  paddock_hardware_number_override (&draft->memory->total, 128 * GB, "set by you");
  paddock_hardware_number_set (&draft->memory->available, 7 * GB, "somewhere");
  paddock_hardware_number_set (&draft->memory->swap_total, 0, "somewhere");
  paddock_hardware_number_set (&draft->processor->cores, 6, "elsewhere");
  paddock_hardware_number_set (&draft->processor->sockets, 1, "somewhere");
  paddock_hardware_number_set (&draft->processor->allowed, 16, "somewhere");
  paddock_hardware_number_set (&paddock_hardware_draft_find_device (draft, NULL, CARD)->free, GB, "driver");
  g_assert_true (is_alike (draft));
}

static void
test_numbers_with_rows (void)
{
  PaddockHardwareDraft *draft = begin ();

  paddock_hardware_number_set (&draft->memory->swap_total, GB, "somewhere");
  g_assert_false (is_alike (draft));
  draft = begin ();
  paddock_hardware_number_set (&draft->memory->limit, GB, "somewhere");
  g_assert_false (is_alike (draft));
  draft = begin ();
  paddock_hardware_number_set (&draft->processor->sockets, 2, "somewhere");
  g_assert_false (is_alike (draft));
  draft = begin ();
  paddock_hardware_number_set (&draft->processor->allowed, 4, "somewhere");
  g_assert_false (is_alike (draft));
  draft = begin ();
  paddock_hardware_number_clear (&draft->processor->cores);
  g_assert_false (is_alike (draft));
  draft = begin ();
  paddock_hardware_number_set (&paddock_hardware_draft_find_device (draft, NULL, CARD)->shared, GB, "driver");
  g_assert_false (is_alike (draft));
}

static void
test_parts (void)
{
  PaddockHardwareDraft *draft = begin ();

  g_set_str (&paddock_hardware_draft_find_device (draft, NULL, CARD)->name, "Other");
  g_assert_false (is_alike (draft));
  draft = begin ();
  g_ptr_array_set_size (draft->devices, 0);
  g_assert_false (is_alike (draft));
  draft = begin ();
  paddock_hardware_draft_add_device (draft, paddock_hardware_device_new ("CUDA1", PADDOCK_DEVICE_DISCRETE));
  g_assert_false (is_alike (draft));
  draft = begin ();
  paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_CONTAINER, NULL, NULL);
  g_assert_false (is_alike (draft));
  draft = begin ();
  g_set_str (&draft->processor->name, "Processor");
  g_assert_false (is_alike (draft));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/computer-shape/numbers", test_numbers);
  g_test_add_func ("/computer-shape/numbers-with-rows", test_numbers_with_rows);
  g_test_add_func ("/computer-shape/parts", test_parts);
  return g_test_run ();
}
