# SPDX-License-Identifier: GPL-3.0-or-later
"""Several downloads of one program: their limits, their memory, and a long list of them."""

import shutil
from pathlib import Path

import bench_files
import nginx_server
from bench_tools import Row, Skip, figures, milliseconds, program

MIB = 1 << 20
MANY = (1, 8, 32)


def serve(scratch, size, limit):
    if nginx_server.find_program() is None:
        raise Skip('nginx is not there')
    served = Path(scratch) / 'served'
    served.mkdir(exist_ok=True)
    bench_files.write_noise(served / 'file.bin', size)
    return nginx_server.NginxServer(served, Path(scratch) / f'nginx-{size}', limit)


def limit_row(what, rate, wanted):
    off = rate / wanted - 1
    return Row(what, f'{rate / 1e6:.2f} MB/s', f'wanted {wanted / 1e6:.1f} MB/s', f'{off * 100:+.1f} %', '<= 5 %',
               abs(off) <= 0.05)


def bench_limits(scratch):
    with serve(scratch, 1024 * MIB, None) as server:
        rates = figures(program('transfers'), 'limits', f'{server.address}/file.bin', scratch)
    return [limit_row('downloads-limits: two at once, 8 MB/s in all, over 10 s', rates['all.8'], 8e6),
            limit_row('then the first one 2 MB/s', rates['own.2.first'], 2e6),
            limit_row('and still 8 MB/s in all', rates['own.2'], 8e6),
            limit_row('then 20 MB/s in all', rates['all.20'], 20e6),
            limit_row('still the first one 2 MB/s', rates['all.20.first'], 2e6),
            limit_row('then none in all, 2 MB/s for the first one', rates['each.first'], 2e6),
            limit_row('and 0.5 MB/s for the second one', rates['each'] - rates['each.first'], 0.5e6)]


def bench_many(scratch):
    resident, rows = {}, []
    # Connections are held back, so that there are many of them, and all at once.
    with serve(scratch, 32 * MIB, '2m') as server:
        for count in MANY:
            folder = Path(scratch) / 'got'
            folder.mkdir()
            costs = figures(program('transfers'), str(count), f'{server.address}/file.bin', folder)
            resident[count] = costs['resident']
            shutil.rmtree(folder)
    for count in MANY:
        each = (resident[count] - resident[MANY[0]]) / (count - MANY[0]) if count > MANY[0] else None
        rows.append(Row(f'downloads-many: resident, {count} at once', f'{resident[count] / 1e6:.1f} MB', '',
                        '' if each is None else f'{each / 1e6:.2f} MB for each more', '' if each is None else '<= 4 MB',
                        None if each is None else each <= 4e6))
    return rows


def bench_queue(scratch):
    with serve(scratch, 256 * MIB, '1m') as server:
        times = figures(program('queue'), '1000', f'{server.address}/file.bin', scratch)
    return [Row('downloads-queue: 1,000 on the list, added', milliseconds(times['add']), '', '', ''),
            Row('', milliseconds(times['save']), 'until they are kept on the disk', '', ''),
            Row('', milliseconds(times['save.turn']), 'the longest turn of the main loop meanwhile', '', '<= 16 ms',
                times['save.turn'] <= 0.016),
            Row('', milliseconds(times['load']), 'reading the list at the start', '', ''),
            Row('', milliseconds(times['run.turn']), 'the longest turn while two run', '', '<= 16 ms',
                times['run.turn'] <= 0.016),
            Row('', f'{times["run.work"] * 100:.2f} %', 'of a processor while two run, in the main loop', '', ''),
            Row('', milliseconds(times['pause-all']), 'pausing all', '', '<= 16 ms', times['pause-all'] <= 0.016),
            Row('', milliseconds(times['stop.turn']), 'the longest turn while stopping', '', '')]
