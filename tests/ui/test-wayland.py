# SPDX-License-Identifier: GPL-3.0-or-later
"""The main paths once more under a Wayland compositor."""

import os
import re
from pathlib import Path

import tap
from ui_test import MODEL, UiTest

DATA = Path(os.environ['PADDOCK_SOURCE']) / 'tests' / 'data' / 'memory'

PROJECTOR = '''
kv general.architecture str clip
kv clip.has_vision_encoder bool true
kv clip.vision.block_count u32 1
tensor v.patch_embd.weight f32 16x16
'''


class Wayland(UiTest):

    display = 'wayland'

    def test_menu(self):
        with self.start() as app:
            app.press('toggle button', 'Main Menu')
            app.find('menu item', 'Preferences')
            self.screenshot(app, 'menu')
            app.press('toggle button', 'Main Menu')
            app.wait_gone('menu item')

    def test_model(self):
        with self.start(self.write('tiny.gguf', MODEL)) as app:
            app.find('label', 'Tiny Test')
            self.screenshot(app, 'overview')
            for tab in ('Tensors', 'Metadata', 'Health'):
                app.press('page tab', tab)
                app.wait(lambda tab=tab: 'selected' in app.find('page tab', tab).states, tab)
                self.screenshot(app, tab.lower())
            app.find('button', 'Verify')

    # Xvfb does not bring keys to the program that are nothing but a function key.
    def test_library_keys(self):
        places = self.desktop.make_home('keys')
        models = Path(places['XDG_DATA_HOME']) / 'paddock/models'
        models.mkdir(parents=True)
        self.write('tiny.gguf', MODEL).rename(models / 'tiny.gguf')
        with self.start(home='keys') as app:
            app.focus(app.find('list item', re.compile('^Tiny Test, ')))
            app.key('F2')
            app.find(None, 'Rename the Model')
            app.key('Escape')
            app.wait_gone(None, 'Rename the Model')
            app.key('shift+F10')
            app.find('menu item', 'Tags and Notes…')

    # GTK's entry for a path crashes now and then where files come and go in a folder on the way there.
    def test_projector(self):
        model = self.write('model.gguf', (DATA / 'gemma-3-4b-F16.recipe').read_text())
        projector = self.write('eyes.gguf', PROJECTOR)
        with self.start_on('amd-discrete', model) as app:
            app.press('page tab', 'Memory')
            app.press('button', 'Projector')
            app.focus(app.find('table row', where=lambda row: 'selected' in row.states))
            app.key('Down')
            app.find('table row', re.compile(f'^{projector.name} '), where=lambda row: 'focused' in row.states)
            app.key('Return')
            app.wait_gone('dialog', 'Choose a Projector')
            app.find('label', 'eyes.gguf')
            app.press('button', 'Without a Projector')
            app.wait_gone('label', 'eyes.gguf')


if __name__ == '__main__':
    tap.main()
