/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/discover-failure.h"

#include "discover/discover-problem.h"

struct _PaddockDiscoverFailure
{
  AdwBin parent_instance;

  /* Template */
  AdwStatusPage *page;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (PaddockDiscoverFailure, paddock_discover_failure, ADW_TYPE_BIN)

static gboolean
paddock_discover_failure_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (PADDOCK_DISCOVER_FAILURE (widget)->button));
}

static void
paddock_discover_failure_dispose (GObject *object)
{
  /* The template would drop its own child, and leave the bin with a pointer to where it was. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_DISCOVER_FAILURE);
  G_OBJECT_CLASS (paddock_discover_failure_parent_class)->dispose (object);
}

static void
paddock_discover_failure_class_init (PaddockDiscoverFailureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_discover_failure_dispose;
  widget_class->grab_focus = paddock_discover_failure_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/discover-failure.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverFailure, page);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverFailure, button);
}

static void
paddock_discover_failure_init (PaddockDiscoverFailure *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_discover_failure_set_error:
 * @self: the failure
 * @error: why the hub gave no answer
 */
void
paddock_discover_failure_set_error (PaddockDiscoverFailure *self, const GError *error)
{
  g_autoptr (PaddockDiscoverProblem) problem = paddock_discover_problem_new (error);
  g_autofree char *markup = g_markup_escape_text (problem->text, -1);

  adw_status_page_set_icon_name (self->page, problem->icon);
  adw_status_page_set_title (self->page, problem->title);
  adw_status_page_set_description (self->page, markup);
  gtk_button_set_label (self->button, paddock_discover_problem_get_button (problem->remedy));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), paddock_discover_problem_get_action (problem->remedy));
}
