/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-error.h"

G_DEFINE_QUARK (paddock-engine-error, paddock_engine_error)
