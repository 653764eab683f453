# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person wants to see again: filters that have a name."""

import re

import tap
from library_test import LibraryTest


class LibraryFilters(LibraryTest):

    def entry_of(self, app, dialog):
        return app.find(None, 'Name', within=dialog, where=lambda node: node.role in ('text', 'entry'))

    def dialog(self, app, title):
        return app.find(None, title, where=lambda node: node.role in ('alert', 'dialog'))

    def save(self, app, name):
        app.press('button', 'Save Filter…')
        dialog = self.dialog(app, 'Save Filter')
        app.focus(self.entry_of(app, dialog))
        app.key('ctrl+a')
        app.type(name)
        app.press('button', 'Save', within=dialog)
        app.find('toggle button', name)
        app.wait_gone(None, 'Save Filter')

    def test_saved(self):
        with self.open_library('saved') as app:
            app.press('toggle button', 'Filters')
            app.press('toggle button', 'LM Studio')
            app.key('Escape')
            self.wait_names(app, 'Beta Coder')
            app.find('button', 'Save Filter…')
            self.screenshot(app, 'library-filter-unsaved')
            self.save(app, 'Studio')
            app.find('toggle button', 'Studio', where=lambda node: 'pressed' in node.states or 'checked' in node.states)
            app.wait_gone('button', 'Save Filter…')
            self.screenshot(app, 'library-filter-saved')
            app.press('toggle button', 'Studio')
            app.wait(lambda: len(self.names(app)) == 5, 'all models')
            app.key('ctrl+f')
            app.type('gam')
            self.wait_names(app, 'Gamma <b>Writer</b>')
            self.save(app, 'Writing')
        with self.start(home='saved') as app:
            app.press('toggle button', 'Studio')
            self.wait_names(app, 'Beta Coder')
            app.press('toggle button', 'Writing')
            self.wait_names(app, 'Gamma <b>Writer</b>')
            app.resize(400, 720)
            self.screenshot(app, 'library-filter-narrow')

    def test_changed(self):
        with self.open_library('changed') as app:
            app.key('ctrl+f')
            app.type('alpha')
            self.wait_names(app, 'Alpha Instruct')
            self.save(app, 'First')
            app.press('toggle button', 'Actions for Filter “First”')
            app.press('menu item', 'Rename…')
            dialog = self.dialog(app, 'Rename the Filter')
            app.focus(self.entry_of(app, dialog))
            app.key('ctrl+a')
            app.type('Second')
            app.press('button', 'Rename', within=dialog)
            app.find('toggle button', 'Second')
            app.find('label', 'Filter “First” renamed')
            app.press('toggle button', 'Actions for Filter “Second”')
            app.press('menu item', 'Delete')
            app.find('label', 'Filter “Second” deleted')
            app.wait_gone('toggle button', 'Second')
            app.press('button', 'Undo')
            app.find('toggle button', 'Second')

    def test_looks(self):
        for name, environment in (('dark', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
                                  ('rtl', {'GTK_DEBUG': 'invert-text-dir'})):
            with self.subTest(name), self.open_library(f'saved-{name}', environment=environment) as app:
                app.resize(1100, 720)
                app.key('ctrl+f')
                app.type('a')
                app.find('label', re.compile('of 5'))
                self.save(app, 'With an A')
                app.find('toggle button', 'With an A')
                self.screenshot(app, f'library-filter-{name}')


if __name__ == '__main__':
    tap.main()
