# SPDX-License-Identifier: GPL-3.0-or-later
"""A home with models of several programs, for the tests of the library's pages."""

import contextlib
import hashlib
import json
import os
import re
import subprocess
from pathlib import Path

from ui_test import MODEL, UiTest


def recipe(name, architecture='llama', size='7B', file_type=2):
    """A file that looks like a model of that name."""
    model = MODEL.replace('Tiny Test', name).replace('str llama', f'str {architecture}')
    keys = f'kv general.size_label str {size}\nkv general.file_type u32 {file_type}\n'
    return model.replace('kv llama.', f'kv {architecture}.').replace('fill count', keys + 'fill count')


class LibraryTest(UiTest):

    def make_home(self, name):
        """A home with models of Paddock's own, Ollama and LM Studio, and in a folder that was added."""
        home = Path(self.desktop.make_home(name)['HOME'])
        self.build(home / 'data/paddock/models/alpha.gguf', recipe('Alpha Instruct', size='7B'))
        self.build(home / '.lmstudio/models/somebody/beta-GGUF/beta.gguf', recipe('Beta Coder', 'qwen2', '1.5B', 7))
        self.build(home / 'drive/gamma.gguf', recipe('Gamma <b>Writer</b>', 'gemma2', '27B', 15))
        self.build(home / 'drive/deep/er/delta.gguf', recipe('Delta') + 'cut 200\n')
        self.build_ollama(home / '.ollama/models', 'epsilon', recipe('Epsilon', 'phi3', '3.8B'))
        settings = home / 'config/paddock/library.json'
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(json.dumps({'folders': [str(home / 'drive')]}))
        return home

    def build(self, path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([os.environ['PADDOCK_GGUF_RECIPE'], '-', str(path)], input=text, text=True, check=True)

    def build_ollama(self, root, name, text):
        self.build(root / 'blobs/new', text)
        content = (root / 'blobs/new').read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        (root / 'blobs/new').rename(root / f'blobs/sha256-{digest}')
        manifest = root / f'manifests/registry.ollama.ai/library/{name}/latest'
        manifest.parent.mkdir(parents=True)
        manifest.write_text(json.dumps({'schemaVersion': 2, 'layers': [{
            'mediaType': 'application/vnd.ollama.image.model', 'digest': f'sha256:{digest}', 'size': len(content)}]}))

    def names(self, app):
        return [node.name.split(',')[0] for node in app.find_all('list item', re.compile(r'\s(bytes|[kMG]B), '))]

    def wait_names(self, app, *names):
        app.wait(lambda: self.names(app) == list(names), f'rows {names}')

    @contextlib.contextmanager
    def open_library(self, home, **options):
        self.make_home(home)
        with self.start(home=home, **options) as app:
            app.wait(lambda: len(self.names(app)) == 5, 'all models')
            yield app

    def menu_of(self, app, name, item):
        row = app.find('list item', re.compile(f'^{name}'))
        app.press('button', 'Model Actions', within=row)
        app.press('menu item', item)
