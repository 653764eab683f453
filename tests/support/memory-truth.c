/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-truth.h"

#include <stddef.h>
#include <string.h>

typedef enum
{
  CELL_TEXT,
  CELL_COUNT,
  CELL_BYTES,
  CELL_SWITCH
} CellKind;

typedef struct
{
  const char *name;
  CellKind kind;
  gsize offset;
} Column;

#define COLUMN(name, kind, field) { name, kind, offsetof (TestMemoryPoint, field) }

static const Column columns[] = {
  COLUMN ("header", CELL_TEXT, header),
  COLUMN ("n_ctx", CELL_COUNT, context),
  COLUMN ("n_ubatch", CELL_COUNT, ubatch),
  COLUMN ("n_batch", CELL_COUNT, batch),
  COLUMN ("n_parallel", CELL_COUNT, parallel),
  COLUMN ("kv_unified", CELL_SWITCH, unified),
  COLUMN ("type_k", CELL_TEXT, cache_k),
  COLUMN ("type_v", CELL_TEXT, cache_v),
  COLUMN ("flash_attn", CELL_TEXT, flash_attention),
  COLUMN ("swa_full", CELL_SWITCH, swa_full),
  COLUMN ("n_outputs_max", CELL_COUNT, outputs),
  COLUMN ("cpu_backend", CELL_TEXT, processor),
  COLUMN ("repack", CELL_SWITCH, repack),
  COLUMN ("model_bytes", CELL_BYTES, model_bytes),
  COLUMN ("kv_bytes", CELL_BYTES, cache_bytes),
  COLUMN ("rs_bytes", CELL_BYTES, state_bytes),
  COLUMN ("compute_bytes", CELL_BYTES, compute_bytes),
  COLUMN ("output_bytes", CELL_BYTES, output_bytes),
};

static void
free_point (gpointer data)
{
  TestMemoryPoint *point = data;

  g_free (point->header);
  g_free (point->cache_k);
  g_free (point->cache_v);
  g_free (point->flash_attention);
  g_free (point->processor);
  g_free (point);
}

static gboolean
read_cell (TestMemoryPoint *point, const Column *column, const char *cell, GError **error)
{
  gpointer field = (char *) point + column->offset;
  guint64 maximum = column->kind == CELL_BYTES ? G_MAXUINT64 : column->kind == CELL_COUNT ? G_MAXUINT32 : 1;
  guint64 number = 0;

  if (column->kind == CELL_TEXT)
    {
      *(char **) field = g_strdup (cell);
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (cell, 10, 0, maximum, &number, error))
    return FALSE;
  if (column->kind == CELL_BYTES)
    *(guint64 *) field = number;
  else
    *(guint32 *) field = (guint32) number;
  return TRUE;
}

static TestMemoryPoint *
read_line (const char *line, char **names, GError **error)
{
  g_auto(GStrv) cells = g_strsplit (line, ",", -1);
  TestMemoryPoint *point = g_new0 (TestMemoryPoint, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      guint place = 0;

      while (names[place] != NULL && strcmp (names[place], columns[i].name) != 0)
        place++;
      if (names[place] == NULL || place >= g_strv_length (cells))
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no %s in “%s”", columns[i].name, line);
      else if (read_cell (point, &columns[i], cells[place], error))
        continue;
      free_point (point);
      return NULL;
    }
  return point;
}

/**
 * test_memory_truth_read:
 * @path: a table of comma-separated values
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type TestMemoryPoint): the points in it
 */
GPtrArray *
test_memory_truth_read (const char *path, GError **error)
{
  g_autoptr(GPtrArray) points = g_ptr_array_new_with_free_func (free_point);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_auto(GStrv) names = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  names = g_strsplit (lines[0] != NULL ? lines[0] : "", ",", -1);
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      TestMemoryPoint *point = read_line (lines[i], names, error);

      if (point == NULL)
        return NULL;
      g_ptr_array_add (points, point);
    }
  return g_steal_pointer (&points);
}
