/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestDirectory:
 *
 * A directory of a test's own, which goes away with all that is in it.
 */
typedef struct _TestDirectory TestDirectory;

TestDirectory *test_directory_new      (void);
TestDirectory *test_directory_new_in   (const char *place);
void           test_directory_free     (TestDirectory *self);   /* whatever the permissions in it are */
const char    *test_directory_get_path (TestDirectory *self);

char *test_directory_build_path   (TestDirectory *self, const char *name);
char *test_directory_make_folder  (TestDirectory *self, const char *name);
char *test_directory_write        (TestDirectory *self, const char *name, const char *text);
char *test_directory_write_bytes  (TestDirectory *self, const char *name, GBytes *bytes);
char *test_directory_write_recipe (TestDirectory *self, const char *name, const char *recipe);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestDirectory, test_directory_free)

G_END_DECLS
