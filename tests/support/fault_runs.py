# SPDX-License-Identifier: GPL-3.0-or-later
"""Downloads from a hub with something wrong about it, each judged: the file is whole, or what happened is said and what
came is continued once it is over. Never a wrong file, a token where it does not belong, or no end."""

import concurrent.futures
import hashlib
import json
import os
import random
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from fake_hub import GOOD, FakeHub, Repository
from fault_switches import DONE, MIB, SWITCHES

SIZE = 6 * MIB
# A connection counts as dead after so long; and a run that has not ended after so long, has no end.
STALL_SECONDS = 1
LONGEST_SECONDS = 120
# Blocks that a stop leaves half received, of as many connections as there are here, come again.
TWICE = 4 * (MIB // 4)
# What was received is wrong then, or unknown: more of it may come again. The same after what spoils bytes unseen.
STARTING_OVER = ('checksum', 'not_a_model', 'changed', None)
SPOILING = ('wrong_bytes', '206_from_begin')


class Turn(NamedTuple):
    """One switch of a plan."""

    name: str
    times: int
    after: int

    def __str__(self):
        return f'{self.name}({"always" if self.times == 0 else self.times}, after {self.after})'


class Plan(NamedTuple):
    turns: tuple
    segments: int
    rate: int
    token: str | None

    def __str__(self):
        return (f'{" and ".join(map(str, self.turns))}, {self.segments or "any"} connections, '
                f'{self.rate // MIB or "any"} MiB/s{", a token" if self.token else ""}')


class Verdict(NamedTuple):
    plan: Plan
    problem: str | None         # what must not be
    ending: str                 # DONE, or the code of the failure
    seconds: float


def plan_alone(name, times, chance):
    return Plan((Turn(name, times, chance.choice((0, 0, 1)) if times else 0),), chance.choice((0, 1, 4)),
                chance.choice((0, 8 * MIB)), chance.choice((None, GOOD)))


def plan_pair(chance):
    turns = tuple(Turn(name, chance.choice((0, 1, 1, 2, 5)), chance.randrange(4))
                  for name in chance.sample(sorted(SWITCHES), 2))
    return Plan(turns, chance.choice((0, 1, 4)), chance.choice((0, 8 * MIB)), chance.choice((None, GOOD)))


def make_plans(runs, seed):
    """Each switch alone, always on and once; then pairs."""
    chance = random.Random(seed)
    alone = [plan_alone(name, times, chance) for name in SWITCHES for times in (0, 1)]
    return [*alone, *(plan_pair(chance) for _ in range(runs - len(alone)))][:runs]


class Run:
    """One plan. model: the begin of a file, with a header that is sound."""

    def __init__(self, program, model, plan):
        self.program, self.plan, self.content = program, plan, model
        self.sha256 = hashlib.sha256(model).hexdigest()
        self.started = time.monotonic()

    def play(self):
        with tempfile.TemporaryDirectory(prefix='paddock-fault-') as directory, FakeHub() as self.hub:
            self.directory = Path(directory)
            self.folder = self.directory / 'got'
            self.target = self.folder / 'tiny-Q8_0.gguf'
            files = {'README.md': b'# Tiny', 'tiny-Q4_0.gguf': self.content[:2000], 'tiny-Q8_0.gguf': self.content}
            self.repository = self.hub.add(Repository('acme/tiny-GGUF', files))
            self.hub.page = 2
            self.hub.cdn.rate = self.hub.hub.rate = self.plan.rate
            for turn in self.plan.turns:
                SWITCHES[turn.name].turn_on(self.hub, self.repository, turn.times, turn.after)
            ending, problem = self.try_it()
            return Verdict(self.plan, problem, ending, time.monotonic() - self.started)

    def start(self):
        environment = {**os.environ, 'LC_ALL': 'C.UTF-8', 'HF_ENDPOINT': self.hub.endpoint,
                       'GIO_USE_PROXY_RESOLVER': 'dummy', 'HF_HOME': str(self.directory),
                       'DBUS_SESSION_BUS_ADDRESS': 'disabled:', 'PADDOCK_DATA_DIR': str(self.directory / 'data'),
                       'PADDOCK_CACHE_DIR': str(self.directory / 'cache')}
        for name in ('SSL_CERT_FILE', 'HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN', 'HF_TOKEN_PATH'):
            environment.pop(name, None)
        if self.plan.token:
            environment['HF_TOKEN'] = self.plan.token
        return subprocess.Popen([self.program, 'download', '--json', '--to', self.folder,
                                 '--timeout', str(STALL_SECONDS), '--segments', str(self.plan.segments),
                                 'acme/tiny-GGUF:Q8_0'],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)

    def download(self):
        """The last event, the status and what was complained of. The status None: there was no end."""
        process = self.start()
        try:
            out, err = process.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            return json.loads(out.splitlines()[-1]) if out else {}, None, err
        return json.loads(out.splitlines()[-1]) if out else {}, process.returncode, err

    def try_it(self):
        """How it ended, and what is wrong with that."""
        event, status, err = self.download()
        ending = DONE if status == 0 else event.get('code')
        problem = self.judge(event, status, err) or self.judge_alone(ending)
        if problem is None and status != 0:
            problem = self.resume(event, ending)
        return ending, problem or self.find_leak(err)

    def judge(self, event, status, err):
        if status is None:
            return f'no end after {LONGEST_SECONDS} s: {event}'
        if status not in (0, 1) or 'CRITICAL' in err or 'WARNING' in err:
            return f'ended with {status}: {err}'
        if status == 0:
            return self.judge_whole(event)
        if self.target.exists():
            return f'failed, and there is a file of {self.target.stat().st_size} bytes'
        if not err.startswith('paddockctl: ') or (event and not (event.get('code') and event.get('message'))):
            return f'failed without words: {event} {err}'
        return None

    def judge_whole(self, event):
        if not self.target.exists():
            return f'done, and there is no file: {event}'
        if hashlib.sha256(self.target.read_bytes()).hexdigest() != self.sha256:
            return 'a wrong file under the right name'
        left = sorted(path.name for path in self.folder.iterdir())
        if event.get('event') != 'done' or event['sha256'] != self.sha256 or left != [self.target.name]:
            return f'done, and said {event}, and left {left}'
        return None

    def judge_alone(self, ending):
        """A switch that is always on has one right outcome; one that is off again soon is overcome where that goes."""
        if len(self.plan.turns) > 1:
            return None
        outcomes = SWITCHES[self.plan.turns[0].name].outcomes
        if ending in outcomes or (self.plan.turns[0].times and ending == DONE):
            return None
        return f'ended with {ending}, not with {" or ".join(map(str, outcomes))}'

    def resume(self, before, ending):
        """Nothing is wrong any more."""
        self.hub.heal()
        event, status, err = self.download()
        if status != 0:
            return f'after {ending} it was not continued: {event} {err}'
        problem = self.judge_whole(event)
        spoilt = ending in STARTING_OVER or any(turn.name in SPOILING for turn in self.plan.turns)
        if problem is None and not spoilt:
            missing = len(self.content) - before.get('received', 0)
            if event['fetched'] > missing + TWICE:
                return f'after {ending} {missing} bytes were missing, and {event["fetched"]} came'
        return problem

    def find_leak(self, err):
        sins = self.hub.find_sins()
        if sins:
            return f'must not be: {sins[0]}'
        secrets = [b'Signature=', *([self.plan.token.encode()] if self.plan.token else [])]
        kept = [path.read_bytes() for path in self.directory.rglob('*') if path.is_file() and path != self.target]
        if any(secret in text for secret in secrets for text in [err.encode(), *kept]):
            return 'a token or a signature was told or kept'
        return None


def play_all(program, model, plans, workers, tell=None):
    """Most of their time they wait: many at once. Verdicts in the order of the plans."""
    content = model + random.Random(5).randbytes(SIZE - len(model))
    verdicts = []
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for verdict in pool.map(lambda plan: Run(program, content, plan).play(), plans):
            verdicts.append(verdict)
            if tell is not None:
                tell(verdict)
    return verdicts
