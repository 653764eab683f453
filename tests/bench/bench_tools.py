# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benchmarks have in common: programs that print figures, and the rows that are told."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

BUILD = Path(os.environ.get('MESON_PROJECT_BUILD_ROOT') or Path(__file__).resolve().parents[2] / '_build')
PROGRAMS = BUILD / 'tests' / 'bench'


class Skip(Exception):
    """A fact about this machine or build that makes a measurement impossible."""


class Row(NamedTuple):
    what: str
    ours: str
    peer: str
    ratio: str
    target: str
    met: bool | None = None
    of_copying: str = ''


def program(name):
    path = PROGRAMS / f'bench-{name}'
    if not path.exists():
        raise Skip(f'bench-{name} is not built here')
    return str(path)


def command(name):
    path = shutil.which(name)
    if not path:
        raise Skip(f'{name} is not on the path')
    return path


def figures(*arguments, **environment):
    """What a program of ours prints: lines of a name and a number."""
    output = subprocess.run(arguments, check=True, capture_output=True, text=True,
                            env={**os.environ, **environment}).stdout
    return {name: float(value) for name, value in (line.split() for line in output.splitlines())}


def process(warm, runs, *arguments, **environment):
    """What it costs to run a program: `seconds`, seconds of the `processor`, bytes `resident` at the most."""
    return figures(program('process'), str(warm), str(runs), *map(str, arguments), **environment)


def milliseconds(seconds):
    return f'{seconds * 1e3:.2f} ms'
