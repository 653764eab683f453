# SPDX-License-Identifier: GPL-3.0-or-later
"""The window itself: its menu, its dialogs, its state, and what a second process does."""

import tap
from ui_test import PROGRAM, UiTest
from window_driver import end


class Shell(UiTest):

    def test_empty(self):
        with self.start() as app:
            app.find('label', 'No Models Yet')
            self.screenshot(app, 'empty')

    def test_dialogs(self):
        with self.start() as app:
            for keys, name in (('ctrl+comma', 'Preferences'), ('ctrl+question', 'Keyboard Shortcuts')):
                app.key(keys)
                app.find('dialog', name)
                self.screenshot(app, name.lower().replace(' ', '-'))
                app.key('Escape')
                app.wait_gone('dialog')

    def test_about(self):
        with self.start() as app:
            app.press('toggle button', 'Main Menu')
            app.find('menu item', 'Preferences')
            self.screenshot(app, 'menu')
            app.press('menu item', 'About Paddock')
            app.find('label', 'Paddock', within=app.find('dialog'))
            self.screenshot(app, 'about')
            app.key('Escape')
            app.wait_gone('dialog')

    def test_close_by_keyboard(self):
        with self.start() as app:
            app.key('ctrl+q')
            app.wait_end()

    def test_size_is_kept(self):
        with self.start(home='kept') as app:
            app.resize(900, 640)
        with self.start(home='kept') as app:
            frame = app.find('frame')
            self.assertEqual(app.size_of(frame), (900, 640))

    def test_second_process(self):
        with self.start(home='shared') as app:
            second = self.desktop.launch(PROGRAM, home='shared')
            try:
                self.assertEqual(second.process.wait(30), 0)
            finally:
                end(second.process)
            self.assertEqual(len(app.find_all('frame')), 1)

    def test_new_window(self):
        with self.start() as app:
            app.key('ctrl+n')
            app.wait(lambda: len(app.find_all('frame')) == 2, 'a second window')


if __name__ == '__main__':
    tap.main()
