/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/model-filter.h"

#include <glib/gi18n.h>

/**
 * paddock_model_filter_new:
 *
 * Returns: (transfer full): a filter that lets model files through
 */
GtkFileFilter *
paddock_model_filter_new (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Model files (GGUF)"));
  gtk_file_filter_add_suffix (filter, "gguf");
  return filter;
}
