# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl estimate --ask-engine."""

import json
import os
import shutil
import signal

from paddockctl_case import PaddockctlCase
from tap import main

MIB = 1 << 20
PROGRAM = 'llama-fit-params'
WANTED = os.environ.pop('PADDOCK_ENGINE', None)


class Engine(PaddockctlCase):
    def setUp(self):
        super().setUp()
        self.model = self.small()
        self.data = self.directory / 'data'
        self.env = {'PADDOCK_ENGINE': str(self.directory / 'engine'), 'PADDOCK_DATA_DIR': str(self.data)}

    def fake(self, script):
        """An engine whose program does that."""
        folder = self.directory / 'engine'
        folder.mkdir(exist_ok=True)
        path = folder / PROGRAM
        path.write_text(f'#!/bin/sh\n[ "$1" != --version ] || {{ echo "version: 9 (fake)" >&2; exit 0; }}\n{script}\n')
        path.chmod(0o755)

    def ask(self, *options, **more):
        return self.json('estimate', '--ask-engine', self.model, *options, env=self.env, **more)

    def findings(self):
        path = self.data / 'engine-findings.json'
        return json.loads(path.read_text())['findings'] if path.exists() else []

    def numbers(self):
        """Ours of the question that the engine is asked."""
        self.fake('echo Host 0 0 0')
        return self.ask()['engine']['ours']

    def test_members(self):
        self.fake("case \"$*\" in *--fit-print*) echo 'Host 1 2 3 ' ;; *) echo '-c 5 -ngl 1' ;; esac")
        engine = self.ask()['engine']
        self.assertMembers(engine, {'path': str, 'version': str, 'devices': list, 'difference': dict,
                                    'ours': dict, 'resolution': int, 'finding': str, 'question': list,
                                    'proposal': list, 'problem': None, 'available': dict})
        self.assertEqual(engine['version'], '9 (fake)')
        self.assertEqual(engine['devices'], [{'name': 'Host', 'weights': MIB, 'cache': 2 * MIB, 'compute': 3 * MIB,
                                              'total': 6 * MIB}])
        self.assertEqual(engine['proposal'], ['-c', '5', '-ngl', '1'])
        self.assertNotIn(self.model, engine['question'])

    def test_same(self):
        ours = self.numbers()
        shutil.rmtree(self.data, ignore_errors=True)
        self.fake('echo Host ' + ' '.join(str(ours[kind] // MIB) for kind in ('weights', 'cache', 'compute')))
        engine = self.ask()['engine']
        self.assertEqual(engine['difference'], {'weights': 0, 'cache': 0, 'compute': 0})
        self.assertIsNone(engine['finding'])
        self.assertEqual(self.findings(), [])

    def test_difference_is_kept_once(self):
        self.fake('echo Host 100 0 0')
        first, second = (self.ask()['engine'] for _ in range(2))
        self.assertEqual(first['difference']['weights'], 100 * MIB - first['ours']['weights'])
        self.assertEqual(first['finding'], second['finding'])
        self.assertEqual([one['id'] for one in self.findings()], [first['finding']])
        self.fake('echo Host 200 0 0')
        self.ask()
        self.assertEqual(len(self.findings()), 2)

    def test_text(self):
        self.fake('echo Host 100 0 0')
        text = self.run_it('estimate', '--ask-engine', self.model, env=self.env)
        self.assertPrintable(text)
        self.assertIn('9 (fake)', text)
        self.assertIn('more', text)
        self.assertIn(self.findings()[0]['id'], text)

    def test_not_asked(self):
        self.fake('echo Host 100 0 0')
        self.assertNotIn('engine', self.json('estimate', self.model, env=self.env))
        self.assertEqual(self.findings(), [])

    def refuse(self, part):
        engine = self.ask(status=1, complaints=1)['engine']
        self.assertIn(part, self.err[0])
        self.assertEqual(list(engine), ['problem'])
        self.assertEqual(self.findings(), [])

    def test_no_engine(self):
        self.refuse('llama.cpp-tools-extra')

    def test_bad_engines(self):
        for script, part in (('exit 0', 'no device'), ('kill -SEGV $$', 'crashed'), ('exec cat /dev/zero', 'more than'),
                             ('head -c 9999 /dev/urandom', 'gave no answer'),
                             ("echo 'error: invalid argument: --fit-print' >&2; exit 1", 'newer'),
                             ("echo '0.1 E loader: \033[2J torn' >&2; exit 1", 'torn')):
            with self.subTest(script):
                self.fake(script)
                self.refuse(part)

    def test_findings_that_cannot_be_kept(self):
        self.fake('echo Host 100 0 0')
        self.data.mkdir()
        (self.data / 'engine-findings.json').write_text('mine')
        self.assertIsNone(self.ask(status=1, complaints=1)['engine']['finding'])
        self.assertEqual((self.data / 'engine-findings.json').read_text(), 'mine')

    def test_interrupted(self):
        fifo = self.directory / 'asked'
        os.mkfifo(fifo)
        self.fake(f'echo $$ >{fifo}; exec tail -f /dev/null')
        process = self.start('estimate', '--ask-engine', self.model, env=self.env)
        with open(fifo, encoding='ascii') as stream:
            engine = int(stream.read())
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=100)
        self.assertEqual(process.returncode, 130)
        self.assertRaises(ProcessLookupError, os.kill, engine, 0)

    def test_real(self):
        del self.env['PADDOCK_ENGINE']
        if WANTED:
            self.env['PADDOCK_ENGINE'] = WANTED
        elif not shutil.which(PROGRAM):
            self.skipTest(f'{PROGRAM} is not installed')
        for options in ((), ('--context', '256'), ('--parallel', '4', '--no-unified'), ('--cache-k', 'f32'),
                        ('--flash-attention', 'off')):
            with self.subTest(options):
                engine = self.ask(*options)['engine']
                self.assertEqual(engine['difference'], {'weights': 0, 'cache': 0, 'compute': 0})
                self.assertTrue(engine['version'])


if __name__ == '__main__':
    main()
