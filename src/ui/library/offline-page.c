/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/offline-page.h"

#include "library/library-words.h"

#include <glib/gi18n.h>

/**
 * paddock_offline_page_new:
 * @entry: a model that is not there
 *
 * Returns: (transfer floating): a page with the name that it had when it was there
 */
AdwNavigationPage *
paddock_offline_page_new (const PaddockLibraryEntry *entry)
{
  g_autofree char *title = paddock_library_words_dup_title (entry);
  g_autofree char *reason = paddock_library_words_dup_reason (entry);
  g_autofree char *description = g_markup_escape_text (reason, -1);
  GtkWidget *status = adw_status_page_new ();
  GtkWidget *toolbar = adw_toolbar_view_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "drive-harddisk-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _("The Model Is Not There"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), description);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), status);
  return adw_navigation_page_new (toolbar, title);
}
