# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can go wrong between a hub, the network that delivers its files, and a client: a switch for each."""

from typing import NamedTuple

from file_server import LOGIN, Fault

MIB = 1 << 20
PAGE = LOGIN + b'<!-- ' + b'x' * 52_000 + b' -->'
DONE = 'done'


class Switch(NamedTuple):
    """What breaks: questions to the interface ('api'), the way to a file ('resolve'), its bytes ('cdn'), or what the
    hub is like ('state')."""

    place: str
    kind: object                # of a Fault; of a state: what is done to hub and repository
    values: dict
    outcomes: tuple             # that are right when it is always on: DONE, or codes of failures; None: refused at once

    def turn_on(self, hub, repository, times, after):
        if self.place == 'state':
            self.kind(hub, repository)
            return None
        fault = Fault(self.kind, times=times, after=after, **self.values)
        getattr(hub, f'{self.place}_faults').append(fault)
        return fault


def cdn(kind, *outcomes, **values):
    return Switch('cdn', kind, values, outcomes)


def way(kind, *outcomes, **values):
    return Switch('resolve', kind, values, outcomes)


def api(kind, *outcomes, **values):
    return Switch('api', kind, values, outcomes)


def state(change, *outcomes):
    return Switch('state', change, {}, outcomes)


def set_on(name, value=True):
    return lambda hub, repository: setattr(repository, name, value)


def set_hub(name, value=True):
    return lambda hub, repository: setattr(hub, name, value)


def skew(seconds):
    def change(hub, _repository):
        hub.hub.skew = hub.cdn.skew = seconds
    return change


def lead_in_circles(hub, _repository):
    """A page that says it is followed by itself."""
    hub.page, hub.same_next = 1000, True


def rename(hub, repository):
    """It has another name by now, to which all ways lead."""
    old, repository.id = repository.id, 'acme/renamed-GGUF'
    hub.repositories[repository.id] = repository
    hub.renamed[old] = repository.id


BUSY = {'status': 429, 'body': PAGE, 'content_type': 'text/html; charset=utf-8'}
OTHER = b'GGUF' + bytes(3 * MIB)

SWITCHES = {
    'ignore_range': cdn('ignore_range', DONE),
    'ignore_range_if_gzip': cdn('ignore_range_if_gzip', DONE),
    '206_wrong_start': cdn('wrong_start', DONE),
    '206_from_begin': cdn('from_begin', DONE, 'checksum'),
    '206_full_body': cdn('full_body', DONE),
    '206_wrong_total': cdn('wrong_total', DONE),
    '206_star': cdn('star', DONE),
    '206_no_content_range': cdn('no_content_range', DONE),
    'multipart': cdn('multipart', DONE),
    '200_content_range': cdn('range_as_whole', DONE),
    'truncate': cdn('truncate', DONE, at=700_000),
    'truncate_at_once': cdn('truncate', 'connection', at=0),
    'reset': cdn('reset', DONE, 'connection', at=700_000),
    'drop': cdn('drop', 'connection'),
    'chunk_cut_inside': cdn('chunk_cut', DONE, where='inside', at=700_000),
    'chunk_cut_between': cdn('chunk_cut', DONE, where='between', at=700_000),
    'extra': cdn('extra', DONE, bytes=5000),
    'stall': cdn('stall', DONE, at=2 * MIB),
    'stall_at_once': cdn('stall', 'connection', at=0),
    'trickle': cdn('trickle', 'connection'),
    'slow_head': cdn('slow_head', 'connection'),
    'delay_first': cdn('delay', DONE, seconds=0.3),
    'expire_after': way('expire_after', DONE, 'denied', expire_after=0.3),
    'expire_at_byte': way('expire_at', DONE, expire_at=MIB + 300_000),
    'status_416': cdn('status', 'protocol', status=416),
    'status_416_of_all': cdn('status', 'protocol', status=416, headers=[('Content-Range', f'bytes */{6 * MIB}')]),
    'status_429': cdn('status', 'busy', headers=[('RateLimit', '"resolvers";r=0;t=1')], **BUSY),
    'status_429_bare': cdn('status', 'busy', **BUSY),
    'status_429_retry_after': cdn('status', 'busy', headers=[('Retry-After', '1')], **BUSY),
    'status_429_date': cdn('status', 'busy', later=1, **BUSY),
    'status_500': cdn('status', 'server', status=500),
    'status_503': cdn('status', 'server', status=503, headers=[('Retry-After', '1')]),
    'status_403': cdn('status', 'denied', status=403),
    'status_404': cdn('status', 'not_found', status=404),
    'status_401': cdn('status', 'token', status=401),
    'html_200': cdn('html', 'not_a_model'),
    'gzip_body': cdn('gzip', 'protocol', 'connection'),
    'wrong_bytes': cdn('wrong_bytes', 'checksum', at=2 * MIB + 77),
    'close_keepalive': cdn('close_quietly', DONE),
    'way_429': way('status', 'busy', headers=[('RateLimit', '"resolvers";r=0;t=1')], **BUSY),
    'way_500': way('status', 'server', status=500),
    'way_503': way('status', 'server', status=503),
    'way_403': way('status', 'denied', status=403),
    'way_404': way('status', 'not_found', status=404),
    'way_401': way('status', 'token', status=401),
    'way_html': way('html', 'not_a_model'),
    'way_drop': way('drop', 'connection'),
    'way_slow_head': way('slow_head', 'connection'),
    'way_close_keepalive': way('close_quietly', DONE),
    'direct_200': way('direct', DONE),
    'cdn_on_same_origin': way('same_origin', DONE),
    'second_cdn_hop': way('second_hop', DONE),
    'no_xet_headers': way('no_xet', DONE),
    'no_link_header': way('no_link', DONE),
    'no_linked_etag': way('no_linked_tag', DONE),
    'zero_size': way('zero_size', 'changed'),
    'upstream_changed': way('upstream_changed', DONE, content=OTHER, keep=True),
    'upstream_replaced': way('upstream_changed', 'not_found', content=OTHER, keep=False),
    'api_html': api('html', None),
    'api_429': api('status', None, headers=[('RateLimit', '"api";r=0;t=2')], **BUSY),
    'api_503': api('status', None, status=503),
    'api_drop': api('drop', None),
    'api_close_keepalive': api('close_quietly', DONE),
    'mask_oids': state(set_on('masked'), DONE),
    'gate_auto': state(set_on('gated', 'auto'), DONE, 'token'),
    'gate_manual': state(set_on('gated', 'manual'), DONE, 'token'),
    'disabled': state(set_on('disabled'), 'denied'),
    'private': state(set_on('private'), DONE, None),
    'rename_to': state(rename, DONE),
    'link_foreign_host': state(set_hub('foreign_next'), DONE),
    'cursor_loop': state(lead_in_circles, DONE),
    'clock': state(skew(7 * 3600), DONE),
}
