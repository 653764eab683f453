/* SPDX-License-Identifier: GPL-3.0-or-later */
int compute_size (void) { return 1; }
int table[4] = { 1 };
static int hidden (void) { return 2; }
int paddock_units_size (void) { return hidden (); }
