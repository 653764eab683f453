# SPDX-License-Identifier: GPL-3.0-or-later
"""Models are read in the background, and held against what their sources published."""

import contextlib
import hashlib
import json
import os
import re
import subprocess
from pathlib import Path

import tap
from ui_test import MODEL, UiTest

HUGE = 64 << 30                # bytes of nothing: nobody reads them in the time of a test
SETTINGS = '\n[io/github/paddockapp/Paddock]\ncheck-delay=uint32 0\n'


class LibraryCheck(UiTest):

    def make_home(self, name, settings=SETTINGS):
        home = Path(self.desktop.make_home(name)['HOME'])
        keyfile = home / 'config/glib-2.0/settings/keyfile'
        keyfile.write_text(keyfile.read_text() + settings)
        return home

    def build(self, path, title, size=0):
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([os.environ['PADDOCK_GGUF_RECIPE'], '-', str(path)], input=MODEL.replace('Tiny Test', title),
                       text=True, check=True)
        if size > 0:
            os.truncate(path, size)
        return path

    def publish(self, home, name, content_of=None):
        """A model of Ollama, whose files are called after what is in them, or after what is in another one."""
        root = home / '.ollama/models'
        made = self.build(root / 'blobs/new', name)
        content = made.read_bytes()
        digest = hashlib.sha256(content_of or content).hexdigest()
        made.rename(root / f'blobs/sha256-{digest}')
        manifest = root / f'manifests/registry.ollama.ai/library/{name}/latest'
        manifest.parent.mkdir(parents=True)
        manifest.write_text(json.dumps({'schemaVersion': 2, 'layers': [{
            'mediaType': 'application/vnd.ollama.image.model', 'digest': f'sha256:{digest}', 'size': len(content)}]}))

    def records(self, home):
        return [json.loads(path.read_text()) for path in (home / 'data/paddock/models/metadata').glob('*.json')]

    @contextlib.contextmanager
    def open(self, name, row):
        with self.start(home=name) as app:
            app.find('list item', re.compile(f'^{row}'))
            yield app

    def menu(self, app, item):
        app.press('toggle button', 'Library Menu')
        app.find(None, item, where=lambda node: 'menu item' in node.role).press()

    def test_all_is_well(self):
        home = self.make_home('well')
        own = self.build(home / 'data/paddock/models/alpha.gguf', 'Alpha')
        self.publish(home, 'epsilon')
        with self.open('well', 'Alpha') as app:
            app.press('toggle button', 'Activity: 1 finished')
            app.find('label', '2 models were read; nothing is wrong with them')
            self.screenshot(app, 'library-check')
        self.assertIn(hashlib.sha256(own.read_bytes()).hexdigest(), [record['sha256'] for record in self.records(home)])
        # What was read is not read again.
        with self.open('well', 'Alpha') as app:
            app.calm()
            self.assertFalse(app.has('toggle button', re.compile('^Activity: [1-9]')))
            self.menu(app, 'Verify All')
            app.press('toggle button', 'Activity: 1 finished')
            app.find('label', '2 models were read; nothing is wrong with them')

    def test_mismatch(self):
        home = self.make_home('mismatch')
        self.publish(home, 'epsilon', b'something else')
        with self.open('mismatch', 'epsilon') as app:
            app.find('label', re.compile('^“epsilon:latest” is not what its source published$'))
            app.find('list item', re.compile('^epsilon:latest, Damaged, '))
            app.find('toggle button', 'Activity: 1 with a problem')
            self.screenshot(app, 'library-check-mismatch')

    def test_copy(self):
        """The copy that is used is sound; another one is not, and stays one of the same model."""
        home = self.make_home('copy')
        own = self.build(home / 'data/paddock/models/alpha.gguf', 'Alpha')
        copy = home / '.lmstudio/models/acme/alpha-GGUF/alpha.gguf'
        copy.parent.mkdir(parents=True)
        content = own.read_bytes()
        copy.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        with self.open('copy', 'Alpha') as app:
            app.find('label', 'A copy of “Alpha” differs from it')
            row = app.find('list item', re.compile('^Alpha, Copy Differs, '))
            why = f'It can be used, but its copy {copy} has other bytes than it should.'
            app.wait(lambda: row.description == why, 'why')
            self.screenshot(app, 'library-check-copy')
            app.resize(400, 700)
            self.screenshot(app, 'library-check-copy-narrow')
            app.press('button', 'Model Actions')
            app.find('menu item', 'Remove Copy That Differs')
            self.screenshot(app, 'library-check-copy-menu')
            app.press('menu item', 'Remove Copy That Differs')
            app.find('button', 'Remove')
            self.screenshot(app, 'library-check-copy-removal')
            app.press('button', 'Remove')
            app.find('list item', re.compile('^Alpha, (?!Copy Differs)'))
        self.assertFalse(copy.exists())
        self.assertEqual(own.read_bytes(), content)
        self.assertEqual(len(self.records(home)), 1)

    def test_pause(self):
        """A check that takes long is paused and goes on; it ends with the program, and begins with the next one."""
        home = self.make_home('pause')
        self.build(home / 'data/paddock/models/huge.gguf', 'Huge', HUGE)
        for _ in range(2):
            with self.open('pause', 'Huge') as app:
                app.press('toggle button', re.compile('^Activity: .*'))
                app.find('label', re.compile('^Checking models: 1 of 1'))
                self.screenshot(app, 'library-check-running')
                app.key('Escape')
                self.menu(app, 'Pause Checking')
                app.press('toggle button', 'Activity: 1 finished')
                app.find('label', 'Paused: 0 of 1 model was checked')
                app.key('Escape')
                self.menu(app, 'Pause Checking')
                app.press('toggle button', re.compile('^Activity: .*'))
                app.find('label', re.compile('^Checking models: 1 of 1'))
                app.press('button', 'Stop')
                app.wait(lambda: len(app.find_all('label', 'Paused: 0 of 1 model was checked')) == 2, 'stopped')
                app.key('Escape')
                self.menu(app, 'Pause Checking')
                app.press('toggle button', re.compile('^Activity: .*'))
                app.find('label', re.compile('^Checking models: 1 of 1'))

    def test_switch(self):
        home = self.make_home('switch')
        self.build(home / 'data/paddock/models/huge.gguf', 'Huge', HUGE)
        with self.open('switch', 'Huge') as app:
            app.find('toggle button', re.compile('^Activity: .*'))
            app.key('ctrl+comma')
            app.press('switch', 'Check Models in the Background')
            self.screenshot(app, 'library-check-switch')
            app.key('Escape')
            app.press('toggle button', 'Activity: 1 finished')
            app.find('label', 'Paused: 0 of 1 model was checked')
            app.key('Escape')
            # Whoever asks for it gets it nevertheless, also over a restart.
            self.menu(app, 'Verify All')
            app.press('toggle button', re.compile('^Activity: .*'))
            app.find('label', re.compile('^Checking models: 1 of 1'))
        with self.open('switch', 'Huge') as app:
            app.press('toggle button', re.compile('^Activity: .*'))
            app.find('label', re.compile('^Checking models: 1 of 1'))
            app.press('button', 'Stop')
            app.find('label', 'Paused: 0 of 1 model was checked')


if __name__ == '__main__':
    tap.main()
