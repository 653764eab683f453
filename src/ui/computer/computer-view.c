/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/computer-view.h"

#include <glib/gi18n.h>

#include "base/units.h"
#include "computer/computer-shape.h"
#include "computer/computer-words.h"
#include "computer/number-row.h"
#include "computer/space-row.h"
#include "model/fact-row.h"

/**
 * PaddockComputerView:
 *
 * A computer in rows: processor, memory, devices, disks, the engine and how fast they are. Each number says where it
 * comes from.
 */
struct _PaddockComputerView
{
  AdwBin parent_instance;

  /* Owned */
  GPtrArray *groups;                 /* of the rows below, in their order, borrowed from the template */
  GPtrArray *rows;                   /* borrowed from the groups */
  GPtrArray *numbers;                /* rows that show numbers, wherever they are; likewise */
  GHashTable *expanders;             /* by what they are about; likewise */
  GHashTable *opened;                /* the same for whether they were open before they were made anew */
  char *shape;                       /* what the rows were made for; NULL: nothing yet */

  gboolean imagined;                 /* it is not there: what is asked for is what it could have */

  /* Template */
  AdwPreferencesPage *page;
  GtkWidget *add_button;
  GtkWidget *measure_button;
  AdwPreferencesGroup *notes_group;
  AdwPreferencesGroup *processor_group;
  AdwPreferencesGroup *memory_group;
  AdwPreferencesGroup *devices_group;
  AdwPreferencesGroup *disks_group;
  AdwPreferencesGroup *speed_group;
  AdwPreferencesGroup *engine_group;
};

G_DEFINE_FINAL_TYPE (PaddockComputerView, paddock_computer_view, ADW_TYPE_BIN)

static void
clear_rows (PaddockComputerView *self)
{
  GHashTableIter iter;
  gpointer key;
  gpointer expander;

  g_hash_table_iter_init (&iter, self->expanders);
  while (g_hash_table_iter_next (&iter, &key, &expander))
    g_hash_table_insert (self->opened, g_strdup (key), GINT_TO_POINTER (adw_expander_row_get_expanded (expander)));
  g_hash_table_remove_all (self->expanders);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (g_ptr_array_index (self->groups, i), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->numbers, 0);
  g_ptr_array_set_size (self->groups, 0);
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_row (PaddockComputerView *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->groups, group);
  g_ptr_array_add (self->rows, row);
}

/* Text of the system may be any. */
static GtkWidget *
create_text_row (const char *title, const char *subtitle)
{
  g_autofree char *shown = paddock_units_escape (title, -1, 0);
  g_autofree char *below = subtitle != NULL ? paddock_units_escape (subtitle, -1, 0) : NULL;
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", shown, NULL);

  if (below != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  return row;
}

static GtkWidget *
create_number (PaddockComputerView *self, const char *title, const char *path)
{
  GtkWidget *row = paddock_number_row_new (title, path);

  g_ptr_array_add (self->numbers, row);
  return row;
}

static GtkWidget *
create_space (PaddockComputerView *self, const char *title, const char *total, const char *free)
{
  GtkWidget *row = paddock_space_row_new (title, total, free);

  g_ptr_array_add (self->numbers, row);
  return row;
}

static void
add_fact (AdwExpanderRow *row, const char *title, const char *value)
{
  g_autofree char *shown = value != NULL ? paddock_units_escape (value, -1, 0) : NULL;

  if (shown != NULL && *shown != '\0')
    adw_expander_row_add_row (row, paddock_fact_row_new (title, shown));
}

static GtkWidget *
create_expander (PaddockComputerView *self, const char *key, const char *title, const char *subtitle, gboolean open)
{
  g_autofree char *shown = paddock_units_escape (title, -1, 0);
  g_autofree char *below = paddock_units_escape (subtitle != NULL ? subtitle : "", -1, 0);
  gpointer opened = GINT_TO_POINTER (open);
  GtkWidget *row;

  g_hash_table_lookup_extended (self->opened, key, NULL, &opened);
  row = g_object_new (ADW_TYPE_EXPANDER_ROW, "use-markup", FALSE, "title", shown, "subtitle", below, "expanded",
                      GPOINTER_TO_INT (opened), NULL);
  g_hash_table_insert (self->expanders, g_strdup (key), row);
  return row;
}

static void
show_notes (PaddockComputerView *self, const PaddockHardwareSnapshot *computer)
{
  gtk_widget_set_visible (GTK_WIDGET (self->notes_group), computer->notes->len > 0);
  for (guint i = 0; i < computer->notes->len; i++)
    {
      g_autofree char *sentence = paddock_hardware_note_describe (g_ptr_array_index (computer->notes, i));
      GtkWidget *row = create_text_row (sentence, NULL);
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-information-symbolic");

      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note"), -1);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
      add_row (self, self->notes_group, row);
    }
}

static void
show_sets (PaddockComputerView *self, const PaddockHardwareProcessor *processor)
{
  g_autofree char *sets = paddock_computer_words_dup_sets (processor);
  g_autofree char *all = g_strjoinv (" ", processor->features);
  GtkWidget *row;
  GtkWidget *list;

  if (*all == '\0')
    return;
  row = create_expander (self, "sets", _("Instruction Sets"), sets != NULL ? sets : _("None that would make models faster"), FALSE);
  adw_expander_row_set_subtitle_lines (ADW_EXPANDER_ROW (row), 4);
  list = paddock_fact_row_new (processor->features_source != NULL ? processor->features_source : _("All"), all);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (list), 0);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), list);
  add_row (self, self->processor_group, row);
}

static void
show_processor (PaddockComputerView *self, const PaddockHardwareSnapshot *computer)
{
  const PaddockHardwareProcessor *processor = computer->processor;
  g_autofree char *caches = paddock_computer_words_dup_caches (processor);
  const struct
  {
    const char *title;
    const char *path;
    const PaddockHardwareNumber *number;
  } rows[] = {
    { _("Sockets"), "processor.sockets", &processor->sockets },
    { _("Cores"), "processor.cores", &processor->cores },
    { _("Performance Cores"), "processor.performance_cores", &processor->performance_cores },
    { _("Efficiency Cores"), "processor.efficiency_cores", &processor->efficiency_cores },
    { _("Threads"), "processor.threads", &processor->threads },
    { _("Threads Allowed"), "processor.allowed", &processor->allowed },
  };

  add_row (self, self->processor_group,
           create_text_row (processor->name != NULL ? processor->name : _("Unknown Processor"), processor->name_source));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      /* What is as always need not be said. */
      gboolean usual = (rows[i].number == &processor->sockets && rows[i].number->value <= 1) ||
                       (rows[i].number == &processor->allowed && rows[i].number->value == processor->threads.value);

      gboolean wanted =
        self->imagined && (rows[i].number == &processor->cores || rows[i].number == &processor->threads);

      if ((rows[i].number->known && !usual) || wanted)
        add_row (self, self->processor_group,
                 create_number (self, rows[i].title, rows[i].path));
    }
  if (caches != NULL)
    add_row (self, self->processor_group, paddock_fact_row_new (_("Caches"), caches));
  show_sets (self, processor);
}

static void
show_memory (PaddockComputerView *self, const PaddockHardwareSnapshot *computer)
{
  const PaddockHardwareMemory *memory = computer->memory;

  add_row (self, self->memory_group, create_space (self, _("Memory"), "memory.total", "memory.available"));
  add_row (self, self->memory_group,
           create_number (self, _("Total"), "memory.total"));
  add_row (self, self->memory_group,
           create_number (self, _("Available"), "memory.available"));
  if (memory->limit.known)
    add_row (self, self->memory_group,
             create_number (self, _("Limit"), "memory.limit"));
  if (memory->swap_total.known && memory->swap_total.value > 0)
    add_row (self, self->memory_group,
             create_number (self, _("Swap"), "memory.swap_total"));
}

static void
add_device_numbers (PaddockComputerView *self, AdwExpanderRow *row, const PaddockHardwareDevice *device)
{
  g_autofree char *total = g_strconcat (device->id, ".total", NULL);
  g_autofree char *rest = g_strconcat (device->id, ".free", NULL);
  g_autofree char *shared = g_strconcat (device->id, ".shared", NULL);

  adw_expander_row_add_row (row, create_space (self, device->name != NULL ? device->name : device->id, total, rest));
  adw_expander_row_add_row (row, create_number (self, _("Total"), total));
  adw_expander_row_add_row (row, create_number (self, _("Free"), rest));
  if (device->shared.known)
    adw_expander_row_add_row (row, create_number (self, _("Of the Computer’s Memory"), shared));
}

static void
add_remove_button (AdwExpanderRow *row, const PaddockHardwareDevice *device)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *name = paddock_units_escape (device->name != NULL ? device->name : device->id, -1, 0);
  /* Translators: a button; what follows is the name of a device. */
  g_autofree char *tooltip = g_strdup_printf (_("Remove: %s"), name);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", device->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "computer.remove-device");
  adw_expander_row_add_suffix (row, button);
}

static void
show_device (PaddockComputerView *self, const PaddockHardwareDevice *device)
{
  g_autofree char *backends = paddock_computer_words_join (device->backends);
  g_autofree char *note = device->note != NULL ? paddock_hardware_note_describe (device->note) : NULL;
  g_autofree char *driver = g_strconcat (device->driver != NULL ? device->driver : "",
                                         device->driver_version != NULL ? " " : NULL, device->driver_version, NULL);
  GtkWidget *row = create_expander (self, device->id, device->name != NULL ? device->name : device->id,
                                    paddock_computer_words_get_kind (device->kind), TRUE);

  if (self->imagined)
    add_remove_button (ADW_EXPANDER_ROW (row), device);
  add_device_numbers (self, ADW_EXPANDER_ROW (row), device);
  add_fact (ADW_EXPANDER_ROW (row), _("Usable By"), backends);
  add_fact (ADW_EXPANDER_ROW (row), _("Driver"), driver);
  add_fact (ADW_EXPANDER_ROW (row), _("Good to Know"), note);
  add_row (self, self->devices_group, row);
}

/* What other computers lend to this one has a group of its own. */
static gboolean
is_elsewhere (PaddockComputerView *self, const PaddockHardwareDevice *device)
{
  return device->kind == PADDOCK_DEVICE_REMOTE && !self->imagined;
}

static void
show_devices (PaddockComputerView *self, const PaddockHardwareSnapshot *computer)
{
  guint n_shown = 0;

  for (guint i = 0; i < computer->devices->len; i++)
    {
      const PaddockHardwareDevice *device = g_ptr_array_index (computer->devices, i);

      if (!is_elsewhere (self, device))
        {
          show_device (self, device);
          n_shown++;
        }
    }
  if (n_shown == 0)
    add_row (self, self->devices_group,
             create_text_row (_("No graphics card was found"), _("Models run on the processor, in the computer’s memory")));
}

static void
show_disk (PaddockComputerView *self, const PaddockHardwareDisk *disk)
{
  g_autofree char *total = paddock_hardware_path_make_disk (disk->mount, "total");
  g_autofree char *rest = paddock_hardware_path_make_disk (disk->mount, "free");
  g_autofree char *what = g_strjoin (", ", disk->device != NULL ? disk->device : disk->filesystem,
                                     disk->device != NULL ? disk->filesystem : NULL, NULL);
  GtkWidget *row = create_expander (self, total, disk->mount, what, FALSE);

  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), create_number (self, _("Total"), total));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), create_number (self, _("Free"), rest));
  if (disk->reflink != PADDOCK_ANSWER_UNKNOWN)
    add_fact (ADW_EXPANDER_ROW (row), _("Copies"),
              disk->reflink == PADDOCK_ANSWER_YES ? _("Take no room: they share the data of the original")
                                                  : _("Take as much room as the original"));
  if (disk->rotational == PADDOCK_ANSWER_YES)
    add_fact (ADW_EXPANDER_ROW (row), _("Kind"), _("A disk that turns: large models load slowly"));
  if (disk->read_only)
    add_fact (ADW_EXPANDER_ROW (row), _("Changes"), _("None are possible: it can only be read"));
  add_row (self, self->disks_group, row);
  add_row (self, self->disks_group, create_space (self, disk->mount, total, rest));
}

/* Two places are often on the same disk. */
static gboolean
is_shown_before (const PaddockHardwareSnapshot *computer, guint position)
{
  const PaddockHardwareDisk *disk = g_ptr_array_index (computer->disks, position);

  for (guint i = 0; i < position; i++)
    if (g_strcmp0 (((const PaddockHardwareDisk *) g_ptr_array_index (computer->disks, i))->mount, disk->mount) == 0)
      return TRUE;
  return FALSE;
}

static void
show_disks (PaddockComputerView *self, const PaddockHardwareSnapshot *computer)
{
  gtk_widget_set_visible (GTK_WIDGET (self->disks_group), computer->disks->len > 0 && !self->imagined);
  for (guint i = 0; i < computer->disks->len; i++)
    {
      const PaddockHardwareDisk *disk = g_ptr_array_index (computer->disks, i);

      if (disk->mount != NULL && !is_shown_before (computer, i))
        show_disk (self, disk);
    }
}

static void
show_speeds (PaddockComputerView *self, const PaddockHardwareSnapshot *computer)
{
  add_row (self, self->speed_group,
           create_number (self, _("Memory, Reading"), "memory.bandwidth"));
  for (guint i = 0; i < computer->devices->len; i++)
    {
      const PaddockHardwareDevice *device = g_ptr_array_index (computer->devices, i);
      g_autofree char *path = g_strconcat (device->id, ".bandwidth", NULL);
      g_autofree char *name = paddock_units_escape (device->name != NULL ? device->name : device->id, -1, 0);

      if (!is_elsewhere (self, device))
        add_row (self, self->speed_group, create_number (self, name, path));
    }
  for (guint i = 0; i < computer->disks->len; i++)
    {
      const PaddockHardwareDisk *disk = g_ptr_array_index (computer->disks, i);
      g_autofree char *path = disk->mount != NULL ? paddock_hardware_path_make_disk (disk->mount, "bandwidth") : NULL;
      g_autofree char *place = paddock_units_escape (disk->mount != NULL ? disk->mount : "", -1, 0);
      /* Translators: how fast a disk is read; what follows is where it is mounted. */
      g_autofree char *name = g_strdup_printf (_("Disk, Reading: %s"), place);

      if (path != NULL && disk->bandwidth.known && !self->imagined && !is_shown_before (computer, i))
        add_row (self, self->speed_group, create_number (self, name, path));
    }
}

static void
show_engine (PaddockComputerView *self, const PaddockHardwareEngine *engine)
{
  g_autofree char *backends = engine != NULL ? paddock_computer_words_join (engine->backends) : NULL;
  g_autofree char *path = engine != NULL ? paddock_units_escape (engine->path, -1, 0) : NULL;
  g_autofree char *version = NULL;

  if (engine == NULL)
    {
      add_row (self, self->engine_group,
               create_text_row (_("llama.cpp was not found"), _("Paddock needs it to run models, not to look at them")));
      return;
    }
  add_row (self, self->engine_group, paddock_fact_row_new (_("Program"), path));
  if (engine->version != NULL)
    {
      version = paddock_units_escape (engine->version, -1, 0);
      add_row (self, self->engine_group, paddock_fact_row_new (_("Version"), version));
    }
  if (*backends != '\0')
    add_row (self, self->engine_group, paddock_fact_row_new (_("Computes With"), backends));
}

static void
paddock_computer_view_dispose (GObject *object)
{
  PaddockComputerView *self = PADDOCK_COMPUTER_VIEW (object);

  /* The template would drop its own child, and leave the bin with a pointer to where it was. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_COMPUTER_VIEW);
  g_clear_pointer (&self->expanders, g_hash_table_unref);
  g_clear_pointer (&self->opened, g_hash_table_unref);
  g_clear_pointer (&self->shape, g_free);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (paddock_computer_view_parent_class)->dispose (object);
}

static void
paddock_computer_view_class_init (PaddockComputerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_computer_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/computer-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockComputerView, page);
  gtk_widget_class_bind_template_child (widget_class, PaddockComputerView, add_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockComputerView, measure_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockComputerView, notes_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockComputerView, processor_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockComputerView, memory_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockComputerView, devices_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockComputerView, disks_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockComputerView, speed_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockComputerView, engine_group);
}

static void
paddock_computer_view_init (PaddockComputerView *self)
{
  self->groups = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->numbers = g_ptr_array_new ();
  self->expanders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
paddock_computer_view_new (void)
{
  return g_object_new (PADDOCK_TYPE_COMPUTER_VIEW, NULL);
}

/**
 * paddock_computer_view_set_imagined:
 * @self: the view, before it shows a computer
 *
 * Says that the computer is not there: what it could have is asked for, and what only one that is there has is left out.
 */
void
paddock_computer_view_set_imagined (PaddockComputerView *self)
{
  self->imagined = TRUE;
  gtk_widget_set_visible (self->add_button, TRUE);
  gtk_widget_set_visible (self->measure_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->engine_group), FALSE);
  adw_preferences_group_set_title (self->speed_group, _("Speed"));
  adw_preferences_group_set_description (self->speed_group, _("How fast models answer depends on it most."));
}

/**
 * paddock_computer_view_add_group:
 * @self: the view
 * @group: (transfer full): a group that is not about what the computer has
 * @position: after how many of the others it stands
 */
void
paddock_computer_view_add_group (PaddockComputerView *self, AdwPreferencesGroup *group, int position)
{
  adw_preferences_page_insert (self->page, group, position);
}

/* Which of the rows has the keyboard's focus, or one in it; -1: none. */
static int
find_focus (PaddockComputerView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  for (guint i = 0; i < self->rows->len && focus != NULL; i++)
    if (gtk_widget_is_ancestor (focus, g_ptr_array_index (self->rows, i)) || focus == g_ptr_array_index (self->rows, i))
      return (int) i;
  return -1;
}

static void
show_all (PaddockComputerView *self, const PaddockHardwareSnapshot *computer)
{
  if (!self->imagined)
    show_notes (self, computer);
  show_processor (self, computer);
  show_memory (self, computer);
  show_devices (self, computer);
  show_disks (self, computer);
  show_speeds (self, computer);
  if (!self->imagined)
    show_engine (self, computer->engine);
}

/**
 * paddock_computer_view_set_computer:
 * @self: the view
 * @computer: the computer to show
 *
 * Where only numbers are other ones than before, the rows stay, and with them the focus and what is open.
 */
void
paddock_computer_view_set_computer (PaddockComputerView *self, PaddockHardwareSnapshot *computer)
{
  g_autofree char *shape = paddock_computer_shape_dup (computer);
  int focus;

  if (g_strcmp0 (shape, self->shape) != 0)
    {
      focus = find_focus (self);
      clear_rows (self);
      show_all (self, computer);
      g_set_str (&self->shape, shape);
      if (focus >= 0 && self->rows->len > 0)
        gtk_widget_child_focus (g_ptr_array_index (self->rows, MIN ((guint) focus, self->rows->len - 1)), GTK_DIR_TAB_FORWARD);
    }
  paddock_computer_view_refresh (self, computer);
}

/**
 * paddock_computer_view_refresh:
 * @self: the view
 * @computer: the computer that is shown, with other numbers
 */
void
paddock_computer_view_refresh (PaddockComputerView *self, PaddockHardwareSnapshot *computer)
{
  for (guint i = 0; i < self->numbers->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->numbers, i);

      if (PADDOCK_IS_SPACE_ROW (row))
        paddock_space_row_update (PADDOCK_SPACE_ROW (row), computer);
      else
        paddock_number_row_update (PADDOCK_NUMBER_ROW (row), computer);
    }
}
