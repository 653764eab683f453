# SPDX-License-Identifier: GPL-3.0-or-later
"""Who a person is on the hub, and what the hub has in the place of their models."""

import os
import pty

from fake_hub import GOOD, NO_ACCESS, FakeHub, Repository
from paddockctl_library_case import LibraryCase
from private_keyring import PrivateKeyring
from tap import main


class HubCase(LibraryCase):
    def setUp(self):
        super().setUp()
        self.hub = self.enterContext(FakeHub())
        self.environment.update({'HF_ENDPOINT': self.hub.endpoint, 'HF_TOKEN': '', 'HUGGING_FACE_HUB_TOKEN': '',
                                 'HF_TOKEN_PATH': '', 'HF_HOME': str(self.home),
                                 'DBUS_SESSION_BUS_ADDRESS': 'disabled:'})
        self.addCleanup(lambda: self.assertEqual(self.hub.sins, []))

    def hub_json(self, *arguments, **options):
        return self.json('hub', *arguments, **options)

    def refuse(self, *arguments, status=1, **options):
        self.run_it('hub', *arguments, status=status, complaints=1, **options)
        return self.err[0]


class WithKeyring(HubCase):
    def setUp(self):
        super().setUp()
        self.environment.update(self.enterContext(PrivateKeyring()).environment)

    def test_login(self):
        self.assertIn('Nobody', self.refuse('whoami'))
        account = {'name': 'good', 'full_name': 'Some One', 'role': 'read', 'token': 'keyring'}
        self.assertEqual(self.hub_json('login', input=f' {GOOD}\n'.encode()), account)
        self.assertEqual(self.hub_json('whoami'), account)
        # What the environment says goes before it, what the hub's own tools keep comes after it.
        (self.home / 'token').write_text(NO_ACCESS)
        self.assertEqual(self.hub_json('whoami')['token'], 'keyring')
        other = self.hub_json('whoami', env={'HF_TOKEN': NO_ACCESS})
        self.assertEqual((other['name'], other['token']), ('noaccess', 'environment'))
        # Another hub does not get it.
        with FakeHub() as mirror:
            self.assertEqual(self.hub_json('whoami', env={'HF_ENDPOINT': mirror.endpoint})['token'], 'file')
        self.run_it('hub', 'logout')
        self.assertEqual(self.hub_json('whoami')['token'], 'file')
        self.run_it('hub', 'logout')

    def test_used(self):
        self.hub.add(Repository('acme/secret-GGUF', {'a-Q4_0.gguf': b'x'}, private=True))
        self.assertIn('hub login', self.refuse('show', 'acme/secret-GGUF'))
        self.run_it('hub', 'login', input=GOOD.encode())
        self.assertEqual(self.hub_json('show', 'acme/secret-GGUF')['id'], 'acme/secret-GGUF')

    def test_wrong(self):
        self.assertIn('does not know', self.refuse('login', input=b'hf_wrong\n'))
        self.assertIn('no token', self.refuse('login', input=b'\n', status=2))
        self.assertIn('no token', self.refuse('login', input=b'hf a\x01b\n', status=2))
        self.assertIn('Nobody', self.refuse('whoami'))

    def test_terminal(self):
        """What is typed is not shown."""
        ours, theirs = pty.openpty()
        process = self.start('hub', 'login', stdin=theirs, stderr=theirs)
        os.close(theirs)
        shown = b''
        while b'Token: ' not in shown:
            shown += os.read(ours, 100)
        os.write(ours, GOOD.encode() + b'\n')
        out, _ = process.communicate(timeout=100)
        try:
            while piece := os.read(ours, 100):
                shown += piece
        except OSError:
            pass
        os.close(ours)
        self.assertEqual((process.returncode, out), (0, b'good\n'), shown)
        self.assertNotIn(GOOD.encode(), shown)


class WithoutKeyring(HubCase):
    """As on a server: nothing unusual, but said."""

    def test_no_bus(self):
        self.assertIn('keyring', self.refuse('login', input=GOOD.encode()))
        self.assertIn('keyring', self.refuse('logout'))
        self.assertIn('Nobody', self.refuse('whoami'))
        (self.home / 'token').write_text(GOOD)
        self.assertEqual(self.hub_json('whoami')['token'], 'file')

    def test_bus_alone(self):
        self.environment.update(self.enterContext(PrivateKeyring(keyring=False)).environment)
        self.assertIn('keyring', self.refuse('login', input=GOOD.encode()))
        self.assertEqual(self.hub_json('whoami', env={'HF_TOKEN': GOOD})['token'], 'environment')


class Updates(HubCase):
    def keep(self, name, revision, files):
        """As the hub's own tools keep what they have fetched."""
        folder = self.home / 'hub' / f'models--{name.replace("/", "--")}'
        for path, content in files.items():
            source = self.model('made-model', tail=content)
            digest = self.digest(source)
            (folder / 'blobs').mkdir(parents=True, exist_ok=True)
            os.rename(source, folder / 'blobs' / digest)
            link = folder / 'snapshots' / revision / path
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(os.path.relpath(folder / 'blobs' / digest, link.parent))
            yield path, (folder / 'blobs' / digest).read_bytes()

    def test_updates(self):
        self.assertEqual(self.hub_json('updates')['updates'], [])
        files = dict(self.keep('acme/tiny-GGUF', '1' * 40, {'tiny-Q4_0.gguf': b'1', 'tiny-Q8_0.gguf': b'2',
                                                            'tiny-Q2_K.gguf': b'3'}))
        list(self.keep('acme/gone-GGUF', '2' * 40, {'gone-Q4_0.gguf': b'4'}))
        changed = files['tiny-Q8_0.gguf'] + b'more'
        tiny = self.hub.add(Repository('acme/tiny-GGUF', {'tiny-Q4_0.gguf': files['tiny-Q4_0.gguf'],
                                                          'tiny-Q8_0.gguf': changed}))
        self.library('scan')
        updates = self.hub_json('updates', '--all')['updates']
        states = sorted((update['repository'], update['state']) for update in updates)
        self.assertEqual(states, [('acme/gone-GGUF', 'unknown'), ('acme/tiny-GGUF', 'changed'),
                                  ('acme/tiny-GGUF', 'gone'), ('acme/tiny-GGUF', 'same')])
        [update] = [update for update in updates if update['state'] == 'changed']
        self.assertEqual((update['commit'], update['new_size'], update['revision']), (tiny.sha, len(changed), '1' * 40))
        self.assertEqual([file['path'] for file in update['changed']], ['tiny-Q8_0.gguf'])
        self.assertEqual(len(self.hub_json('updates')['updates']), 2)
        self.assertIn('another upload', self.run_it('hub', 'updates'))
        # Nothing is taken away.
        self.assertEqual(len(self.models()), 4)


if __name__ == '__main__':
    main()
