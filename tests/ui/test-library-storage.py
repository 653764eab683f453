# SPDX-License-Identifier: GPL-3.0-or-later
"""What the library takes on the disk: removing models, duplicates, leftovers, and the clean-up."""

import contextlib
import json
import os
import re
from pathlib import Path

import tap
from library_test import LibraryTest, recipe


class LibraryStorage(LibraryTest):

    def trashed(self, home):
        return sorted(path.name for path in (home / 'data/Trash/files').glob('*'))

    def test_remove(self):
        home = Path(self.desktop.make_home('remove')['HOME'])
        with self.open_library('remove') as app:
            self.menu_of(app, 'Alpha', 'Remove')
            app.find('label', '“Alpha Instruct” moved to the Trash')
            self.wait_names(app, 'Beta Coder', 'Gamma <b>Writer</b>', 'delta', 'epsilon:latest')
            self.screenshot(app, 'library-removed')
            self.assertEqual(self.trashed(home), ['alpha.gguf'])
            app.press('button', 'Undo')
            app.wait(lambda: len(self.names(app)) == 5, 'it is back')
            self.assertEqual(self.trashed(home), [])
            self.assertTrue((home / 'data/paddock/models/alpha.gguf').exists())

    def test_remove_by_key(self):
        home = Path(self.desktop.make_home('key')['HOME'])
        with self.open_library('key') as app:
            app.focus(app.find('list item', re.compile('^Alpha')))
            app.key('Delete')
            app.find('label', '“Alpha Instruct” moved to the Trash')
            self.assertEqual(self.trashed(home), ['alpha.gguf'])

    def test_remove_link(self):
        home = Path(self.desktop.make_home('link')['HOME'])
        self.build(home / 'elsewhere/linked.gguf', recipe('Linked'))
        (home / 'drive').mkdir(parents=True, exist_ok=True)
        os.symlink(home / 'elsewhere/linked.gguf', home / 'drive/linked.gguf')
        self.make_home('link')
        with self.start(home='link') as app:
            app.wait(lambda: len(self.names(app)) == 6, 'all models')
            self.menu_of(app, 'Linked', 'Remove')
            app.find('label', '“Linked”: link removed; the file it leads to stays')
            self.assertTrue((home / 'elsewhere/linked.gguf').exists())
            self.assertFalse((home / 'drive/linked.gguf').is_symlink())
            app.press('button', 'Undo')
            app.wait(lambda: len(self.names(app)) == 6, 'it is back')
            self.assertTrue((home / 'drive/linked.gguf').is_symlink())

    def test_remove_of_others(self):
        home = Path(self.desktop.make_home('others')['HOME'])
        with self.open_library('others') as app:
            self.menu_of(app, 'epsilon', 'Remove')
            dialog = app.find(None, 'Remove “epsilon:latest”?', where=lambda node: node.role in ('alert', 'dialog'))
            app.find('label', re.compile('belong to Ollama.*manifests/', re.DOTALL), within=dialog)
            self.screenshot(app, 'library-remove-foreign')
            app.press('button', 'Cancel', within=dialog)
            self.assertEqual(self.trashed(home), [])
            self.menu_of(app, 'epsilon', 'Remove')
            dialog = app.find(None, 'Remove “epsilon:latest”?', where=lambda node: node.role in ('alert', 'dialog'))
            app.press('button', 'Remove', within=dialog)
            app.find('label', '“epsilon:latest” moved to the Trash')
            self.assertIn('latest', self.trashed(home))
            app.press('button', 'Undo')
            app.wait(lambda: self.trashed(home) == [], 'it is back')

    def test_remove_fails(self):
        home = Path(self.desktop.make_home('fails')['HOME'])
        with self.open_library('fails') as app:
            # Where the Trash would be is something else.
            (home / 'data/Trash').write_text('')
            self.menu_of(app, 'Gamma', 'Remove')
            app.find('label', re.compile('^Not everything was removed: '))
            self.assertTrue((home / 'drive/gamma.gguf').exists())

    @contextlib.contextmanager
    def open_storage(self, name, **options):
        """With a duplicate, a partial download and two models of Paddock's own."""
        home = Path(self.desktop.make_home(name)['HOME'])
        self.build(home / 'data/paddock/models/zeta.gguf', recipe('Zeta'))
        self.build(home / 'drive/zeta.gguf', recipe('Zeta'))
        self.make_home(name)
        partial = home / '.ollama/models/blobs' / ('sha256-' + '5' * 64 + '-partial')
        partial.write_bytes(bytes(5000))
        os.utime(partial, (1700000000, 1700000000))
        with self.start(home=name, **options) as app:
            app.wait(lambda: len(self.names(app)) == 6, 'all models')
            app.press('toggle button', 'Library Menu')
            app.press('menu item', 'Storage')
            app.find('image', 'All Models')
            yield home, app

    def test_storage(self):
        with self.open_storage('storage') as (home, app):
            self.assertRegex(app.find('image', 'All Models').description, 'Paddock 3.*Ollama 1')
            app.find('button', 'Merge…')
            app.find('label', re.compile('^Unfinished download · Ollama · 5.0.kB'))
            app.resize(1100, 720)
            self.screenshot(app, 'library-storage')
            app.resize(400, 720)
            app.wait_gone('label', 'This Computer')
            self.screenshot(app, 'library-storage-narrow')
            app.press('button', 'Show as Table')
            app.find('dialog', 'Storage')
            self.screenshot(app, 'library-storage-table')
            app.key('Escape')
            app.press('button', 'Back')
            app.find('list item', re.compile('^Alpha'))

    def test_merge(self):
        with self.open_storage('merge') as (home, app):
            app.find('label', re.compile('drive/zeta.gguf (becomes a second name of it|will share its bytes)'))
            app.press('button', 'Merge…')
            dialog = app.find('dialog', 'Merge Duplicates')
            app.find('label', re.compile('^Saves 1.*Every byte is compared first'), within=dialog)
            app.find('label', re.compile('drive/zeta.gguf (becomes a second name of it|will share its bytes)'),
                     within=dialog)
            self.screenshot(app, 'library-merge')
            app.press('button', 'Merge', within=dialog)
            app.wait_gone('button', 'Merge…')
            app.key('ctrl+j')
            app.find(None, re.compile('saved'))
            self.assertEqual((home / 'drive/zeta.gguf').read_bytes(),
                             (home / 'data/paddock/models/zeta.gguf').read_bytes())

    def test_leftovers(self):
        with self.open_storage('leftovers') as (home, app):
            partial = next((home / '.ollama/models/blobs').glob('*-partial'))
            app.press('button', 'Remove All')
            dialog = app.find(None, re.compile('^Remove “sha256-5'),
                              where=lambda node: node.role in ('alert', 'dialog'))
            app.press('button', 'Remove', within=dialog)
            app.wait(lambda: not partial.exists(), 'it is removed')
            app.press('button', 'Undo')
            app.wait(partial.exists, 'it is back')

    def test_leftover_under_way(self):
        with self.open_storage('underway') as (home, app):
            partial = next((home / '.ollama/models/blobs').glob('*-partial'))
            app.find('button', re.compile('^Remove “sha256-5'))
            partial.write_bytes(bytes(6000))
            app.find('label', re.compile('^May still be written to · Ollama · 6.0.kB'))
            self.assertFalse(app.has('button', re.compile('^Remove “sha256-5')))
            app.press('button', 'Remove All')
            self.assertTrue(partial.exists())

    def test_limit(self):
        with self.open_storage('limit') as (home, app):
            settings = home / 'config/paddock/library.json'
            app.find('label', re.compile('^Holds 33.9.kB$'))
            spin = app.find('spin button', re.compile('^Limit in GB'))
            spin.value = 12.5
            app.wait(lambda: json.loads(settings.read_text()).get('own_limit') == 12500000000, 'it is kept')
            app.press('button', 'Free Space…')
            dialog = app.find('dialog', 'Free Space')
            self.assertEqual(app.find('spin button', 'What Is Above So Many GB', within=dialog).value, 12.5)
            app.press('button', 'Cancel', within=dialog)
            app.wait_gone('dialog', 'Free Space')

    def test_pinned(self):
        with self.open_storage('pinned') as (home, app):
            app.press('button', 'Back')
            for name in ('Alpha', 'Zeta'):
                self.menu_of(app, name, 'Keep in Clean-Ups')
            app.press('toggle button', 'Library Menu')
            app.press('menu item', 'Storage')
            app.press('button', 'Free Space…')
            dialog = app.find('dialog', 'Free Space')
            keep = app.find('spin button', 'All but the Most Recently Used', within=dialog)
            keep.value = 1
            app.find('label', re.compile('^Nothing to remove'), within=dialog)
            app.press('button', 'Cancel', within=dialog)
            app.press('button', 'Back')
            self.menu_of(app, 'Alpha', 'Allow in Clean-Ups')

    def test_remove_shown(self):
        home = Path(self.desktop.make_home('shown')['HOME'])
        with self.open_library('shown') as app:
            app.press('list item', re.compile('^Alpha'))
            app.press('toggle button', 'Model Actions')
            app.find('menu item', 'Move…')
            self.screenshot(app, 'library-model-menu')
            app.press('menu item', 'Remove')
            app.find('label', '“Alpha Instruct” moved to the Trash')
            self.wait_names(app, 'Beta Coder', 'Gamma <b>Writer</b>', 'delta', 'epsilon:latest')
            self.assertEqual(self.trashed(home), ['alpha.gguf'])
            app.press('button', 'Undo')
            app.wait(lambda: len(self.names(app)) == 5, 'it is back')

    def test_clean_up(self):
        with self.open_storage('cleanup') as (home, app):
            app.press('button', 'Free Space…')
            dialog = app.find('dialog', 'Free Space')
            app.find('label', re.compile('^Nothing to remove'), within=dialog)
            app.find('spin button', within=dialog)
            app.focus(app.find_all('spin button', within=dialog)[1])
            app.key('ctrl+a')
            app.type('1')
            app.key('Return')
            app.find('label', re.compile('^Frees 1[67].*once the Trash is emptied'), within=dialog)
            self.screenshot(app, 'library-clean-up')
            self.assertEqual(self.trashed(home), [])
            app.press('button', 'Move to Trash', within=dialog)
            app.find('label', '1 model moved to the Trash')
            self.assertEqual(len(self.trashed(home)), 1)
            app.press('button', 'Undo')
            app.wait(lambda: self.trashed(home) == [], 'it is back')

    def test_looks(self):
        for name, environment in (('dark', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
                                  ('rtl', {'GTK_DEBUG': 'invert-text-dir'})):
            with self.subTest(name), self.open_storage(name, environment=environment) as (home, app):
                app.resize(1100, 720)
                self.screenshot(app, f'library-storage-{name}')


if __name__ == '__main__':
    tap.main()
