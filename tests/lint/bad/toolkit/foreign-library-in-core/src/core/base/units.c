/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <curl/curl.h>
#include <string.h>
