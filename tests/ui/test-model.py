# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of a model: its tabs, editing its metadata, its hash, and files that are no models."""

import hashlib
import re

import tap
from ui_test import UiTest

MODEL = '''
kv general.architecture str llama
kv general.name str "Small <b>Horse</b>"
kv general.license str mit
kv llama.block_count u32 1
kv llama.context_length u32 4096
kv llama.embedding_length u32 64
kv llama.feed_forward_length u32 64
kv llama.attention.head_count u32 4
kv llama.attention.layer_norm_rms_epsilon f32 0.00001
kv tokenizer.ggml.model str llama
kv tokenizer.ggml.tokens arr str repeat 400 word
tensor token_embd.weight f32 64x400
tensor blk.0.attn_q.weight f16 64x64
tensor blk.0.ffn_up.weight q8_0 64x64
'''


class Model(UiTest):

    def open(self):
        self.path = self.write('horse.gguf', MODEL)
        return self.start(self.path)

    def test_overview(self):
        with self.open() as app:
            app.find('label', 'Small <b>Horse</b>')
            app.find('label', 'mit')
            shares = app.find('image', 'Bytes by Tensor Type')
            self.assertRegex(shares.description, '^F32 89')
            self.screenshot(app, 'model-overview')

    def test_quantizations(self):
        with self.open() as app:
            app.find('label', 'Q5_K_M')
            app.find('label', re.compile('what is made from this file, Q8_0, loses more'))
            app.press('radio button', 'Small')
            app.find('label', 'IQ4_XS')
            app.find('label', re.compile('^It fits, and is what you prefer'))
            app.resize(400, 1000)
            self.screenshot(app, 'model-quantizations')
            app.press('list item', 'All Quantizations')
            app.find('label', re.compile('Good .perplexity .2[.,]8 %'))
            app.find('label', 'This File')
            app.find('list item', 'IQ4_XS', where=lambda row: app.has('label', 'Advised', within=row))
            app.key('Tab', 'Tab', 'Down', 'Down', 'Down', 'Down', 'Down')
            self.screenshot(app, 'model-quantizations-all')

    def test_tensors(self):
        with self.open() as app:
            app.press('page tab', 'Tensors')
            app.wait_text('^3 tensors')
            app.key('ctrl+f')
            app.type('ATTN')
            app.wait_text('^1 of 3 tensors')
            self.screenshot(app, 'model-tensors')

    def test_edit(self):
        with self.open() as app:
            app.press('page tab', 'Metadata')
            app.key('ctrl+f')
            app.type('license')
            app.wait_text('^1 of 11 keys')
            app.focus(app.find('list item', re.compile('^general.license')))
            app.key('Return')
            app.find('dialog', 'general.license')
            app.key('ctrl+a')
            app.type('apache-2.0')
            app.key('ctrl+Return')
            app.wait_text('^1 change not saved$')
            app.press('button', 'Review…')
            app.find('label', 'apache-2.0', within=app.find('dialog', 'Review Changes'))
            self.screenshot(app, 'model-edit-review')
            app.press('button', 'Save')
            app.wait_gone('dialog')
            app.find('list item', re.compile('^general.license, str, apache-2.0$'))
        self.assertIn(b'apache-2.0', self.path.read_bytes())

    def test_undo(self):
        before = None
        with self.open() as app:
            before = self.path.read_bytes()
            app.press('page tab', 'Metadata')
            app.key('ctrl+f')
            app.type('license')
            app.wait_text('^1 of 11 keys')
            app.focus(app.find('list item', re.compile('^general.license')))
            app.key('Return')
            app.find('dialog', 'general.license')
            app.focus(app.find('button', 'Remove Key'))
            app.key('Return')
            app.find('list item', re.compile('^general.license, .*, Will be removed$'))
            app.press('button', 'Undo All')
            app.find('list item', re.compile('^general.license, str, mit$'))
        self.assertEqual(self.path.read_bytes(), before)

    def test_health(self):
        with self.open() as app:
            app.press('page tab', 'Health')
            app.press('button', 'Verify')
            app.find('label', hashlib.sha256(self.path.read_bytes()).hexdigest())
            self.screenshot(app, 'model-health')

    def test_changed_on_disk(self):
        with self.open() as app:
            app.find('label', 'mit')
            self.write('other.gguf', MODEL.replace('str mit', 'str bsd-3-clause')).rename(self.path)
            app.find('label', 'bsd-3-clause')

    def test_web_page(self):
        path = self.directory / 'page.gguf'
        path.write_text('<!DOCTYPE html><title>Sign in</title>')
        with self.start(path) as app:
            app.find('label', 'A Web Page, Not a Model')
            self.screenshot(app, 'model-web-page')
            path.write_bytes(self.write('horse.gguf', MODEL).read_bytes())
            app.find('label', 'Small <b>Horse</b>')

    def test_folder(self):
        for name in ('one', 'two/three'):
            self.write(f'{name}.gguf', MODEL.replace('Small <b>Horse</b>', name))
        with self.start(self.directory) as app:
            app.find('list item', re.compile('^two/three, '))
            self.screenshot(app, 'models')


if __name__ == '__main__':
    tap.main()
