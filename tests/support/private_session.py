# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop session that nobody else sees: display, session bus and home of its own, gone when it ends."""

import os
import select
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

START_LIMIT = 60     # seconds, for a machine that is busy with other things
MOST_LOOKS = 5       # for a picture of what never stands still

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={runtime}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

# Nothing moves by itself, so that a picture shows the end of every transition and no frame is drawn for nothing.
GTK_SETTINGS = """[Settings]
gtk-enable-animations=false
gtk-cursor-blink=false
gtk-hint-font-metrics=true
"""

DESKTOP_SETTINGS = """[org/gnome/desktop/interface]
enable-animations=false
cursor-blink=false
"""

COMPOSITOR_CONFIG = """<?xml version="1.0"?>
<labwc_config>
  <core><gap>0</gap><decoration>client</decoration></core>
  <placement><policy>automatic</policy></placement>
</labwc_config>
"""

# What of the person's own session could reach into the private one.
FOREIGN = ('DISPLAY', 'WAYLAND_DISPLAY', 'WAYLAND_SOCKET', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS',
           'AT_SPI_BUS_ADDRESS', 'NO_AT_BRIDGE', 'GTK_THEME', 'GTK_MODULES', 'GTK_DEBUG', 'GDK_SCALE', 'GDK_DPI_SCALE',
           'GTK_IM_MODULE', 'XDG_CURRENT_DESKTOP', 'XDG_SESSION_TYPE', 'DESKTOP_SESSION', 'LANGUAGE', 'LC_ALL',
           'G_MESSAGES_DEBUG', 'DESKTOP_STARTUP_ID', 'XDG_ACTIVATION_TOKEN')


class StartError(Exception):
    """A part of the session does not come up."""


def read_line(descriptor, what):
    """Waits for the line by which a server says that it is ready."""
    line = b''
    while not line.endswith(b'\n'):
        ready, _, _ = select.select([descriptor], [], [], START_LIMIT)
        piece = os.read(descriptor, 4096) if ready else b''
        if not piece:
            raise StartError(f'{what} does not start')
        line += piece
    return line.decode().strip()


class PrivateSession:
    """A context manager; `environment` is what a program needs to run in it."""

    def __init__(self, display='x11', size=(1600, 1000)):
        self.display = display
        self.size = size
        self.directory = None
        self.environment = {}
        self._processes = []

    def __enter__(self):
        self.directory = Path(tempfile.mkdtemp(prefix='paddock-session-'))
        try:
            self._prepare()
            self._start_bus()
            if self.display == 'x11':
                self._start_x11()
            else:
                self._start_wayland()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        for process in reversed(self._processes):
            process.terminate()
        for process in self._processes:
            try:
                process.wait(START_LIMIT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._processes = []
        if self.directory is not None:
            shutil.rmtree(self.directory, ignore_errors=True)
            self.directory = None

    def make_home(self, name):
        """Makes an empty home; returns the variables that tell of it."""
        home = self.directory / name
        places = {
            'HOME': home,
            'XDG_CONFIG_HOME': home / 'config',
            'XDG_DATA_HOME': home / 'data',
            'XDG_CACHE_HOME': home / 'cache',
            'XDG_STATE_HOME': home / 'state',
        }
        for place in places.values():
            place.mkdir(parents=True, exist_ok=True)
        for path, text in (('config/gtk-4.0/settings.ini', GTK_SETTINGS),
                           ('config/glib-2.0/settings/keyfile', DESKTOP_SETTINGS)):
            file = home / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if not file.exists():
                file.write_text(text)
        return {name: str(place) for name, place in places.items()}

    def _prepare(self):
        runtime = self.directory / 'runtime'
        runtime.mkdir(mode=0o700)
        self.environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        self.environment.update(self.make_home('home'))
        self.environment.update({
            'XDG_RUNTIME_DIR': str(runtime),
            'LANG': 'C.UTF-8',
            'GSETTINGS_BACKEND': 'keyfile',
            'GSK_RENDERER': 'cairo',
            'GDK_BACKEND': self.display,
            'GDK_DEBUG': 'no-portals',
            'GTK_A11Y': 'atspi',
            'GIO_USE_VFS': 'local',
            'GVFS_DISABLE_FUSE': '1',
            'LIBGL_ALWAYS_SOFTWARE': '1',
        })

    def _start(self, command, **options):
        """Starts a server whose messages are kept out of the way."""
        log = open(self.directory / f'{command[0]}.log', 'wb')
        with log:
            process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                       start_new_session=True, **options)
        self._processes.append(process)
        return process

    def _start_bus(self):
        services = self.directory / 'services'
        services.mkdir()
        for directory in self.environment.get('XDG_DATA_DIRS', '/usr/local/share:/usr/share').split(':'):
            accessibility = Path(directory) / 'dbus-1/services/org.a11y.Bus.service'
            if accessibility.exists():
                shutil.copy(accessibility, services)
        config = self.directory / 'bus.conf'
        config.write_text(BUS_CONFIG.format(runtime=self.environment['XDG_RUNTIME_DIR'], services=services))
        reading, writing = os.pipe()
        self._start(['dbus-daemon', f'--config-file={config}', '--nofork', f'--print-address={writing}'],
                    pass_fds=[writing])
        os.close(writing)
        self.environment['DBUS_SESSION_BUS_ADDRESS'] = read_line(reading, 'the session bus')
        os.close(reading)

    def _start_x11(self):
        reading, writing = os.pipe()
        screen = '{}x{}x24'.format(*self.size)
        self._start(['Xvfb', '-displayfd', str(writing), '-screen', '0', screen, '-nolisten', 'tcp', '-noreset',
                     '-dpi', '96'], pass_fds=[writing])
        os.close(writing)
        self.environment['DISPLAY'] = ':' + read_line(reading, 'the display')
        os.close(reading)

    def _start_wayland(self):
        config = self.directory / 'labwc'
        config.mkdir()
        (config / 'rc.xml').write_text(COMPOSITOR_CONFIG)
        told = self.directory / 'wayland-display'
        os.mkfifo(told)
        self.environment.update({
            'WLR_BACKENDS': 'headless',
            'WLR_RENDERER': 'pixman',
            'WLR_HEADLESS_OUTPUTS': '1',
            'WLR_LIBINPUT_NO_DEVICES': '1',
        })
        self._start(['labwc', '-C', str(config), '-s', f"sh -c 'echo $WAYLAND_DISPLAY > {told}'"])
        reading = os.open(told, os.O_RDWR)
        self.environment['WAYLAND_DISPLAY'] = read_line(reading, 'the compositor')
        os.close(reading)

    def look(self):
        """What is on the display."""
        command = 'import -silent -window root ppm:-' if self.display == 'x11' else 'grim -t ppm -'
        return subprocess.run(command.split(), env=self.environment, check=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE).stdout

    def screenshot(self, path):
        """Saves a picture of the whole display, once it stands still: what was told of already may not be drawn yet."""
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        picture, before = self.look(), None
        for _ in range(MOST_LOOKS):
            if picture == before:
                break
            picture, before = self.look(), picture
        subprocess.run(['convert', 'ppm:-', str(path)], env=self.environment, check=True, input=picture)

    def spawn(self, command, environment=None, **options):
        """Starts a program in the session; the caller ends it."""
        return subprocess.Popen(command, env={**self.environment, **(environment or {})}, stdin=subprocess.DEVNULL,
                                start_new_session=True, **options)


def end(process, limit=START_LIMIT):
    """Asks a program to end, and makes it."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(limit)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
