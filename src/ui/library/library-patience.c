/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-patience.h"

#define MOMENT_MS 250

static void
show_spinners (gpointer user_data)
{
  PaddockLibraryPatience *self = user_data;

  self->source = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_widget_set_visible (self->large_spinner, TRUE);
}

/**
 * paddock_library_patience_set_waiting:
 * @self: a widget's patience
 * @waiting: whether something goes on
 */
void
paddock_library_patience_set_waiting (PaddockLibraryPatience *self, gboolean waiting)
{
  if (!waiting)
    {
      g_clear_handle_id (&self->source, g_source_remove);
      gtk_widget_set_visible (self->spinner, FALSE);
      gtk_widget_set_visible (self->large_spinner, FALSE);
    }
  else if (self->source == 0 && !gtk_widget_get_visible (self->spinner))
    self->source = g_timeout_add_once (MOMENT_MS, show_spinners, self);
}

void
paddock_library_patience_clear (PaddockLibraryPatience *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
}
