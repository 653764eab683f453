/* SPDX-License-Identifier: GPL-3.0-or-later */
static int count (int value) {
  return value;
}
