/* SPDX-License-Identifier: GPL-3.0-or-later */
int x = g_print ("fine");
