/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/own-limit-group.h"

#include "base/units.h"
#include "library/problem-words.h"
#include "model-store.h"

#include <glib/gi18n.h>

#define GIGABYTE 1000000000.0
#define SETTLE_MS 400                /* until a number that somebody turns is meant */

struct _PaddockOwnLimitGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  PaddockLibrary *library;
  guint settle_source;
  guint64 held;                      /* bytes in the own folder */

  /* Template */
  AdwSpinRow *limit_row;
};

G_DEFINE_FINAL_TYPE (PaddockOwnLimitGroup, paddock_own_limit_group, ADW_TYPE_PREFERENCES_GROUP)

static guint64
get_limit (PaddockOwnLimitGroup *self)
{
  return (guint64) (adw_spin_row_get_value (self->limit_row) * GIGABYTE);
}

static void
describe (PaddockOwnLimitGroup *self)
{
  guint64 limit = get_limit (self);
  g_autofree char *held = paddock_units_format_size (self->held);
  g_autofree char *over = paddock_units_format_size (self->held - MIN (limit, self->held));
  g_autofree char *text = limit > 0 && self->held > limit
                            ? g_strdup_printf (_("Holds %s, %s more than it should. “Free Space” proposes what could go."),
                                               held, over)
                            : g_strdup_printf (_("Holds %s"), held);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), text);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) near = user_data;
  g_autoptr (GError) error = NULL;

  if (!paddock_library_set_settings_finish (PADDOCK_LIBRARY (source), result, &error))
    paddock_problem_words_say (near, _("The limit was not kept"), error);
}

static void
save (PaddockOwnLimitGroup *self)
{
  g_autoptr (PaddockLibrarySettings) settings = NULL;

  g_clear_handle_id (&self->settle_source, g_source_remove);
  if (get_limit (self) == paddock_library_get_settings (self->library)->own_limit)
    return;
  settings = paddock_library_settings_copy (paddock_library_get_settings (self->library));
  settings->own_limit = get_limit (self);
  paddock_library_set_settings_async (self->library, settings, on_set, g_object_ref (self));
}

static void
on_settled (gpointer user_data)
{
  PaddockOwnLimitGroup *self = user_data;

  self->settle_source = 0;
  save (self);
}

static void
on_limit_changed (PaddockOwnLimitGroup *self)
{
  if (self->library == NULL)
    return;
  describe (self);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  self->settle_source = g_timeout_add_once (SETTLE_MS, on_settled, self);
}

/* Whoever leaves the page at once meant the number all the same. */
static void
paddock_own_limit_group_unmap (GtkWidget *widget)
{
  PaddockOwnLimitGroup *self = PADDOCK_OWN_LIMIT_GROUP (widget);

  if (self->settle_source != 0)
    save (self);
  GTK_WIDGET_CLASS (paddock_own_limit_group_parent_class)->unmap (widget);
}

static void
paddock_own_limit_group_dispose (GObject *object)
{
  PaddockOwnLimitGroup *self = PADDOCK_OWN_LIMIT_GROUP (object);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_object (&self->library);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_OWN_LIMIT_GROUP);
  G_OBJECT_CLASS (paddock_own_limit_group_parent_class)->dispose (object);
}

static void
paddock_own_limit_group_class_init (PaddockOwnLimitGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_own_limit_group_dispose;
  widget_class->unmap = paddock_own_limit_group_unmap;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/own-limit-group.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockOwnLimitGroup, limit_row);
  gtk_widget_class_bind_template_callback (widget_class, on_limit_changed);
}

static void
paddock_own_limit_group_init (PaddockOwnLimitGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_own_limit_group_set_library:
 * @self: the group
 * @library: whose limit it is
 */
void
paddock_own_limit_group_set_library (PaddockOwnLimitGroup *self, PaddockLibrary *library)
{
  adw_spin_row_set_value (self->limit_row, (double) paddock_library_get_settings (library)->own_limit / GIGABYTE);
  g_set_object (&self->library, library);
}

/**
 * paddock_own_limit_group_show:
 * @self: the group
 * @storage: where the bytes are
 */
void
paddock_own_limit_group_show (PaddockOwnLimitGroup *self, const PaddockLibraryStorage *storage)
{
  self->held = 0;
  for (guint i = 0; i < storage->by_store->len; i++)
    {
      const PaddockStorageShare *share = g_ptr_array_index (storage->by_store, i);
      const PaddockModelStore *store = paddock_model_store_find (share->id);

      if (store != NULL && (store->flags & PADDOCK_STORE_OWN) != 0)
        self->held += share->bytes;
    }
  describe (self);
}
