# SPDX-License-Identifier: GPL-3.0-or-later
"""A private display and session bus, and what a program shows there: bench-agent.c looks at it from inside."""

import contextlib
import os
import statistics
import subprocess
import time


class NoFrame(Exception):
    """The program ended, or took too long, before it did what it was to do."""


@contextlib.contextmanager
def running(*command, **options):
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def display(home):
    """An environment with nothing of the person's own desktop in it."""
    read_end, write_end = os.pipe()
    with running('Xvfb', '-displayfd', str(write_end), '-screen', '0', '1280x800x24', '-nolisten', 'tcp',
                 pass_fds=[write_end], stdout=subprocess.DEVNULL):
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            number = pipe.readline().strip()
        with running('dbus-daemon', '--session', '--nofork', '--print-address', stdout=subprocess.PIPE,
                     text=True) as bus:
            address = bus.stdout.readline().strip()
            environment = {name: value for name, value in os.environ.items() if name != 'WAYLAND_DISPLAY'}
            yield environment | {
                'DISPLAY': f':{number}',
                'DBUS_SESSION_BUS_ADDRESS': address,
                'GDK_BACKEND': 'x11',
                'GSK_RENDERER': 'cairo',
                'GSETTINGS_BACKEND': 'memory',
                'HOME': home,
                'XDG_CACHE_HOME': f'{home}/cache',
                'XDG_CONFIG_HOME': f'{home}/config',
                'XDG_DATA_HOME': f'{home}/data',
                'XDG_RUNTIME_DIR': home,
            }


class Stage:
    """Where programs are shown, by an agent that is loaded before them."""

    def __init__(self, environment, agent, scratch):
        self.environment = environment
        self.agent = agent
        self.scratch = scratch

    def play(self, command, steps, limit=60, **variables):
        """The figures of the steps, by their names; times are in seconds from the start of the process."""
        answer = f'{self.scratch}/answer'
        with contextlib.suppress(FileNotFoundError):
            os.unlink(answer)
        environment = self.environment | variables | {'LD_PRELOAD': self.agent, 'BENCH_ANSWER': answer,
                                                      'BENCH_STEPS': ','.join(steps)}
        start = time.monotonic()
        try:
            process = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=limit,
                                     env=environment)
        except subprocess.TimeoutExpired as late:
            raise NoFrame(f'{command[0]} did not come through {", ".join(steps)} within {limit} s') from late
        if not os.path.exists(answer):
            said = process.stderr.strip().split('\n')[-1]
            raise NoFrame(f'{command[0]} ended with {process.returncode} before the end of {", ".join(steps)}: {said}')
        with open(answer) as file:
            figures = {name: float(value) for name, value in (line.split() for line in file)}
        return {name: value - start if name.endswith('.at') else value for name, value in figures.items()}

    def compare(self, ours, bare, step='frame', runs=11, **variables):
        """Medians of the figures of the last frame of ours, and of the bare window's first; measured in turns, and
        the first of each only warms the caches."""
        samples = {'ours': [], 'bare': []}
        for _ in range(runs + 1):
            samples['bare'].append(self.play(bare, ['frame']))
            samples['ours'].append(self.play(ours, [step], **variables))

        def median(who, name):
            return statistics.median(sample[name] for sample in samples[who][1:])

        return {name: (median('ours', f'{step}.{name}'), median('bare', f'frame.{name}'))
                for name in ('at', 'resident')}
