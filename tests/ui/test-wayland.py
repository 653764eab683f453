# SPDX-License-Identifier: GPL-3.0-or-later
"""The main paths once more under a Wayland compositor."""

import tap
from ui_test import MODEL, UiTest


class Wayland(UiTest):

    display = 'wayland'

    def test_menu(self):
        with self.start() as app:
            app.press('toggle button', 'Main Menu')
            app.find('menu item', 'Preferences')
            self.screenshot(app, 'menu')
            app.press('toggle button', 'Main Menu')
            app.wait_gone('menu item')

    def test_model(self):
        with self.start(self.write('tiny.gguf', MODEL)) as app:
            app.find('label', 'Tiny Test')
            self.screenshot(app, 'overview')
            for tab in ('Tensors', 'Metadata', 'Health'):
                app.press('page tab', tab)
                app.wait(lambda tab=tab: 'selected' in app.find('page tab', tab).states, tab)
                self.screenshot(app, tab.lower())
            app.find('button', 'Verify')


if __name__ == '__main__':
    tap.main()
