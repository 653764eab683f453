# SPDX-License-Identifier: GPL-3.0-or-later
"""Downloads: added by address, watched, paused, cancelled and taken back, and in the library when they are done."""

import fcntl
import hashlib
import json
import re
import signal
import subprocess
from pathlib import Path

import tap
from fake_hub import GOOD, FakeHub, Repository
from file_server import Fault, File, FileServer
from private_session import end
from ui_test import MODEL, PROGRAM, UiTest

LARGE = MODEL + 'tensor blk.0.ffn_up.weight f16 1024x2048\ntensor blk.1.ffn_up.weight f16 1024x2048\n'
SUPPORT = Path(__file__).resolve().parent.parent / 'support'
SLOW = 250_000                 # bytes a second of each connection


class Downloads(UiTest):

    def setUp(self):
        super().setUp()
        self.server = self.enterContext(FileServer())
        self.hub = self.enterContext(FakeHub())
        self.addCleanup(lambda: self.assertEqual(self.hub.sins, []))

    def content(self, name, recipe=LARGE):
        return self.write(f'source/{name}', recipe.replace('Tiny Test', name.removesuffix('.gguf'))).read_bytes()

    def offer(self, name, *faults, recipe=LARGE):
        file = File(self.content(name, recipe))
        file.faults = list(faults)
        self.server.files[f'/{name}'] = file
        return self.server.url(f'/{name}')

    def open(self, home, **environment):
        return self.start(home=home, environment={'HF_ENDPOINT': self.hub.endpoint, 'GIO_USE_NETWORK_MONITOR': 'base',
                                                  'no_proxy': '127.0.0.1,localhost', **environment})

    def go(self, app):
        app.find('label', 'Downloads').click()

    def add(self, app, text, key=None):
        if key:
            app.key(key)
        else:
            app.press('button', 'Add by Address…')
        entry = app.find('text', 'Address')
        app.type(text)
        app.wait(lambda: entry.text == text, 'the address')
        app.press('button', 'Download')
        app.wait_gone('text', 'Address')

    def row(self, app, name):
        return app.find('list item', name)

    def home(self, name):
        return Path(self.desktop.make_home(name)['HOME'])

    def records(self, home):
        folder = home / 'data/paddock/models/metadata'
        return [json.loads(path.read_text()) for path in folder.glob('*.json')]

    def test_one(self):
        home = self.home('one')
        address = self.offer('slow.gguf')
        self.server.rate = SLOW
        with self.open('one') as app:
            app.resize(1100, 720)
            self.go(app)
            app.find('label', 'No Downloads')
            self.screenshot(app, 'downloads-empty')
            self.add(app, address, 'ctrl+l')
            row = self.row(app, 'slow.gguf')
            bar = app.find('progress bar', 'slow.gguf', within=row)
            app.wait(lambda: bar.value > 0, 'progress')
            app.find('toggle button', 'Activity: 1 running')
            app.press('button', 'Pause', within=row)
            app.find(None, re.compile('^Paused'), within=row)
            self.screenshot(app, 'downloads-paused')
            app.press('button', 'Resume', within=row)
            app.press('button', 'Cancel', within=row)
            app.find('label', 'No Downloads')
            app.press('button', 'Undo')
            row = self.row(app, 'slow.gguf')
            self.server.rate = 0
            app.find(None, re.compile('Verified and in the library'), within=self.row(app, 'slow.gguf'))
            self.screenshot(app, 'downloads-done')
            app.press('button', 'Show the Model', within=self.row(app, 'slow.gguf'))
            app.find('page tab', 'Overview')
            app.wait(lambda: any(record.get('source_url') == address for record in self.records(home)), 'its record')
        path = home / 'data/paddock/models/slow.gguf'
        content = self.server.files['/slow.gguf'].content
        self.assertEqual(path.read_bytes(), content)
        self.assertEqual(sorted(entry.name for entry in path.parent.iterdir() if entry.is_file()), ['slow.gguf'])
        self.assertEqual([record['sha256'] for record in self.records(home)], [hashlib.sha256(content).hexdigest()])

    def test_hub(self):
        """All files of a set, with what was published of them; and after a crash it goes on."""
        home = self.home('hub')
        content = self.content('tiny-Q4_K_M.gguf')
        repository = self.hub.add(Repository('acme/tiny-GGUF', {'tiny-Q4_K_M.gguf': content}))
        self.hub.cdn.rate = SLOW
        app = self.open('hub')
        with app:
            self.go(app)
            self.add(app, 'hf.co/acme/tiny-GGUF:Q4_K_M')
            bar = app.find('progress bar', 'tiny-Q4_K_M.gguf')
            app.wait(lambda: bar.value > 0.02, 'progress')
            self.assertIn('hf://acme/tiny-GGUF@' + repository.sha, (home / 'data/paddock/downloads.json').read_text())
            app.process.send_signal(signal.SIGKILL)
            app.process.wait()
        self.hub.cdn.rate = 0
        with self.open('hub') as app:
            self.go(app)
            app.find(None, re.compile('Verified and in the library'))
            app.wait(lambda: [record.get('revision') for record in self.records(home)] == [repository.sha], 'a record')
            record = self.records(home)[0]
            self.assertEqual(record['source_url'], 'https://huggingface.co/acme/tiny-GGUF')
            self.assertEqual(record['expected_sha256'], hashlib.sha256(content).hexdigest())
            app.press('button', 'Remove From the List')
            app.find('label', 'No Downloads')

    def test_newer(self):
        """The hub has another upload of what the library has: it comes beside the old one, which stays."""
        home = self.home('newer')
        old = self.content('tiny-Q8_0.gguf', MODEL)
        first = self.hub.add(Repository('acme/tiny-GGUF', {'tiny-Q8_0.gguf': old}))
        own = home / 'data/paddock/models'
        with self.open('newer') as app:
            app.resize(1100, 720)
            self.go(app)
            self.add(app, 'hf.co/acme/tiny-GGUF:Q8_0')
            app.find(None, re.compile('Verified and in the library'))
            app.wait(lambda: [record.get('revision') for record in self.records(home)] == [first.sha], 'a record')
            new = self.content('tiny-Q8_0.gguf')
            second = self.hub.add(Repository('acme/tiny-GGUF', {'tiny-Q8_0.gguf': new},
                                             modified='2026-11-20T10:00:00.000Z'))
            self.assertNotEqual(first.sha, second.sha)
            app.press('button', 'Show the Model')
            revision = f'revision {second.sha[:8]}'
            app.find('label', re.compile(f'^A newer upload exists: .* instead of .* · 11/20/.* · {revision}$'))
            self.screenshot(app, 'model-newer')
            app.resize(400, 720)
            self.screenshot(app, 'model-newer-narrow')
            app.press('button', 'Download Beside It')
            app.find(None, re.compile('Verified and in the library'))
            app.wait(lambda: {record.get('revision') for record in self.records(home)} == {first.sha, second.sha},
                     'both')
        self.assertEqual((own / 'acme/tiny-GGUF/tiny-Q8_0.gguf').read_bytes(), old)
        self.assertEqual((own / f'acme/tiny-GGUF@{second.sha[:10]}/tiny-Q8_0.gguf').read_bytes(), new)

    def test_signed_in(self):
        """What the hub refused to a stranger goes on by itself when the person has signed in."""
        home = self.home('signed')
        content = self.content('gated-Q8_0.gguf', MODEL)
        self.hub.add(Repository('acme/gated-GGUF', {'gated-Q8_0.gguf': content}, gated='manual'))
        with self.open('signed') as app:
            self.go(app)
            self.add(app, 'hf.co/acme/gated-GGUF:Q8_0')
            app.find(None, re.compile('wants to know who asks'))
            app.key('ctrl+comma')
            app.press('button', 'Sign In…', within=app.find('dialog', 'Preferences'))
            app.find('password text', 'Token', where=lambda node: 'focused' in node.states)
            app.type(GOOD)
            app.press('button', 'Sign In')
            app.find('label', 'Signed In as good')
            app.key('Escape')
            app.find(None, re.compile('Verified and in the library'))
        self.assertEqual((home / 'data/paddock/models/acme/gated-GGUF/gated-Q8_0.gguf').read_bytes(), content)

    def test_failures(self):
        """What went wrong and what happens next; a file that is another one now begins anew only if that is wanted."""
        changed = File(self.content('other.gguf'))
        waiting = self.offer('waiting.gguf', Fault('status', times=0, status=503))
        gone = self.offer('gone.gguf', Fault('status', times=0, status=410))
        begun = self.offer('begun.gguf')
        with self.open('failures') as app:
            app.resize(1100, 720)
            self.go(app)
            self.add(app, waiting)
            self.add(app, gone)
            app.find(None, re.compile('^The file was removed from the server'), within=self.row(app, 'gone.gguf'))
            app.find(None, re.compile('Trying again'), within=self.row(app, 'waiting.gguf'))
            self.server.rate = SLOW
            self.add(app, begun)
            bar = app.find('progress bar', 'begun.gguf')
            app.wait(lambda: bar.value > 0, 'progress')
            app.press('button', 'Pause', within=self.row(app, 'begun.gguf'))
            app.find(None, re.compile('^Paused'), within=self.row(app, 'begun.gguf'))
            self.server.files['/begun.gguf'] = changed
            self.server.rate = 0
            app.press('button', 'Resume', within=self.row(app, 'begun.gguf'))
            app.find(None, re.compile('^The server’s file is another one now'), within=self.row(app, 'begun.gguf'))
            self.screenshot(app, 'downloads-failures')
            app.resize(400, 720)
            self.screenshot(app, 'downloads-narrow')
            app.press('button', 'Start Over', within=self.row(app, 'begun.gguf'))
            app.find(None, re.compile('Verified and in the library'), within=self.row(app, 'begun.gguf'))

    def test_mirror(self):
        """A file that is gone from where it was is had from elsewhere, as soon as somebody says where."""
        home = self.home('mirror')
        gone = self.offer('gone.gguf', Fault('status', times=0, status=410))
        mirror = self.offer('mirror.gguf')
        self.server.files['/mirror.gguf'] = File(self.server.files['/gone.gguf'].content)
        with self.open('mirror') as app:
            app.resize(1100, 720)
            self.go(app)
            self.add(app, gone)
            row = self.row(app, 'gone.gguf')
            app.find(None, re.compile('^The file was removed from the server'), within=row)
            app.find('toggle button', 'Activity: 1 with a problem')
            app.press('toggle button', 'More', within=row)
            app.press('menu item', 'Add a Mirror…')
            entry = app.find('text', 'Address')
            for text, reason in (('mirror', 'This is no address of a file'), (gone, 'It is had from there already')):
                entry.write(text)
                app.find('label', reason)
            self.screenshot(app, 'downloads-mirror')
            entry.write(mirror)
            app.press('button', 'Add')
            app.find(None, re.compile('Verified and in the library'), within=self.row(app, 'gone.gguf'))
            app.press('toggle button', re.compile('^Activity: '))
            app.find('label', '1 download failed')
        path = home / 'data/paddock/models/gone.gguf'
        self.assertEqual(path.read_bytes(), self.server.files['/gone.gguf'].content)

    def make_list(self, home, count):
        folder = home / 'data/paddock'
        folder.mkdir(parents=True, exist_ok=True)
        names = [f'{number:04}.gguf' for number in range(count)]
        downloads = [{'origin': f'https://example.org/{name}', 'target': str(folder / 'models' / name),
                      'state': 'paused', 'total': 4_000_000_000} for name in names]
        (folder / 'downloads.json').write_text(json.dumps({'version': 1, 'downloads': downloads}))

    def names(self, app):
        return [node.name for node in app.find_all('list item', re.compile(r'^\d+\.gguf$'))]

    def test_many(self):
        """A thousand, and their order."""
        home = self.home('many')
        self.make_list(home, 1000)
        with self.open('many') as app:
            self.go(app)
            self.row(app, '0000.gguf').click()
            app.key('alt+Down')
            app.wait(lambda: self.names(app)[:3] == ['0001.gguf', '0000.gguf', '0002.gguf'], 'another order')
            app.key('alt+Up')
            app.wait(lambda: self.names(app)[:2] == ['0000.gguf', '0001.gguf'], 'the old order')
            app.press('toggle button', 'More', within=self.row(app, '0001.gguf'))
            app.press('menu item', 'Move to the Top')
            app.wait(lambda: self.names(app)[:2] == ['0001.gguf', '0000.gguf'], 'the other one at the top')
            self.screenshot(app, 'downloads-many')
            # No more rows than are to be seen, and some around them.
            self.assertLess(len(self.names(app)), 300)

    def fill_list(self, home):
        """A list with a download in each state that stays as it is."""
        folder = home / 'data/paddock'
        folder.mkdir(parents=True, exist_ok=True)
        downloads = [{'origin': f'https://example.org/a-model-with-a-rather-long-name-{number}-Q4_K_M.gguf',
                      'target': str(folder / f'models/a-model-with-a-rather-long-name-{number}-Q4_K_M.gguf'),
                      'state': 'paused', 'total': 4_000_000_000} for number in range(3)]
        (folder / 'downloads.json').write_text(json.dumps({'version': 1, 'downloads': downloads}))

    def test_looks(self):
        done = self.offer('done.gguf', recipe=MODEL)
        gone = self.offer('gone.gguf', Fault('status', times=0, status=410))
        waiting = self.offer('waiting.gguf', Fault('status', times=0, status=503))
        for name, environment in (('dark', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
                                  ('rtl', {'GTK_DEBUG': 'invert-text-dir'})):
            self.fill_list(self.home(name))
            with self.subTest(name), self.open(name, **environment) as app:
                app.resize(1100, 720)
                self.go(app)
                for address in (done, gone, waiting):
                    self.add(app, address)
                app.find(None, re.compile('Trying again'), within=self.row(app, 'waiting.gguf'))
                app.find(None, re.compile('Verified and in the library'), within=self.row(app, 'done.gguf'))
                self.screenshot(app, f'downloads-{name}')
                app.resize(400, 720)
                self.screenshot(app, f'downloads-{name}-narrow')

    def test_taken(self):
        """Another Paddock takes care of the downloads: that is said, until it does not any more."""
        home = self.home('taken')
        folder = home / 'data/paddock'
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / 'downloads.lock', 'w') as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with self.open('taken') as app:
                app.resize(1100, 720)
                self.go(app)
                app.find('label', 'Another Paddock Takes Care of the Downloads')
                self.screenshot(app, 'downloads-taken')
                app.press('button', 'Try Again')
                app.find('label', 'Another Paddock Takes Care of the Downloads')
                fcntl.flock(lock, fcntl.LOCK_UN)

                def is_open():
                    # A button that is pressed acts a moment later: perhaps the first one has found it free by now.
                    for button in app.find_all('button', 'Try Again'):
                        button.press()
                    return app.has('label', 'No Downloads')

                app.wait(is_open, 'a list that can be used')

    def watch_notices(self):
        """Takes the desktop's notices; returns what prints them."""
        process = self.desktop.spawn(['python3', '-u', '-m', 'dbusmock', '--session', '--template',
                                      'notification_daemon'], stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(end, process)
        subprocess.run(['gdbus', 'wait', '--session', '--timeout', '30', 'org.freedesktop.Notifications'],
                       env=self.desktop.environment, check=True)
        return process.stdout

    def test_drop(self):
        """A link of the hub that is dropped shows what it means; one from elsewhere is downloaded, and whoever looks at
        another window then is told."""
        notices = self.watch_notices()
        self.hub.add(Repository('acme/tiny-GGUF', {'tiny-Q4_K_M.gguf': self.content('tiny-Q4_K_M.gguf')}))
        address = self.offer('dropped.gguf', recipe=MODEL)
        with self.open('drop') as app:
            app.resize(1100, 720)
            with app.dragging(f'{self.hub.endpoint}/acme/tiny-GGUF'):
                app.find('label', 'Follow the link')
            app.find('button', 'Download Q4_K_M')
            with app.dragging(address):
                app.find('label', 'Follow the link')
            app.find(None, re.compile('Verified and in the library'), within=self.row(app, 'dropped.gguf'))
            notice = next(line for line in notices if ' Notify ' in line)
            for words in ('"Download Finished"', '"dropped.gguf"', '"Show"'):
                self.assertIn(words, notice)

    def answer_notice(self, notice, label):
        """Presses a button of the first notice."""
        actions = re.findall(r'"([^"]*)"', notice)
        action = actions[actions.index(label) - 1]
        subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.Notifications',
                        '--object-path', '/org/freedesktop/Notifications',
                        '--method', 'org.freedesktop.DBus.Mock.EmitSignal', 'org.freedesktop.Notifications',
                        'ActionInvoked', 'us', f'[<uint32 1>, <"{action}">]'],
                       env=self.desktop.environment, check=True, stdout=subprocess.DEVNULL)

    def test_failed(self):
        """Whoever looks at another window is told that a download failed, and may try again from there."""
        notices = self.watch_notices()
        with self.open('failed') as app:
            with app.dragging(self.server.url('/late.gguf')):
                app.find('label', 'Follow the link')
            # The words are in two lines.
            notice = next(line for line in notices if ' Notify ' in line) + next(notices)
            for words in ('"Download Failed"', 'late.gguf', 'no such file', '"Try Again"'):
                self.assertIn(words, notice)
            self.offer('late.gguf')
            self.answer_notice(notice, 'Try Again')
            app.find(None, re.compile('Verified and in the library'), within=self.row(app, 'late.gguf'))

    def start_portal(self, answer):
        """The desktop's answer to whoever wants to go on without a window; returns what prints their reasons."""
        process = self.desktop.spawn(['python3', SUPPORT / 'fake_portal.py', answer], stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(end, process)
        self.assertEqual(process.stdout.readline(), 'ready\n')
        return process.stdout

    def leave(self, app, name):
        """Begins a download that takes long, and closes the window while it goes on."""
        address = self.offer(name)
        self.server.rate = SLOW
        self.go(app)
        self.add(app, address)
        bar = app.find('progress bar', name, within=self.row(app, name))
        app.wait(lambda: bar.value > 0, 'progress')
        app.close_windows()

    def test_without_window(self):
        """What is being downloaded goes on, the person is told, and the program ends with the last download."""
        home = self.home('without')
        reasons = self.start_portal('yes')
        notices = self.watch_notices()
        with self.open('without') as app:
            self.leave(app, 'long.gguf')
            self.assertEqual(reasons.readline(), 'Models are being downloaded\n')
            notice = next(line for line in notices if ' Notify ' in line)
            for words in ('"Downloads Go On"', '"Stop and Quit"'):
                self.assertIn(words, notice)
            app.wait(lambda: not app.windows(), 'no window')
            self.assertFalse((home / 'data/paddock/models/long.gguf').exists())
            self.server.rate = 0
            app.wait_end()
        self.assertEqual((home / 'data/paddock/models/long.gguf').read_bytes(), self.content('long.gguf'))

    def test_window_again(self):
        """Whoever starts it again while it goes on has the window back; whoever quits then, means it."""
        home = self.home('again')
        self.watch_notices()
        with self.open('again') as app:
            self.leave(app, 'long.gguf')
            app.wait(lambda: not app.windows(), 'no window')
            self.desktop.launch(PROGRAM, home='again').wait_end()
            app.find('progress bar', 'long.gguf')
            app.key('ctrl+q')
            app.wait_end()
        self.assertFalse((home / 'data/paddock/models/long.gguf').exists())
        self.assertTrue((home / 'data/paddock/models/.long.gguf.part').exists())

    def test_refused(self):
        """A desktop that wants nothing to go on has its way: the program ends, and what came stays."""
        home = self.home('refused')
        self.start_portal('no')
        notices = self.watch_notices()
        with self.open('refused') as app:
            self.leave(app, 'long.gguf')
            app.wait_end()
        self.assertTrue(any('"Downloads Have Stopped"' in line for line in notices if ' Notify ' in line))
        self.assertTrue((home / 'data/paddock/models/.long.gguf.part').exists())
        with self.open('refused') as app:
            self.go(app)
            self.server.rate = 0
            app.find(None, re.compile('Verified and in the library'), within=self.row(app, 'long.gguf'))


if __name__ == '__main__':
    tap.main()
