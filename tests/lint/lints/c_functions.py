# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the functions of a C file in GNU layout, and how deep their statements nest."""

import re
from typing import NamedTuple

TOKEN = re.compile(r'[A-Za-z_]\w*|[{}();:\[\]]|\S')
MACRO_WORD = re.compile(r'^[A-Z][A-Z0-9_]+$')


class Function(NamedTuple):
    name: str
    first: int      # line of the opening brace
    last: int       # line of the closing brace
    body: str


def blank_directives(code):
    return re.sub(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', lambda match: re.sub(r'[^\n]', ' ', match[0]), code,
                  flags=re.MULTILINE)


def find_functions(code):
    """Functions whose braces stand in the first column, as everywhere in this house."""
    lines = blank_directives(code).split('\n')
    first = None
    for number, line in enumerate(lines, 1):
        if line.rstrip() == '{' and first is None and before(lines, number).endswith(')'):
            first = number
        elif line.startswith('}') and first is not None:
            yield Function(name_of(lines, first), first, number, '\n'.join(lines[first - 1:number]))
            first = None


def before(lines, number):
    for line in reversed(lines[:number - 1]):
        if line.strip():
            return line.rstrip()
    return ''


def name_of(lines, first):
    for line in reversed(lines[:first - 1]):
        match = re.match(r'^([A-Za-z_]\w*) ?\(', line)
        if match:
            return match[1]
        if not line.strip() or line.startswith('}'):
            break
    return '?'


class Nesting:
    """Walks the statements of one function body; deepest is the line and depth of the innermost one."""

    def __init__(self, body):
        self.tokens = [(match[0], body.count('\n', 0, match.start())) for match in TOKEN.finditer(body)]
        self.position = 0
        self.deepest = (0, 0)
        self.statement(0)

    def peek(self):
        return self.tokens[self.position][0] if self.position < len(self.tokens) else ''

    def take(self):
        self.position += 1
        return self.tokens[self.position - 1][0] if self.position <= len(self.tokens) else ''

    def enter(self, depth):
        if depth > self.deepest[0]:
            line = self.tokens[min(self.position, len(self.tokens) - 1)][1]
            self.deepest = (depth, line)

    def skip_parentheses(self):
        depth = 0
        while self.peek():
            token = self.take()
            depth += (token == '(') - (token == ')')
            if depth == 0:
                return

    def skip_to(self, end):
        depth = 0
        while self.peek():
            if depth == 0 and self.peek() in (end, '}'):
                if self.peek() == end:
                    self.take()
                return
            token = self.take()
            depth += (token in '([{') - (token in ')]}')

    def body(self, depth):
        self.enter(depth)
        self.statement(depth)

    def block(self, depth):
        self.take()
        while self.peek() not in ('}', ''):
            self.statement(depth)
        self.take()

    def statement(self, depth):
        token = self.peek()
        if token == '{':
            self.block(depth)
        elif token == 'if':
            self.branch(depth)
        elif token in ('for', 'while', 'switch'):
            self.take()
            self.skip_parentheses()
            self.body(depth + 1)
        elif token == 'do':
            self.take()
            self.body(depth + 1)
            self.skip_to(';')
        elif token in ('case', 'default'):
            self.skip_to(':')
        elif MACRO_WORD.match(token) and self.tokens[self.position + 1:][:1] and \
                self.tokens[self.position + 1][0] not in '([=;,)':
            self.take()
        else:
            self.skip_to(';')

    def branch(self, depth):
        self.take()
        self.skip_parentheses()
        self.body(depth + 1)
        if self.peek() == 'else':
            self.take()
            if self.peek() == 'if':
                self.branch(depth)
            else:
                self.body(depth + 1)
