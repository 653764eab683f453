#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program on a private display, saves a picture of its window, and ends it."""

import argparse
import subprocess
import sys

from private_session import START_LIMIT, PrivateSession, StartError, end


def parse_size(text):
    width, _, height = text.partition('x')
    return int(width), int(height)


def wait_for_window(session):
    """The number of the first window that is shown."""
    found = subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--limit', '1', '--name', '.'],
                           env=session.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                           timeout=START_LIMIT, check=True)
    return found.stdout.split()[0]


def wait_until_drawn(session, process, window):
    """A window is drawn when two pictures in a row are the same and show more than one colour."""
    last = None
    while process.poll() is None:
        shown = subprocess.run(['import', '-silent', '-window', window, '-format', '%k %#', 'info:-'],
                               env=session.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        words = shown.stdout.split()
        if shown.returncode == 0 and len(words) == 2 and int(words[0]) > 1 and words == last:
            return
        last = words


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--output', required=True, metavar='PNG')
    parser.add_argument('--size', type=parse_size, default=(1280, 800), metavar='WxH', help='of the display')
    parser.add_argument('command', nargs='+')
    arguments = parser.parse_args()

    with PrivateSession(size=arguments.size) as session:
        process = session.spawn(arguments.command)
        try:
            window = wait_for_window(session)
            wait_until_drawn(session, process, window)
            if process.poll() is not None:
                sys.exit(f'{arguments.command[0]} ended before it showed a window (status {process.returncode})')
            subprocess.run(['import', '-silent', '-window', window, arguments.output], env=session.environment,
                           check=True, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            sys.exit(f'{arguments.command[0]} shows no window')
        finally:
            end(process)


if __name__ == '__main__':
    try:
        main()
    except StartError as error:
        sys.exit(str(error))
