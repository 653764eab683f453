/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/power-state.h"

#define UPOWER_NAME "org.freedesktop.UPower"
#define UPOWER_PATH "/org/freedesktop/UPower"

struct _PaddockPowerState
{
  GObject parent_instance;

  /* Owned */
  GPowerProfileMonitor *monitor;
  GDBusProxy *upower;                /* NULL: not asked yet, or nobody answers */
  GCancellable *cancellable;

  gboolean asked, plentiful;
};

enum { PROP_PLENTIFUL = 1, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PaddockPowerState, paddock_power_state, G_TYPE_OBJECT)

/* A computer without the service has no battery that anybody knows of. */
static gboolean
is_on_battery (PaddockPowerState *self)
{
  g_autoptr (GVariant) value =
    self->upower != NULL ? g_dbus_proxy_get_cached_property (self->upower, "OnBattery") : NULL;

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value);
}

static void
update (PaddockPowerState *self)
{
  gboolean plentiful =
    self->asked && !is_on_battery (self) && !g_power_profile_monitor_get_power_saver_enabled (self->monitor);

  if (plentiful == self->plentiful)
    return;
  self->plentiful = plentiful;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLENTIFUL]);
}

static void
on_upower (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockPowerState) self = user_data;
  g_autoptr (GError) error = NULL;

  self->upower = g_dbus_proxy_new_for_bus_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->asked = TRUE;
  if (self->upower != NULL)
    g_signal_connect_object (self->upower, "g-properties-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
paddock_power_state_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PLENTIFUL:
      g_value_set_boolean (value, PADDOCK_POWER_STATE (object)->plentiful);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
paddock_power_state_dispose (GObject *object)
{
  PaddockPowerState *self = PADDOCK_POWER_STATE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->upower);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (paddock_power_state_parent_class)->dispose (object);
}

static void
paddock_power_state_finalize (GObject *object)
{
  g_clear_object (&PADDOCK_POWER_STATE (object)->cancellable);
  G_OBJECT_CLASS (paddock_power_state_parent_class)->finalize (object);
}

static void
paddock_power_state_class_init (PaddockPowerStateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = paddock_power_state_get_property;
  object_class->dispose = paddock_power_state_dispose;
  object_class->finalize = paddock_power_state_finalize;

  /**
   * PaddockPowerState:plentiful:
   *
   * Whether there is power to spend.
   */
  properties[PROP_PLENTIFUL] =
    g_param_spec_boolean ("plentiful", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
paddock_power_state_init (PaddockPowerState *self)
{
  self->cancellable = g_cancellable_new ();
  self->monitor = g_power_profile_monitor_dup_default ();
  g_signal_connect_object (self->monitor, "notify::power-saver-enabled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_dbus_proxy_new_for_bus (G_BUS_TYPE_SYSTEM, G_DBUS_PROXY_FLAGS_NONE, NULL, UPOWER_NAME, UPOWER_PATH, UPOWER_NAME,
                            self->cancellable, on_upower, g_object_ref (self));
}

/**
 * paddock_power_state_new:
 *
 * Returns: (transfer full): what the system says of its power
 */
PaddockPowerState *
paddock_power_state_new (void)
{
  return g_object_new (PADDOCK_TYPE_POWER_STATE, NULL);
}

gboolean
paddock_power_state_is_plentiful (PaddockPowerState *self)
{
  return self->plentiful;
}
