# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs unittest tests and tells their results one by one in the Test Anything Protocol."""

import sys
import unittest


class TapResult(unittest.TestResult):
    """Prints a line for each test as it ends."""

    def __init__(self):
        super().__init__()
        self.number = 0

    def _tell(self, passed, test, note=''):
        self.number += 1
        name = test.id().removeprefix('__main__.').replace('.', '/')
        print(f'{"ok" if passed else "not ok"} {self.number} {name}{note}', flush=True)

    def _tell_failure(self, test, error):
        self._tell(False, test)
        print(self._exc_info_to_string(error, test), file=sys.stderr, flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._tell(True, test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._tell(True, test, f' # SKIP {reason}')

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._tell_failure(test, error)

    def addError(self, test, error):
        super().addError(test, error)
        self._tell_failure(test, error)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self._tell_failure(subtest, error)

    def addExpectedFailure(self, test, error):
        self.addFailure(test, error)

    def addUnexpectedSuccess(self, test):
        self._tell(False, test)


def main(pattern=None):
    """Runs the tests of the main module; those whose names contain a word of the command line, if there is one."""
    words = sys.argv[1:]
    loader = unittest.TestLoader()
    suite = loader.loadTestsFromModule(sys.modules['__main__'], pattern=pattern)
    tests = [test for group in suite for test in group if not words or any(word in test.id() for word in words)]
    print(f'TAP version 14\n1..{len(tests)}', flush=True)
    result = TapResult()
    unittest.TestSuite(tests).run(result)
    sys.exit(0 if result.wasSuccessful() else 1)
