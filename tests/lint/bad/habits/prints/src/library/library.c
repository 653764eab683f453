/* SPDX-License-Identifier: GPL-3.0-or-later */
int x = printf ("%d", 1);
int y = fprintf (stderr, "goto");
int z = self->puts (1);
