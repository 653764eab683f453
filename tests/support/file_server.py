# SPDX-License-Identifier: GPL-3.0-or-later
"""Serves files over HTTP/1.1 by hand, so that it can do everything that real servers do wrong."""

import hashlib
import re
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CHUNK = 64 * 1024


class Fault:
    """One thing that goes wrong: for the first `times` questions for the bytes of a file (0: for all) after `after`
    others."""

    def __init__(self, kind, times=1, after=0, **values):
        self.kind, self.times, self.after, self.values = kind, times, after, values
        self.met = 0

    def strikes(self):
        self.met += 1
        place = self.met - 1 - self.after
        return place >= 0 and (self.times == 0 or place < self.times)

    def __repr__(self):
        return f'{self.kind}({self.values}, times={self.times}, after={self.after})'


class File:
    def __init__(self, content, *, tag=True, content_type='application/octet-stream'):
        self.content = content
        self.tag = f'"{hashlib.md5(content).hexdigest()}"' if tag else None
        self.content_type = content_type
        self.faults = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    server_version = 'FileServer'
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    # Answers

    def send_plain(self, status, text, headers=()):
        body = text.encode()
        self.send_response(status)
        self.send_header('Content-Type', 'text/plain; charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def stop(self):
        self.close_connection = True

    def reset(self):
        """As a server does that is killed."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.connection.close()
        self.close_connection = True

    def write_body(self, content, begin, end, faults):
        """Sends content[begin:end] as the faults allow it. FALSE: not all of it."""
        rate = self.server.rate
        for at in range(begin, end, CHUNK):
            piece = bytearray(content[at:min(at + CHUNK, end)])
            sent = at - begin
            for fault in faults:
                limit = fault.values.get('at', 0)
                if fault.kind in ('truncate', 'reset', 'stall') and sent + len(piece) > limit:
                    self.send_piece(piece[:max(limit - sent, 0)])
                    if fault.kind == 'reset':
                        self.reset()
                    elif fault.kind == 'stall':
                        self.server.stopping.wait(fault.values.get('seconds', 60))
                    self.stop()
                    return
                if fault.kind == 'wrong_bytes' and at <= fault.values['at'] < at + len(piece):
                    piece[fault.values['at'] - at] ^= 1
                if fault.kind == 'trickle':
                    self.server.stopping.wait(fault.values.get('seconds', 0.05))
            self.send_piece(piece)
            if rate:
                self.server.stopping.wait(len(piece) / rate)

    def send_piece(self, piece):
        self.wfile.write(piece)
        with self.server.lock:
            self.server.sent += len(piece)

    # Questions

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        with self.server.lock:
            self.server.log.append((self.path, dict(self.headers)))
            self.server.open += 1
            self.server.most_open = max(self.server.most_open, self.server.open)
        try:
            self.answer()
        except (BrokenPipeError, ConnectionResetError):
            self.stop()
        finally:
            with self.server.lock:
                self.server.open -= 1

    def answer(self):
        path = self.path.split('?')[0]
        route = self.server.routes.get(path)
        if route is not None:
            route(self)
            return
        file = self.server.files.get(path)
        if file is None:
            self.server.fallback(self)
            return
        with self.server.lock:
            faults = [fault for fault in file.faults if fault.strikes()]
        self.send_file(file, faults)

    def send_file(self, file, faults):
        kinds = {fault.kind: fault.values for fault in faults}
        if 'delay' in kinds:
            self.server.stopping.wait(kinds['delay'].get('seconds', 0.2))
        if 'drop' in kinds:
            self.reset()
            return
        if 'status' in kinds:
            self.send_plain(kinds['status']['status'], 'no', kinds['status'].get('headers', ()))
            return
        if 'html' in kinds:
            page = File(b'<html><body>Please log in</body></html>', tag=False, content_type='text/html')
            self.send_whole(page, kinds, [])
            return
        if 'changed' in kinds:
            file = kinds['changed']['file']
        asked = self.headers.get('Range')
        condition = self.headers.get('If-Range')
        parsed = re.fullmatch(r'bytes=(\d+)-(\d+)', asked) if asked else None
        if parsed is None or 'ignore_range' in kinds or (condition and condition != file.tag):
            self.send_whole(file, kinds, faults)
            return
        size = len(file.content)
        begin, end = int(parsed[1]), min(int(parsed[2]) + 1, size)
        if begin >= size:
            self.send_plain(416, 'no such range', [('Content-Range', f'bytes */{size}')])
            return
        self.send_part(file, begin, end, kinds, faults)

    def send_common(self, file, kinds):
        self.send_header('Content-Type', file.content_type)
        if file.tag:
            self.send_header('ETag', file.tag)
        if 'gzip' in kinds:
            self.send_header('Content-Encoding', 'gzip')

    def send_whole(self, file, kinds, faults):
        size = len(file.content)
        self.send_response(200)
        self.send_common(file, kinds)
        if 'chunked' in kinds:
            self.send_header('Transfer-Encoding', 'chunked')
            self.end_headers()
            for at in range(0, size, CHUNK):
                piece = file.content[at:at + CHUNK]
                self.send_piece(b'%x\r\n%s\r\n' % (len(piece), piece))
            self.wfile.write(b'0\r\n\r\n')
            return
        self.send_header('Content-Length', str(size + kinds.get('extra', {}).get('bytes', 0)))
        self.end_headers()
        self.write_body(file.content, 0, size, faults)

    def send_part(self, file, begin, end, kinds, faults):
        size = len(file.content)
        first, last, total = begin, end - 1, str(size)
        content, at, until = file.content, begin, end
        if 'wrong_start' in kinds:
            first, at = begin + 7, min(begin + 7, end - 1)
        if 'full_body' in kinds:
            at, until = 0, end - begin
        if 'wrong_total' in kinds:
            total = str(size + 1)
        if 'star' in kinds:
            total = '*'
        self.send_response(200 if 'range_as_whole' in kinds else 206)
        self.send_common(file, kinds)
        if 'no_content_range' not in kinds:
            self.send_header('Content-Range', f'bytes {first}-{last}/{total}')
        if 'multipart' in kinds:
            self.send_header('Content-Type', 'multipart/byteranges; boundary=x')
        self.send_header('Content-Length', str(until - at))
        if 'close' in kinds:
            self.send_header('Connection', 'close')
            self.stop()
        self.end_headers()
        self.write_body(content, at, until, faults)


class FileServer(ThreadingHTTPServer):
    """with FileServer() as server: server.files['/a.gguf'] = File(b'...')"""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host='127.0.0.1', rate=0):
        super().__init__((host, 0), Handler)
        self.host = host
        self.files, self.routes = {}, {}
        self.fallback = lambda handler: handler.send_plain(404, 'not here')
        self.rate = rate                   # bytes a second of each connection; 0: as fast as can be
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.forget()
        self.thread = threading.Thread(target=self.serve_forever, kwargs={'poll_interval': 0.05}, daemon=True)

    def forget(self):
        self.log, self.sent, self.open, self.most_open = [], 0, 0, 0

    def handle_error(self, request, client_address):
        """Clients that go away are what this is for."""

    def url(self, path):
        return f'http://{self.host}:{self.server_address[1]}{path}'

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.shutdown()
        self.server_close()
