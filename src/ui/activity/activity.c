/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "activity/activity.h"

#include "activity/activity-words.h"
#include "base/progress-rate.h"

#include <glib/gi18n.h>

#define TELL_US (G_USEC_PER_SEC / 10)   /* oftener than that nobody reads it, and every place that shows it is drawn anew */

/**
 * PaddockActivity:
 *
 * A piece of work that takes a while: what it is, how far it is, how it ended. It waits for its turn in a
 * #PaddockActivityList, and can be stopped at any time. Each kind of work is a class of its own.
 */
typedef struct
{
  /* Owned */
  char *title;
  char *subtitle;
  char *path;
  char *result;
  GCancellable *cancellable;

  PaddockActivityState state;
  guint64 done;
  guint64 total;
  gint64 started;
  gint64 ended;
  gint64 told;                       /* when it last told of its progress */
  PaddockProgressRate rate;
} PaddockActivityPrivate;

enum
{
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  PROP_PATH,
  PROP_STATE,
  PROP_OVER,
  PROP_FRACTION,
  PROP_STATUS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PaddockActivity, paddock_activity, G_TYPE_OBJECT)

static PaddockActivityPrivate *
get_private (PaddockActivity *self)
{
  return paddock_activity_get_instance_private (self);
}

static void
paddock_activity_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  PaddockActivity *self = PADDOCK_ACTIVITY (object);
  PaddockActivityPrivate *priv = get_private (self);

  switch (property)
    {
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, priv->subtitle);
      break;
    case PROP_PATH:
      g_value_set_string (value, priv->path);
      break;
    case PROP_STATE:
      g_value_set_uint (value, priv->state);
      break;
    case PROP_OVER:
      g_value_set_boolean (value, paddock_activity_is_over (self));
      break;
    case PROP_FRACTION:
      g_value_set_double (value, paddock_activity_get_fraction (self));
      break;
    case PROP_STATUS:
      g_value_take_string (value, paddock_activity_dup_status (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_activity_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  PaddockActivityPrivate *priv = get_private (PADDOCK_ACTIVITY (object));

  switch (property)
    {
    case PROP_TITLE:
      priv->title = g_value_dup_string (value);
      break;
    case PROP_SUBTITLE:
      priv->subtitle = g_value_dup_string (value);
      break;
    case PROP_PATH:
      priv->path = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_activity_finalize (GObject *object)
{
  PaddockActivityPrivate *priv = get_private (PADDOCK_ACTIVITY (object));

  g_clear_object (&priv->cancellable);
  g_free (priv->title);
  g_free (priv->subtitle);
  g_free (priv->path);
  g_free (priv->result);
  G_OBJECT_CLASS (paddock_activity_parent_class)->finalize (object);
}

static void
paddock_activity_class_init (PaddockActivityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = paddock_activity_get_property;
  object_class->set_property = paddock_activity_set_property;
  object_class->finalize = paddock_activity_finalize;

  /**
   * PaddockActivity:title:
   *
   * What the work is done to, as a person calls it.
   */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", given);

  /**
   * PaddockActivity:subtitle:
   *
   * What is done.
   */
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", given);

  /**
   * PaddockActivity:path:
   *
   * The file whose page it belongs to, in the encoding of file names.
   */
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, given);

  /**
   * PaddockActivity:state:
   *
   * A #PaddockActivityState.
   */
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, PADDOCK_ACTIVITY_STOPPED, 0, told);

  /**
   * PaddockActivity:over:
   *
   * Whether it has ended, in one way or another.
   */
  properties[PROP_OVER] = g_param_spec_boolean ("over", NULL, NULL, FALSE, told);

  /**
   * PaddockActivity:fraction:
   *
   * How much of it is done; below 0 if that is unknown.
   */
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, told);

  /**
   * PaddockActivity:status:
   *
   * How far it is, or how it ended, in words.
   */
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, told);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
paddock_activity_init (PaddockActivity *self)
{
  get_private (self)->cancellable = g_cancellable_new ();
}

const char *
paddock_activity_get_title (PaddockActivity *self)
{
  return get_private (self)->title;
}

const char *
paddock_activity_get_subtitle (PaddockActivity *self)
{
  return get_private (self)->subtitle;
}

const char *
paddock_activity_get_path (PaddockActivity *self)
{
  return get_private (self)->path;
}

const char *
paddock_activity_get_view (PaddockActivity *self)
{
  const char *view = PADDOCK_ACTIVITY_GET_CLASS (self)->view;

  return view != NULL ? view : "";
}

gboolean
paddock_activity_is_background (PaddockActivity *self)
{
  return PADDOCK_ACTIVITY_GET_CLASS (self)->background;
}

PaddockActivityState
paddock_activity_get_state (PaddockActivity *self)
{
  return get_private (self)->state;
}

gboolean
paddock_activity_is_over (PaddockActivity *self)
{
  return get_private (self)->state >= PADDOCK_ACTIVITY_DONE;
}

guint64
paddock_activity_get_done (PaddockActivity *self)
{
  return get_private (self)->done;
}

guint64
paddock_activity_get_total (PaddockActivity *self)
{
  return get_private (self)->total;
}

/**
 * paddock_activity_get_fraction:
 * @self: the activity
 *
 * Returns: how much of it is done, from 0 to 1; -1 if that is unknown
 */
double
paddock_activity_get_fraction (PaddockActivity *self)
{
  PaddockActivityPrivate *priv = get_private (self);

  if (priv->state == PADDOCK_ACTIVITY_DONE)
    return 1;
  if (priv->total == 0)
    return priv->state == PADDOCK_ACTIVITY_WAITING ? 0 : -1;
  return CLAMP ((double) priv->done / (double) priv->total, 0, 1);
}

double
paddock_activity_get_rate (PaddockActivity *self)
{
  return paddock_progress_rate_get (&get_private (self)->rate);
}

guint
paddock_activity_get_seconds (PaddockActivity *self)
{
  PaddockActivityPrivate *priv = get_private (self);
  gint64 until = priv->ended != 0 ? priv->ended : g_get_monotonic_time ();

  return priv->started != 0 ? (guint) ((until - priv->started) / G_USEC_PER_SEC) : 0;
}

GCancellable *
paddock_activity_get_cancellable (PaddockActivity *self)
{
  return get_private (self)->cancellable;
}

static char *
dup_progress (PaddockActivity *self)
{
  PaddockActivityPrivate *priv = get_private (self);

  if (priv->total == 0)
    return g_strdup (_("Starting…"));
  if (PADDOCK_ACTIVITY_GET_CLASS (self)->dup_progress != NULL)
    return PADDOCK_ACTIVITY_GET_CLASS (self)->dup_progress (self);
  return paddock_activity_words_dup_progress (priv->done, priv->total, paddock_activity_get_rate (self));
}

/**
 * paddock_activity_dup_status:
 * @self: the activity
 *
 * Returns: (transfer full): how far it is, or how it ended
 */
char *
paddock_activity_dup_status (PaddockActivity *self)
{
  PaddockActivityPrivate *priv = get_private (self);

  if (priv->result != NULL && *priv->result != '\0')
    return g_strdup (priv->result);
  switch (priv->state)
    {
    case PADDOCK_ACTIVITY_WAITING:
      return g_strdup (_("Waiting for its turn"));
    case PADDOCK_ACTIVITY_DONE:
      return g_strdup (_("Done"));
    case PADDOCK_ACTIVITY_FAILED:
      return g_strdup (_("Failed"));
    case PADDOCK_ACTIVITY_STOPPED:
      return g_strdup (_("Stopped"));
    case PADDOCK_ACTIVITY_RUNNING:
    default:
      if (g_cancellable_is_cancelled (priv->cancellable))
        return g_strdup (_("Stopping…"));
      return dup_progress (self);
    }
}

/* All that follows from the state, at once. */
static void
set_state (PaddockActivity *self, PaddockActivityState state)
{
  static const int changed[] = { PROP_STATE, PROP_OVER, PROP_FRACTION, PROP_STATUS };

  get_private (self)->state = state;
  g_object_freeze_notify (G_OBJECT (self));
  for (gsize i = 0; i < G_N_ELEMENTS (changed); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[changed[i]]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * paddock_activity_start:
 * @self: an activity that waits
 *
 * Its turn has come.
 */
void
paddock_activity_start (PaddockActivity *self)
{
  PaddockActivityPrivate *priv = get_private (self);

  g_return_if_fail (priv->state == PADDOCK_ACTIVITY_WAITING);

  priv->started = g_get_monotonic_time ();
  set_state (self, PADDOCK_ACTIVITY_RUNNING);
  PADDOCK_ACTIVITY_GET_CLASS (self)->start (self);
}

/**
 * paddock_activity_stop:
 * @self: the activity
 *
 * Asks it to stop, which it does in a moment; one that waits is over at once.
 */
void
paddock_activity_stop (PaddockActivity *self)
{
  PaddockActivityPrivate *priv = get_private (self);

  if (paddock_activity_is_over (self))
    return;
  g_cancellable_cancel (priv->cancellable);
  if (priv->state == PADDOCK_ACTIVITY_WAITING)
    paddock_activity_end (self, PADDOCK_ACTIVITY_STOPPED, NULL);
  else
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

/**
 * paddock_activity_report:
 * @self: an activity that is not over; one that waits may tell how much it will be
 * @done: how many bytes are done
 * @total: of how many, 0 if that is unknown
 *
 * Takes note of how far the work is. The properties tell of it some times a second.
 */
void
paddock_activity_report (PaddockActivity *self, guint64 done, guint64 total)
{
  PaddockActivityPrivate *priv = get_private (self);
  gint64 now = g_get_monotonic_time ();

  if (paddock_activity_is_over (self))
    return;
  priv->done = done;
  priv->total = total;
  if (priv->state == PADDOCK_ACTIVITY_RUNNING)
    paddock_progress_rate_add (&priv->rate, done, now);
  if (priv->told != 0 && now - priv->told < TELL_US)
    return;
  priv->told = now;
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * paddock_activity_end:
 * @self: an activity that is not over
 * @state: how it ended
 * @result: (nullable): what came of it, in words; %NULL for nothing but the state's name
 *
 * The work is over.
 */
void
paddock_activity_end (PaddockActivity *self, PaddockActivityState state, const char *result)
{
  PaddockActivityPrivate *priv = get_private (self);

  g_return_if_fail (!paddock_activity_is_over (self) && state >= PADDOCK_ACTIVITY_DONE);

  priv->ended = g_get_monotonic_time ();
  g_set_str (&priv->result, result);
  set_state (self, state);
}
