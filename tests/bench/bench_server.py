# SPDX-License-Identifier: GPL-3.0-or-later
"""One run of llama-server: what the system shows of it after it has answered."""

import json
import socket
import subprocess
import threading
import urllib.error
import urllib.request

PATIENCE = 600


class NoServer(Exception):
    """The server did not start, or did not answer."""


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def ask(port, path, body=None):
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(f'http://127.0.0.1:{port}{path}', data, {'Content-Type': 'application/json'})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return answer.read()


def wait_until_ready(process):
    """Its own log says when; the rest of that must be read, too, or it would stand still."""
    for line in process.stdout:
        if b'listening on' in line:
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return
    raise NoServer(f'it ended with {process.wait()}')


def read_status(pid):
    names = {'VmRSS': 'resident', 'VmHWM': 'peak', 'RssAnon': 'anonymous', 'RssFile': 'file'}
    with open(f'/proc/{pid}/status') as status:
        fields = (line.split(':') for line in status)
        return {names[name]: int(value.split()[0]) << 10 for name, value in fields if name in names}


def measure(program, model, arguments, prompt_tokens):
    """The most memory of a run that reads a prompt and writes a few words."""
    port = free_port()
    command = [program, '--model', model, '--host', '127.0.0.1', '--port', str(port), '--threads', '2', *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        wait_until_ready(process)
        loaded = read_status(process.pid)
        prompt = [300 + i % 100 for i in range(prompt_tokens)]
        ask(port, '/completion', {'prompt': prompt, 'n_predict': 4, 'ignore_eos': True, 'cache_prompt': False})
        return {**read_status(process.pid), 'loaded': loaded['peak']}
    except (urllib.error.URLError, OSError) as problem:
        raise NoServer(str(problem)) from problem
    finally:
        process.terminate()
        process.wait()
