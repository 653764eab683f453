# SPDX-License-Identifier: GPL-3.0-or-later
"""The Memory tab of a model, by computers that are text: what fits, settings that cannot work, the command."""

import os
import re
from pathlib import Path

import tap
from ui_test import UiTest

DATA = Path(os.environ['PADDOCK_SOURCE']) / 'tests' / 'data'
LARGE_CARD = 'amd-discrete'
SMALL_CARD = 'hybrid-laptop'
NO_CARD = 'raspberry-pi'

PROJECTOR = '''
kv general.architecture str clip
kv clip.has_vision_encoder bool true
kv clip.vision.block_count u32 1
tensor v.patch_embd.weight f32 16x16
'''

VOCABULARY = '''
kv general.architecture str llama
kv tokenizer.ggml.tokens arr str repeat 50 "token {}"
'''

HEADLESS = '''
kv general.architecture str llama
kv llama.block_count u32 1
kv llama.context_length u32 4096
kv llama.embedding_length u32 64
tensor token_embd.weight f32 64x50
tensor output_norm.weight f32 64
tensor blk.0.attn_q.weight f32 64x64
'''


class Memory(UiTest):

    def write_model(self, name):
        return self.write(f'{name}.gguf', (DATA / 'memory' / f'{name}.recipe').read_text())

    def open(self, machine=LARGE_CARD, model='llama-3.1-8b-Q4_K_M', environment=()):
        app = self.start_on(machine, self.write_model(model), environment=environment)
        tab = app.find('page tab', 'Memory')
        app.wait(lambda: 'selected' in tab.press().states, 'the tab')
        return app

    @staticmethod
    def verdict(app, pattern):
        return app.find('status bar', re.compile(pattern))

    def test_fits(self):
        with self.open() as app:
            app.resize(1100, 720)
            app.find('grouping', re.compile('^Fits the GPU: Needs 5.9.GB of 23.2.GB free$'))
            self.verdict(app, '^All of it fits on the graphics processor: it needs 5.9.GB of 23.2.GB free.$')
            self.screenshot(app, 'memory')
            app.find('image', re.compile('^AMD Radeon RX 7900'), where=lambda bar: '23.2\xa0GB free' in bar.description)
            app.find('image', 'Main Memory')
            app.press('button', 'Memory by Device as Table')
            app.find('label', 'Main Memory: Needed Together')
            app.key('Escape')
            app.wait_gone('dialog')

    def test_without_card(self):
        with self.open(NO_CARD) as app:
            app.find('grouping', re.compile('^Fits Memory: Needs 6'))
            self.verdict(app, '^It fits in memory: it needs 6')
            self.assertFalse(app.has('label', 'As Many Layers on the Graphics Processor as Fit'))
            self.screenshot(app, 'memory-without-card')

    def test_too_large(self):
        with self.open(NO_CARD, 'phi-4-F16') as app:
            app.find('grouping', re.compile('^Too Large: Needs .* but only .* are free$'))
            self.verdict(app, '^It is too large: it needs ')
            self.screenshot(app, 'memory-too-large')

    def test_split(self):
        with self.open(SMALL_CARD, 'llama-3.1-8b-Q8_0') as app:
            app.resize(1100, 720)
            app.find('grouping', re.compile('^GPU and Memory'))
            self.verdict(app, '^It fits, a part of it on the graphics processor: it needs ')
            self.screenshot(app, 'memory-split')

    def set_context(self, app, tokens):
        """As a screen reader does: it need not be in sight."""
        spin = app.find('spin button', 'Context in Tokens')
        spin.value = tokens
        app.wait(lambda: spin.text == str(tokens), f'{tokens} tokens')

    def test_context(self):
        with self.open() as app:
            self.verdict(app, 'needs 5.9.GB')
            self.set_context(app, 16384)
            self.verdict(app, 'needs [67]')
            # The slider goes from stop to stop.
            slider = app.find('slider', 'Context')
            slider.value = 0
            self.verdict(app, 'needs 4[.]')
            app.press('button', re.compile('^Largest That Fits: '))
            self.verdict(app, 'needs 2[0-9]')
            app.press('button', 'Memory by Context as Table')
            app.find('label', 'Memory by Context')
            app.key('Escape')
            app.wait_gone('dialog')

    def test_savings(self):
        with self.open() as app:
            self.verdict(app, 'needs 5.9.GB')
            app.press('button', re.compile('^Apply: Keep the cache as Q8_0'))
            self.verdict(app, 'needs 5.4.GB')
            app.press('button', 'Reset')
            self.verdict(app, 'needs 5.9.GB')

    def test_refused(self):
        with self.open() as app:
            self.verdict(app, 'needs 5.9.GB')
            self.set_context(app, 200000)
            self.verdict(app, '^A context of 200000 is beyond the 131072 tokens that the model has learnt.$')
            self.screenshot(app, 'memory-refused')
            self.set_context(app, 4096)
            self.verdict(app, '^All of it fits')

    def test_list(self):
        first, second = self.write_model('llama-3.1-8b-Q4_K_M'), self.write_model('qwen3-0.6b-F16')
        with self.start_on(LARGE_CARD, first, second) as app:
            app.wait(lambda: len(app.find_all('grouping', re.compile('^Fits the GPU: '))) == 2, 'two badges')
            self.screenshot(app, 'memory-list')

    def test_copy(self):
        with self.open() as app:
            app.press('button', 'Copy the Command')
            app.wait_text('^Command copied$')
            app.press('page tab', 'Tensors')
            app.key('ctrl+f')
            entry = app.find('entry', 'Search Tensors').click()
            app.key('ctrl+v')
            app.wait(lambda: entry.text, 'the command')
            self.assertRegex(entry.text,
                             '^llama-server -m .*llama-3.1-8b-Q4_K_M.gguf. --device ROCm0 -ngl 33 --fit off ')

    def test_unknown(self):
        for name, recipe, title in (('projector', PROJECTOR, 'Not Run by Itself'),
                                    ('vocabulary', VOCABULARY, 'Not Run by Itself'),
                                    ('headless', HEADLESS, 'Nobody Knows What It Needs')):
            with self.start(self.write(f'{name}.gguf', recipe)) as app:
                app.press('page tab', 'Memory')
                app.find('label', title)
                self.screenshot(app, f'memory-{name}')

    def test_narrow(self):
        with self.open() as app:
            app.resize(400, 1000)
            self.verdict(app, 'needs 5.9.GB')
            self.screenshot(app, 'memory-narrow')

    def test_dark(self):
        with self.open(environment={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}) as app:
            self.verdict(app, 'needs 5.9.GB')
            self.screenshot(app, 'memory-dark')

    def test_right_to_left(self):
        with self.open(environment={'GTK_DEBUG': 'invert-text-dir'}) as app:
            app.resize(1100, 720)
            # Numbers keep their own direction in between.
            self.verdict(app, 'needs \u20685.9.GB\u2069')
            self.screenshot(app, 'memory-rtl')


if __name__ == '__main__':
    tap.main()
