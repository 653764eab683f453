/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-filter.h"

#include "library/filter-choices.h"

#include <glib/gi18n.h>

#define VALUES_SHOWN 24              /* of one field: the most frequent ones */
#define LABEL_CHARS 24

struct _PaddockLibraryFilter
{
  AdwBin parent_instance;

  /* Borrowed */
  PaddockLibraryQuery *query;

  /* Template */
  GtkBox *groups;
  GtkWidget *clear_button;
};

/* What a button switches. */
typedef struct
{
  PaddockFilterField field;
  char *value;
} Choice;

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockLibraryFilter, paddock_library_filter, ADW_TYPE_BIN)

static void
free_choice (gpointer data)
{
  Choice *choice = data;

  g_free (choice->value);
  g_free (choice);
}

static void
update_clear_button (PaddockLibraryFilter *self)
{
  g_autoptr (GPtrArray) chosen = paddock_filter_choices_chosen (self->query);

  gtk_widget_set_sensitive (self->clear_button, chosen->len > 0);
}

static void
on_toggled (PaddockLibraryFilter *self, GtkToggleButton *button)
{
  const Choice *choice = g_object_get_data (G_OBJECT (button), "paddock-choice");

  paddock_filter_choices_set (self->query, choice->field, choice->value, gtk_toggle_button_get_active (button));
  update_clear_button (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_clear_clicked (PaddockLibraryFilter *self)
{
  paddock_filter_choices_clear (self->query);
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER)));
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
create_button (PaddockLibraryFilter *self, const PaddockFilterChoice *choice)
{
  g_autofree char *label = paddock_filter_choices_dup_label (choice->field, choice->value);
  GtkWidget *text = gtk_label_new (label);
  GtkWidget *button = gtk_toggle_button_new ();
  Choice *owned = g_new0 (Choice, 1);

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (text), LABEL_CHARS);
  gtk_button_set_child (GTK_BUTTON (button), text);
  gtk_widget_add_css_class (button, "filter-chip");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                paddock_filter_choices_is_on (self->query, choice->field, choice->value));
  if (choice->count > 0)
    {
      g_autofree char *count =
        g_strdup_printf (ngettext ("%u model", "%u models", choice->count), choice->count);

      gtk_widget_set_tooltip_text (button, count);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  owned->field = choice->field;
  owned->value = g_strdup (choice->value);
  g_object_set_data_full (G_OBJECT (button), "paddock-choice", owned, free_choice);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_group (PaddockLibraryFilter *self, PaddockFilterField field, GPtrArray *choices)
{
  const char *title = paddock_filter_choices_get_title (field);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *box = adw_wrap_box_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dimmed");
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  for (guint i = 0; i < MIN (choices->len, VALUES_SHOWN); i++)
    adw_wrap_box_append (ADW_WRAP_BOX (box), create_button (self, g_ptr_array_index (choices, i)));
  gtk_box_append (self->groups, label);
  gtk_box_append (self->groups, box);
}

/* What all models have in common is no choice, except where it is chosen. */
static gboolean
is_offered (PaddockLibraryFilter *self, PaddockFilterField field, GPtrArray *choices)
{
  gboolean chosen = FALSE;

  for (guint i = 0; i < choices->len; i++)
    chosen = chosen ||
             paddock_filter_choices_is_on (self->query, field, ((PaddockFilterChoice *) g_ptr_array_index (choices, i))->value);
  return chosen || choices->len > (field == PADDOCK_FILTER_ONLY || field == PADDOCK_FILTER_TAG ? 0 : 1);
}

static void
paddock_library_filter_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_LIBRARY_FILTER);
  G_OBJECT_CLASS (paddock_library_filter_parent_class)->dispose (object);
}

static void
paddock_library_filter_class_init (PaddockLibraryFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_library_filter_dispose;

  /**
   * PaddockLibraryFilter::changed:
   *
   * The person chose something else.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/library-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryFilter, groups);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryFilter, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
}

static void
paddock_library_filter_init (PaddockLibraryFilter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
paddock_library_filter_new (void)
{
  return g_object_new (PADDOCK_TYPE_LIBRARY_FILTER, NULL);
}

/**
 * paddock_library_filter_show:
 * @self: the filter
 * @query: what it changes, which outlives its being open
 * @index: the library
 */
void
paddock_library_filter_show (PaddockLibraryFilter *self, PaddockLibraryQuery *query, PaddockLibraryIndex *index)
{
  GtkWidget *child;

  self->query = query;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  for (guint field = 0; field < PADDOCK_FILTER_N_FIELDS; field++)
    {
      g_autoptr (GPtrArray) choices = paddock_filter_choices_list (index, field);

      if (is_offered (self, field, choices))
        add_group (self, field, choices);
    }
  update_clear_button (self);
}
