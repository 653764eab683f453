# SPDX-License-Identifier: GPL-3.0-or-later
"""Every symbol that a library of ours shows to the others carries the project's name."""

import subprocess

from .tree import Problem, tool

PREFIXES = ('paddock_', 'Paddock', '_paddock_')
# The tests' own helpers may not look like the product's.
TEST_PREFIXES = ('test_', *PREFIXES)
# What compilers add by themselves when they look closer.
INSTRUMENTS = ('__asan_', '__odr_asan', '__tsan_', '__ubsan_', '__gcov', '__sanitizer', '__start_', '__stop_',
               '___asan')


def libraries(tree):
    for pattern in ('src/**/*.a', 'tests/support/*.a'):
        yield from sorted(tree.build.glob(pattern))


def check(tree):
    found = list(libraries(tree))
    if not found:
        yield Problem('src', 0, f'no static library has been built in {tree.build}')
    for library in found:
        name = library.relative_to(tree.build).as_posix()
        prefixes = TEST_PREFIXES if name.startswith('tests/') else PREFIXES
        tree.looked_at.add(name)
        output = subprocess.run([tool('nm'), '--defined-only', '--extern-only', '--format=posix', str(library)],
                                capture_output=True, text=True, check=True).stdout
        for line in output.split('\n'):
            words = line.split()
            if len(words) >= 2 and not words[0].startswith((*prefixes, *INSTRUMENTS)):
                yield Problem(name, 0, f'exports {words[0]}, whose name does not begin with {prefixes[0]}')
