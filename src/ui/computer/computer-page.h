/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "computer/machine-choice.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_COMPUTER_PAGE (paddock_computer_page_get_type ())
G_DECLARE_FINAL_TYPE (PaddockComputerPage, paddock_computer_page, PADDOCK, COMPUTER_PAGE, AdwNavigationPage)

AdwNavigationPage *paddock_computer_page_new (PaddockMachineChoice *choice, PaddockActivityList *activities);

G_END_DECLS
