# SPDX-License-Identifier: GPL-3.0-or-later
"""How the hub of the tests gives files away: an address that leads to a signed one, and what honours the signature."""

import base64
import hashlib
import hmac
import json
import time
import urllib.parse

from file_server import Fault, File

SECRET = b'fake'
LIFETIME = 3600
CREDENTIALS = ('Authorization', 'Cookie', 'Referer')
# Of base64, as it is written in an address.
ENCODED, DECODED = b'-_~', b'+=/'


def encode(data):
    return base64.b64encode(data).translate(bytes.maketrans(DECODED, ENCODED)).decode()


def decode(text):
    return base64.b64decode(text.encode().translate(bytes.maketrans(ENCODED, DECODED)))


class Use:
    """Of one signed address."""

    def __init__(self):
        self.since, self.bytes = time.monotonic(), 0


class HubFiles:
    """What FakeHub has of files. Of the ways to them, faults are:

    direct: the hub sends the file itself, as mirrors do; same_origin: what is signed is the hub's, too;
    second_hop: what is signed leads to a third address; no_linked_tag, no_xet, no_link: headers that are left out;
    upstream_changed: from now on it is another file, with another commit;
    zero_size: the hub says that there is nothing; expire_after, expire_at: a signed address is no good any more after
    so many seconds or bytes, in the middle of what it sends."""

    def init_files(self):
        self.signed = 0                    # how often; each address is another one
        self.direct = False                # it sent a file itself: then ranges are asked of it, too
        self.uses = {}                     # Use of each, by its query
        self.limits = {}                   # of those that expire early, by their query

    # The way

    def sign(self, resource, bound):
        """For everybody until it expires; bound: for that range alone, as it is with who asks the hub for one."""
        self.signed += 1
        expires = self.clock + LIFETIME + self.signed
        condition = {'DateLessThan': {'AWS:EpochTime': expires}}
        if bound is not None:
            condition['ByteRange'] = {'ExpectedHeader': bound}
        policy = json.dumps({'Statement': [{'Resource': resource + '*', 'Condition': condition}]},
                            separators=(',', ':')).encode()
        signature = encode(hmac.digest(SECRET, policy, 'sha256'))
        return f'Expires={expires}&Policy={encode(policy)}&Signature={signature}&Key-Pair-Id=KFAKE'

    def check_asked(self, handler):
        # A client that says nothing gets what the server likes, compressed too.
        if handler.headers.get('Accept-Encoding') != 'identity':
            self.sins.append(f'compressed files wanted: {handler.headers.get("Accept-Encoding")}')

    def resolve(self, handler, _parameters, name, revision, path):
        self.check_asked(handler)
        with self.hub.lock:
            faults = [fault for fault in self.resolve_faults if fault.strikes()]
        kinds = {fault.kind: fault.values for fault in faults}
        repository = self.find(handler, name, False)
        if repository is None:
            return
        self.direct = self.direct or 'direct' in kinds
        if handler.headers.get('Range') is not None and not self.direct:
            self.sins.append(f'a range on the way: {handler.path}')
        if revision == 'main' and name in self.told:
            self.sins.append(f'a branch, though its commit is known: {handler.path}')
        if handler.answer_instead(faults):
            return
        if not self.is_let_in(handler, repository):
            self.refuse_gate(handler, repository)
            return
        if 'upstream_changed' in kinds:
            repository.change(path, **kinds['upstream_changed'])
        commit = ('X-Repo-Commit', revision if revision in repository.past else repository.sha)
        content = repository.files_at(revision).get(path)
        if not repository.has_revision(revision):
            self.refuse(handler, 404, f'Invalid rev id: {revision}', 'RevisionNotFound', False)
        elif content is None:
            self.refuse(handler, 404, 'Entry not found', 'EntryNotFound', False, [commit])
        elif not repository.is_large(path):
            query = urllib.parse.quote(handler.path, safe='') + f'=&etag=%22{git_hash(content)}%22'
            cache = f'/api/resolve-cache/models/{name}/{repository.sha}/{path}'
            self.redirect(handler, f'{cache}?{query}', headers=[commit])
        elif 'direct' in kinds:
            handler.send_file(self.make_file(repository, content), faults)
        else:
            self.redirect_large(handler, repository, path.rsplit('/')[-1], content, commit, kinds)

    def redirect_large(self, handler, repository, name, content, commit, kinds):
        server = self.hub if 'same_origin' in kinds else self.cdn
        resource = server.url(f'/xet-bridge-us/{repository.oid}/{repository.xet_of(content)}')
        disposition = (f'response-content-disposition=inline%3B+filename*%3DUTF-8%27%27{name}%3B+filename%3D%22'
                       f'{name}%22%3B')
        with self.hub.lock:
            query = f'X-Xet-Cas-Uid=public&{disposition}&{self.sign(resource, handler.headers.get("Range"))}'
            self.uses[query] = Use()
            for kind in ('expire_after', 'expire_at'):
                if kind in kinds:
                    self.limits[query] = {kind: kinds[kind][kind]}
        location = f'{resource}?{query}'
        if 'second_hop' in kinds:
            self.hops[f'/hop/{self.signed}'] = location
            location = self.cdn.url(f'/hop/{self.signed}')
        size = 0 if 'zero_size' in kinds else len(content)
        headers = [commit, ('X-Linked-Size', str(size)), ('Accept-Ranges', 'bytes'), ('Cache-Control', 'no-store'),
                   ('Vary', 'Origin, Accept')]
        if 'no_linked_tag' not in kinds:
            headers.append(('X-Linked-ETag', f'"{repository.sha256_of(content)}"'))
        if 'no_xet' not in kinds:
            headers.append(('X-Xet-Hash', repository.xet_of(content)))
        if 'no_link' not in kinds and 'no_xet' not in kinds:
            about = f'{self.endpoint}/api/models/{repository.id}/xet-read-token/{repository.sha}'
            headers.append(('Link', f'<{about}>; rel="xet-auth"'))
        self.redirect(handler, location, 302, headers, f'Found. Redirecting to {location}')

    def deliver_small(self, handler, _parameters, name, _revision, path):
        repository = self.find(handler, name, False)
        if repository is None:
            return
        if 'etag=' not in handler.path:
            self.sins.append(f'the query was lost: {handler.path}')
        content = repository.files[path]
        handler.send_response(200)
        handler.send_header('Content-Type', 'text/plain; charset=utf-8')
        handler.send_header('Content-Length', str(len(content)))
        handler.send_header('ETag', f'"{git_hash(content)}"')
        handler.send_header('X-Repo-Commit', repository.sha)
        handler.end_headers()
        handler.wfile.write(content)

    # What is signed

    def deliver(self, handler):
        """On the other server, where nobody says who they are."""
        for header in CREDENTIALS:
            if handler.headers.get(header) is not None:
                self.sins.append(f'{header} was seen by the other server')
        path = handler.path.partition('?')[0]
        if path in self.hops:
            self.redirect(handler, self.hops[path], 302)
        else:
            self.deliver_signed(handler, self.cdn)

    def deliver_here(self, handler, _parameters, _oid, _xet):
        self.deliver_signed(handler, self.hub)

    def find_refusal(self, handler, server, path, query):
        """As the signature has it. None: it is good."""
        parameters = dict(part.partition('=')[::2] for part in query.split('&'))
        try:
            policy = decode(parameters.get('Policy', ''))
            condition = json.loads(policy)['Statement'][0]['Condition']
        except ValueError:
            return 'invalid signature'
        if (encode(hmac.digest(SECRET, policy, 'sha256')) != parameters.get('Signature') or query not in self.uses
                or server.url(path).encode() not in policy):
            return 'invalid signature'
        if condition['DateLessThan']['AWS:EpochTime'] < self.clock:
            return 'expired'
        if condition.get('ByteRange', {}).get('ExpectedHeader', asked_of(handler)) != asked_of(handler):
            return 'invalid range'
        return None

    def spend(self, handler, query, size):
        """What is left of an address that expires early, as faults of what it sends. None: nothing."""
        use, limits = self.uses[query], self.limits.get(query, {})
        asked = (asked_of(handler) or f'bytes=0-{size - 1}').removeprefix('bytes=').split('-')
        before, use.bytes = use.bytes, use.bytes + int(asked[1]) + 1 - int(asked[0])
        if 'expire_at' in limits:
            left = limits['expire_at'] - before
            return [Fault('truncate', at=left)] if left > 0 else None
        if 'expire_after' in limits:
            end = use.since + limits['expire_after']
            return [Fault('deadline', time=end)] if time.monotonic() < end else None
        return []

    def deliver_signed(self, handler, server):
        path, _, query = handler.path.partition('?')
        self.check_asked(handler)
        why = self.find_refusal(handler, server, path, query)
        if why is not None:
            handler.send_plain(403, f'Auth failed: {why}')
            return
        repository, content = self.find_content(path)
        if content is None:
            handler.send_plain(404, 'not here')
            return
        with self.hub.lock:
            faults = [fault for fault in self.cdn_faults if fault.strikes()]
            end = self.spend(handler, query, len(content))
        if end is None:
            handler.send_plain(403, 'Auth failed: expired')
        else:
            handler.send_file(self.make_file(repository, content), faults + end)

    def find_content(self, path):
        """Also of commits that nobody leads to any more."""
        for repository in self.repositories.values():
            for content, _ in list(repository.hashes.values()):
                if path == f'/xet-bridge-us/{repository.oid}/{repository.xet_of(content)}':
                    return repository, content
        return None, None

    @staticmethod
    def make_file(repository, content):
        """Its tag is a hash, and not that of its bytes."""
        file = File(content, tag=False)
        file.tag = f'"{repository.xet_of(content)}"'
        return file


def asked_of(handler):
    return handler.headers.get('Range')


def git_hash(content):
    return hashlib.sha1(b'blob %d\0' % len(content) + content).hexdigest()
