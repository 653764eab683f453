/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-edit-layout.h"

G_BEGIN_DECLS

/*
 * Changing a header where it stands, with all that follows left where it is.
 *
 * What differs is written by one system call. That call cannot be cut in two by whatever kills the program:
 * - within one page the system copies all or nothing;
 * - over several pages it goes around the page cache (O_DIRECT), where a signal does not stop it. A file system that
 *   cannot do this copies page by page and could be stopped between two; then the journal (gguf-edit-journal.h) tells.
 * So whoever reads the file after a crash of the program finds the old header or the new one, with or without Paddock.
 *
 * When the power fails a disk keeps whole sectors of at least 512 bytes. An edit inside one of them is old or new then
 * too, for everybody. Any other has its journal on the disk first, and Paddock puts a torn header right when it next
 * opens the file. The journal is gone when the call returns.
 */

/**
 * paddock_gguf_edit_in_place:
 * @path: (type filename): the file
 * @identity: what it was when it was read
 * @layout: a layout whose method is %PADDOCK_GGUF_EDIT_IN_PLACE
 * @error: return location for an error
 *
 * Returns: whether the header is now the new one; otherwise it is the old one
 */
gboolean paddock_gguf_edit_in_place (const char *path, const PaddockGgufIdentity *identity,
                                     const PaddockGgufEditLayout *layout, GError **error);

G_END_DECLS
