# SPDX-License-Identifier: GPL-3.0-or-later
"""What programs tell of themselves on the accessibility bus.

A program has hundreds of parts, and to wait for each answer of each of them would take it seconds. So all questions
about parts that stand equally deep are sent before the first answer.

The cache that a program has would tell of all parts at once. But in it the toolkit also tells of parts that stand
nowhere any more, wakes them by that, and complains about it when they come back.
"""

import contextlib

import dbus
import dbus.bus
import dbus.lowlevel
import dbus.mainloop.glib

PREFIX = 'org.a11y.atspi.'
REGISTRY = PREFIX + 'Registry'
ROOT = '/org/a11y/atspi/accessible/root'
EVENTS = ('object:state-changed', 'object:children-changed', 'object:property-change', 'object:text-changed',
          'object:selection-changed', 'object:visible-data-changed', 'window')
LABELLED_BY = 2
SHOWING = 25
LONG = 1 << 20                     # characters, more than any label has
WITHIN_WINDOW = 1

# What is asked for vanished meanwhile, or the program did.
Gone = dbus.DBusException


class Question:
    """A method call that is under way."""

    def __init__(self, connection, message, limit):
        self._reply = None
        self._pending = connection.send_message_with_reply(message, self._take, limit, require_main_loop=False)

    def _take(self, message):
        self._reply = message

    def answer(self):
        if self._pending is not None:
            self._pending.block()
        if self._reply is None:
            raise Gone('the bus is gone')
        arguments = self._reply.get_args_list()
        if self._reply.get_type() == dbus.lowlevel.MESSAGE_TYPE_ERROR:
            raise Gone(*arguments[:1], name=self._reply.get_error_name())
        return arguments[0] if len(arguments) == 1 else arguments


class Part:
    """A part of a window that was shown when somebody looked."""

    def __init__(self, path, role, states):
        self.path = path
        self.role = role
        self.states = states
        self.children = []

    def walk(self):
        """This part and all in it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, path):
        """The part of that path in it, or None."""
        return next((part for part in self.walk() if part.path == path), None)


def bits(words):
    """The numbers of the bits that are set."""
    return {32 * index + bit for index, word in enumerate(words) for bit in range(32) if word >> bit & 1}


def answers_of(questions):
    """What each of the paths answers; one that is gone by then is left out. All are asked before the first answers."""
    answers = {}
    for path, question in list(questions):
        with contextlib.suppress(Gone):
            answers[path] = question.answer()
    return answers


class AccessibilityBus:

    def __init__(self, session_address, limit, note):
        """Calls `note` for each event, with the name of the signal and what it says."""
        dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
        self.limit = limit
        session = dbus.bus.BusConnection(session_address)
        address = session.call_blocking('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', '', (),
                                        timeout=limit)
        session.close()
        self._connection = dbus.bus.BusConnection(address)
        for kind in ('Object', 'Window'):
            self._connection.add_signal_receiver(note, dbus_interface=f'{PREFIX}Event.{kind}', member_keyword='signal')
        for event in EVENTS:
            self.ask(REGISTRY, '/org/a11y/atspi/registry', 'Registry', 'RegisterEvent', 'sass', event, [], '').answer()

    def ask(self, owner, path, interface, method, signature='', *arguments):
        """Sends a question; interfaces of the bus's own are named without their beginning."""
        message = dbus.lowlevel.MethodCallMessage(owner, path, interface if '.' in interface else PREFIX + interface,
                                                  method)
        if signature:
            message.append(*arguments, signature=signature)
        return Question(self._connection, message, self.limit)

    def find_program(self, pid):
        """The program with that process id, or None where it is not there (yet)."""
        for owner, _ in self.ask(REGISTRY, ROOT, 'Accessible', 'GetChildren').answer():
            # One that has just ended may still be listed.
            try:
                if self.ask(dbus.BUS_DAEMON_NAME, dbus.BUS_DAEMON_PATH, dbus.BUS_DAEMON_IFACE,
                            'GetConnectionUnixProcessID', 's', owner).answer() == pid:
                    return Program(self, str(owner))
            except Gone:
                continue
        return None

    def close(self):
        self._connection.close()


class Program:
    """One that tells of itself on the bus."""

    def __init__(self, bus, owner):
        self._bus = bus
        self._owner = owner
        self._roles = {}           # of parts by their paths; they stay the same

    def ask(self, path, interface, method, signature='', *arguments):
        return self._bus.ask(self._owner, path, interface, method, signature, *arguments)

    def ask_property(self, path, interface, name):
        return self.ask(path, dbus.PROPERTIES_IFACE, 'Get', 'ss', PREFIX + interface, name)

    def set_property(self, path, interface, name, value):
        self.ask(path, dbus.PROPERTIES_IFACE, 'Set', 'ssv', PREFIX + interface, name, value).answer()

    def _ask_all(self, paths, interface, method):
        return answers_of((path, self.ask(path, interface, method)) for path in paths)

    def look(self):
        """The windows that are shown, with all that is shown in them."""
        root = Part(ROOT, None, set())
        level = [root]
        while level:
            told = self._ask_all([part.path for part in level], 'Accessible', 'GetChildren')
            below = {path: [str(child) for _, child in children] for path, children in told.items()}
            states = self._ask_all([path for paths in below.values() for path in paths], 'Accessible', 'GetState')
            set_bits = {path: bits(words) for path, words in states.items()}
            shown = {path: numbers for path, numbers in set_bits.items() if SHOWING in numbers}
            unknown = [path for path in shown if path not in self._roles]
            self._roles.update(self._ask_all(unknown, 'Accessible', 'GetRole'))
            for part in level:
                part.children = [Part(path, self._roles[path], shown[path]) for path in below.get(part.path, ())
                                 if path in shown and path in self._roles]
            level = [child for part in level for child in part.children]
        return root.children

    def names(self, paths):
        """What each of them is called; where another part is its label, that one's text."""
        names = answers_of([(path, self.ask_property(path, 'Accessible', 'Name')) for path in paths])
        relations = self._ask_all([path for path, name in names.items() if not name], 'Accessible', 'GetRelationSet')
        for path, related in relations.items():
            for kind, targets in related:
                if kind == LABELLED_BY:
                    with contextlib.suppress(Gone):
                        names[path] = self._text(targets[0][1])
        return {path: str(name) for path, name in names.items()}

    def _text(self, label):
        return (self.ask_property(label, 'Accessible', 'Name').answer()
                or self.ask(label, 'Text', 'GetText', 'ii', 0, LONG).answer())
