/* SPDX-License-Identifier: GPL-3.0-or-later */
const char *text = _("This file is broken");
/* _("not this") */
