# SPDX-License-Identifier: GPL-3.0-or-later
"""GTK and libadwaita live in ui; the network lives in the rooms that are about it; core stands on four libraries."""

import re

from .tree import Problem, line_of

SYMBOL = re.compile(
    r'\b(?:gtk_|Gtk[A-Z]|GTK_|adw_|Adw[A-Z]|ADW_|gdk_|Gdk[A-Z]|GDK_|gsk_|Gsk[A-Z]|GSK_|graphene_)\w*')
TOOLKIT_INCLUDE = re.compile(r'^(?:gtk|gdk|gsk|adwaita|graphene|pango|cairo)\b')
NETWORK_INCLUDE = re.compile(r'^libsoup\b')
# Bench asks the engine, services hands the one session down, and neither opens a connection.
NETWORK_ROOMS = ('hub', 'downloads', 'engine')
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*<([^>]+)>', re.MULTILINE)
CORE_INCLUDE = re.compile(
    r'^(?:glib(?:-unix)?\.h|glib/[\w.-]+|gio/[\w.-]+|json-glib/json-glib\.h|gcrypt\.h'
    r'|(?:sys|linux|net|netinet|arpa|asm)/\w+\.h|\w*intrin\.h|arm_neon\.h|CL/\w+\.h'
    r'|(?:assert|complex|ctype|dirent|dlfcn|errno|fcntl|fenv|float|inttypes|limits|locale|malloc|math|poll|pthread'
    r'|sched|setjmp|signal|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|strings|threads|time'
    r'|unistd|utime|wchar)\.h)$')
DEPENDENCY = re.compile(r"\b(?:gtk_dep|adw_dep)\b|dependency\s*\(\s*'(?:gtk4|libadwaita-1)")


def check_source(tree, path, room):
    text = tree.uncommented(path)
    for match in INCLUDE.finditer(text):
        line = line_of(text, match.start())
        if TOOLKIT_INCLUDE.match(match[1]):
            yield Problem(path, line, f'includes <{match[1]}>, which only ui may')
        elif NETWORK_INCLUDE.match(match[1]):
            if room not in NETWORK_ROOMS:
                yield Problem(path, line, f'includes <{match[1]}>, which only {", ".join(NETWORK_ROOMS)} may')
        elif room == 'core' and not CORE_INCLUDE.match(match[1]):
            yield Problem(path, line, f'core does not stand on <{match[1]}>')
    code = tree.code(path)
    for match in SYMBOL.finditer(code):
        yield Problem(path, line_of(code, match.start()), f'uses {match[0]}, which only ui may')


def check(tree):
    for path in tree.find('.c', '.h', 'meson.build', under='src/'):
        parts = path.split('/')
        room = parts[1]
        if room == 'ui' or len(parts) < 3:
            continue
        if path.endswith('meson.build'):
            text = tree.text(path)
            for match in DEPENDENCY.finditer(text):
                yield Problem(path, line_of(text, match.start()), 'depends on the toolkit, which only ui may')
        else:
            yield from check_source(tree, path, room)
