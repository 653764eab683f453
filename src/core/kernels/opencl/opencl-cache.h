/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Built programs, in the folder "opencl" of the user's cache, or of the one that PADDOCK_CACHE_DIR names. A key is a
 * digest of all that the program depends on, so that nothing in it ever becomes outdated. A cache that cannot be read
 * or written is no error: the program is built once more.
 */
char   *paddock_opencl_cache_make_key (const char *const *parts);
/* NULL: there is none, or it is damaged. */
GBytes *paddock_opencl_cache_load     (const char *key);
void    paddock_opencl_cache_store    (const char *key, GBytes *binary);

G_END_DECLS
