# SPDX-License-Identifier: GPL-3.0-or-later
"""Downloads that are disturbed: by servers that do what servers do wrong, by being killed, by bits that flip."""

import collections
import hashlib
import json
import mmap
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import bench_files
import fault_runs
from bench_tools import Row, command
from fault_switches import SWITCHES
from file_server import Fault, File, FileServer

MIB = 1 << 20
# So much may have to come twice.
MOST_TWICE = 16_000_000
OPTIONS = {'runs': None, 'seed': 1}
WORKERS = 24


def note(text):
    print(text, file=sys.stderr, flush=True)


def bench_faults(scratch):
    runs, seed = OPTIONS['runs'] or 500, OPTIONS['seed']
    model = Path(scratch) / 'model.gguf'
    bench_files.write_small_model(model)
    plans = fault_runs.make_plans(runs, seed)
    verdicts = fault_runs.play_all(command('paddockctl'), model.read_bytes(), plans, WORKERS,
                                   lambda verdict: verdict.problem and note(f'{verdict.plan}: {verdict.problem}'))
    problems = sum(verdict.problem is not None for verdict in verdicts)
    endings = collections.Counter(str(verdict.ending or 'refused') for verdict in verdicts)
    shown = ', '.join(f'{count} {ending}' for ending, count in endings.most_common())
    longest = max(verdicts, key=lambda verdict: verdict.seconds)
    return [Row(f'downloads-faults: {len(SWITCHES)} switches alone, then pairs, seed {seed}',
                f'{len(verdicts)} runs', shown, f'{problems} wrong', '0 wrong', problems == 0),
            Row('', f'{longest.seconds:.0f} s', f'the longest: {longest.plan}', '',
                f'<= {2 * fault_runs.LONGEST_SECONDS} s', longest.seconds <= 2 * fault_runs.LONGEST_SECONDS)]


class Victim:
    """A download from a server that counts."""

    def __init__(self, scratch, server, content, sha256):
        self.folder, self.sha256 = Path(scratch) / 'got', sha256
        server.files['/file.bin'] = self.file = File(content)
        self.url = server.url('/file.bin')
        self.target, self.part = self.folder / 'file.bin', self.folder / '.file.bin.part'

    def start(self, *options):
        return subprocess.Popen([command('paddockctl'), 'download', '--json', '--to', self.folder,
                                 '--sha256', self.sha256, *options, self.url], stdout=subprocess.PIPE, text=True,
                                env={**os.environ, 'GIO_USE_PROXY_RESOLVER': 'dummy'})

    def finish(self, *options):
        process = self.start(*options)
        out = process.communicate()[0]
        assert process.returncode == 0, out
        with open(self.target, 'rb') as file:
            assert hashlib.file_digest(file, 'sha256').hexdigest() == self.sha256, 'another file'
        assert [path.name for path in self.folder.iterdir()] == [self.target.name]

    def clear(self):
        if self.folder.exists():
            for path in self.folder.iterdir():
                path.unlink()


def kill_once(victim, server, chance):
    """How many bytes came twice for one kill; None: it was done before that."""
    server.forget()
    victim.clear()
    process = victim.start('--segments', '4')
    try:
        process.wait(timeout=chance.uniform(0.01, 0.4))
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    if process.returncode != -signal.SIGKILL:
        return None
    assert not victim.target.exists()
    victim.finish('--segments', '4')
    return server.sent - len(victim.file.content)


def bench_kills(scratch):
    """Each kill is of a download of its own; bytes are counted where they are sent, also those that nobody took."""
    kills, chance = OPTIONS['runs'] or 200, random.Random(OPTIONS['seed'])
    content = chance.randbytes(48 * MIB)
    twice = []
    with FileServer(rate=40 * MIB) as server:
        victim = Victim(scratch, server, content, hashlib.sha256(content).hexdigest())
        while len(twice) < kills:
            bytes_twice = kill_once(victim, server, chance)
            if bytes_twice is not None:
                twice.append(bytes_twice)
    middle = sorted(twice)[len(twice) // 2]
    return [Row(f'downloads-kills: {kills} kills in 48 MiB over 4 connections', 'identical every time',
                f'{middle / 1e6:.1f} MB come twice', f'{max(twice) / 1e6:.1f} MB at the most', '<= 16 MB',
                max(twice) <= MOST_TWICE)]


def flip(path, place):
    with open(path, 'r+b') as file:
        file.seek(place)
        byte = file.read(1)
        file.seek(place)
        file.write(bytes([byte[0] ^ 1]))


def flip_on_disk(victim, server):
    """In the middle of what an interrupted run left."""
    size = len(victim.file.content)
    server.rate = 400 * MIB
    process = victim.start('--segments', '1')
    for line in process.stdout:
        if json.loads(line)['received'] > size * 3 // 4:
            break
    process.send_signal(signal.SIGINT)
    process.communicate()
    server.rate = 0
    flip(victim.part, size // 2)
    victim.finish('--segments', '1')


def flip_on_the_way(victim, _server):
    victim.file.faults = [Fault('wrong_bytes', at=len(victim.file.content) // 2)]
    victim.finish('--segments', '1')


def bench_repair(scratch):
    path, rows = Path(scratch) / 'served', []
    bench_files.write_noise(path, 1 << 30)
    with open(path, 'rb') as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as content, FileServer() as server:
        victim = Victim(scratch, server, content, hashlib.file_digest(file, 'sha256').hexdigest())
        for what, spoil in (('on the disk', flip_on_disk), ('on the way, unseen by anybody', flip_on_the_way)):
            server.forget()
            victim.clear()
            spoil(victim, server)
            more = server.sent - len(content)
            rows.append(Row(f'downloads-repair: a bit of 1 GiB flips {what}', f'{more / 1e6:.1f} MB',
                            'sent once more', '', '<= 16 MB', more <= MOST_TWICE))
        victim.clear()
    return rows
