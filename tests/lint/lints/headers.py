# SPDX-License-Identifier: GPL-3.0-or-later
"""Each header compiles alone, with nothing but what its own room may include."""

import json
import os
import re
import shlex
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .tree import Problem, tool

KEPT = ('-I', '-D', '-isystem', '-std=', '-m', '-pthread', '-f')
DROPPED = ('-fsanitize', '-fprofile', '-fdiagnostics')
FIRST_INCLUDE = re.compile(r'^#\s*include\s+"([^"]+)"', re.MULTILINE)


def read_commands(tree):
    """The compiler and flags of one source file for each directory of sources, and all that are compiled."""
    flags, built = {}, set()
    for command in json.loads((tree.build / 'compile_commands.json').read_text()):
        directory = (tree.build / command['directory']).resolve()
        words = shlex.split(command['command'])
        if words[0].endswith('ccache'):
            words = words[1:]
        source = Path(os.path.normpath(directory / command['file']))
        if source.suffix == '.c' and source.is_relative_to(tree.root.resolve()):
            where = source.parent.relative_to(tree.root.resolve()).as_posix()
            flags.setdefault(where, (directory, words))
            built.add(f'{where}/{source.name}')
    return flags, built


def is_proved(tree, path, built):
    """The source of the same name includes it before anything else: whoever built that has compiled it alone."""
    source = path.removesuffix('.h') + '.c'
    if source not in built or '#pragma once' not in tree.text(path):
        return False
    text = tree.text(source)
    first = FIRST_INCLUDE.search(text)
    return (first is not None and first.start() == text.find('#include')
            and f'/{path}'.endswith(f'/{first.group(1)}'))


def kept_flags(words):
    kept, take_next = [], False
    for word in words[1:]:
        if take_next or (word.startswith(KEPT) and not word.startswith(DROPPED)):
            kept.append(word)
        take_next = word in ('-I', '-D', '-isystem', '-include')
        if take_next and word not in kept[-1:]:
            kept.append(word)
    return kept


def flags_for(flags, directory):
    """Those of the directory itself, else of another directory in the same room."""
    if directory in flags:
        return flags[directory]
    room = '/'.join(directory.split('/')[:2])
    for known in sorted(flags):
        if known == room or known.startswith(room + '/'):
            return flags[known]
    return None


def check_directory(tree, compiler, known, paths):
    """One compiler for all headers of a directory: each is its own translation unit."""
    directory, words = known
    with tempfile.TemporaryDirectory() as scratch:
        sources = []
        for number, path in enumerate(paths):
            source = Path(scratch) / f'{number}.c'
            # Included twice: a header that forgets its guard fails too.
            source.write_text(f'#include "{tree.root.resolve() / path}"\n' * 2)
            sources.append(str(source))
        result = subprocess.run([compiler, '-fsyntax-only', '-w', *kept_flags(words), *sources], cwd=directory,
                                capture_output=True, text=True, env={**os.environ, 'LC_ALL': 'C'})
    if result.returncode == 0:
        return []
    errors = [line for line in result.stderr.split('\n') if 'error:' in line] or [result.stderr.strip()]
    return list(attribute(tree, paths, errors))


def attribute(tree, paths, errors):
    """The first complaint about each header."""
    blamed = {}
    root = str(tree.root.resolve()) + '/'
    for error in errors:
        place, _, message = error.partition(' error: ')
        path = place.split(':')[0].removeprefix(root)
        blamed.setdefault(path if path in paths else paths[0], message or error)
    for path, message in blamed.items():
        yield Problem(path, 0, f'does not compile alone: {message}')


def check(tree):
    compiler = tool('cc')
    flags, built = read_commands(tree)
    groups = {}
    for path in tree.find('.h', under=('src/', 'tests/')):
        if not is_proved(tree, path, built):
            groups.setdefault(path.rsplit('/', 1)[0], []).append(path)
    jobs = []
    for directory, paths in sorted(groups.items()):
        # Kernels of another processor: what is not built here cannot compile here.
        if directory.startswith('src/core/kernels/') and directory not in flags and any(
                path.rsplit('/', 1)[0] == directory for path in tree.find('.c', under=(directory + '/',))):
            continue
        known = flags_for(flags, directory)
        if known:
            jobs.append((known, paths))
        else:
            for path in paths:
                yield Problem(path, 0, 'nothing in its room is built, so nobody can say whether it compiles')
    with ThreadPoolExecutor(2) as pool:
        for problems in pool.map(lambda job: check_directory(tree, compiler, *job), jobs):
            yield from problems
