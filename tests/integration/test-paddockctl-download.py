# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl download against a server that does everything wrong that servers do wrong."""

import hashlib
import json
import os
import random
import resource
import signal
import subprocess

from file_server import Fault, File, FileServer
from paddockctl_case import PROGRAM, PaddockctlCase
from tap import main

MIB = 1 << 20
BLOCK = MIB // 4


class DownloadCase(PaddockctlCase):
    def setUp(self):
        super().setUp()
        self.server = self.enterContext(FileServer())
        self.folder = self.directory / 'got'
        self.target = self.folder / 'file.bin'
        self.content = random.Random(7).randbytes(5 * MIB + 12345)
        self.sha256 = hashlib.sha256(self.content).hexdigest()
        self.file = self.server.files['/file.bin'] = File(self.content)
        self.url = self.server.url('/file.bin')

    def start(self, *arguments, url=None, **options):
        environment = self.surroundings()
        environment.pop('SSL_CERT_FILE', None)
        return subprocess.Popen([PROGRAM, 'download', '--json', '--to', self.folder, *arguments, url or self.url],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, **options)

    def finish(self, process):
        """The last event, and the status."""
        out, err = process.communicate(timeout=120)
        self.assertNotIn('CRITICAL', err)
        self.assertNotIn('WARNING', err)
        return json.loads(out.splitlines()[-1]), process.returncode

    def download(self, *arguments, url=None):
        return self.finish(self.start(*arguments, url=url))

    def left(self):
        return sorted(path.name for path in self.folder.iterdir())

    def assert_whole(self, answer, content=None):
        event, status = answer
        self.assertEqual((event['event'], status), ('done', 0), event)
        content = self.content if content is None else content
        self.assertEqual(self.target.read_bytes(), content)
        self.assertEqual(event['sha256'], hashlib.sha256(content).hexdigest())
        self.assertEqual(event['received'], event['total'])
        self.assertEqual(event['verified'], event['total'])
        self.assertEqual(self.left(), [self.target.name])

    def assert_failed(self, answer, code):
        event, status = answer
        self.assertEqual((event['event'], event.get('code'), status), ('failed', code, 1), event)
        self.assertTrue(event['message'])
        self.assertFalse(self.target.exists())


class Plain(DownloadCase):
    def test_whole(self):
        self.assert_whole(self.download())
        # One question tells what there is and brings it.
        for _, headers in self.server.log:
            self.assertEqual(headers['Accept-Encoding'], 'identity')
            self.assertRegex(headers['User-Agent'], r'^Paddock/')

    def test_sizes(self):
        for size in (0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK):
            with self.subTest(size=size):
                self.content = random.Random(size).randbytes(size)
                self.server.files['/file.bin'] = File(self.content)
                self.assert_whole(self.download('--sha256', hashlib.sha256(self.content).hexdigest()))
                self.target.unlink()

    def test_segments(self):
        self.server.rate = 8 * MIB
        for segments in (1, 2, 16):
            with self.subTest(segments=segments):
                self.server.forget()
                self.assert_whole(self.download('--segments', str(segments)))
                self.assertLessEqual(self.server.most_open, segments + 1)
                self.target.unlink()

    def test_slow_connections_become_more(self):
        self.server.rate = 4 * MIB
        self.content = random.Random(8).randbytes(24 * MIB)
        self.server.files['/file.bin'] = File(self.content)
        self.assert_whole(self.download())
        self.assertGreaterEqual(self.server.most_open, 4)

    def test_present(self):
        self.folder.mkdir()
        self.target.write_bytes(self.content)
        event, status = self.download('--sha256', self.sha256)
        self.assertEqual((event['event'], status), ('done', 0))
        self.assertEqual(self.server.log, [])
        self.assertEqual(self.download()[0]['code'], 'exists')
        self.target.write_bytes(b'mine')
        self.assertEqual(self.download('--sha256', self.sha256)[0]['code'], 'exists')
        self.assertEqual(self.target.read_bytes(), b'mine')
        self.assertEqual(self.left(), ['file.bin'])

    def test_usage(self):
        for arguments in (['--sha256', 'abc'], ['--segments', '17'], ['--segments', '-1'], ['--timeout', '-1'],
                          ['--limit-rate', 'fast'], ['--limit-rate', '0'], ['--sha256', self.sha256, self.url],
                          ['--mirror', self.url, self.url]):
            with self.subTest(arguments=arguments):
                process = self.start(*arguments)
                process.communicate()
                self.assertEqual(process.returncode, 2)
        for url in ('nonsense', 'ftp://127.0.0.1/a.gguf', 'http://', 'http:///a', 'http://127.0.0.1/',
                    'http://127.0.0.1/..'):
            with self.subTest(url=url):
                process = self.start(url=url)
                process.communicate()
                self.assertEqual(process.returncode, 1)
        self.assertEqual(self.server.log, [])

    def test_no_server(self):
        with FileServer() as other:
            url = other.url('/file.bin')
        event, status = self.download('--mirror', self.url, url=url)
        self.assert_whole((event, status))

    def test_limit(self):
        self.content = random.Random(9).randbytes(6 * MIB)
        self.server.files['/file.bin'] = File(self.content)
        process = self.start('--limit-rate', '4MiB', '--segments', '4')
        lines = [json.loads(line) for line in process.stdout]
        process.wait()
        rates = [line['rate'] for line in lines if line['event'] == 'progress' and line['rate'] > 0]
        self.assertTrue(rates)
        self.assertLess(max(rates[1:], default=0), 1.2 * 4 * MIB)


class Faults(DownloadCase):
    def test_overcome(self):
        """What is no reason to stop."""
        for fault in (Fault('ignore_range', times=0), Fault('star', times=0), Fault('range_as_whole', times=0),
                      Fault('wrong_start', times=1), Fault('from_begin', times=1, after=1),
                      Fault('full_body', times=0), Fault('wrong_total', times=0), Fault('multipart', times=0),
                      Fault('no_content_range', times=1), Fault('truncate', at=100), Fault('truncate', at=3 * MIB),
                      Fault('reset', at=MIB), Fault('drop', times=2),
                      Fault('status', status=503, times=2), Fault('status', status=500), Fault('close', times=0),
                      Fault('status', status=429, headers=[('Retry-After', '1')]),
                      Fault('status', status=429, headers=[('RateLimit', '"api";r=0;t=0')]),
                      Fault('delay', times=0)):
            for segments in ('1', '4'):
                with self.subTest(fault=fault, segments=segments):
                    fault.met = 0
                    self.file.faults = [fault]
                    self.assert_whole(self.download('--segments', segments, '--sha256', self.sha256))
                    self.target.unlink()

    def test_told(self):
        """What a person has to know."""
        for fault, code in ((Fault('status', status=404, times=0), 'not_found'),
                            (Fault('status', status=410, times=0), 'gone'),
                            (Fault('status', status=403, times=0), 'denied'),
                            (Fault('status', status=401, times=0), 'token'),
                            (Fault('html', times=0), 'not_a_model'),
                            (Fault('gzip', times=0), 'protocol'),
                            (Fault('chunked', times=0), 'protocol')):
            with self.subTest(fault=fault):
                self.file.faults = [fault]
                self.assert_failed(self.download(), code)
                self.file.faults = []
                self.assert_whole(self.download())
                self.target.unlink()

    def test_asked_to_wait_by_another_clock(self):
        """A date is one of the server's clock, not of ours."""
        self.server.skew = 7 * 3600
        self.file.faults = [Fault('status', status=429, later=1)]
        self.assert_whole(self.download())

    def test_empty(self):
        """Of nothing, every hash is right that is not known."""
        self.target = self.folder / 'model.gguf'
        self.server.files['/model.gguf'] = File(b'')
        self.assert_failed(self.download(url=self.server.url('/model.gguf')), 'not_a_model')
        self.assertEqual(self.left(), [])

    def test_too_large(self):
        """For the file system, or for what a program may write."""
        process = self.start(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (MIB, MIB)))
        self.assert_failed(self.finish(process), 'too_large')
        self.assert_whole(self.download())

    def test_wrong_file(self):
        """Of forty gigabytes, no more than the first ones are fetched."""
        self.target = self.folder / 'model.gguf'
        content = b'XXXX' + self.content
        self.server.files['/model.gguf'] = File(content)
        self.server.rate = 4 * MIB
        self.assert_failed(self.download('--segments', '1', url=self.server.url('/model.gguf')), 'not_a_model')
        self.assertEqual(self.left(), [])
        self.assertLess(self.server.sent, 3 * MIB)

    def test_cut_model(self):
        """A model that was cut off where it came from."""
        self.target = self.folder / 'model.gguf'
        content = open(self.small(more=''), 'rb').read()
        for content, code in ((content, None), (content[:-100], 'not_a_model'), (content[:1000], 'not_a_model')):
            self.server.files['/model.gguf'] = File(content)
            answer = self.download(url=self.server.url('/model.gguf'))
            if code is None:
                self.assert_whole(answer, content)
                self.target.unlink()
            else:
                self.assert_failed(answer, code)

    def test_pairs(self):
        kinds = (('ignore_range', {}), ('wrong_start', {}), ('full_body', {}), ('star', {}),
                 ('range_as_whole', {}), ('no_content_range', {}), ('truncate', {'at': 777777}),
                 ('reset', {'at': 400000}), ('drop', {}), ('close', {}), ('status', {'status': 503}),
                 ('status', {'status': 403}), ('html', {}), ('gzip', {}), ('multipart', {}),
                 ('wrong_bytes', {'at': 2 * MIB}), ('wrong_total', {}), ('extra', {'bytes': 10}))
        chance = random.Random(11)
        for run in range(24):
            faults = [Fault(kind, times=chance.choice((1, 2)), after=chance.randrange(4), **values)
                      for kind, values in chance.sample(kinds, 2)]
            with self.subTest(run=run, faults=faults):
                self.file.faults = faults
                event, status = self.download('--sha256', self.sha256, '--segments', chance.choice(('1', '3')))
                if event['event'] != 'done':
                    self.assertEqual(status, 1)
                    self.assertFalse(self.target.exists())
                    self.file.faults = []
                    event, status = self.download('--sha256', self.sha256)
                self.assert_whole((event, status))
                self.target.unlink()


class Verified(DownloadCase):
    def test_flipped_on_the_way(self):
        """A wrong bit, and no more is fetched twice than what is before it, and its stretch."""
        self.content = random.Random(16).randbytes(40 * MIB)
        self.sha256 = hashlib.sha256(self.content).hexdigest()
        self.file = self.server.files['/file.bin'] = File(self.content)
        self.file.faults = [Fault('wrong_bytes', at=3 * MIB)]
        event, status = self.download('--segments', '1', '--sha256', self.sha256)
        self.assert_whole((event, status))
        self.assertLessEqual(event['fetched'], (40 + 16) * MIB)

    def test_flipped_for_ever(self):
        self.file.faults = [Fault('wrong_bytes', times=0, at=3 * MIB)]
        self.assert_failed(self.download('--sha256', self.sha256), 'checksum')
        # Another source has the right byte; what is right already is not thrown away.
        self.server.files['/mirror.bin'] = File(self.content)
        self.assert_whole(self.download('--sha256', self.sha256, '--mirror', self.server.url('/mirror.bin')))

    def test_flipped_without_ranges(self):
        """All of it comes once more, for nothing else can be asked for."""
        self.file.faults = [Fault('ignore_range', times=0), Fault('wrong_bytes', at=3 * MIB)]
        self.assert_whole(self.download('--sha256', self.sha256))

    def test_flipped_and_cut(self):
        """What repairs is interrupted itself."""
        self.file.faults = [Fault('wrong_bytes', at=3 * MIB), Fault('truncate', after=1, times=2, at=MIB)]
        self.assert_whole(self.download('--segments', '1', '--sha256', self.sha256))

    def test_mostly_wrong(self):
        """A server that sent the wrong stretch each time; later it is all right."""
        self.content = random.Random(15).randbytes(48 * MIB)
        self.sha256 = hashlib.sha256(self.content).hexdigest()
        self.server.rate = 24 * MIB
        self.file = self.server.files['/file.bin'] = File(self.content)
        self.file.faults = [Fault('from_begin', times=0)]
        self.assert_failed(self.download('--segments', '4', '--sha256', self.sha256), 'checksum')
        self.file.faults = []
        self.server.rate = 0
        self.assert_whole(self.download('--sha256', self.sha256))

    def test_another_file(self):
        self.assert_failed(self.download('--sha256', 'ab' * 32), 'checksum')

    def test_flipped_on_the_disk(self):
        """Found by its block's checksum, and no more than that block comes again."""
        self.content = random.Random(10).randbytes(40 * MIB)
        self.sha256 = hashlib.sha256(self.content).hexdigest()
        self.file = self.server.files['/file.bin'] = File(self.content)
        self.file.faults = [Fault('status', status=403, times=0, after=1)]
        self.server.rate = 20 * MIB
        process = self.start('--segments', '1', '--sha256', self.sha256)
        for line in process.stdout:
            if json.loads(line)['received'] > 20 * MIB:
                break
        process.send_signal(signal.SIGINT)
        process.communicate()
        self.assertEqual(process.returncode, 130)
        with open(self.folder / '.file.bin.part', 'r+b') as part:
            part.seek(10 * MIB)
            byte = part.read(1)
            part.seek(10 * MIB)
            part.write(bytes([byte[0] ^ 4]))
        self.file.faults = []
        self.server.rate = 0
        event, status = self.download('--segments', '1', '--sha256', self.sha256)
        self.assert_whole((event, status))
        self.assertLess(event['fetched'], 20 * MIB + 16 * MIB)


class Resumed(DownloadCase):
    def setUp(self):
        super().setUp()
        self.content = random.Random(12).randbytes(24 * MIB)
        self.sha256 = hashlib.sha256(self.content).hexdigest()
        self.file = self.server.files['/file.bin'] = File(self.content)

    def interrupt(self, *arguments, at=8 * MIB, how=signal.SIGINT):
        """Begins, and stops in the middle."""
        self.server.rate = 24 * MIB
        process = self.start('--segments', '2', *arguments)
        for line in process.stdout:
            if json.loads(line)['received'] >= at:
                break
        process.send_signal(how)
        process.communicate()
        self.server.rate = 0
        self.assertEqual(self.left(), ['.file.bin.part', '.file.bin.part.journal'])
        return process.returncode

    def test_interrupted(self):
        self.assertEqual(self.interrupt(), 130)
        event, status = self.download('--segments', '1')
        self.assert_whole((event, status))
        self.assertLess(event['fetched'], 17 * MIB)

    def test_killed(self):
        chance = random.Random(13)
        for run in range(12):
            with self.subTest(run=run):
                # What is told is a fifth of a second old: it shall not be done meanwhile.
                self.interrupt(at=chance.randrange(12 * MIB), how=signal.SIGKILL)
                event, status = self.download('--segments', '2')
                self.assert_whole((event, status))
                self.target.unlink()

    def test_other_address(self):
        """A signed address changes; the hash says that it is the same file."""
        self.interrupt('--sha256', self.sha256)
        event, status = self.download('--sha256', self.sha256, url=self.url + '?signature=2')
        self.assert_whole((event, status))
        self.assertLess(event['fetched'], 17 * MIB)

    def test_changed(self):
        """The old stays, and the person is asked."""
        self.interrupt()
        self.server.files['/file.bin'] = File(random.Random(14).randbytes(24 * MIB))
        self.assert_failed(self.download(), 'changed')
        self.assertEqual(self.left(), ['.file.bin.part', '.file.bin.part.journal'])
        self.server.files['/file.bin'] = File(self.content + b'more')
        self.assert_failed(self.download(), 'changed')
        self.server.files['/file.bin'] = self.file
        event, status = self.download()
        self.assert_whole((event, status))
        self.assertLess(event['fetched'], 17 * MIB)

    def test_broken_journal(self):
        for damage in (b'', b'PADDOCKP', os.urandom(20000)):
            with self.subTest(damage=damage[:8]):
                self.interrupt()
                (self.folder / '.file.bin.part.journal').write_bytes(damage)
                self.assert_whole(self.download('--sha256', self.sha256))
                self.target.unlink()

    def test_lost_part(self):
        self.interrupt()
        (self.folder / '.file.bin.part').unlink()
        self.assert_whole(self.download())

    def test_short_part(self):
        self.interrupt()
        os.truncate(self.folder / '.file.bin.part', 3 * MIB + 5)
        event, status = self.download('--segments', '1')
        self.assert_whole((event, status))

    def test_two_at_once(self):
        self.server.rate = 8 * MIB
        first = self.start('--segments', '1')
        first.stdout.readline()
        while not (self.folder / '.file.bin.part').exists():
            self.assertTrue(first.stdout.readline())
        event, status = self.download()
        self.assertEqual((event.get('code'), status), ('locked', 1))
        self.server.rate = 0
        self.assert_whole(self.finish(first))


class Redirected(DownloadCase):
    """The hub's way: an address that leads to a signed one on another server, which expires."""

    def setUp(self):
        super().setUp()
        self.cdn = self.enterContext(FileServer('localhost'))
        self.signature = 1
        self.cdn.files['/blob'] = self.file
        self.server.routes['/file.bin'] = self.resolve
        self.cdn.routes['/signed'] = self.check
        self.linked = True

    def resolve(self, handler):
        headers = [('Location', self.cdn.url(f'/signed?a=%7Cx*~&s={self.signature}')), ('Content-Length', '0')]
        if self.linked:
            headers += [('X-Linked-Size', str(len(self.content))), ('X-Linked-ETag', f'"{self.sha256}"')]
        handler.send_response(302)
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()

    def check(self, handler):
        if handler.path.endswith(f'?a=%7Cx*~&s={self.signature}'):
            with self.cdn.lock:
                faults = [fault for fault in self.file.faults if fault.strikes()]
            handler.send_file(self.file, faults)
        else:
            handler.send_plain(403, 'Auth failed: expired')

    def test_followed(self):
        for self.linked in (True, False):
            self.assert_whole(self.download())
            self.target.unlink()
        # A range on the way could be bound into the signature.
        self.assertTrue(self.server.log)
        for _, headers in self.server.log:
            self.assertNotIn('Range', headers)
        for _, headers in self.cdn.log:
            self.assertIn('Range', headers)
            self.assertNotIn('Authorization', headers)
            self.assertNotIn('Cookie', headers)
            self.assertNotIn('Referer', headers)

    def test_expired(self):
        self.cdn.rate = 8 * MIB
        process = self.start('--segments', '2')
        for line in process.stdout:
            if json.loads(line)['received'] > MIB:
                break
        self.signature = 2
        self.file.faults = [Fault('reset', at=MIB)]
        self.assert_whole(self.finish(process))

    def test_wrong_hash_of_the_hub(self):
        self.sha256 = 'cd' * 32
        self.assert_failed(self.download(), 'checksum')

    def test_circle(self):
        def circle(handler):
            handler.send_response(302)
            handler.send_header('Location', self.url)
            handler.send_header('Content-Length', '0')
            handler.end_headers()
        self.server.routes['/file.bin'] = circle
        self.assert_failed(self.download(), 'protocol')


if __name__ == '__main__':
    main()
