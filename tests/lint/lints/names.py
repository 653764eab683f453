# SPDX-License-Identifier: GPL-3.0-or-later
"""One type a file, the file named after its type, and no two files of the same name."""

import re

from .tree import Problem, kebab, line_of

OPAQUE = re.compile(r'^typedef struct _Paddock(\w+)\s+Paddock\1;', re.MULTILINE)
DECLARE = re.compile(r'^[ \t]*G_DECLARE_\w+\s*\(\s*Paddock(\w+)', re.MULTILINE)
DEFINE = re.compile(r'^[ \t]*G_DEFINE_(?:\w*TYPE\w*|INTERFACE\w*)\s*\(\s*Paddock(\w+)', re.MULTILINE)
FILE_NAME = re.compile(r'^[a-z0-9]+(-[a-z0-9]+)*\.(c|h|blp)$')


def check_types(tree, path):
    code = tree.code(path)
    patterns = (OPAQUE, DECLARE) if path.endswith('.h') else (DEFINE,)
    types = []
    for pattern in patterns:
        types += [(match.start(), match[1]) for match in pattern.finditer(code)]
    seen = {name for _, name in types}
    for offset, name in sorted(types):
        stem = path.rsplit('/', 1)[-1].rsplit('.', 1)[0]
        wanted = kebab(name)
        if stem != wanted and len(seen) == 1:
            yield Problem(path, line_of(code, offset), f'holds Paddock{name}, so it is called {wanted}')
        elif stem != wanted:
            yield Problem(path, line_of(code, offset), f'holds Paddock{name} too: one type a file')


def check(tree):
    taken = {}
    for path in tree.find('.c', '.h', '.blp', under=('src/', 'resources/', 'tests/')):
        name = path.rsplit('/', 1)[-1]
        if not FILE_NAME.match(name):
            yield Problem(path, 0, 'file names are lower case words with hyphens')
        if name in taken:
            yield Problem(path, 0, f'has the same name as {taken[name]}')
        taken.setdefault(name, path)
    for path in tree.find('.c', '.h', under='src/'):
        yield from check_types(tree, path)
