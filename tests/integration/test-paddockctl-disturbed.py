# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl when it is killed, when the disk is full, and when the model changes while it is read."""

import os
import pty
import select
import signal

from paddockctl_case import SMALL, PaddockctlCase, strict
from tap import main

GONE = 137
MOST_CALLS = 60
# Several windows, and the last one is not full.
MODEL = 'kv general.architecture str llama\nfill text "weights "\ntensor a.weight f16 1024x700\n'
TENSOR, COUNT = 'a.weight', 1024 * 700
BEFORE = b'what was there'
HUGE_ROWS = 32 << 20


class Disturbed(PaddockctlCase):
    def shim(self, mode, at, page=1):
        preload = [os.environ['PADDOCK_WRITE_SHIM'], *filter(None, [os.environ.get('LD_PRELOAD')])]
        return {'LD_PRELOAD': ':'.join(preload), 'PADDOCK_SHIM': mode, 'PADDOCK_SHIM_AT': str(at),
                'PADDOCK_SHIM_PAGE': str(page),
                'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'}

    def content(self, name):
        path = self.directory / name
        return path.read_bytes() if path.exists() else None

    def disturb(self, mode, before, page=1):
        """Disturbs each call in turn until none is left; yields what became of it."""
        model = self.recipe('m.gguf', MODEL)
        source = self.content('m.gguf')
        self.run_it('dequantize', model, TENSOR, 'whole')
        whole = self.content('whole')
        self.assertEqual(len(whole), COUNT * 4)
        os.unlink(self.directory / 'whole')
        for at in range(1, MOST_CALLS):
            if before is not None:
                (self.directory / 'out').write_bytes(before)
            process = self.start('dequantize', model, TENSOR, 'out', env=self.shim(mode, at, page))
            _, err = process.communicate(timeout=100)
            content = self.content('out')
            self.assertIn(content, (before, whole), f'{mode} {at}')
            self.assertEqual(self.content('m.gguf'), source)
            left = set(os.listdir(self.directory)) - {'m.gguf', 'out'}
            yield process.returncode, content == whole, left, err.decode()
            for name in {*left, *({'out'} if content is not None else ())}:
                os.unlink(self.directory / name)

    def check_gone(self, mode, before):
        results = []
        for status, done, left, err in self.disturb(mode, before):
            results.append((status, done))
            # What had a name for an instant may keep it, but is not taken for anything.
            self.assertLessEqual(len(left), 1)
            self.assertTrue(all(name.startswith('.paddock-') for name in left), left)
            if status == 0:
                break
            self.assertEqual((status, err), (GONE, ''))
        # It was killed before the file took its name, at several places, and after that.
        self.assertEqual(results[-1], (0, True))
        self.assertIn((GONE, True), results)
        self.assertGreater(results.count((GONE, False)), 5)

    def test_killed(self):
        self.check_gone('kill', None)
        self.check_gone('kill', BEFORE)

    def test_cut(self):
        self.check_gone('cut', BEFORE)

    def check_full(self, before):
        failures = untouched = 0
        for status, done, left, err in self.disturb('full', before):
            self.assertEqual(left, set())
            if status == 0:
                self.assertTrue(done)
                untouched += 1
            else:
                self.assertEqual(status, 1, err)
                self.assertEqual(err.count('\n'), 1)
                self.assertIn('out', err)
                self.assertIn(os.strerror(28), err)
                failures += 1
            # Calls that may fail are followed by others that may not.
            if untouched > 3:
                break
        self.assertGreater(failures, 5)

    def test_full(self):
        self.check_full(None)
        self.check_full(BEFORE)

    def test_shrinking(self):
        for arguments in (['validate', '--deep', 'm.gguf'], ['stats', 'm.gguf'], ['stats', '--json', 'm.gguf'],
                          ['stats', 'm.gguf', TENSOR], ['dequantize', 'm.gguf', TENSOR, 'out']):
            with self.subTest(arguments=arguments):
                self.check_shrinking(arguments)

    def check_shrinking(self, arguments):
        told = '[changed]' if arguments[0] == 'validate' else f'tensor “{TENSOR}”'
        for at in range(1, MOST_CALLS):
            path = self.recipe('m.gguf', MODEL)
            size = os.path.getsize(path)
            process = self.start(*arguments, env=self.shim('shrink', at))
            out, err = (text.decode() for text in process.communicate(timeout=100))
            shown = f'{at}: {out}\n{err}'
            if os.path.getsize(path) == size:
                self.assertEqual(process.returncode, 0, shown)
                break
            self.assertEqual(process.returncode, 1, shown)
            self.assertIn('m.gguf', out + err, shown)
            self.assertEqual(os.listdir(self.directory), ['m.gguf'])
            self.assertIn(told, out + err, shown)
        self.assertGreater(at, 3)

    def start_long(self, *arguments):
        """Reads a very large tensor of nothing; returns when the progress on the terminal shows that it has begun."""
        path = self.recipe('huge.gguf', SMALL + f'tensor extra.weight f16 1024x{HUGE_ROWS} bytes=0\n')
        os.truncate(path, os.path.getsize(path) + 2 * 1024 * HUGE_ROWS)
        master, slave = pty.openpty()
        self.addCleanup(os.close, master)
        process = self.start(*arguments, 'huge.gguf', stderr=slave)
        os.close(slave)
        seen = b''
        while b'%' not in seen:
            self.assertTrue(select.select([master], [], [], 60)[0], seen)
            seen += os.read(master, 4096)
        return process

    def interrupt(self, *arguments, number, status):
        process = self.start_long(*arguments)
        process.send_signal(number)
        out, _ = process.communicate(timeout=30)
        self.assertEqual(process.returncode, status)
        return out.decode()

    def test_interrupted(self):
        small = self.small()
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            how = {'number': number, 'status': status}
            self.assertEqual(self.interrupt('stats', **how), '')
            answer = strict(self.interrupt('stats', '--json', **how))
            self.assertNotIn('extra.weight', [tensor['name'] for tensor in answer['tensors']])
            self.assertEqual(self.interrupt('validate', '--deep', small, **how), self.run_it('validate', small))
            answer = strict(self.interrupt('validate', '--deep', '--json', small, **how))
            self.assertEqual([report['path'] for report in answer['reports']], [small])


if __name__ == '__main__':
    main()
