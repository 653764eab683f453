/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TODO: later */
/* FIXME */
/* TODO #12: when the kernels come */
