# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl hardware: this computer, and others that are trees of files."""

import os
import pathlib
import subprocess

from paddockctl_case import PaddockctlCase
from tap import main

TREE = os.environ['PADDOCK_MACHINE_TREE']
MACHINES = sorted(path.stem for path in (pathlib.Path(os.environ['G_TEST_SRCDIR']) / 'data/machines').glob('*.machine'))

NUMBER = (int, float, None)
TEXT = (str, None)
PROCESSOR = {'name': TEXT, 'architecture': TEXT, 'sockets': NUMBER, 'cores': NUMBER, 'performance_cores': NUMBER,
             'efficiency_cores': NUMBER, 'threads': NUMBER, 'smt': NUMBER, 'allowed': NUMBER, 'quota': NUMBER,
             'features': list, 'caches': list, 'source': dict}
MEMORY = {'total': NUMBER, 'available': NUMBER, 'limit': NUMBER, 'swap_total': NUMBER, 'swap_free': NUMBER,
          'swap_compressed': NUMBER, 'bandwidth': NUMBER, 'nodes': list, 'huge_pages': list, 'source': dict}
DEVICE = {'id': str, 'name': TEXT, 'kind': str, 'driver': TEXT, 'total': NUMBER, 'free': NUMBER, 'shared': NUMBER,
          'bandwidth': NUMBER, 'source': dict}
DISK = {'path': str, 'filesystem': TEXT, 'total': NUMBER, 'free': NUMBER, 'reflink': (bool, None),
        'rotational': (bool, None), 'source': dict}
ENGINE = {'path': str, 'version': TEXT, 'backends': list, 'source': dict}


class Hardware(PaddockctlCase):
    def machine(self, name):
        root = self.directory / name
        root.mkdir()
        subprocess.run([TREE, name, root], check=True, stdout=subprocess.DEVNULL)
        return str(root)

    def assertSourced(self, part):
        """Every number that is known says where it comes from."""
        for name, value in part.items():
            if isinstance(value, (int, float)) and not isinstance(value, bool) and name not in ('id', 'size'):
                self.assertIsInstance(part['source'].get(name), str, name)

    def assertHardware(self, answer):
        self.assertMembers(answer, {'processor': dict, 'memory': dict, 'devices': list, 'disks': list,
                                    'engine': (dict, None), 'notes': list, 'taken_at': int})
        self.assertMembers(answer['processor'], PROCESSOR)
        self.assertMembers(answer['memory'], MEMORY)
        for device in answer['devices']:
            self.assertMembers(device, DEVICE)
        for disk in answer['disks']:
            self.assertMembers(disk, DISK)
        if answer['engine']:
            self.assertMembers(answer['engine'], ENGINE)
        for note in answer['notes']:
            self.assertMembers(note, {'code': str, 'text': str})
        for part in [answer['processor'], answer['memory'], *answer['memory']['nodes'], *answer['memory']['huge_pages'],
                     *answer['devices'], *answer['disks']]:
            self.assertSourced(part)

    def test_this_computer(self):
        answer = self.json('hardware')
        self.assertHardware(answer)
        self.assertGreater(answer['memory']['total'], 0)
        self.assertGreater(answer['processor']['threads'], 0)
        self.assertLessEqual(answer['memory']['available'], answer['memory']['total'])
        text = self.run_it('hardware')
        self.assertPrintable(text)
        self.assertIn('/proc/meminfo MemTotal', text)

    def test_other_computers(self):
        for name in MACHINES:
            with self.subTest(machine=name):
                root = self.machine(name)
                self.assertHardware(self.json('hardware', '--root', root))
                self.assertPrintable(self.run_it('hardware', '--root', root))

    def test_what_a_machine_has(self):
        answer = self.json('hardware', '--root', self.machine('container-v2'))
        self.assertEqual(answer['sandbox'], 'container')
        self.assertEqual(answer['memory']['limit'], 16 << 30)
        self.assertEqual(answer['memory']['source']['limit'], '/sys/fs/cgroup/memory.max')
        self.assertEqual(answer['processor']['quota'], 3.5)
        self.assertEqual(answer['processor']['allowed'], 8)
        self.assertIn('memory-limit', [note['code'] for note in answer['notes']])
        answer = self.json('hardware', '--root', self.machine('silent'))
        self.assertIsNone(answer['memory']['total'])
        self.assertIsNone(answer['engine'])
        self.assertEqual(answer['disks'], [])

    def test_measured(self):
        """What was measured is told with its date, at that time and later."""
        self.run_it('hardware', '--measure', '--root', str(self.directory), status=2, complaints=1)
        self.json('hardware', '--measure')
        memory = self.json('hardware')['memory']
        self.assertGreater(memory['bandwidth'], 0)
        self.assertRegex(memory['source']['bandwidth'], r'^measured \d{4}-\d\d-\d\d$')

    def test_wrong_use(self):
        self.run_it('hardware', 'FILE', status=2, complaints=1)
        self.run_it('hardware', '--root', str(self.directory / 'nowhere'), status=1, complaints=1)


if __name__ == '__main__':
    main()
