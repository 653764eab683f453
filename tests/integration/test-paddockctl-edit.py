# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl edit."""

import ctypes
import itertools
import os
import pathlib
import select
import signal
import struct

from paddockctl_case import PaddockctlCase
from tap import main

LIBC = ctypes.CDLL(None)
IN_ALL_EVENTS = 0xfff

ANSWER = {'path': str, 'output': (str, None), 'dry_run': bool, 'method': str, 'changes': list, 'header_before': int,
          'header_after': int, 'bytes_to_copy': int}
CHANGE = {'key': str, 'kind': str, 'before': (dict, None), 'after': (dict, None)}


class Edit(PaddockctlCase):
    def edit(self, path, *arguments, **options):
        answer = self.json('edit', path, *arguments, **options)
        self.assertMembers(answer, ANSWER)
        self.assertIn(answer['method'], ('nothing', 'in-place', 'new-file'))
        for change in answer['changes']:
            self.assertMembers(change, CHANGE)
            kinds = {(True, False): 'add', (False, True): 'remove', (False, False): 'replace'}
            self.assertEqual(change['kind'], kinds[change['before'] is None, change['after'] is None])
        return answer

    def metadata(self, path):
        return {entry['key']: entry for entry in self.json('inspect', '--metadata', path)['metadata']}

    def value(self, path, key):
        return self.metadata(path)[key]['value']

    def tensors(self, path):
        """Names and bytes, which no edit may change."""
        answer = self.json('inspect', '--tensors', path)
        with open(path, 'rb') as file:
            content = file.read()
        start = answer['data_offset']
        return [(tensor['name'], tensor['type'], tensor['shape'],
                 content[start + tensor['offset']:start + tensor['offset'] + tensor['bytes']])
                for tensor in answer['tensors']]

    def test_three_kinds_of_changes(self):
        path = self.small()
        tensors, before = self.tensors(path), self.metadata(path)
        answer = self.edit(path, '--set', 'general.name=Another Name', '--set', 'general.version=str:2',
                           '--remove', 'general.license')
        self.assertEqual({change['key']: (change['kind'], change['before'], change['after'])
                          for change in answer['changes']}, {
            'general.name': ('replace', {'type': 'str', 'value': 'Small One'},
                             {'type': 'str', 'value': 'Another Name'}),
            'general.version': ('add', None, {'type': 'str', 'value': '2'}),
            'general.license': ('remove', {'type': 'str', 'value': 'mit'}, None)})
        self.assertEqual(answer['dry_run'], False)
        after = self.metadata(path)
        self.assertEqual(after.pop('general.name')['value'], 'Another Name')
        self.assertEqual(after.pop('general.version')['value'], '2')
        self.assertNotIn('general.license', after)
        self.assertEqual(after, {key: before[key] for key in after})
        self.assertEqual(self.tensors(path), tensors)
        self.assertEqual(self.json('validate', path)['reports'][0]['verdict'], 'accept')

    def test_in_place(self):
        path = self.small()
        inode, tensors = os.stat(path).st_ino, self.tensors(path)
        answer = self.edit(path, '--set', 'llama.context_length=4096')
        self.assertEqual((answer['method'], answer['bytes_to_copy']), ('in-place', 0))
        self.assertEqual(answer['changes'], [{'key': 'llama.context_length', 'kind': 'replace',
                                              'before': {'type': 'u32', 'value': 2048},
                                              'after': {'type': 'u32', 'value': 4096}}])
        self.assertEqual(os.stat(path).st_ino, inode)
        self.assertEqual(self.value(path, 'llama.context_length'), 4096)
        self.assertEqual(self.tensors(path), tensors)

    def test_new_file(self):
        path = self.small()
        tensors = self.tensors(path)
        os.chmod(path, 0o640)
        answer = self.edit(path, '--set', 'general.description=' + 'long ' * 1000)
        self.assertEqual(answer['method'], 'new-file')
        self.assertGreater(answer['header_after'], answer['header_before'])
        self.assertGreater(answer['bytes_to_copy'], 0)
        self.assertEqual(self.tensors(path), tensors)
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o640)
        self.assertEqual(os.listdir(self.directory), ['small.gguf'])

    def test_nothing(self):
        path = self.small()
        before = open(path, 'rb').read()
        answer = self.edit(path, '--set', 'general.name=Small One')
        self.assertEqual((answer['method'], answer['changes']), ('nothing', []))
        self.assertEqual(open(path, 'rb').read(), before)

    def test_dry_run(self):
        path = self.small()
        before, times = open(path, 'rb').read(), os.stat(path).st_mtime_ns
        for request, method in (('llama.context_length=8', 'in-place'), ('general.url=str:' + 'x' * 5000, 'new-file')):
            planned = self.edit(path, '--dry-run', '--set', request)
            self.assertEqual((planned['dry_run'], planned['method']), (True, method))
            self.assertEqual(len(planned['changes']), 1)
        self.run_it('edit', path, '--dry-run', '--remove', 'general.name', '--output', 'none.gguf')
        self.assertEqual(open(path, 'rb').read(), before)
        self.assertEqual(os.stat(path).st_mtime_ns, times)
        self.assertEqual(os.listdir(self.directory), ['small.gguf'])

    def test_output(self):
        path = self.small()
        before, tensors = open(path, 'rb').read(), self.tensors(path)
        out = str(self.directory / 'other.gguf')
        answer = self.edit(path, '--set', 'llama.context_length=4096', '--output', out)
        self.assertEqual((answer['path'], answer['output'], answer['method']), (path, out, 'new-file'))
        self.assertEqual(open(path, 'rb').read(), before)
        self.assertEqual(self.value(out, 'llama.context_length'), 4096)
        self.assertEqual(self.tensors(out), tensors)
        for impossible in ('missing/x.gguf', '.', '/dev/full'):
            self.run_it('edit', path, '--set', 'general.name=x', '--output', impossible, status=1, complaints=1)
        self.assertEqual(sorted(os.listdir(self.directory)), ['other.gguf', 'small.gguf'])

    def test_types(self):
        path = self.small()
        for text, kind, value in (
                ('u8:255', 'u8', 255), ('i8:-128', 'i8', -128), ('u64:18446744073709551615', 'u64', 2**64 - 1),
                ('i64:-9223372036854775808', 'i64', -2**63), ('f32:0.5', 'f32', 0.5), ('f64:1e300', 'f64', 1e300),
                ('bool:true', 'bool', True), ('str:', 'str', ''), ('str:u8:1', 'str', 'u8:1'),
                ('str:@x', 'str', '@x'), ('str:a=b', 'str', 'a=b'), ('str:"q"', 'str', '"q"')):
            with self.subTest(text=text):
                self.edit(path, '--set', f'test.key={text}')
                self.assertEqual((self.metadata(path)['test.key']['type'], self.value(path, 'test.key')), (kind, value))
        self.edit(path, '--set', 'test.key=[str]:["a","ü"]')
        self.assertEqual(self.value(path, 'test.key'), ['a', 'ü'])

    def test_values_that_are_none(self):
        path = self.small()
        before = open(path, 'rb').read()
        for argument in ('llama.context_length=many', 'llama.context_length=-1', 'llama.context_length=4294967296',
                         'test.key=u8:256', 'test.key=u8:', 'test.key=bool:maybe', 'test.key=[u8]:[1,',
                         b'general.name=\xff'):
            with self.subTest(argument=argument):
                self.run_it('edit', path, '--set', argument, status=2, complaints=1)
        for argument in ('general.alignment=u32:64', 'split.count=u16:2'):
            self.run_it('edit', path, '--set', argument, status=1, complaints=1)
        self.run_it('edit', path, '--remove', 'no.such.key', status=1, complaints=1)
        self.assertEqual(open(path, 'rb').read(), before)

    def test_wrong_use(self):
        path = self.small()
        for arguments in ([path], [path, '--set'], [path, '--set', 'key'], [path, '--set', '=value'],
                          [path, '--remove'], [path, '--remove', ''], ['--set', 'a=b'], [path, path, '--set', 'a=b'],
                          [path, '--dry-run'], [path, '--output', 'x']):
            with self.subTest(arguments=arguments):
                self.run_it('edit', *arguments, status=2, complaints=1)

    def test_value_from_a_file(self):
        path = self.small()
        template = "{% for m in messages %}\n  {{ m['content'] }}ü\n{% endfor %}\n"
        (self.directory / 'template').write_text(template)
        self.edit(path, '--set', f'tokenizer.chat_template=@{self.directory}/template')
        self.assertEqual(self.value(path, 'tokenizer.chat_template'), template)
        self.run_it('edit', path, '--set', 'tokenizer.chat_template=@-', input=b'from a pipe')
        self.assertEqual(self.value(path, 'tokenizer.chat_template'), 'from a pipe')
        (self.directory / 'binary').write_bytes(b'\xff\xfe')
        for name in ('missing', '.', 'binary', '/dev/zero'):
            self.run_it('edit', path, '--set', f'tokenizer.chat_template=@{name}', status=1, complaints=1)
        self.assertEqual(self.value(path, 'tokenizer.chat_template'), 'from a pipe')

    def test_order(self):
        path = self.small()
        self.edit(path, '--remove', 'general.name', '--set', 'general.name=str:last')
        self.assertEqual(self.value(path, 'general.name'), 'last')
        self.edit(path, '--set', 'general.name=a', '--remove', 'general.name')
        self.assertNotIn('general.name', self.metadata(path))

    def test_what_is_no_model(self):
        (self.directory / 'page').write_bytes(b'<!DOCTYPE html><html>404</html>')
        (self.directory / 'cut').write_bytes(open(self.small(), 'rb').read()[:300])
        os.mkfifo(self.directory / 'fifo')
        for name in ('page', 'cut', 'missing', '.', 'fifo', '/dev/null'):
            with self.subTest(name=name):
                self.assertEqual(self.run_it('edit', '--json', name, '--set', 'a.b=1', status=1, complaints=1), '')
        self.assertEqual(len((self.directory / 'cut').read_bytes()), 300)

    def test_text(self):
        path = self.small()
        text = self.run_it('edit', path, '--set', 'general.name=x\x1b[31m', '--remove', 'general.license')
        self.assertPrintable(text)
        for words in ('general.name', 'general.license', 'Small One', 'mit', path):
            self.assertIn(words, text)
        self.assertTrue(self.run_it('edit', path, '--set', 'general.url=str:x', '--dry-run').startswith(f'{path}: '))

    def large(self):
        """A model with weights enough that copying them takes a while."""
        path = self.recipe('large.gguf', 'kv general.architecture str llama\nkv general.name str a\n'
                           'tensor a f32 2097152\ncut 192')
        with open(path, 'ab') as file:
            file.write(b'weights.' * (8 << 17))
        return path

    def interrupt_at(self, number, *arguments):
        """Interrupts an edit when so many things have happened to files in the folder; how it ended, or None if it
        was done before that."""
        watch = LIBC.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            self.assertGreater(LIBC.inotify_add_watch(watch, os.fsencode(self.directory), IN_ALL_EVENTS), 0)
            process = self.start('edit', *arguments)
            ended = os.pidfd_open(process.pid)
            while number > 0 and watch in select.select([watch, ended], [], [], 60)[0]:
                events = os.read(watch, 65536)
                while events:
                    events = events[16 + struct.unpack_from('=iIII', events)[3]:]
                    number -= 1
            os.close(ended)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
            self.assertEqual(err, b'')
            self.assertIn(process.returncode, (0, 130))
            self.assertEqual(out == b'', process.returncode == 130)
            return None if number > 0 else process.returncode
        finally:
            os.close(watch)

    def test_interrupted(self):
        for value in ('b', 'long ' * 1000):
            arguments = (self.large(), '--set', f'general.name={value}')
            old = pathlib.Path(arguments[0]).read_bytes()
            self.run_it('edit', *arguments)
            new = pathlib.Path(arguments[0]).read_bytes()
            statuses = set()
            for number in itertools.count(1):
                pathlib.Path(arguments[0]).write_bytes(old)
                status = self.interrupt_at(number, *arguments)
                if status is None:
                    break
                statuses.add(status)
                self.assertIn(pathlib.Path(arguments[0]).read_bytes(), (old, new) if status == 130 else (new,))
                self.assertEqual(os.listdir(self.directory), ['large.gguf'])
            # Whether the signal or the edit was faster is the machine's affair; what must hold was asked above.
            self.assertTrue(statuses)

    def test_closed_output_is_not_the_model(self):
        path = self.small()
        process = self.start('edit', path, '--set', 'llama.context_length=1',
                             preexec_fn=lambda: [os.close(number) for number in (0, 1, 2)])
        process.communicate()
        self.assertEqual(process.returncode, 1)
        self.assertEqual(self.json('validate', path)['reports'][0]['verdict'], 'accept')
        self.assertEqual(self.value(path, 'llama.context_length'), 1)


if __name__ == '__main__':
    main()
