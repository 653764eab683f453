# SPDX-License-Identifier: GPL-3.0-or-later
"""nginx, serving the files of a folder over HTTP and HTTPS on this machine."""

import os
import select
import shutil
import signal
import socket
import subprocess
from pathlib import Path

CONFIGURATION = '''
daemon on;
user {user};
worker_processes 2;
pid {scratch}/pid;
error_log {scratch}/errors;
events {{ worker_connections 256; }}
http {{
  access_log off;
  sendfile on;
  default_type application/octet-stream;
  client_body_temp_path {scratch}/body;
  proxy_temp_path {scratch}/proxy;
  fastcgi_temp_path {scratch}/fastcgi;
  uwsgi_temp_path {scratch}/uwsgi;
  scgi_temp_path {scratch}/scgi;
  {limit}
  server {{
    listen 127.0.0.1:{plain};
    listen 127.0.0.1:{safe} ssl;
    listen 127.0.0.2:{safe} ssl;
    ssl_certificate {scratch}/certificate.pem;
    ssl_certificate_key {scratch}/key.pem;
    root {folder};
  }}
}}
'''


def find_ports(count):
    """Ports that nobody listens on."""
    sockets = [socket.create_server(('127.0.0.1', 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def find_program():
    """nginx, or None; it is for administrators, whose programs are not on every path."""
    return shutil.which('nginx', path=f'{os.environ.get("PATH", "")}:/usr/sbin:/sbin')


class NginxServer:
    """A context manager. limit: bytes a second of each connection, as nginx writes sizes ("50m")."""

    def __init__(self, folder, scratch, limit=None):
        self.scratch = Path(scratch)
        self.program = find_program()
        plain, safe = find_ports(2)
        self.address, self.safe_address = f'http://127.0.0.1:{plain}', f'https://localhost:{safe}'
        self.authorities = self.scratch / 'certificate.pem'
        self._configuration = CONFIGURATION.format(
            scratch=self.scratch, folder=Path(folder).resolve(), plain=plain, safe=safe,
            user='root' if os.geteuid() == 0 else 'nobody', limit=f'limit_rate {limit};' if limit else '')

    def __enter__(self):
        self.scratch.mkdir(parents=True, exist_ok=True)
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
                        '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1',
                        '-keyout', self.scratch / 'key.pem', '-out', self.authorities],
                       check=True, capture_output=True, stdin=subprocess.DEVNULL)
        (self.scratch / 'nginx.conf').write_text(self._configuration)
        # It returns when it listens.
        subprocess.run([self.program, '-e', self.scratch / 'errors', '-p', self.scratch,
                        '-c', self.scratch / 'nginx.conf'], check=True, capture_output=True, stdin=subprocess.DEVNULL)
        return self

    def __exit__(self, *_):
        process = int((self.scratch / 'pid').read_text())
        handle = os.pidfd_open(process)
        os.kill(process, signal.SIGTERM)
        ended = select.poll()
        ended.register(handle, select.POLLIN)
        ended.poll()
        os.close(handle)
