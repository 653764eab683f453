# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that tell a desktop about Paddock are valid by the desktop's own checkers."""

import re
import subprocess
import tempfile
from pathlib import Path

from .tree import Problem, tool

XML = ('.xml', '.xml.in', '.svg', '.gresource.xml', '.ui')


def run(*command, cwd=None):
    result = subprocess.run([tool(command[0]), *command[1:]], cwd=cwd, capture_output=True, text=True)
    return result.returncode, (result.stdout + result.stderr).strip()


def scratch_copy(tree, path, scratch):
    """The file under its installed name: gettext's marks are gone only in the name."""
    copy = Path(scratch) / re.sub(r'(\.in)+$', '', path.rsplit('/', 1)[-1])
    copy.write_text(re.sub(r'@\w+@', 'io.github.paddockapp.Paddock', tree.text(path)))
    return copy


def first_lines(output, scratch):
    return ' '.join(output.replace(str(scratch) + '/', '').split())[:300]


def check_with(tree, path, scratch, *command):
    copy = scratch_copy(tree, path, scratch)
    status, output = run(*command, str(copy))
    if status:
        yield Problem(path, 0, first_lines(output, scratch))


def check_schemas(tree, paths):
    with tempfile.TemporaryDirectory() as scratch:
        for path in paths:
            scratch_copy(tree, path, scratch)
        status, output = run('glib-compile-schemas', '--strict', '--dry-run', scratch)
        if status:
            blamed = [path for path in paths if path.rsplit('/', 1)[-1] in output] or paths[:1]
            yield Problem(blamed[0], 0, first_lines(output, scratch))


def check(tree):
    desktop = tree.find('.desktop', '.desktop.in', '.desktop.in.in', under='data/')
    metainfo = tree.find('.metainfo.xml', '.metainfo.xml.in', '.metainfo.xml.in.in', under='data/')
    schemas = tree.find('.gschema.xml', under='data/')
    xml = tree.find(*XML, under=('data/', 'resources/'))
    with tempfile.TemporaryDirectory() as scratch:
        for path in desktop:
            yield from check_with(tree, path, scratch, 'desktop-file-validate')
        for path in metainfo:
            yield from check_with(tree, path, scratch, 'appstreamcli', 'validate', '--no-net', '--explain')
    for path in xml:
        status, output = run('xmllint', '--noout', '--nonet', path, cwd=tree.root)
        if status:
            yield Problem(path, 0, first_lines(output, tree.root))
    if schemas:
        yield from check_schemas(tree, schemas)
    # An application without its desktop files would pass everything above.
    if tree.find('.c', under='src/ui/'):
        for kind, paths in (('desktop entry', desktop), ('metainfo', metainfo), ('schema', schemas)):
            if not paths:
                yield Problem('data', 0, f'there is no {kind}')
