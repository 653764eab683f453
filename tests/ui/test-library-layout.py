# SPDX-License-Identifier: GPL-3.0-or-later
"""How the library is laid out: rows or cards, under headings or not."""

import re

import tap
from library_test import LibraryTest


class LibraryLayout(LibraryTest):

    def cards(self, app):
        return [node.name.split(',')[0] for node in app.find_all(None, re.compile(r'\s(bytes|[kMG]B), '))
                if node.role in ('table cell', 'grid cell', 'list item')]

    def card(self, app, name):
        return app.find(None, re.compile(f'^{name}'), where=lambda node: 'selectable' in node.states)

    def show_cards(self, app):
        app.press('toggle button', 'Cards')
        app.wait(lambda: self.card(app, 'Alpha').place[1] == self.card(app, 'Beta').place[1], 'cards side by side')

    def headings(self, app):
        return [node.name for node in app.find_all('label', re.compile('· [0-9]+ models?$')) if node.name[0] != '5']

    def test_cards(self):
        with self.open_library('cards') as app:
            self.show_cards(app)
            self.card(app, 'Alpha Instruct, .*7B.*4096 context.*, Paddock$')
            app.wait(lambda: len(app.find_all('grouping', re.compile('^Fits Memory: '))) == 4, 'four that fit')
            self.screenshot(app, 'library-cards')
            app.resize(400, 720)
            self.screenshot(app, 'library-cards-narrow')
            self.card(app, 'Gamma').click()
            app.find('page tab', 'Overview')
        with self.start(home='cards') as app:
            self.card(app, 'Alpha')
            app.focus(self.card(app, 'Alpha'))
            app.key('Right', 'Return')
            app.find('label', 'Beta Coder')
            app.find('page tab', 'Overview')

    def test_card_selection(self):
        with self.open_library('card-selection') as app:
            self.show_cards(app)
            app.press('button', 'Select Models')
            app.find('label', 'Select Models')
            self.card(app, 'Beta').click()
            app.find('label', '1 Selected')
            self.screenshot(app, 'library-cards-selected')
            app.press('toggle button', 'Cards')
            app.find('list item', re.compile('^Beta'), where=lambda node: 'selected' in node.states)

    def test_sections(self):
        with self.open_library('sections') as app:
            app.press('toggle button', 'Order')
            app.press('menu item', 'Sections')
            app.press('radio menu item', 'By Place')
            app.wait(lambda: self.headings(app) == ['LM Studio · 1 model', 'Ollama · 1 model', 'Paddock · 1 model',
                                                    'drive · 2 models'], 'headings')
            self.wait_names(app, 'Beta Coder', 'epsilon:latest', 'Alpha Instruct', 'Gamma <b>Writer</b>', 'delta')
            self.screenshot(app, 'library-sections')
            app.key('ctrl+f')
            app.type('a')
            app.key('BackSpace')
            app.type('writer')
            app.wait(lambda: self.headings(app) == ['drive · 1 model'], 'one heading')
        with self.start(home='sections') as app:
            app.wait(lambda: len(self.headings(app)) == 4, 'headings after a restart')

    def test_looks(self):
        for name, environment in (('dark', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
                                  ('rtl', {'GTK_DEBUG': 'invert-text-dir'})):
            with self.subTest(name), self.open_library(f'layout-{name}', environment=environment) as app:
                app.resize(1100, 720)
                self.show_cards(app)
                app.wait(lambda: len(app.find_all('grouping', re.compile('^Fits Memory: '))) == 4, 'four that fit')
                self.screenshot(app, f'library-cards-{name}')


if __name__ == '__main__':
    tap.main()
