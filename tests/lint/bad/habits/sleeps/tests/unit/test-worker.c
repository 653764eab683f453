/* SPDX-License-Identifier: GPL-3.0-or-later */
int x = g_usleep (1000);
