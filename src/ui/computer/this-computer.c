/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/this-computer.h"

#include <string.h>

#include "hardware/hardware-machines.h"
#include "hardware/hardware-monitor.h"
#include "hardware/hardware-override.h"
#include "hardware/hardware-scan.h"
#include "hardware/remote-worker.h"

#define OVERRIDES "hardware-overrides"
#define WORKERS "remote-workers"

struct _PaddockThisComputer
{
  GObject parent_instance;

  /* Owned */
  GSettings *settings;
  char *root;                        /* "/", or what stands for another computer */
  GCancellable *cancellable;
  PaddockHardwareSnapshot *found;    /* by the last scan; NULL: there was none */
  PaddockHardwareMonitor *monitor;   /* has the same with what the person says; NULL likewise */
  char *problem;                     /* why the last scan found nothing */

  guint n_lookers;
  gboolean scanning;
};

enum
{
  CHANGED,
  REFRESHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockThisComputer, paddock_this_computer, G_TYPE_OBJECT)

/* One after the other: what is said of a device that is not there now may hold again tomorrow. */
static PaddockHardwareSnapshot *
apply_override (PaddockHardwareSnapshot *computer, const char *text)
{
  g_autoptr (GPtrArray) overrides = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hardware_override_free);
  PaddockHardwareOverride *override = paddock_hardware_override_parse (text, NULL);
  PaddockHardwareSnapshot *changed;

  if (override == NULL)
    return computer;
  g_ptr_array_add (overrides, override);
  changed = paddock_hardware_override_apply (computer, overrides, NULL);
  if (changed == NULL)
    return computer;
  paddock_hardware_snapshot_unref (computer);
  return changed;
}

static void
on_refreshed (PaddockThisComputer *self)
{
  g_signal_emit (self, signals[REFRESHED], 0);
}

static void
watch (PaddockThisComputer *self, PaddockHardwareSnapshot *computer)
{
  if (self->monitor != NULL)
    {
      paddock_hardware_monitor_set_snapshot (self->monitor, computer);
      return;
    }
  self->monitor = paddock_hardware_monitor_new (self->root, computer);
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_refreshed), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < self->n_lookers; i++)
    paddock_hardware_monitor_start (self->monitor);
}

static PaddockHardwareSnapshot *
add_workers (PaddockThisComputer *self, PaddockHardwareSnapshot *computer)
{
  g_autoptr (GVariant) workers = paddock_this_computer_dup_workers (self);
  GVariantIter iter;
  const char *address;
  guint64 bytes;

  g_variant_iter_init (&iter, workers);
  while (g_variant_iter_next (&iter, "(&st)", &address, &bytes))
    {
      g_autoptr (PaddockHardwareSnapshot) before = computer;
      PaddockHardwareDevice *device = paddock_remote_worker_new (address, bytes, bytes, NULL);

      computer = device != NULL ? paddock_hardware_machines_add_device (before, device) : g_steal_pointer (&before);
    }
  return computer;
}

static void
combine (PaddockThisComputer *self)
{
  g_auto (GStrv) overrides = g_settings_get_strv (self->settings, OVERRIDES);
  g_autoptr (PaddockHardwareSnapshot) computer = NULL;

  if (self->found == NULL)
    return;
  computer = add_workers (self, paddock_hardware_snapshot_ref (self->found));
  for (char **at = overrides; *at != NULL; at++)
    computer = apply_override (computer, *at);
  watch (self, computer);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_scanned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockThisComputer) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHardwareSnapshot) found = paddock_hardware_scan_finish (result, &error);

  self->scanning = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  g_set_str (&self->problem, error != NULL ? error->message : NULL);
  if (found == NULL)
    {
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }
  g_clear_pointer (&self->found, paddock_hardware_snapshot_unref);
  self->found = g_steal_pointer (&found);
  combine (self);
}

static void
paddock_this_computer_dispose (GObject *object)
{
  PaddockThisComputer *self = PADDOCK_THIS_COMPUTER (object);

  g_cancellable_cancel (self->cancellable);
  for (; self->monitor != NULL && self->n_lookers > 0; self->n_lookers--)
    paddock_hardware_monitor_stop (self->monitor);
  g_clear_object (&self->monitor);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (paddock_this_computer_parent_class)->dispose (object);
}

static void
paddock_this_computer_finalize (GObject *object)
{
  PaddockThisComputer *self = PADDOCK_THIS_COMPUTER (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->found, paddock_hardware_snapshot_unref);
  g_free (self->problem);
  g_free (self->root);
  G_OBJECT_CLASS (paddock_this_computer_parent_class)->finalize (object);
}

static void
paddock_this_computer_class_init (PaddockThisComputerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_this_computer_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_this_computer_finalize;

  /**
   * PaddockThisComputer::changed:
   *
   * A scan has come to its end, or the person has said or taken back a number.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  /**
   * PaddockThisComputer::refreshed:
   *
   * The same computer has more or less memory free.
   */
  signals[REFRESHED] = g_signal_new ("refreshed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
}

static void
paddock_this_computer_init (PaddockThisComputer *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * paddock_this_computer_new:
 * @settings: where the person's numbers are kept
 * @root: "/", or a directory with the files of another computer
 *
 * Returns: (transfer full): this computer, of which nothing is known before a scan
 */
PaddockThisComputer *
paddock_this_computer_new (GSettings *settings, const char *root)
{
  PaddockThisComputer *self = g_object_new (PADDOCK_TYPE_THIS_COMPUTER, NULL);

  self->settings = g_object_ref (settings);
  self->root = g_strdup (root);
  g_signal_connect_object (settings, "changed::" OVERRIDES, G_CALLBACK (combine), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" WORKERS, G_CALLBACK (combine), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * paddock_this_computer_scan:
 * @self: this computer
 *
 * Looks at it, unless that is under way.
 */
void
paddock_this_computer_scan (PaddockThisComputer *self)
{
  if (self->scanning)
    return;
  self->scanning = TRUE;
  paddock_hardware_scan_async (self->root, self->cancellable, on_scanned, g_object_ref (self));
}

gboolean
paddock_this_computer_is_scanning (PaddockThisComputer *self)
{
  return self->scanning;
}

/**
 * paddock_this_computer_get_snapshot:
 * @self: this computer
 *
 * Returns: (transfer none) (nullable): what is known of it, by the newest numbers
 */
PaddockHardwareSnapshot *
paddock_this_computer_get_snapshot (PaddockThisComputer *self)
{
  return self->monitor != NULL ? paddock_hardware_monitor_get_snapshot (self->monitor) : NULL;
}

const char *
paddock_this_computer_get_problem (PaddockThisComputer *self)
{
  return self->problem;
}

/* What the settings keep, without what they say of that number. */
static GStrvBuilder *
build_without (PaddockThisComputer *self, const char *path)
{
  g_auto (GStrv) overrides = g_settings_get_strv (self->settings, OVERRIDES);
  GStrvBuilder *builder = g_strv_builder_new ();
  gsize length = strlen (path);

  for (char **at = overrides; *at != NULL; at++)
    if (!g_str_has_prefix (*at, path) || (*at)[length] != '=')
      g_strv_builder_add (builder, *at);
  return builder;
}

static void
keep (PaddockThisComputer *self, GStrvBuilder *builder)
{
  g_auto (GStrv) overrides = g_strv_builder_end (builder);

  g_settings_set_strv (self->settings, OVERRIDES, (const char *const *) overrides);
}

/**
 * paddock_this_computer_override:
 * @self: this computer
 * @path: which number
 * @value: what it is
 * @error: return location for %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Returns: whether it can be that number
 */
gboolean
paddock_this_computer_override (PaddockThisComputer *self, const char *path, guint64 value, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s=%" G_GUINT64_FORMAT, path, value);
  g_autoptr (PaddockHardwareOverride) override = paddock_hardware_override_parse (text, error);
  g_autoptr (GStrvBuilder) builder = NULL;

  if (override == NULL)
    return FALSE;
  builder = build_without (self, path);
  g_strv_builder_add (builder, text);
  keep (self, builder);
  return TRUE;
}

/**
 * paddock_this_computer_reset:
 * @self: this computer
 * @path: which number; from now on it is what was found
 */
void
paddock_this_computer_reset (PaddockThisComputer *self, const char *path)
{
  g_autoptr (GStrvBuilder) builder = build_without (self, path);

  keep (self, builder);
}

GVariant *
paddock_this_computer_dup_workers (PaddockThisComputer *self)
{
  return g_settings_get_value (self->settings, WORKERS);
}

guint64
paddock_this_computer_get_worker (PaddockThisComputer *self, const char *address)
{
  g_autoptr (GVariant) workers = paddock_this_computer_dup_workers (self);
  GVariantIter iter;
  const char *other;
  guint64 bytes;

  g_variant_iter_init (&iter, workers);
  while (g_variant_iter_next (&iter, "(&st)", &other, &bytes))
    if (g_str_equal (other, address))
      return bytes;
  return 0;
}

/* In the place of what was said before of the one at @before, or behind the others; 0 bytes: it is none any more. */
static void
keep_worker (PaddockThisComputer *self, const char *before, const char *address, guint64 bytes)
{
  g_autoptr (GVariant) workers = paddock_this_computer_dup_workers (self);
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(st)"));
  GVariantIter iter;
  const char *other;
  guint64 others;
  gboolean kept = bytes == 0;

  g_variant_iter_init (&iter, workers);
  while (g_variant_iter_next (&iter, "(&st)", &other, &others))
    if (!g_str_equal (other, before))
      g_variant_builder_add (&builder, "(st)", other, others);
    else if (!kept)
      {
        g_variant_builder_add (&builder, "(st)", address, bytes);
        kept = TRUE;
      }
  if (!kept)
    g_variant_builder_add (&builder, "(st)", address, bytes);
  g_settings_set_value (self->settings, WORKERS, g_variant_builder_end (&builder));
}

/**
 * paddock_this_computer_set_worker:
 * @self: this computer
 * @address: where another one is
 * @bytes: how much memory it lends, not 0
 */
void
paddock_this_computer_set_worker (PaddockThisComputer *self, const char *address, guint64 bytes)
{
  keep_worker (self, address, address, bytes);
}

/**
 * paddock_this_computer_change_worker:
 * @self: this computer
 * @before: where the other one was
 * @address: where it is; none of those that were there before, other than itself
 * @bytes: how much memory it lends, not 0
 */
void
paddock_this_computer_change_worker (PaddockThisComputer *self, const char *before, const char *address, guint64 bytes)
{
  keep_worker (self, before, address, bytes);
}

void
paddock_this_computer_remove_worker (PaddockThisComputer *self, const char *address)
{
  keep_worker (self, address, address, 0);
}

/**
 * paddock_this_computer_look:
 * @self: this computer
 *
 * Somebody wants to know: it is scanned if it was not before, and its free memory followed.
 */
void
paddock_this_computer_look (PaddockThisComputer *self)
{
  self->n_lookers++;
  if (self->monitor != NULL)
    paddock_hardware_monitor_start (self->monitor);
  else
    paddock_this_computer_scan (self);
}

void
paddock_this_computer_look_away (PaddockThisComputer *self)
{
  if (self->n_lookers == 0)
    return;
  self->n_lookers--;
  if (self->monitor != NULL)
    paddock_hardware_monitor_stop (self->monitor);
}
