/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "activity/activity-list.h"

#define MAX_FINISHED 100             /* older ones are of no interest any more */

/**
 * PaddockActivityList:
 *
 * All activities, the newest first: a list model of #PaddockActivity. Only some run at a time, so that they do not take
 * the disk from each other; the rest waits, and the oldest has its turn next.
 */
struct _PaddockActivityList
{
  GObject parent_instance;

  /* Owned */
  GPtrArray *activities;
  GHashTable *round;                 /* borrowed: what was added since nothing was to be done; they make the fraction */

  guint max_running;
};

enum
{
  PROP_N_UNFINISHED = 1,
  PROP_FRACTION,
  N_PROPERTIES
};

enum
{
  ENDED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static GType
paddock_activity_list_get_item_type (GListModel *model)
{
  return PADDOCK_TYPE_ACTIVITY;
}

static guint
paddock_activity_list_get_n_items (GListModel *model)
{
  return PADDOCK_ACTIVITY_LIST (model)->activities->len;
}

static gpointer
paddock_activity_list_get_item (GListModel *model, guint position)
{
  PaddockActivityList *self = PADDOCK_ACTIVITY_LIST (model);

  return position < self->activities->len ? g_object_ref (g_ptr_array_index (self->activities, position)) : NULL;
}

static void
paddock_activity_list_init_model (GListModelInterface *iface)
{
  iface->get_item_type = paddock_activity_list_get_item_type;
  iface->get_n_items = paddock_activity_list_get_n_items;
  iface->get_item = paddock_activity_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PaddockActivityList, paddock_activity_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, paddock_activity_list_init_model))

static guint
count_state (PaddockActivityList *self, PaddockActivityState state)
{
  guint count = 0;

  for (guint i = 0; i < self->activities->len; i++)
    if (paddock_activity_get_state (g_ptr_array_index (self->activities, i)) == state)
      count++;
  return count;
}

/* What takes a turn from the others. */
static guint
count_running (PaddockActivityList *self)
{
  guint count = 0;

  for (guint i = 0; i < self->activities->len; i++)
    if (paddock_activity_get_state (g_ptr_array_index (self->activities, i)) == PADDOCK_ACTIVITY_RUNNING &&
        !paddock_activity_is_background (g_ptr_array_index (self->activities, i)))
      count++;
  return count;
}

/* The one that has waited longest. */
static PaddockActivity *
find_next (PaddockActivityList *self)
{
  for (guint i = self->activities->len; i > 0; i--)
    {
      PaddockActivity *activity = g_ptr_array_index (self->activities, i - 1);

      if (paddock_activity_get_state (activity) == PADDOCK_ACTIVITY_WAITING)
        return activity;
    }
  return NULL;
}

/* Some end as soon as they begin, which comes back here while this runs: each round looks at everything anew. */
static void
start_next (PaddockActivityList *self)
{
  PaddockActivity *next;

  while (count_running (self) < self->max_running && (next = find_next (self)) != NULL)
    {
      g_autoptr (PaddockActivity) held = g_object_ref (next);

      paddock_activity_start (held);
    }
}

static void
forget (PaddockActivityList *self, guint position)
{
  g_autoptr (PaddockActivity) activity = g_object_ref (g_ptr_array_index (self->activities, position));

  g_signal_handlers_disconnect_by_data (activity, self);
  g_hash_table_remove (self->round, activity);
  g_ptr_array_remove_index (self->activities, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
on_fraction_changed (PaddockActivityList *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
}

static void
on_state_changed (PaddockActivityList *self, GParamSpec *pspec, PaddockActivity *activity)
{
  g_autoptr (PaddockActivityList) held = g_object_ref (self);

  if (!paddock_activity_is_over (activity))
    return;
  start_next (held);
  g_object_notify_by_pspec (G_OBJECT (held), properties[PROP_N_UNFINISHED]);
  g_signal_emit (held, signals[ENDED], 0, activity);
}

static void
paddock_activity_list_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  PaddockActivityList *self = PADDOCK_ACTIVITY_LIST (object);

  switch (property)
    {
    case PROP_N_UNFINISHED:
      g_value_set_uint (value, paddock_activity_list_get_n_unfinished (self));
      break;
    case PROP_FRACTION:
      g_value_set_double (value, paddock_activity_list_get_fraction (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_activity_list_dispose (GObject *object)
{
  PaddockActivityList *self = PADDOCK_ACTIVITY_LIST (object);

  for (guint i = 0; i < self->activities->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->activities, i), self);
  paddock_activity_list_stop_all (self);
  g_hash_table_remove_all (self->round);
  g_ptr_array_set_size (self->activities, 0);
  G_OBJECT_CLASS (paddock_activity_list_parent_class)->dispose (object);
}

static void
paddock_activity_list_finalize (GObject *object)
{
  PaddockActivityList *self = PADDOCK_ACTIVITY_LIST (object);

  g_hash_table_unref (self->round);
  g_ptr_array_unref (self->activities);
  G_OBJECT_CLASS (paddock_activity_list_parent_class)->finalize (object);
}

static void
paddock_activity_list_class_init (PaddockActivityListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = paddock_activity_list_get_property;
  object_class->dispose = paddock_activity_list_dispose;
  object_class->finalize = paddock_activity_list_finalize;

  /**
   * PaddockActivityList:n-unfinished:
   *
   * How many run or wait.
   */
  properties[PROP_N_UNFINISHED] =
    g_param_spec_uint ("n-unfinished", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * PaddockActivityList:fraction:
   *
   * How much is done of all that was to be done since the list was last at rest; below 0 if that is unknown.
   */
  properties[PROP_FRACTION] =
    g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * PaddockActivityList::ended:
   * @activity: the one that is over now
   */
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, PADDOCK_TYPE_ACTIVITY);
}

static void
paddock_activity_list_init (PaddockActivityList *self)
{
  self->activities = g_ptr_array_new_with_free_func (g_object_unref);
  self->round = g_hash_table_new (NULL, NULL);
}

/**
 * paddock_activity_list_new:
 * @max_running: how many may run at a time
 *
 * Returns: (transfer full): an empty list
 */
PaddockActivityList *
paddock_activity_list_new (guint max_running)
{
  PaddockActivityList *self = g_object_new (PADDOCK_TYPE_ACTIVITY_LIST, NULL);

  self->max_running = max_running;
  return self;
}

static void
drop_oldest (PaddockActivityList *self)
{
  guint over = self->activities->len - paddock_activity_list_get_n_unfinished (self);

  for (guint i = self->activities->len; i > 0 && over > MAX_FINISHED; i--)
    if (paddock_activity_is_over (g_ptr_array_index (self->activities, i - 1)))
      {
        forget (self, i - 1);
        over--;
      }
}

/**
 * paddock_activity_list_add:
 * @self: the list
 * @activity: (transfer none): one that waits
 *
 * Puts it into the list, and starts it when it is its turn.
 */
void
paddock_activity_list_add (PaddockActivityList *self, PaddockActivity *activity)
{
  g_return_if_fail (paddock_activity_get_state (activity) == PADDOCK_ACTIVITY_WAITING);

  if (paddock_activity_list_get_n_unfinished (self) == 0)
    g_hash_table_remove_all (self->round);
  g_hash_table_add (self->round, activity);
  g_ptr_array_insert (self->activities, 0, g_object_ref (activity));
  g_signal_connect_object (activity, "notify::state", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (activity, "notify::fraction", G_CALLBACK (on_fraction_changed), self, G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  drop_oldest (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNFINISHED]);
  if (paddock_activity_is_background (activity))
    paddock_activity_start (activity);
  start_next (self);
}

/**
 * paddock_activity_list_clear_finished:
 * @self: the list
 *
 * Leaves only what runs or waits.
 */
void
paddock_activity_list_clear_finished (PaddockActivityList *self)
{
  for (guint i = self->activities->len; i > 0; i--)
    if (paddock_activity_is_over (g_ptr_array_index (self->activities, i - 1)))
      forget (self, i - 1);
}

/**
 * paddock_activity_list_stop_all:
 * @self: the list
 *
 * Stops everything; what runs is over in a moment. From the newest on, so that nothing that waits gets a turn.
 */
void
paddock_activity_list_stop_all (PaddockActivityList *self)
{
  paddock_activity_list_stop_but (self, G_TYPE_INVALID);
}

/**
 * paddock_activity_list_stop_but:
 * @self: the list
 * @spared: the type of those that go on
 *
 * Stops everything else.
 */
void
paddock_activity_list_stop_but (PaddockActivityList *self, GType spared)
{
  for (guint i = 0; i < self->activities->len; i++)
    if (spared == G_TYPE_INVALID || !G_TYPE_CHECK_INSTANCE_TYPE (g_ptr_array_index (self->activities, i), spared))
      paddock_activity_stop (g_ptr_array_index (self->activities, i));
}

guint
paddock_activity_list_get_n_unfinished (PaddockActivityList *self)
{
  return count_state (self, PADDOCK_ACTIVITY_WAITING) + count_state (self, PADDOCK_ACTIVITY_RUNNING);
}

/**
 * paddock_activity_list_get_fraction:
 * @self: the list
 *
 * Returns: how much of this round is done, from 0 to 1; -1 if that is unknown
 */
double
paddock_activity_list_get_fraction (PaddockActivityList *self)
{
  double done = 0, total = 0;
  GHashTableIter iter;
  gpointer activity;

  g_hash_table_iter_init (&iter, self->round);
  while (g_hash_table_iter_next (&iter, &activity, NULL))
    {
      guint64 size = paddock_activity_get_total (activity);

      total += (double) size;
      done += paddock_activity_is_over (activity) ? (double) size : (double) paddock_activity_get_done (activity);
    }
  return total > 0 ? CLAMP (done / total, 0, 1) : -1;
}
