/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-search.h"
#include "download.h"
