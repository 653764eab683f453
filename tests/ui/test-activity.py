# SPDX-License-Identifier: GPL-3.0-or-later
"""What takes a while: the place at the sidebar's foot, its list, stopping and leaving while it goes on."""

import hashlib
import os
import re

import tap
from ui_test import MODEL as LLAMA, UiTest

# Nothing is said to be missing from what nobody knows, so the window shows little, and is quickly looked through.
MODEL = LLAMA.replace('llama', 'unheard-of')
LARGE = 64 << 30               # bytes of nothing: nobody reads them in the time of a test
SOUND = MODEL.replace('fill count\n', '')
BIG_TENSOR = SOUND + f'tensor big.weight f32 4096x{LARGE // 4 // 4096} bytes=0\n'


class Activity(UiTest):

    def open_large(self, name='large.gguf'):
        """A model that takes as long to read as a test needs."""
        path = self.write(name, MODEL)
        os.truncate(path, LARGE)
        return path

    def start_hash(self, app):
        app.press('page tab', 'Health')
        app.press('button', 'Verify')
        app.find('progress bar', 'Hashing')
        app.calm()

    def test_deep_check(self):
        with self.start(self.write('sound.gguf', SOUND)) as app:
            app.press('page tab', 'Health')
            app.focus(app.find('button', 'Check'))
            app.key('Return')
            app.find('label', 'Every number of every tensor is sound')
            app.wait_text('read in .* of memory$')
            app.find('toggle button', 'Activity: 1 finished')
            self.screenshot(app, 'deep-check-sound')
            app.press('page tab', 'Overview')
            app.press('page tab', 'Health')
            app.find('label', 'Every number of every tensor is sound')
            app.press('page tab', 'Overview')
            app.wait(lambda: not app.has(None, re.compile('of memory$')), 'the other view')
            app.press('toggle button', 'Activity: 1 finished')
            app.press('button', 'Show the Model')
            app.wait_text('read in .* of memory$')

    def test_deep_check_of_bad_numbers(self):
        with self.start(self.write('bad.gguf', MODEL)) as app:
            app.press('page tab', 'Health')
            app.press('button', 'Check')
            app.find('label', '4 tensors hold numbers that are none')
            app.find('toggle button', 'Activity: 1 with a problem')
            app.wait(lambda: not app.has(None, re.compile('^A sample of the tensor')), 'findings of all numbers')
            app.wait(lambda: app.has(None, re.compile('token_embd.weight')), 'the findings')
            self.screenshot(app, 'deep-check-bad')

    def test_deep_check_is_stopped(self):
        path = self.write('big.gguf', BIG_TENSOR)
        os.truncate(path, LARGE + (1 << 20))
        with self.start(path) as app:
            app.press('page tab', 'Health')
            app.press('button', 'Check')
            app.find('progress bar', 'Deep check')
            app.calm()
            app.find('toggle button', 'Activity: 1 running')
            app.wait_text(' left$')
            self.screenshot(app, 'deep-check-running')
            app.press('button', 'Stop')
            app.find('label', 'Stopped before its end')
            self.assertIn('sensitive', app.find('button', 'Check').states)

    def test_deep_check_of_changed_file(self):
        path = self.write('big.gguf', BIG_TENSOR)
        os.truncate(path, LARGE + (1 << 20))
        with self.start(path) as app:
            app.press('page tab', 'Health')
            app.press('button', 'Check')
            app.find('progress bar', 'Deep check')
            app.calm()
            # Whoever replaces the file makes the page read it again; what was under way is of no use any more.
            self.write('other.gguf', SOUND).rename(path)
            app.wait_gone('progress bar', 'Deep check')
            app.press('button', 'Check')
            app.find('label', 'Every number of every tensor is sound')

    def test_finished(self):
        path = self.write('tiny.gguf', MODEL)
        with self.start(path) as app:
            self.assertFalse(app.has('toggle button', re.compile('^Activity')))
            app.press('page tab', 'Health')
            app.press('button', 'Verify')
            app.find('label', hashlib.sha256(path.read_bytes()).hexdigest())
            app.find('toggle button', 'Activity: 1 finished').press()
            app.find('list item', 'Tiny Test')
            app.find('label', '1 file hashed')
            self.screenshot(app, 'activity-finished')
            app.press('button', 'Clear Finished')
            app.wait_gone('toggle button', re.compile('^Activity'))
            app.find('label', hashlib.sha256(path.read_bytes()).hexdigest())

    def test_mismatch(self):
        path = self.write('tiny.gguf', MODEL)
        (self.directory / 'tiny.gguf.sha256').write_text('0' * 64 + '  tiny.gguf\n')
        with self.start(path) as app:
            app.press('page tab', 'Health')
            app.press('button', 'Verify')
            app.wait_text('records another hash')
            app.find('toggle button', 'Activity: 1 with a problem').press()
            app.find('label', '1 file is damaged or another one')
            self.screenshot(app, 'activity-failed')

    def test_goes_on(self):
        """Whoever leaves the page finds the hash under way when they come back."""
        path = self.open_large()
        with self.start(path) as app:
            self.start_hash(app)
            app.press('button', 'Back')
            app.wait_gone('progress bar', 'Hashing')
            app.find('toggle button', 'Activity: 1 running')
            app.press('button', 'Opened Files')
            app.find('list item', re.compile('^Tiny Test')).click()
            app.press('page tab', 'Health')
            bar = app.find('progress bar', 'Hashing')
            with app.unhindered():
                app.wait(lambda: bar.value > 0, 'progress')
            self.screenshot(app, 'activity-running')
            app.press('button', 'Stop')
            app.find('label', 'Stopped')
            app.find('toggle button', 'Activity: 1 finished')

    def test_stop_by_keyboard(self):
        path = self.open_large()
        with self.start(path) as app:
            self.start_hash(app)
            app.key('ctrl+j')
            row = app.find('list item', 'Tiny Test')
            app.find('progress bar', 'Hash', within=row)
            self.screenshot(app, 'activity-list')
            stop = app.find('button', 'Stop', within=row)
            app.focus(stop)
            app.key('space')
            app.find('label', 'Stopped', within=row)
            app.find('button', 'Show the Model', within=row)
            self.screenshot(app, 'activity-stopped')
            app.key('Escape')
            app.wait_gone('list item', 'Tiny Test')

    def test_waiting(self):
        """Two run at a time, of one model or of several; the third waits."""
        for name in ('a.gguf', 'b.gguf'):
            self.write(name, BIG_TENSOR)
            os.truncate(self.directory / name, LARGE + (1 << 20))
        with self.start(self.directory / 'a.gguf', self.directory / 'b.gguf') as app:
            models = app.wait(lambda: self.list_models(app, 2), 'two models')
            models[0].click()
            self.start_hash(app)
            app.press('button', 'Check')
            app.find('toggle button', 'Activity: 2 running')
            app.calm()
            app.press('button', 'Back')
            app.wait(lambda: self.list_models(app, 2), 'two models')[1].click()
            app.press('page tab', 'Health')
            app.press('button', 'Verify')
            app.find('label', 'Waiting for its turn')
            app.find('toggle button', 'Activity: 3 running')
            app.key('ctrl+j')
            app.wait(lambda: len(app.find_all('progress bar', 'Hash')) == 2, 'the hash that runs and that which waits')
            self.screenshot(app, 'activity-waiting')
            # The oldest is the last of the list; its end makes room.
            app.find_all('button', 'Stop')[-1].press()
            app.wait_gone('label', 'Waiting for its turn')

    @staticmethod
    def list_models(app, count):
        models = app.find_all('list item', re.compile('^Tiny Test'))
        return models if len(models) == count else None

    def test_narrow(self):
        path = self.open_large()
        with self.start(path) as app:
            self.start_hash(app)
            app.resize(360, 720)
            app.key('ctrl+j')
            row = app.find('list item', 'Tiny Test')
            self.screenshot(app, 'activity-narrow')
            app.press('button', 'Stop', within=row)
            app.press('button', 'Show the Model', within=row)
            app.find('page tab', 'Overview')

    def test_second_window(self):
        """Both windows show the same; closing one stops nothing."""
        path = self.open_large()
        with self.start(path) as app:
            self.start_hash(app)
            app.key('ctrl+n')
            app.wait(lambda: len(app.find_all('frame')) == 2, 'a second window')
            app.wait(lambda: len(app.find_all('toggle button', 'Activity: 1 running')) == 2, 'the activity in both')
            app.key('ctrl+w')
            app.wait(lambda: len(app.find_all('frame')) == 1, 'one window')
            app.find('toggle button', 'Activity: 1 running')


if __name__ == '__main__':
    tap.main()
