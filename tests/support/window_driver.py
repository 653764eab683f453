# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the application's window as a person does who sees it through the accessibility bus.

    with Desktop() as desktop, desktop.start(program, 'file.gguf') as app:
        app.press('button', 'Main Menu')
        app.find('menu item', 'Preferences')

Controls are found by role and name. Every search waits until what it looks for is there. A program that prints a
warning, blocks its main loop or ends badly fails the test.
"""

import contextlib
import itertools
import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

from accessibility_bus import WITHIN_WINDOW, AccessibilityBus, Gone, bits
from private_session import PrivateSession, end

LIMIT = 30                     # seconds to wait for anything, on a machine that is busy with other things
# Milliseconds of processor time that the main loop may be away: while work goes on, and while a page or a dialog with
# all its widgets is made, which the toolkit can only do in one piece.
LOOP_LIMIT = 8
TOOLKIT_LIMIT = 400
# GDK's own, about a frame that an X server without a compositor has shown already.
HARMLESS = re.compile(r'gdk_frame_timings_submitted\(\) called on submitted frame')
COMPLAINT = re.compile(r'-(WARNING|CRITICAL|ERROR) \*\*|ERROR: (Address|Leak|Thread)Sanitizer|runtime error:')
WORKER_THREADS = ('pool-', 'paddock-')   # GLib's, and those of the application's own pool; the main one is `paddock`
REST = 0.01                        # seconds between two looks at the least
PATIENCE = {'address': 6, 'thread': 12}.get(os.environ.get('PADDOCK_TEST_VARIANT'), 1)


class Missing(AssertionError):
    """What was waited for did not come."""


def matches(wanted, text):
    return wanted is None or (wanted == text if isinstance(wanted, str) else wanted.search(text) is not None)


class Node:
    """A control or another part of a window: what it was when it was found, and what it is now."""

    def __init__(self, app, part, label=''):
        self.app = app
        self.part = part
        self.role = app.desktop.role_name(part.role)
        self.label = label

    def ask(self, interface, method, signature='', *arguments):
        return self.app.program.ask(self.part.path, interface, method, signature, *arguments).answer()

    def get(self, interface, name):
        return self.app.program.ask_property(self.part.path, interface, name).answer()

    @property
    def name(self):
        names = self.app.program.names([self.part.path])
        if not names:
            raise Gone(f'{self} is gone')
        return names[self.part.path]

    @property
    def description(self):
        return str(self.get('Accessible', 'Description'))

    @property
    def states(self):
        return self.app.desktop.state_names(bits(self.ask('Accessible', 'GetState')))

    def offers(self, interface):
        return any(name.endswith(f'.{interface}') for name in self.ask('Accessible', 'GetInterfaces'))

    @property
    def text(self):
        """What stands in an entry or a text view."""
        if not self.offers('Text'):
            return None
        return str(self.ask('Text', 'GetText', 'ii', 0, self.get('Text', 'CharacterCount')))

    @property
    def value(self):
        return float(self.get('Value', 'CurrentValue')) if self.offers('Value') else None

    @value.setter
    def value(self, value):
        self.app.program.set_property(self.part.path, 'Value', 'CurrentValue', float(value))

    def actions(self):
        # All at once would be what people read of them.
        count = self.get('Action', 'NActions') if self.offers('Action') else 0
        return [str(self.ask('Action', 'GetName', 'i', index)) for index in range(count)]

    def do(self, action):
        """Does one of the actions that the control offers."""
        names = self.actions()
        if action not in names:
            raise Missing(f'{self} offers only {names}')
        self.ask('Action', 'DoAction', 'i', names.index(action))

    def click(self):
        """Clicks into its middle with the mouse, on X11."""
        if 'listitem.scroll-to' in self.actions():
            self.do('listitem.scroll-to')
        places = []

        def rests():
            places.append(self.middle())
            return places[-1:] == places[-2:-1]

        self.app.wait(rests, f'a place for {self}')
        self.app.desktop.click(*places[-1])
        return self

    def middle(self):
        """Where its middle is on the display; GTK counts from inside the window's border, twice."""
        frame = next((window for window in self.app.program.look() if window.find(self.part.path)), None)
        if frame is None:
            raise Gone(f'{self} is in no window')
        inside = frame.children[0]
        border = self.app.size_of(Node(self.app, frame))[0] - self.app.size_of(Node(self.app, inside))[0]
        x, y, width, height = self.place
        return x + border + width // 2, y + border + height // 2

    @property
    def place(self):
        """Where it lies in its window, and how wide and high it is."""
        return tuple(map(int, self.ask('Component', 'GetExtents', 'u', WITHIN_WINDOW)))

    def press(self):
        """Does what the control is there for: by its action, or with the mouse where it offers none."""
        action = next((name for name in ('click', 'activate', 'toggle') if name in self.actions()), None)
        if action is not None:
            self.do(action)
        else:
            self.click()
        # A button stays down for a quarter of a second before it does anything.
        if self.role == 'page tab':
            self.app.wait(lambda: 'selected' in self.states, f'{self} in front')
        return self

    def write(self, text):
        """Puts a text into an entry in place of what is there."""
        self.click()
        self.app.key('ctrl+a')
        self.app.type(text)
        self.app.wait(lambda: self.text == text, f'“{text}” in {self}')
        return self

    @property
    def left(self):
        """How far its left edge is from that of the window."""
        return self.place[0]

    def __str__(self):
        return f'{self.role} “{self.label}”'


class Application:
    """A program that runs, with its windows; a context manager that ends and judges it."""

    def __init__(self, desktop, process, console, loop_log, label):
        self.desktop = desktop
        self.process = process
        self.label = label
        self.may_complain = False      # a test whose point is a warning says so
        self._console = console
        self._loop_log = loop_log
        self._program = None

    # Looking

    @property
    def program(self):
        """The program on the accessibility bus."""
        if self._program is None:
            self._program = self.desktop.bus.find_program(self.process.pid)
        if self._program is None or self.process.poll() is not None:
            raise Gone(f'{self.label} is not there')
        return self._program

    def windows(self):
        return [Node(self, window) for window in self.program.look()]

    def seek(self, role, name=None, within=None, where=None):
        """One after the other, so that `where` is asked of no more than are needed."""
        windows = self.program.look()
        starts = windows if within is None else filter(None, [window.find(within.part.path) for window in windows])
        parts = [part for start in starts for part in start.walk()
                 if role is None or self.desktop.role_name(part.role) == role]
        names = self.program.names(part.path for part in parts) if name is not None else {}
        for part in parts:
            node = Node(self, part, names.get(part.path, ''))
            if matches(name, node.label) and (where is None or where(node)):
                yield node

    def find_all(self, role, name=None, within=None, where=None):
        """All parts of that role and name that are shown now; `where` is a function that has the last word."""
        return self._steadily(lambda: list(self.seek(role, name, within, where)))

    def _steadily(self, seen):
        """What one look at the window gives, begun anew for as long as parts go while it is looked at."""
        # Within a wait, that one begins anew, and looks for the place again as well.
        return seen() if self.desktop.waits else self.wait(lambda: (seen(),), 'a look at the window')[0]

    def find(self, role, name=None, within=None, where=None):
        """Waits for the first part of that role and name; the name is a text or a compiled pattern."""
        return self.wait(lambda: next(self.seek(role, name, within, where), None), f'a {role} named {name!r}')

    def has(self, role, name=None, within=None, where=None):
        return self._steadily(lambda: next(self.seek(role, name, within, where), None) is not None)

    def wait_gone(self, role, name=None, within=None):
        self.wait(lambda: not self.has(role, name, within), f'the end of a {role} named {name!r}')

    def wait_text(self, pattern):
        """Waits for a label whose text has the pattern in it."""
        return self.find(None, re.compile(pattern))

    def wait(self, condition, what, limit=LIMIT):
        """Runs until the condition gives something true, and returns that; every event asks it again."""
        return self.desktop.wait(condition, what, limit * PATIENCE, self)

    # Acting

    def press(self, role, name=None, within=None):
        """Presses the first of that role and name; one that goes before it can be is looked for again."""
        return self.wait(lambda: self.find(role, name, within).press(), f'a {role} named {name!r} that can be pressed')

    def key(self, *keys):
        """Presses keys as xdotool names them: `Return`, `ctrl+f`, `shift+Tab`."""
        self.desktop.key(*keys)

    def type(self, text):
        self.desktop.type(text)

    def focus(self, node):
        """Goes to a control with the Tab key."""
        for _ in range(40):
            if 'focused' in node.states:
                return
            before = self.desktop.n_focused
            self.key('Tab')
            self.wait(lambda: self.desktop.n_focused > before, 'the focus somewhere')
        raise Missing(f'no way to {node} from the keyboard')

    def calm(self):
        """Leaves to the threads that work in the background only what nobody else wants, so that work without an end
        does not keep the test from looking at it, where there are few processors."""
        for task in Path(f'/proc/{self.process.pid}/task').iterdir():
            # A thread may end meanwhile.
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                if (task / 'comm').read_text().startswith(WORKER_THREADS):
                    os.sched_setscheduler(int(task.name), os.SCHED_IDLE, os.sched_param(0))

    def resize(self, width, height):
        """Gives the window another size and waits until it has it."""
        frame = self.find('frame')
        # A tooltip is a window, too, and is called like the program.
        found = self.desktop.xdotool('search', '--onlyvisible', '--pid', self.process.pid).split()
        window = [one for one in found if self.desktop.xdotool('getwindowname', one).strip() == frame.name][-1]
        self.desktop.xdotool('windowsize', '--sync', window, width, height)
        # A window in a language that is written from right to left keeps its right edge, and would leave the display.
        self.desktop.xdotool('windowmove', window, 0, 0)
        self.wait(lambda: self.size_of(frame) == (width, height), f'a window of {width}x{height}')
        # What is arranged anew by that loses the focus: going through all of it takes until that is done.
        self.find_all('frame', frame.name)

    def size_of(self, node):
        return node.place[2:]

    def window_id(self):
        """Of the window that was opened last, on X11."""
        words = ['search', '--onlyvisible', '--pid', self.process.pid]
        return self.wait(lambda: self.desktop.xdotool(*words, check=False), 'a window on the display').split()[-1]

    def screenshot(self, name):
        """Saves a picture of the display, for people, as _build/screenshots/NAME.png."""
        self.desktop.screenshot(name)

    @contextlib.contextmanager
    def dragging(self, *files):
        """Drags files out of another program's window to the middle of this one, and lets go at the end."""
        with self.desktop.dragging(self.size_of(self.find('frame')), files) as source:
            yield
            self.desktop.xdotool('mouseup', 1)
            answer = source.stdout.readline().strip()
            assert answer == 'finished', f'the dropped files are {answer}'

    # Ending

    def console(self):
        return self._console.read_text(errors='replace')

    def longest_turns(self):
        """Milliseconds that the main loop was away, frames left out, wherever that was longer than allowed."""
        if not self._loop_log.exists():
            return None
        lines = [line.split() for line in self._loop_log.read_text().splitlines()]
        return [(int(spent) - int(layout) - int(paint)) / 1000 for spent, layout, paint in lines if int(spent) > 0]

    def close_windows(self):
        """Closes them as a person does."""
        # The program may be gone before it could answer that it closes.
        with contextlib.suppress(Gone):
            for window in self.windows():
                window.do('window.close')

    def close(self):
        """Closes the window and waits for the end of the program."""
        self.close_windows()
        self.wait_end()

    def wait_end(self):
        try:
            status = self.process.wait(LIMIT * PATIENCE)
        except subprocess.TimeoutExpired:
            raise Missing(f'{self.label} does not end') from None
        assert status == 0, f'{self.label} ended with status {status}:\n{self.console()}'

    def dump(self):
        """All that is shown, as a text for whoever looks for what went wrong."""
        lines = []

        def describe(part, names, depth):
            node = Node(self, part, names.get(part.path, ''))
            if node.label or node.role not in ('panel', 'grouping'):
                states = self.desktop.state_names(part.states) - {'sensitive', 'showing', 'visible', 'enabled'}
                lines.append(f'{"  " * depth}{node} {sorted(states)} {(node.text or "")[:60]!r}')
                depth += 1
            for child in part.children:
                describe(child, names, depth)

        try:
            for window in self.program.look():
                describe(window, self.program.names(part.path for part in window.walk()), 0)
        except Gone as error:
            lines.append(f'(it changes while it is looked at: {error})')
        return '\n'.join(lines)

    def _judge(self):
        complaints = [line for line in self.console().splitlines()
                      if COMPLAINT.search(line) and not HARMLESS.search(line)]
        assert self.may_complain or not complaints, 'the program complains:\n' + '\n'.join(complaints)
        turns = self.longest_turns()
        assert turns is not None, f'the main loop of {self.label} was not watched'
        self._judge_turns(turns, TOOLKIT_LIMIT)

    @staticmethod
    def _judge_turns(turns, limit):
        long = [turn for turn in turns if turn > limit * PATIENCE]
        assert not long, f'the main loop was away for {", ".join(f"{turn:.1f} ms" for turn in long)}'

    @contextlib.contextmanager
    def unhindered(self):
        """While this lasts, nothing may keep the main loop away."""
        before = len(self.longest_turns())
        yield
        self._judge_turns(self.longest_turns()[before:], LOOP_LIMIT)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        try:
            if kind is not None:
                print(f'--- {self.label} shows ---\n{self.dump()}', file=sys.stderr)
                print(f'--- and prints ---\n{self.console()}', file=sys.stderr)
                self.screenshot(f'failed-{self.label}')
            elif self.process.poll() is None:
                self.close()
        finally:
            end(self.process)
        if kind is None:
            self._judge()


class Desktop(PrivateSession):
    """A private session with an accessibility bus. There can be one in a process."""

    def __init__(self, display='x11', size=(1600, 1000)):
        super().__init__(display, size)
        self.bus = None
        self._atspi = self._glib = None
        self.n_focused = 0         # how often a control has told that it has the focus now
        self.waits = 0             # how many waits are under way, one in another
        self._count = 0

    def __enter__(self):
        super().__enter__()
        try:
            self._connect()
        except BaseException:
            self.close()
            raise
        return self

    def _connect(self):
        if self.display == 'x11':
            os.environ['DISPLAY'] = self.environment['DISPLAY']
        # Its main context and the names of roles and states; nothing is asked through it.
        import gi
        gi.require_version('Atspi', '2.0')
        from gi.repository import Atspi, GLib
        self._atspi, self._glib = Atspi, GLib
        self.bus = AccessibilityBus(self.environment['DBUS_SESSION_BUS_ADDRESS'], LIMIT, self._note)

    def close(self):
        if self.bus is not None:
            self.bus.close()
            self.bus = None
        super().close()

    def role_name(self, role):
        return self._atspi.role_get_name(self._atspi.Role(role))

    def state_names(self, states):
        return {self._atspi.StateType(state).value_nick for state in states}

    def _note(self, *said, signal):
        if signal == 'StateChanged' and said[0] == 'focused' and said[1]:
            self.n_focused += 1

    def start(self, program, *arguments, home=None, environment=None):
        """Starts a program in an empty home, or in one that a test has made before; waits for its window."""
        app = self.launch(program, *arguments, home=home, environment=environment)
        try:
            app.wait(app.windows, 'a window')
            if self.display == 'x11':
                self.xdotool('windowfocus', '--sync', app.window_id())
        except BaseException:
            with app:
                raise
        return app

    @staticmethod
    def _sanitizer_options():
        """Fonts, display drivers and GTK keep things to the end of the process, and without frame pointers in them
        nobody can tell those from leaks of our own at a bearable speed; the unit tests look for ours."""
        options = os.environ.get('ASAN_OPTIONS')
        return {'ASAN_OPTIONS': f'{options}:detect_leaks=0'} if options else {}

    def launch(self, program, *arguments, home=None, environment=None):
        """Starts a program and does not wait for a window."""
        self._count += 1
        label = f'{Path(program).name}-{self._count}'
        places = self.make_home(home if home is not None else label)
        console = self.directory / f'{label}.console'
        loop_log = self.directory / f'{label}.loop'
        with open(console, 'wb') as output:
            process = self.spawn([str(program), *map(str, arguments)], stdout=output, stderr=output, environment={
                **places,
                'GIO_EXTRA_MODULES': os.environ.get('PADDOCK_LOOP_PROBE', ''),
                'PADDOCK_LOOP_LOG': str(loop_log),
                'G_DEBUG': 'fatal-criticals',
                **self._sanitizer_options(),
                **(environment or {}),
            })
        return Application(self, process, console, loop_log, label)

    def wait(self, condition, what, limit, app):
        """Asks the condition after events; a part that goes while it is looked at only means: not yet."""
        context = self._glib.MainContext.default()
        deadline = time.monotonic() + limit
        # Not all that changes is told on the bus, so it is asked for at times as well.
        tick = self._glib.timeout_add(20, lambda: True)
        self.waits += 1
        try:
            while True:
                begun = time.monotonic()
                try:
                    result = condition()
                except Gone:
                    result = None
                if result:
                    return result
                if app.process.poll() is not None:
                    raise Missing(f'{what}: {app.label} ended with status {app.process.returncode}:\n{app.console()}')
                if time.monotonic() > deadline:
                    raise Missing(f'{what} did not come')
                # The program answers instead of going on: it is left alone for as long as it was asked.
                again = time.monotonic() + max(time.monotonic() - begun, REST)
                context.iteration(True)
                while time.monotonic() < again or context.pending():
                    context.iteration(True)
        finally:
            self.waits -= 1
            self._glib.source_remove(tick)

    def xdotool(self, *words, check=True):
        result = subprocess.run(['xdotool', *map(str, words)], env=self.environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, text=True, check=check, timeout=LIMIT)
        return result.stdout

    def click(self, x, y):
        self.xdotool('mousemove', x, y, 'click', 1)

    def key(self, *keys):
        if self.display == 'x11':
            self.xdotool('key', '--clearmodifiers', *keys)
            return
        for key in keys:
            *modifiers, last = key.split('+')
            held = [word for modifier in modifiers for word in ('-M', modifier)]
            freed = [word for modifier in modifiers for word in ('-m', modifier)]
            self._wtype(*held, '-k', last, *freed)

    def type(self, text):
        if self.display == 'x11':
            self.xdotool('type', '--clearmodifiers', '--delay', '2', text)
        else:
            self._wtype(text)

    def _wtype(self, *words):
        subprocess.run(['wtype', *words], env=self.environment, stdin=subprocess.DEVNULL, check=True, timeout=LIMIT)

    def screenshot(self, name):
        super().screenshot(Path(os.environ['PADDOCK_SCREENSHOTS']) / f'{name}.png')

    @contextlib.contextmanager
    def dragging(self, size, files):
        """Hovers with files over the middle of a window of that size, which lies in the upper left corner."""
        width, height = size
        left, top = self.size[0] - 110, self.size[1] - 110
        source = self.spawn([os.environ['PADDOCK_DRAG_SOURCE'], *map(str, files)], stdout=subprocess.PIPE, text=True)
        try:
            window = self.xdotool('search', '--sync', '--onlyvisible', '--all', '--limit', '1', '--pid', source.pid,
                                  '--name', 'drag-source').split()[0]
            self.xdotool('windowmove', '--sync', window, left, top)
            self.xdotool('mousemove', left + 50, top + 50, 'mousedown', 1)
            for step in range(40):
                self.xdotool('mousemove', left + 50 - step, top + 50 - step)
                if select.select([source.stdout], [], [], 0.05)[0]:
                    break
            assert source.stdout.readline() == 'begun\n', 'no drag begins'
            steps = itertools.count()

            def nudge():
                # A move that comes before the answer to the last one is lost on the way to the window.
                self.xdotool('mousemove', width // 2 + next(steps) % 2, height // 2)
                return True

            nudge()
            tick = self._glib.timeout_add(100, nudge)
            try:
                yield source
            finally:
                self._glib.source_remove(tick)
        finally:
            # Also where the test failed: nobody else may find the button held.
            self.xdotool('mouseup', 1)
            end(source)
            source.stdout.close()
