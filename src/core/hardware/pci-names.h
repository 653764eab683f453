/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockPciIdentity:
 *
 * The numbers by which a card says what it is.
 */
typedef struct
{
  guint32 vendor;
  guint32 device;
  guint32 revision;
} PaddockPciIdentity;

/* "AMD Radeon RX 7900 XTX" where the lists of names are installed below root, else "AMD graphics 0x744c". */
char       *paddock_pci_names_find        (const char *root, const PaddockPciIdentity *identity);
/* "AMD"; NULL for one that makes no processors for graphics. */
const char *paddock_pci_names_find_vendor (guint32 vendor);

G_END_DECLS
