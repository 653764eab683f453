#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds and runs the tests: all of them, with the sanitizers, or those whose names contain one of the given words.

The last line is `N passed, N failed, N skipped`. What counts is the single check, where a test program tells them.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(os.environ['PADDOCK_SOURCE'])
SUPPORT = SOURCE / 'tests' / 'support'
TEST_LINE = re.compile(r'^\s*\d+/\d+ (?P<name>\S.*?) +(?P<result>[A-Z]+) +(?P<seconds>[\d.]+)s(?P<more>.*)$')
FAILED = ('FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS')


@dataclass
class Variant:
    """One way to build everything, and the suites that are worth running that way."""
    name: str
    directory: Path
    options: list
    suites: list = field(default_factory=list)   # none: all of them
    environment: dict = field(default_factory=dict)
    patience: int = 1
    without: tuple = ()   # tests that would only repeat, slowly, what another of the suite does


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: list = field(default_factory=list)

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped


VARIANTS = [
    Variant('plain', SOURCE / '_build', ['-Dbuildtype=debugoptimized']),
    Variant('address', SOURCE / '_build-address',
            ['-Dbuildtype=debug', '-Doptimization=1', '-Db_sanitize=address,undefined', '-Db_lundef=false'],
            ['unit', 'kernels', 'fuzz', 'integration', 'ui'],
            {
                # The sanitizer's strstr measures the whole text at each call, which makes a linear search quadratic.
                'ASAN_OPTIONS': 'detect_leaks=1:abort_on_error=1:detect_stack_use_after_return=1'
                                ':check_initialization_order=1:intercept_strstr=0',
                'LSAN_OPTIONS': f'suppressions={SUPPORT}/leaks.txt:print_suppressions=0',
                'UBSAN_OPTIONS': 'halt_on_error=1:abort_on_error=1:print_stacktrace=1',
            # Of what the window does with the library, one test of each kind: watched, they take minutes each.
            }, 4, ('ui-wayland', 'ui-activity', 'ui-library-care', 'ui-library-check', 'ui-library-filters',
                   'ui-library-import', 'ui-library-layout', 'ui-library-selection', 'ui-library-sharing',
                   'ui-library-storage', 'cross-neon')),
    Variant('thread', SOURCE / '_build-thread',
            ['-Dbuildtype=debug', '-Doptimization=1', '-Db_sanitize=thread', '-Db_lundef=false', '-Dapp=disabled'],
            ['unit', 'kernels', 'fuzz', 'integration'],
            {'TSAN_OPTIONS': f'suppressions={SUPPORT}/races.txt:halt_on_error=1:second_deadlock_stack=1'
                             # Each program would rest for a second at its end, for what another thread may still find.
                             ':intercept_strstr=0:atexit_sleep_ms=0'}, 8,
            # They have one thread, and the watching makes them ten times slower.
            ('cross-neon', 'kernels', 'kernels-ggml')),
]


def say(text):
    print(text, flush=True)


def run_logged(command):
    """Runs a build step; its output matters only when it fails."""
    result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True, errors='replace')
    if result.returncode == 0:
        return True
    lines = [line for line in result.stdout.splitlines() if not re.match(r'^\[\d+/\d+\] [^F]', line)]
    say('\n'.join(lines[:200]))
    return False


def build(variant):
    began = time.monotonic()
    if not (variant.directory / 'build.ninja').exists():
        command = ['meson', 'setup', '--werror', str(variant.directory), str(SOURCE), *variant.options]
        if not run_logged(command):
            shutil.rmtree(variant.directory, ignore_errors=True)
            return False
    built = run_logged(['ninja', '-C', str(variant.directory)])
    say(f'{variant.name}: {"built" if built else "does not build"} ({time.monotonic() - began:.0f} s)')
    return built


def list_tests(variant):
    """Pairs of suite and name of a configured build."""
    output = subprocess.run(['meson', 'introspect', '--tests', str(variant.directory)], check=True, text=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE).stdout
    return [(test['suite'][0].split(':')[-1], test['name']) for test in json.loads(output)]


def choose(variant, words):
    """Names of the tests to run."""
    tests = list_tests(variant)
    if words:
        return [name for _, name in tests if any(word in name for word in words)]
    return [name for suite, name in tests
            if (not variant.suites or suite in variant.suites) and name not in variant.without]


def environment_of(variant):
    environment = dict(os.environ, **variant.environment)
    environment['G_DEBUG'] = 'fatal-criticals'
    environment['PADDOCK_TEST_VARIANT'] = variant.name
    # What a person has set for the desktop is no part of a test.
    for name in ('MAKEFLAGS', 'MESON_TESTTHREADS', 'G_MESSAGES_DEBUG', 'LC_ALL', 'LANGUAGE'):
        environment.pop(name, None)
    environment['LANG'] = 'C.UTF-8'
    return environment


def run(variant, names):
    """Runs tests with their results streaming by; returns the exit status of the runner."""
    # Two more than there are processors: most tests wait for other programs half of the time, those of transfers nearly
    # always.
    command = ['meson', 'test', '-C', str(variant.directory), '--no-rebuild', '--print-errorlogs',
               '--timeout-multiplier', str(variant.patience), '--num-processes', str((os.cpu_count() or 1) + 2), *names]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, errors='replace', env=environment_of(variant))
    for line in process.stdout:
        match = TEST_LINE.match(line)
        if match:
            name = match['name'].replace(' - paddock:', '/')
            say(f'{variant.name}: {name:<34} {match["result"]:<7} {float(match["seconds"]):6.2f} s')
        elif not re.match(r'^(ninja:|Ok:|Fail:|Skipped:|Timeout:|Expected Fail:|Full log|▶|$)', line.strip()):
            print(line, end='', flush=True)
    return process.wait()


def count_cases(suite, where, only=None):
    """Counts the test cases of one suite of the JUnit report."""
    count = Count()
    for case in suite.findall('testcase'):
        if only is not None and case.get('name') != only:
            continue
        skipped = case.find('skipped')
        if case.find('failure') is not None or case.find('error') is not None:
            count.failed += 1
        elif skipped is not None:
            reason = (case.findtext('system-out') or skipped.text or '').strip().splitlines()
            name = re.sub(r'^\d+ ', '', case.get('name')) if only is None else ''
            count.skipped.append(f'{where}{name}: {reason[0] if reason else "no reason given"}')
        else:
            count.passed += 1
    return count


def count_results(variant, status):
    """What the logs of a run say; whatever went wrong counts as at least one failure."""
    logs = variant.directory / 'meson-logs'
    suites = {suite.get('name'): suite for suite in ElementTree.parse(logs / 'testlog.junit.xml').getroot()}
    total = Count()
    for line in (logs / 'testlog.json').read_text(encoding='utf-8', errors='replace').splitlines():
        test = json.loads(line)
        where = f'{variant.name}: {test["name"].replace(" - paddock:", "/")}'
        own = suites.get(f'paddock.{test["name"]}')
        if own is not None:
            count = count_cases(own, f'{where} ')
        else:
            count = count_cases(suites['paddock'], where, only=test['name'])
        if test['result'] in FAILED and count.failed == 0:
            count.failed = 1
        total.add(count)
    if status != 0 and total.failed == 0:
        say(f'{variant.name}: the runner ended with status {status}')
        total.failed = 1
    return total


def test(variant, words):
    if not build(variant):
        return Count(failed=1)
    names = choose(variant, words)
    if not names:
        say(f'{variant.name}: no such test')
        return Count(failed=1) if words else Count()

    began = time.monotonic()
    for log in (variant.directory / 'meson-logs').glob('testlog.*'):
        log.unlink()
    status = run(variant, names)
    count = count_results(variant, status)
    say(f'{variant.name}: {count.passed} passed, {count.failed} failed ({time.monotonic() - began:.0f} s)\n')
    return count


def main(words):
    total = Count()
    for variant in VARIANTS[:1] if words else VARIANTS:
        total.add(test(variant, words))
    for skip in total.skipped:
        say(f'skipped: {skip}')
    say(f'{total.passed} passed, {total.failed} failed, {len(total.skipped)} skipped')
    return 1 if total.failed or total.passed == 0 else 0


if __name__ == '__main__':
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
