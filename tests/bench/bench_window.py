# SPDX-License-Identifier: GPL-3.0-or-later
"""The window with a large library: how soon it is there, and whether it ever keeps a person waiting."""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORDS = 'model 12 qwen'
CHANGES = 500
# Seconds. A frame of 60 a second; what the main loop may be away; what a program may need for 100,000 files.
FRAME, AWAY = 0.016, 0.008
RUNS = 3


class Library:
    """A folder of models that the window's home knows of."""

    def __init__(self, tree, scratch, home, files, folders):
        self.folder = f'{scratch}/models'
        os.makedirs(self.folder)
        subprocess.run([tree, self.folder, str(files), str(folders)], check=True, stdout=subprocess.DEVNULL)
        os.makedirs(f'{home}/config/paddock')
        with open(f'{home}/config/paddock/library.json', 'w') as file:
            json.dump({'folders': [self.folder]}, file)


def best(samples):
    """Of each figure the middle one: a busy machine is slower only at times."""
    return {name: statistics.median(sample[name] for sample in samples) for name in samples[0]}


def measure(stage, paddock, bare, library, runs):
    """Figures of a first start, of second starts, and of the use of the window."""
    first = stage.play([paddock], ['settle'], limit=300)
    rows = str(int(first['settle.rows']))
    start = stage.compare([paddock], [bare], 'list', runs, BENCH_ROWS=rows)
    change = f'{sys.executable} {HERE}/bench_churn.py {library.folder} {CHANGES}'
    steps = ['list', 'settle', 'search', 'rest', 'wheel', 'rest', 'fling']
    use = best([stage.play([paddock], steps, limit=300, BENCH_ROWS=rows, BENCH_WORDS=WORDS) for _ in range(RUNS)])
    changed = stage.play([paddock], ['list', 'settle', 'change'], limit=300, BENCH_ROWS=rows, BENCH_CHANGE=change)
    return first, start, use | {name: value for name, value in changed.items() if name.startswith('change.')}


def rows(row, what, first, start, use, judged=True):
    """judged: whether these are the figures that targets were set for."""
    def made(what, value, remark, limit, text):
        return row(what, value, remark, '', text if judged else '', limit if judged else None)

    def milliseconds(seconds):
        return f'{seconds * 1e3:.1f} ms'

    def mebibytes(size):
        return f'{size / (1 << 20):.0f} MiB'

    (shown, frame), (resident, bare) = start['at'], start['resident']
    settled = use['settle.resident']
    away = {'scan for the first time': first['settle.turn'], 'start and look again': use['settle.turn'],
            'search': use['search.turn'], f'change {CHANGES} files': use['change.turn']}
    answer = [
        row(f'{what}: {int(first["settle.rows"]):,} in the list, second start', milliseconds(shown),
            f'bare window {milliseconds(frame)}', f'{shown / frame:.2f}x', '<= 1.3x' if judged else '',
            shown / frame <= 1.3 if judged else None),
        made('  resident with the full list', mebibytes(resident),
             f'bare window {mebibytes(bare)}, {mebibytes(resident - bare)} more', resident - bare <= 60 << 20,
             '<= 60 MiB more'),
        made('  resident after looking at the disk', mebibytes(settled), f'{mebibytes(settled - bare)} more',
             settled - bare <= 60 << 20, '<= 60 MiB more'),
        made('  filter at a letter, slowest', milliseconds(use['search.filter']),
             f'middle {milliseconds(use["search.filter50"])}', use['search.filter'] < AWAY, '< 8 ms'),
    ]
    for name, label in (('wheel', 'scroll by the wheel'), ('fling', 'scroll from top to bottom')):
        answer.append(made(f'  {label}: 99 % of {int(use[f"{name}.frames"])} frames',
                           milliseconds(use[f'{name}.frame99']),
                           f'middle {milliseconds(use[f"{name}.frame50"])}, '
                           f'longest {milliseconds(use[f"{name}.frame"])}',
                           use[f'{name}.frame99'] <= FRAME, '<= 16 ms'))
    for name, turn in away.items():
        answer.append(made(f'  longest turn without painting: {name}', milliseconds(turn), '', turn <= AWAY, '<= 8 ms'))
    return answer
