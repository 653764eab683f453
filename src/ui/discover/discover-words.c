/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/discover-words.h"

#include "base/units.h"
#include "model/file-name.h"

#include <glib/gi18n.h>
#include <string.h>

#define PART_CHARS 60
#define DAY (24 * 60 * 60)

typedef struct
{
  const char *task;
  const char *label;
} Task;

/* In the order in which they are offered. */
static const Task tasks[] = {
  { "text-generation", N_("Text") },
  { "image-text-to-text", N_("Pictures and Text") },
  { "any-to-any", N_("Many Kinds of Media") },
  { "audio-text-to-text", N_("Sound and Text") },
  { "automatic-speech-recognition", N_("Speech Recognition") },
  { "text-to-speech", N_("Reading Aloud") },
  { "feature-extraction", N_("Embeddings") },
  { "sentence-similarity", N_("Comparing Sentences") },
  { "text-ranking", N_("Ranking") },
  { "translation", N_("Translation") },
  { "text-to-image", N_("Making Pictures") },
  { "text-to-video", N_("Making Films") },
};

/**
 * paddock_discover_words_dup_name:
 * @repository: a repository
 *
 * Returns: (transfer full): its name, without that of its owner
 */
char *
paddock_discover_words_dup_name (const PaddockHubRepository *repository)
{
  const char *slash = strchr (repository->id, '/');

  return paddock_units_escape (slash != NULL ? slash + 1 : repository->id, -1, 0);
}

char *
paddock_discover_words_dup_owner (const PaddockHubRepository *repository)
{
  return paddock_units_escape (repository->author, -1, PART_CHARS);
}

/**
 * paddock_discover_words_dup_parameters:
 * @repository: a repository
 *
 * Returns: (transfer full) (nullable): how large the model is, as the hub or else the name tells
 */
char *
paddock_discover_words_dup_parameters (const PaddockHubRepository *repository)
{
  g_autoptr (PaddockFileName) name = NULL;

  if (repository->parameters >= 0)
    return paddock_units_format_parameters (repository->parameters);
  name = paddock_file_name_parse (repository->id);
  return name->size_label != NULL ? paddock_units_escape (name->size_label, -1, PART_CHARS) : NULL;
}

/**
 * paddock_discover_words_dup_license:
 * @repository: a repository
 *
 * Returns: (transfer full) (nullable): its licence, as the hub calls it
 */
char *
paddock_discover_words_dup_license (const PaddockHubRepository *repository)
{
  if (repository->license == NULL)
    return NULL;
  if (g_str_equal (repository->license, "other") || g_str_equal (repository->license, "unknown"))
    return g_strdup (_("A license of its own"));
  return paddock_units_escape (repository->license, -1, PART_CHARS);
}

static void
add (GStrvBuilder *parts, char *text)
{
  if (text != NULL)
    g_strv_builder_take (parts, text);
}

static char *
join (GStrvBuilder *parts, const char *separator)
{
  g_auto (GStrv) words = g_strv_builder_end (parts);

  return g_strjoinv (separator, words);
}

static void
add_facts (GStrvBuilder *parts, const PaddockHubRepository *repository)
{
  add (parts, paddock_discover_words_dup_owner (repository));
  add (parts, paddock_discover_words_dup_parameters (repository));
  add (parts, repository->task != NULL ? paddock_discover_words_dup_task (repository->task) : NULL);
  add (parts, paddock_discover_words_dup_license (repository));
}

/**
 * paddock_discover_words_dup_summary:
 * @repository: a repository
 *
 * Returns: (transfer full): one line about it
 */
char *
paddock_discover_words_dup_summary (const PaddockHubRepository *repository)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();

  add_facts (parts, repository);
  return join (parts, " · ");
}

/**
 * paddock_discover_words_dup_downloads:
 * @repository: a repository
 *
 * Returns: (transfer full) (nullable): how often it was downloaded lately
 */
char *
paddock_discover_words_dup_downloads (const PaddockHubRepository *repository)
{
  g_autofree char *count = NULL;

  if (repository->downloads < 0)
    return NULL;
  count = paddock_units_format_count ((guint64) repository->downloads);
  return g_strdup_printf (ngettext ("%s download", "%s downloads", (gulong) repository->downloads), count);
}

/**
 * paddock_discover_words_dup_likes:
 * @repository: a repository
 *
 * Returns: (transfer full) (nullable): how many people like it
 */
char *
paddock_discover_words_dup_likes (const PaddockHubRepository *repository)
{
  g_autofree char *count = NULL;

  if (repository->likes < 0)
    return NULL;
  count = paddock_units_format_count ((guint64) repository->likes);
  return g_strdup_printf (ngettext ("%s like", "%s likes", (gulong) repository->likes), count);
}

/**
 * paddock_discover_words_dup_label:
 * @repository: a repository
 *
 * Returns: (transfer full): all that its row says
 */
char *
paddock_discover_words_dup_label (const PaddockHubRepository *repository)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  const char *gate = paddock_discover_words_get_gate (repository);

  add (parts, paddock_discover_words_dup_name (repository));
  add (parts, g_strdup (gate));
  add_facts (parts, repository);
  add (parts, paddock_discover_words_dup_downloads (repository));
  add (parts, paddock_discover_words_dup_likes (repository));
  add (parts, paddock_discover_words_dup_age (repository->modified, g_get_real_time () / G_USEC_PER_SEC));
  return join (parts, ", ");
}

/**
 * paddock_discover_words_get_gate:
 * @repository: a repository
 *
 * Returns: (nullable): what there is between it and a person
 */
const char *
paddock_discover_words_get_gate (const PaddockHubRepository *repository)
{
  if (repository->is_disabled)
    return _("Shut by the Hub");
  if (repository->gate == PADDOCK_HUB_GATED_MANUAL)
    return _("On Request");
  if (repository->gate == PADDOCK_HUB_GATED_AUTOMATIC)
    return _("With Conditions");
  return repository->is_private ? _("Private") : NULL;
}

/**
 * paddock_discover_words_dup_task:
 * @task: as the hub calls it
 *
 * Returns: (transfer full): as people do
 */
char *
paddock_discover_words_dup_task (const char *task)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tasks); i++)
    if (g_str_equal (tasks[i].task, task))
      return g_strdup (_(tasks[i].label));
  return paddock_units_escape (task, -1, PART_CHARS);
}

/**
 * paddock_discover_words_get_task:
 * @position: from 0
 *
 * Returns: (nullable): a task, as the hub calls it
 */
const char *
paddock_discover_words_get_task (guint position)
{
  return position < G_N_ELEMENTS (tasks) ? tasks[position].task : NULL;
}

/**
 * paddock_discover_words_dup_age:
 * @when: when something was changed last
 * @now: what time it is
 *
 * Returns: (transfer full) (nullable): how long ago that was, as people say it
 */
char *
paddock_discover_words_dup_age (gint64 when, gint64 now)
{
  guint days = when >= 0 && when < now ? (guint) ((now - when) / DAY) : 0;

  if (when < 0)
    return NULL;
  if (days == 0)
    return g_strdup (_("Updated today"));
  if (days < 60)
    return g_strdup_printf (ngettext ("Updated %u day ago", "Updated %u days ago", days), days);
  if (days < 2 * 365)
    return g_strdup_printf (ngettext ("Updated %u month ago", "Updated %u months ago", days / 30), days / 30);
  return g_strdup_printf (ngettext ("Updated %u year ago", "Updated %u years ago", days / 365), days / 365);
}

/**
 * paddock_discover_words_dup_said:
 * @said_at: when the hub said what is shown
 * @now: what time it is
 *
 * Returns: (transfer full): that it is so old, and why
 */
char *
paddock_discover_words_dup_said (gint64 said_at, gint64 now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (said_at);
  g_autofree char *text = then != NULL ? g_date_time_format (then, now - said_at < DAY ? "%H:%M" : "%x") : NULL;

  if (text == NULL)
    return g_strdup (_("The hub cannot be asked now: this is what it said once"));
  /* Translators: %s is a time of today, or a date. */
  return g_strdup_printf (_("The hub cannot be asked now: this is as of %s"), text);
}
