#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures Paddock beside its peers, in one run on one machine, and says which targets are met.

run-bench.py [NAME..] runs the benchmarks whose names contain one of NAME, or all. It never fails because of a figure.
"""

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(1, str(HERE.parent / 'support'))

import bench_display  # noqa: E402
import bench_downloads  # noqa: E402
import bench_faults  # noqa: E402
import bench_files  # noqa: E402
import bench_models  # noqa: E402
import bench_server  # noqa: E402
import bench_transfers  # noqa: E402
import bench_window  # noqa: E402
from bench_tools import BUILD, PROGRAMS, Row, Skip, command, figures, milliseconds, process, program  # noqa: E402


# So many that there are 10,000 rows in the list: some are shards, projectors and second names.
LIBRARY_FILES = 12_000


def bench_header(scratch):
    path = f'{scratch}/large.gguf'
    bench_files.write_large_header(path)
    times = figures(program('header'), path)
    memory = figures(program('header'), '--memory', path)['memory']
    faster, slower = times['ggml'] / times['ours'], times['ours'] / times['bytes']
    what = 'header: 300,000 strings, 1,000 tensors'
    return [
        Row(what, milliseconds(times['ours']), f'gguf_init_from_file {milliseconds(times["ggml"])}',
            f'{faster:.1f}x faster', '>= 8x', faster >= 8),
        Row('', milliseconds(times['ours']), f'reading its bytes {milliseconds(times["bytes"])}', f'{slower:.2f}x',
            '<= 2.5x', slower <= 2.5),
        Row('', f'{memory / 1e6:.2f} MB', 'beyond the mapping', '', '<= 1.5 MB', memory <= 1.5e6),
    ]


def bench_folder(scratch):
    count = 10_000
    bench_files.write_folder(f'{scratch}/folder', count)
    result = figures(program('folder'), f'{scratch}/folder')
    rate = result['files'] / result['seconds']
    return [Row('folder: 10,000 small models, 2 threads, warm', f'{rate:,.0f} files/s',
                milliseconds(result['seconds']) + ' in all', '', '>= 5,000 files/s', rate >= 5000)]


def library_row(scratch, count):
    result = bench_library_of(f'{scratch}/{count}', f'{scratch}/{count}.cache', count)
    first, again = (result['files'] / result[name] for name in ('first', 'again'))
    what = f'library: {count:,} small models'
    read = result['read']
    return [
        Row(f'{what}, first scan, warm', f'{first:,.0f} files/s', milliseconds(result['first']) + ' in all', '',
            '>= 5,000 files/s', first >= 5000),
        Row('', f'{again:,.0f} files/s', milliseconds(result['again']) + ' when all are known', '', '', None),
        Row('', milliseconds(read), 'reading the cache', f'{result["bytes"] / 1e6:.1f} MB',
            f'<= {count / 10_000 * 15:.0f} ms', read <= count / 10_000 * 0.015),
        Row('', milliseconds(result['write']), 'writing it', '', '', None),
    ]


def bench_library_of(folder, cache, count):
    os.makedirs(folder)
    tree = BUILD / 'tests' / 'support' / 'library-tree'
    subprocess.run([tree, folder, str(count), str(count // 50)], check=True, stdout=subprocess.DEVNULL)
    return figures(program('library'), folder, cache)


def memory_scratch():
    memory = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None
    return tempfile.TemporaryDirectory(prefix='paddock-bench-', dir=memory)


def bench_library(_scratch):
    # In memory: it is not the disk that is measured.
    with memory_scratch() as scratch:
        return library_row(scratch, 10_000) + library_row(scratch, 100_000)


def bench_inspect(scratch):
    path = f'{scratch}/small.gguf'
    bench_files.write_small_model(path)
    ours = process(2, 50, command('paddockctl'), 'inspect', path)['seconds']
    nothing = process(2, 50, command('true'))['seconds']
    return [Row('inspect: the whole process', milliseconds(ours), f'true(1) {milliseconds(nothing)}',
                f'{ours / nothing:.1f}x', '<= 15 ms', ours <= 0.015)]


@contextlib.contextmanager
def stage(scratch):
    """A display where windows can be measured."""
    for needed in ('Xvfb', 'dbus-daemon', 'paddock'):
        command(needed)
    agent = PROGRAMS / 'libbench-agent.so'
    if not agent.exists():
        raise Skip('the application is not built here')
    home = f'{scratch}/home'
    os.makedirs(home, 0o700)
    try:
        with bench_display.display(home) as environment:
            yield bench_display.Stage(environment, str(agent), scratch)
    except bench_display.NoFrame as problem:
        raise Skip(str(problem)) from problem


def bench_window_model(scratch):
    path = f'{scratch}/large.gguf'
    bench_files.write_large_header(path)
    with stage(scratch) as shown:
        ours, bare = shown.compare([command('paddock'), path], [program('bare-window')])['at']
    return [Row('window: first frame with a large model', milliseconds(ours), f'bare window {milliseconds(bare)}',
                f'{ours / bare:.2f}x', '<= 1.3x', ours / bare <= 1.3)]


def bench_window_library(scratch):
    tree = str(BUILD / 'tests' / 'support' / 'library-tree')
    answer = [Row('window-library: drawn in software (cairo) on Xvfb', '', '', '', '')]
    for files, folders, judged in ((LIBRARY_FILES, 400, True), (10 * LIBRARY_FILES, 4000, False)):
        what = f'window: {files:,} files in {folders:,} folders'
        try:
            # In memory: it is not the disk that is measured.
            with memory_scratch() as place, stage(place) as shown:
                library = bench_window.Library(tree, place, f'{place}/home', files, folders)
                results = bench_window.measure(shown, command('paddock'), program('bare-window'), library,
                                               11 if judged else 3)
                answer += bench_window.rows(Row, what, *results, judged)
        except Skip as reason:
            answer.append(Row(what, 'no figures', str(reason), '', '', False))
    return answer


def bench_digest(scratch):
    size = 512 << 20
    path = f'{scratch}/noise'
    bench_files.write_noise(path, size)
    ours = process(2, 5, program('digest'), path)['seconds']
    peer = process(2, 5, command('sha256sum'), path)['seconds']
    os.unlink(path)
    return [Row('digest: SHA-256 of 512 MiB in the page cache', f'{size / ours / 1e9:.2f} GB/s',
                f'sha256sum {size / peer / 1e9:.2f} GB/s', f'{peer / ours:.2f}x the speed', '')]


def bench_deep(scratch):
    size = 1536 << 20
    if shutil.disk_usage(scratch).free < 2 * size:
        raise Skip(f'{scratch} has no room for a model of {size >> 20} MiB')
    path = f'{scratch}/weights.gguf'
    bench_files.write_weights(path, size)
    result = figures(program('deep'), path)
    os.unlink(path)
    ratio = result['ratio']
    return [Row('deep: every number of 1.5 GiB judged, 2 threads, warm',
                f'{result["size"] / result["deep"] / 1e9:.2f} GB/s',
                f'reading it {result["size"] / result["plain"] / 1e9:.2f} GB/s',
                f'{ratio:.2f} of the speed', '>= 0.8', ratio >= 0.8),
            Row('', f'{result["held"] / 1e6:.1f} MB', 'held beyond the mapping', '', '<= 256 MB',
                result['held'] <= 256 << 20)]


class Speeds:
    """What bench-kernels measured, in GB/s."""

    def __init__(self, lines):
        self.lines = lines

    def get(self, *name):
        value = self.lines.get('.'.join(name))
        return None if value is None else value / 1e9

    def types(self):
        return list(dict.fromkeys(name.split('.')[0] for name in self.lines if not name.startswith('limit.')))


# The bytes of a stored number of the types that are stored in two bytes or more: a kernel writes four for each.
WIDE_TYPES = {'F32': 4, 'F16': 2, 'BF16': 2, 'I16': 2, 'I32': 4, 'F64': 8, 'I64': 8}
COPYING = ('"of copying" is the share of the bytes per second, read and written together, that a copy of floats moves '
           'in the same place. Numbers stored in two bytes or more are held against that too, because storing alone, '
           'as the limit does, reads nothing.')


def share_of_copying(speeds, kind, isa, place, ours):
    """How near a kernel of a wide type is to a copy, which reads and writes four bytes for a float; None if no copy."""
    # In the cache, the kernel of F32 is the copy.
    copy = speeds.get(kind, 'copy', '1', place) if place == 'memory' else speeds.get('F32', isa, '1', place)
    if kind not in WIDE_TYPES or copy is None or (kind, place) == ('F32', 'l2'):
        return None
    return ours * (4 + WIDE_TYPES[kind]) / (copy * 8)


def kernel_row(speeds, kind, isa, place, share):
    """One kernel beside the limit of memory and beside ggml, which it must also not be slower than."""
    ours, peer = speeds.get(kind, isa, '1', place), speeds.get(kind, 'ggml', '1', place)
    limit = speeds.get(kind, 'limit', '1', place)
    if ours is None:
        return None
    of_limit = ours / limit
    of_copying = share_of_copying(speeds, kind, isa, place, ours)
    faster = None if peer is None else ours / peer
    met = max(of_limit, of_copying or 0) >= share or (faster or 0) >= 5
    return Row(f'{kind} {isa} {"in cache" if place == "l2" else "to memory"}', f'{ours:.1f} GB/s',
               'ggml has none' if peer is None else f'ggml {peer:.1f} GB/s',
               f'{of_limit:.2f} of the limit' + ('' if faster is None else f', {faster:.1f}x'),
               f'>= {share} of the limit{"" if of_copying is None else " or of copying"}, or 5x',
               met and (faster is None or faster >= 1), '' if of_copying is None else f'{of_copying:.2f}')


def bench_kernels(scratch):
    speeds = Speeds(figures(program('kernels')))
    rows = [Row('kernels: memory itself', f'{speeds.get("limit", "store_l2"):.1f} GB/s in cache',
                f'{speeds.get("limit", "store_stream"):.1f} GB/s to memory',
                f'{speeds.get("limit", "read"):.1f} GB/s read', '')]
    for kind in speeds.types():
        for isa in ('avx2', 'avx512', 'neon'):
            for place, share in (('l2', 0.75), ('memory', 0.85)):
                rows.append(kernel_row(speeds, kind, isa, place, share))
        one, two = speeds.get(kind, 'best', '1', 'memory'), speeds.get(kind, 'best', '2', 'memory')
        rows.append(Row(f'{kind}: two threads, to memory', f'{two:.1f} GB/s', f'one {one:.1f} GB/s',
                        f'{two / one:.2f}x', '>= 1.8x', two / one >= 1.8))
    return [row for row in rows if row]


def bench_opencl(scratch):
    caches = {'PADDOCK_CACHE_DIR': f'{scratch}/own', 'POCL_CACHE_DIR': f'{scratch}/driver'}
    os.makedirs(caches['POCL_CACHE_DIR'])
    cold = figures(program('opencl'), 'start', **caches)
    if not cold:
        raise Skip('there is no OpenCL device that is suited')
    cached = figures(program('opencl'), 'start', **caches)['start']
    rows = [Row('opencl: from nothing to the first numbers', milliseconds(cached),
                f'with empty caches {milliseconds(cold["start"])}', f'{cold["start"] / cached:.1f}x', '')]
    speeds = figures(program('opencl'), **caches)
    for name, speed in speeds.items():
        kind, who = name.rsplit('.', 1)
        if who == 'device':
            peer = speeds[f'{kind}.processors']
            rows.append(Row(f'opencl: {kind} to memory', f'{speed / 1e9:.1f} GB/s',
                            f'our kernels, all processors {peer / 1e9:.1f} GB/s', f'{speed / peer:.2f}x', ''))
    return rows


def bench_placement(scratch):
    recipes = sorted((HERE.parent / 'data' / 'memory').glob('*.recipe'))
    paths = [f'{scratch}/{recipe.stem}.gguf' for recipe in recipes]
    for recipe, path in zip(recipes, paths):
        subprocess.run([str(BUILD / 'tests' / 'support' / 'gguf-recipe'), str(recipe), path], check=True)
    seconds = figures(program('placement'), *paths)['seconds']
    return [Row(f'placement: 10,000 verdicts on {len(paths)} published models', milliseconds(seconds), '', '', '<= 1 s',
                seconds <= 1)]


def bench_estimate(scratch):
    path = f'{scratch}/model.gguf'
    bench_models.write_hollow(path, 'llama-3.1-8b', 'Q4_K')
    times = figures(program('estimate'), path)
    return [
        Row('estimate: an 8B model, from its shape', f'{times["whole"] * 1e6:.0f} us', '', '', '<= 1 ms',
            times['whole'] <= 1e-3),
        Row('', f'{times["changed"] * 1e6:.0f} us', 'with another context only', '', '<= 0.1 ms',
            times['changed'] <= 1e-4),
        Row('', f'{times["shape"] * 1e6:.0f} us', 'the shape, from an open file', '', ''),
    ]


# Model, type of its weights, context, further arguments, tokens of the prompt: it fills a whole step of computation.
RUNS = [
    ('smollm2-135m', 'Q8_0', 4096, (), 540),
    ('smollm2-135m', 'Q4_K', 4096, ('--no-repack',), 540),
    ('smollm2-135m', 'F16', 1024, ('--load-mode', 'none'), 540),
    ('gpt2-124m', 'Q8_0', 1024, (), 540),
    ('gpt2-124m', 'F16', 1024, ('--no-repack',), 540),
    ('qwen2.5-0.5b', 'Q8_0', 2048, (), 540),
    ('qwen2.5-0.5b', 'Q4_K', 4096, ('--no-repack',), 540),
    ('qwen2.5-0.5b', 'Q8_0', 2048, ('--load-mode', 'none', '--no-repack'), 540),
    ('qwen3-0.6b', 'Q8_0', 4096, ('--no-repack',), 540),
    ('qwen3-0.6b', 'Q4_K', 2048, (), 540),
    ('llama-3.2-1b', 'Q4_K', 4096, (), 540),
    ('llama-3.2-1b', 'F16', 2048, ('--no-repack',), 540),
    ('tinyllama-1.1b', 'Q4_K', 2048, (), 540),
    ('gemma-3-1b', 'Q8_0', 2048, (), 540),
]


def estimate_resident(path, context, arguments):
    options = ['--context', str(context)]
    if '--no-repack' in arguments:
        options += ['--repack', 'off']
    if '--load-mode' in arguments:
        options.append('--no-mmap')
    answer = subprocess.run([command('paddockctl'), 'estimate', '--json', '--cpu', *options, path], check=True,
                            capture_output=True, text=True).stdout
    return json.loads(answer)


def bench_resident(scratch):
    server, rows, errors = command('llama-server'), [], []
    for name, kind, context, arguments, prompt in RUNS:
        path = f'{scratch}/{name}-{kind}.gguf'
        bench_models.write_hollow(path, name, kind)
        ours = estimate_resident(path, context, arguments)
        try:
            truth = bench_server.measure(server, path, ['--ctx-size', str(context), *arguments], prompt)
        except bench_server.NoServer as problem:
            raise Skip(f'{name} {kind}: {problem}') from problem
        os.unlink(path)
        error = ours['resident'] / truth['resident'] - 1
        errors.append(abs(error))
        rows.append(Row(f'resident: {name} {kind} {context} {" ".join(arguments)}', f'{ours["resident"] / 1e6:.1f} MB',
                        f'llama-server {truth["resident"] / 1e6:.1f} MB', f'{error * 100:+.1f} %', '<= 8 %',
                        abs(error) <= 0.08))
        error = ours['peak_loading'] / truth['loaded'] - 1
        rows.append(Row('', f'{ours["peak_loading"] / 1e6:.1f} MB', f'until it is ready {truth["loaded"] / 1e6:.1f} MB',
                        f'{error * 100:+.1f} %', ''))
    middle = statistics.median(errors)
    return [*rows, Row('resident: the middle of all', '', '', f'{middle * 100:.1f} %', '<= 3 %', middle <= 0.03)]


BENCHMARKS = {
    'header': bench_header,
    'folder': bench_folder,
    'library': bench_library,
    'inspect': bench_inspect,
    'window-model': bench_window_model,
    'window-library': bench_window_library,
    'deep': bench_deep,
    'digest': bench_digest,
    'kernels': bench_kernels,
    'opencl': bench_opencl,
    'placement': bench_placement,
    'estimate': bench_estimate,
    'resident': bench_resident,
    'downloads-speed': bench_downloads.bench_speed,
    'downloads-memory': bench_downloads.bench_memory,
    'downloads-faults': bench_faults.bench_faults,
    'downloads-kills': bench_faults.bench_kills,
    'downloads-repair': bench_faults.bench_repair,
    'downloads-limits': bench_transfers.bench_limits,
    'downloads-many': bench_transfers.bench_many,
    'downloads-queue': bench_transfers.bench_queue,
}


def print_table(rows):
    head = Row('what', 'ours', 'peer', 'ratio', 'target', None, 'of copying')
    columns = ['what', 'ours', 'peer', 'ratio', 'target']
    if any(row.of_copying for row in rows):
        columns.insert(4, 'of_copying')
    widths = [max(len(getattr(row, column)) for row in [head, *rows]) for column in columns]
    for row in [head, *rows]:
        verdict = {True: 'met', False: 'NOT MET', None: ''}[row.met]
        cells = [getattr(row, column).ljust(width) for column, width in zip(columns, widths)]
        print('  '.join(cells) + '  ' + verdict)
    if 'of_copying' in columns:
        print(COPYING)


def read_arguments():
    parser = argparse.ArgumentParser(description='Measures Paddock beside its peers.')
    parser.add_argument('names', metavar='NAME', nargs='*', help='a part of the name of a benchmark')
    parser.add_argument('--runs', type=int, help='of downloads-faults and downloads-kills')
    parser.add_argument('--seed', type=int, help='of what is chosen by chance there')
    return parser.parse_args()


def main():
    arguments = read_arguments()
    bench_faults.OPTIONS.update({name: value for name, value in (('runs', arguments.runs), ('seed', arguments.seed))
                                 if value is not None})
    wanted = arguments.names
    chosen = [name for name in BENCHMARKS if not wanted or any(part in name for part in wanted)]
    if not chosen:
        print(f'no benchmark of that name; there are: {", ".join(BENCHMARKS)}', file=sys.stderr)
        return 2
    rows, remarks = [], []
    for name in chosen:
        with tempfile.TemporaryDirectory(prefix='paddock-bench-') as scratch:
            try:
                rows += BENCHMARKS[name](scratch)
            except Skip as reason:
                remarks.append(f'{name}: skipped, {reason}')
            except subprocess.CalledProcessError as failure:
                remarks.append(f'{name}: failed, {failure.stderr.strip()}')
    if rows:
        print_table(rows)
    for remark in remarks:
        print(remark)
    return 0


sys.exit(main())
