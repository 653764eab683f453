# SPDX-License-Identifier: GPL-3.0-or-later
"""What paddockctl library does with the files of models."""

import os
import shutil
import signal

import surroundings
from paddockctl_case import strict
from paddockctl_library_case import HOSTILE, LibraryCase
from tap import main

HUGE = 1 << 30
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

    def lines(self, command, *arguments, **options):
        lines = [strict(line) for line in self.library(command, '--json', *arguments, **options).splitlines()]
        self.assertEqual(lines[0]['event'], 'started')
        self.assertTrue(all(line['event'] == 'progress' for line in lines[1:-1]), lines)
        return lines[-1]

    def other_file_system(self):
        """A folder to which a file has to be copied."""
        folder = surroundings.make_apart(self.directory)
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        return folder

    def read_only(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o500)
        self.addCleanup(folder.chmod, 0o700)
        surroundings.obey_permissions()


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
        self.assertEqual((self.one()['id'], self.one()['store']), (model['id'], 'own'))

    def test_move(self):
        path = self.model('from/a.gguf')
        text = self.library('import', '--move', path)
        self.assertIn('was moved to ' + str(self.own / 'a.gguf'), text)
        self.assertFalse(os.path.exists(path))
        self.assertEqual(self.titles(), ['Small'])

    def test_move_from_another_program(self):
        path = self.model('home/.lmstudio/models/owner/small/a.gguf')
        self.library('import', '--move', path, status=1, complaints=1)
        self.assertTrue(os.path.exists(path))
        self.assertFalse((self.own / 'a.gguf').exists())

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
        self.assertIn('broken.gguf', self.err[0])
        self.assertEqual(self.titles(), ['Small'])
        self.library('import', 'from/broken.gguf', status=1, complaints=1)
        for mode in ('--copy', '--move', '--leave'):
            self.library('import', mode, '--', '', status=1, complaints=1)
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
        folder = self.other_file_system()
        shutil.move(os.fsdecode(self.model('from/a.gguf')), folder)
        os.truncate(os.path.join(folder, 'a.gguf'), LARGE)
        self.lines('import', folder, '--dry-run', status=1, complaints=1)
        answer = self.lines('import', folder, status=1, complaints=1)
        self.assertEqual((answer['event'], answer['models'][0]['state'], answer['bytes']), ('failed', 'planned', LARGE))
        self.assertIn('stays as it was', self.library('import', folder, status=1, complaints=1))
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

    def interrupt(self, mode, size):
        """Whether it was still at it; the source is a hole, which takes no space."""
        source, target = self.other_file_system(), self.directory / 'interrupted'
        shutil.move(os.fsdecode(self.model('from/a.gguf')), source)
        path = os.path.join(source, 'a.gguf')
        os.truncate(path, size)
        target.mkdir(exist_ok=True)
        process = self.start('library', 'import', source, mode, '--to', target, '--json')
        seen = []
        while not seen or seen[-1]['event'] == 'started':
            seen.append(strict(process.stdout.readline()))
        if seen[-1]['event'] == 'progress':
            process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        if process.returncode == 130:
            last = strict(out.splitlines()[-1])
            self.assertEqual((err, last['event'], last['models'][0]['state']), (b'', 'failed', 'planned'))
            self.assertEqual(os.path.getsize(path), size)
            self.assertEqual(os.listdir(target), [])
        shutil.rmtree(target)
        return process.returncode == 130

    def test_interrupted(self):
        for mode in ('--copy', '--move'):
            with self.subTest(mode=mode):
                # A machine may be too quick for the first.
                self.assertTrue(any(self.interrupt(mode, size) for size in (HUGE, 4 * HUGE, 16 * HUGE)))

    def test_wrong_use(self):
        for arguments in ([], ['--copy', '--move', 'x'], ['--leave', '--to', 'y', 'x'], ['--to']):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.library('import', *arguments, status=2, complaints=1), '')


class Move(FilesCase):
    def move(self, *models, **options):
        return self.lines('move', '--to', self.elsewhere, '--', *models, **options)

    def test_move(self):
        path = self.model('models/deep/a.gguf')
        self.add()
        self.library('tag', 'small', '+mine')
        self.library('move', '--dry-run', '--to', 'elsewhere', 'small')
        self.assertTrue(os.path.exists(path))
        answer = self.move('small')
        model, = answer['models']
        self.assertEqual((answer['event'], answer['mode'], model['state'], model['targets']),
                         ('done', 'move', 'done', [str(self.elsewhere / 'a.gguf')]))
        self.assertFalse(os.path.exists(path))
        self.assertEqual((self.one()['path'], self.one()['tags'], self.one()['id']),
                         (str(self.elsewhere / 'a.gguf'), ['mine'], model['id']))
        self.assertIn('is there already', self.library('move', 'small', '--to', 'elsewhere'))

    def test_set(self):
        for number in range(2):
            path = self.recipe('made', 'kv general.architecture str llama\nkv general.name str Set\n'
                               f'kv split.no u16 {number}\nkv split.count u16 2\nkv split.tensors.count i32 0\n')
            shutil.move(path, self.folder / f'set-0000{number + 1}-of-00002.gguf')
        self.add()
        self.move('set')
        self.assertEqual(list(self.folder.iterdir()), [])
        self.assertEqual((self.one()['shards_present'], self.one()['state']), (2, 'ready'))

    def test_refused(self):
        self.model('models/a.gguf', 'Mine')
        self.model('home/.lmstudio/models/owner/small/b.gguf', 'Theirs')
        self.add()
        before = self.tree(self.folder, self.home / '.lmstudio')
        for models in (['theirs'], ['mine', 'theirs'], ['missing'], ['mine', 'missing']):
            with self.subTest(models=models):
                self.library('move', *models, '--to', 'elsewhere', status=1, complaints=1)
        for folder in ('', 'models/a.gguf', 'models/a.gguf/deeper', 'x' * 5000):
            with self.subTest(folder=folder[:20]):
                self.library('move', 'mine', '--to', folder, status=1, complaints=1)
        self.assertEqual(self.tree(self.folder, self.home / '.lmstudio'), before)
        self.assertFalse(self.elsewhere.exists())
        self.folder.rename(self.directory / 'away')
        self.library('move', 'mine', '--to', 'elsewhere', status=1, complaints=1)
        self.assertIn('offline', self.err[0])
        self.assertEqual(self.library('move', 'mine', status=2, complaints=1), '')

    def test_read_only(self):
        self.model('models/a.gguf')
        self.add()
        self.read_only(self.folder)
        before = self.tree(self.folder)
        answer = self.move('small', status=1, complaints=1)
        self.assertEqual((answer['event'], answer['models'][0]['state']), ('failed', 'failed'))
        self.assertEqual(self.tree(self.folder), before)

    def test_hostile_names(self):
        for number, name in enumerate(HOSTILE):
            self.model(b'models/' + name + b'.gguf', f'Model {number}')
        self.add()
        paths = [self.folder / os.fsdecode(name + b'.gguf') for name in HOSTILE]
        self.assertPrintable(self.library('move', '--to', 'elsewhere', '--dry-run', '--', *paths))
        self.assertPrintable(self.library('move', '--to', 'elsewhere', '--', *paths))
        self.assertEqual(len(list(self.elsewhere.iterdir())), len(HOSTILE))
        self.assertEqual(len(self.models('--state', 'ready')), len(HOSTILE))


class Remove(FilesCase):
    def trashed(self):
        return sorted(path.name for path in (self.home / '.local/share/Trash/files').glob('*'))

    def test_to_the_trash(self):
        path = self.model('models/a.gguf')
        self.add()
        size = os.path.getsize(path)
        answer = self.library_json('remove', 'small', '--dry-run')
        item, = answer['files']
        self.assertEqual((answer['dry_run'], answer['frees']), (True, size))
        self.assertEqual((item['path'], item['way'], item['removed'], item['trashed']),
                         (os.fsdecode(path), 'trash', False, None))
        self.assertIn('would go to the Trash', self.library('remove', 'small', '--dry-run'))
        self.assertTrue(os.path.exists(path))
        answer = self.library_json('remove', 'small')
        self.assertTrue(answer['files'][0]['removed'])
        self.assertTrue(answer['files'][0]['trashed'].startswith('file:///'))
        self.assertEqual((self.trashed(), os.path.exists(path)), (['a.gguf'], False))
        self.assertEqual(self.models('--state', 'ready'), [])

    def test_several(self):
        for name in ('Apple', 'Berry', 'Cherry'):
            self.model(f'models/{name}.gguf', name)
        self.add()
        self.library('remove', 'apple', 'missing', status=1, complaints=1)
        self.assertEqual(len(self.models()), 3)
        text = self.library('remove', 'apple', 'berry')
        self.assertEqual(text.count('is in the Trash'), 2)
        self.assertEqual(self.trashed(), ['Apple.gguf', 'Berry.gguf'])
        self.assertEqual(self.titles('--state', 'ready'), ['Cherry'])

    def test_links(self):
        path = self.model('away/a.gguf')
        (self.folder / 'link.gguf').symlink_to(path)
        self.add()
        answer = self.library_json('remove', 'small')
        self.assertEqual([(item['way'], item['frees']) for item in answer['files']], [('unlink', 0)])
        self.assertTrue(os.path.exists(path))
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_what_dangles(self):
        path = self.model('models/a.gguf')
        self.elsewhere.mkdir()
        link = self.home / '.lmstudio/models/owner/small/a.gguf'
        link.parent.mkdir(parents=True)
        link.symlink_to(path)
        self.add()
        answer = self.library_json('remove', 'small', '--dry-run')
        self.assertEqual((answer['kept'], answer['dangling']), ([str(link)],) * 2)
        text = self.library('remove', 'small', '--dry-run')
        self.assertIn('would lead nowhere', text)
        self.assertIn('belongs to another program', text)
        self.library('remove', 'small')
        self.assertTrue(link.is_symlink())

    def test_foreign(self):
        path = self.model('home/.lmstudio/models/owner/small/a.gguf')
        self.library('remove', 'small', status=1, complaints=1)
        self.assertIn('--foreign', self.err[0])
        self.assertTrue(os.path.exists(path))
        self.library('remove', 'small', '--foreign', '--dry-run')
        self.assertTrue(os.path.exists(path))
        self.library('remove', 'small', '--foreign')
        self.assertEqual(self.trashed(), ['a.gguf'])

    def test_nothing_there(self):
        self.model('models/a.gguf')
        self.add()
        self.library('note', 'small', 'mine')
        self.folder.rename(self.elsewhere)
        self.library('remove', 'small', status=1, complaints=1)
        self.assertIn('offline', self.err[0])
        self.assertEqual(self.one()['notes'], 'mine')

    def test_ambiguous(self):
        for number in range(2):
            self.model(f'models/{number}.gguf', tail=b'x' * number)
        self.add()
        before = self.tree()
        self.library('remove', 'small', status=1, complaints=1)
        self.assertEqual(self.tree(), before)

    def test_read_only(self):
        self.model('models/a.gguf')
        self.add()
        self.read_only(self.folder)
        answer = self.library_json('remove', 'small', status=1, complaints=1)
        self.assertFalse(answer['files'][0]['removed'])
        self.assertEqual(self.titles(), ['Small'])

    def test_no_trash(self):
        path = self.model('models/a.gguf')
        self.add()
        (self.home / '.local/share').mkdir(parents=True)
        (self.home / '.local/share/Trash').write_text('')
        self.assertIn('stays', self.library('remove', 'small', status=1, complaints=1))
        self.assertTrue(os.path.exists(path))

    def test_hostile_names(self):
        for number, name in enumerate(HOSTILE):
            self.model(b'models/' + name + b'.gguf', f'Model {number}')
        self.add()
        for name in HOSTILE:
            path = self.folder / os.fsdecode(name + b'.gguf')
            self.assertPrintable(self.library('remove', '--dry-run', '--', path))
            self.assertPrintable(self.library('remove', '--', path))
            self.library('remove', '--', name, status=1, complaints=1)
        self.assertEqual(len(self.trashed()), len(HOSTILE))


class Cleanup(FilesCase):
    def setUp(self):
        super().setUp()
        self.sizes = {}
        for number, name in enumerate(('Apple', 'Berry', 'Cherry')):
            path = self.model(f'home/paddock-data/models/{name}.gguf', name, b'x' * number)
            self.sizes[name] = os.path.getsize(path)

    def proposed(self, *arguments):
        return sorted(model['title'] for model in self.library_json('cleanup', *arguments)['models']['proposals'])

    def leftover(self, path, age=7200):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b'12345')
        os.utime(path, times=(path.stat().st_atime, path.stat().st_mtime - age))
        return path

    def test_keep(self):
        self.assertEqual(self.titles(), ['Apple', 'Berry', 'Cherry'])
        before = self.tree(self.own)
        self.library('favourite', 'apple', 'on')
        self.library('use', 'berry')
        self.assertEqual(self.proposed('--keep', '3'), [])
        self.assertLessEqual(len(self.proposed('--keep', '1')), 1)
        self.assertNotIn('Apple', self.proposed('--keep', '1'))
        self.assertNotIn('Berry', self.proposed('--keep', '1'))
        self.assertEqual({path.name for path in self.tree(self.own) if path.suffix == '.gguf'},
                         {path.name for path in before if path.suffix == '.gguf'})

    def test_acts_only_when_told(self):
        for arguments in ([], ['--dry-run']):
            with self.subTest(arguments=arguments):
                text = self.library('cleanup', '--keep', '1', *arguments)
                self.assertIn('Nothing was done', text)
                self.assertIn('would go to the Trash', text)
                self.assertIs(self.library_json('cleanup', '--keep', '1', *arguments)['done'], False)
                self.assertEqual(len(self.titles('--state', 'ready')), 3)
        answer = self.library_json('cleanup', '--keep', '1', '--yes')
        self.assertEqual((answer['done'], [file['removed'] for file in answer['models']['files']]), (True, [True] * 2))
        self.assertEqual(len(self.titles('--state', 'ready')), 1)
        self.assertEqual(self.library('cleanup', '--keep', '1', '--yes'), 'There is nothing to clean up.\n')

    def test_unused(self):
        self.assertEqual(self.proposed('--unused-for', '1'), [])
        self.assertEqual(self.library('cleanup', '--unused-for', '30'), 'There is nothing to clean up.\n')

    def test_cap(self):
        total = sum(self.sizes.values())
        self.assertEqual(self.proposed('--cap', str(total)), [])
        self.assertEqual(len(self.proposed('--cap', str(total - 1))), 1)
        self.assertEqual(len(self.proposed('--cap', '1')), 3)
        self.assertEqual(self.proposed('--cap', '1G'), [])
        for name in self.sizes:
            self.library('favourite', name, 'on')
        self.assertEqual(self.library_json('cleanup', '--cap', '1')['models']['over_limit'], total - 1)
        self.assertIn('too much', self.library('cleanup', '--cap', '1', '--yes'))
        self.assertEqual(len(self.titles('--state', 'ready')), 3)

    def test_partial(self):
        blobs = self.home / '.ollama/models/blobs'
        (self.home / '.ollama/models/manifests').mkdir(parents=True)
        theirs = self.leftover(blobs / f'sha256-{"1" * 64}-partial')
        busy = self.leftover(blobs / f'sha256-{"2" * 64}-partial', age=0)
        answer = self.library_json('cleanup', '--partial', '--yes')
        self.assertEqual((answer['models'], answer['partial']['files'], answer['partial']['kept']),
                         (None, [], [str(theirs)]))
        answer = self.library_json('cleanup', '--partial', '--foreign')
        self.assertEqual([file['path'] for file in answer['partial']['files']], [str(theirs)])
        self.assertTrue(theirs.exists())
        self.assertIn('is in the Trash', self.library('cleanup', '--partial', '--foreign', '--yes'))
        self.assertEqual((theirs.exists(), busy.exists()), (False, True))

    def test_read_only(self):
        self.titles()
        self.read_only(self.own)
        self.library('cleanup', '--keep', '1', '--yes', status=1, complaints=1)
        self.assertEqual(len(self.titles('--state', 'ready')), 3)

    def test_wrong_use(self):
        for arguments in ([], ['--yes'], ['--keep', '0'], ['--keep', '-5'], ['--keep', 'x'], ['--unused-for', '0'],
                          ['--cap', 'much'], ['--cap', '0'], ['--cap', '99999999999999T'],
                          ['--yes', '--dry-run', '--partial'], ['--foreign', '--keep', '1'], ['--keep', '1', 'small']):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.library('cleanup', *arguments, status=2, complaints=1), '')


class Merge(FilesCase):
    def test_merge(self):
        self.model('models/a.gguf')
        shutil.copy(self.folder / 'a.gguf', self.folder / 'b.gguf')
        self.add()
        before = self.tree()
        answer = self.library_json('duplicates', '--merge')
        duplicate, = answer['duplicates']
        self.assertTrue(duplicate['merged'])
        self.assertIn(duplicate['way'], ('reflink', 'hard_link'))
        self.assertEqual((answer['saved'], self.tree()), (duplicate['saves'], before))
        if duplicate['way'] == 'hard_link':
            self.assertEqual(self.library_json('duplicates', '--merge'), {'duplicates': [], 'saved': 0})
            self.assertEqual(self.library('duplicates', '--merge'), 'Nothing is stored more than once.\n')

    def test_only_alike(self):
        """The same header and size, and other weights."""
        self.model('models/a.gguf', tail=b'x' * 1000)
        self.model('models/b.gguf', tail=b'x' * 500 + b'y' * 500)
        self.add()
        before = self.tree()
        answer = self.library_json('duplicates', '--merge', status=1, complaints=1)
        self.assertEqual([duplicate['merged'] for duplicate in answer['duplicates']], [False])
        self.assertIn('stays as it was', self.library('duplicates', '--merge', status=1, complaints=1))
        self.assertEqual(self.tree(), before)

    def test_of_another_program(self):
        path = self.model('home/.lmstudio/models/owner/small/a.gguf')
        shutil.copy(path, os.fsencode(self.folder / 'a.gguf'))
        self.add()
        inode = os.stat(path).st_ino
        self.library_json('duplicates', '--merge')
        self.library('duplicates', '--merge')
        self.assertEqual((os.stat(path).st_ino, os.stat(path).st_nlink), (inode, 1))

    def test_read_only(self):
        self.model('models/a.gguf')
        shutil.copy(self.folder / 'a.gguf', self.folder / 'b.gguf')
        self.add()
        self.read_only(self.folder)
        before = self.tree()
        self.library('duplicates', '--merge', status=1, complaints=1)
        self.assertEqual(self.tree(), before)


class Share(FilesCase):
    def setUp(self):
        super().setUp()
        self.path = self.model('models/a.gguf')
        self.add()
        self.stores = [self.home / name for name in ('.ollama', '.lmstudio', '.cache')]
        for folder in ('.ollama/models/blobs', '.ollama/models/manifests', '.lmstudio/models', '.cache/llama.cpp'):
            (self.home / folder).mkdir(parents=True)

    def test_programs(self):
        before = self.tree(self.folder)
        for program, store in (('ollama', 'ollama'), ('lmstudio', 'lmstudio'), ('llamacpp', 'llamacpp')):
            with self.subTest(program=program):
                there = self.tree(*self.stores)
                planned = self.library_json('share', 'small', '--with', program, '--dry-run')
                self.assertIn('would be written', self.library('share', 'small', '--with', program, '--dry-run'))
                self.assertEqual((planned['dry_run'], planned['done'], self.tree(*self.stores)), (True, False, there))
                answer = self.library_json('share', 'small', '--with', program)
                self.assertEqual(answer, {**planned, 'dry_run': False, 'done': True})
                for step in answer['steps']:
                    self.assertTrue(os.path.exists(step['path']), step)
                self.assertIn(store, [location['store'] for location in self.one()['locations']])
                self.library('share', 'small', '--with', program, status=1, complaints=1)
        self.assertEqual(self.tree(self.folder), before)

    def test_text(self):
        text = self.library('share', 'small', '--with', 'lmstudio')
        self.assertRegex(text, r'^This is written for LM Studio:\n')
        self.assertIn('LM Studio calls it paddock/small.', text)

    def test_refused(self):
        before = self.tree(*self.stores)
        shutil.rmtree(self.home / '.lmstudio')
        for model, program in (('missing', 'ollama'), ('small', 'lmstudio')):
            with self.subTest(model=model, program=program):
                self.library('share', model, '--with', program, status=1, complaints=1)
        self.folder.rename(self.elsewhere)
        self.library('share', 'small', '--with', 'ollama', status=1, complaints=1)
        self.assertEqual(self.tree(self.home / '.ollama', self.home / '.cache'),
                         {path: content for path, content in before.items() if '.lmstudio' not in path.parts})

    def test_read_only(self):
        self.read_only(self.home / '.lmstudio/models')
        self.assertIn('Nothing of it', self.library('share', 'small', '--with', 'lmstudio', status=1, complaints=1))
        self.assertEqual(list((self.home / '.lmstudio/models').iterdir()), [])

    def test_hostile_names(self):
        for number, name in enumerate(HOSTILE):
            self.model(b'models/' + name + b'.gguf', f'Model {number}')
        for name in HOSTILE:
            for program in ('ollama', 'lmstudio', 'llamacpp'):
                path = self.folder / os.fsdecode(name + b'.gguf')
                self.assertPrintable(self.library('share', '--with', program, '--', path))
        self.assertTrue(all(self.home in path.parents for path in self.tree(*self.stores)))

    def test_wrong_use(self):
        for arguments in ([], ['small'], ['--with', 'ollama'], ['small', '--with', 'word'], ['small', '--with', ''],
                          ['small', 'small', '--with', 'ollama']):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.library('share', *arguments, status=2, complaints=1), '')


if __name__ == '__main__':
    main()
