/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/estimate-error.h"

G_DEFINE_QUARK (paddock-estimate-error, paddock_estimate_error)
