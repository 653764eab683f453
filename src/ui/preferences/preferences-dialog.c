/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences/preferences-dialog.h"

#include "preferences/hub-group.h"

/**
 * PaddockPreferencesDialog:
 *
 * What a person may decide about the application as a whole; every change counts at once.
 */
struct _PaddockPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  /* Template */
  AdwToggleGroup *color_scheme;
  AdwSwitchRow *check_models;
  PaddockHubGroup *hub_group;
};

G_DEFINE_FINAL_TYPE (PaddockPreferencesDialog, paddock_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static void
paddock_preferences_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_PREFERENCES_DIALOG);

  G_OBJECT_CLASS (paddock_preferences_dialog_parent_class)->dispose (object);
}

static void
paddock_preferences_dialog_class_init (PaddockPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_preferences_dialog_dispose;

  g_type_ensure (PADDOCK_TYPE_HUB_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockPreferencesDialog, color_scheme);
  gtk_widget_class_bind_template_child (widget_class, PaddockPreferencesDialog, check_models);
  gtk_widget_class_bind_template_child (widget_class, PaddockPreferencesDialog, hub_group);
}

static void
paddock_preferences_dialog_init (PaddockPreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_preferences_dialog_new:
 * @settings: the settings to show and change
 * @sign_in: (nullable): who asks the hub
 * @session: (nullable): what asks it
 *
 * Returns: (transfer floating): a dialog to present
 */
AdwDialog *
paddock_preferences_dialog_new (GSettings *settings, PaddockSignIn *sign_in, PaddockHubSession *session)
{
  PaddockPreferencesDialog *self;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (PADDOCK_TYPE_PREFERENCES_DIALOG, NULL);
  g_settings_bind (settings, "color-scheme", self->color_scheme, "active-name", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "check-models", self->check_models, "active", G_SETTINGS_BIND_DEFAULT);
  paddock_hub_group_set_services (self->hub_group, settings, session, sign_in);
  return ADW_DIALOG (self);
}
