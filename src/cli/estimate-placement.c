/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate-placement.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/units.h"
#include "estimate/placement-arguments.h"
#include "output.h"
#include "text-table.h"

#define INDENT "  "

static void
add_known (PaddockJsonWriter *writer, const char *name, gboolean known, guint64 value)
{
  if (known)
    paddock_json_writer_add_uint (writer, name, value);
  else
    paddock_json_writer_add_null (writer, name);
}

/* All that it has, and of an integrated one what it may take of the main memory. */
static guint64
count_capacity (const PaddockHardwareSnapshot *machine, const PaddockPlacementDevice *device)
{
  const PaddockHardwareDevice *seen = paddock_hardware_snapshot_find_device (machine, device->id);

  return device->total + (seen != NULL && seen->shared.known ? seen->shared.value : 0);
}

static void
add_device (PaddockJsonWriter *writer, const PaddockEstimatePlan *plan, guint index)
{
  const PaddockPlacementDevice *device = g_ptr_array_index (plan->devices, index);
  const PaddockPlacementShare *share = &plan->placement->shares[index];

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "id", device->id);
  paddock_json_writer_add_string (writer, "name", device->name);
  paddock_json_writer_add_string (writer, "kind", paddock_hardware_device_kind_get_name (device->kind));
  paddock_json_writer_add_uint (writer, "layers", share->layers);
  paddock_json_writer_add_uint (writer, "weights", share->weights);
  paddock_json_writer_add_uint (writer, "cache", share->cache);
  paddock_json_writer_add_uint (writer, "compute", share->compute);
  add_known (writer, "total", device->known, device->total);
  add_known (writer, "free", device->known && device->free_known, device->free);
  add_known (writer, "capacity", device->known, count_capacity (plan->machine, device));
  add_known (writer, "reserve", device->known, device->reserve);
  add_known (writer, "limit", device->known, share->limit);
  add_known (writer, "unload", device->known, share->unload);
  paddock_json_writer_end_object (writer);
}

/* In the engine's order, as --tensor-split has them. */
static void
add_split (PaddockJsonWriter *writer, const PaddockPlacement *placement)
{
  g_autofree char *split = paddock_placement_build_tensor_split (placement);
  g_auto (GStrv) parts = g_strsplit (split != NULL ? split : "", ",", -1);

  paddock_json_writer_begin_array (writer, "tensor_split");
  for (guint i = 0; parts[i] != NULL; i++)
    paddock_json_writer_add_uint (writer, NULL, g_ascii_strtoull (parts[i], NULL, 10));
  paddock_json_writer_end_array (writer);
}

static void
add_strings (PaddockJsonWriter *writer, const char *name, char **strings)
{
  paddock_json_writer_begin_array (writer, name);
  for (; strings != NULL && *strings != NULL; strings++)
    paddock_json_writer_add_string (writer, NULL, *strings);
  paddock_json_writer_end_array (writer);
}

static void
add_device_name (PaddockJsonWriter *writer, const char *member, const PaddockPlacement *placement, gboolean there,
                 guint index)
{
  const PaddockPlacementDevice *device = g_ptr_array_index (placement->devices, index);

  paddock_json_writer_add_string (writer, member, there ? device->name : NULL);
}

static void
add_placement (PaddockJsonWriter *writer, const PaddockPlacement *placement)
{
  g_autofree char *overrides = paddock_placement_build_overrides (placement);
  g_auto (GStrv) patterns = g_strsplit (overrides != NULL ? overrides : "", ",", -1);

  paddock_json_writer_begin_object (writer, "placement");
  paddock_json_writer_add_string (writer, "strategy", placement->strategy);
  paddock_json_writer_add_uint (writer, "gpu_layers", placement->gpu_layers);
  add_known (writer, "wanted_layers", placement->wanted != PADDOCK_PLACEMENT_ANY, placement->wanted);
  paddock_json_writer_add_uint (writer, "layers", (guint64) placement->n_layers + 1);
  paddock_json_writer_add_uint (writer, "cpu_experts", placement->cpu_experts);
  add_split (writer, placement);
  add_strings (writer, "overrides", patterns);
  add_device_name (writer, "projector", placement, placement->has_projector, placement->projector);
  add_device_name (writer, "draft", placement, placement->has_draft, placement->draft);
  paddock_json_writer_end_object (writer);
}

static char *
format_moment (const PaddockHardwareSnapshot *machine)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (machine->taken_at);
  char *text = moment != NULL ? g_date_time_format (moment, "%F %T") : NULL;

  return text != NULL ? text : g_strdup ("?");
}

static const char *
get_note_code (const PaddockEstimatePlan *plan)
{
  return plan->placement->total_only ? "free-memory-unknown" : "free-memory-may-change";
}

static char *
dup_note (const PaddockEstimatePlan *plan)
{
  g_autofree char *moment = format_moment (plan->machine);

  if (plan->placement->total_only)
    return g_strdup (_ ("How much memory is free is not known of every device: all of it is taken for free there."));
  /* Translators: %s is a day and time. */
  return g_strdup_printf (_ ("Free memory is as read at %s; it may change before the model runs."), moment);
}

static void
add_notes (PaddockJsonWriter *writer, const PaddockEstimatePlan *plan)
{
  g_autofree char *text = dup_note (plan);

  paddock_json_writer_begin_object (writer, "free_memory");
  paddock_json_writer_add_boolean (writer, "known", !plan->placement->total_only);
  paddock_json_writer_add_int (writer, "read_at", plan->machine->taken_at);
  paddock_json_writer_end_object (writer);
  paddock_json_writer_begin_array (writer, "notes");
  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "code", get_note_code (plan));
  paddock_json_writer_add_string (writer, "text", text);
  paddock_json_writer_end_object (writer);
  paddock_json_writer_end_array (writer);
}

void
paddock_estimate_placement_write_json (PaddockJsonWriter *writer, const PaddockEstimatePlan *plan)
{
  paddock_json_writer_begin_array (writer, "devices");
  for (guint i = 0; i < plan->devices->len; i++)
    add_device (writer, plan, i);
  paddock_json_writer_end_array (writer);
  add_placement (writer, plan->placement);
  add_strings (writer, "arguments", plan->arguments);
  add_notes (writer, plan);
}

static void
fill_device (guint row, char **cells, gpointer user_data)
{
  const PaddockEstimatePlan *plan = user_data;
  const PaddockPlacementDevice *device = g_ptr_array_index (plan->devices, row);
  const PaddockPlacementShare *share = &plan->placement->shares[row];

  cells[0] = paddock_units_escape (device->name, -1, 80);
  cells[1] = paddock_units_format_count (share->layers);
  cells[2] = paddock_units_format_size (share->weights);
  cells[3] = paddock_units_format_size (share->cache);
  cells[4] = paddock_units_format_size (share->compute);
  cells[5] = paddock_units_format_size (share->used);
  cells[6] = device->known ? paddock_units_format_size (share->limit) : g_strdup (_ ("unknown"));
}

static void
append_word (GString *line, const char *word)
{
  const gboolean plain = *word != '\0' && strspn (word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                                        "-_=+,./:@%") == strlen (word);
  g_autofree char *quoted = plain ? g_strdup (word) : g_shell_quote (word);
  g_autofree char *shown = paddock_units_escape (quoted, -1, G_MAXUINT16);

  if (line->len > 0)
    g_string_append_c (line, ' ');
  g_string_append (line, shown);
}

static void
print_command (const PaddockEstimatePlan *plan, const char *path)
{
  g_autoptr (GString) line = g_string_new ("llama-server -m");

  append_word (line, path);
  for (char **argument = plan->arguments; *argument != NULL; argument++)
    append_word (line, *argument);
  paddock_output_line ("\n%s", _ ("To run it like that"));
  paddock_output_line (INDENT "%s", line->str);
}

void
paddock_estimate_placement_print (const PaddockEstimatePlan *plan, const char *path)
{
  const PaddockTextColumn columns[] = {
    { _ ("Device"), FALSE, TRUE }, { _ ("Layers"), TRUE, FALSE },      { _ ("Weights"), TRUE, FALSE },
    { _ ("Cache"), TRUE, FALSE },  { _ ("Computation"), TRUE, FALSE }, { _ ("Together"), TRUE, FALSE },
    { _ ("Of"), TRUE, FALSE },
  };
  g_autofree char *note = dup_note (plan);

  paddock_output_line ("\n%s", _ ("Where it would go"));
  paddock_text_table_print (INDENT, columns, G_N_ELEMENTS (columns), plan->devices->len, fill_device, (gpointer) plan);
  if (plan->refusal != NULL)
    paddock_output_line (INDENT "%s.", plan->refusal);
  paddock_output_line (INDENT "%s", note);
  print_command (plan, path);
}
