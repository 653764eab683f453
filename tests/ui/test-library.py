# SPDX-License-Identifier: GPL-3.0-or-later
"""The library: models of several programs in one list, how they are found again, and what a person says of them."""

import re
import subprocess
from pathlib import Path

import tap
from library_test import LibraryTest, recipe


class Library(LibraryTest):

    def ask(self, method, *arguments):
        """What the desktop's search says to a program."""
        path = '/io/github/paddockapp/Paddock/SearchProvider'
        return subprocess.run(['gdbus', 'call', '--session', '--dest', 'io.github.paddockapp.Paddock',
                               '--object-path', path, '--method', f'org.gnome.Shell.SearchProvider2.{method}',
                               *arguments],
                              env=self.desktop.environment, check=True, capture_output=True, text=True).stdout

    def test_desktop_searches(self):
        with self.open_library('desktop') as app:
            found = self.ask('GetInitialResultSet', "['beta', 'coder']")
            ids = re.findall(r"'([^']+)'", found)
            self.assertEqual(len(ids), 1, found)
            self.assertIn("'name': <'Beta Coder'>", self.ask('GetResultMetas', str(ids)))
            self.ask('ActivateResult', ids[0], "['beta']", '0')
            app.find('label', 'Beta Coder')
            app.find('page tab', 'Overview')
            self.ask('LaunchSearch', "['gam']", '0')
            self.wait_names(app, 'Gamma <b>Writer</b>')

    def test_shows(self):
        with self.open_library('shows') as app:
            app.find('list item', re.compile('^Alpha Instruct, .*7B.*4096 context.*, Paddock$'))
            app.find('list item', re.compile('^Beta Coder, .*, LM Studio$'))
            app.find('list item', re.compile('^epsilon:latest, .*, Ollama$'))
            app.find('list item', re.compile('^Gamma <b>Writer</b>, .*, drive$'))
            app.find('list item', re.compile('^delta, (Unfinished|Damaged), '))
            app.find('label', re.compile('^5 models · '))
            app.wait(lambda: len(app.find_all('grouping', re.compile('^Fits Memory: '))) == 4, 'four that fit')
            self.screenshot(app, 'library')
            app.resize(400, 720)
            self.screenshot(app, 'library-narrow')

    def test_search(self):
        with self.open_library('search') as app:
            app.key('ctrl+f')
            app.type('coder')
            self.wait_names(app, 'Beta Coder')
            app.find('label', re.compile('^1 model of 5 '))
            app.key('ctrl+a')
            app.type('nowhere')
            app.find('label', 'Nothing Found')
            self.screenshot(app, 'library-nothing')
            app.press('button', 'Show All')
            app.wait(lambda: len(self.names(app)) == 5, 'all models')

    def test_filter(self):
        with self.open_library('filter') as app:
            app.press('toggle button', 'Filters')
            app.press('toggle button', 'Ollama')
            app.press('toggle button', 'LM Studio')
            self.screenshot(app, 'library-filters')
            app.key('Escape')
            self.wait_names(app, 'Beta Coder', 'epsilon:latest')
            self.screenshot(app, 'library-filtered')
        with self.start(home='filter') as app:
            self.wait_names(app, 'Beta Coder', 'epsilon:latest')
            app.press('button', 'Remove Filter: LM Studio')
            self.wait_names(app, 'epsilon:latest')

    def test_filter_by_fit(self):
        with self.open_library('fit') as app:
            app.press('toggle button', 'Filters')
            app.press('toggle button', 'Fits Memory')
            app.key('Escape')
            self.wait_names(app, 'Alpha Instruct', 'Beta Coder', 'Gamma <b>Writer</b>', 'epsilon:latest')

    def test_order(self):
        with self.open_library('order') as app:
            self.wait_names(app, 'Alpha Instruct', 'Beta Coder', 'Gamma <b>Writer</b>', 'delta', 'epsilon:latest')
            app.press('toggle button', 'Order')
            self.screenshot(app, 'library-order')
            app.press('menu item', 'Descending')
            self.wait_names(app, 'epsilon:latest', 'delta', 'Gamma <b>Writer</b>', 'Beta Coder', 'Alpha Instruct')
        with self.start(home='order') as app:
            self.wait_names(app, 'epsilon:latest', 'delta', 'Gamma <b>Writer</b>', 'Beta Coder', 'Alpha Instruct')

    def test_open(self):
        with self.open_library('open') as app:
            app.find('list item', re.compile('^Gamma')).click()
            app.find('page tab', 'Overview')
            app.find('label', 'Gamma <b>Writer</b>')
            app.press('button', 'Back')
            app.find('list item', re.compile('^delta')).click()
            app.find('button', 'Try Again')

    def test_rename(self):
        with self.open_library('rename') as app:
            self.menu_of(app, 'Alpha', 'Rename…')
            dialog = app.find(None, 'Rename the Model', where=lambda node: node.role in ('alert', 'dialog'))
            app.focus(app.find(None, 'Name', within=dialog, where=lambda node: node.role in ('text', 'entry')))
            app.key('ctrl+a')
            app.type('Zeta')
            app.press('button', 'Rename', within=dialog)
            self.wait_names(app, 'Beta Coder', 'Gamma <b>Writer</b>', 'Zeta', 'delta', 'epsilon:latest')

    def test_notes(self):
        with self.open_library('notes') as app:
            self.menu_of(app, 'Beta', 'Tags and Notes…')
            dialog = app.find('dialog', 'Tags and Notes')
            app.find(None, 'Tags, With Commas Between', within=dialog,
                     where=lambda node: node.role in ('text', 'entry')).write('work, #code')
            self.screenshot(app, 'library-notes')
            app.press('button', 'Save', within=dialog)
            app.find('list item', re.compile('^Beta Coder, .*, #code #work$'))
            app.focus(app.find('list item', re.compile('^Beta')))
            app.key('ctrl+d')
            app.find('list item', re.compile('^Beta Coder, .*, Favourite, #code #work$'))
            self.screenshot(app, 'library-favourite')
        with self.start(home='notes') as app:
            app.find('list item', re.compile('^Beta Coder, .*, Favourite, #code #work$'))

    def test_verify(self):
        with self.open_library('verify') as app:
            self.menu_of(app, 'epsilon', 'Verify')
            app.find('toggle button', 'Activity: 1 finished').press()
            app.find(None, re.compile('Every byte is as it should be|there is none to compare'))

    def test_follows_disk(self):
        home = Path(self.desktop.make_home('follows')['HOME'])
        with self.open_library('follows') as app:
            self.build(home / 'drive/new.gguf', recipe('Another'))
            app.find('list item', re.compile('^Another, '))
            # What nobody has said anything about is forgotten with its file.
            self.menu_of(app, 'Gamma', 'Add to Favourites')
            app.find('list item', re.compile('^Gamma.*Favourite$'))
            (home / 'drive/gamma.gguf').unlink()
            app.find('list item', re.compile('^Gamma <b>Writer</b>, Not There, '))
            app.find('list item', re.compile('^Gamma')).click()
            app.find('label', 'The Model Is Not There')
            self.screenshot(app, 'library-offline')

    def test_moved(self):
        """A page follows the model that it shows, and keeps its view and the way back."""
        home = Path(self.desktop.make_home('moved')['HOME'])
        with self.open_library('moved') as app:
            app.find('list item', re.compile('^Gamma')).click()
            app.press('page tab', 'Tensors')
            app.find('label', 'gamma.gguf')
            (home / 'drive/gamma.gguf').rename(home / 'drive/deep/elsewhere.gguf')
            app.find('label', 'elsewhere.gguf')
            app.wait_text('tensors · ')
            app.press('button', 'Back')
            app.find('list item', re.compile('^Gamma'))

    def test_folders(self):
        with self.open_library('folders') as app:
            app.press('toggle button', 'Library Menu')
            app.press('menu item', 'Where Paddock Looks')
            dialog = app.find('dialog', 'Where Paddock Looks')
            self.screenshot(app, 'library-folders')
            app.press('button', 'Remove “drive” From the Library', within=dialog)
            app.wait(lambda: not app.has('button', 'Remove “drive” From the Library'), 'the folder gone')
            # The switch is the same one afterwards, for whoever switches it back.
            switch = app.find('switch', 'LM Studio', within=dialog)
            app.focus(switch)
            app.key('space')
            app.find('label', 'Not looked into', within=dialog)
            self.assertIn('focused', switch.states)
            app.key('Escape')
            self.wait_names(app, 'Alpha Instruct', 'epsilon:latest')

    def test_folder_is_offered(self):
        self.write('folder/a.gguf', recipe('Found'))
        with self.start(self.directory / 'folder') as app:
            app.press('button', 'Add Folder')
            app.press('button', 'Back')
            self.wait_names(app, 'Found')

    def test_looks(self):
        for name, environment in (('dark', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
                                  ('rtl', {'GTK_DEBUG': 'invert-text-dir'})):
            with self.subTest(name), self.open_library(name, environment=environment) as app:
                app.resize(1100, 720)
                self.screenshot(app, f'library-{name}')


if __name__ == '__main__':
    tap.main()
