/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/memory-numbers.h"

#include <glib/gi18n.h>

#include "computer/computer-words.h"
#include "memory/memory-words.h"

/* Both are the expander's. */
typedef struct
{
  AdwActionRow *row;
  GtkLabel *label;
} NumberRow;

/**
 * PaddockMemoryNumbers:
 *
 * What memory is for, each number with where it comes from, and which computer a model needs.
 */
struct _PaddockMemoryNumbers
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  GArray *parts;                     /* of NumberRow */
  GArray *needs;                     /* likewise */

  PaddockMemoryEstimate estimate;
  PaddockMemoryRequirements requirements;

  /* Template */
  AdwExpanderRow *parts_row;
  GtkLabel *total_label;
  AdwExpanderRow *needs_row;
  GtkLabel *needs_label;
};

G_DEFINE_FINAL_TYPE (PaddockMemoryNumbers, paddock_memory_numbers, ADW_TYPE_PREFERENCES_GROUP)

static NumberRow *
add_row (AdwExpanderRow *expander, GArray *rows)
{
  GtkWidget *label = gtk_label_new (NULL);
  NumberRow added = { .label = GTK_LABEL (label) };

  added.row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 0, "subtitle-lines", 0, NULL);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (added.row, label);
  adw_expander_row_add_row (expander, GTK_WIDGET (added.row));
  g_array_append_val (rows, added);
  return &g_array_index (rows, NumberRow, rows->len - 1);
}

/* Rows come in the same order each time, and are the same ones: what has the focus keeps it. */
static void
set_row (AdwExpanderRow *expander, GArray *rows, guint position, const char *title, const char *subtitle, guint64 bytes)
{
  g_autofree char *size = paddock_computer_words_format (bytes, PADDOCK_NUMBER_SIZE);
  NumberRow *row = position < rows->len ? &g_array_index (rows, NumberRow, position) : add_row (expander, rows);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), title);
  adw_action_row_set_subtitle (row->row, subtitle != NULL ? subtitle : "");
  gtk_label_set_label (row->label, size);
  gtk_widget_set_visible (GTK_WIDGET (row->row), bytes > 0);
}

/* The rows are made when they are looked at. */
static void
show_parts (PaddockMemoryNumbers *self)
{
  const PaddockMemoryEstimate *estimate = &self->estimate;
  guint n = 0;

  if (!adw_expander_row_get_expanded (self->parts_row))
    return;
  for (guint i = 0; i < PADDOCK_MEMORY_N_KINDS; i++)
    {
      g_autofree char *basis = paddock_memory_words_dup_basis (estimate->basis[i], estimate->band[i]);

      set_row (self->parts_row, self->parts, n++, paddock_memory_words_get_kind (i), basis, estimate->bytes[i]);
    }
  set_row (self->parts_row, self->parts, n++, _("Shown by the system"), _("With pages of the file that it has read"),
           estimate->resident);
  set_row (self->parts_row, self->parts, n++, _("Pages of the file in it"), _("The system may drop them"),
           estimate->evictable);
  set_row (self->parts_row, self->parts, n++, _("Most while it is loaded"), NULL, estimate->peak_loading);
}

static void
show_needs (PaddockMemoryNumbers *self)
{
  const PaddockMemoryRequirements *needs = &self->requirements;

  if (!adw_expander_row_get_expanded (self->needs_row))
    return;
  set_row (self->needs_row, self->needs, 0, _("Memory, at least"), _("With nothing else beside it"),
           needs->minimum_memory);
  set_row (self->needs_row, self->needs, 1, _("Memory, better"), _("With room for a desktop"), needs->recommended_memory);
  set_row (self->needs_row, self->needs, 2, _("Graphics memory, at least"), _("From here on it helps much"),
           needs->minimum_gpu_memory);
  set_row (self->needs_row, self->needs, 3, _("Graphics memory, better"), _("To have all of it there"),
           needs->recommended_gpu_memory);
  set_row (self->needs_row, self->needs, 4, _("Swap"), _("With that much, the least memory does for a desktop too"),
           needs->swap);
}

static void
on_expanded_changed (PaddockMemoryNumbers *self)
{
  if (self->estimate.total == 0)
    return;
  show_parts (self);
  show_needs (self);
}

static void
paddock_memory_numbers_dispose (GObject *object)
{
  PADDOCK_MEMORY_NUMBERS (object)->estimate.total = 0;
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_MEMORY_NUMBERS);
  G_OBJECT_CLASS (paddock_memory_numbers_parent_class)->dispose (object);
}

static void
paddock_memory_numbers_finalize (GObject *object)
{
  g_array_unref (PADDOCK_MEMORY_NUMBERS (object)->parts);
  g_array_unref (PADDOCK_MEMORY_NUMBERS (object)->needs);
  G_OBJECT_CLASS (paddock_memory_numbers_parent_class)->finalize (object);
}

static void
paddock_memory_numbers_class_init (PaddockMemoryNumbersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_memory_numbers_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_memory_numbers_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/memory-numbers.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryNumbers, parts_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryNumbers, total_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryNumbers, needs_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMemoryNumbers, needs_label);
  gtk_widget_class_bind_template_callback (widget_class, on_expanded_changed);
}

static void
paddock_memory_numbers_init (PaddockMemoryNumbers *self)
{
  self->parts = g_array_new (FALSE, FALSE, sizeof (NumberRow));
  self->needs = g_array_new (FALSE, FALSE, sizeof (NumberRow));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_memory_numbers_set_estimate:
 * @self: the numbers
 * @shape: a model
 * @estimate: what it needs
 */
void
paddock_memory_numbers_set_estimate (PaddockMemoryNumbers *self, const PaddockModelShape *shape,
                                     const PaddockMemoryEstimate *estimate)
{
  g_autofree char *total = paddock_computer_words_format (estimate->total, PADDOCK_NUMBER_SIZE);
  g_autofree char *least = NULL;

  self->estimate = *estimate;
  paddock_memory_requirements_compute (&self->requirements, shape, estimate);
  least = paddock_computer_words_format (self->requirements.recommended_memory, PADDOCK_NUMBER_SIZE);
  gtk_label_set_label (self->total_label, total);
  gtk_label_set_label (self->needs_label, least);
  show_parts (self);
  show_needs (self);
}
