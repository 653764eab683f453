# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom: the direction of dependence, without circles."""

import re

from .tree import Problem, line_of

MIDDLE = ('library', 'hub', 'downloads', 'engine', 'recommend')
BELOW_SERVICES = ('core', *MIDDLE, 'bench')
ROOMS = {
    'core': (),
    **{room: ('core',) for room in MIDDLE},
    'bench': ('core', 'engine'),
    'services': BELOW_SERVICES,
    'cli': (*BELOW_SERVICES, 'services'),
    'ui': (*BELOW_SERVICES, 'services'),
}

# The rooms inside core, in the order in which they may know each other.
CORE_ROOMS = {
    'base': (),
    'quant': ('base',),
    'gguf': ('base', 'quant'),
    'model': ('base', 'quant', 'gguf'),
    'kernels': ('base', 'quant'),
    'hardware': ('base', 'quant', 'kernels'),
    'loading': ('base', 'quant', 'gguf', 'model', 'kernels'),
    'estimate': ('base', 'quant', 'gguf', 'model', 'hardware'),
}

# Parts of the window that every page uses, and that therefore know no page.
SHARED_UI_ROOMS = {'widgets': (), 'charts': ('widgets',), 'activity': ('widgets',)}

GENERATED = re.compile(r'^(paddock-config|shell-search)\.h$|-resources\.h$')
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)


def room_of(path):
    parts = path.split('/')
    return (parts[1], parts[2] if len(parts) > 3 else '')


def resolve(tree, path, name):
    """The path of an included header of ours, None when there is none."""
    beside = f'{path.rsplit("/", 1)[0]}/{name}'
    for candidate in (beside, *(f'src/{room}/{name}' for room in ROOMS)):
        if (tree.root / candidate).is_file():
            return candidate
    return None


def judge(path, header):
    """Why path may not include header, None if it may."""
    room, part = room_of(path)
    other, other_part = room_of(header)
    if room != other:
        return None if other in ROOMS[room] else f'{room} may not know {other}'
    if part == other_part:
        return None
    allowed = None
    if room == 'core':
        allowed = CORE_ROOMS.get(part, ())
    elif room == 'ui' and part in SHARED_UI_ROOMS:
        allowed = SHARED_UI_ROOMS[part]
    if allowed is None or other_part in allowed:
        return None
    return f'{room}/{part} may not know {other}/{other_part}'


def find_circles(graph):
    """Each circle once, as the list of its headers."""
    done, circles = set(), []

    def visit(node, trail):
        if node in trail:
            circles.append(trail[trail.index(node):] + [node])
        elif node not in done:
            for following in graph.get(node, ()):
                visit(following, trail + [node])
            done.add(node)

    for node in sorted(graph):
        visit(node, [])
    return circles


def check(tree):
    graph = {}
    for path in tree.find('.c', '.h', under='src/'):
        room, part = room_of(path)
        if room not in ROOMS:
            yield Problem(path, 0, f'there is no room {room}')
            continue
        if room == 'core' and part not in CORE_ROOMS:
            yield Problem(path, 0, f'core has no room {part or "for loose files"}')
        text = tree.uncommented(path)
        for match in INCLUDE.finditer(text):
            header = resolve(tree, path, match[1])
            line = line_of(text, match.start())
            if not header:
                if not GENERATED.search(match[1]):
                    yield Problem(path, line, f'includes {match[1]}, which is not in the tree')
                continue
            reason = judge(path, header)
            if reason:
                yield Problem(path, line, f'includes {match[1]}: {reason}')
            if path.endswith('.h'):
                graph.setdefault(path, []).append(header)
    for circle in find_circles(graph):
        yield Problem(circle[0], 0, 'includes itself: ' + ' -> '.join(circle))
