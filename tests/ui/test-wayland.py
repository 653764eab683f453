# SPDX-License-Identifier: GPL-3.0-or-later
"""The main paths once more under a Wayland compositor, with the keyboard alone."""

import tap
from ui_test import UiTest


class Wayland(UiTest):

    display = 'wayland'

    def test_menu(self):
        with self.start() as app:
            app.key('F10')
            app.find('menu item', 'Preferences')
            self.screenshot(app, 'menu')
            app.key('Down', 'Return')
            app.find('dialog', 'Preferences')
            self.screenshot(app, 'preferences')
            app.key('Escape')
            app.wait_gone('dialog')
            app.key('ctrl+q')
            app.wait_end()


if __name__ == '__main__':
    tap.main()
