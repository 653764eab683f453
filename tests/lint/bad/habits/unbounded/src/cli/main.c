/* SPDX-License-Identifier: GPL-3.0-or-later */
int x = atoi (text);
void *y = g_alloca (n);
int z = system ("true");
