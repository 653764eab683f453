# SPDX-License-Identifier: GPL-3.0-or-later
"""Every source is built and every test is run: each stands in the build file of its directory or of one above."""

from .tree import Problem

FAMILIES = ('test-', 'test_', 'fuzz-', 'bench-')


def names_of(path):
    """What the build file may call it: its name, or what is special about it where it is one of a family."""
    name = path.rsplit('/', 1)[-1]
    yield name
    stem = name.rsplit('.', 1)[0]
    yield stem
    for family in FAMILIES:
        if stem.startswith(family):
            yield stem.removeprefix(family)


def build_files(tree, path):
    parts = path.split('/')[:-1]
    while parts:
        candidate = '/'.join([*parts, 'meson.build'])
        if candidate in tree.paths:
            yield candidate
        parts.pop()


def is_mentioned(tree, path):
    for build_file in build_files(tree, path):
        text = tree.text(build_file)
        directory = build_file.rsplit('/', 1)[0]
        inside = path.removeprefix(directory + '/')
        names = [inside] if '/' in inside else list(names_of(path))
        if any(f"'{name}'" in text or f"/{name}'" in text for name in names):
            return True
    return False


def check(tree):
    sources = tree.find('.c', under=('src/', 'tests/')) + tree.find('.blp', under='resources/')
    tests = [path for path in tree.find('.py', under=('tests/integration/', 'tests/ui/'))
             if path.rsplit('/', 1)[-1].startswith(('test-', 'test_'))]
    for path in sources + tests:
        if not is_mentioned(tree, path):
            yield Problem(path, 0, 'stands in no build file')
