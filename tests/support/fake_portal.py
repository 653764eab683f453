# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's portal, as far as programs ask it whether they may go on without a window.

    python3 fake_portal.py yes|no

Prints `ready`, and the reason of each program that asks.
"""

import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = 'org.freedesktop.portal.Desktop'
PATH = '/org/freedesktop/portal/desktop'


class Request(dbus.service.Object):

    @dbus.service.signal('org.freedesktop.portal.Request', signature='ua{sv}')
    def Response(self, response, results):
        pass


class Portal(dbus.service.Object):

    def __init__(self, bus, allows):
        super().__init__(bus, PATH)
        self.bus = bus
        self.allows = allows

    @dbus.service.method('org.freedesktop.portal.Background', in_signature='sa{sv}', out_signature='o',
                         sender_keyword='sender')
    def RequestBackground(self, window, options, sender):
        path = f'{PATH}/request/{sender[1:].replace(".", "_")}/{options["handle_token"]}'
        request = Request(self.bus, path)
        print(options['reason'], flush=True)
        request.Response(0 if self.allows else 1, {'background': dbus.Boolean(self.allows)})
        request.remove_from_connection()
        return dbus.ObjectPath(path)


def main(answer):
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    bus = dbus.SessionBus()
    Portal(bus, answer == 'yes')
    name = dbus.service.BusName(NAME, bus)
    print('ready', flush=True)
    GLib.MainLoop().run()
    del name


if __name__ == '__main__':
    main(sys.argv[1])
