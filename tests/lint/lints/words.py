# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that belong to one machine or one way of working, and so not into the project."""

import re

from .tree import Problem, line_of

BINARY = ('.png', '.gguf', '.gz', '.mo', '.webp', '.ttf')
WORDS = (
    (re.compile(r'/wo[r]k/|/ro[o]t/\.'), 'a path of one machine'),
    (re.compile(r'\b(?:registry|mirrors?|deb|archive|snapshot|security|packages)\.[a-z0-9.-]+\.(?:org|com|io|net)\b|'
                r'\b(?:pypi|npmjs|crates|rubygems)\.(?:org|com|io)\b'), 'the host of a package registry'),
    (re.compile(r'\bwork[t]ree\b|\bsub-?ag[e]nt\b|\bth[e] brief\b|\bBR[I]EF\b'), 'a way of working'),
)


def check(tree):
    for path in tree.find(''):
        if path.endswith(BINARY):
            continue
        text = tree.text(path)
        if '\0' in text[:4096]:
            continue
        for pattern, reason in WORDS:
            for match in pattern.finditer(text):
                yield Problem(path, line_of(text, match.start()), f'{reason}: {match[0]}')
