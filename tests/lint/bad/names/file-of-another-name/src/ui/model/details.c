/* SPDX-License-Identifier: GPL-3.0-or-later */
G_DEFINE_FINAL_TYPE (PaddockModelPage, paddock_model_page, ADW_TYPE_NAVIGATION_PAGE)
