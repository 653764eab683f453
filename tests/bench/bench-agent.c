/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench-frames.h"
#include "bench-timer.h"

/*
 * Loaded before a GTK program: takes the steps that BENCH_STEPS names, as the person before the window would, and writes
 * figures of each into the file BENCH_ANSWER as "STEP.FIGURE NUMBER". Then it ends the program at once. So our window and
 * any other are measured by the same means, from outside.
 *
 *   frame    the first frame
 *   list     the first frame with a list of BENCH_ROWS rows or more
 *   settle   until the program has nothing more to do
 *   rest     the same, without figures
 *   search   types BENCH_WORDS into the search, a letter at a time
 *   wheel    scrolls from the top, by what a wheel's click does in each frame
 *   fling    scrolls from the top to the bottom in so many frames
 *   change   runs BENCH_CHANGE, and until nothing more is to be done about it
 */

#define QUIET_US (1500 * G_TIME_SPAN_MILLISECOND)
#define QUIET_SHARE 0.03             /* of a processor */
#define CHECK_MS 250
#define WHEEL_PIXELS 60
#define SCROLL_FRAMES 600

typedef struct
{
  const char *name;
  void (*begin) (void);
  void (*on_frame) (void);           /* NULL: does not care */
} Step;

static struct
{
  GString *answer;
  char **steps;
  const Step *step;
  guint n_done;
  guint64 rows;
  GtkWidget *list;                   /* borrowed; NULL: not seen yet */
  GtkWidget *search;

  gint64 quiet_since, checked_at;
  double checked_cpu;
  GPid change;                       /* 0: none runs */

  double position, distance;         /* of scrolling, in pixels */
  GArray *filters;                   /* double: seconds of each letter's filtering */
  const char *letters;
} agent;

static void next_step (void);

static void
tell (const char *figure, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (agent.answer, "%s.%s %s\n", agent.step->name, figure,
                          g_ascii_dtostr (buffer, sizeof buffer, value));
}

static double
get_resident (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmRSS:");
  return line != NULL ? (double) g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) * 1024 : 0;
}

static double
get_process_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static guint
count_rows (void)
{
  g_autoptr (GListModel) model = NULL;

  if (agent.list != NULL)
    g_object_get (agent.list, "model", &model, NULL);
  return model != NULL ? g_list_model_get_n_items (model) : 0;
}

/* A list is what scrolls and has a model. */
static gboolean
is_list (GtkWidget *widget)
{
  return GTK_IS_SCROLLABLE (widget) && g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "model") != NULL;
}

static gboolean
is_search (GtkWidget *widget)
{
  return GTK_IS_SEARCH_ENTRY (widget);
}

static GtkWidget *
find_mapped (GtkWidget *widget, gboolean (*is_wanted) (GtkWidget *))
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (is_wanted (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_mapped (child, is_wanted);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The list of models is the one beside a search. */
static void
find_widgets (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; agent.search == NULL && i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      agent.search = find_mapped (window, is_search);
    }
  for (GtkWidget *place = agent.search; agent.list == NULL && place != NULL; place = gtk_widget_get_parent (place))
    agent.list = find_mapped (place, is_list);
}

static void
tell_frames (void)
{
  tell ("turn", (double) bench_frames_get_longest_turn () / 1e6);
  tell ("frames", bench_frames_count ());
  tell ("frame50", (double) bench_frames_get_quantile (0.5) / 1e6);
  tell ("frame99", (double) bench_frames_get_quantile (0.99) / 1e6);
  tell ("frame", (double) bench_frames_get_quantile (1) / 1e6);
}

static void
end_at_frame (void)
{
  tell ("at", (double) g_get_monotonic_time () / 1e6);
  tell ("resident", get_resident ());
  next_step ();
}

static void
end_with_list (void)
{
  find_widgets ();
  if (agent.list != NULL && count_rows () >= agent.rows)
    end_at_frame ();
}

static void
begin_nothing (void)
{
}

static gboolean
check_quiet (gpointer user_data)
{
  gint64 now = g_get_monotonic_time ();
  double cpu = get_process_seconds ();

  if (agent.change != 0 || cpu - agent.checked_cpu > QUIET_SHARE * (double) (now - agent.checked_at) / 1e6)
    agent.quiet_since = now;
  agent.checked_at = now;
  agent.checked_cpu = cpu;
  if (now - agent.quiet_since < QUIET_US)
    return G_SOURCE_CONTINUE;
  find_widgets ();
  if (!g_str_equal (agent.step->name, "rest"))
    {
      tell ("rows", count_rows ());
      tell ("resident", get_resident ());
      tell_frames ();
    }
  next_step ();
  return G_SOURCE_REMOVE;
}

static void
begin_settle (void)
{
  agent.quiet_since = agent.checked_at = g_get_monotonic_time ();
  agent.checked_cpu = get_process_seconds ();
  g_timeout_add (CHECK_MS, check_quiet, NULL);
}

static void
on_changed (GPid process, int status, gpointer user_data)
{
  if (!g_spawn_check_wait_status (status, NULL))
    abort ();
  g_spawn_close_pid (process);
  agent.change = 0;
}

static void
begin_change (void)
{
  g_auto (GStrv) command = NULL;
  g_auto (GStrv) environment = g_environ_unsetenv (g_get_environ (), "LD_PRELOAD");

  if (!g_shell_parse_argv (g_getenv ("BENCH_CHANGE"), NULL, &command, NULL) ||
      !g_spawn_async (NULL, command, environment, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, NULL, NULL,
                      &agent.change, NULL))
    abort ();
  g_child_watch_add (agent.change, on_changed, NULL);
  begin_settle ();
}

static void
filter (const char *text, gsize length)
{
  g_autofree char *part = g_strndup (text, length);
  struct timespec before, after;
  double spent;

  gtk_editable_set_text (GTK_EDITABLE (agent.search), part);
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &before);
  g_signal_emit_by_name (agent.search, "search-changed");
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &after);
  spent = (double) (after.tv_sec - before.tv_sec) + (double) (after.tv_nsec - before.tv_nsec) / 1e9;
  g_array_append_val (agent.filters, spent);
}

/* As fast as nobody types: each letter's frame is over before the next one. */
static gboolean
type_letter (gpointer user_data)
{
  const char *words = g_getenv ("BENCH_WORDS");

  if (*agent.letters != '\0')
    {
      agent.letters++;
      filter (words, (gsize) (agent.letters - words));
      return G_SOURCE_CONTINUE;
    }
  filter ("", 0);
  tell ("filter50", bench_timer_median ((double *) (gpointer) agent.filters->data, agent.filters->len));
  /* Finding the median has sorted them. */
  tell ("filter", g_array_index (agent.filters, double, agent.filters->len - 1));
  tell_frames ();
  next_step ();
  return G_SOURCE_REMOVE;
}

static void
begin_search (void)
{
  agent.filters = g_array_new (FALSE, FALSE, sizeof (double));
  agent.letters = g_getenv ("BENCH_WORDS");
  g_timeout_add (CHECK_MS, type_letter, NULL);
}

static gboolean
scroll (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (agent.list));
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  double step = agent.distance > 0 ? agent.distance : end / SCROLL_FRAMES;

  if (bench_frames_count () < SCROLL_FRAMES && gtk_adjustment_get_value (adjustment) + step / 2 < end)
    {
      agent.position += step;
      gtk_adjustment_set_value (adjustment, MIN (agent.position, end));
      return G_SOURCE_CONTINUE;
    }
  tell ("reached", gtk_adjustment_get_value (adjustment) / end);
  tell_frames ();
  next_step ();
  return G_SOURCE_REMOVE;
}

static void
begin_scrolling (double distance)
{
  agent.distance = distance;
  agent.position = 0;
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (agent.list)), 0);
  gtk_widget_add_tick_callback (agent.list, scroll, NULL, NULL);
}

static void
begin_wheel (void)
{
  begin_scrolling (WHEEL_PIXELS);
}

static void
begin_fling (void)
{
  begin_scrolling (0);
}

static const Step steps[] = {
  { "frame", begin_nothing, end_at_frame }, { "list", begin_nothing, end_with_list }, { "settle", begin_settle, NULL },
  { "rest", begin_settle, NULL },           { "search", begin_search, NULL },         { "wheel", begin_wheel, NULL },
  { "fling", begin_fling, NULL },           { "change", begin_change, NULL },
};

static void
next_step (void)
{
  const char *name = agent.steps[agent.n_done];

  if (name == NULL)
    {
      g_file_set_contents (g_getenv ("BENCH_ANSWER"), agent.answer->str, -1, NULL);
      _exit (0);
    }
  agent.n_done++;
  agent.step = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].name, name))
      agent.step = &steps[i];
  if (agent.step == NULL)
    abort ();
  bench_frames_forget ();
  agent.step->begin ();
}

static void
on_frame (gpointer user_data)
{
  /* What comes before the window can be seen is not a turn that keeps anybody waiting. */
  if (agent.step == NULL)
    next_step ();
  if (agent.step->on_frame != NULL)
    agent.step->on_frame ();
}

__attribute__ ((constructor)) static void
start (void)
{
  if (g_getenv ("BENCH_ANSWER") == NULL)
    return;
  agent.answer = g_string_new (NULL);
  agent.steps = g_strsplit (g_getenv ("BENCH_STEPS"), ",", -1);
  agent.rows = g_ascii_strtoull (g_getenv ("BENCH_ROWS") != NULL ? g_getenv ("BENCH_ROWS") : "1", NULL, 10);
  bench_frames_start (on_frame, NULL);
}
