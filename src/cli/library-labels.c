/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-labels.h"

#include "base/units.h"

#include <glib/gi18n.h>

/**
 * paddock_library_labels_state:
 * @state: of a model
 *
 * Returns: how it is called
 */
const char *
paddock_library_labels_state (PaddockEntryState state)
{
  switch (state)
    {
    case PADDOCK_ENTRY_READY:
      return _("ready");
    case PADDOCK_ENTRY_INCOMPLETE:
      return _("incomplete");
    case PADDOCK_ENTRY_UNFINISHED:
      return _("unfinished");
    case PADDOCK_ENTRY_DAMAGED:
      return _("damaged");
    case PADDOCK_ENTRY_OFFLINE:
    default:
      return _("offline");
    }
}

/**
 * paddock_library_labels_root_state:
 * @state: of a place
 *
 * Returns: how it is called
 */
const char *
paddock_library_labels_root_state (PaddockRootState state)
{
  switch (state)
    {
    case PADDOCK_ROOT_LISTED:
      return "";
    case PADDOCK_ROOT_OFFLINE:
      return _("offline");
    case PADDOCK_ROOT_UNREADABLE:
    default:
      return _("not readable");
    }
}

/**
 * paddock_library_labels_store:
 * @id: of a store
 *
 * Returns: what it is called by
 */
const char *
paddock_library_labels_store (const char *id)
{
  const PaddockModelStore *store = id != NULL ? paddock_model_store_find (id) : NULL;

  if (store == NULL)
    return "";
  return store->name != NULL ? store->name : _("Folder");
}

/**
 * paddock_library_labels_title:
 * @entry: a model
 *
 * Returns: (transfer full): its title, in one line
 */
char *
paddock_library_labels_title (const PaddockLibraryEntry *entry)
{
  return paddock_units_escape (entry->title, -1, 0);
}

/**
 * paddock_library_labels_size:
 * @bytes: a size, or 0
 *
 * Returns: (transfer full): it for a person
 */
char *
paddock_library_labels_size (guint64 bytes)
{
  return bytes > 0 ? paddock_units_format_size (bytes) : g_strdup ("");
}
