# SPDX-License-Identifier: GPL-3.0-or-later
"""The page about this computer: what it shows, numbers that the person knows better, and what survives a restart."""

import re

import tap
from ui_test import UiTest


class Computer(UiTest):

    def open(self, app):
        app.find('label', 'This Computer').click()
        app.find('label', '/proc/meminfo MemTotal')

    def test_shows(self):
        with self.start() as app:
            self.open(app)
            app.find('label', re.compile(r'^[0-9.,]+\s.B of [0-9.,]+\s.B free$'))
            app.find('label', '/proc/meminfo MemTotal')
            self.screenshot(app, 'computer')
            app.resize(400, 900)
            app.find('label', '/proc/meminfo MemTotal')
            self.screenshot(app, 'computer-narrow')

    def test_override(self):
        with self.start(home='override') as app:
            self.open(app)
            app.press('button', 'Change: Available')
            dialog = app.find(None, 'Set the Size', where=lambda node: node.role in ('alert', 'dialog'))
            app.find('label', re.compile('^Found: '), within=dialog)
            value = app.find(None, 'Value', within=dialog, where=lambda node: node.role in ('text', 'entry'))
            value.write('many')
            app.wait(lambda: 'sensitive' not in app.find('button', 'Set', within=dialog).states, 'a refusal')
            value.write('1.5')
            self.screenshot(app, 'computer-override')
            app.press('button', 'Set', within=dialog)
            app.find('label', '1.5\xa0GB')
            app.wait_text('^Set by you, found: ')
            self.screenshot(app, 'computer-overridden')
        with self.start(home='override') as app:
            app.find('label', '1.5\xa0GB')
            app.press('button', 'Use what was found: Available')
            app.wait(lambda: not app.has('label', '1.5\xa0GB'), 'the number that was found')
            app.find('label', '/proc/meminfo MemAvailable')

    def test_dark(self):
        with self.start(environment={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}) as app:
            self.open(app)
            self.screenshot(app, 'computer-dark')

    def test_right_to_left(self):
        with self.start(environment={'GTK_DEBUG': 'invert-text-dir'}) as app:
            app.resize(1100, 720)
            self.open(app)
            self.screenshot(app, 'computer-rtl')


if __name__ == '__main__':
    tap.main()
