# SPDX-License-Identifier: GPL-3.0-or-later
"""Importing: what is dropped on the library, what the dialog says of it, and what becomes of the files."""

import contextlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import tap
from ui_test import MODEL, UiTest


class Import(UiTest):

    def build(self, path, name):
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([os.environ['PADDOCK_GGUF_RECIPE'], '-', str(path)],
                       input=MODEL.replace('Tiny Test', name), text=True, check=True)
        return path

    def make_home(self, name):
        self.home = Path(self.desktop.make_home(name)['HOME'])
        self.own = self.home / 'data/paddock/models'
        return self.home

    @contextlib.contextmanager
    def open_library(self, name, **options):
        """A library with one model of its own."""
        self.make_home(name)
        self.build(self.own / 'alpha.gguf', 'Alpha')
        with self.start(home=name, **options) as app:
            self.wait_names(app, 'Alpha')
            yield app

    def names(self, app):
        return [node.name.split(',')[0] for node in app.find_all('list item', re.compile(r'\s(bytes|[kMG]B), '))]

    def wait_names(self, app, *names):
        app.wait(lambda: self.names(app) == list(names), f'rows {names}')

    def drop(self, app, *files):
        with app.dragging(*files):
            app.find('label', re.compile('^Import '))
        return app.find('dialog', re.compile('Import'))

    def make_mixed(self):
        """Two models to come in, one that is there already, and one that is broken."""
        folder = self.directory / 'given'
        self.build(folder / 'beta.gguf', 'Beta')
        self.build(folder / 'deeper/gamma.gguf', 'Gamma <b>Writer</b>')
        shutil.copy(self.own / 'alpha.gguf', folder / 'again.gguf')
        whole = self.build(folder / 'short.gguf', 'Delta')
        whole.write_bytes(whole.read_bytes()[:-200])
        return folder

    def test_copy(self):
        with self.open_library('copy') as app:
            folder = self.make_mixed()
            dialog = self.drop(app, folder)
            app.find('label', re.compile('^2 models · '), within=dialog)
            app.find('label', 'The same weights as “Alpha”', within=dialog)
            app.find('label', re.compile('^It ends too early'), within=dialog)
            self.screenshot(app, 'import')
            app.press('button', 'Import', within=dialog)
            self.wait_names(app, 'Alpha', 'Beta', 'Gamma <b>Writer</b>')
            app.find('label', '2 models imported')
            self.screenshot(app, 'imported')
            self.assertEqual({path.name for path in self.own.glob('*.gguf')},
                             {'alpha.gguf', 'beta.gguf', 'gamma.gguf'})
            self.assertEqual((self.own / 'beta.gguf').read_bytes(), (folder / 'beta.gguf').read_bytes())
            app.find('toggle button', 'Activity: 1 finished').press()
            app.find('label', 'Copying Into the Library')

    def test_move(self):
        path = self.build(self.directory / 'beta.gguf', 'Beta')
        with self.open_library('move') as app:
            dialog = self.drop(app, path)
            app.press('radio button', 'Move', within=dialog)
            app.press('button', 'Import', within=dialog)
            self.wait_names(app, 'Alpha', 'Beta')
            self.assertFalse(path.exists())
        # The way is remembered.
        other = self.build(self.directory / 'gamma.gguf', 'Gamma')
        with self.start(home='move') as app:
            self.wait_names(app, 'Alpha', 'Beta')
            dialog = self.drop(app, other)
            app.wait(lambda: 'checked' in app.find('radio button', 'Move', within=dialog).states,
                     'the way of last time')
            app.press('button', 'Cancel', within=dialog)
            app.wait_gone('dialog')

    def test_leave(self):
        folder = self.directory / 'given'
        path = self.build(folder / 'beta.gguf', 'Beta')
        with self.open_library('leave') as app:
            dialog = self.drop(app, path)
            app.press('radio button', 'Leave Where They Are', within=dialog)
            app.find('label', 'Paddock will look into “given”, and all that is in it', within=dialog)
            app.press('button', 'Import', within=dialog)
            self.wait_names(app, 'Alpha', 'Beta')
            self.assertTrue(path.exists())
            self.assertFalse((self.own / 'beta.gguf').exists())
        # What the library has is opened.
        with self.start(home='leave') as app:
            self.wait_names(app, 'Alpha', 'Beta')
            with app.dragging(path):
                app.find('label', re.compile('^Import '))
            app.find('page tab', 'Overview')

    def test_broken(self):
        path = self.directory / 'page.gguf'
        path.write_text('<!DOCTYPE html><html></html>')
        with self.open_library('broken') as app:
            dialog = self.drop(app, path)
            self.screenshot(app, 'import-nothing')
            app.press('button', 'Health', within=dialog)
            app.find('button', 'Try Again')

    def test_nothing_comes_in_when_cancelled(self):
        path = self.build(self.directory / 'beta.gguf', 'Beta')
        with self.open_library('cancel') as app:
            dialog = self.drop(app, path)
            app.press('button', 'Cancel', within=dialog)
            app.wait_gone('dialog')
            self.wait_names(app, 'Alpha')
        self.assertEqual([path.name for path in self.own.glob('*.gguf')], ['alpha.gguf'])

    def test_opened_is_added(self):
        path = self.build(self.directory / 'beta.gguf', 'Beta')
        self.make_home('opened')
        with self.start(path, home='opened') as app:
            app.press('button', 'Add to Library…')
            dialog = app.find('dialog', re.compile('Import'))
            self.screenshot(app, 'import-opened')
            app.press('button', 'Import', within=dialog)
            app.find('label', '1 model imported')
            app.press('button', 'Back')
            self.wait_names(app, 'Beta')

    def test_looks(self):
        for name, environment in (('dark', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
                                  ('rtl', {'GTK_DEBUG': 'invert-text-dir'}), ('narrow', {})):
            with self.subTest(name), self.open_library('looks-' + name, environment=environment) as app:
                app.resize(400 if name == 'narrow' else 1100, 720)
                dialog = self.drop(app, self.make_mixed())
                self.screenshot(app, f'import-{name}')
                app.press('button', 'Cancel', within=dialog)
                app.wait_gone('dialog')


if __name__ == '__main__':
    tap.main()
