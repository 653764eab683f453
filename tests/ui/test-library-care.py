# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes on around the library: other programs that write to it, folders that are away, pairs made by hand."""

import json
import re
from pathlib import Path

import tap
from library_test import LibraryTest, recipe


class LibraryCare(LibraryTest):

    def home(self, name):
        return Path(self.desktop.make_home(name)['HOME'])

    def test_settings_from_elsewhere(self):
        with self.open_library('elsewhere') as app:
            home = self.home('elsewhere')
            (home / 'config/paddock/library.json').write_text(json.dumps({'folders': []}))
            self.wait_names(app, 'Alpha Instruct', 'Beta Coder', 'epsilon:latest')

    def test_records_from_elsewhere(self):
        with self.open_library('records') as app:
            app.press('button', 'Select Models')
            app.press('button', 'Select All')
            app.find('label', '5 Selected')
            app.press('button', 'Add to or Remove From Favourites')
            app.find('list item', re.compile('^Alpha.*Favourite$'))
            for path in self.home('records').glob('data/paddock/models/metadata/*.json'):
                record = json.loads(path.read_text())
                record['tags'] = ['elsewhere']
                path.with_suffix('.new').write_text(json.dumps(record))
                path.with_suffix('.new').rename(path)
            app.find('list item', re.compile('^Alpha.*#elsewhere$'))

    def test_broken_settings(self):
        home = self.make_home('broken')
        settings = home / 'config/paddock/library.json'
        good = settings.read_text()
        settings.write_text('{ half')
        with self.start(home='broken') as app:
            app.find('label', 'The Library Could Not Be Read')
            app.find('label', re.compile('library.json'))
            self.screenshot(app, 'library-broken')
            app.press('button', 'Try Again')
            app.find('label', 'The Library Could Not Be Read')
            settings.write_text(good)
            app.wait(lambda: len(self.names(app)) == 5, 'all models')

    def test_unplugged(self):
        with self.open_library('unplugged') as app:
            home = self.home('unplugged')
            (home / 'drive').rename(home / 'away')
            app.find('label', re.compile('^“drive” is not there'))
            self.screenshot(app, 'library-unplugged')
            app.resize(400, 720)
            self.screenshot(app, 'library-unplugged-narrow')
            app.press('button', 'Show Folders')
            app.find('dialog', 'Where Paddock Looks')
            app.key('Escape')
            app.wait_gone('dialog', 'Where Paddock Looks')
            (home / 'away').rename(home / 'drive')
            app.wait_gone('label', re.compile('^“drive” is not there'))

    def test_projector(self):
        home = self.home('projector')
        self.build(home / 'drive/mmproj-other.gguf', recipe('Other Eyes', 'clip').replace(
            'kv general.architecture', 'kv general.type str mmproj\nkv general.architecture'))
        with self.open_library('projector') as app:
            self.menu_of(app, 'Alpha', 'Projector…')
            dialog = app.find('dialog', 'Projector')
            self.screenshot(app, 'library-projector')
            app.find('list item', 'Other Eyes', within=dialog).click()
            app.key('Escape')
            app.wait_gone('dialog', 'Projector')
            records = home / 'data/paddock/models/metadata'
            app.wait(lambda: any(json.loads(path.read_text()).get('projector') for path in records.glob('*.json')),
                     'the projector in a record')

    def test_recent(self):
        with self.open_library('recent') as app:
            app.find('list item', re.compile('^Beta')).click()
            app.find('page tab', 'Overview')
            home = self.home('recent')
            app.wait(lambda: any('beta.gguf' in path.read_text() for path in home.glob('**/recently-used.xbel')),
                     'the model among the recent files')


if __name__ == '__main__':
    tap.main()
