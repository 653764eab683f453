# SPDX-License-Identifier: GPL-3.0-or-later
"""A hub and the network that delivers its files, on this computer: they answer as Hugging Face does, byte for byte
where that is known, and keep a list of everything that a client must not do."""

import base64
import hashlib
import json
import re
import urllib.parse

from file_server import File, FileServer
from hub_files import HubFiles, git_hash

GOOD, NO_ACCESS, PENDING, REJECTED = 'hf_good', 'hf_noaccess', 'hf_pending', 'hf_rejected'
TOKENS = (GOOD, NO_ACCESS, PENDING, REJECTED)
MASK = '*' * 64
LARGE = 10 << 20
# Of one client: more connections at once, or more questions in a run, is more than anybody wants.
MOST_CONNECTIONS = 18
MOST_QUESTIONS = 300
DATE = '2026-08-01T10:11:12.000Z'
EXPANSIONS = ('author', 'baseModels', 'cardData', 'config', 'createdAt', 'disabled', 'downloads', 'downloadsAllTime',
              'gated', 'gguf', 'lastModified', 'library_name', 'likes', 'pipeline_tag', 'private', 'sha',
              'siblings', 'tags', 'trendingScore', 'usedStorage')


def dump(value):
    return json.dumps(value, separators=(',', ':'), ensure_ascii=False).encode()


def weak_tag(body):
    return 'W/"%x-%s"' % (len(body), base64.b64encode(hashlib.sha1(body).digest()).decode()[:27])


def pointer(sha256, size):
    return f'version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n'.encode()


class Repository:
    def __init__(self, name, files, **properties):
        self.id, self.files = name, files
        self.gated = properties.get('gated', False)          # False, 'auto', 'manual'
        self.private = properties.get('private', False)
        self.disabled = properties.get('disabled', False)
        self.downloads = properties.get('downloads', 0)
        self.likes = properties.get('likes', 3)
        self.task = properties.get('task', 'text-generation')
        self.modified = properties.get('modified', DATE)
        self.model = properties.get('model', {'total': 1000, 'architecture': 'llama', 'context_length': 2048})
        self.tags = properties.get('tags', ['gguf', 'license:mit', 'region:us'])
        self.oid = '6a6d1a30' + hashlib.sha1(name.encode()).hexdigest()[:16]
        self.masked = False                # its hashes are, for everybody
        self.hashes = {}                   # of all contents that there ever were
        self.first, self.past = dict(files), {}

    @property
    def sha(self):
        """Of the one commit: another one with every change."""
        parts = ''.join(f'{path}\0{self.sha256(path)}' for path in sorted(self.files))
        return hashlib.sha1(b'commit' + parts.encode()).hexdigest()

    def change(self, path, content, keep):
        """Another commit; keep: the one before can still be had."""
        if keep:
            self.past[self.sha] = self.files
        self.files = {**self.files, path: content}

    def restore(self):
        self.files, self.past = dict(self.first), {}
        self.gated = self.private = self.disabled = self.masked = False

    def has_revision(self, revision):
        return revision in (None, 'main', self.sha, *self.past)

    def files_at(self, revision):
        return self.past.get(revision, self.files)

    def sha256(self, path):
        return self.sha256_of(self.files[path])

    def sha256_of(self, content):
        if id(content) not in self.hashes:
            self.hashes[id(content)] = content, hashlib.sha256(content).hexdigest()
        return self.hashes[id(content)][1]

    def is_large(self, path):
        return path.endswith('.gguf') or len(self.files[path]) > LARGE

    def tree(self, masked):
        entries = []
        folders = {path.rsplit('/', 1)[0] for path in self.files if '/' in path}
        for folder in sorted(folders):
            entries.append({'type': 'directory', 'oid': git_hash(folder.encode()), 'size': 0, 'path': folder})
        for path, content in sorted(self.files.items()):
            if not self.is_large(path):
                entries.append({'type': 'file', 'oid': git_hash(content), 'size': len(content), 'path': path})
                continue
            sha256 = self.sha256(path)
            text = pointer(sha256, len(content))
            entries.append({'type': 'file', 'oid': git_hash(text), 'size': len(content),
                            'lfs': {'oid': MASK if masked else sha256, 'size': len(content), 'pointerSize': len(text)},
                            'xetHash': MASK if masked else self.xet(path), 'path': path})
        return entries

    def xet(self, path):
        return self.xet_of(self.files[path])

    def xet_of(self, content):
        return hashlib.blake2s(b'fake-xet' + bytes.fromhex(self.sha256_of(content))).hexdigest()

    def info(self):
        return {'_id': self.oid, 'id': self.id, 'private': self.private, 'pipeline_tag': self.task,
                'tags': self.tags, 'downloads': self.downloads, 'likes': self.likes, 'modelId': self.id,
                'author': self.id.split('/')[0], 'sha': self.sha, 'lastModified': self.modified,
                'gated': self.gated, 'disabled': self.disabled,
                'gguf': self.model,
                'siblings': [{'rfilename': path} for path in sorted(self.files)], 'createdAt': DATE}


class FakeHub(HubFiles):
    """with FakeHub() as hub: hub.add(Repository('acme/tiny-GGUF', {'tiny-Q4_K_M.gguf': b'...'}))"""

    def __init__(self):
        self.hub, self.cdn = FileServer('localhost'), FileServer('127.0.0.1')
        self.repositories, self.renamed, self.sins = {}, {}, []
        self.page = 1000                   # entries of a page of a tree
        self.clock = 1_790_000_000         # when addresses expire; moved on by tests
        self.refusals = []                 # (status, headers): what the next questions to the interface get
        self.foreign_next = False          # the next page is said to be on another server
        self.same_next = False             # the next page is said to be this one
        self.told = set()                  # repositories whose commit was asked for
        self.hops = {}                     # addresses of the other server that lead further
        # Of questions to the interface, for the way to a file, and for its bytes.
        self.api_faults, self.resolve_faults, self.cdn_faults = [], [], []
        self.confirmed = 0                 # so many questions were answered with what was known
        self.registry = {}                 # of Ollama: 'library/name:tag' -> [(kind, content)]
        self.hub.fallback, self.cdn.fallback = self.answer, self.deliver
        self.init_files()

    def __enter__(self):
        self.hub.__enter__()
        self.cdn.__enter__()
        return self

    def __exit__(self, *_):
        self.hub.__exit__()
        self.cdn.__exit__()

    @property
    def endpoint(self):
        return self.hub.url('')

    def add(self, repository):
        self.repositories[repository.id] = repository
        return repository

    def heal(self):
        """Whatever is wrong, is not so any more."""
        self.api_faults, self.resolve_faults, self.cdn_faults = [], [], []
        self.renamed, self.refusals = {}, []
        self.foreign_next = self.same_next = False
        self.hub.skew = self.cdn.skew = 0
        for repository in self.repositories.values():
            repository.restore()

    def find_sins(self):
        """What a client did that it must not, whatever happens to it."""
        sins = list(self.sins)
        for server in (self.hub, self.cdn):
            if server.most_open > MOST_CONNECTIONS:
                sins.append(f'{server.most_open} connections at once')
        asked = sum(path.startswith('/api/') for path, _ in self.hub.log)
        if asked > MOST_QUESTIONS:
            sins.append(f'{asked} questions')
        return sins

    # The hub

    def token_of(self, handler):
        given = handler.headers.get('Authorization', '')
        return given.removeprefix('Bearer ') if given.startswith('Bearer ') else None

    def send(self, handler, status, body, headers=(), content_type='application/json; charset=utf-8'):
        if status == 200 and handler.headers.get('If-None-Match') == weak_tag(body):
            status, body = 304, b''
            self.confirmed += 1
        handler.send_response(status)
        if status != 304:
            handler.send_header('Content-Type', content_type)
            handler.send_header('Content-Length', str(len(body)))
            handler.send_header('ETag', weak_tag(body))
        handler.send_header('X-Powered-By', 'huggingface-moon')
        if not any(name == 'RateLimit' for name, _ in headers):
            handler.send_header('RateLimit', '"api";r=499;t=295')
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()
        if handler.command != 'HEAD':
            handler.wfile.write(body)

    def refuse(self, handler, status, message, code=None, api=True, headers=()):
        headers = [*headers, ('X-Error-Message', message)] + ([('X-Error-Code', code)] if code else [])
        if api:
            self.send(handler, status, dump({'error': message}), headers)
        else:
            self.send(handler, status, message.encode(), headers, 'text/plain; charset=utf-8')

    def find(self, handler, name, api):
        """The repository that may be seen; None: the answer is given."""
        token = self.token_of(handler)
        if token is not None and token not in TOKENS:
            self.refuse(handler, 401, 'Invalid username or password.', api=api)
            return None
        repository = self.repositories.get(name)
        if repository is None or (repository.private and token != GOOD):
            if token is None:
                self.refuse(handler, 401, 'Invalid username or password.', api=api)
            else:
                self.refuse(handler, 404, 'Repository not found', 'RepoNotFound', api=api)
            return None
        if repository.disabled and not api:
            self.refuse(handler, 403, 'Access to this resource is disabled.', api=api)
            return None
        return repository

    def is_let_in(self, handler, repository):
        return not repository.gated or self.token_of(handler) == GOOD

    def refuse_gate(self, handler, repository):
        name, token = repository.id, self.token_of(handler)
        message = {
            None: f'Access to model {name} is restricted. You must have access to it and be authenticated to access '
                  'it. Please log in.',
            NO_ACCESS: f'Access to model {name} is restricted and you are not in the authorized list. Visit '
                       f'https://huggingface.co/{name} to ask for access.',
            PENDING: f'Your request to access model {name} is awaiting a review from the repo authors.',
            REJECTED: f"Your request to access model {name} has been rejected by the repo's authors.",
        }[token]
        self.refuse(handler, 401 if token is None else 403, message, 'GatedRepo', api=False)

    def redirect(self, handler, location, status=307, headers=(), body=None):
        body = (body or f'Temporary Redirect. Redirecting to {location}').encode()
        handler.send_response(status)
        handler.send_header('Content-Type', 'text/plain; charset=utf-8')
        handler.send_header('Content-Length', str(len(body)))
        handler.send_header('Location', location)
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()
        if handler.command != 'HEAD':
            handler.wfile.write(body)

    def answer(self, handler):
        path, _, query = handler.path.partition('?')
        if not handler.headers.get('User-Agent', '').startswith('Paddock/'):
            self.sins.append(f'no name of ours: {handler.headers.get("User-Agent")}')
        if '..' in urllib.parse.unquote(path).split('/'):
            self.sins.append(f'a way out: {handler.path}')
        with self.hub.lock:
            faults = [fault for fault in self.api_faults if fault.strikes()] if path.startswith('/api/') else []
        if handler.answer_instead(faults):
            return
        for old, new in self.renamed.items():
            if f'/{old}/' in f'{path}/':
                self.redirect(handler, handler.path.replace(old, new, 1))
                return
        api = path.startswith('/api/')
        if api and self.refusals:
            status, headers = self.refusals.pop(0)
            self.send(handler, status, b'<html>no</html>' * 3000, headers, 'text/html; charset=utf-8')
            return
        parameters = urllib.parse.parse_qs(query, keep_blank_values=True)
        match = (re.fullmatch(r'/api/models', path) and (self.search, ())
                 or re.fullmatch(r'/api/whoami-v2', path) and (self.tell_who, ())
                 or self.match(r'/api/models/([^/]+/[^/]+)(?:/revision/([^/]+))?', path, self.show)
                 or self.match(r'/api/models/([^/]+/[^/]+)/tree/([^/]+)', path, self.tree)
                 or self.match(r'/([^/]+/[^/]+)/resolve/([^/]+)/(.+)', path, self.resolve)
                 or self.match(r'/xet-bridge-us/([^/]+)/([^/]+)', path, self.deliver_here)
                 or self.match(r'/v2/([^/]+/[^/]+)/manifests/([^/]+)', path, self.show_manifest)
                 or self.match(r'/v2/([^/]+/[^/]+)/blobs/sha256:([0-9a-f]{64})', path, self.lead_to_blob)
                 or self.match(r'/api/resolve-cache/models/([^/]+/[^/]+)/([^/]+)/(.+)', path, self.deliver_small))
        if not match:
            self.refuse(handler, 404, "Sorry, we can't find the page you are looking for.", api=api)
            return
        match[0](handler, parameters, *match[1])

    @staticmethod
    def match(pattern, path, function):
        found = re.fullmatch(pattern, path)
        return found and (function, [part and urllib.parse.unquote(part) for part in found.groups()])

    def link(self, handler, path):
        base = 'http://127.0.0.1:1' if self.foreign_next else self.endpoint
        return ('Link', f'<{base}{path}>; rel="next"')

    def tell_who(self, handler, _parameters):
        token = self.token_of(handler)
        if token not in TOKENS:
            self.refuse(handler, 401, 'Invalid username or password.')
            return
        self.send(handler, 200, dump({'type': 'user', 'id': '6ac4f4465de11a43eb34fb52',
                                      'name': token.removeprefix('hf_'), 'fullname': 'Some One', 'isPro': False,
                                      'orgs': [],
                                      'auth': {'type': 'access_token',
                                               'accessToken': {'displayName': 'orig', 'role': 'read',
                                                               'createdAt': DATE}}}))

    def search(self, handler, parameters):
        wrong = [name for name in parameters.get('expand[]', []) if name not in EXPANSIONS]
        if wrong:
            self.refuse(handler, 400, f'"{wrong[0]}" must be one of {", ".join(EXPANSIONS)}')
            return
        words = ' '.join(parameters.get('search', [''])).lower().split()
        found = [repository for repository in self.repositories.values()
                 if all(word in repository.id.lower() for word in words) and not repository.private
                 and all(tag in repository.tags for tag in parameters.get('filter', []))
                 and parameters.get('author', [repository.id.split('/')[0]]) == [repository.id.split('/')[0]]
                 and parameters.get('pipeline_tag', [repository.task]) == [repository.task]]
        found.sort(key=lambda repository: repository.oid)
        # What is trending is what is downloaded: nobody knows the hub's own measure.
        order = {'likes': 'likes', 'lastModified': 'modified'}.get(parameters.get('sort', [''])[0], 'downloads')
        found.sort(key=lambda repository: getattr(repository, order), reverse=True)
        begin = int(parameters.get('cursor', ['0'])[0])
        limit = int(parameters.get('limit', ['1000'])[0])
        fields = ['_id', 'id', *parameters.get('expand[]', [])]
        body = dump([{name: value for name, value in repository.info().items() if name in fields}
                     for repository in found[begin:begin + limit]])
        headers = []
        if begin + limit < len(found):
            parts = handler.path.partition('?')[2].split('&')
            rest = '&'.join(part for part in parts if not part.startswith('cursor='))
            headers.append(self.link(handler, f'/api/models?{rest}&cursor={begin + limit}'))
        self.send(handler, 200, body, headers)

    def show(self, handler, _parameters, name, revision):
        repository = self.find(handler, name, True)
        if repository is None:
            return
        if not repository.has_revision(revision):
            self.refuse(handler, 404, f'Invalid rev id: {revision}', 'RevisionNotFound')
            return
        self.told.add(name)
        self.send(handler, 200, dump(repository.info()))

    def tree(self, handler, parameters, name, revision):
        repository = self.find(handler, name, True)
        if repository is None:
            return
        if not repository.has_revision(revision):
            self.refuse(handler, 404, f'Invalid rev id: {revision}', 'RevisionNotFound')
            return
        entries = repository.tree(repository.masked or not self.is_let_in(handler, repository))
        begin = int(parameters.get('cursor', ['0'])[0])
        headers = []
        if self.same_next:
            headers.append(self.link(handler, f'/api/models/{name}/tree/{revision}?expand=false&recursive=true'
                                              f'&limit={self.page}&cursor={begin}'))
        elif begin + self.page < len(entries):
            headers.append(self.link(handler, f'/api/models/{name}/tree/{revision}?expand=false&recursive=true'
                                              f'&limit={self.page}&cursor={begin + self.page}'))
        self.send(handler, 200, dump(entries[begin:begin + self.page]), headers)

    # Ollama's registry, which is another server of the same kind

    def show_manifest(self, handler, _parameters, name, tag):
        if handler.headers.get('Authorization') is not None:
            self.sins.append('a token was seen by the registry')
        layers = self.registry.get(f'{name}:{tag}')
        if layers is None:
            self.send(handler, 404, dump({'errors': [{'code': 'MANIFEST_UNKNOWN', 'message': 'manifest unknown'}]}))
            return
        body = [{'mediaType': f'application/vnd.ollama.image.{kind}', 'size': len(content),
                 'digest': f'sha256:{hashlib.sha256(content).hexdigest()}'} for kind, content in layers]
        self.send(handler, 200, dump({'schemaVersion': 2, 'layers': body,
                                      'mediaType': 'application/vnd.docker.distribution.manifest.v2+json'}))

    def lead_to_blob(self, handler, _parameters, _name, digest):
        if handler.headers.get('Authorization') is not None:
            self.sins.append('a token was seen by the registry')
        for layers in self.registry.values():
            for _, content in layers:
                if hashlib.sha256(content).hexdigest() == digest:
                    self.cdn.files[f'/blobs/{digest}'] = File(content)
                    self.redirect(handler, self.cdn.url(f'/blobs/{digest}'))
                    return
        self.send(handler, 404, dump({'errors': [{'code': 'BLOB_UNKNOWN'}]}))
