/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/loading-error.h"

G_DEFINE_QUARK (paddock-loading-error, paddock_loading_error)
