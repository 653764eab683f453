# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl hash."""

import hashlib
import os
import pty
import select
import signal
import socket

from paddockctl_case import PaddockctlCase, strict
from tap import main

FILE_MEMBERS = {'path': str, 'sha256': (str, None), 'expected': (str, None), 'matches': (bool, None)}
HUGE = 8 << 30


class Hash(PaddockctlCase):
    def file(self, name, content=b'some bytes\n'):
        path = os.path.join(os.fsencode(self.directory), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as out:
            out.write(content)
        return path, hashlib.sha256(content).hexdigest()

    def test_shape(self):
        path, sha256 = self.file('a.gguf')
        answer = self.json('hash', path)
        self.assertEqual(list(answer), ['files'])
        self.assertMembers(answer['files'][0], FILE_MEMBERS)
        self.assertEqual(answer['files'][0], {'path': os.fsdecode(path), 'sha256': sha256, 'expected': None,
                                              'matches': None, 'source': None})
        self.assertTrue(self.run_it('hash', path).startswith(f'{sha256}  {os.fsdecode(path)}\n'))

    def test_sizes(self):
        for size in (0, 1, 63, 64, 65, 65535, 65536, 65537, 5_000_000):
            path, sha256 = self.file('sized', os.urandom(size))
            self.assertEqual(self.json('hash', path)['files'][0]['sha256'], sha256)

    def test_on_record(self):
        path, sha256 = self.file('a.gguf')
        self.file('SHA256SUMS', f'{sha256}  a.gguf\n'.encode())
        answer = self.json('hash', path)['files'][0]
        self.assertEqual((answer['expected'], answer['matches']), (sha256, True))
        self.run_it('hash', path)

        wrong = '0' * 64
        self.file('SHA256SUMS', f'{wrong}  a.gguf\n'.encode())
        answer = self.json('hash', path, status=1, complaints=0)['files'][0]
        self.assertEqual((answer['expected'], answer['matches'], answer['sha256']), (wrong, False, sha256))
        self.assertIn(wrong, self.run_it('hash', path, status=1, complaints=0))

    def test_cache_of_hugging_face(self):
        content = b'weights'
        sha256 = hashlib.sha256(content).hexdigest()
        self.file(f'blobs/{sha256}', content)
        (self.directory / 'snapshots' / 'main').mkdir(parents=True)
        link = self.directory / 'snapshots' / 'main' / 'model.gguf'
        link.symlink_to(f'../../blobs/{sha256}')
        self.assertTrue(self.json('hash', link)['files'][0]['matches'])
        self.file(f'blobs/{sha256}', b'damaged')
        self.assertFalse(self.json('hash', link, status=1, complaints=0)['files'][0]['matches'])

    def test_several_files(self):
        good = [self.file(f'{number}.gguf', bytes([number])) for number in range(5)]
        answer = self.json('hash', *(path for path, _ in good), 'missing', status=1, complaints=1)
        self.assertEqual([file['sha256'] for file in answer['files']], [sha256 for _, sha256 in good] + [None])
        self.assertMembers(answer['files'][-1], FILE_MEMBERS)
        text = self.run_it('hash', 'missing', *(path for path, _ in good), status=1, complaints=1)
        self.assertEqual(sum(sha256 in text for _, sha256 in good), 5)

    def test_hostile_names(self):
        for name in (b'-rf --help', b'a\nb', b'"\'`$(x)', b'\xff\xfe.gguf', '\u202egguf.x'.encode(), b'\x1b[2J',
                     b' ', b'--json', b'x' * 255):
            with self.subTest(name=name):
                self.file(name)
                self.run_it('hash', '--json', '--', name)
                text = self.run_it('hash', '--', name)
                self.assertPrintable(text)
                self.run_it('hash', '--', name + b'/x', status=1, complaints=1)

    def test_what_is_no_file(self):
        os.mkfifo(self.directory / 'fifo')
        (self.directory / 'loop').symlink_to('loop')
        (self.directory / 'dangling').symlink_to('nowhere')
        listening = socket.socket(socket.AF_UNIX)
        self.addCleanup(listening.close)
        listening.bind(str(self.directory / 'socket'))
        for name in ('fifo', 'loop', 'dangling', 'socket', '.', '/dev/null', '/dev/zero', 'missing', '', 'x' * 5000):
            with self.subTest(name=name[:20]):
                self.run_it('hash', '--', name, status=1, complaints=1)
                self.assertIsNone(self.json('hash', name, status=1, complaints=1)['files'][0]['sha256'])

    def test_not_permitted(self):
        if os.geteuid() == 0:
            return
        path, _ = self.file('secret')
        os.chmod(path, 0)
        self.run_it('hash', path, status=1, complaints=1)

    def start_long(self, *arguments):
        """Hashes eight gigabytes of nothing; returns when the progress on the terminal shows that it has begun."""
        path = self.directory / 'huge'
        with open(path, 'wb') as out:
            out.truncate(HUGE)
        master, slave = pty.openpty()
        self.addCleanup(os.close, master)
        process = self.start('hash', *arguments, path, stderr=slave)
        os.close(slave)
        seen = b''
        while b'%' not in seen:
            self.assertTrue(select.select([master], [], [], 60)[0], seen)
            seen += os.read(master, 4096)
        return process, master

    def test_interrupted(self):
        small, sha256 = self.file('small')
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            for arguments in (['--json'], []):
                process, terminal = self.start_long(*arguments, small)
                process.send_signal(number)
                out, _ = process.communicate(timeout=30)
                self.assertEqual(process.returncode, status)
                self.assertIn(sha256.encode(), out)
                if arguments:
                    self.assertEqual([file['sha256'] for file in strict(out)['files']], [sha256])
                # The progress is gone, and nothing else was said.
                self.assertTrue(os.read(terminal, 65536).endswith(b'\r\x1b[K'))


if __name__ == '__main__':
    main()
