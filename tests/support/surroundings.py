# SPDX-License-Identifier: GPL-3.0-or-later
"""What a machine may lack and a test needs, so that it does not have to be left out; see surroundings.c."""

import ctypes
import os
import tempfile

LIBC = ctypes.CDLL(None, use_errno=True)
CAPBSET_READ, CAPBSET_DROP = 23, 24
DAC_OVERRIDE, DAC_READ_SEARCH = 1, 2
RECURSIVE, PRIVATE = 1 << 14, 1 << 18
MOUNT_POINT = '/mnt'           # every system has it, for such a thing
PLACES = ('/dev/shm', os.environ.get('XDG_RUNTIME_DIR', '/run'), '/var/tmp', '/tmp', os.path.expanduser('~'))


def check(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def obey_permissions():
    """What is started from now on is bound by permissions, whoever starts it."""
    for ruling in (DAC_OVERRIDE, DAC_READ_SEARCH):
        if os.geteuid() == 0 and LIBC.prctl(CAPBSET_READ, ruling, 0, 0, 0) == 1:
            check(LIBC.prctl(CAPBSET_DROP, ruling, 0, 0, 0))


def mount_disk(path):
    user, group = os.geteuid(), os.getegid()
    try:
        if user != 0:
            raise PermissionError
        os.unshare(os.CLONE_NEWNS)
    except PermissionError:
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNS)
        for name, text in (('setgroups', 'deny'), ('uid_map', f'{user} {user} 1'), ('gid_map', f'{group} {group} 1')):
            with open(f'/proc/self/{name}', 'w') as file:
                file.write(text)
    check(LIBC.mount(None, b'/', None, RECURSIVE | PRIVATE, None))
    check(LIBC.mount(b'tmpfs', os.fsencode(path), b'tmpfs', 0, b'size=256m'))


def make_apart(path):
    """A new folder on another file system than a path; where the machine has none, it is made for this process."""
    device = os.stat(path).st_dev
    for place in PLACES:
        if os.access(place, os.W_OK | os.X_OK) and os.stat(place).st_dev != device:
            return tempfile.mkdtemp(prefix='paddock-apart-', dir=place)
    mount_disk(MOUNT_POINT)
    return tempfile.mkdtemp(prefix='paddock-apart-', dir=MOUNT_POINT)
