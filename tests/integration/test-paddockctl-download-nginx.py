# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl download from nginx: over TLS with authorities of one's own, and where each connection is held back."""

import hashlib
import json
import random
import subprocess

from nginx_server import NginxServer
from paddockctl_case import PROGRAM, PaddockctlCase
from tap import main

MIB = 1 << 20


class NginxCase(PaddockctlCase):
    def setUp(self):
        super().setUp()
        self.served, self.folder = self.directory / 'served', self.directory / 'got'
        self.served.mkdir()
        self.content = random.Random(3).randbytes(6 * MIB + 777)
        (self.served / 'file.bin').write_bytes(self.content)

    def serve(self, limit=None):
        return self.enterContext(NginxServer(self.served, self.directory / 'nginx', limit))

    def run_program(self, authorities, *arguments, **more):
        environment = self.surroundings(more)
        environment.pop('SSL_CERT_FILE', None)
        if authorities is not None:
            environment['SSL_CERT_FILE'] = str(authorities)
        ended = subprocess.run([PROGRAM, *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                               text=True, timeout=100)
        self.assertNotRegex(ended.stderr, 'CRITICAL|WARNING')
        return ended

    def download(self, address, authorities=None):
        """Every event, and the status."""
        ended = self.run_program(authorities, 'download', '--json', '--to', self.folder, f'{address}/file.bin')
        return [json.loads(line) for line in ended.stdout.splitlines()], ended.returncode

    def assert_whole(self, events, status):
        self.assertEqual((events[-1]['event'], status), ('done', 0), events[-1])
        self.assertEqual(events[-1]['sha256'], hashlib.sha256(self.content).hexdigest())
        self.assertEqual((self.folder / 'file.bin').read_bytes(), self.content)
        self.assertEqual([path.name for path in self.folder.iterdir()], ['file.bin'])

    def test_plain(self):
        self.assert_whole(*self.download(self.serve().address))

    def test_own_authority(self):
        server = self.serve()
        self.assert_whole(*self.download(server.safe_address, server.authorities))

    def test_nobody_vouches(self):
        events, status = self.download(self.serve().safe_address)
        self.assertEqual((events[-1]['event'], events[-1]['code'], status), ('failed', 'tls', 1))
        self.assertFalse((self.folder / 'file.bin').exists())

    def test_no_authorities(self):
        """Nobody is trusted instead of those that cannot be read."""
        events, status = self.download(self.serve().safe_address, self.directory / 'missing.pem')
        self.assertEqual((events[-1]['event'], events[-1]['code'], status), ('failed', 'tls', 1))
        self.assertIn('missing.pem', events[-1]['message'])

    def test_another_name(self):
        """The certificate is trusted, and is for another server."""
        server = self.serve()
        events, status = self.download(server.safe_address.replace('localhost', '127.0.0.2'), server.authorities)
        self.assertEqual((events[-1]['event'], events[-1]['code'], status), ('failed', 'tls', 1))

    def test_hub(self):
        """The same authorities are asked about the hub."""
        server = self.serve()
        answers = [self.run_program(authorities, 'hub', 'files', 'acme/tiny', HF_ENDPOINT=server.safe_address).stderr
                   for authorities in (server.authorities, None, self.directory / 'missing.pem')]
        self.assertIn('404', answers[0])
        self.assertIn('certificate', answers[1])
        self.assertIn('missing.pem', answers[2])

    def test_held_back(self):
        """Several connections are faster then, which is found out."""
        events, status = self.download(self.serve('1m').address)
        self.assert_whole(events, status)
        self.assertGreater(max(event['connections'] for event in events), 1)


if __name__ == '__main__':
    main()
