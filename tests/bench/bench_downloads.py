# SPDX-License-Identifier: GPL-3.0-or-later
"""Downloads from a server on this machine, by us and by what people use for them."""

import hashlib
import shutil
from pathlib import Path

import bench_files

ROUNDS = 5


class Scene:
    """A model of some size on a server, and ways to get it. measure: what a run costs, see run-bench.py."""

    def __init__(self, scratch, size, measure):
        scratch = Path(scratch)
        self.measure = measure
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
        return self.measure(0, 1, *command, **self.environment)

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
