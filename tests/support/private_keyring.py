# SPDX-License-Identifier: GPL-3.0-or-later
"""A bus and GNOME's own keyring on it, which nobody else sees and which holds nothing."""

import os
import shutil
import subprocess
import tempfile

from private_session import BUS_CONFIG, read_line

LIMIT = 60
# What tests want of our own programs alone.
FOR_OURS = ('G_DEBUG', 'LD_PRELOAD', 'MALLOC_PERTURB_')


class PrivateKeyring:
    """with PrivateKeyring() as keyring: `environment` is what a program needs to find it."""

    def __init__(self, *, keyring=True):
        self.keyring = keyring
        self.processes = []

    def __enter__(self):
        self.directory = tempfile.mkdtemp(prefix='paddock-keyring-')
        services = os.path.join(self.directory, 'services')
        os.mkdir(services)
        config = os.path.join(self.directory, 'bus.conf')
        with open(config, 'w') as file:
            file.write(BUS_CONFIG.format(runtime=self.directory, services=services))
        bus = self.start('dbus-daemon', f'--config-file={config}', '--nofork', '--print-address=1',
                         stdout=subprocess.PIPE)
        self.environment = {'DBUS_SESSION_BUS_ADDRESS': read_line(bus.stdout.fileno(), 'the bus'),
                            'XDG_RUNTIME_DIR': self.directory}
        if self.keyring:
            daemon = self.start('gnome-keyring-daemon', '--foreground', '--components=secrets', '--unlock',
                                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
            daemon.stdin.write(b'password')
            daemon.stdin.close()
            subprocess.run(['gdbus', 'wait', '--session', '--timeout', str(LIMIT), 'org.freedesktop.secrets'],
                           env=self.environment_of(), check=True)
        return self

    def environment_of(self):
        private = {name: self.directory for name in ('HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME')}
        ours = {name: value for name, value in os.environ.items() if name not in FOR_OURS}
        return {**ours, **private, **getattr(self, 'environment', {'XDG_RUNTIME_DIR': self.directory})}

    def start(self, *command, **options):
        process = subprocess.Popen(command, env=self.environment_of(), stderr=subprocess.DEVNULL, **options)
        self.processes.append(process)
        return process

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()
            if process.stdout:
                process.stdout.close()
        shutil.rmtree(self.directory, ignore_errors=True)
