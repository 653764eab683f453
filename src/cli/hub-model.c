/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-model.h"

#include "base/units.h"
#include "command.h"
#include "estimate-answer.h"
#include "estimate-machine.h"
#include "hub-json-output.h"
#include "output.h"
#include "property-list.h"
#include "report-output.h"

#include <glib/gi18n.h>

#define INDENT "  "

typedef struct
{
  /* Borrowed */
  const PaddockHubListing *listing;
  const PaddockHubVariant *variant;
  const PaddockHubHeader *header;

  PaddockMemoryRequest request;
  PaddockMemoryEstimate estimate;
  PaddockEstimatePlan *plan; /* Owned; NULL: nobody can tell what it needs */
  char *reason;              /* Owned */
} Model;

/* What the model needs and where it goes; the status where that was asked for in a wrong way. */
static int
place (Model *model, const PaddockEstimateOptions *options)
{
  PaddockModelShape *shape = model->header->shape;
  g_autoptr (GPtrArray) adapters = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  PaddockHardwareSnapshot *machine;
  int status = PADDOCK_EXIT_DONE;

  model->reason = g_strdup (model->header->reason);
  if (shape == NULL)
    return PADDOCK_EXIT_DONE;
  if (!paddock_estimate_options_apply (options, shape, &model->request))
    return PADDOCK_EXIT_USAGE;
  if (!paddock_memory_estimate_compute (&model->estimate, shape, &model->request, &error))
    {
      model->reason = g_strdup (error->message);
      return PADDOCK_EXIT_DONE;
    }
  machine = paddock_estimate_machine_find (options, &status);
  if (machine == NULL)
    return status;
  model->plan = paddock_estimate_plan_new (machine, options, shape, &model->request, &model->estimate, adapters, &status);
  return status;
}

static PaddockFit
get_fit (const Model *model)
{
  return model->plan != NULL ? model->plan->placement->fit : PADDOCK_FIT_UNKNOWN;
}

static gboolean
is_memory_known (const Model *model)
{
  return model->plan != NULL && paddock_hardware_memory_get_usable (model->plan->machine->memory, NULL, NULL, NULL);
}

static void
add_known (PaddockJsonWriter *writer, const char *name, gboolean known, guint64 value)
{
  if (known)
    paddock_json_writer_add_uint (writer, name, value);
  else
    paddock_json_writer_add_null (writer, name);
}

static void
write_json (const Model *model)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);
  const PaddockModelInfo *info = model->header->info;
  g_autofree const char **capabilities = paddock_capabilities_list (info->capabilities);
  gboolean placed = model->plan != NULL;

  paddock_json_writer_begin_object (writer, NULL);
  paddock_hub_json_output_add_repository (writer, model->listing->repository);
  paddock_json_writer_begin_object (writer, "model");
  paddock_json_writer_add_string (writer, "label", model->variant->label);
  paddock_json_writer_add_known (writer, "size", model->variant->size);
  paddock_json_writer_add_string (writer, "name", info->name);
  paddock_json_writer_add_string (writer, "architecture", info->architecture);
  paddock_json_writer_add_string (writer, "quantization", info->quantization);
  paddock_json_writer_add_known (writer, "parameters", info->parameters);
  paddock_json_writer_add_known (writer, "context_length", info->context_length);
  paddock_hub_json_output_add_strings (writer, "capabilities", capabilities);
  add_known (writer, "memory", placed, model->estimate.total);
  add_known (writer, "context", placed, model->request.context);
  add_known (writer, "largest_context", is_memory_known (model), placed ? model->plan->largest_context : 0);
  paddock_json_writer_add_string (writer, "verdict", paddock_fit_get_id (get_fit (model)));
  paddock_json_writer_add_string (writer, "reason", model->reason);
  paddock_json_writer_begin_object (writer, "health");
  paddock_report_output_add (writer, model->header->report);
  paddock_json_writer_end_object (writer);
  paddock_json_writer_add_uint (writer, "fetched", model->header->fetched);
  paddock_hub_json_output_add_files (writer, "files", model->variant->files);
  paddock_json_writer_end_object (writer);
  paddock_json_writer_end_object (writer);
}

static void
take_size (PaddockPropertyList *list, const char *name, gint64 bytes)
{
  if (bytes >= 0)
    paddock_property_list_take (list, name, paddock_units_format_size ((guint64) bytes));
}

static void
print_text (const Model *model)
{
  g_autoptr (PaddockPropertyList) list = paddock_property_list_new ();
  const PaddockModelInfo *info = model->header->info;
  g_autofree const char **capabilities = paddock_capabilities_list (info->capabilities);
  g_autofree char *abilities = g_strjoinv (", ", (char **) capabilities);

  paddock_property_list_add (list, _("Repository"), model->listing->repository->id);
  paddock_property_list_add (list, _("Name"), info->name);
  paddock_property_list_add (list, _("Architecture"), info->architecture_name);
  paddock_property_list_add (list, _("Quantization"), info->quantization);
  if (info->parameters >= 0)
    paddock_property_list_take (list, _("Parameters"), paddock_units_format_parameters (info->parameters));
  paddock_property_list_add (list, _("Capabilities"), abilities);
  take_size (list, _("Size"), model->variant->size);
  if (model->plan != NULL)
    {
      take_size (list, _("Memory"), (gint64) MIN (model->estimate.total, G_MAXINT64));
      paddock_property_list_add_count (list, _("Context"), model->request.context);
    }
  if (is_memory_known (model))
    paddock_property_list_add_count (list, _("Largest context that fits"), model->plan->largest_context);
  paddock_property_list_add (list, _("Verdict"), paddock_estimate_answer_describe_fit (get_fit (model)));
  paddock_property_list_add (list, _("Because"), model->reason);
  paddock_property_list_add (list, _("Health"), paddock_report_output_describe (model->header->report));
  paddock_property_list_print (list, "");
  paddock_report_output_print (model->header->report);
}

/**
 * paddock_hub_model_show:
 * @listing: a repository
 * @variant: a model in it
 * @header: what its files say
 * @options: how it would be run, and where
 * @json: for programs
 *
 * Returns: the program's status
 */
int
paddock_hub_model_show (const PaddockHubListing *listing,
                        const PaddockHubVariant *variant,
                        const PaddockHubHeader *header,
                        const PaddockEstimateOptions *options,
                        gboolean json)
{
  Model model = { listing, variant, header };
  int status = place (&model, options);

  if (status == PADDOCK_EXIT_DONE && json)
    write_json (&model);
  else if (status == PADDOCK_EXIT_DONE)
    print_text (&model);
  if (status == PADDOCK_EXIT_DONE && paddock_model_report_get_verdict (header->report) == PADDOCK_VERDICT_REJECT)
    status = PADDOCK_EXIT_NO;
  g_clear_pointer (&model.plan, paddock_estimate_plan_free);
  g_free (model.reason);
  return status;
}
