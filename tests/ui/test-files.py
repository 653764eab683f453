# SPDX-License-Identifier: GPL-3.0-or-later
"""A model's page: what it shows, how it is searched, edited and checked, and what becomes of files that are none."""

import hashlib
import os
import re

import tap
from ui_test import MODEL, PROGRAM, UiTest
from window_driver import end

# Files that are no model, and what the page says of each.
BROKEN = {
    'page.gguf': ('header none\nraw text "<!DOCTYPE html><html><head><title>404</title></head></html>"', 'page'),
    'pointer.gguf': ('header none\nraw text "version https://git-lfs.github.com/spec/v1\\noid sha256:'
                     + 64 * '0' + '\\nsize 123456\\n"', 'LFS'),
    'empty.gguf': ('header none', 'empty'),
    'short.gguf': (MODEL + 'cut 200', ''),
    'old.gguf': ('header none\nraw text "ggjt"\nraw u32 3', ''),
    'counts.gguf': ('n_kv 0xffffffffffffffff', ''),
}


class Files(UiTest):

    def open_model(self, recipe=MODEL, name='tiny.gguf', **options):
        path = self.write(name, recipe)
        app = self.start(path, **options)
        return path, app

    def test_tabs(self):
        path, app = self.open_model()
        with app:
            app.find('label', 'Tiny Test')
            app.find('list item', 'Llama')
            self.screenshot(app, 'overview')
            app.press('page tab', 'Tensors')
            app.find('table row', re.compile('^token_embd.weight F16 64 × 50'))
            self.screenshot(app, 'tensors')
            app.press('page tab', 'Metadata')
            app.find('list item', 'llama.context_length, u32, 4096')
            self.screenshot(app, 'metadata')
            app.press('page tab', 'Health')
            app.find('button', 'Verify')
            self.screenshot(app, 'health')

    def test_several_files(self):
        first = self.write('a.gguf', MODEL)
        second = self.write('b.gguf', MODEL.replace('Tiny Test', 'Another'))
        with self.start(first, second) as app:
            app.find(None, re.compile('Tiny Test'))
            app.find(None, re.compile('Another'))
            self.screenshot(app, 'several')

    def test_folder(self):
        self.write('folder/deep/a.gguf', MODEL)
        self.write('folder/b.gguf', MODEL.replace('Tiny Test', 'Another'))
        with self.start(self.directory / 'folder') as app:
            app.find(None, re.compile('Tiny Test'))
            app.find(None, re.compile('Another'))

    def test_broken_files(self):
        for name, (recipe, word) in BROKEN.items():
            with self.subTest(name):
                _, app = self.open_model(recipe, name)
                with app:
                    app.find('button', 'Try Again')
                    app.wait_text(re.compile(word, re.IGNORECASE).pattern)
                    self.screenshot(app, 'broken-' + name.removesuffix('.gguf'))

    def test_search_tensors(self):
        _, app = self.open_model()
        with app:
            app.press('page tab', 'Tensors')
            app.find('entry', 'Search Tensors').write('attn_q')
            app.wait(lambda: len(app.find_all('table row', re.compile('attn_q'))) == 2, 'two rows')
            app.wait(lambda: not app.has('table row', re.compile('token_embd')), 'the others gone')
            self.screenshot(app, 'tensors-search')
            app.find('entry', 'Search Tensors').write('nothing like it')
            app.find('label', re.compile('^No Tensors'))

    def test_sort_tensors(self):
        _, app = self.open_model()
        with app:
            app.press('page tab', 'Tensors')

            def names():
                return [row.name.split()[0] for row in app.find_all('table row')[1:]]

            app.wait(lambda: len(names()) == 4, 'four rows')
            before = names()
            app.find('filler', 'Name').click()
            app.wait(lambda: names() == sorted(before), 'the rows by name')
            app.find('filler', 'Name').click()
            app.wait(lambda: names() == sorted(before, reverse=True), 'the rows by name, backwards')

    def edit_name(self, app, text):
        app.press('page tab', 'Metadata')
        app.find('list item', re.compile('^general.name')).click()
        app.find('dialog')
        app.find('text', 'Value').write(text)

    def test_edit(self):
        path, app = self.open_model()
        before = path.read_bytes()
        with app:
            self.edit_name(app, 'Renamed Model')
            self.screenshot(app, 'editor')
            app.press('button', 'Change')
            app.press('button', 'Review…')
            app.find('dialog', 'Review Changes')
            app.wait(lambda: 'sensitive' in app.find('button', 'Save').states, 'a change that can be saved')
            self.screenshot(app, 'review')
            app.press('button', 'Save')
            app.wait(lambda: b'Renamed Model' in path.read_bytes(), 'the change in the file')
            app.wait_gone('dialog')
            app.find('list item', 'general.name, str, Renamed Model')
        after = path.read_bytes()
        self.assertNotIn(b'Tiny Test', after)
        self.assertEqual(after[-14000:], before[-14000:])

    def test_edit_is_refused(self):
        path, app = self.open_model()
        before = path.read_bytes()
        with app:
            app.press('page tab', 'Metadata')
            app.find('list item', re.compile('^llama.context_length')).click()
            app.find('dialog')
            app.find('text', 'Value').write('many')
            app.wait(lambda: 'sensitive' not in app.find('button', 'Change').states, 'a refusal')
            self.screenshot(app, 'editor-refused')
            app.press('button', 'Cancel')
            app.wait_gone('dialog')
        self.assertEqual(path.read_bytes(), before)

    def test_hash(self):
        path, app = self.open_model()
        with app:
            app.press('page tab', 'Health')
            app.press('button', 'Verify')
            app.wait(lambda: any(node.text == hashlib.sha256(path.read_bytes()).hexdigest()
                                 for node in app.find_all('label')), 'the hash')
            self.screenshot(app, 'hash')

    def test_hash_is_stopped(self):
        path = self.write('large.gguf', MODEL)
        os.truncate(path, 64 << 30)
        with self.start(path) as app:
            app.press('page tab', 'Health')
            app.press('button', 'Verify')
            bar = app.find('progress bar', 'Hashing')
            with app.unhindered():
                app.wait(lambda: bar.value > 0, 'progress')
            self.screenshot(app, 'hashing')
            app.press('button', 'Stop')
            app.wait_gone('progress bar', 'Hashing')

    def test_many_strings(self):
        recipe = MODEL.replace('repeat 50 ', 'repeat 300000 ') + 'repeat 1000 tensor blk.{}.more.weight f32 8\n'
        _, app = self.open_model(recipe, 'many.gguf')
        with app:
            app.press('page tab', 'Tensors')
            app.find('label', re.compile('^1[.,  ]?004 tensors'))
            entry = app.find('entry', 'Search Tensors')
            entry.write('blk.99')
            app.find('table row', re.compile('^blk.990.more'))
            app.press('page tab', 'Metadata')
            app.find('list item', re.compile('^tokenizer.ggml.tokens, str × 300000'))

    def test_array(self):
        """A vocabulary is searched in its own dialog, which closes again."""
        recipe = MODEL.replace('repeat 50 ', 'repeat 5000 ')
        _, app = self.open_model(recipe, 'words.gguf')
        with app:
            app.press('page tab', 'Metadata')
            app.press('list item', re.compile('^tokenizer.ggml.tokens, str × 5'))
            app.find('label', re.compile('^5[.,  ]?000 elements'))
            app.find('entry', 'Search Elements').write('4999')
            app.find('label', re.compile('^1 of 5[.,  ]?000 elements'))
            app.key('Escape')
            app.wait(lambda: not app.find_all('entry', 'Search Elements'), 'the dialog to go')
            app.press('page tab', 'Overview')

    def test_drop(self):
        path = self.write('dropped.gguf', MODEL)
        other = self.write('other.gguf', MODEL.replace('Tiny Test', 'Another'))
        # While the library is shown it is imported: see test-library-import.py.
        with self.start(other) as app:
            app.find('label', 'Another')
            with app.dragging(path):
                app.find('label', 'Open “dropped.gguf”')
                self.screenshot(app, 'drop')
            app.find('label', 'Tiny Test')

    def test_second_process(self):
        path = self.write('later.gguf', MODEL)
        with self.start(home='shared') as app:
            second = self.desktop.launch(PROGRAM, path, home='shared')
            try:
                self.assertEqual(second.process.wait(60), 0)
            finally:
                end(second.process)
            app.find('label', 'Tiny Test')
            self.assertEqual(len(app.find_all('frame')), 1)

    def test_narrow(self):
        _, app = self.open_model()
        with app:
            app.find('label', 'Tiny Test')
            app.resize(400, 720)
            for tab in ('Overview', 'Tensors', 'Metadata', 'Health'):
                app.press('page tab', tab)
                app.wait(lambda tab=tab: 'selected' in app.find('page tab', tab).states, tab)
                self.screenshot(app, f'narrow-{tab.lower()}')

    def test_dark(self):
        _, app = self.open_model(environment={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'})
        with app:
            app.find('label', 'Tiny Test')
            self.screenshot(app, 'dark')


if __name__ == '__main__':
    tap.main()
