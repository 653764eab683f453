# SPDX-License-Identifier: GPL-3.0-or-later
"""Habits that this house does not have."""

import re

from .tree import Problem, line_of

# Pattern, what is wrong, the directories where it counts, and files that may nevertheless.
HABITS = (
    (r'\bgoto\b', 'goto', ('src/', 'tests/'), ()),
    (r'\bg_error\s*\(', 'g_error: nothing aborts on what a file or a server says', ('src/',), ()),
    (r'\babort\s*\(', 'abort', ('src/',), ()),
    (r'\bg_assert(?:_\w+)?\s*\(', 'g_assert: g_return_if_fail for a caller, GError for outside data', ('src/',),
     ('src/ui/', 'src/services/')),
    (r'(?<![\w>.])(?:printf|puts|putchar|g_print|g_printerr|perror)\s*\(', 'only cli prints', ('src/',), ('src/cli/',)),
    (r'\bfprintf\s*\(\s*std(?:out|err)', 'only cli prints', ('src/',), ('src/cli/',)),
    (r'\b(?:strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atof)\s*\(', 'an unbounded or unchecked C function',
     ('src/', 'tests/'), ()),
    (r'\b(?:alloca|g_alloca|g_newa)\s*\(', 'memory of unknown size on the stack', ('src/', 'tests/'), ()),
    (r'\b(?:sleep|usleep|nanosleep|g_usleep)\s*\(', 'sleeping: wait for an event', ('src/', 'tests/'), ()),
    (r'\bsystem\s*\(', 'system: use GSubprocess', ('src/', 'tests/'), ()),
    (r'\bjson_parser_new(?:_immutable)?\s*\(',
     'a parser that ends the process on a second document: paddock_strict_parser_new', ('src/',),
     ('src/core/base/strict-parser.c', 'src/engine/engine-finding-store.c')),
    (r'\bg_test_init\s*\((?![^;]*\bG_TEST_OPTION_ISOLATE_DIRS\b)',
     "a test that reads and writes the person's own folders: G_TEST_OPTION_ISOLATE_DIRS", ('tests/',), ()),
    (r'\bG_GNUC_CONST\b', 'G_GNUC_CONST', ('src/', 'tests/'), ()),
)
PYTHON_HABITS = (
    (r'^\s*(?:time\.)?sleep\s*\(', 'sleeping: wait for an event', ('tests/',), ()),
    (r'\bshell\s*=\s*True', 'a shell between us and the program', ('tests/', 'build-aux/'), ()),
)

UNTRACKED = re.compile(r'\b(?:TODO|FIXME|XXX|HACK)\b(?!.*#\d)')
# A statement, a call or a block inside a comment: code that somebody did not want to delete.
DEAD_CODE = re.compile(
    r'(?m)^(?:/\*|//|\s*\*|\s)*\s*(?:'
    r'(?:if|for|while|switch)\s*\([^\n]*\)\s*\{?'
    r'|return\b[^\n]*;'
    r'|[A-Za-z_][\w>.-]*(?:\[[^\]\n]*\])?\s*[-+|&]?=[^=\n][^\n]*;'
    r'|[a-z_]\w*\s\([^\n]*\);'
    r'|#\s*(?:include|define|if|ifdef|endif)\b[^\n]*'
    r')\s*(?:\*/)?\s*$')
DOC_EXAMPLE = re.compile(r'\|\[.*?\]\|', re.DOTALL)


def applies(path, where, may):
    return path.startswith(where) and not path.startswith(may or ('\0',))


def check_patterns(tree, path, habits, text):
    for pattern, reason, where, may in habits:
        if applies(path, where, may):
            for match in re.finditer(pattern, text, re.MULTILINE):
                yield Problem(path, line_of(text, match.start()), reason)


def check_comments(tree, path):
    for line, comment in tree.comments(path):
        if UNTRACKED.search(comment):
            yield Problem(path, line, 'a reminder without the number of an issue')
        if DEAD_CODE.search(DOC_EXAMPLE.sub('', comment)):
            yield Problem(path, line, 'code in a comment')


def check_disabled(tree, path):
    text = tree.code(path)
    for match in re.finditer(r'^[ \t]*#[ \t]*if[ \t]+0\b', text, re.MULTILINE):
        yield Problem(path, line_of(text, match.start()), 'code that is switched off')


def check(tree):
    for path in tree.find('.c', '.h', under=('src/', 'tests/')):
        yield from check_patterns(tree, path, HABITS, tree.code(path))
        yield from check_comments(tree, path)
        yield from check_disabled(tree, path)
    for path in tree.find('.py', under=('tests/', 'build-aux/')):
        yield from check_patterns(tree, path, PYTHON_HABITS, tree.text(path))
        for number, line in enumerate(tree.text(path).split('\n'), 1):
            if '#' in line and UNTRACKED.search(line.split('#', 1)[1]):
                yield Problem(path, number, 'a reminder without the number of an issue')
