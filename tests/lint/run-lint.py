#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one lint over the project, or proves that it finds what it is for.

A lint's bad examples are small trees in bad/LINT/CASE; their file EXPECTED names every problem that is in them, one a
line as PATH:LINE: BEGINNING-OF-THE-MESSAGE. The tree good/ is what every lint must let pass.
"""

import argparse
import importlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from lints.tree import ToolMissing, Tree, tool  # noqa: E402


def load(name):
    return importlib.import_module('lints.' + name.replace('-', '_'))


def build_library(root):
    """Bad examples of symbols are C: they become the library that a build would have made."""
    sources = sorted(root.glob('src/core/**/*.c'))
    objects = []
    for source in sources:
        target = source.with_suffix('.o')
        subprocess.run([tool('cc'), '-w', '-I', root / 'src/core', '-c', '-o', target, source], check=True)
        objects.append(target)
    subprocess.run([tool('ar'), 'cr', root / 'src' / 'libexample.a', *objects], check=True)


def run_over(lint, tree_root):
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / 'tree'
        shutil.copytree(tree_root, root)
        if lint == 'symbols':
            build_library(root)
        tree = Tree(root)
        problems = [problem for problem in load(lint).check(tree) if problem.path != 'EXPECTED']
    return tree, problems


def test_bad_example(lint, case):
    expected = [line for line in (case / 'EXPECTED').read_text().split('\n') if line]
    _, problems = run_over(lint, case)
    found = sorted(str(problem) for problem in problems)
    unexpected = [line for line in found if not any(line.startswith(beginning) for beginning in expected)]
    missed = [beginning for beginning in expected if not any(line.startswith(beginning) for line in found)]
    for line in unexpected:
        print(f'{lint}: {case.name}: unexpected: {line}')
    for line in missed:
        print(f'{lint}: {case.name}: not found: {line}')
    return not unexpected and not missed


def test_good_example(lint):
    tree, problems = run_over(lint, HERE / 'good')
    for problem in problems:
        print(f'{lint}: the good example does not pass: {problem}')
    if not tree.looked_at:
        print(f'{lint}: looked at nothing in the good example')
    return not problems and bool(tree.looked_at)


def self_test(lint):
    cases = sorted(path for path in (HERE / 'bad' / lint).iterdir() if path.is_dir())
    results = [test_bad_example(lint, case) for case in cases] + [test_good_example(lint)]
    print(f'{lint}: {len(cases)} bad examples, 1 good one')
    return bool(cases) and all(results)


def check_project(lint, root, build):
    tree = Tree(root, build)
    problems = sorted(load(lint).check(tree))
    for problem in problems:
        print(problem)
    print(f'{lint}: {len(tree.looked_at)} files, {len(problems)} problems')
    return not problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('lint')
    parser.add_argument('--self-test', action='store_true')
    parser.add_argument('--source', type=Path, default=HERE.parents[1])
    parser.add_argument('--build', type=Path)
    arguments = parser.parse_args()
    build = arguments.build or arguments.source / '_build'
    try:
        passed = self_test(arguments.lint) if arguments.self_test else \
            check_project(arguments.lint, arguments.source, build)
    except ToolMissing as missing:
        print(f'{arguments.lint}: {missing}')
        passed = False
    return 0 if passed else 1


sys.exit(main())
