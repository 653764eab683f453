/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/late-menu.h"

struct _PaddockLateMenu
{
  GObject parent_instance;

  /* Owned */
  GMenuModel *menu;
};

enum
{
  PROP_MENU_MODEL = 1,
  PROP_BUTTON,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PaddockLateMenu, paddock_late_menu, G_TYPE_OBJECT)

static void
make_popover (GtkMenuButton *button, gpointer user_data)
{
  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_menu_model (button, PADDOCK_LATE_MENU (user_data)->menu);
}

static void
paddock_late_menu_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  PaddockLateMenu *self = PADDOCK_LATE_MENU (object);

  switch (property)
    {
    case PROP_MENU_MODEL:
      g_set_object (&self->menu, g_value_get_object (value));
      break;
    case PROP_BUTTON:
      /* It lives as long as the button. */
      gtk_menu_button_set_create_popup_func (g_value_get_object (value), make_popover, g_object_ref (self), g_object_unref);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_late_menu_finalize (GObject *object)
{
  g_clear_object (&PADDOCK_LATE_MENU (object)->menu);
  G_OBJECT_CLASS (paddock_late_menu_parent_class)->finalize (object);
}

static void
paddock_late_menu_class_init (PaddockLateMenuClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = paddock_late_menu_set_property;
  object_class->finalize = paddock_late_menu_finalize;

  /**
   * PaddockLateMenu:menu-model:
   *
   * What the menu offers.
   */
  properties[PROP_MENU_MODEL] =
    g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  /**
   * PaddockLateMenu:button:
   *
   * What opens it.
   */
  properties[PROP_BUTTON] =
    g_param_spec_object ("button", NULL, NULL, GTK_TYPE_MENU_BUTTON, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
paddock_late_menu_init (PaddockLateMenu *self)
{
}
