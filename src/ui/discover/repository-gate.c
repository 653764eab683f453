/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/repository-gate.h"

#include "discover/discover-problem.h"

#include <glib/gi18n.h>

struct _PaddockRepositoryGate
{
  AdwPreferencesGroup parent_instance;

  gboolean gated;                    /* there are conditions, which can be met */

  /* Template */
  AdwActionRow *gate_row;
  GtkWidget *gate_button;
};

G_DEFINE_FINAL_TYPE (PaddockRepositoryGate, paddock_repository_gate, ADW_TYPE_PREFERENCES_GROUP)

static void
tell_gate (PaddockRepositoryGate *self, const char *title, const char *text, PaddockDiscoverRemedy remedy)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->gate_row), title);
  adw_action_row_set_subtitle (self->gate_row, text);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->gate_button), paddock_discover_problem_get_button (remedy));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->gate_button), paddock_discover_problem_get_action (remedy));
  gtk_widget_set_visible (self->gate_button, TRUE);
}

static void
paddock_repository_gate_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_REPOSITORY_GATE);
  G_OBJECT_CLASS (paddock_repository_gate_parent_class)->dispose (object);
}

static void
paddock_repository_gate_class_init (PaddockRepositoryGateClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_repository_gate_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/repository-gate.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryGate, gate_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryGate, gate_button);
}

static void
paddock_repository_gate_init (PaddockRepositoryGate *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_repository_gate_set_repository:
 * @self: the gate
 * @repository: what is behind it
 */
void
paddock_repository_gate_set_repository (PaddockRepositoryGate *self, const PaddockHubRepository *repository)
{
  gboolean manual = repository->gate == PADDOCK_HUB_GATED_MANUAL;

  self->gated = repository->gate != PADDOCK_HUB_OPEN && !repository->is_disabled;
  gtk_widget_set_visible (GTK_WIDGET (self), repository->gate != PADDOCK_HUB_OPEN || repository->is_disabled);
  if (repository->is_disabled)
    {
      tell_gate (self, _("The Hub Has Shut It"), _("Nothing can be downloaded from it."), PADDOCK_REMEDY_OPEN_PAGE);
      return;
    }
  tell_gate (self, manual ? _("Its Owner Looks at Each Request") : _("Its Owner Has Set Conditions"),
             manual ? _("Ask for it on its page, with an account of the hub.")
                    : _("Accept them on its page, with an account of the hub."),
             PADDOCK_REMEDY_OPEN_PAGE);
}

/**
 * paddock_repository_gate_update:
 * @self: the gate
 * @fits: what asks for files
 */
void
paddock_repository_gate_update (PaddockRepositoryGate *self, PaddockVariantFits *fits)
{
  const GError *error = paddock_variant_fits_get_refusal (fits);
  g_autoptr (PaddockDiscoverProblem) problem = error != NULL ? paddock_discover_problem_new (error) : NULL;

  if (!self->gated)
    return;
  if (problem != NULL)
    tell_gate (self, problem->title, problem->text, problem->remedy);
  else if (paddock_variant_fits_has_access (fits))
    {
      tell_gate (self, _("The Owner Lets You In"), _("You have accepted the conditions of this repository."),
                 PADDOCK_REMEDY_OPEN_PAGE);
      gtk_widget_set_visible (self->gate_button, FALSE);
    }
}
