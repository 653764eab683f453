# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl library, in a home of its own."""

import json
import os
import pty
import select
import shutil
import signal

from paddockctl_case import strict
from paddockctl_library_case import HOSTILE, LibraryCase
from tap import main

MODEL = 'application/vnd.ollama.image.model'
HUGE = 8 << 30
MEMBERS = {
    'id': str, 'name': (str, None), 'path': (str, None), 'locations': list, 'size': (int, None), 'sha256': (str, None),
    'quantization': (str, None), 'architecture': (str, None), 'parameters': (int, None), 'license': (str, None),
    'source_url': (str, None), 'added_at': (int, None), 'last_used': (int, None), 'tags': list, 'notes': (str, None),
    'state': str, 'store': (str, None), 'capabilities': list}


class List(LibraryCase):
    def test_nothing(self):
        self.assertEqual(self.library_json('list'), {'models': [], 'total_size': 0, 'duplicates_size': 0})
        self.assertEqual(self.library('list'), 'There are no such models.\n')

    def test_shape(self):
        path = self.model('models/a.gguf')
        self.add()
        answer = self.library_json('list')
        model = answer['models'][0]
        self.assertMembers(model, MEMBERS)
        self.assertEqual((model['path'], model['name'], model['state'], model['store'], model['architecture']),
                         (os.fsdecode(path), 'Small', 'ready', 'folder', 'llama'))
        self.assertEqual((model['sha256'], model['last_used'], model['license']), (None, None, None))
        self.assertEqual((model['size'], answer['total_size']), (os.path.getsize(path),) * 2)
        self.assertEqual(model['locations'][0]['path'], os.fsdecode(path))
        text = self.library('list')
        self.assertRegex(text, r'Small .* bytes +4,?096 +Folder +ready')
        self.assertIn('1 model', text)

    def test_filters(self):
        for number, name in enumerate(('Apple', 'Berry', 'Cherry')):
            self.model(f'models/{name}.gguf', name, b'x' * number)
        self.add()
        self.library('tag', 'berry', '+red', '+small')
        self.library('tag', 'cherry', '+red')
        for arguments, expected in (
                ([], ['Apple', 'Berry', 'Cherry']), (['--reverse'], ['Cherry', 'Berry', 'Apple']),
                (['--sort', 'size', '--reverse'], ['Cherry', 'Berry', 'Apple']),
                (['--sort', 'size'], ['Apple', 'Berry', 'Cherry']),
                (['--search', 'ERR'], ['Berry', 'Cherry']), (['--search', 'red small'], ['Berry']),
                (['--tag', 'red'], ['Berry', 'Cherry']), (['--tag', 'none'], []),
                (['--architecture', 'LLAMA'], ['Apple', 'Berry', 'Cherry']), (['--architecture', 'gemma'], []),
                (['--quantization', 'Q4_K_M'], []), (['--store', 'folder'], ['Apple', 'Berry', 'Cherry']),
                (['--store', 'ollama'], []), (['--state', 'ready', '--state', 'offline'], ['Apple', 'Berry', 'Cherry']),
                (['--state', 'damaged'], [])):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.titles(*arguments), expected)
                self.library('list', *arguments)

    def test_companions(self):
        self.model('models/a.gguf')
        self.recipe('models/mmproj.gguf', 'kv general.architecture str clip\nkv general.type str mmproj\n'
                                          'kv clip.has_vision_encoder bool true\n')
        self.add()
        self.assertEqual(self.titles(), ['Small'])
        self.assertEqual(sorted(model['kind'] for model in self.models('--all')), ['model', 'projector'])

    def test_damaged_and_unfinished(self):
        path = self.model('models/a.gguf')
        (self.folder / 'broken.gguf').write_bytes(b'GGUF' + b'\xff' * 50)
        self.small('models/short.gguf')
        os.truncate(self.folder / 'short.gguf', os.path.getsize(self.folder / 'short.gguf') - 10)
        self.add()
        states = {os.path.basename(model['path']): model['state'] for model in self.models()}
        self.assertEqual(states, {os.path.basename(os.fsdecode(path)): 'ready', 'broken.gguf': 'damaged',
                                  'short.gguf': 'unfinished'})
        self.library('list')

    def test_unplugged(self):
        path = self.model('models/a.gguf')
        self.add()
        self.library('note', 'small', 'mine')
        self.folder.rename(self.directory / 'away')
        model = self.one('--state', 'offline')
        self.assertEqual((model['path'], model['notes'], model['state']), (None, 'mine', 'offline'))
        self.assertIn('offline', self.library('list'))
        self.assertIn('1 of them is offline', self.library('scan'))
        self.assertEqual(self.library_json('tag', path, '+away')['tags'], ['away'])
        self.library('verify')
        self.library('verify', 'small', status=1, complaints=1)
        (self.directory / 'away').rename(self.folder)
        self.assertEqual((self.one()['state'], self.one()['tags']), ('ready', ['away']))

    def test_no_place(self):
        self.model('models/a.gguf')
        self.add()
        shutil.rmtree(self.home / 'paddock-data')
        (self.home / 'paddock-data').write_text('')
        for arguments in (['list'], ['tag', 'small', '+a'], ['export', 'x.json'], ['import-records', 'models/a.gguf']):
            self.library(*arguments, status=1, complaints=1)
        (self.home / 'paddock-data').unlink()
        shutil.rmtree(self.home / 'paddock-cache')
        (self.home / 'paddock-cache').write_text('')
        self.assertEqual(self.titles(), ['Small'])

    def test_broken_settings(self):
        (self.home / 'paddock-config').mkdir()
        settings = self.home / 'paddock-config' / 'library.json'
        settings.write_text('{')
        for arguments in (['list'], ['add', self.folder], ['scan'], ['stores'], ['use', 'x']):
            self.library(*arguments, status=1, complaints=1)
        self.assertEqual(settings.read_text(), '{')


class Stores(LibraryCase):
    def fill(self):
        """The same weights in three stores, and what each of them leaves behind."""
        made = self.model('home/made.gguf', 'Shared', b'weights')
        sha256 = self.digest(made)
        blobs = self.home / '.ollama/models/blobs'
        manifest = self.home / '.ollama/models/manifests/registry.ollama.ai/library/shared/latest'
        for folder in (blobs, manifest.parent):
            folder.mkdir(parents=True)
        shutil.copy(made, os.fsencode(blobs / f'sha256-{sha256}'))
        manifest.write_text(json.dumps({'schemaVersion': 2, 'layers': [
            {'mediaType': MODEL, 'digest': f'sha256:{sha256}', 'size': os.path.getsize(made)}]}))
        (blobs / f'sha256-{"1" * 64}-partial').write_bytes(b'12345')
        (blobs / f'sha256-{"2" * 64}').write_bytes(b'1234567')

        repository = self.home / '.cache/huggingface/hub/models--owner--shared'
        (repository / 'blobs').mkdir(parents=True)
        (repository / 'snapshots/main').mkdir(parents=True)
        shutil.copy(made, os.fsencode(repository / 'blobs' / sha256))
        (repository / 'snapshots/main/shared.gguf').symlink_to(f'../../blobs/{sha256}')
        (repository / 'blobs' / f'{"3" * 64}.incomplete').write_bytes(b'123')

        self.studio = self.home / '.lmstudio/models/owner/shared/shared.gguf'
        self.studio.parent.mkdir(parents=True)
        shutil.move(made, os.fsencode(self.studio))
        return sha256, self.studio.stat().st_size

    def test_stores(self):
        _, size = self.fill()
        stores = {store['id']: store for store in self.library_json('stores')['stores']}
        for name in ('ollama', 'huggingface', 'lmstudio'):
            self.assertEqual((stores[name]['models'], stores[name]['size'], stores[name]['state']), (1, size, 'listed'))
        self.assertEqual(stores['ollama']['unfinished'], {'files': 1, 'size': 5})
        self.assertEqual(stores['ollama']['orphans'], {'files': 1, 'size': 7})
        self.assertEqual(stores['huggingface']['unfinished'], {'files': 1, 'size': 3})
        text = self.library('stores')
        for name in ('Ollama', 'Hugging Face', 'LM Studio'):
            self.assertIn(name, text)

    def test_one_model(self):
        sha256, size = self.fill()
        answer = self.library_json('list')
        self.assertEqual(len(answer['models']), 1)
        self.assertEqual(sorted(location['store'] for location in answer['models'][0]['locations']),
                         ['huggingface', 'lmstudio', 'ollama'])
        self.assertEqual((answer['total_size'], answer['duplicates_size']), (3 * size, 2 * size))
        answer = self.library_json('verify')['models'][0]
        self.assertEqual((answer['sha256'], answer['expected'], answer['matches']), (sha256, sha256, True))

    def test_duplicates(self):
        _, size = self.fill()
        answer = self.library_json('duplicates')
        self.assertEqual((answer['saves'], answer['duplicates'][0]['saves']), (2 * size, 2 * size))
        self.assertIn(str(self.studio), self.library('duplicates'))
        self.add()
        os.link(self.studio, self.folder / 'linked.gguf')
        answer = self.library_json('duplicates')
        self.assertEqual((answer['saves'], len(answer['duplicates'][0]['locations'])), (2 * size, 4))
        self.assertIn('the same file', self.library('duplicates'))

    def test_no_duplicates(self):
        self.model('models/a.gguf')
        self.add()
        self.assertEqual(self.library_json('duplicates'), {'duplicates': [], 'saves': 0})
        self.assertEqual(self.library('duplicates'), 'Nothing is stored more than once.\n')

    def test_nothing_is_written(self):
        self.fill()
        self.add()

        def read():
            return {path: path.read_bytes() for store in ('.ollama', '.cache', '.lmstudio')
                    for path in (self.home / store).rglob('*') if path.is_file()}
        before = read()
        for arguments in (['list'], ['scan'], ['verify'], ['duplicates'], ['tag', 'shared', '+a'],
                          ['tag', 'shared:latest', '+a']):
            self.start('library', *arguments).communicate(timeout=60)
        self.assertEqual(read(), before)

    def test_differs(self):
        self.fill()
        blob = next((self.home / '.cache').rglob(f'blobs/{"[0-9a-f]" * 64}'))
        blob.rename(blob.with_name('4' * 64))
        link = next((self.home / '.cache').rglob('shared.gguf'))
        link.unlink()
        link.symlink_to('../../blobs/' + '4' * 64)
        shutil.rmtree(self.home / '.ollama')
        shutil.rmtree(self.home / '.lmstudio')
        answer = self.library_json('verify', status=1, complaints=0)['models'][0]
        self.assertEqual((answer['expected'], answer['matches']), ('4' * 64, False))
        self.assertEqual(self.one()['state'], 'damaged')
        self.assertIn('DIFFERS', self.library('verify', status=1, complaints=0))
        self.assertIn('DIFFERS', self.library('verify', 'shared', status=1, complaints=0))


    def test_damaged_copy(self):
        sha256, size = self.fill()
        content = bytearray(self.studio.read_bytes())
        content[-1] ^= 1
        self.studio.write_bytes(content)
        self.assertEqual([location['differs'] for location in self.one()['locations']], [False] * 3)
        answer = self.library_json('verify', status=1, complaints=0)['models'][0]
        self.assertEqual((answer['sha256'], answer['matches']), (sha256, False))
        self.assertEqual((answer['files'], answer['files_read']), (3, 3))
        self.assertEqual({hashed['path']: hashed['matches'] for hashed in answer['hashes']}[str(self.studio)], False)
        self.assertEqual(sorted(hashed['matches'] for hashed in answer['hashes']), [False, True, True])
        model = self.one()
        self.assertEqual((model['state'], model['verified']), ('ready', False))
        differing = [location['path'] for location in model['locations'] if location['differs']]
        self.assertEqual(differing, [str(self.studio)])
        self.assertEqual(self.library_json('list', '--state=damaged')['models'], [model])
        text = self.library('verify', status=1, complaints=0)
        self.assertIn('OTHER BYTES', text)
        self.assertIn(f'DIFFERS: {self.studio}', text)
        self.assertEqual(self.library_json('duplicates')['saves'], size)
        self.assertIn(f'{self.studio} (other bytes)', self.library('duplicates'))
        self.assertEqual(self.library_json('list')['total_size'], 3 * size)


class Folders(LibraryCase):
    def test_add(self):
        path = self.model('models/a/b/c.gguf')
        answer = self.add()
        self.assertEqual(answer, {'folders': [{'path': str(self.folder), 'files': 1, 'size': os.path.getsize(path)}]})
        self.assertEqual(self.add(), answer)
        self.assertIn('1 file', self.library('add', self.folder))
        self.assertEqual(self.library_json('add', 'models/')['folders'][0]['path'], str(self.folder))

    def test_refused(self):
        self.model('models/a.gguf')
        for name in ('missing', 'models/a.gguf', '', 'x' * 5000):
            with self.subTest(name=name[:20]):
                self.library('add', '--', name, status=1, complaints=1)
        answer = self.library_json('add', 'missing', self.folder, status=1, complaints=1)
        self.assertEqual(len(answer['folders']), 1)
        self.assertEqual(self.titles(), ['Small'])

    def test_forget_folder(self):
        path = self.model('models/a.gguf')
        self.add()
        self.assertEqual(self.library_json('forget', self.folder), {'kind': 'folder', 'forgotten': str(self.folder)})
        self.assertEqual(self.models(), [])
        self.assertTrue(os.path.exists(path))
        self.library('forget', self.folder, status=1, complaints=1)
        self.add(self.directory)
        self.library('forget', '', status=1, complaints=1)

    def test_forget_model(self):
        path = self.model('models/a.gguf')
        self.add()
        self.library('note', 'small', 'mine')
        self.library('forget', 'small', status=1, complaints=1)
        self.folder.rename(self.directory / 'away')
        self.assertIn('nothing was deleted', self.library('forget', path))
        self.assertEqual(self.models(), [])
        (self.directory / 'away').rename(self.folder)
        self.assertEqual(self.one()['notes'], None)
        self.assertTrue(os.path.exists(path))

    def test_scan(self):
        for number in range(20):
            self.model(f'models/{number}.gguf', f'Model {number}')
        self.add()
        lines = [strict(line) for line in self.library('scan', '--json').splitlines()]
        self.assertEqual([lines[0]['event'], lines[-1]['event']], ['started', 'done'])
        self.assertEqual({line['event'] for line in lines[1:-1]}, {'progress'})
        self.assertEqual((lines[-1]['models'], lines[-1]['files']), (20, 20))
        self.assertIn('20 models', self.library('scan'))


    def test_interrupted(self):
        for number in range(100):
            self.model(f'models/{number}.gguf', f'Model {number}')
        self.add()
        shutil.rmtree(self.home / 'paddock-data')
        shutil.rmtree(self.home / 'paddock-cache')
        process = self.start('library', 'scan', '--json')
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        # It may have been quicker.
        self.assertIn(process.returncode, (0, 130))
        self.assertEqual(err, b'')
        self.assertEqual([strict(line)['event'] for line in (first + out).splitlines()][-1] == 'done',
                         process.returncode == 0)
        self.assertEqual(len(self.models()), 100)


class Labels(LibraryCase):
    def setUp(self):
        super().setUp()
        self.path = self.model('models/a.gguf')
        self.add()

    def test_tags(self):
        self.assertEqual(self.library_json('tag', 'small', '+b', '+a', '+two words')['tags'], ['a', 'b', 'two words'])
        self.assertEqual(self.library('tag', 'small'), 'Small: a, b, two words\n')
        self.assertEqual(self.library_json('tag', '-a', 'small', '-missing', '+ü')['tags'], ['b', 'two words', 'ü'])
        self.assertEqual(self.library_json('tag', 'small', '-two words', '-b', '-ü')['tags'], [])
        self.assertEqual(self.library('tag', '--', 'small', '+x', '-x'), 'Small: \n')

    def test_texts(self):
        for command, member in (('note', 'notes'), ('nickname', 'nickname')):
            with self.subTest(command=command):
                self.assertEqual(self.library_json(command, self.path)[member], None)
                self.assertEqual(self.library_json(command, self.path, ' a\nb ')[member], 'a\nb')
                self.assertPrintable(self.library(command, self.path))
                self.assertEqual(self.library_json(command, self.path, '')[member], None)
        self.library('nickname', 'small', 'Fritz')
        self.assertEqual(self.one('--search', 'fritz')['title'], 'Fritz')
        self.library('note', 'fritz', 'x')

    def test_favourite(self):
        self.assertIs(self.library_json('favourite', 'small')['favourite'], False)
        self.assertIs(self.library_json('favourite', 'small', 'on')['favourite'], True)
        self.assertEqual(self.library('favourite', 'small'), 'Small: a favourite\n')
        self.assertIs(self.library_json('favourite', 'small', 'off')['favourite'], False)

    def test_use(self):
        self.assertIs(self.one()['default'], False)
        self.assertIs(self.library_json('use', 'small')['default'], True)
        self.assertIs(self.one()['default'], True)
        self.library('use', 'small')

    def test_found_by(self):
        model = self.one()
        for text in (self.path, 'models/a.gguf', 'SMALL', model['id'], model['id'][:7]):
            with self.subTest(text=text):
                self.assertEqual(self.library_json('tag', text)['id'], model['id'])
        for text in ('large', '', b'\xff', self.folder, 'x' * 5000):
            with self.subTest(text=text[:20] if isinstance(text, (str, bytes)) else text):
                self.library('tag', text, status=1, complaints=1)

    def test_several(self):
        self.model('models/b.gguf', tail=b'other')
        ids = [model['id'] for model in self.models()]
        self.assertEqual(len(ids), 2)
        for arguments in (['tag', 'small', '+a'], ['note', 'small', 'x'], ['verify', 'small'], ['use', 'small'],
                          ['forget', 'small']):
            self.library(*arguments, status=1, complaints=1)
            self.assertTrue(all(name in self.err[0] for name in ids), self.err)

    def test_wrong_use(self):
        for arguments in (['tag'], ['tag', 'small', 'x'], ['tag', 'small', '+'], ['tag', 'small', '+ '], ['note'],
                          ['note', 'small', 'a', 'b'], ['note', 'small', b'\xff'], ['nickname'],
                          ['favourite', 'small', 'maybe'], ['use'], ['use', 'small', 'small'], ['list', 'x'],
                          ['list', '--sort', 'colour'], ['list', '--state', 'ready', '--state', 'odd'],
                          ['list', '--store', 'shop'], ['list', '--search'], ['scan', 'x'], ['stores', 'x'],
                          ['duplicates', 'x'], ['add'], ['forget'], ['forget', 'a', 'b'], ['verify', '--all', 'small'],
                          ['export'], ['import-records'], ['import-records', 'a', 'b']):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.library(*arguments, status=2, complaints=1), '')


class Exchange(LibraryCase):
    def test_there_and_back(self):
        self.model('models/a.gguf')
        self.add()
        self.library('tag', 'small', '+mine')
        file = self.directory / os.fsdecode(b'\xff.json')
        self.library('export', file)
        self.library('export', file, status=1, complaints=1)
        self.library('export', '--replace', file)
        shutil.rmtree(self.home / 'paddock-data')
        self.assertEqual(self.one()['tags'], [])
        self.assertEqual(self.library_json('import-records', file), {'new': 0, 'merged': 1})
        self.assertEqual(self.one()['tags'], ['mine'])
        self.assertIn('1 merged', self.library('import-records', file))

    def test_cannot_be_written(self):
        for name in ('missing/x.json', 'models', '/dev/full', '', 'x' * 5000):
            with self.subTest(name=name[:20]):
                self.library('export', '--', name, status=1, complaints=1)

    def test_hostile_files(self):
        os.mkfifo(self.directory / 'fifo')
        for number, content in enumerate((
                b'', b'{', b'[]', b'7', b'\xff\xfe', b'[' * 100000, b'{"format": 5, "models": []}',
                b'{"format": "paddock-library", "version": "x", "models": 5}',
                b'{"format": "paddock-library", "version": 99, "models": []}',
                b'{"format": "paddock-library", "version": 1, "models": [7]}',
                b'{"format": "paddock-library", "version": 1, "models": [{"id": "../../x"}]}',
                b'{"format": "paddock-library", "version": 1, "models": [{"id": 5}]}')):
            with self.subTest(content=content[:60]):
                (self.directory / f'{number}.json').write_bytes(content)
                self.library('import-records', f'{number}.json', status=1, complaints=1)
        for name in ('missing', 'models', 'fifo', '/dev/zero', ''):
            self.library('import-records', '--', name, status=1, complaints=1)
        self.assertEqual(self.models(), [])

    def test_broken_further_down(self):
        self.model('models/a.gguf')
        self.add()
        self.library('tag', 'small', '+mine')
        self.library('export', 'all.json')
        models = json.loads((self.directory / 'all.json').read_text())
        models['models'].append(7)
        (self.directory / 'all.json').write_text(json.dumps(models))
        self.library('tag', 'small', '-mine')
        self.library('import-records', 'all.json', status=1, complaints=1)
        self.assertEqual(self.one()['tags'], [])


class Hostile(LibraryCase):
    def test_names(self):
        for number, name in enumerate(HOSTILE):
            self.model(b'models/' + name + b'.gguf', tail=b'x' * number)
            path = self.recipe('made', b'kv general.architecture str llama\nkv general.name str "'
                               + b'\\x1b[31m\\n' + str(number).encode() + b'"\n')
            shutil.move(path, self.folder / f'named-{number}.gguf')
        self.add()
        self.assertEqual(len(self.models()), 2 * len(HOSTILE))
        for command in ('list', 'scan', 'stores', 'duplicates', 'verify'):
            self.assertPrintable(self.library(command))
        for name in HOSTILE:
            with self.subTest(name=name):
                path = self.folder / os.fsdecode(name + b'.gguf')
                self.assertEqual(self.library_json('tag', path, '+x')['tags'], ['x'])
                self.library('tag', '--', name, status=1, complaints=1)
                self.library('add', '--', name, status=1, complaints=1)
                self.assertPrintable(self.library('note', '--', path, '\x1b[31m\n'))
        self.assertPrintable(self.library('list'))

    def test_folders(self):
        folders = [self.directory / os.fsdecode(b'f' + name) for name in HOSTILE]
        for number, folder in enumerate(folders):
            folder.mkdir()
            self.model(os.fsencode(folder) + b'/a.gguf', tail=b'x' * number)
        self.assertPrintable(self.library('add', *folders))
        self.assertEqual(len(self.models()), len(folders))
        self.assertPrintable(self.library('stores'))
        for folder in folders:
            self.assertPrintable(self.library('forget', folder))
        self.assertEqual(self.models(), [])


class AtOnce(LibraryCase):
    def all(self, commands):
        processes = [self.start('library', *arguments) for arguments in commands]
        for process in processes:
            out, err = process.communicate(timeout=100)
            self.assertEqual((process.returncode, err), (0, b''), out)

    def test_folders(self):
        folders = [self.directory / f'folder-{number}' for number in range(6)]
        for number, folder in enumerate(folders):
            self.model(f'{folder}/a.gguf', tail=b'x' * number)
        self.all(['add', folder] for folder in folders)
        self.assertEqual(len(self.models()), len(folders))
        self.all(['forget', folder] for folder in folders)
        self.assertEqual(self.models(), [])

    def test_tags(self):
        self.model('models/a.gguf')
        self.add()
        self.all(['tag', 'small', f'+{number}'] for number in range(6))
        self.assertEqual(self.one()['tags'], [str(number) for number in range(6)])


class Verify(LibraryCase):
    def test_resumes(self):
        path = self.model('models/a.gguf', 'A')
        huge = self.model('models/huge.gguf', 'Huge')
        os.truncate(huge, HUGE)
        self.add()
        for arguments in ([], ['--json']):
            master, slave = pty.openpty()
            self.addCleanup(os.close, master)
            process = self.start('library', 'verify', *arguments, stderr=slave)
            os.close(slave)
            seen = b''
            while b'%' not in seen:
                self.assertTrue(select.select([master], [], [], 60)[0], seen)
                seen += os.read(master, 4096)
            process.send_signal(signal.SIGINT)
            out, _ = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130)
            if arguments:
                self.assertEqual([model['sha256'] for model in strict(out)['models']], [self.digest(path)])
        self.assertEqual([model['sha256'] for model in self.models()], [self.digest(path), None])

    def shard(self, number, path, title='Set'):
        made = self.recipe('made', f'kv general.architecture str llama\nkv general.name str {title}\n'
                           f'kv split.no u16 {number}\nkv split.count u16 2\nkv split.tensors.count i32 0\n')
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, path)
        return path

    def test_set(self):
        paths = [self.shard(number, self.folder / f'set-0000{number + 1}-of-00002.gguf') for number in range(2)]
        self.add()
        self.assertEqual((self.one()['shards'], self.one()['shards_present']), (2, 2))
        answer = self.library_json('verify')['models'][0]
        self.assertEqual((answer['files'], answer['files_read'], answer['matches']), (2, 2, None))
        self.assertEqual([(file['path'], file['sha256'], file['matches']) for file in answer['hashes']],
                         [(str(path), self.digest(path), None) for path in paths])
        self.assertIn('nothing was published', self.library('verify', 'set'))
        paths[1].unlink()
        self.assertEqual(self.one()['state'], 'incomplete')
        answer = self.library_json('verify')['models'][0]
        self.assertEqual((answer['files'], answer['files_read']), (2, 1))

    def test_published_set(self):
        """The cache of Hugging Face names blobs by their hashes: each file of a set is held against its own."""
        repository = self.home / '.cache/huggingface/hub/models--owner--set'
        digests = []
        for number in range(2):
            made = self.shard(number, self.home / 'blob')
            digests.append(self.digest(made))
            (repository / 'blobs').mkdir(parents=True, exist_ok=True)
            (repository / 'snapshots/main').mkdir(parents=True, exist_ok=True)
            shutil.move(made, repository / 'blobs' / digests[-1])
            (repository / f'snapshots/main/set-0000{number + 1}-of-00002.gguf').symlink_to(f'../../blobs/{digests[-1]}')
        answer = self.library_json('verify')['models'][0]
        self.assertEqual([file['expected'] for file in answer['hashes']], digests)
        self.assertEqual((answer['files_read'], answer['matches']), (2, True))
        self.assertTrue(self.one()['verified'])
        self.assertIn('is what its source published', self.library('verify', 'set'))
        with open(repository / 'blobs' / digests[1], 'ab') as file:
            file.write(b'!')
        answer = self.library_json('verify', status=1, complaints=0)['models'][0]
        self.assertEqual([file['matches'] for file in answer['hashes']], [True, False])
        self.assertEqual((answer['matches'], self.one()['state']), (False, 'damaged'))
        text = self.library('verify', status=1, complaints=0)
        self.assertIn('DIFFERS: ' + str(repository / 'snapshots/main/set-00002-of-00002.gguf'), text)
        self.assertNotIn('set-00001', text)

    def test_again(self):
        path = self.model('models/a.gguf')
        self.add()
        before = self.digest(path)
        self.assertEqual(self.library_json('verify', 'small')['models'][0]['sha256'], before)
        with open(path, 'r+b') as file:
            file.seek(-1, os.SEEK_END)
            file.write(b'!')
        for arguments in ([], ['--all'], ['small']):
            self.assertEqual(self.library_json('verify', *arguments)['models'][0]['sha256'], self.digest(path))
        self.assertNotEqual(self.digest(path), before)


if __name__ == '__main__':
    main()
