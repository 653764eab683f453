/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/sign-in-dialog.h"

#include "discover/browser-link.h"
#include "hub-token.h"

#include <glib/gi18n.h>

#define SIGN_IN_RESPONSE "sign-in"

struct _PaddockSignInDialog
{
  AdwAlertDialog parent_instance;

  /* Owned */
  char *endpoint;

  /* Template */
  GtkEditable *token_row;
};

enum
{
  SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockSignInDialog, paddock_sign_in_dialog, ADW_TYPE_ALERT_DIALOG)

static void
on_token_changed (PaddockSignInDialog *self)
{
  g_autofree char *token = paddock_hub_token_clean (gtk_editable_get_text (self->token_row));

  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), SIGN_IN_RESPONSE, token != NULL);
}

/* Where the hub lets people make tokens. */
static void
on_make_clicked (PaddockSignInDialog *self)
{
  g_autofree char *address = g_strconcat (self->endpoint, "/settings/tokens", NULL);

  paddock_browser_link_open (GTK_WIDGET (self), address);
}

static void
paddock_sign_in_dialog_response (AdwAlertDialog *dialog, const char *response)
{
  PaddockSignInDialog *self = PADDOCK_SIGN_IN_DIALOG (dialog);
  g_autofree char *token = paddock_hub_token_clean (gtk_editable_get_text (self->token_row));

  if (g_str_equal (response, SIGN_IN_RESPONSE) && token != NULL)
    g_signal_emit (self, signals[SIGNED_IN], 0, token);
}

static void
paddock_sign_in_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_SIGN_IN_DIALOG);
  G_OBJECT_CLASS (paddock_sign_in_dialog_parent_class)->dispose (object);
}

static void
paddock_sign_in_dialog_finalize (GObject *object)
{
  g_free (PADDOCK_SIGN_IN_DIALOG (object)->endpoint);
  G_OBJECT_CLASS (paddock_sign_in_dialog_parent_class)->finalize (object);
}

static void
paddock_sign_in_dialog_class_init (PaddockSignInDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = paddock_sign_in_dialog_dispose;
  object_class->finalize = paddock_sign_in_dialog_finalize;
  ADW_ALERT_DIALOG_CLASS (klass)->response = paddock_sign_in_dialog_response;

  /**
   * PaddockSignInDialog::signed-in:
   * @token: what the person gave
   *
   * The hub can be asked with it.
   */
  signals[SIGNED_IN] = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockSignInDialog, token_row);
  gtk_widget_class_bind_template_callback (widget_class, on_token_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_make_clicked);
}

static void
paddock_sign_in_dialog_init (PaddockSignInDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->token_row));
  on_token_changed (self);
}

/**
 * paddock_sign_in_dialog_new:
 * @endpoint: where the hub is
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
paddock_sign_in_dialog_new (const char *endpoint)
{
  PaddockSignInDialog *self = g_object_new (PADDOCK_TYPE_SIGN_IN_DIALOG, NULL);

  self->endpoint = g_strdup (endpoint);
  return ADW_DIALOG (self);
}
