# SPDX-License-Identifier: GPL-3.0-or-later
"""Files, headers and functions that a person can hold in mind."""

import ast
import re

from .c_functions import Nesting, find_functions
from .tree import Problem, line_of

FILE_LINES = 600
HEADER_LINES = 120
FUNCTION_LINES = 60
NESTING = 4

# Pure data tables, which may be longer. Each must be there, be longer, and hold no function.
DATA_TABLES = (
    'src/core/quant/quant-codebooks.c',
)

OPEN_BRACE = re.compile(r'^[A-Za-z_][^;={}\n]*\)[ \t]*\{', re.MULTILINE)


def check_c(tree, path):
    code = tree.code(path)
    lines = code.count('\n')
    functions = list(find_functions(code))
    limit = HEADER_LINES if path.endswith('.h') else FILE_LINES
    if path in DATA_TABLES:
        if functions:
            yield Problem(path, functions[0].first, 'is exempt as a data table but holds a function')
        if lines <= limit:
            yield Problem(path, 0, 'is exempt as a data table but short enough without')
    elif lines > limit:
        yield Problem(path, limit + 1, f'{lines} lines; at most {limit}')
    for match in OPEN_BRACE.finditer(code):
        yield Problem(path, line_of(code, match.start()), 'the brace of a function stands alone in the first column')
    for function in functions:
        length = function.last - function.first + 1
        if length > FUNCTION_LINES:
            yield Problem(path, function.first, f'{function.name} has {length} lines; at most {FUNCTION_LINES}')
        depth, line = Nesting(function.body).deepest
        if depth > NESTING:
            yield Problem(path, function.first + line, f'{function.name} nests {depth} deep; at most {NESTING}')


def check_python(tree, path):
    text = tree.text(path)
    if text.count('\n') > FILE_LINES:
        yield Problem(path, FILE_LINES + 1, f'{text.count(chr(10))} lines; at most {FILE_LINES}')
    for node in ast.walk(ast.parse(text, path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LINES:
                yield Problem(path, node.lineno, f'{node.name} has {length} lines; at most {FUNCTION_LINES}')


def check(tree):
    for path in tree.find('.c', '.h'):
        yield from check_c(tree, path)
    for path in tree.find('.py'):
        yield from check_python(tree, path)
    for path in tree.find('.blp', '.css'):
        lines = tree.text(path).count('\n')
        if lines > FILE_LINES:
            yield Problem(path, FILE_LINES + 1, f'{lines} lines; at most {FILE_LINES}')
