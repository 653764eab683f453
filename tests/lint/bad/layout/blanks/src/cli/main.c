/* SPDX-License-Identifier: GPL-3.0-or-later */
	int one;
int two; 
int three;

