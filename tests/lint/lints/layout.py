# SPDX-License-Identifier: GPL-3.0-or-later
"""What every text file looks like: spaces, line ends, line length, the licence in the first lines."""

from .tree import Problem

LINES = {'.c': 132, '.h': 144, '.py': 120, '.blp': 120, '.css': 120}    # as in .editorconfig
TEXT = ('.c', '.h', '.py', '.blp', '.css', '.sh', '.xml', '.in', '.json', '.md', '.txt', '.build', '.options', '.yml',
        '.svg', '.desktop', '/dev', '/run', '/fuzz', '/format', '/inside', 'POTFILES.in', 'LINGUAS')
LICENSED = ('.c', '.h', '.py', '.blp', '.css')
MARK = 'SPDX-License-Identifier: GPL-3.0-or-later'


def check_lines(path, text):
    limit = LINES.get('.' + path.rsplit('.', 1)[-1])
    for number, line in enumerate(text.split('\n'), 1):
        if '\t' in line:
            yield Problem(path, number, 'a tab')
        if line != line.rstrip():
            yield Problem(path, number, 'blanks or a carriage return at the end of the line')
        if limit and len(line) > limit and 'http' not in line:
            yield Problem(path, number, f'{len(line)} columns; at most {limit}')


def check(tree):
    for path in tree.find(*TEXT):
        if path == 'COPYING':
            continue
        text = tree.text(path)
        if any('\udc80' <= letter <= '\udcff' for letter in text):
            yield Problem(path, 0, 'is not UTF-8')
            continue
        yield from check_lines(path, text)
        if text and not text.endswith('\n'):
            yield Problem(path, text.count('\n') + 1, 'the last line does not end')
        if text.endswith('\n\n'):
            yield Problem(path, text.count('\n'), 'blank lines at the end')
        if path.endswith(LICENSED) and MARK not in '\n'.join(text.split('\n')[:3]):
            yield Problem(path, 1, f'does not say {MARK}')
