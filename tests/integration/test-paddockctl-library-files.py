# SPDX-License-Identifier: GPL-3.0-or-later
"""What paddockctl library does with the files of models."""

import os
import shutil
import unittest

from paddockctl_case import main, strict
from paddockctl_library_case import HOSTILE, LibraryCase

LARGE = 1 << 43


class FilesCase(LibraryCase):
    def setUp(self):
        super().setUp()
        self.own = self.home / 'paddock-data' / 'models'
        self.elsewhere = self.directory / 'elsewhere'

    def tree(self, *folders):
        """All there is below folders, and what it holds."""
        return {path: os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else None
                for folder in folders or [self.folder, self.elsewhere] for path in folder.rglob('*')}

    def lines(self, *arguments, **options):
        lines = [strict(line) for line in self.library(*arguments, '--json', **options).splitlines()]
        self.assertEqual(lines[0]['event'], 'started')
        self.assertTrue(all(line['event'] == 'progress' for line in lines[1:-1]), lines)
        return lines[-1]

    def read_only(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o500)
        self.addCleanup(folder.chmod, 0o700)
        if os.access(folder, os.W_OK):
            self.skipTest('this user may write everywhere')


class Import(FilesCase):
    def test_copy(self):
        path = self.model('from/a.gguf')
        with open(path, 'rb') as file:
            content = file.read()
        answer = self.lines('import', 'from')
        self.assertEqual((answer['event'], answer['mode'], answer['folder'], answer['dry_run']),
                         ('done', 'copy', str(self.own), False))
        target = self.own / 'a.gguf'
        model, = answer['models']
        self.assertEqual((model['state'], model['sources'], model['targets'], model['size'], model['problem']),
                         ('done', [os.fsdecode(path)], [str(target)], len(content), None))
        self.assertEqual(target.read_bytes(), content)
        self.assertTrue(os.path.exists(path))
        self.assertEqual((self.one()['id'], self.one()['store']), (model['id'], 'paddock'))

    def test_move(self):
        path = self.model('from/a.gguf')
        text = self.library('import', '--move', path)
        self.assertIn('was moved to ' + str(self.own / 'a.gguf'), text)
        self.assertFalse(os.path.exists(path))
        self.assertEqual(self.titles(), ['Small'])

    def test_leave(self):
        path = self.model('from/deep/a.gguf')
        before = self.tree(self.directory / 'from')
        answer = self.lines('import', '--leave', 'from')
        self.assertEqual((answer['folder'], answer['folders']), (None, [str(self.directory / 'from')]))
        self.assertEqual(answer['models'][0]['id'], self.one()['id'])
        self.assertEqual((self.one()['path'], self.one()['store']), (os.fsdecode(path), 'folder'))
        self.assertEqual(self.tree(self.directory / 'from'), before)
        self.assertEqual(self.lines('import', '--leave', path)['event'], 'done')
        self.assertEqual(len(self.library_json('add', 'from')['folders']), 1)

    def test_to(self):
        self.model('from/a.gguf')
        answer = self.lines('import', 'from', '--to', 'elsewhere/deep')
        self.assertEqual(answer['models'][0]['targets'], [str(self.elsewhere / 'deep/a.gguf')])
        self.assertEqual(self.one()['path'], str(self.elsewhere / 'deep/a.gguf'))
        self.assertEqual(answer['models'][0]['id'], self.one()['id'])
        self.model('from/b.gguf', 'Other')
        self.library('import', 'from/b.gguf', '--to', 'elsewhere/deep')
        self.assertEqual(self.titles(), ['Other', 'Small'])

    def test_dry_run(self):
        self.model('from/a.gguf')
        before = self.tree(self.directory / 'from')
        for arguments, text in (([], 'would be copied'), (['--move'], 'would be moved'), (['--leave'], 'would be in')):
            with self.subTest(arguments=arguments):
                self.assertIn(text, self.library('import', '--dry-run', 'from', *arguments))
                answer = self.lines('import', '--dry-run', 'from', *arguments)
                self.assertEqual([model['state'] for model in answer['models']], ['planned'])
                self.assertEqual(self.tree(self.directory / 'from'), before)
                self.assertFalse(self.own.exists() and any(self.own.rglob('*.gguf')))
                self.assertEqual(self.models(), [])

    def test_what_stays_outside(self):
        self.model('from/a.gguf')
        (self.directory / 'from/broken.gguf').write_bytes(b'GGUF' + b'\xff' * 50)
        (self.directory / 'from/notes.txt').write_text('no model')
        answer = self.lines('import', 'from', 'missing', status=1, complaints=2)
        problems = {os.path.basename(model['sources'][0]): model['problem'] for model in answer['models']}
        self.assertEqual({name: problem and problem['code'] for name, problem in problems.items()},
                         {'a.gguf': None, 'broken.gguf': 'not_a_model', 'missing': 'not_found'})
        self.assertEqual(self.titles(), ['Small'])
        self.assertIn('broken.gguf', self.err[0])
        self.library('import', 'from/broken.gguf', status=1, complaints=1)
        self.assertEqual(self.library('import', 'models'), 'There is no model.\n')

    def test_twice(self):
        self.model('from/a.gguf')
        self.library('import', 'from')
        answer = self.lines('import', 'from')
        self.assertEqual([(model['state'], model['duplicate_of']) for model in answer['models']],
                         [('present', self.one()['id'])])
        self.assertIn('has the same already', self.library('import', 'from'))
        self.assertIn('is there already', self.library('import', self.own / 'a.gguf'))
        self.assertEqual(len(list(self.own.glob('*.gguf'))), 1)

    def test_same_name(self):
        self.model('from/a.gguf', 'One')
        self.model('other/a.gguf', 'Two')
        self.library('import', 'from', 'other')
        self.assertEqual(self.titles(), ['One', 'Two'])
        self.assertEqual(len(list(self.own.glob('a*.gguf'))), 2)

    def test_link(self):
        path = self.model('models/a.gguf')
        (self.directory / 'link.gguf').symlink_to(path)
        self.library('import', '--move', 'link.gguf', status=1, complaints=1)
        self.assertTrue(os.path.exists(path))
        self.library('import', 'link.gguf')
        self.assertFalse((self.own / 'link.gguf').is_symlink())
        self.assertTrue(os.path.exists(path))

    def test_no_space(self):
        path = self.model('from/a.gguf')
        try:
            os.truncate(path, LARGE)
        except OSError:
            self.skipTest('no file may be that large here')
        self.lines('import', 'from', '--dry-run', status=1, complaints=1)
        answer = self.lines('import', 'from', status=1, complaints=1)
        self.assertEqual((answer['event'], answer['models'][0]['state'], answer['bytes']), ('failed', 'planned', LARGE))
        self.assertIn('stays as it was', self.library('import', 'from', status=1, complaints=1))
        self.assertEqual(self.models(), [])

    def test_folders_that_do_not_do(self):
        self.model('from/a.gguf')
        (self.directory / 'file').write_text('')
        self.read_only(self.directory / 'closed')
        before = self.tree(self.directory / 'from')
        for folder in ('', 'file', 'file/deeper', 'closed', 'closed/deeper', 'x' * 5000):
            for mode in ('--copy', '--move'):
                with self.subTest(folder=folder[:20], mode=mode):
                    self.library('import', 'from', mode, '--to', folder, status=1, complaints=1)
        self.assertEqual(self.tree(self.directory / 'from'), before)

    def test_hostile_names(self):
        for number, name in enumerate(HOSTILE):
            self.model(b'from/' + name + b'.gguf', f'Model {number}')
        self.assertPrintable(self.library('import', '--dry-run', 'from'))
        self.assertPrintable(self.library('import', 'from', '--to', os.fsdecode(b'to\x1b[2J\xff')))
        self.assertEqual(len(self.models()), len(HOSTILE))
        self.assertPrintable(self.library('import', 'from'))
        for name in HOSTILE:
            self.library('import', '--', name, status=1, complaints=1)

    def test_wrong_use(self):
        for arguments in ([], ['--copy', '--move', 'x'], ['--leave', '--to', 'y', 'x'], ['--to']):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.library('import', *arguments, status=2, complaints=1), '')


if __name__ == '__main__':
    main()
