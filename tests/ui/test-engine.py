# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking the engine, on the Memory tab: whether there is one, whether it answers, and what it says."""

import json
import re

import tap
from ui_test import UiTest

MODEL = '''
kv general.architecture str llama
kv general.name str "Small One"
kv llama.block_count u32 1
kv llama.context_length u32 2048
kv llama.embedding_length u32 64
kv llama.feed_forward_length u32 128
kv llama.attention.head_count u32 4
kv llama.attention.layer_norm_rms_epsilon f32 1e-5
kv tokenizer.ggml.model str gpt2
tensor token_embd.weight q8_0 64x4
tensor output_norm.weight f32 64
tensor blk.0.attn_norm.weight f32 64
tensor blk.0.attn_q.weight q8_0 64x64
tensor blk.0.attn_k.weight q8_0 64x64
tensor blk.0.attn_v.weight q8_0 64x64
tensor blk.0.attn_output.weight q8_0 64x64
tensor blk.0.ffn_norm.weight f32 64
tensor blk.0.ffn_gate.weight q8_0 64x128
tensor blk.0.ffn_up.weight q8_0 64x128
tensor blk.0.ffn_down.weight q8_0 128x64
'''
VERSION = '[ "$1" != --version ] || { echo "version: 9 (fake)" >&2; exit 0; }'


class Engine(UiTest):
    def setUp(self):
        super().setUp()
        self.folder = self.directory / 'engine'
        self.folder.mkdir()

    def fake(self, script):
        path = self.folder / 'llama-fit-params'
        path.write_text(f'#!/bin/sh\n{VERSION}\n{script}\n')
        path.chmod(0o755)

    def open(self):
        return self.start(self.write('small.gguf', MODEL), environment={
            'PADDOCK_ENGINE': str(self.folder), 'PADDOCK_DATA_DIR': str(self.folder / 'data')})

    def ask(self, app):
        app.press('page tab', 'Memory')
        app.press('button', 'Ask')

    def test_no_engine(self):
        with self.open() as app:
            self.ask(app)
            app.find('label', 'Install llama.cpp to ask it')

    def test_failure(self):
        self.fake("echo '0.1 E loader: torn' >&2; exit 1")
        with self.open() as app:
            self.ask(app)
            app.find('label', 'The engine gave no answer')
            app.find('label', 'llama-fit-params: loader: torn')

    def test_other_answer(self):
        self.fake('echo Host 100 0 0')
        with self.open() as app:
            self.ask(app)
            app.find('label', 'The engine says something else, which is kept as a finding')
            app.find('label', 'llama.cpp 9 (fake)')
            app.find('label', 'The engine said something else 1 time')
            app.focus(app.find('button', 'Ask'))
            self.screenshot(app, 'engine-answer')
        findings = json.loads((self.folder / 'data' / 'engine-findings.json').read_text())['findings']
        self.assertEqual([one['model'] for one in findings], ['small.gguf'])
        # It is there whenever the model is looked at again, and not at another one.
        with self.open() as app:
            app.press('page tab', 'Memory')
            app.find('label', 'The engine said something else 1 time')
            app.focus(app.find('list item', 'Earlier Answers'))
            app.key('Return')
            app.wait_text('^Weights: .* here, .* by the engine\n')
            app.find('label', re.compile(r' · llama\.cpp 9 \(fake\)$'))
            self.screenshot(app, 'engine-findings')
        other = self.write('other.gguf', MODEL.replace('64x4', '64x8'))
        with self.start(other, environment={'PADDOCK_ENGINE': str(self.folder),
                                            'PADDOCK_DATA_DIR': str(self.folder / 'data')}) as app:
            app.press('page tab', 'Memory')
            app.find('button', 'Ask')
            app.calm()
            self.assertFalse(app.has('label', re.compile('^The engine said something else')))

    def test_other_free_memory(self):
        """The answer stays, and tells that it was given with another amount of free memory."""
        self.fake('echo Host 100 0 0')
        model = self.write('small.gguf', MODEL)
        environment = {'PADDOCK_ENGINE': str(self.folder), 'PADDOCK_DATA_DIR': str(self.folder / 'data')}
        change = re.compile('^.* were free when it answered, .* are now$')
        with self.start_on('raspberry-pi', model, environment=environment) as app:
            self.ask(app)
            app.find('label', 'The engine says something else, which is kept as a finding')
            self.assertFalse(app.has('label', change))
            meminfo = self.directory / 'computers' / 'raspberry-pi' / 'proc' / 'meminfo'
            text = meminfo.read_text()
            other = re.sub(r'(?m)^MemAvailable: .*$', 'MemAvailable:    3000000 kB', text)
            self.assertNotEqual(other, text)
            meminfo.write_text(other)
            app.find('label', change)
            app.find('label', 'The engine says something else, which is kept as a finding')
            meminfo.write_text(text)
            app.wait_gone('label', change)

    def test_stop(self):
        self.fake('exec tail -f /dev/null')
        with self.open() as app:
            self.ask(app)
            app.find('label', 'Asking llama.cpp')
            app.press('button', 'Stop')
            app.wait_gone('label', 'Asking llama.cpp')
            self.assertFalse((self.folder / 'data' / 'engine-findings.json').exists())


if __name__ == '__main__':
    tap.main()
