/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/saved-filter-bar.h"

#include "base/units.h"
#include "library/filter-choices.h"
#include "widgets/entry-dialog.h"
#include "widgets/lasting-dialog.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

#define NAME_CHARS 60
#define LABEL_CHARS 24

struct _PaddockSavedFilterBar
{
  AdwBin parent_instance;

  /* Owned */
  PaddockSavedFilters *filters;
  PaddockLibraryQuery *query;        /* what is shown */
  guint rebuild_source;

  /* Template */
  AdwWrapBox *box;
  GtkWidget *save_button;
  GMenuModel *filter_menu;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockSavedFilterBar, paddock_saved_filter_bar, ADW_TYPE_BIN)

/* What the button of a toast takes back. */
typedef struct
{
  PaddockSavedFilters *filters;
  char *name;                        /* of what there was */
  char *json;
  char *renamed;                     /* its name now; NULL: it was removed */
  guint n;
} Undo;

static void
free_undo (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->filters);
  g_free (undo->name);
  g_free (undo->json);
  g_free (undo->renamed);
  g_free (undo);
}

static void
take_back (const Undo *undo)
{
  guint n;

  if (undo->renamed == NULL)
    paddock_saved_filters_insert (undo->filters, undo->n, undo->name, undo->json);
  else if (paddock_saved_filters_find (undo->filters, undo->renamed, &n))
    paddock_saved_filters_rename (undo->filters, n, undo->name);
}

static void
offer_undo (PaddockSavedFilterBar *self, guint n, const char *renamed)
{
  Undo *undo = g_new0 (Undo, 1);
  g_autofree char *name = paddock_units_escape (paddock_saved_filters_get_name (self->filters, n), -1, NAME_CHARS);
  g_autofree char *text = NULL;

  undo->filters = g_object_ref (self->filters);
  undo->name = g_strdup (paddock_saved_filters_get_name (self->filters, n));
  undo->json = g_strdup (paddock_saved_filters_get_json (self->filters, n));
  undo->renamed = g_strdup (renamed);
  undo->n = n;
  /* Translators: %s is the name of a saved filter. */
  text = g_strdup_printf (renamed != NULL ? _("Filter “%s” renamed") : _("Filter “%s” deleted"), name);
  paddock_undo_toast_show (GTK_WIDGET (self), text, G_CALLBACK (take_back), undo, free_undo);
}

static void
on_toggled (PaddockSavedFilterBar *self, GtkToggleButton *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "paddock-name");
  g_autofree char *json = NULL;
  guint n;

  if (!paddock_saved_filters_find (self->filters, name, &n))
    return;
  json = g_strdup (gtk_toggle_button_get_active (button) ? paddock_saved_filters_get_json (self->filters, n) : "");
  g_signal_emit (self, signals[CHOSEN], 0, json);
}

static GtkWidget *
create_menu_button (PaddockSavedFilterBar *self, const char *label)
{
  GtkWidget *button = gtk_menu_button_new ();
  /* Translators: %s is the name of a saved filter. */
  g_autofree char *tooltip = g_strdup_printf (_("Actions for Filter “%s”"), label);

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), self->filter_menu);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "filter-chip-menu");
  return button;
}

static GtkWidget *
create_toggle (PaddockSavedFilterBar *self, const char *name, const char *label)
{
  GtkWidget *text = gtk_label_new (label);
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (text), LABEL_CHARS);
  gtk_button_set_child (GTK_BUTTON (button), text);
  gtk_widget_add_css_class (button, "filter-chip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "paddock-name", g_strdup (name), g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
create_chip (PaddockSavedFilterBar *self, guint n)
{
  const char *name = paddock_saved_filters_get_name (self->filters, n);
  g_autofree char *label = paddock_units_escape (name, -1, NAME_CHARS);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), create_toggle (self, name, label));
  gtk_box_append (GTK_BOX (box), create_menu_button (self, label));
  return box;
}

static gboolean
find_shown (PaddockSavedFilterBar *self, guint *n)
{
  return self->query != NULL && paddock_saved_filters_match (self->filters, self->query, n);
}

/* Only what is shown can be renamed or deleted: one knows then what it is. */
static void
update_chip (PaddockSavedFilterBar *self, GtkWidget *box, gboolean shown)
{
  GtkWidget *toggle = gtk_widget_get_first_child (box);

  g_signal_handlers_block_by_func (toggle, on_toggled, self);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), shown);
  g_signal_handlers_unblock_by_func (toggle, on_toggled, self);
  gtk_widget_set_visible (gtk_widget_get_last_child (box), shown);
}

static void
update (PaddockSavedFilterBar *self)
{
  guint shown = G_MAXUINT;
  gboolean unsaved = !find_shown (self, &shown) && self->query != NULL && paddock_library_query_is_filtered (self->query);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  for (guint i = 0; child != self->save_button; child = gtk_widget_get_next_sibling (child), i++)
    update_chip (self, child, i == shown);
  gtk_widget_set_visible (self->save_button, unsaved);
  gtk_widget_set_visible (GTK_WIDGET (self), unsaved || paddock_saved_filters_count (self->filters) > 0);
}

static void
rebuild (gpointer user_data)
{
  PaddockSavedFilterBar *self = user_data;
  GtkWidget *child;

  self->rebuild_source = 0;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != self->save_button)
    adw_wrap_box_remove (self->box, child);
  for (guint i = paddock_saved_filters_count (self->filters); i > 0; i--)
    adw_wrap_box_prepend (self->box, create_chip (self, i - 1));
  update (self);
}

/* A turn later: the menu of one of the buttons may be what changed them. */
static void
on_filters_changed (PaddockSavedFilterBar *self)
{
  if (self->rebuild_source == 0)
    self->rebuild_source = g_idle_add_once (rebuild, self);
}

/* data: the name that it has already, NULL: it has none. */
static char *
check_name (PaddockSavedFilterBar *self, const char *text, const char *own)
{
  g_autofree char *name = g_strstrip (g_strdup (text));

  if (*name == '\0')
    return g_strdup (_("A filter needs a name"));
  if (g_utf8_strlen (name, -1) > NAME_CHARS)
    return g_strdup_printf (_("A name has at most %d characters"), NAME_CHARS);
  if (g_strcmp0 (name, own) != 0 && paddock_saved_filters_find (self->filters, name, NULL))
    return g_strdup (_("There is a filter of that name"));
  return NULL;
}

static char *
check_new_name (const char *text, gpointer user_data)
{
  return check_name (user_data, text, NULL);
}

static char *
check_other_name (const char *text, gpointer user_data)
{
  PaddockSavedFilterBar *self = user_data;
  guint n;

  return check_name (self, text, find_shown (self, &n) ? paddock_saved_filters_get_name (self->filters, n) : NULL);
}

static char *
dup_name (PaddockEntryDialog *dialog)
{
  return g_strstrip (paddock_entry_dialog_dup_text (dialog, 0));
}

static void
on_named (PaddockSavedFilterBar *self, PaddockEntryDialog *dialog)
{
  g_autofree char *name = dup_name (dialog);
  g_autofree char *json = paddock_library_query_to_json (self->query);

  paddock_saved_filters_insert (self->filters, G_MAXUINT, name, json);
}

/* What it asks for, in the words that the person has seen. */
static char *
dup_suggestion (PaddockSavedFilterBar *self)
{
  g_autoptr (GPtrArray) chosen = paddock_filter_choices_chosen (self->query);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;
  g_autofree char *joined = NULL;

  if (self->query->text != NULL && *self->query->text != '\0')
    g_strv_builder_add (words, self->query->text);
  for (guint i = 0; i < chosen->len; i++)
    {
      const PaddockFilterChoice *choice = g_ptr_array_index (chosen, i);

      g_strv_builder_take (words, paddock_filter_choices_dup_label (choice->field, choice->value));
    }
  parts = g_strv_builder_end (words);
  joined = g_strjoinv (", ", parts);
  return g_utf8_substring (joined, 0, MIN (g_utf8_strlen (joined, -1), NAME_CHARS));
}

static void
ask_for_name (PaddockSavedFilterBar *self, PaddockEntryDialog *dialog, const char *name, PaddockEntryCheck check,
              void (*done) (PaddockSavedFilterBar *, PaddockEntryDialog *))
{
  paddock_entry_dialog_add (dialog, _("Name"), name, check, g_object_ref (self), g_object_unref);
  g_signal_connect_object (dialog, "done", G_CALLBACK (done), self, G_CONNECT_SWAPPED);
  paddock_lasting_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
save_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockSavedFilterBar *self = PADDOCK_SAVED_FILTER_BAR (widget);
  g_autofree char *suggestion = dup_suggestion (self);

  ask_for_name (self, paddock_entry_dialog_new (_("Save Filter"), _("Search, filters and order, to be shown by one click."),
                                                _("_Save")),
                suggestion, check_new_name, on_named);
}

static void
on_renamed (PaddockSavedFilterBar *self, PaddockEntryDialog *dialog)
{
  g_autofree char *name = dup_name (dialog);
  guint n;

  if (!find_shown (self, &n) || g_str_equal (name, paddock_saved_filters_get_name (self->filters, n)))
    return;
  offer_undo (self, n, name);
  paddock_saved_filters_rename (self->filters, n, name);
}

static void
rename_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockSavedFilterBar *self = PADDOCK_SAVED_FILTER_BAR (widget);
  guint n;

  if (find_shown (self, &n))
    ask_for_name (self, paddock_entry_dialog_new (_("Rename the Filter"), NULL, _("_Rename")),
                  paddock_saved_filters_get_name (self->filters, n), check_other_name, on_renamed);
}

static void
delete_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockSavedFilterBar *self = PADDOCK_SAVED_FILTER_BAR (widget);
  guint n;

  if (!find_shown (self, &n))
    return;
  offer_undo (self, n, NULL);
  paddock_saved_filters_remove (self->filters, n);
}

static void
paddock_saved_filter_bar_dispose (GObject *object)
{
  PaddockSavedFilterBar *self = PADDOCK_SAVED_FILTER_BAR (object);

  g_clear_handle_id (&self->rebuild_source, g_source_remove);
  if (self->filters != NULL)
    g_signal_handlers_disconnect_by_data (self->filters, self);
  /* The template would drop its own child, and leave the bin with a pointer to where it was. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_SAVED_FILTER_BAR);
  g_clear_object (&self->filters);
  g_clear_pointer (&self->query, paddock_library_query_free);
  G_OBJECT_CLASS (paddock_saved_filter_bar_parent_class)->dispose (object);
}

static void
paddock_saved_filter_bar_class_init (PaddockSavedFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_saved_filter_bar_dispose;

  /**
   * PaddockSavedFilterBar::chosen:
   * @json: a query, or "" for one that lets everything through
   *
   * The person wants to see that.
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/saved-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockSavedFilterBar, box);
  gtk_widget_class_bind_template_child (widget_class, PaddockSavedFilterBar, save_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockSavedFilterBar, filter_menu);
  gtk_widget_class_install_action (widget_class, "saved-filter.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "saved-filter.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "saved-filter.delete", NULL, delete_action);
}

static void
paddock_saved_filter_bar_init (PaddockSavedFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_saved_filter_bar_set_filters:
 * @self: the bar
 * @filters: what it shows
 */
void
paddock_saved_filter_bar_set_filters (PaddockSavedFilterBar *self, PaddockSavedFilters *filters)
{
  self->filters = g_object_ref (filters);
  g_signal_connect_object (filters, "changed", G_CALLBACK (on_filters_changed), self, G_CONNECT_SWAPPED);
  rebuild (self);
}

/**
 * paddock_saved_filter_bar_show:
 * @self: the bar
 * @query: what is shown now
 */
void
paddock_saved_filter_bar_show (PaddockSavedFilterBar *self, const PaddockLibraryQuery *query)
{
  g_clear_pointer (&self->query, paddock_library_query_free);
  self->query = paddock_library_query_copy (query);
  if (self->rebuild_source == 0)
    update (self);
}
