# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl library where the machine is not as one would like it: endless paths, clocks that jump."""

import contextlib
import json
import os
import shutil
import time

from paddockctl_library_case import LibraryCase
from tap import main

DAY = 86400
LONG_NAME = 'n' * 200


class Paths(LibraryCase):
    def test_long(self):
        """The longest that the system takes at once: everything can be done with it."""
        depth = (3950 - len(str(self.folder))) // (len(LONG_NAME) + 1)
        below = '/'.join([LONG_NAME] * depth)
        path = self.model(f'models/{below}/a.gguf')
        self.assertGreater(len(path), 3700)
        self.add()
        self.assertEqual((self.one()['path'], self.one()['state']), (os.fsdecode(path), 'ready'))
        self.assertEqual(self.library_json('verify', path)['models'][0]['sha256'], self.digest(path))
        self.library('tag', path, '+far')
        self.assertEqual(self.one()['tags'], ['far'])
        self.library('move', '--to', 'near', path)
        self.assertEqual((self.one()['path'], self.one()['tags']), (str(self.directory / 'near/a.gguf'), ['far']))

    def dig(self, folder, depth):
        """Makes folders in each other, as no path reaches; returns the innermost one."""
        inner = os.open(folder, os.O_RDONLY)
        for _ in range(depth):
            os.mkdir(LONG_NAME, dir_fd=inner)
            outer, inner = inner, os.open(LONG_NAME, os.O_RDONLY, dir_fd=inner)
            os.close(outer)
        self.addCleanup(os.close, inner)
        return inner

    def test_too_long(self):
        """Longer than the system takes at once: nothing is lost, what is wrong is said, and the rest goes on."""
        near = self.model('models/near.gguf', 'Near')
        far = self.model('far.gguf', 'Far')
        inner = self.dig(self.folder, 30)
        os.rename(far, 'far.gguf', dst_dir_fd=inner)
        size = os.stat('far.gguf', dir_fd=inner).st_size
        self.add()
        states = {model['name']: model['state'] for model in self.models()}
        self.assertEqual(states.pop('Near'), 'ready')
        self.assertLessEqual(len(states), 1)
        self.library('list')
        self.library('scan')
        process = self.start('library', 'verify', '--json')
        out, err = process.communicate(timeout=60)
        answers = {model['path']: model for model in json.loads(out)['models']}
        self.assertEqual(answers[os.fsdecode(near)]['sha256'], self.digest(near))
        self.assertIn(process.returncode, (0, 1))
        self.assertEqual(process.returncode == 1, err != b'')
        process = self.start('library', 'import', '--move', self.folder, '--json')
        out, err = process.communicate(timeout=60)
        self.assertIn(process.returncode, (0, 1), err)
        moved = [model for model in self.models() if model['name'] == 'Far' and model['state'] == 'ready']
        with contextlib.suppress(FileNotFoundError):
            self.assertEqual(os.stat('far.gguf', dir_fd=inner).st_size, size)
            moved = [None]
        self.assertEqual(len(moved), 1)


class Clock(LibraryCase):
    def record(self):
        path, = (self.home / 'paddock-data/models/metadata').glob('*.json')
        return path, json.loads(path.read_text())

    def test_files_of_other_times(self):
        """From before there were computers, and from after this one is gone."""
        for name, when in (('old', -DAY * 20000), ('zero', 0), ('new', 1 << 33)):
            path = self.model(f'models/{name}.gguf', name)
            os.utime(path, (when, when))
        self.add()
        now = time.time()
        for model in self.models():
            self.assertEqual(model['state'], 'ready')
            self.assertTrue(model['added_at'] is None or 0 < model['added_at'] <= now + 60, model)
        self.library('list', '--sort', 'added')
        self.assertEqual(len(self.library_json('verify')['models']), 3)
        self.assertTrue(all(model['sha256'] for model in self.models()))

    def test_clock_was_ahead(self):
        """What was noted at a time that is still to come is not taken for unused, nor ever forgotten."""
        path = self.model('models/a.gguf')
        self.add()
        self.library('tag', 'small', '+mine')
        self.library('verify')
        place, record = self.record()
        future = int(time.time()) + 4000 * DAY
        record.update({'added_at': future, 'last_used': future, 'sha256_at': future})
        for location in record['locations']:
            location['seen_at'] = future
        place.write_text(json.dumps(record))
        self.assertEqual((self.one()['tags'], self.one()['last_used']), (['mine'], future))
        self.library('list', '--sort', 'last-used')
        self.library('cleanup', '--unused-for', '1', '--dry-run')
        self.library('cleanup', '--unused-for', '1', '--yes')
        self.assertTrue(os.path.exists(path))
        # Nobody wrote to the file: it needs not be read again, whatever the clock says.
        self.assertEqual(self.library_json('verify')['models'][0]['sha256'], self.digest(path))
        shutil.move(path, os.fsencode(self.folder / 'elsewhere.gguf'))
        self.assertEqual(self.one()['tags'], ['mine'])

    def test_clock_was_behind(self):
        """A clock that starts at nothing: nothing is older than everything else only because it is not set."""
        self.model('models/a.gguf')
        self.add()
        self.library('tag', 'small', '+mine')
        place, record = self.record()
        record.update({'added_at': -5, 'last_used': -(1 << 62)})
        place.write_text(json.dumps(record))
        self.assertEqual((self.one()['tags'], self.one()['added_at'], self.one()['last_used']), (['mine'], None, None))
        self.library('list', '--sort', 'last-used')
        self.library('cleanup', '--unused-for', '1', '--dry-run')


if __name__ == '__main__':
    main()
