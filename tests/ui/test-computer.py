# SPDX-License-Identifier: GPL-3.0-or-later
"""The page about this computer: what it shows, numbers that the person knows better, and what survives a restart."""

import re

import tap
from ui_test import UiTest


class Computer(UiTest):

    def open(self, app):
        app.find('label', 'This Computer').click()
        app.find('label', '/proc/meminfo MemTotal')

    def entry(self, app, title, within):
        return app.find(None, title, within=within, where=lambda node: node.role in ('text', 'entry'))

    def dialog(self, app, title):
        return app.find(None, title, where=lambda node: node.role in ('alert', 'dialog'))

    def leave(self, app, button, dialog):
        """Leaves a dialog by one of its buttons: the next one may have the same title."""
        app.press('button', button, within=dialog)
        app.wait(lambda: not app.has(None, within=dialog), f'the end of {dialog}')

    def test_shows(self):
        with self.start_on('two-nvidia') as app:
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
            dialog = self.dialog(app, 'Set the Size')
            app.find('label', re.compile('^Found: '), within=dialog)
            value = self.entry(app, 'Value', dialog)
            value.write('many')
            app.find('label', 'Write a size, such as 24 GB or 24 GiB', within=dialog)
            app.wait(lambda: 'sensitive' not in app.find('button', 'Set', within=dialog).states, 'a refusal')
            value.write('1.5 gb')
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

    def test_override_keeps_place(self):
        with self.start_on('two-nvidia') as app:
            self.open(app)
            app.focus(app.find('button', 'Change: Cores'))
            app.key('Return')
            dialog = self.dialog(app, 'Set the Number')
            self.entry(app, 'Value', dialog).write('6')
            app.press('button', 'Set', within=dialog)
            app.wait_text('^Set by you, found: .*12')
            app.wait(lambda: 'focused' in app.find('button', 'Change: Cores').states, 'the focus where it was')

    def test_total_limits(self):
        with self.start_on('two-nvidia') as app:
            self.open(app)
            app.find_all('button', 'Change: Total')[0].press()
            dialog = self.dialog(app, 'Set the Size')
            self.entry(app, 'Value', dialog).write('4 GiB')
            app.press('button', 'Set', within=dialog)
            app.find('label', '4.3\xa0GB of 4.3\xa0GB free')

    def name(self, app, text):
        dialog = self.dialog(app, 'Imagine a Computer')
        self.entry(app, 'Name', dialog).write(text)
        return dialog

    def test_machines(self):
        with self.start_on('two-nvidia', home='machines') as app:
            self.open(app)
            app.press('toggle button', 'Imagine a Computer')
            app.press('menu item', 'Like This Computer…')
            dialog = self.name(app, 'x' * 81)
            app.find('label', 'A name has between 1 and 80 characters, and no blank at an end', within=dialog)
            self.name(app, 'Workshop')
            app.press('button', 'Add', within=dialog)
            # Its numbers, and another card.
            machine = self.dialog(app, 'Workshop')
            app.find_all('button', 'Change: Total', within=machine)[0].press()
            dialog = self.dialog(app, 'Set the Size')
            self.entry(app, 'Value', dialog).write('128 GB')
            app.press('button', 'Set', within=dialog)
            app.press('button', 'Add a Graphics Card', within=machine)
            dialog = self.dialog(app, 'Add a Graphics Card')
            self.entry(app, 'Name', dialog).write('Future Card')
            app.key('Tab')
            app.type('96 GB')
            app.press('button', 'Add', within=dialog)
            app.find('button', 'Remove: Future Card', within=machine)
            self.screenshot(app, 'computer-machine')
            # Another name.
            app.press('button', 'Rename…', within=machine)
            dialog = self.dialog(app, 'Rename the Computer')
            self.entry(app, 'Name', dialog).write(' Studio ')
            app.press('button', 'Rename', within=dialog)
            machine = self.dialog(app, 'Studio')
            app.press('button', 'Close', within=machine)
            app.wait_text('^128.0\xa0GB of memory, .*Future Card')
            app.find('label', 'Studio').click()
            app.wait(lambda: self.is_chosen(app, 'Studio'), 'the choice')
            self.screenshot(app, 'computer-machines')
        with self.start_on('two-nvidia', home='machines') as app:
            app.wait(lambda: self.is_chosen(app, 'Studio'), 'the choice of last time')
            app.press('button', 'Remove: Studio')
            app.wait(lambda: self.is_chosen(app, 'This Computer'), 'this computer')
            app.press('button', 'Undo')
            app.wait(lambda: self.is_chosen(app, 'Studio'), 'what was removed')
            app.wait_text('^128.0\xa0GB of memory, .*Future Card')

    def test_workers(self):
        with self.start_on('two-nvidia') as app:
            self.open(app)
            app.focus(app.find('button', 'Add Another Computer'))
            app.key('Return')
            dialog = self.dialog(app, 'Add Another Computer')
            self.entry(app, 'Address', dialog).write('no address')
            app.find('label', 'Write the address of a computer, such as 192.168.1.20:50052', within=dialog)
            self.entry(app, 'Address', dialog).write('127.0.0.1:9')
            app.key('Tab')
            app.type('24 GB')
            self.leave(app, 'Add', dialog)
            app.find('label', '127.0.0.1:9')
            app.wait_text('Does not answer$')
            self.screenshot(app, 'computer-workers')
            # No two at one address, and the place in the list stays.
            app.press('button', 'Add Another Computer')
            dialog = self.dialog(app, 'Add Another Computer')
            self.entry(app, 'Address', dialog).write('127.0.0.1:9')
            app.find('label', 'The computer at that address is in the list already', within=dialog)
            self.entry(app, 'Address', dialog).write('127.0.0.1:10')
            app.key('Tab')
            app.type('8 GB')
            self.leave(app, 'Add', dialog)
            app.press('button', 'Change: 127.0.0.1:10')
            dialog = self.dialog(app, 'Change Another Computer')
            self.entry(app, 'Address', dialog).write('127.0.0.1:9')
            app.find('label', 'The computer at that address is in the list already', within=dialog)
            app.wait(lambda: 'sensitive' not in app.find('button', 'Set', within=dialog).states, 'a refusal')
            self.screenshot(app, 'computer-worker-taken')
            self.leave(app, 'Cancel', dialog)
            app.press('button', 'Change: 127.0.0.1:9')
            dialog = self.dialog(app, 'Change Another Computer')
            self.entry(app, 'Address', dialog).write('127.0.0.1:11')
            self.leave(app, 'Set', dialog)
            app.find('label', '127.0.0.1:11')
            workers = [row.name for row in app.find_all('list item', re.compile(r'^127\.'))]
            self.assertEqual(workers, ['127.0.0.1:11', '127.0.0.1:10'])
            app.press('button', 'Remove: 127.0.0.1:11')
            app.wait_gone('label', '127.0.0.1:11')
            app.press('button', 'Undo')
            app.find('label', '127.0.0.1:11')

    def test_measure(self):
        with self.start() as app:
            self.open(app)
            app.press('button', 'Measure')
            app.find('toggle button', 'Activity: 1 finished')
            app.wait_text('^Measured on 20[0-9]{2}-')
            app.wait(lambda: 'sensitive' in app.find('button', 'Measure').states, 'another try')
            app.press('toggle button', 'Activity: 1 finished')
            app.find('label', 'Measured')
            self.screenshot(app, 'computer-measured')

    def test_measure_fails(self):
        (self.directory / 'file').touch()
        cache = {'PADDOCK_CACHE_DIR': str(self.directory / 'file' / 'cache')}
        with self.start_on('two-nvidia', environment=cache) as app:
            self.open(app)
            app.press('button', 'Measure')
            app.press('toggle button', 'Activity: 1 with a problem')
            app.wait_text(re.escape(str(self.directory / 'file')))
            self.screenshot(app, 'computer-measure-failed')
            app.wait(lambda: 'sensitive' in app.find('button', 'Measure').states, 'another try')

    def is_chosen(self, app, title):
        def is_checked(node):
            return 'checked' in node.states

        return app.has('list item', title, where=lambda row: app.has('radio button', within=row, where=is_checked))

    def test_dark(self):
        with self.start_on('hybrid-laptop', environment={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}) as app:
            self.open(app)
            self.screenshot(app, 'computer-dark')

    def test_right_to_left(self):
        with self.start_on('two-nvidia', environment={'GTK_DEBUG': 'invert-text-dir'}) as app:
            app.resize(1100, 720)
            self.open(app)
            self.screenshot(app, 'computer-rtl')


if __name__ == '__main__':
    tap.main()
