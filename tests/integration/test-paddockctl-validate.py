# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl validate."""

import os
import signal

from paddockctl_case import PaddockctlCase, strict
from tap import main

REPORT = {
    'path': str, 'valid': bool, 'verdict': str, 'format_valid': bool, 'architecture_valid': bool,
    'tensors_valid': bool, 'metadata_valid': bool, 'version': (int, None), 'architecture': (str, None),
    'tensor_count': (int, None), 'errors': list, 'warnings': list,
}
AREAS = ('format_valid', 'architecture_valid', 'tensors_valid', 'metadata_valid')
REJECTED = 'tensor a f32 8\ntensor b f32 8 offset=0\n'


class Validate(PaddockctlCase):
    def check(self, report):
        self.assertMembers(report, REPORT)
        self.assertIn(report['verdict'], ('accept', 'warn', 'reject'))
        self.assertEqual(report['valid'], report['verdict'] != 'reject')
        self.assertEqual(report['valid'], not report['errors'])
        self.assertEqual(report['valid'], all(report[area] for area in AREAS))
        self.assertEqual(report['verdict'] == 'accept', not report['errors'] and not report['warnings'])
        for finding in report['errors'] + report['warnings']:
            self.assertMembers(finding, {'code': str, 'message': str})
            self.assertRegex(finding['code'], r'^[a-z0-9]+(-[a-z0-9]+)*$')
            self.assertTrue(finding['message'].isprintable(), finding)
            for name, kind in (('offset', int), ('subject', str), ('remedy', str)):
                self.assertIsInstance(finding.get(name, kind()), kind)
        return report

    def report(self, path, **options):
        answer = self.json('validate', path, **options)
        self.assertEqual(list(answer), ['reports'])
        self.assertEqual(len(answer['reports']), 1)
        return self.check(answer['reports'][0])

    def test_accepted(self):
        path = self.small()
        report = self.report(path)
        self.assertEqual((report['path'], report['verdict'], report['version'], report['architecture'],
                          report['tensor_count']), (path, 'accept', 3, 'llama', 11), report)
        self.assertTrue(self.run_it('validate', path).startswith(f'{path}: '))

    def test_warned(self):
        path = self.small(more='kv "Odd Key" u32 1\n')
        report = self.report(path)
        self.assertEqual(report['verdict'], 'warn', report)
        self.run_it('validate', path)

    def test_rejected(self):
        path = self.recipe('bad.gguf', REJECTED)
        report = self.report(path, status=1, complaints=0)
        self.assertFalse(report['tensors_valid'])
        text = self.run_it('validate', path, status=1, complaints=0)
        for finding in report['errors']:
            self.assertIn(finding['code'], text)
            self.assertIn(finding['message'], text)

    def test_no_model_at_all(self):
        os.mkfifo(self.directory / 'fifo')
        (self.directory / 'loop').symlink_to('loop')
        (self.directory / 'page').write_bytes(b'<!DOCTYPE html><html>404</html>')
        (self.directory / 'empty').touch()
        for name in ('missing', '.', '/dev/null', '/dev/zero', 'page', 'fifo', 'loop', 'empty', '', 'x' * 5000):
            with self.subTest(name=name[:20]):
                report = self.report(name, status=1, complaints=0)
                self.assertEqual((report['path'], report['verdict'], report['format_valid']), (name, 'reject', False))
                self.assertIsNone(report['version'])

    def test_several(self):
        good, bad = self.small(), self.recipe('bad.gguf', REJECTED)
        answer = self.json('validate', good, bad, 'missing', good, status=1, complaints=0)
        self.assertEqual([self.check(report)['valid'] for report in answer['reports']], [True, False, False, True])
        self.json('validate', good, good)

    def test_many(self):
        path = self.small()
        answer = self.json('validate', *[path] * 3000)
        self.assertEqual(len(answer['reports']), 3000)

    def test_hostile_names(self):
        source = open(self.small(), 'rb').read()
        for name in (b'-rf --help', b'a\nb.gguf', b'\xff\xfe.gguf', '\u202egguf.x'.encode(), b'\x1b[2J', b'--deep'):
            with self.subTest(name=name):
                with open(os.fsencode(self.directory) + b'/' + name, 'wb') as out:
                    out.write(source)
                self.run_it('validate', '--json', '--', name)
                text = self.run_it('validate', '--', name)
                self.assertPrintable(text)
                self.run_it('validate', '--', name + b'/x', status=1, complaints=0)

    def test_hostile_content(self):
        path = self.recipe('odd.gguf', 'kv general.architecture str "\\x1b[31m\\xff\\n\\xe2\\x80\\xae"\n'
                           'kv "\\x1b[2J\\xff" u32 1\ntensor "\\x1b]0;x\\x07" f32 8 offset=1\n')
        for verdict in ('--json', '--verbose'):
            process = self.start('validate', verdict, path)
            out = process.communicate(timeout=60)[0]
            self.assertNotIn(b'\x1b', out)
            self.assertNotIn(b'\x07', out)
            self.assertNotIn('\u202e'.encode(), out)

    def test_wrong_use(self):
        self.run_it('validate', status=2, complaints=1)
        self.run_it('validate', '--shallow', self.small(), status=2, complaints=1)

    def test_full_output(self):
        for arguments in ([], ['--json']):
            with open('/dev/full', 'wb') as full:
                self.run_it('validate', self.small(), *arguments, stdout=full, status=1, complaints=1)

    def test_interrupted(self):
        path = self.small()
        process = self.start('validate', '--json', *[path] * 30000)
        first = os.read(process.stdout.fileno(), 1)
        process.send_signal(signal.SIGINT)
        answer = strict(first + process.communicate(timeout=60)[0])
        self.assertEqual(process.returncode, 130)
        self.assertTrue(0 < len(answer['reports']) < 30000)


if __name__ == '__main__':
    main()
