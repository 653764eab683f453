# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl as such: wrong use, help, where output goes, and what is generated from the table of commands."""

import os
import re
import shutil
import subprocess

from paddockctl_case import PROGRAM, PaddockctlCase
from tap import main

COMMANDS = re.findall(r'^  (\w+)  ', subprocess.run([PROGRAM, '--help'], capture_output=True, text=True,
                                                    env={**os.environ, 'LC_ALL': 'C.UTF-8'}).stdout, re.MULTILINE)

# Those that work on something.
FILE_COMMANDS = [command for command in COMMANDS if command not in ('hardware', 'kernels')]


class Usage(PaddockctlCase):
    def test_wrong_use(self):
        file = self.small()
        for arguments in ([], ['nonsense'], ['--nonsense'], ['-x'], ['--json'], ['', file], ['--generate'],
                          ['--generate', 'cobol'], ['--version=1'], ['--', 'hash'],
                          *([command] for command in FILE_COMMANDS),
                          *([command, '--nonsense', file] for command in COMMANDS),
                          *([command, '--json=no', file] for command in COMMANDS),
                          *([command, '-x', file] for command in COMMANDS)):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.run_it(*arguments, status=2, complaints=1), '')

    def test_hostile_arguments(self):
        for argument in (b'--\x1b[31m', b'--n\nm', b'--\xff\xfe', '--\u202e'.encode(), b'--' + b'x' * 100000):
            with self.subTest(argument=argument[:10]):
                self.run_it(argument, status=2, complaints=1)
                self.run_it('hash', argument, status=2, complaints=1)
                self.run_it('hash', '--', argument, status=1, complaints=1)

    def test_help(self):
        for arguments in (['--help'], ['-h'], *([command, '--help'] for command in COMMANDS),
                          *([command, '-h', 'FILE'] for command in COMMANDS),
                          *(['--help', command] for command in COMMANDS)):
            with self.subTest(arguments=arguments):
                text = self.run_it(*arguments)
                self.assertTrue(text.startswith('Usage:\n  paddockctl '), text)
                self.assertIn('--json', text)
        for command in COMMANDS:
            self.assertIn(f'paddockctl {command} ', self.run_it(command, '--help'))
        self.assertRegex(self.run_it('--version'), r'^paddockctl \d+\.\d+\.\d+\n$')

    def test_options_anywhere(self):
        file = self.small()
        expected = self.run_it('hash', '--json', file)
        self.assertEqual(self.run_it('--json', 'hash', file), expected)
        self.assertEqual(self.run_it('hash', file, '--json'), expected)
        self.assertEqual(self.run_it('hash', '--json', '--', file), expected)
        self.assertNotEqual(self.run_it('hash', file), expected)

    def test_full_output(self):
        file = self.small()
        for arguments in (['hash', file], ['hash', '--json', file], ['--help'], ['--version']):
            with self.subTest(arguments=arguments), open('/dev/full', 'wb') as full:
                self.run_it(*arguments, stdout=full, status=1, complaints=1)
                self.assertIn('No space left', self.err[0])

    def test_closed_output(self):
        file = self.small()
        for closed in ((1,), (0, 1), (0, 1, 2), (2,), (0, 2)):
            with self.subTest(closed=closed):
                process = self.start('hash', file, preexec_fn=lambda: [os.close(number) for number in closed])
                process.communicate()
                self.assertEqual(process.returncode, 1 if 1 in closed else 0)

    def test_reader_goes_away(self):
        file = self.small()
        reading, writing = os.pipe()
        os.close(reading)
        with open(writing, 'wb') as broken:
            self.run_it('hash', file, stdout=broken, status=1, complaints=0)

    def test_locales(self):
        file = self.small('ü.gguf')
        expected = self.run_it('hash', '--json', file)
        for locale in ('C', 'POSIX', 'C.UTF-8', 'nonsense', 'de_DE.UTF-8', 'ar_EG.UTF-8', ''):
            with self.subTest(locale=locale):
                self.assertEqual(self.run_it('hash', '--json', file, env={'LC_ALL': locale}), expected)
                self.run_it('hash', file, env={'LC_ALL': locale, 'LANGUAGE': 'de:xx'})
                self.run_it('hash', 'missing ü', env={'LC_ALL': locale}, status=1, complaints=1)

    def test_verbose_only_adds_notes(self):
        file = self.small()
        quiet = self.run_it('hash', file)
        process = self.start('hash', '--verbose', file)
        self.assertEqual(process.communicate(timeout=60)[0].decode(), quiet)
        self.assertEqual(process.returncode, 0)


class Groups(PaddockctlCase):
    def test_wrong_use(self):
        for arguments in (['library'], ['library', 'nonsense'], ['library', ''], ['library', '--', 'list'],
                          ['library', '--json'], ['library', 'list', '--nonsense'], ['library', '--nonsense', 'list'],
                          ['library', 'list', 'library'], ['library', 'library'], ['list']):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.run_it(*arguments, status=2, complaints=1), '')

    def test_help(self):
        self.assertIn('  duplicates ', self.run_it('library', '--help'))
        for arguments in (['library', 'tag', '-h'], ['library', '--help', 'tag'], ['--help', 'library', 'tag']):
            self.assertTrue(self.run_it(*arguments).startswith('Usage:\n  paddockctl library tag '))


class Generated(PaddockctlCase):
    def test_manual_page(self):
        page = self.run_it('--generate', 'man')
        for command in COMMANDS:
            self.assertIn(f'.SS {command}\n', page)
            options = re.findall(r'--([a-z-]+)', self.run_it(command, '--help').split('\n\n')[2])
            self.assertGreater(len(options), 2)
            for option in options:
                self.assertIn('\\-\\-' + option.replace('-', '\\-'), page)
        formatter = next((name for name in ('mandoc', 'groff') if shutil.which(name)), None)
        if formatter is None:
            return
        arguments = ['-Tlint', '-Wwarning'] if formatter == 'mandoc' else ['-man', '-ww', '-z', '-Tutf8']
        result = subprocess.run([formatter, *arguments], input=page, capture_output=True, text=True)
        self.assertEqual(result.stdout + result.stderr, '')

    def complete(self, *words):
        script = self.run_it('--generate', 'bash') + '\n'.join((
            'COMP_WORDS=("$@")', 'COMP_CWORD=$(($# - 1))', '_paddockctl', 'printf "%s\\n" "${COMPREPLY[@]}"'))
        result = subprocess.run(['bash', '-c', script, 'bash', 'paddockctl', *words], capture_output=True, text=True,
                                cwd=self.directory, check=True)
        self.assertEqual(result.stderr, '')
        return result.stdout.split('\n')[:-1]

    def test_bash(self):
        (self.directory / 'a model.gguf').touch()
        self.assertEqual(sorted(self.complete('')), sorted([*COMMANDS, '--help', '--json', '--verbose', '--version']))
        self.assertEqual(self.complete('has'), ['hash'])
        self.assertEqual(self.complete('hash', 'a'), ['a model.gguf'])
        self.assertEqual(self.complete('--json', 'hash', '--j'), ['--json'])
        self.assertEqual(self.complete('library', 'imp'), ['import', 'import-records'])
        self.assertEqual(self.complete('--json', 'library', 'list', '--quant'), ['--quantization'])
        self.assertEqual(self.complete('library', 'add', 'a'), ['a model.gguf'])
        self.assertIn('--json', self.complete('library', '--'))

    def test_other_shells(self):
        for shell, check in (('zsh', ['-n']), ('fish', ['--no-execute'])):
            script = self.run_it('--generate', shell)
            for command in COMMANDS:
                self.assertIn(command, script)
            if shutil.which(shell):
                subprocess.run([shell, *check], input=script, text=True, check=True)


if __name__ == '__main__':
    main()
