/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "downloads/download-menu.h"

#include "downloads/download-words.h"

#include <glib/gi18n.h>

#define MEGABYTE 1000000u

static const guint64 limits[]
    = { 0, MEGABYTE / 2, MEGABYTE, 2 * MEGABYTE, 5 * MEGABYTE, 10 * MEGABYTE, 25 * MEGABYTE, 50 * MEGABYTE };
static const guint counts[] = { 1, 2, 3, 4, 8 };

static void
add (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static GVariant *
name (PaddockDownload *download)
{
  return g_variant_new_bytestring (paddock_download_get_target (download));
}

/* A choice among several is marked: so what is chosen by now is the target of none of the others. */
static void
add_choice (GMenu *menu, const char *label, gboolean chosen, const char *action, GVariant *target)
{
  /* Translators: one of several, which is chosen at the moment. */
  g_autofree char *marked = chosen ? g_strdup_printf (_("%s ✓"), label) : g_strdup (label);

  add (menu, marked, action, target);
}

GMenuModel *
paddock_download_menu_new_limits (PaddockDownload *download)
{
  GMenu *menu = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *label = paddock_download_words_dup_limit (limits[i]);

      if (download == NULL)
        add (menu, label, "downloads.limit", g_variant_new_uint64 (limits[i]));
      else
        add_choice (menu, label, paddock_download_get_limit (download) == limits[i], "downloads.limit-one",
                    g_variant_new ("(@ayt)", name (download), limits[i]));
    }
  return G_MENU_MODEL (menu);
}

GMenuModel *
paddock_download_menu_new_counts (void)
{
  GMenu *menu = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *label = g_strdup_printf (ngettext ("%u at a Time", "%u at a Time", counts[i]), counts[i]);

      add (menu, label, "downloads.concurrency", g_variant_new_uint32 (counts[i]));
    }
  return G_MENU_MODEL (menu);
}

static GMenuModel *
make_moves (PaddockDownload *download)
{
  GMenu *menu = g_menu_new ();

  add (menu, _("Move to the _Top"), "downloads.move", g_variant_new ("(@ayi)", name (download), G_MININT32));
  add (menu, _("Move _Up"), "downloads.move", g_variant_new ("(@ayi)", name (download), -1));
  add (menu, _("Move _Down"), "downloads.move", g_variant_new ("(@ayi)", name (download), 1));
  add (menu, _("Move to the _Bottom"), "downloads.move", g_variant_new ("(@ayi)", name (download), G_MAXINT32));
  return G_MENU_MODEL (menu);
}

static GMenuModel *
make_priorities (PaddockDownload *download)
{
  const char *const labels[] = { _("Low"), _("Normal"), _("High") };
  GMenu *menu = g_menu_new ();

  for (guint i = PADDOCK_DOWNLOAD_HIGH + 1; i-- > 0;)
    add_choice (menu, labels[i], paddock_download_get_priority (download) == i, "downloads.priority",
                g_variant_new ("(@ayu)", name (download), i));
  return G_MENU_MODEL (menu);
}

GMenuModel *
paddock_download_menu_new (PaddockDownload *download)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();

  if (!paddock_download_is_over (download))
    {
      g_autoptr (GMenu) choices = g_menu_new ();
      g_autoptr (GMenuModel) priorities = make_priorities (download), rates = paddock_download_menu_new_limits (download);
      g_autoptr (GMenuModel) moves = make_moves (download);

      if (paddock_download_get_state (download) == PADDOCK_DOWNLOAD_WAITING)
        add (menu, _("_Try Now"), "downloads.resume", name (download));
      g_menu_append_submenu (choices, _("_Priority"), priorities);
      g_menu_append_submenu (choices, _("_Speed Limit"), rates);
      g_menu_append_section (menu, NULL, moves);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (choices));
    }
  if (paddock_download_get_state (download) != PADDOCK_DOWNLOAD_DONE)
    {
      add (last, _("_Add a Mirror…"), "downloads.add-mirror", name (download));
      add (last, _("Start _Over"), "downloads.start-over", name (download));
    }
  add (last, _("_Copy Address"), "downloads.copy", name (download));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  return G_MENU_MODEL (menu);
}
