/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/selection-bar.h"

#include "widgets/late-menu.h"

struct _PaddockSelectionBar
{
  AdwBin parent_instance;
};

enum
{
  PROP_SELECTING = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PaddockSelectionBar, paddock_selection_bar, ADW_TYPE_BIN)

static void
make_bar (PaddockSelectionBar *self)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/paddockapp/Paddock/ui/selection-bar.ui");

  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (gtk_builder_get_object (builder, "bar")));
}

static void
set_selecting (PaddockSelectionBar *self, gboolean selecting)
{
  if (selecting && adw_bin_get_child (ADW_BIN (self)) == NULL)
    make_bar (self);
  if (adw_bin_get_child (ADW_BIN (self)) != NULL)
    gtk_action_bar_set_revealed (GTK_ACTION_BAR (adw_bin_get_child (ADW_BIN (self))), selecting);
}

static void
paddock_selection_bar_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  switch (property)
    {
    case PROP_SELECTING:
      set_selecting (PADDOCK_SELECTION_BAR (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_selection_bar_class_init (PaddockSelectionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = paddock_selection_bar_set_property;

  /**
   * PaddockSelectionBar:selecting:
   *
   * Whether the person selects models.
   */
  properties[PROP_SELECTING] =
    g_param_spec_boolean ("selecting", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_type_ensure (PADDOCK_TYPE_LATE_MENU);
}

static void
paddock_selection_bar_init (PaddockSelectionBar *self)
{
}
