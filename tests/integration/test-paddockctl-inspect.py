# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl inspect."""

import errno
import fcntl
import os
import pty
import struct
import termios

from paddockctl_case import PaddockctlCase
from tap import main

NUMBER = (int, None)
TEXT = (str, None)
MEMBERS = {
    'path': str, 'version': int, 'byte_order': str, 'alignment': int, 'file_size': int, 'data_offset': int,
    'architecture': TEXT, 'name': TEXT, 'size_label': TEXT, 'parameters': NUMBER, 'quantization': TEXT,
    'file_type': TEXT, 'bits_per_weight': (int, float, None), 'context_length': NUMBER, 'embedding_length': NUMBER,
    'layers': NUMBER, 'vocabulary': NUMBER, 'license': TEXT, 'tokenizer': TEXT, 'chat_template': bool,
    'capabilities': list, 'shards': list, 'metadata_count': int, 'tensor_count': int,
}
SHARD = {'path': str, 'index': int, 'count': int, 'present': bool}
TENSOR = {'name': str, 'type': TEXT, 'shape': list, 'offset': int, 'bytes': NUMBER, 'shard': int}

ALL_TYPES = '''
kv general.architecture str llama
kv a.u8 u8 255
kv a.i8 i8 -128
kv a.u16 u16 65535
kv a.i16 i16 -32768
kv a.u32 u32 4294967295
kv a.i32 i32 -2147483648
kv a.u64 u64 18446744073709551615
kv a.i64 i64 -9223372036854775808
kv a.f32 f32 0.1
kv a.f64 f64 0.1
kv a.nan f32 nan
kv a.inf f64 inf
kv a.bool bool true
kv a.str str "\\xff\\x00\\x1b[31m\\xe2\\x80\\xae\\"\\n"
kv a.short arr i16 -1 2
kv a.none arr u8
kv a.words arr str "x y" z
kv a.long arr u32 repeat 65 7
kv a.nested arr arr (u8 1 2) (u8 3)
'''
VALUES = {
    'a.u8': ('u8', 255), 'a.i8': ('i8', -128), 'a.u16': ('u16', 65535), 'a.i16': ('i16', -32768),
    'a.u32': ('u32', 4294967295), 'a.i32': ('i32', -2147483648), 'a.u64': ('u64', 18446744073709551615),
    'a.i64': ('i64', -9223372036854775808), 'a.f32': ('f32', 0.1), 'a.f64': ('f64', 0.1), 'a.nan': ('f32', None),
    'a.inf': ('f64', None), 'a.bool': ('bool', True), 'a.str': ('str', '\ufffd\0\x1b[31m\u202e"\n'),
}
ARRAYS = {'a.short': ('i16', 2, [-1, 2]), 'a.none': ('u8', 0, []), 'a.words': ('str', 2, ['x y', 'z']),
          'a.long': ('u32', 65, None), 'a.nested': ('arr', 2, None)}


class Inspect(PaddockctlCase):
    def test_shape(self):
        path = self.small()
        answer = self.json('inspect', path)
        self.assertMembers(answer, MEMBERS)
        self.assertNotIn('metadata', answer)
        self.assertNotIn('tensors', answer)
        self.assertEqual(len(answer['shards']), 1)
        self.assertMembers(answer['shards'][0], SHARD)
        answer = self.json('inspect', path, '--metadata', '--tensors')
        self.assertMembers(answer, MEMBERS)
        self.assertEqual(len(answer['metadata']), answer['metadata_count'])
        self.assertEqual(len(answer['tensors']), answer['tensor_count'])
        for tensor in answer['tensors']:
            self.assertMembers(tensor, TENSOR)

    def test_content(self):
        path = self.small()
        answer = self.json('inspect', path)
        expected = {
            'path': path, 'version': 3, 'byte_order': 'little', 'alignment': 32,
            'file_size': os.path.getsize(path), 'architecture': 'llama', 'name': 'Small One',
            'parameters': 256 + 3 * 64 + 4 * 4096 + 3 * 8192, 'context_length': 2048, 'embedding_length': 64,
            'layers': 1, 'vocabulary': 4, 'license': 'mit', 'quantization': 'Q8_0', 'file_type': 'Q8_0',
            'chat_template': True, 'metadata_count': 17, 'tensor_count': 11,
            'shards': [{'path': path, 'index': 0, 'count': 1, 'present': True}],
        }
        self.assertEqual({name: answer[name] for name in expected}, expected)
        self.assertIn('chat', answer['capabilities'])
        self.assertIn('gpt2', answer['tokenizer'])
        self.assertEqual(answer['data_offset'] % 32, 0)
        self.assertTrue(8.4 < answer['bits_per_weight'] < 8.7, answer['bits_per_weight'])

    def test_text(self):
        text = self.run_it('inspect', self.small(), '--metadata', '--tensors')
        for words in ('Small One', '2,048' if '2,048' in text else '2048', 'Q8_0', 'mit', 'tokenizer.chat_template',
                      'blk.0.ffn_down.weight', '128 × 64'):
            self.assertIn(words, text)
        columns = {line.index(line.split()[1]) for line in text.split('\n') if line.startswith('  blk.')}
        self.assertEqual(len(columns), 1)
        plain = self.run_it('inspect', self.directory / 'small.gguf', '--tensors', env={'LC_ALL': 'C'})
        self.assertTrue(plain.isascii())
        self.assertIn('128 x 64', plain)

    def test_unknown_is_null(self):
        answer = self.json('inspect', self.recipe('empty.gguf', ''), '--metadata', '--tensors')
        self.assertMembers(answer, MEMBERS)
        for name in ('architecture', 'size_label', 'quantization', 'file_type', 'bits_per_weight', 'context_length',
                     'embedding_length', 'layers', 'vocabulary', 'license', 'tokenizer'):
            self.assertIsNone(answer[name], name)
        self.assertEqual((answer['metadata'], answer['tensors']), ([], []))
        self.run_it('inspect', '--metadata', '--tensors', self.directory / 'empty.gguf')

    def test_values(self):
        path = self.recipe('types.gguf', ALL_TYPES)
        entries = {entry['key']: entry for entry in self.json('inspect', '--metadata', path)['metadata']}
        for key, (kind, value) in VALUES.items():
            self.assertEqual(entries[key], {'key': key, 'type': kind, 'value': value})
            self.assertIs(type(entries[key]['value']), type(value), key)
        for key, (kind, length, value) in ARRAYS.items():
            expected = {'key': key, 'type': 'arr', 'element_type': kind, 'length': length}
            self.assertEqual(entries[key], expected if value is None else {**expected, 'value': value})
        self.assertNotIn(b'\x1b', self.out)
        self.assertNotIn('\u202e'.encode(), self.out)
        text = self.run_it('inspect', '--metadata', path)
        self.assertPrintable(text)

    def test_big_endian_and_old(self):
        for more, version, order in (('endian big\n', 3, 'big'), ('version 1\n', 1, 'little'),
                                     ('version 2\n', 2, 'little')):
            path = self.recipe('other.gguf', more + ALL_TYPES.replace('kv a.nested arr arr (u8 1 2) (u8 3)\n', ''))
            answer = self.json('inspect', '--metadata', path)
            self.assertEqual((answer['version'], answer['byte_order']), (version, order))
            entries = {entry['key']: entry['value'] for entry in answer['metadata'] if 'value' in entry}
            for key, (_, value) in VALUES.items():
                self.assertEqual(entries[key], value)

    def test_locale_does_not_matter(self):
        path = self.recipe('types.gguf', ALL_TYPES)
        expected = self.run_it('inspect', '--json', '--metadata', path)
        for locale in ('C', 'C.UTF-8', 'de_DE.UTF-8', 'tr_TR.UTF-8'):
            self.assertEqual(self.run_it('inspect', '--json', '--metadata', path, env={'LC_ALL': locale}), expected)

    def shard(self, index, count):
        text = f'kv split.no u16 {index}\nkv split.count u16 {count}\nkv split.tensors.count i32 {count}\n'
        if index == 0:
            text += 'kv general.name str Divided\nkv general.architecture str llama\n'
        text += f'tensor part{index} f32 {8 * (index + 1)}\n'
        return self.recipe(f'set-{index + 1:05}-of-{count:05}.gguf', text)

    def test_split_set(self):
        paths = [self.shard(index, 3) for index in range(3)]
        answers = [self.json('inspect', '--tensors', path) for path in paths]
        for path, answer in zip(paths, answers):
            self.assertMembers(answer, MEMBERS)
            self.assertEqual(answer.pop('path'), path)
            self.assertEqual(answer, answers[0])
        self.assertEqual(answers[0]['shards'], [{'path': path, 'index': index, 'count': 3, 'present': True}
                                                for index, path in enumerate(paths)])
        self.assertEqual([(tensor['name'], tensor['bytes'], tensor['shard']) for tensor in answers[0]['tensors']],
                         [('part0', 32, 0), ('part1', 64, 1), ('part2', 96, 2)])
        self.assertEqual(answers[0]['file_size'], sum(map(os.path.getsize, paths)))
        self.assertIn(os.path.basename(paths[2]), self.run_it('inspect', '--tensors', paths[0]))

        os.unlink(paths[1])
        for path in (paths[0], paths[2]):
            answer = self.json('inspect', path)
            self.assertEqual([shard['present'] for shard in answer['shards']], [True, False, True])
            self.assertEqual(answer['name'], 'Divided')
        self.run_it('inspect', paths[1], status=1, complaints=1)

    def test_broken_headers(self):
        whole = open(self.small(), 'rb').read()
        end = self.json('inspect', self.directory / 'small.gguf')['data_offset']
        for length in (0, 1, 3, 4, 7, 8, 16, 23, 24, 25, 40, *range(64, end - 32, 173)):
            path = self.directory / 'cut.gguf'
            path.write_bytes(whole[:length])
            for arguments in ([], ['--json', '--metadata', '--tensors']):
                self.assertEqual(self.run_it('inspect', path, *arguments, status=1, complaints=1), '')
                self.assertTrue(self.err[0].endswith(f': {path}'), self.err)

    def test_other_kinds_of_files(self):
        pointer = b'version https://git-lfs.github.com/spec/v1\noid sha256:' + b'a' * 64 + b'\nsize 5\n'
        for name, content, words in (
                ('page', b'<!DOCTYPE html><html><body>404</body></html>', 'HTML'), ('pointer', pointer, 'LFS'),
                ('tensors', struct.pack('<Q', 64) + b'{"__metadata__":{"format":"pt"}}'.ljust(64), 'safetensors')):
            (self.directory / name).write_bytes(content)
            self.run_it('inspect', name, status=1, complaints=1)
            self.assertIn(words.lower(), self.err[0].lower())

    def test_hostile_names(self):
        source = open(self.small(), 'rb').read()
        for name in (b'-rf --help', b'a\nb.gguf', b'"\'`$(x)', b'\xff\xfe.gguf', '\u202egguf.x'.encode(), b'\x1b[2J',
                     b'--tensors', b'x' * 255):
            with self.subTest(name=name):
                with open(os.fsencode(self.directory) + b'/' + name, 'wb') as out:
                    out.write(source)
                self.run_it('inspect', '--json', '--', name)
                text = self.run_it('inspect', '--', name)
                self.assertPrintable(text)
                self.run_it('inspect', '--', name + b'/x', status=1, complaints=1)

    def test_what_is_no_file(self):
        os.mkfifo(self.directory / 'fifo')
        (self.directory / 'loop').symlink_to('loop')
        for name in ('fifo', 'loop', '.', '/dev/null', '/dev/zero', 'missing', '', 'x' * 5000):
            with self.subTest(name=name[:20]):
                self.assertEqual(self.run_it('inspect', '--json', '--', name, status=1, complaints=1), '')

    def test_wrong_use(self):
        path = self.small()
        self.run_it('inspect', path, path, status=2, complaints=1)
        self.run_it('inspect', '--metadata=1', path, status=2, complaints=1)

    def test_output_that_fails(self):
        path = self.recipe('many.gguf', 'repeat 3000 tensor t{} f32 1')
        for arguments in ([], ['--tensors'], ['--json'], ['--json', '--tensors']):
            with open('/dev/full', 'wb') as full:
                self.run_it('inspect', path, *arguments, stdout=full, status=1, complaints=1)
        process = self.start('inspect', path, '--tensors')
        self.assertTrue(process.stdout.readline())
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b'')
        process.stderr.close()
        self.assertEqual(process.wait(), 1)

    @staticmethod
    def read_terminal(master):
        """All that was written to the other side, which is closed: a terminal hands it over in pieces."""
        pieces = []
        try:
            while piece := os.read(master, 65536):
                pieces.append(piece)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
        os.close(master)
        return b''.join(pieces)

    def test_width_of_the_terminal(self):
        path = self.recipe('wide.gguf', f'kv general.name str "{"模" * 200}"\nkv general.url str "{"y" * 300}"\n'
                           f'tensor {"t" * 300} f32 1\n')
        for columns in (60, 80, 200):
            master, slave = pty.openpty()
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
            process = self.start('inspect', '--metadata', '--tensors', path, stdout=slave)
            os.close(slave)
            process.wait()
            lines = self.read_terminal(master).decode().split('\r\n')[1:]
            self.assertGreater(len(lines), 5)
            # A long name of a key is not cut: it is what one looks for.
            tensor = [line for line in lines if line.startswith('  ttt')]
            self.assertTrue(tensor and all(len(line) <= columns and '…' in line for line in tensor), lines)


if __name__ == '__main__':
    main()
