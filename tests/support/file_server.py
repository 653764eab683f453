# SPDX-License-Identifier: GPL-3.0-or-later
"""Serves files over HTTP/1.1 by hand, so that it can do everything that real servers do wrong."""

import email.utils
import gzip
import hashlib
import re
import socket
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CHUNK = 64 * 1024
LOGIN = b'<!doctype html><html><title>Network</title><body>Please log in</body></html>'


class Fault:
    """One thing that goes wrong: for the first `times` questions for the bytes of a file (0: for all) after `after`
    others. What a kind needs is said by its values: `at` are bytes of the answer, but for wrong_bytes, where it is a
    place in the file."""

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

    def date_time_string(self, timestamp=None):
        """By a clock that may be wrong."""
        return super().date_time_string((timestamp or time.time()) + self.server.skew)

    # Answers

    def send_plain(self, status, text, headers=(), content_type='text/plain; charset=utf-8'):
        body = text if isinstance(text, bytes) else text.encode()
        self.send_response(status)
        self.send_header('Content-Type', content_type)
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
        """Sends content[begin:end] as the faults allow it."""
        rate = self.server.rate
        for at in range(begin, end, CHUNK):
            piece = bytearray(content[at:min(at + CHUNK, end)])
            for fault in faults:
                if fault.kind == 'wrong_bytes' and at <= fault.values['at'] < at + len(piece):
                    piece[fault.values['at'] - at] ^= 1
            for fault in faults:
                if self.is_cut(fault, at - begin, piece):
                    return
            self.send_piece(piece)
            if rate:
                self.server.stopping.wait(len(piece) / rate)

    def is_cut(self, fault, sent, piece):
        """Whether the answer ends in this piece, or before it."""
        if fault.kind == 'trickle':
            self.trickle(piece, **fault.values)
            return True
        late = fault.kind == 'deadline' and time.monotonic() >= fault.values['time']
        limit = fault.values.get('at', 0) if fault.kind in ('truncate', 'reset', 'stall') else None
        if not late and (limit is None or sent + len(piece) <= limit):
            return False
        self.send_piece(piece[:max((limit or 0) - sent, 0)])
        if fault.kind == 'reset':
            self.reset()
        elif fault.kind == 'stall':
            self.server.stopping.wait(fault.values.get('seconds', 60))
        self.stop()
        return True

    def trickle(self, piece, bytes=200, seconds=0.2):
        """So few that no time out of a single read is met."""
        for at in range(0, len(piece), bytes):
            self.send_piece(piece[at:at + bytes])
            if self.server.stopping.wait(seconds):
                return
        self.stop()

    def write_chunks(self, content, begin, end, cut=None):
        """In chunks, of which the last one is missing, or a part of one: cut says how, and after how many bytes."""
        until = end if cut is None else min(begin + cut['at'], end)
        for at in range(begin, until, CHUNK):
            piece = content[at:min(at + CHUNK, until)]
            self.send_piece(b'%x\r\n%s\r\n' % (len(piece), piece))
        if cut is None:
            self.wfile.write(b'0\r\n\r\n')
            return
        if cut['where'] == 'inside':
            self.wfile.write(b'%x\r\n' % CHUNK + bytes(content[until:until + 100]))
        self.stop()

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

    def answer_instead(self, faults):
        """What has nothing to do with what was asked for. FALSE: that goes on."""
        kinds = {fault.kind: fault.values for fault in faults}
        if 'delay' in kinds:
            self.server.stopping.wait(kinds['delay'].get('seconds', 0.2))
        if 'close_quietly' in kinds:
            self.stop()
        if 'drop' in kinds:
            self.reset()
        elif 'status' in kinds:
            self.send_status(**kinds['status'])
        elif 'slow_head' in kinds:
            self.trickle_head(**kinds['slow_head'])
        elif 'html' in kinds:
            self.send_plain(200, LOGIN, content_type='text/html; charset=utf-8')
        else:
            return False
        return True

    def trickle_head(self, seconds=0.2):
        """An answer of which nothing but the begin ever comes."""
        self.wfile.write(b'HTTP/1.1 200 OK\r\nX-Patience: ')
        while not self.server.stopping.wait(seconds):
            self.wfile.write(b'x')

    def send_status(self, status, headers=(), body='no', content_type='text/plain; charset=utf-8', later=None):
        if later is not None:
            date = email.utils.formatdate(time.time() + self.server.skew + later, usegmt=True)
            headers = [*headers, ('Retry-After', date)]
        self.send_plain(status, body, headers, content_type)

    def send_file(self, file, faults):
        if self.answer_instead(faults):
            return
        kinds = {fault.kind: fault.values for fault in faults}
        if 'changed' in kinds:
            file = kinds['changed']['file']
        asked = self.headers.get('Range')
        condition = self.headers.get('If-Range')
        ignored = 'ignore_range' in kinds or ('ignore_range_if_gzip' in kinds and
                                              'gzip' in self.headers.get('Accept-Encoding', 'gzip'))
        parsed = re.fullmatch(r'bytes=(\d+)-(\d+)', asked) if asked else None
        if parsed is None or ignored or (condition and condition != file.tag):
            self.send_whole(file, kinds, faults)
            return
        size = len(file.content)
        begin, end = int(parsed[1]), min(int(parsed[2]) + 1, size)
        if begin >= size:
            self.send_plain(416, 'no such range', [('Content-Range', f'bytes */{size}')])
            return
        self.send_part(file, begin, end, kinds, faults)

    def send_common(self, file, kinds):
        self.send_header('Content-Type', 'multipart/byteranges; boundary=x' if 'multipart' in kinds
                         else file.content_type)
        if file.tag:
            self.send_header('ETag', file.tag)
        if 'gzip' in kinds:
            self.send_header('Content-Encoding', 'gzip')

    def send_content(self, content, begin, end, kinds, faults):
        """The end of the headers, and the body."""
        if 'chunked' in kinds or 'chunk_cut' in kinds:
            self.send_header('Transfer-Encoding', 'chunked')
            self.end_headers()
            self.write_chunks(content, begin, end, kinds.get('chunk_cut'))
            return
        if 'gzip' in kinds:
            content = gzip.compress(content[begin:end], 1)
            begin, end = 0, len(content)
        self.send_header('Content-Length', str(end - begin))
        if 'close' in kinds:
            self.send_header('Connection', 'close')
            self.stop()
        self.end_headers()
        if self.command == 'HEAD':
            return
        self.write_body(content, begin, end, faults)
        if 'extra' in kinds:
            self.wfile.write(bytes(kinds['extra']['bytes']))

    def send_whole(self, file, kinds, faults):
        self.send_response(200)
        self.send_common(file, kinds)
        self.send_content(file.content, 0, len(file.content), kinds, faults)

    def send_part(self, file, begin, end, kinds, faults):
        size = len(file.content)
        first, last, total = begin, end - 1, str(size)
        at, until = begin, end
        if 'wrong_start' in kinds:
            first, at = begin + 7, min(begin + 7, end - 1)
        if 'from_begin' in kinds:
            at, until = 0, end - begin
        if 'full_body' in kinds:
            at, until = 0, size
        if 'wrong_total' in kinds:
            total = str(size + 1)
        if 'star' in kinds:
            total = '*'
        self.send_response(200 if 'range_as_whole' in kinds else 206)
        self.send_common(file, kinds)
        if 'no_content_range' not in kinds and 'multipart' not in kinds:
            self.send_header('Content-Range', f'bytes {first}-{last}/{total}')
        if 'multipart' in kinds:
            self.send_multipart(file, first, last, total)
            return
        self.send_content(file.content, at, until, kinds, faults)

    def send_multipart(self, file, first, last, total):
        body = (b'--x\r\nContent-Type: %s\r\nContent-Range: bytes %d-%d/%s\r\n\r\n%s\r\n--x--\r\n'
                % (file.content_type.encode(), first, last, total.encode(), bytes(file.content[first:last + 1])))
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.send_piece(body)


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
        self.skew = 0                      # seconds that its clock is ahead
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
