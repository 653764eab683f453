# SPDX-License-Identifier: GPL-3.0-or-later
"""Using a model in another program: which can, what is told before, what is written, and taking it back."""

import contextlib
import hashlib
import os
import re
import subprocess
from pathlib import Path

import tap
from ui_test import MODEL, UiTest

PROGRAMS = ('.ollama/models/blobs', '.ollama/models/manifests', '.lmstudio/models')
LARGE = 64 << 30               # bytes of nothing: nobody reads them in the time of a test


class Sharing(UiTest):

    def build(self, path, name):
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([os.environ['PADDOCK_GGUF_RECIPE'], '-', str(path)],
                       input=MODEL.replace('Tiny Test', name), text=True, check=True)
        return path

    @contextlib.contextmanager
    def open_library(self, name, programs=PROGRAMS, size=None, **options):
        """A library with one model of its own, and some programs."""
        self.home = Path(self.desktop.make_home(name)['HOME'])
        self.model = self.build(self.home / 'data/paddock/models/alpha.gguf', 'Alpha <b>Writer</b>')
        if size is not None:
            os.truncate(self.model, size)
        for program in programs:
            (self.home / program).mkdir(parents=True)
        with self.start(home=name, **options) as app:
            app.find('list item', re.compile('^Alpha'))
            yield app

    def open_dialog(self, app):
        row = app.find('list item', re.compile('^Alpha'))
        app.press('button', 'Model Actions', within=row)
        app.press('menu item', 'Use in Another Program…')
        dialog = app.find('dialog', 'Use in Another Program')
        app.find('radio button', 'Ollama', within=dialog)
        return dialog

    def cancel(self, app, dialog):
        app.press('button', 'Cancel', within=dialog)
        app.wait_gone('dialog')

    def files(self, program):
        return sorted(path for path in (self.home / program).rglob('*') if path.is_file())

    def is_possible(self, app, dialog, program):
        return 'sensitive' in app.find('radio button', program, within=dialog).states

    def test_lm_studio(self):
        with self.open_library('studio') as app:
            dialog = self.open_dialog(app)
            app.find('label', 'It keeps no models on this computer', within=dialog)
            self.assertFalse(self.is_possible(app, dialog, 'llama.cpp'))
            app.press('radio button', 'LM Studio', within=dialog)
            target = self.home / '.lmstudio/models/paddock/alpha-b-writer-b/alpha.gguf'
            app.find('label', str(target), within=dialog)
            app.find('label', re.compile(f'{re.escape(str(self.model))}'), within=dialog)
            self.screenshot(app, 'sharing')
            self.assertEqual(self.files('.lmstudio'), [])
            app.press('button', 'Use', within=dialog)
            app.find('label', 'LM Studio has it now, as paddock/alpha-b-writer-b')
            self.screenshot(app, 'shared')
            self.assertEqual(self.files('.lmstudio'), [target])
            self.assertEqual(target.read_bytes(), self.model.read_bytes())
            app.find('list item', re.compile(r'^Alpha .*\+ 1$'))
            app.press('button', 'Undo')
            app.find('label', 'LM Studio no longer has it')
            self.assertEqual(list((self.home / '.lmstudio/models').iterdir()), [])
            self.assertTrue(self.model.exists())

    def test_ollama(self):
        with self.open_library('ollama') as app:
            dialog = self.open_dialog(app)
            app.find('label', re.compile('/blobs/sha256-…$'), within=dialog)
            app.find('label', re.compile('are read for it first'), within=dialog)
            self.screenshot(app, 'sharing-ollama')
            app.press('button', 'Use', within=dialog)
            app.find('label', re.compile('^Ollama has it now, as alpha-b-writer-b:'))
            digest = hashlib.sha256(self.model.read_bytes()).hexdigest()
            blob = self.home / f'.ollama/models/blobs/sha256-{digest}'
            self.assertEqual(blob.read_bytes(), self.model.read_bytes())
            self.assertEqual(len(self.files('.ollama')), 3)
            app.find('list item', re.compile(r'^Alpha .*\+ 1$'))
            app.press('button', 'Undo')
            app.find('label', 'Ollama no longer has it')
            self.assertEqual(self.files('.ollama'), [])
            app.wait(lambda: not app.has('list item', re.compile(r'^Alpha .*\+ 1$')), 'one place')
            # The hash is known by now, and so is what would be written.
            dialog = self.open_dialog(app)
            app.find('label', str(blob), within=dialog)
            app.press('button', 'Use', within=dialog)
            app.find('list item', re.compile(r'^Alpha .*\+ 1$'))
            self.assertEqual(len(self.files('.ollama')), 3)
            # Once is enough.
            dialog = self.open_dialog(app)
            app.find('label', 'It has the model already', within=dialog)
            self.assertFalse(self.is_possible(app, dialog, 'Ollama'))
            self.cancel(app, dialog)

    def test_stop(self):
        with self.open_library('stop', size=LARGE) as app:
            dialog = self.open_dialog(app)
            app.press('button', 'Use', within=dialog)
            app.find('toggle button', 'Activity: 1 running')
            app.key('ctrl+j')
            app.find('label', 'Use in Ollama')
            app.press('button', 'Stop')
            app.find('label', 'Stopped')
            self.assertEqual(self.files('.ollama'), [])

    def test_failure(self):
        with self.open_library('failure') as app:
            dialog = self.open_dialog(app)
            app.press('radio button', 'LM Studio', within=dialog)
            app.find('label', re.compile('/paddock/'), within=dialog)
            # Somebody else was quicker.
            taken = self.home / '.lmstudio/models/paddock/alpha-b-writer-b/alpha.gguf'
            taken.parent.mkdir(parents=True)
            taken.write_text("somebody's")
            app.press('button', 'Use', within=dialog)
            app.find('label', 'LM Studio was not given the model: There is something of that name already')
            app.find('toggle button', 'Activity: 1 with a problem')
            self.assertEqual(taken.read_text(), "somebody's")

    def test_nothing_possible(self):
        with self.open_library('nothing', programs=()) as app:
            dialog = self.open_dialog(app)
            self.assertEqual(len(app.find_all('label', 'It keeps no models on this computer', within=dialog)), 3)
            self.assertNotIn('sensitive', app.find('button', 'Use', within=dialog).states)
            self.assertFalse(app.has('label', 'What Is Written'))
            self.screenshot(app, 'sharing-nothing')
            self.cancel(app, dialog)

    def test_model_page(self):
        other = self.write('other.gguf', MODEL)
        with self.open_library('page') as app:
            app.find('list item', re.compile('^Alpha')).click()
            app.find('page tab', 'Overview')
            app.press('toggle button', 'Model Actions')
            app.press('menu item', 'Use in Another Program…')
            dialog = app.find('dialog', 'Use in Another Program')
            app.press('radio button', 'LM Studio', within=dialog)
            app.press('button', 'Use', within=dialog)
            app.find('label', re.compile('^LM Studio has it now'))
            self.screenshot(app, 'shared-page')
        # What the library does not have cannot be made known.
        with self.start(other, home='page') as app:
            app.find('page tab', 'Overview')
            app.press('toggle button', 'Model Actions')
            app.find('menu item', 'Copy Path')
            self.assertFalse(app.has('menu item', 'Use in Another Program…'))

    def test_looks(self):
        for name, environment in (('dark', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
                                  ('rtl', {'GTK_DEBUG': 'invert-text-dir'}), ('narrow', {})):
            with self.subTest(name), self.open_library('looks-' + name, environment=environment) as app:
                app.resize(400 if name == 'narrow' else 1100, 720)
                dialog = self.open_dialog(app)
                app.find('label', re.compile('/blobs/sha256-…$'), within=dialog)
                self.screenshot(app, f'sharing-{name}')
                self.cancel(app, dialog)


if __name__ == '__main__':
    tap.main()
