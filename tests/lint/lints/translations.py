# SPDX-License-Identifier: GPL-3.0-or-later
"""Translatable words only where people read, every such file known to the translators, every catalogue sound."""

import re
import subprocess

from .tree import Problem, line_of, tool

READ = ('src/ui/', 'src/cli/', 'src/core/estimate/memory-suggestion.c', 'src/core/hardware/hardware-note.c',
        'src/core/loading/loading-caution.c', 'src/core/model/finding-text.c', 'src/library/sharing-text.c')
MARKED = re.compile(
    r'(?<![\w_])(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dgettext|g_dpgettext2?|gettext)\s*\(\s*[A-Z"(]')
BLUEPRINT_MARKED = re.compile(r'(?<![\w_])C?_\(\s*["\']')
DEFINITION = re.compile(r'^[ \t]*#[ \t]*define[^\n]*', re.MULTILINE)
XML_ROOTS = ('data/',)
XML_MARKED = ('.desktop.in', '.desktop.in.in', '.metainfo.xml.in', '.metainfo.xml.in.in', '.mime.xml.in',
              '.gschema.xml')
POTFILES = 'po/POTFILES.in'


def marked_files(tree):
    """Every file with words for the translators."""
    for path in tree.find('.c', '.h', under='src/'):
        code = DEFINITION.sub('', tree.uncommented(path))
        if MARKED.search(code):
            yield path
    for path in tree.find('.blp'):
        if BLUEPRINT_MARKED.search(tree.text(path)):
            yield path
    yield from tree.find(*XML_MARKED, under=XML_ROOTS)


def check_places(tree):
    for path in tree.find('.c', '.h', under='src/'):
        if path.startswith(READ):
            continue
        code = DEFINITION.sub('', tree.uncommented(path))
        for match in MARKED.finditer(code):
            yield Problem(path, line_of(code, match.start()), 'a translatable string where nobody reads')


def check_potfiles(tree, marked):
    listed = []
    if POTFILES in tree.paths:
        for number, line in enumerate(tree.text(POTFILES).split('\n'), 1):
            name = line.split('#', 1)[0].strip()
            if name:
                listed.append(name)
                if name not in tree.paths:
                    yield Problem(POTFILES, number, f'{name} is not there')
                elif name not in marked:
                    yield Problem(POTFILES, number, f'{name} has nothing to translate')
    for name in sorted(marked - set(listed)):
        yield Problem(POTFILES, 0, f'{name} is missing')
    if listed != sorted(set(listed)):
        yield Problem(POTFILES, 0, 'is not sorted, or names a file twice')


def check_catalogues(tree):
    for path in tree.find('.po', under='po/'):
        result = subprocess.run([tool('msgfmt'), '--check', '-o', '/dev/null', path], cwd=tree.root,
                                capture_output=True, text=True)
        if result.returncode:
            lines = result.stderr.strip().split('\n')
            yield Problem(path, 0, lines[0].removeprefix(path + ':'))


def check(tree):
    yield from check_places(tree)
    yield from check_potfiles(tree, set(marked_files(tree)))
    yield from check_catalogues(tree)
