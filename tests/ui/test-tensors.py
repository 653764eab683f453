# SPDX-License-Identifier: GPL-3.0-or-later
"""The Tensors tab: the values of one tensor, the layers side by side, and what cannot be read."""

import random
import re

import tap
from ui_test import UiTest

HEADER = '''
kv general.architecture str llama
kv general.name str "Twelve Layers"
kv llama.block_count u32 12
kv llama.context_length u32 4096
kv llama.embedding_length u32 64
kv llama.attention.head_count u32 4
kv tokenizer.ggml.model str gpt2
'''
ODD = 7                        # the layer that is unlike the others


def bell(seed, width):
    """A thousand numbers as those of a real tensor are spread."""
    numbers = random.Random(seed)
    return ' '.join(f'{numbers.gauss(0, width):.6f}' for _ in range(1024))


def build_recipe():
    lines = [HEADER, 'tensor ramp.weight f32 8', 'data f32 -1 -0.5 0 0 0.5 1 1.5 2',
             'tensor broken.weight f32 4', 'data f32 nan inf 1 2', 'tensor strange.weight 9999 32 bytes=32',
             'tensor token_embd.weight f32 64x16', 'data f32 ' + bell(0, 0.02)]
    for layer in range(12):
        lines += [f'tensor blk.{layer}.attn_q.weight f32 64x16',
                  f'data f32 {bell(layer + 1, 0.5 if layer == ODD else 0.02)}',
                  f'tensor blk.{layer}.attn_norm.weight f16 64']
    return '\n'.join(lines) + '\n'


class Tensors(UiTest):

    def open(self, **options):
        app = self.start(self.write('layers.gguf', build_recipe()), **options)
        app.press('page tab', 'Tensors')
        app.wait_text('^28 tensors')
        return app

    def select(self, app, name):
        """Searches for a tensor and selects it, all with the keyboard."""
        app.key('ctrl+f')
        app.key('ctrl+a')
        app.type(name)
        app.wait_text('^1 of 28 tensors')
        row = app.find('table row', re.compile(f'^{name}'))
        app.focus(row)
        app.key('space')
        app.wait(lambda: 'selected' in row.states, f'{row} selected')

    def test_histogram(self):
        with self.open() as app:
            self.select(app, 'ramp')
            chart = app.find('image', 'Histogram')
            self.assertEqual(chart.description,
                             '8 values from -1 to 2, mean 0.4375, standard deviation 0.9499')
            app.find('list item', 'Zeros', where=lambda row: app.has('label', '2 (25 %)', within=row))
            app.press('button', 'Table')
            app.find('dialog', 'Histogram')
            app.find('label', '-1 to -0.9531')
            app.key('Escape')
            app.wait_gone('dialog')

    def test_trouble(self):
        with self.open() as app:
            self.select(app, 'broken')
            app.find('list item', 'Not a Number (NaN)', where=lambda row: app.has('label', '1', within=row))
            app.find('list item', 'Infinities', where=lambda row: app.has('label', '1', within=row))
            self.screenshot(app, 'tensor-trouble')

    def test_unknown_type(self):
        with self.open() as app:
            self.select(app, 'strange')
            app.find('label', 'Unknown Type')
            self.screenshot(app, 'tensor-unknown')

    def test_layers(self):
        with self.open() as app:
            sizes = app.find('image', 'Size of Each Layer')
            self.assertRegex(sizes.description, '^12 layers, each 4.2.kB.$')
            app.press('button', 'Read All Values')
            deviations = app.find('image', 'Standard Deviation')
            self.assertRegex(deviations.description, f'Unlike the others: {ODD}.$')
            app.wait_text('^1 tensor could not be read')
            app.find('toggle button', 'Activity: 1 with a problem')
            # The layers of one chart stand below those of the other, however wide the labels beside them are.
            app.wait(lambda: sizes.left == deviations.left, 'bars that begin at the same place')
            self.assertGreater(sizes.left, 0)
            app.resize(1100, 720)
            self.screenshot(app, 'tensor-layers')

    def test_layer_filter(self):
        with self.open() as app:
            sizes = app.find('image', 'Size of Each Layer')
            sizes.click()
            app.key('Home', 'Right', 'Right', 'Return')
            app.wait_text('^2 of 28 tensors')
            app.find('table row', re.compile('^blk.2.attn_q.weight'))
            app.find('label', re.compile('^Layer 2: 4.2.kB · F32, F16$'))

    def test_wide(self):
        with self.open() as app:
            app.resize(1100, 720)
            self.select(app, 'token')
            app.find('image', 'Histogram').click()
            self.screenshot(app, 'tensor-wide')

    def test_narrow(self):
        with self.open() as app:
            app.resize(400, 720)
            self.select(app, 'token')
            app.wait_gone('image', 'Histogram')
            app.press('toggle button', 'Details')
            app.find('image', 'Histogram')
            self.screenshot(app, 'tensor-narrow')
            app.press('button', 'Close Details')
            app.wait_gone('image', 'Histogram')

    def test_dark(self):
        with self.open(environment={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}) as app:
            app.resize(1100, 720)
            self.select(app, 'token')
            app.find('image', 'Histogram')
            self.screenshot(app, 'tensor-dark')

    def test_high_contrast(self):
        with self.open(environment={'ADW_DEBUG_HIGH_CONTRAST': '1'}) as app:
            app.resize(1100, 720)
            self.select(app, 'token')
            app.find('image', 'Histogram')
            self.screenshot(app, 'tensor-contrast')

    def test_right_to_left(self):
        with self.open(environment={'GTK_DEBUG': 'invert-text-dir'}) as app:
            app.resize(1100, 720)
            app.press('button', 'Read All Values')
            app.find('image', 'Standard Deviation')
            self.screenshot(app, 'tensor-rtl')


if __name__ == '__main__':
    tap.main()
