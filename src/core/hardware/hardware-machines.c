/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-machines.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/atomic-file.h"
#include "base/io-error.h"
#include "base/own-folder.h"
#include "hardware/hardware-draft.h"
#include "hardware/hardware-json.h"
#include "hardware/hardware-path.h"

#define SUFFIX ".json"
#define MAX_BYTES (4u << 20)         /* of a file */
/* What stays as it is in the name of a file; the rest of a name is written in numbers. */
#define PLAIN " ()+,="

struct _PaddockHardwareMachines
{
  char *folder;
};

/**
 * paddock_hardware_machines_new:
 * @folder: (nullable): where they are
 *
 * Returns: (transfer full): the machines there; the folder is made when the first one is saved
 */
PaddockHardwareMachines *
paddock_hardware_machines_new (const char *folder)
{
  PaddockHardwareMachines *self = g_new0 (PaddockHardwareMachines, 1);
  g_autofree char *config = paddock_own_folder_dup_path (PADDOCK_OWN_CONFIG);

  self->folder = folder != NULL ? g_strdup (folder) : g_build_filename (config, "machines", NULL);
  return self;
}

void
paddock_hardware_machines_free (PaddockHardwareMachines *self)
{
  g_free (self->folder);
  g_free (self);
}

/**
 * paddock_hardware_machines_is_name:
 * @name: any bytes
 *
 * Returns: whether one may be called that
 */
gboolean
paddock_hardware_machines_is_name (const char *name)
{
  if (!g_utf8_validate (name, -1, NULL) || *name == '\0' || *name == ' ' || name[strlen (name) - 1] == ' ' ||
      g_utf8_strlen (name, -1) > PADDOCK_HARDWARE_MACHINES_MAX_NAME)
    return FALSE;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

/* A dot at the beginning would hide it, and a name may have letters that a file system does not. */
static char *
make_path (PaddockHardwareMachines *self, const char *name, GError **error)
{
  g_autofree char *escaped = paddock_hardware_machines_is_name (name) ? g_uri_escape_string (name, PLAIN, TRUE) : NULL;
  g_autofree char *file = NULL;

  if (escaped == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "A name has between 1 and 80 characters, and no blank at an end");
      return NULL;
    }
  file = g_strdup_printf ("%s%s" SUFFIX, *escaped == '.' ? "%2E" : "", *escaped == '.' ? escaped + 1 : escaped);
  return g_build_filename (self->folder, file, NULL);
}

static char *
parse_file_name (const char *file)
{
  g_autofree char *escaped = NULL;
  g_autofree char *name = NULL;

  if (!g_str_has_suffix (file, SUFFIX) || *file == '.')
    return NULL;
  escaped = g_strndup (file, strlen (file) - strlen (SUFFIX));
  name = g_uri_unescape_string (escaped, NULL);
  return name != NULL && paddock_hardware_machines_is_name (name) ? g_steal_pointer (&name) : NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  int order = g_utf8_collate (first, second);

  return order != 0 ? order : strcmp (first, second);
}

/**
 * paddock_hardware_machines_list:
 * @self: the machines
 *
 * Returns: (transfer full): their names
 */
char **
paddock_hardware_machines_list (PaddockHardwareMachines *self)
{
  g_autoptr (GDir) directory = g_dir_open (self->folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new ();
  const char *file;

  while (directory != NULL && (file = g_dir_read_name (directory)) != NULL)
    {
      char *name = parse_file_name (file);

      if (name != NULL)
        g_ptr_array_add (names, name);
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static gboolean
no_such (const char *name, int saved_errno, const char *doing, const char *path, GError **error)
{
  if (saved_errno == ENOENT)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no computer called “%s”", name);
  else
    paddock_io_error_set_from_errno (error, saved_errno, doing, path);
  return FALSE;
}

/**
 * paddock_hardware_machines_load:
 * @self: the machines
 * @name: the name of one
 * @error: return location for %G_IO_ERROR or %PADDOCK_HARDWARE_JSON_ERROR
 *
 * Returns: (transfer full) (nullable): what it has
 */
PaddockHardwareSnapshot *
paddock_hardware_machines_load (PaddockHardwareMachines *self, const char *name, GError **error)
{
  g_autofree char *path = make_path (self, name, error);
  g_autofree char *text = NULL;
  GStatBuf status;
  gsize length;

  if (path == NULL)
    return NULL;
  if (g_stat (path, &status) != 0)
    {
      no_such (name, errno, "read", path, error);
      return NULL;
    }
  if (!S_ISREG (status.st_mode) || status.st_size > MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s describes no computer", path);
      return NULL;
    }
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  return paddock_hardware_json_read (text, (gssize) length, error);
}

static PaddockHardwareSnapshot *
with_name (const PaddockHardwareSnapshot *machine, const char *name)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new_from_snapshot (machine);

  g_set_str (&draft->name, name);
  g_set_str (&draft->name_source, "set by you");
  return paddock_hardware_draft_end (g_steal_pointer (&draft));
}

/**
 * paddock_hardware_machines_save:
 * @self: the machines
 * @name: what it shall be called
 * @machine: what it has
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: whether it is on the disk
 */
gboolean
paddock_hardware_machines_save (PaddockHardwareMachines *self, const char *name, const PaddockHardwareSnapshot *machine,
                                GError **error)
{
  g_autofree char *path = make_path (self, name, error);
  g_autoptr (PaddockHardwareSnapshot) named = NULL;
  g_autoptr (PaddockAtomicFile) file = NULL;
  g_autofree char *text = NULL;

  if (path == NULL)
    return FALSE;
  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    {
      paddock_io_error_set_from_errno (error, errno, "make", self->folder);
      return FALSE;
    }
  named = with_name (machine, name);
  text = paddock_hardware_json_write (named);
  file = paddock_atomic_file_new (path, error);
  return file != NULL && paddock_atomic_file_write (file, (const guint8 *) text, strlen (text), error) &&
         paddock_atomic_file_commit (file, error);
}

/**
 * paddock_hardware_machines_rename:
 * @self: the machines
 * @from: what it is called
 * @to: what it shall be called
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: whether it has the new name
 */
gboolean
paddock_hardware_machines_rename (PaddockHardwareMachines *self, const char *from, const char *to, GError **error)
{
  g_autofree char *old_path = make_path (self, from, error);
  g_autofree char *new_path = old_path != NULL ? make_path (self, to, error) : NULL;
  g_autoptr (PaddockHardwareSnapshot) machine = NULL;

  if (new_path == NULL)
    return FALSE;
  if (g_str_equal (from, to))
    return TRUE;
  if (g_file_test (new_path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "There is a computer called “%s” already", to);
      return FALSE;
    }
  /* The name stands in the file too. If this is interrupted there are both, and nothing is lost. */
  machine = paddock_hardware_machines_load (self, from, error);
  return machine != NULL && paddock_hardware_machines_save (self, to, machine, error) &&
         paddock_hardware_machines_remove (self, from, error);
}

/**
 * paddock_hardware_machines_remove:
 * @self: the machines
 * @name: the name of one
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: whether it is gone
 */
gboolean
paddock_hardware_machines_remove (PaddockHardwareMachines *self, const char *name, GError **error)
{
  g_autofree char *path = make_path (self, name, error);

  if (path == NULL)
    return FALSE;
  return g_unlink (path) == 0 || no_such (name, errno, "remove", path, error);
}

static void
drop_device (PaddockHardwareDraft *draft, const char *id)
{
  for (guint i = 0; i < draft->devices->len; i++)
    {
      const PaddockHardwareDevice *device = g_ptr_array_index (draft->devices, i);

      if (g_str_equal (device->id, id))
        {
          g_ptr_array_remove_index (draft->devices, i);
          return;
        }
    }
}

/**
 * paddock_hardware_machines_add_device:
 * @machine: a computer
 * @device: (transfer full): a device
 *
 * Returns: (transfer full): the computer with it
 */
PaddockHardwareSnapshot *
paddock_hardware_machines_add_device (const PaddockHardwareSnapshot *machine, PaddockHardwareDevice *device)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new_from_snapshot (machine);

  drop_device (draft, device->id);
  paddock_hardware_draft_add_device (draft, device);
  return paddock_hardware_draft_end (g_steal_pointer (&draft));
}

/**
 * paddock_hardware_machines_remove_device:
 * @machine: a computer
 * @id: which of its devices
 *
 * Returns: (transfer full): the computer without it
 */
PaddockHardwareSnapshot *
paddock_hardware_machines_remove_device (const PaddockHardwareSnapshot *machine, const char *id)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new_from_snapshot (machine);

  drop_device (draft, id);
  return paddock_hardware_draft_end (g_steal_pointer (&draft));
}

/* What is free of a whole: its number, or NULL where the number is no whole. */
static PaddockHardwareNumber *
find_rest (PaddockHardwareDraft *draft, const char *path, guint n)
{
  g_autofree char *part = g_strndup (path, strlen (path) - strlen ("total"));
  g_autofree char *rest = g_strconcat (part, g_str_equal (part, "memory.") ? "available" : "free", NULL);

  return g_str_has_suffix (path, ".total") ? paddock_hardware_path_find_draft (draft, rest, n) : NULL;
}

/* As much is taken as before. */
static void
move_rest (PaddockHardwareNumber *rest, const PaddockHardwareNumber *before, guint64 total)
{
  guint64 taken = rest->known && before->known && before->value > rest->value ? before->value - rest->value : 0;

  if (!rest->overridden)
    paddock_hardware_number_set (rest, total > taken ? total - taken : 0, "set by you");
}

/**
 * paddock_hardware_machines_set_number:
 * @machine: a computer
 * @path: which of its numbers
 * @value: what it is
 *
 * Returns: (transfer full): the computer with it; what is free of a memory changes as much as the memory
 */
PaddockHardwareSnapshot *
paddock_hardware_machines_set_number (const PaddockHardwareSnapshot *machine, const char *path, guint64 value)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new_from_snapshot (machine);
  PaddockHardwareNumber *number;

  for (guint n = 0; (number = paddock_hardware_path_find_draft (draft, path, n)) != NULL; n++)
    {
      PaddockHardwareNumber *rest = find_rest (draft, path, n);

      if (rest != NULL)
        move_rest (rest, number, value);
      paddock_hardware_number_override (number, value, "set by you");
    }
  return paddock_hardware_draft_end (g_steal_pointer (&draft));
}

/**
 * paddock_hardware_machines_reset_number:
 * @machine: a computer
 * @path: which of its numbers
 *
 * Returns: (transfer full): the computer with what was found in the place of what the person has said
 */
PaddockHardwareSnapshot *
paddock_hardware_machines_reset_number (const PaddockHardwareSnapshot *machine, const char *path)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new_from_snapshot (machine);
  PaddockHardwareNumber *number;

  for (guint n = 0; (number = paddock_hardware_path_find_draft (draft, path, n)) != NULL; n++)
    {
      PaddockHardwareNumber *rest = find_rest (draft, path, n);

      if (rest != NULL && number->overridden && number->found_known)
        move_rest (rest, number, number->found);
      paddock_hardware_number_restore (number);
    }
  return paddock_hardware_draft_end (g_steal_pointer (&draft));
}

/**
 * paddock_hardware_machines_imagine_device:
 * @machine: a computer
 * @name: what the device is called
 * @bytes: how much memory of its own it has
 *
 * Returns: (transfer full): the computer with a device that is in none
 */
PaddockHardwareSnapshot *
paddock_hardware_machines_imagine_device (const PaddockHardwareSnapshot *machine, const char *name, guint64 bytes)
{
  g_autofree char *id = NULL;
  PaddockHardwareDevice *device;

  for (guint n = 1; id == NULL || paddock_hardware_snapshot_find_device (machine, id) != NULL; n++)
    {
      g_free (id);
      id = g_strdup_printf ("imagined:%u", n);
    }
  device = paddock_hardware_device_new (id, PADDOCK_DEVICE_DISCRETE);
  device->name = g_utf8_make_valid (name, -1);
  paddock_hardware_number_set (&device->total, bytes, "set by you");
  paddock_hardware_number_set (&device->free, bytes, "set by you");
  return paddock_hardware_machines_add_device (machine, device);
}
