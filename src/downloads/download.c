/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-private.h"

enum
{
  PROP_TITLE = 1,
  PROP_STATE,
  PROP_WAIT,
  PROP_RECEIVED,
  PROP_VERIFIED,
  PROP_TOTAL,
  PROP_RATE,
  PROP_SECONDS_LEFT,
  PROP_RETRY_IN,
  PROP_SHORTAGE,
  PROP_ERROR,
  PROP_LIMIT,
  PROP_PRIORITY,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PaddockDownload, paddock_download, G_TYPE_OBJECT)

static void
paddock_download_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PaddockDownload *self = PADDOCK_DOWNLOAD (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_WAIT:
      g_value_set_uint (value, self->wait);
      break;
    case PROP_RECEIVED:
      g_value_set_uint64 (value, self->received);
      break;
    case PROP_VERIFIED:
      g_value_set_uint64 (value, self->verified);
      break;
    case PROP_TOTAL:
      g_value_set_int64 (value, self->total);
      break;
    case PROP_RATE:
      g_value_set_uint64 (value, self->rate);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_int64 (value, self->seconds_left);
      break;
    case PROP_RETRY_IN:
      g_value_set_uint (value, self->retry_in);
      break;
    case PROP_SHORTAGE:
      g_value_set_uint64 (value, self->shortage);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_LIMIT:
      g_value_set_uint64 (value, self->limit);
      break;
    case PROP_PRIORITY:
      g_value_set_uint (value, self->priority);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
paddock_download_finalize (GObject *object)
{
  PaddockDownload *self = PADDOCK_DOWNLOAD (object);

  g_free (self->title);
  g_free (self->target);
  g_free (self->sha256);
  g_clear_pointer (&self->origin, paddock_download_origin_unref);
  g_clear_error (&self->error);
  g_free (self->others);
  g_free (self->saved);
  G_OBJECT_CLASS (paddock_download_parent_class)->finalize (object);
}

static GParamSpec *
make_count (const char *name)
{
  return g_param_spec_uint64 (name, NULL, NULL, 0, G_MAXUINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
make_choice (const char *name, guint last)
{
  return g_param_spec_uint (name, NULL, NULL, 0, last, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
make_unsure (const char *name)
{
  return g_param_spec_int64 (name, NULL, NULL, -1, G_MAXINT64, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
paddock_download_class_init (PaddockDownloadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = paddock_download_get_property;
  object_class->finalize = paddock_download_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] = make_choice ("state", PADDOCK_DOWNLOAD_CANCELLED);
  properties[PROP_WAIT] = make_choice ("wait", PADDOCK_DOWNLOAD_WAIT_NETWORK);
  properties[PROP_RECEIVED] = make_count ("received");
  properties[PROP_VERIFIED] = make_count ("verified");
  properties[PROP_TOTAL] = make_unsure ("total");
  properties[PROP_RATE] = make_count ("rate");
  properties[PROP_SECONDS_LEFT] = make_unsure ("seconds-left");
  properties[PROP_RETRY_IN] = make_choice ("retry-in", G_MAXUINT);
  properties[PROP_SHORTAGE] = make_count ("shortage");
  properties[PROP_ERROR]
      = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LIMIT] = make_count ("limit");
  properties[PROP_PRIORITY] = make_choice ("priority", PADDOCK_DOWNLOAD_HIGH);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
paddock_download_init (PaddockDownload *self)
{
  self->total = self->seconds_left = -1;
  self->priority = PADDOCK_DOWNLOAD_NORMAL;
}

/**
 * paddock_download_new:
 * @title: what it is called
 * @target: (type filename): the file that shall be there
 * @origin: which file it is
 *
 * Returns: (transfer full): one that is queued
 */
PaddockDownload *
paddock_download_new (const char *title, const char *target, PaddockDownloadOrigin *origin)
{
  PaddockDownload *self = g_object_new (PADDOCK_TYPE_DOWNLOAD, NULL);

  self->title = g_strdup (title);
  self->target = g_strdup (target);
  self->origin = paddock_download_origin_ref (origin);
  self->total = origin->size;
  return self;
}

static void
notify (PaddockDownload *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_count (PaddockDownload *self, guint64 *field, guint64 value, guint property)
{
  if (*field == value)
    return;
  *field = value;
  notify (self, property);
}

static void
set_unsure (PaddockDownload *self, gint64 *field, gint64 value, guint property)
{
  if (*field == value)
    return;
  *field = value;
  notify (self, property);
}

void
paddock_download_touch (PaddockDownload *self)
{
  g_clear_pointer (&self->saved, g_free);
}

void
paddock_download_set_progress (PaddockDownload *self, const PaddockDownloadProgress *progress)
{
  g_object_freeze_notify (G_OBJECT (self));
  set_count (self, &self->received, progress->received, PROP_RECEIVED);
  set_count (self, &self->verified, progress->verified, PROP_VERIFIED);
  set_count (self, &self->rate, progress->rate, PROP_RATE);
  set_unsure (self, &self->total, progress->total, PROP_TOTAL);
  set_unsure (self, &self->seconds_left, progress->seconds_left, PROP_SECONDS_LEFT);
  g_object_thaw_notify (G_OBJECT (self));
}

void
paddock_download_set_state (PaddockDownload *self, PaddockDownloadState state, PaddockDownloadWait wait)
{
  gboolean other_state = self->state != state, other_wait = self->wait != wait;

  self->state = state;
  self->wait = wait;
  paddock_download_touch (self);
  g_object_freeze_notify (G_OBJECT (self));
  if (other_state)
    notify (self, PROP_STATE);
  if (other_wait)
    notify (self, PROP_WAIT);
  if (!paddock_download_is_active (self))
    {
      set_count (self, &self->rate, 0, PROP_RATE);
      set_unsure (self, &self->seconds_left, -1, PROP_SECONDS_LEFT);
    }
  if (wait != PADDOCK_DOWNLOAD_WAIT_RETRY)
    paddock_download_set_retry_in (self, 0);
  if (wait != PADDOCK_DOWNLOAD_WAIT_DISK)
    set_count (self, &self->shortage, 0, PROP_SHORTAGE);
  g_object_thaw_notify (G_OBJECT (self));
}

void
paddock_download_set_retry_in (PaddockDownload *self, guint seconds)
{
  if (self->retry_in == seconds)
    return;
  self->retry_in = seconds;
  notify (self, PROP_RETRY_IN);
}

void
paddock_download_set_shortage (PaddockDownload *self, guint64 bytes)
{
  set_count (self, &self->shortage, bytes, PROP_SHORTAGE);
}

void
paddock_download_set_error (PaddockDownload *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  paddock_download_touch (self);
  notify (self, PROP_ERROR);
}

void
paddock_download_set_limit (PaddockDownload *self, guint64 bytes_per_second)
{
  paddock_download_touch (self);
  set_count (self, &self->limit, bytes_per_second, PROP_LIMIT);
}

void
paddock_download_set_priority (PaddockDownload *self, PaddockDownloadPriority priority)
{
  if (self->priority == priority)
    return;
  self->priority = priority;
  paddock_download_touch (self);
  notify (self, PROP_PRIORITY);
}

const char *
paddock_download_get_title (PaddockDownload *self)
{
  return self->title;
}

const char *
paddock_download_get_target (PaddockDownload *self)
{
  return self->target;
}

PaddockDownloadOrigin *
paddock_download_get_origin (PaddockDownload *self)
{
  return self->origin;
}

PaddockDownloadState
paddock_download_get_state (PaddockDownload *self)
{
  return self->state;
}

PaddockDownloadWait
paddock_download_get_wait (PaddockDownload *self)
{
  return self->wait;
}

guint64
paddock_download_get_received (PaddockDownload *self)
{
  return self->received;
}

guint64
paddock_download_get_verified (PaddockDownload *self)
{
  return self->verified;
}

gint64
paddock_download_get_total (PaddockDownload *self)
{
  return self->total;
}

guint64
paddock_download_get_rate (PaddockDownload *self)
{
  return self->rate;
}

gint64
paddock_download_get_seconds_left (PaddockDownload *self)
{
  return self->seconds_left;
}

guint
paddock_download_get_retry_in (PaddockDownload *self)
{
  return self->retry_in;
}

guint64
paddock_download_get_shortage (PaddockDownload *self)
{
  return self->shortage;
}

const GError *
paddock_download_get_error (PaddockDownload *self)
{
  return self->error;
}

guint64
paddock_download_get_limit (PaddockDownload *self)
{
  return self->limit;
}

PaddockDownloadPriority
paddock_download_get_priority (PaddockDownload *self)
{
  return self->priority;
}

const char *
paddock_download_get_sha256 (PaddockDownload *self)
{
  return self->sha256;
}

gboolean
paddock_download_is_active (PaddockDownload *self)
{
  return self->state == PADDOCK_DOWNLOAD_RESOLVING || self->state == PADDOCK_DOWNLOAD_DOWNLOADING ||
         self->state == PADDOCK_DOWNLOAD_VERIFYING;
}

gboolean
paddock_download_is_over (PaddockDownload *self)
{
  return self->state >= PADDOCK_DOWNLOAD_DONE;
}
