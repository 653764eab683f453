#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench_churn.py FOLDER COUNT: adds, renames and removes so many models in a library's folder."""

import os
import random
import shutil
import sys
from pathlib import Path


def change(chance, models, number):
    path = chance.choice(models)
    kind = number % 3
    if kind == 0:
        added = path.with_name(f'added-{number}-F16.gguf')
        shutil.copy(path, added)
        models.append(added)
    elif kind == 1:
        renamed = path.with_name(f'renamed-{number}-F16.gguf')
        os.rename(path, renamed)
        models[models.index(path)] = renamed
    else:
        path.unlink()
        models.remove(path)


def main():
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(1)
    models = sorted(path for path in folder.glob('*/model-*.gguf') if not path.is_symlink())
    for number in range(count):
        change(chance, models, number)


main()
