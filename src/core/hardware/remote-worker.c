/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/remote-worker.h"

#include <string.h>

#define MAX_HOST 253                 /* letters of a name, by its rules */

static gboolean
is_host (const char *host)
{
  gsize length = strlen (host);

  if (g_hostname_is_ip_address (host))
    return TRUE;
  if (length == 0 || length > MAX_HOST || *host == '-' || *host == '.')
    return FALSE;
  for (const char *letter = host; *letter != '\0'; letter++)
    if (!g_ascii_isalnum (*letter) && *letter != '-' && !(*letter == '.' && letter[1] != '.'))
      return FALSE;
  return TRUE;
}

static gboolean
parse_port (const char *text, guint64 *port)
{
  return g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, port, NULL);
}

/* Host and port apart; an address of the sixth version is in brackets when a port follows. */
static gboolean
split (const char *address, char **host, guint64 *port)
{
  const char *end;

  *port = PADDOCK_REMOTE_WORKER_PORT;
  if (*address == '[')
    {
      end = strchr (address, ']');
      *host = end != NULL ? g_strndup (address + 1, (gsize) (end - address) - 1) : NULL;
      return *host != NULL && strchr (*host, ':') != NULL && (end[1] == '\0' || (end[1] == ':' && parse_port (end + 2, port)));
    }
  end = strchr (address, ':');
  if (end == NULL || g_hostname_is_ip_address (address))
    {
      *host = g_strdup (address);
      return TRUE;
    }
  *host = g_strndup (address, (gsize) (end - address));
  return parse_port (end + 1, port);
}

/**
 * paddock_remote_worker_normalize:
 * @address: what a person wrote
 *
 * Returns: (transfer full) (nullable): the same as llama.cpp wants it
 */
char *
paddock_remote_worker_normalize (const char *address)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (address));
  g_autofree char *host = NULL;
  guint64 port = 0;

  if (!split (trimmed, &host, &port) || !is_host (host))
    return NULL;
  if (strchr (host, ':') != NULL)
    return g_strdup_printf ("[%s]:%u", host, (guint) port);
  return g_strdup_printf ("%s:%u", host, (guint) port);
}

/**
 * paddock_remote_worker_new:
 * @address: where it is
 * @total: the bytes of its memory
 * @free: how many of them are free
 * @error: return location for %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full) (nullable): a device
 */
PaddockHardwareDevice *
paddock_remote_worker_new (const char *address, guint64 total, guint64 free, GError **error)
{
  g_autofree char *place = paddock_remote_worker_normalize (address);
  g_autofree char *id = NULL;
  PaddockHardwareDevice *device;

  if (place == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is no address of a computer", address);
      return NULL;
    }
  if (total == 0 || total > PADDOCK_HARDWARE_NUMBER_MAX || free > total)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "A device has some memory, and no more of it is free than there is");
      return NULL;
    }
  id = g_strdup_printf ("rpc:%s", place);
  device = paddock_hardware_device_new (id, PADDOCK_DEVICE_REMOTE);
  device->name = g_steal_pointer (&place);
  paddock_hardware_device_add_backend (device, "rpc");
  paddock_hardware_number_set (&device->total, total, "set by you");
  paddock_hardware_number_set (&device->free, free, "set by you");
  return device;
}
