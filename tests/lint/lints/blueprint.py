# SPDX-License-Identifier: GPL-3.0-or-later
"""Blueprint files stand in Blueprint's own format, and every word that a person reads in them is translatable."""

import re
import subprocess

from .tree import Problem, line_of, tool

READ_BY_PEOPLE = ('title|subtitle|label|description|tooltip-text|placeholder-text|heading|body|accessible-name|text'
                  '|developer-name|comments|alternative-text')
BARE = re.compile(rf'^\s*(?:{READ_BY_PEOPLE})\s*:\s*("(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\')\s*;', re.MULTILINE)
LETTERS = re.compile(r'[A-Za-z]{2}')
# Names are not translated.
NAMES = {'Paddock', 'GGUF', 'SHA-256', 'llama.cpp', 'Hugging Face'}


def check(tree):
    paths = tree.find('.blp')
    if paths:
        result = subprocess.run([tool('blueprint-compiler'), 'format', '--no-diff', *paths], cwd=tree.root,
                                capture_output=True, text=True)
        if result.returncode:
            output = re.sub(r'\x1b\[[0-9;]*m', '', result.stdout + result.stderr)
            blamed = [path for path in paths if path in output] or paths[:1]
            for path in blamed:
                yield Problem(path, 0, 'is not in Blueprint\'s format: ./dev format')
    for path in paths:
        text = tree.text(path)
        for match in BARE.finditer(text):
            words = match[1][1:-1]
            if LETTERS.search(words) and words not in NAMES:
                yield Problem(path, line_of(text, match.start(1)), f'{match[1]} is read by people: write _({match[1]})')
