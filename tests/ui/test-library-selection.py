# SPDX-License-Identifier: GPL-3.0-or-later
"""Several models at once: how they are selected, and what is done with them."""

import contextlib
import re

import tap
from library_test import LibraryTest


class LibrarySelection(LibraryTest):

    @contextlib.contextmanager
    def held(self, key):
        self.desktop.xdotool('keydown', key)
        try:
            yield
        finally:
            self.desktop.xdotool('keyup', key)

    def row(self, app, name):
        return app.find('list item', re.compile(f'^{name}'))

    def selected(self, app):
        return [node.name.split(',')[0] for node in app.find_all('list item', re.compile('^[A-Za-z]'))
                if 'selected' in node.states]

    def wait_selected(self, app, *names):
        app.wait(lambda: self.selected(app) == list(names), f'{names} selected')
        heading = f'{len(names)} Selected' if names else 'Select Models'
        app.find('label', heading)

    def test_mode(self):
        with self.open_library('mode') as app:
            app.press('button', 'Select Models')
            app.find('label', 'Select Models')
            self.row(app, 'Beta').click()
            self.row(app, 'Alpha').click()
            self.wait_selected(app, 'Alpha Instruct', 'Beta Coder')
            self.screenshot(app, 'library-selection')
            app.resize(400, 720)
            self.screenshot(app, 'library-selection-narrow')
            self.row(app, 'Beta').click()
            self.wait_selected(app, 'Alpha Instruct')
            app.press('button', 'Select All')
            self.wait_selected(app, 'Alpha Instruct', 'Beta Coder', 'Gamma <b>Writer</b>', 'delta', 'epsilon:latest')
            app.press('button', 'Cancel')
            app.find('button', 'Select Models')
            self.assertEqual(self.selected(app), [])
            self.row(app, 'Alpha').click()
            app.find('page tab', 'Overview')

    def test_keys_and_modifiers(self):
        with self.open_library('modifiers') as app:
            with self.held('ctrl'):
                self.row(app, 'Beta').click()
            self.wait_selected(app, 'Beta Coder')
            with self.held('shift'):
                self.row(app, 'delta').click()
            self.wait_selected(app, 'Beta Coder', 'Gamma <b>Writer</b>', 'delta')
            app.key('Escape')
            app.find('button', 'Select Models')
            app.focus(self.row(app, 'Alpha'))
            app.key('ctrl+a')
            self.wait_selected(app, 'Alpha Instruct', 'Beta Coder', 'Gamma <b>Writer</b>', 'delta', 'epsilon:latest')
            app.key('space')
            self.wait_selected(app, 'Beta Coder', 'Gamma <b>Writer</b>', 'delta', 'epsilon:latest')
            app.key('Down', 'space')
            self.wait_selected(app, 'Gamma <b>Writer</b>', 'delta', 'epsilon:latest')

    def test_search_lets_go(self):
        with self.open_library('lets-go') as app:
            app.focus(self.row(app, 'Alpha'))
            app.key('ctrl+a')
            app.find('label', '5 Selected')
            app.key('ctrl+f')
            app.type('beta')
            self.wait_names(app, 'Beta Coder')
            self.wait_selected(app, 'Beta Coder')

    def test_favourites(self):
        with self.open_library('favourites') as app:
            with self.held('ctrl'):
                self.row(app, 'Alpha').click()
                self.row(app, 'Beta').click()
            app.press('button', 'Add to or Remove From Favourites')
            app.find('list item', re.compile('^Alpha.*Favourite'))
            app.find('list item', re.compile('^Beta.*Favourite'))
            app.find('label', '2 models changed')
            self.wait_selected(app, 'Alpha Instruct', 'Beta Coder')
            app.press('button', 'Undo')
            app.wait_gone('list item', re.compile('Favourite'))

    def test_tags(self):
        with self.open_library('tags') as app:
            with self.held('ctrl'):
                self.row(app, 'Alpha').click()
                self.row(app, 'Beta').click()
            app.press('button', 'Tags…')
            dialog = app.find('dialog', 'Tags')
            self.entry(app, dialog, 'New Tags, With Commas Between').write('work, fast')
            app.press('button', 'Save', within=dialog)
            app.find('list item', re.compile('^Alpha.*, #fast #work$'))
            app.find('list item', re.compile('^Beta.*, #fast #work$'))
            with self.held('ctrl'):
                self.row(app, 'Gamma').click()
            app.press('button', 'Tags…')
            dialog = app.find('dialog', 'Tags')
            app.find('label', 'On 2 of them', within=dialog)
            self.screenshot(app, 'library-tags')
            app.find('list item', 'fast', within=dialog).click()
            app.press('button', 'Save', within=dialog)
            app.find('list item', re.compile('^Gamma.*, #fast$'))
            app.find('list item', re.compile('^Alpha.*, #fast #work$'))

    def entry(self, app, dialog, name):
        return app.find(None, name, within=dialog, where=lambda node: node.role in ('text', 'entry'))

    def test_move(self):
        with self.open_library('move') as app:
            app.focus(self.row(app, 'Alpha'))
            app.key('ctrl+a')
            app.press('button', 'Move to Folder…')
            dialog = app.find('dialog', 'Move To')
            app.find('label', re.compile('^2 models stay'), within=dialog)
            app.find('label', re.compile(' free$'), within=dialog)
            self.screenshot(app, 'library-move')
            app.find('list item', 'drive', within=dialog).click()
            app.find('list item', re.compile('^Alpha.*, drive( .*)?$'))
            home = self.desktop.directory / 'move'
            self.assertEqual([path.name for path in home.glob('drive/**/alpha*.gguf')], ['alpha.gguf'])
            self.assertFalse((home / 'data/paddock/models/alpha.gguf').exists())

    def test_copy(self):
        with self.open_library('copy') as app:
            with self.held('ctrl'):
                self.row(app, 'Alpha').click()
                self.row(app, 'Beta').click()
            app.press('toggle button', 'Copy')
            app.press('menu item', 'Copy Paths')
            app.find('label', 'Paths copied')
            app.focus(self.row(app, 'Alpha'))
            app.key('ctrl+c')
            app.find('label', 'Files copied')

    def test_remove(self):
        with self.open_library('remove-many') as app:
            with self.held('ctrl'):
                self.row(app, 'Alpha').click()
                self.row(app, 'Gamma').click()
            app.key('Delete')
            self.wait_names(app, 'Beta Coder', 'delta', 'epsilon:latest')
            app.press('button', 'Undo')
            self.wait_names(app, 'Alpha Instruct', 'Beta Coder', 'Gamma <b>Writer</b>', 'delta', 'epsilon:latest')

    def test_verify(self):
        with self.open_library('verify-many') as app:
            with self.held('ctrl'):
                self.row(app, 'Alpha').click()
                self.row(app, 'epsilon').click()
            app.press('button', 'Verify')
            app.find('toggle button', 'Activity: 2 finished')
            app.find('button', 'Select Models')

    def test_looks(self):
        for name, environment in (('dark', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
                                  ('rtl', {'GTK_DEBUG': 'invert-text-dir'})):
            with self.subTest(name), self.open_library(f'selection-{name}', environment=environment) as app:
                app.resize(1100, 720)
                with self.held('ctrl'):
                    self.row(app, 'Alpha').click()
                self.wait_selected(app, 'Alpha Instruct')
                self.screenshot(app, f'library-selection-{name}')


if __name__ == '__main__':
    tap.main()
