# SPDX-License-Identifier: GPL-3.0-or-later
"""A private display and session bus, and the time from starting a program there to its first frame."""

import contextlib
import os
import statistics
import subprocess
import time


class NoFrame(Exception):
    """The program ended, or took too long, without showing anything."""


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


def first_frame(environment, preload, scratch, command):
    """Seconds from the start of the process to the end of its first frame."""
    answer = f'{scratch}/first-frame'
    with contextlib.suppress(FileNotFoundError):
        os.unlink(answer)
    start = time.monotonic_ns()
    try:
        process = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30,
                                 env=environment | {'LD_PRELOAD': preload, 'BENCH_FIRST_FRAME': answer})
    except subprocess.TimeoutExpired as late:
        raise NoFrame(f'{command[0]} showed no window within 30 s') from late
    if not os.path.exists(answer):
        said = process.stderr.strip().split('\n')[-1]
        raise NoFrame(f'{command[0]} ended with {process.returncode} before it showed a window: {said}')
    with open(answer) as file:
        return int(file.read()) / 1e6 - start / 1e9


def compare_first_frames(environment, preload, scratch, ours, bare, runs=11):
    """Medians, measured in turns; the first of each only warms the caches."""
    samples = {'ours': [], 'bare': []}
    for _ in range(runs + 1):
        samples['bare'].append(first_frame(environment, preload, scratch, bare))
        samples['ours'].append(first_frame(environment, preload, scratch, ours))
    return statistics.median(samples['ours'][1:]), statistics.median(samples['bare'][1:])
