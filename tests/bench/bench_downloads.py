# SPDX-License-Identifier: GPL-3.0-or-later
"""Downloads from a server on this machine, by us and by what people use for them."""

import hashlib
import shutil
from pathlib import Path

import bench_files
import nginx_server
from bench_tools import Row, Skip, command, process

ROUNDS = 5


class Scene:
    """A model of some size on a server, and ways to get it."""

    def __init__(self, scratch, size):
        scratch = Path(scratch)
        self.served, self.got = scratch / 'served', scratch / 'got'
        self.served.mkdir(parents=True)
        self.name = 'model.gguf'
        bench_files.write_weights(self.served / self.name, size)
        with open(self.served / self.name, 'rb') as file:
            self.sha256 = hashlib.file_digest(file, 'sha256').hexdigest()
        self.size = (self.served / self.name).stat().st_size
        self.environment = {'GIO_USE_PROXY_RESOLVER': 'dummy', 'PADDOCK_DATA_DIR': str(scratch / 'data'),
                            'PADDOCK_CACHE_DIR': str(scratch / 'cache'), 'PADDOCK_CONFIG_DIR': str(scratch / 'config')}

    def run(self, *command):
        return process(0, 1, *command, **self.environment)

    def clear(self):
        shutil.rmtree(self.got, ignore_errors=True)
        self.got.mkdir()

    def ours(self, address, *options):
        self.clear()
        cost = self.run('paddockctl', 'download', '--sha256', self.sha256, '--to', self.got, *options,
                        f'{address}/{self.name}')
        assert (self.got / self.name).stat().st_size == self.size
        return cost

    def curl(self, address, authorities):
        self.clear()
        target = self.got / self.name
        got = self.run('curl', '--silent', '--fail', '--cacert', authorities, '--output', target,
                       f'{address}/{self.name}')
        hashed = self.run('sha256sum', target)
        return {what: got[what] + hashed[what] for what in got}

    def aria2(self, address, authorities):
        self.clear()
        return self.run('aria2c', '--quiet', '--no-conf', '-x8', '-s8', '-k1M', f'--ca-certificate={authorities}',
                        f'--dir={self.got}', f'{address}/{self.name}')

    def compare(self, server, address, peer):
        """Both in turns: the least of each."""
        self.environment['SSL_CERT_FILE'] = str(server.authorities)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(self.ours(address))
            theirs.append(peer(address, server.authorities))
        return tuple({what: min(cost[what] for cost in costs) for what in costs[0]} for costs in (ours, theirs))


def bench_speed(scratch):
    for needed in ('paddockctl', 'curl', 'aria2c', 'openssl', 'sha256sum'):
        command(needed)
    if nginx_server.find_program() is None:
        raise Skip('nginx is not there')
    scene = Scene(scratch, 512 << 20)
    rows = []
    with nginx_server.NginxServer(scene.served, f'{scratch}/nginx') as server:
        for what, address, target in (('http', server.address, 0.75), ('https', server.safe_address, 0.9)):
            ours, peer = scene.compare(server, address, scene.curl)
            ratio = ours['seconds'] / peer['seconds']
            rows.append(Row(f'downloads: 512 MiB over {what}, verified', f'{ours["seconds"]:.2f} s',
                            f'curl, then sha256sum {peer["seconds"]:.2f} s', f'{ratio:.2f} of the time', f'<= {target}',
                            ratio <= target))
            ratio = ours['processor'] / peer['processor']
            rows.append(Row('', f'{ours["processor"]:.2f} s', f'of a processor {peer["processor"]:.2f} s',
                            f'{ratio:.2f} of the work', '<= 1', ratio <= 1))
    with nginx_server.NginxServer(scene.served, f'{scratch}/slow', limit='50m') as server:
        ours, peer = scene.compare(server, server.address, scene.aria2)
        ratio = peer['seconds'] / ours['seconds']
        rows.append(Row('downloads: 512 MiB, 50 MB/s a connection', f'{scene.size / ours["seconds"] / 1e6:.0f} MB/s',
                        f'aria2c -x8 {scene.size / peer["seconds"] / 1e6:.0f} MB/s', f'{ratio:.2f} of the speed',
                        '>= 0.95', ratio >= 0.95))
    return rows


def bench_memory(scratch):
    command('paddockctl')
    if nginx_server.find_program() is None:
        raise Skip('nginx is not there')
    resident = {}
    for mebibytes in (16, 1024):
        scene = Scene(f'{scratch}/{mebibytes}', mebibytes << 20)
        with nginx_server.NginxServer(scene.served, f'{scratch}/{mebibytes}/nginx') as server:
            resident[mebibytes] = scene.ours(server.address)['resident']
        shutil.rmtree(f'{scratch}/{mebibytes}')
    more = resident[1024] - resident[16]
    return [Row('downloads: resident, a file of 1 GiB', f'{resident[1024] / 1e6:.1f} MB',
                f'of 16 MiB {resident[16] / 1e6:.1f} MB', f'{more / 1e6:+.1f} MB', '<= 4 MB', more <= 4e6)]
