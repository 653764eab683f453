# SPDX-License-Identifier: GPL-3.0-or-later
"""A tree of source files, read once, with C comments and strings told apart from code."""

import re
import shutil
from pathlib import Path
from typing import NamedTuple

LEFT_OUT = {'.git', '.flatpak-builder', '__pycache__', 'tests/lint/bad', 'tests/lint/good', 'tests/fuzz/corpus'}

COMMENT_OR_STRING = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


class Problem(NamedTuple):
    path: str
    line: int
    text: str

    def __str__(self):
        return f'{self.path}:{self.line}: {self.text}' if self.line else f'{self.path}: {self.text}'


class ToolMissing(Exception):
    """A program that a lint stands on is not there: the lint fails, it does not pass silently."""


def tool(name):
    path = shutil.which(name)
    if not path:
        raise ToolMissing(f'{name} is not installed')
    return path


def blank(text):
    """The same number of lines and columns, without anything to read."""
    return re.sub(r'[^\n]', ' ', text)


class Tree:
    def __init__(self, root, build=None):
        self.root = Path(root)
        self.build = Path(build) if build else self.root
        self.looked_at = set()
        self._texts = {}
        self._codes = {}
        self.paths = sorted(self._walk(self.root))

    def _walk(self, directory):
        for entry in directory.iterdir():
            path = entry.relative_to(self.root).as_posix()
            if path in LEFT_OUT or entry.name in LEFT_OUT or path.startswith('_build'):
                continue
            if entry.is_dir() and not entry.is_symlink():
                yield from self._walk(entry)
            elif entry.is_file():
                yield path

    def find(self, *suffixes, under=('',)):
        """The paths below the given directories that end in one of the suffixes."""
        under = (under,) if isinstance(under, str) else tuple(under)
        found = [path for path in self.paths if path.endswith(suffixes) and path.startswith(under)]
        self.looked_at.update(found)
        return found

    def text(self, path):
        if path not in self._texts:
            self.looked_at.add(path)
            self._texts[path] = (self.root / path).read_bytes().decode('utf-8', 'surrogateescape')
        return self._texts[path]

    def uncommented(self, path):
        """C text with blanks where comments were."""
        def keep_strings(match):
            return blank(match[0]) if match[0].startswith('/') else match[0]
        return COMMENT_OR_STRING.sub(keep_strings, self.text(path))

    def code(self, path):
        """C text with blanks where comments and the insides of strings were."""
        def keep_quotes(match):
            text = match[0]
            return blank(text) if text.startswith('/') else text[0] + ' ' * (len(text) - 2) + text[-1]
        if path not in self._codes:
            self._codes[path] = COMMENT_OR_STRING.sub(keep_quotes, self.text(path))
        return self._codes[path]

    def comments(self, path):
        """Pairs of line and text, one for each comment."""
        text = self.text(path)
        for match in COMMENT_OR_STRING.finditer(text):
            if match[0].startswith('/'):
                yield line_of(text, match.start()), match[0]


def line_of(text, offset):
    return text.count('\n', 0, offset) + 1


def kebab(name):
    """GgufCursor -> gguf-cursor."""
    return re.sub(r'(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])', '-', name).lower()
