# SPDX-License-Identifier: GPL-3.0-or-later
"""What the library takes on the disk: removing models, duplicates, leftovers, and the clean-up."""

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
            (home / 'drive').chmod(0o500)
            try:
                self.menu_of(app, 'Gamma', 'Remove')
                app.find('label', re.compile('gamma.gguf.*(Trash|Permission|permission)'))
            finally:
                (home / 'drive').chmod(0o700)
            self.assertTrue((home / 'drive/gamma.gguf').exists())


if __name__ == '__main__':
    tap.main()
