/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/memory-numbers.h"

#include <glib/gi18n.h>

#include "computer/computer-words.h"
#include "memory/memory-words.h"

/**
 * PaddockMemoryNumbers:
 *
 * What memory is for, each number with where it comes from, and which computer a model needs.
 */
struct _PaddockMemoryNumbers
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  GPtrArray *parts;                  /* rows, borrowed from the expander */
  GPtrArray *needs;                  /* likewise */

  PaddockMemoryEstimate estimate;
  PaddockMemoryRequirements requirements;

  /* Template */
  AdwExpanderRow *parts_row;
  GtkLabel *total_label;
  AdwExpanderRow *needs_row;
  GtkLabel *needs_label;
};

G_DEFINE_FINAL_TYPE (PaddockMemoryNumbers, paddock_memory_numbers, ADW_TYPE_PREFERENCES_GROUP)

static void
add_row (AdwExpanderRow *expander, GPtrArray *rows, const char *title, const char *subtitle, guint64 bytes)
{
  g_autofree char *size = paddock_computer_words_format (bytes, PADDOCK_NUMBER_SIZE);
  GtkWidget *label = gtk_label_new (size);
  GtkWidget *row;

  row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "title-lines", 0, "subtitle-lines", 0, NULL);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_expander_row_add_row (expander, row);
  g_ptr_array_add (rows, row);
}

static void
clear_rows (AdwExpanderRow *expander, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_expander_row_remove (expander, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

/* The rows are made when they are looked at: the numbers change with every setting. */
static void
show_parts (PaddockMemoryNumbers *self)
{
  const PaddockMemoryEstimate *estimate = &self->estimate;

  clear_rows (self->parts_row, self->parts);
  if (!adw_expander_row_get_expanded (self->parts_row))
    return;
  for (guint i = 0; i < PADDOCK_MEMORY_N_KINDS; i++)
    {
      g_autofree char *basis = paddock_memory_words_dup_basis (estimate->basis[i], estimate->band[i]);

      if (estimate->bytes[i] > 0)
        add_row (self->parts_row, self->parts, paddock_memory_words_get_kind (i), basis, estimate->bytes[i]);
    }
  add_row (self->parts_row, self->parts, _("Shown by the system"), _("With pages of the file that it has read"),
           estimate->resident);
  add_row (self->parts_row, self->parts, _("Pages of the file in it"), _("The system may drop them"), estimate->evictable);
  add_row (self->parts_row, self->parts, _("Most while it is loaded"), NULL, estimate->peak_loading);
}

static void
show_needs (PaddockMemoryNumbers *self)
{
  const PaddockMemoryRequirements *needs = &self->requirements;

  clear_rows (self->needs_row, self->needs);
  if (!adw_expander_row_get_expanded (self->needs_row))
    return;
  add_row (self->needs_row, self->needs, _("Memory, at least"), _("With nothing else beside it"), needs->minimum_memory);
  add_row (self->needs_row, self->needs, _("Memory, better"), _("With room for a desktop"), needs->recommended_memory);
  add_row (self->needs_row, self->needs, _("Graphics memory, at least"), _("From here on it helps much"),
           needs->minimum_gpu_memory);
  add_row (self->needs_row, self->needs, _("Graphics memory, better"), _("To have all of it there"),
           needs->recommended_gpu_memory);
  add_row (self->needs_row, self->needs, _("Swap"), _("With that much, the least memory does for a desktop too"),
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
  g_ptr_array_unref (PADDOCK_MEMORY_NUMBERS (object)->parts);
  g_ptr_array_unref (PADDOCK_MEMORY_NUMBERS (object)->needs);
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
  self->parts = g_ptr_array_new ();
  self->needs = g_ptr_array_new ();
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
