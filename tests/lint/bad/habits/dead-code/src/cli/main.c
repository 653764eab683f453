/* SPDX-License-Identifier: GPL-3.0-or-later */
/* value = compute (value); */
// return value;
/* The value is computed; see there. */
#if 0
#endif
