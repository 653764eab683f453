/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_ACTIVITY_WAITING,          /* for its turn */
  PADDOCK_ACTIVITY_RUNNING,
  PADDOCK_ACTIVITY_DONE,
  PADDOCK_ACTIVITY_FAILED,           /* it could not be done, or what it found is bad */
  PADDOCK_ACTIVITY_STOPPED           /* by the person */
} PaddockActivityState;

#define PADDOCK_TYPE_ACTIVITY (paddock_activity_get_type ())
G_DECLARE_DERIVABLE_TYPE (PaddockActivity, paddock_activity, PADDOCK, ACTIVITY, GObject)

/**
 * PaddockActivityClass:
 * @start: begins the work, which must end with paddock_activity_end(); it heeds paddock_activity_get_cancellable()
 * @dup_progress: words for how far it is; %NULL for those of bytes
 * @view: which view of the model's page tells what came of it, or %NULL
 */
struct _PaddockActivityClass
{
  GObjectClass parent_class;

  void (*start) (PaddockActivity *self);
  char *(*dup_progress) (PaddockActivity *self);
  const char *view;
  gboolean background;               /* it takes only what others leave, so it waits for no turn and takes none */
};

const char           *paddock_activity_get_title       (PaddockActivity *self);
const char           *paddock_activity_get_subtitle    (PaddockActivity *self);
const char           *paddock_activity_get_path        (PaddockActivity *self);   /* NULL: of nothing that has a page */
const char           *paddock_activity_get_view        (PaddockActivity *self);   /* "" for none of its own */
gboolean              paddock_activity_is_background   (PaddockActivity *self);
PaddockActivityState  paddock_activity_get_state       (PaddockActivity *self);
gboolean              paddock_activity_is_over         (PaddockActivity *self);
guint64               paddock_activity_get_done        (PaddockActivity *self);
guint64               paddock_activity_get_total       (PaddockActivity *self);   /* 0: unknown */
double                paddock_activity_get_fraction    (PaddockActivity *self);   /* -1: unknown */
double                paddock_activity_get_rate        (PaddockActivity *self);   /* a second, 0: unknown */
guint                 paddock_activity_get_seconds     (PaddockActivity *self);   /* that it has run */
char                 *paddock_activity_dup_status      (PaddockActivity *self);
GCancellable         *paddock_activity_get_cancellable (PaddockActivity *self);

/* For the list that gives it its turn. */
void paddock_activity_start (PaddockActivity *self);
/* For everybody. */
void paddock_activity_stop (PaddockActivity *self);
/* For the work itself. */
void paddock_activity_report (PaddockActivity *self, guint64 done, guint64 total);
void paddock_activity_end    (PaddockActivity *self, PaddockActivityState state, const char *result);

G_END_DECLS
