/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory.h"

G_BEGIN_DECLS

/* What a machine may lack and a test needs, so that it does not have to be left out. Both are for the beginning of a test,
   before there are threads. */

/* Permissions bind this process, and what it starts, as they bind everybody, also where the administrator runs it. */
void test_surroundings_obey_permissions (void);

/* A directory on another file system than another one. Where the machine has none, it is made, for this process and what
   it starts. */
TestDirectory *test_surroundings_make_apart (TestDirectory *from);

G_END_DECLS
