# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the window have in common."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from window_driver import Desktop

PROGRAM = os.environ['PADDOCK_PROGRAM']

# A file that looks like a small language model.
MODEL = '''
kv general.architecture str llama
kv general.name str "Tiny Test"
kv general.license str mit
kv llama.block_count u32 2
kv llama.context_length u32 4096
kv llama.embedding_length u32 64
kv llama.feed_forward_length u32 128
kv llama.attention.head_count u32 4
kv tokenizer.ggml.model str gpt2
kv tokenizer.ggml.tokens arr str repeat 50 "token {}"
kv tokenizer.chat_template str "{{ messages }}"
fill count
tensor token_embd.weight f16 64x50
tensor output_norm.weight f32 64
tensor blk.0.attn_q.weight q8_0 64x64
tensor blk.1.attn_q.weight q8_0 64x64
'''


class UiTest(unittest.TestCase):
    """Tests on one private desktop, each with files of its own."""

    display = 'x11'

    @classmethod
    def setUpClass(cls):
        cls.desktop = cls.enterClassContext(Desktop(cls.display))

    def setUp(self):
        self.directory = Path(tempfile.mkdtemp(prefix='paddock-ui-'))
        self.addCleanup(shutil.rmtree, self.directory, ignore_errors=True)

    def start(self, *arguments, **options):
        return self.desktop.start(PROGRAM, *arguments, **options)

    def start_on(self, machine, *arguments, environment=(), **options):
        """Starts on the files of another computer; see tests/data/machines."""
        root = self.directory / 'computers' / machine
        if not root.exists():
            root.mkdir(parents=True)
            subprocess.run([os.environ['PADDOCK_MACHINE_TREE'], machine, str(root)], check=True,
                           stdout=subprocess.DEVNULL,
                           env={**os.environ, 'G_TEST_SRCDIR': os.environ['PADDOCK_SOURCE'] + '/tests'})
        return self.start(*arguments, environment={'PADDOCK_COMPUTER_ROOT': str(root), **dict(environment)}, **options)

    def screenshot(self, app, name):
        app.screenshot(name if self.display == 'x11' else f'{name}-{self.display}')

    def write(self, name, recipe):
        """Builds a file from a recipe; see tests/support/gguf-recipe.h."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([os.environ['PADDOCK_GGUF_RECIPE'], '-', str(path)], input=recipe, text=True, check=True)
        return path
