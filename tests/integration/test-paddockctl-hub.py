# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl hub, and downloads from it, against a hub on this computer."""

import hashlib
import json
import os
import random
import subprocess
import urllib.error
import urllib.request

from fake_hub import GOOD, NO_ACCESS, PENDING, REJECTED, FakeHub, Repository
from file_server import Fault
from paddockctl_case import PROGRAM, PaddockctlCase
from tap import main

MIB = 1 << 20


class HubCase(PaddockctlCase):
    def setUp(self):
        super().setUp()
        for name in ('SSL_CERT_FILE', 'HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN', 'HF_TOKEN_PATH'):
            os.environ.pop(name, None)
        self.hub = self.enterContext(FakeHub())
        self.model = open(self.small(), 'rb').read()
        self.tiny = self.hub.add(Repository('acme/tiny-GGUF', {
            'README.md': b'# Tiny', 'tiny-Q4_K_M.gguf': self.model, 'tiny-Q8_0.gguf': self.model + b'\0' * 64,
            'mmproj-tiny-f16.gguf': self.model, 'BF16/tiny-BF16-00001-of-00002.gguf': self.model,
            'BF16/tiny-BF16-00002-of-00002.gguf': self.model + b'\0' * 32, 'tiny-Q2_K-00001-of-00002.gguf': self.model,
        }, downloads=7, tags=['gguf', 'license:apache-2.0', 'base_model:acme/tiny', 'base_model:quantized:acme/tiny']))
        self.gated = self.hub.add(Repository('acme/gated-GGUF', {'gated-Q4_0.gguf': self.model}, gated='manual'))
        self.addCleanup(lambda: self.assertEqual(self.hub.sins, []))

    def environment(self, token=None):
        environment = {'HF_ENDPOINT': self.hub.endpoint, 'HF_HOME': str(self.directory),
                       'DBUS_SESSION_BUS_ADDRESS': 'disabled:', 'PADDOCK_DATA_DIR': str(self.directory / 'data'),
                       'PADDOCK_CACHE_DIR': str(self.directory / 'cache')}
        return {**environment, 'HF_TOKEN': token} if token else environment

    def ask(self, *arguments, token=None, **options):
        return self.json('hub', *arguments, env=self.environment(token), **options)

    def refuse(self, *arguments, token=None):
        self.run_it(*arguments, env=self.environment(token), status=1, complaints=1)
        return self.err[0]

    def download(self, *arguments, token=None):
        process = subprocess.run([PROGRAM, 'download', '--json', *arguments], capture_output=True, text=True,
                                 timeout=100, env=self.surroundings(self.environment(token)))
        self.assertNotIn('CRITICAL', process.stderr)
        self.err = process.stderr.splitlines()
        return [json.loads(line) for line in process.stdout.splitlines()], process.returncode


class Golden(HubCase):
    """The hub itself, against what is known of the real one."""

    def get(self, path, token=None):
        request = urllib.request.Request(self.hub.endpoint + path, headers={'User-Agent': 'Paddock/test'})
        if token:
            request.add_header('Authorization', f'Bearer {token}')
        try:
            return urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request)
        except urllib.error.HTTPError as answer:
            return answer

    def test_answers(self):
        for path, token, status, body, tag in (
                ('/api/models/acme/none', None, 401, '{"error":"Invalid username or password."}',
                 'W/"29-dEMcHWfJi78ZR1aqzb1ELAhp3Us"'),
                ('/api/models/acme/none', GOOD, 404, '{"error":"Repository not found"}',
                 'W/"20-bITJowpdmeRi6flSV9yCp5Fkq5k"'),
                ('/acme/tiny-GGUF/resolve/main/none.gguf', None, 404, 'Entry not found', None)):
            answer = self.get(path, token)
            self.assertEqual((answer.status, answer.read().decode()), (status, body))
            if tag:
                self.assertEqual(answer.headers['ETag'], tag)
        tree = json.load(self.get('/api/models/acme/gated-GGUF/tree/main?recursive=true'))
        self.assertEqual(tree[0]['lfs']['oid'], '*' * 64)


class Looking(HubCase):
    def test_search(self):
        for number in range(130):
            self.hub.add(Repository(f'many/model-{number}-GGUF', {}, downloads=1000 - number))
        found = self.ask('search', 'model', '--limit', '120', '--sort', 'downloads')['models']
        self.assertEqual([model['id'] for model in found], [f'many/model-{number}-GGUF' for number in range(120)])
        found = self.ask('search', 'tiny')['models']
        self.assertEqual(len(found), 1)
        self.assertMembers(found[0], {'id': str, 'author': str, 'sha': str, 'task': str, 'license': str, 'gated': str,
                                      'private': bool, 'disabled': bool, 'downloads': int, 'likes': int,
                                      'modified_at': int, 'created_at': int, 'base_models': list, 'tags': list})
        self.assertEqual((found[0]['license'], found[0]['base_models']), ('apache-2.0', ['acme/tiny']))
        self.assertEqual(self.ask('search', 'nothing', 'at', 'all')['models'], [])
        self.assertIn('acme/tiny-GGUF', self.run_it('hub', 'search', 'tiny', env=self.environment()))

    def test_show(self):
        shown = self.ask('show', 'acme/tiny-GGUF')
        labels = [(variant['label'], variant['shards'], variant['whole'], variant['companion'])
                  for variant in shown['variants']]
        self.assertEqual(labels, [('Q2_K', 2, False, False), ('Q4_K_M', 1, True, False), ('Q8_0', 1, True, False),
                                  ('BF16', 2, True, False), ('F16', 1, True, True)])
        for text in ('hf.co/acme/tiny-GGUF', 'hf://acme/tiny-GGUF@main',
                     self.hub.endpoint + '/acme/tiny-GGUF/tree/main', f'acme/tiny-GGUF@{self.tiny.sha}'):
            self.assertEqual({**self.ask('show', text), 'said_at': shown['said_at']}, shown)
        text = self.run_it('hub', 'show', 'acme/tiny-GGUF', env=self.environment())
        self.assertIn('Q4_K_M', text)

    def test_files(self):
        self.hub.page = 2
        files = self.ask('files', 'acme/tiny-GGUF')['files']
        self.assertEqual({file['path']: (file['size'], file['sha256']) for file in files},
                         {path: (len(content), hashlib.sha256(content).hexdigest() if path.endswith('.gguf') else None)
                          for path, content in self.tiny.files.items()})
        # What is masked is unknown.
        self.assertIsNone(self.ask('files', 'acme/gated-GGUF')['files'][0]['sha256'])
        self.assertIsNotNone(self.ask('files', 'acme/gated-GGUF', token=GOOD)['files'][0]['sha256'])

    def test_renamed(self):
        self.hub.renamed['acme/old-GGUF'] = 'acme/tiny-GGUF'
        self.assertEqual(self.ask('show', 'acme/old-GGUF')['id'], 'acme/tiny-GGUF')

    def test_foreign_next(self):
        """A page on another server is asked of the hub: the token stays at home."""
        self.hub.page, self.hub.foreign_next = 3, True
        self.assertEqual(len(self.ask('files', 'acme/tiny-GGUF', token=GOOD)['files']), len(self.tiny.files))

    def test_circle(self):
        """A page that is followed by itself tells each file once; and what follows a page is asked each time."""
        self.hub.same_next = True
        files = self.ask('files', 'acme/tiny-GGUF')['files']
        self.assertEqual(sorted(file['path'] for file in files), sorted(self.tiny.files))
        self.hub.page = 2
        self.assertLess(len(self.ask('files', 'acme/tiny-GGUF')['files']), len(self.tiny.files))
        self.hub.same_next = False
        self.assertEqual(len(self.ask('files', 'acme/tiny-GGUF')['files']), len(self.tiny.files))

    def test_refused(self):
        self.assertIn('HF_TOKEN', self.refuse('hub', 'show', 'acme/none'))
        self.assertIn('Repository not found', self.refuse('hub', 'show', 'acme/none', token=GOOD))
        self.assertIn('HF_TOKEN', self.refuse('hub', 'show', 'acme/tiny-GGUF', token='hf_wrong'))
        self.assertIn('Invalid rev', self.refuse('hub', 'show', 'acme/tiny-GGUF@nowhere'))
        for text in ('tiny', 'a/b/c/../../d', '../..', 'acme/', '/x', 'a b/c', 'acme/tiny..GGUF',
                     'https://example.org/a/b'):
            self.assertIn('OWNER/NAME', self.refuse('hub', 'show', text))
        self.hub.refusals = [(429, [('Retry-After', '10')])]
        self.assertIn('left alone until', self.refuse('hub', 'search', 'x'))
        self.hub.refusals = [(503, [])]
        self.assertIn('503', self.refuse('hub', 'search', 'x'))
        self.hub.refusals = [(200, [])]
        self.assertIn('login', self.refuse('hub', 'search', 'x'))

    def test_offline(self):
        """What was asked before is known without a network, and said to be old; asked again, it is not sent."""
        first = self.ask('show', 'acme/tiny-GGUF')
        found = self.ask('search', 'tiny')
        self.assertFalse(first['from_cache'] or found['from_cache'])
        asked = len(self.hub.hub.log)
        self.assertEqual(self.ask('show', 'acme/tiny-GGUF')['variants'], first['variants'])
        self.assertEqual((self.hub.confirmed, len(self.hub.hub.log)), (2, asked + 2))
        os.environ['HF_HUB_OFFLINE'] = '1'
        self.addCleanup(os.environ.pop, 'HF_HUB_OFFLINE')
        asked = len(self.hub.hub.log)
        old = self.ask('show', 'acme/tiny-GGUF')
        self.assertTrue(old.pop('from_cache'))
        first.pop('from_cache')
        self.assertGreaterEqual(old.pop('said_at'), first.pop('said_at'))
        self.assertEqual(old, first)
        self.assertEqual(self.ask('search', 'tiny')['models'], found['models'])
        self.assertIn('cannot be asked', self.run_it('hub', 'search', 'tiny', env=self.environment()))
        self.assertIn('network', self.refuse('hub', 'show', 'acme/gated-GGUF'))
        self.assertEqual(len(self.hub.hub.log), asked)

    def test_token_file(self):
        (self.directory / 'token').write_text(f' {GOOD}\n')
        self.assertIsNotNone(self.ask('files', 'acme/gated-GGUF')['files'][0]['sha256'])


MANY = 'kv many arr str repeat 40000 "some token {}"\n'


class Models(HubCase):
    """What is told of a model before it is downloaded."""

    def setUp(self):
        super().setUp()
        self.content = open(self.small('local.gguf', MANY), 'rb').read() + bytes(4 * MIB)
        self.hub.add(Repository('acme/large-GGUF', {'large-Q8_0.gguf': self.content, 'broken-Q4_0.gguf': b'no model',
                                                    'short-Q5_0.gguf': self.content[:-4 * MIB - 1000]}))

    def test_as_local(self):
        """The same as of a file that is here, for a part of it; the second time for nothing."""
        local = self.directory / 'Q8_0.gguf'
        local.write_bytes(self.content)
        estimate = self.json('estimate', '--device', 'CUDA0=24G', local)
        report = self.json('validate', local)['reports'][0]
        first = self.ask('show', '--device', 'CUDA0=24G', 'acme/large-GGUF:Q8_0', token=GOOD)['model']
        self.assertMembers(first, {'label': str, 'size': int, 'name': str, 'architecture': str, 'quantization': str,
                                   'parameters': int, 'context_length': int, 'capabilities': list, 'memory': int,
                                   'context': int, 'largest_context': int, 'verdict': str, 'reason': None,
                                   'health': dict, 'fetched': int, 'files': list})
        for name, other in (('memory', 'total'), ('context', 'context'), ('largest_context', 'largest_context'),
                            ('verdict', 'verdict')):
            self.assertEqual(first[name], estimate[other], name)
        report.pop('path')
        self.assertEqual(first['health'], report)
        self.assertEqual(first['capabilities'], self.json('inspect', local)['capabilities'])
        self.assertGreater(first['fetched'], 0)
        self.assertLess(first['fetched'], len(self.content))
        self.assertLess(self.hub.cdn.sent, len(self.content))
        self.hub.cdn.forget()
        again = self.ask("show", "--device", "CUDA0=24G",
                         f"{self.hub.endpoint}/acme/large-GGUF/blob/main/large-Q8_0.gguf")
        self.assertEqual(again['model'], {**first, 'fetched': 0})
        self.assertEqual(self.hub.cdn.log, [])
        text = self.run_it('hub', 'show', '--cpu', 'acme/large-GGUF:Q8_0', env=self.environment())
        self.assertIn('Small One', text)

    def test_shards(self):
        names = [f'set-Q8_0-0000{number}-of-00002.gguf' for number in (1, 2)]
        split = 'kv split.count u16 2\nkv split.no u16 {}\nkv split.tensors.count i32 2\n'
        files = {names[0]: open(self.recipe('1', split.format(0) + 'kv general.architecture str llama\n'
                                            'tensor token_embd.weight q8_0 64x4\n'), 'rb').read(),
                 names[1]: open(self.recipe('2', split.format(1) + 'tensor output_norm.weight f32 64\n'), 'rb').read()}
        self.hub.add(Repository('acme/set-GGUF', files))
        for name, content in files.items():
            (self.directory / name).write_bytes(content)
        local = self.json('validate', self.directory / names[0])['reports'][0]
        health = self.ask('show', '--cpu', 'acme/set-GGUF:Q8_0')['model']['health']
        self.assertEqual(health['tensor_count'], 2)
        self.assertEqual([finding['code'] for finding in health['errors'] + health['warnings']],
                         [finding['code'] for finding in local['errors'] + local['warnings']])

    def test_faults(self):
        """Servers that know no ranges, that cut the answer, that send pages."""
        self.hub.cdn_faults = [Fault('ignore_range', times=0)]
        shown = self.ask('show', '--cpu', 'acme/large-GGUF:Q8_0')['model']
        self.assertLess(shown['fetched'], len(self.content))
        for fault, word in ((Fault('html', times=0), 'login'), (Fault('truncate', times=0, at=1000), None),
                            (Fault('gzip', times=0), 'else'), (Fault('wrong_start', times=0), 'part'),
                            (Fault('wrong_total', times=0), 'other'), (Fault('status', times=0, status=500), '500')):
            with self.subTest(fault=fault):
                self.hub.cdn_faults = [fault]
                message = self.refuse('hub', 'show', 'acme/large-GGUF:Q5_0')
                self.assertIn(word or '', message)

    def test_unsound(self):
        health = self.ask('show', '--cpu', 'acme/large-GGUF:Q5_0', status=1)['model']['health']
        self.assertIn('truncated-data', [finding['code'] for finding in health['errors']])
        shown = self.ask('show', '--cpu', 'acme/large-GGUF:Q4_0', status=1)['model']
        self.assertEqual((shown['health']['valid'], shown['verdict'], shown['memory']), (False, 'unknown', None))

    def test_refused(self):
        self.assertIn('HF_TOKEN', self.refuse('hub', 'show', 'acme/gated-GGUF:Q4_0'))
        self.assertIn('conditions', self.refuse('hub', 'show', 'acme/gated-GGUF:Q4_0', token=NO_ACCESS))
        self.assertIn('agreed', self.refuse('hub', 'show', 'acme/gated-GGUF:Q4_0', token=PENDING))
        self.assertIn('uploaded', self.refuse('hub', 'show', 'acme/tiny-GGUF:Q2_K'))
        self.assertIn('quantization', self.refuse('hub', 'show', 'acme/tiny-GGUF:Q3_K'))
        self.assertIn('no such model', self.refuse('hub', 'show', 'acme/tiny-GGUF/README.md'))


class Downloading(HubCase):
    def assert_got(self, events, files, folder):
        done = [event for event in events if event['event'] == 'done']
        self.assertEqual([os.path.relpath(event['path'], folder) for event in done], list(files))
        for event in done:
            with open(event['path'], 'rb') as file:
                self.assertEqual(hashlib.sha256(file.read()).hexdigest(), event['sha256'])

    def test_quantization(self):
        folder = self.directory / 'data' / 'models' / 'acme' / 'tiny-GGUF'
        for what, files in (('acme/tiny-GGUF:Q8_0', ['tiny-Q8_0.gguf']), ('acme/tiny-GGUF', ['tiny-Q4_K_M.gguf']),
                            ('acme/tiny-GGUF:bf16', ['BF16/tiny-BF16-00001-of-00002.gguf',
                                                     'BF16/tiny-BF16-00002-of-00002.gguf']),
                            ('acme/tiny-GGUF/mmproj-tiny-f16.gguf', ['mmproj-tiny-f16.gguf']),
                            ('acme/tiny-GGUF/README.md', ['README.md']),
                            (self.hub.endpoint + '/acme/tiny-GGUF/blob/main/tiny-Q2_K-00001-of-00002.gguf',
                             ['tiny-Q2_K-00001-of-00002.gguf'])):
            with self.subTest(what=what):
                events, status = self.download(what)
                self.assertEqual(status, 0, self.err)
                self.assert_got(events, files, folder)
        # What is there already is there.
        events, status = self.download('acme/tiny-GGUF:Q8_0')
        self.assertEqual((events[-1]['event'], events[-1]['fetched'], status), ('done', 0, 0))

    def test_folder(self):
        events, status = self.download('--to', self.directory / 'here', 'acme/tiny-GGUF:BF16')
        self.assertEqual(status, 0)
        self.assertEqual(sorted(os.listdir(self.directory / 'here')),
                         ['tiny-BF16-00001-of-00002.gguf', 'tiny-BF16-00002-of-00002.gguf'])

    def test_refused(self):
        for what, token, word in (('acme/tiny-GGUF:Q5_K', None, 'quantization'),
                                  ('acme/tiny-GGUF:Q2_K', None, 'uploaded'),
                                  ('acme/tiny-GGUF/none.gguf', None, 'file'), ('acme/none', None, 'HF_TOKEN'),
                                  ('nonsense', None, 'neither')):
            events, status = self.download(what, token=token)
            self.assertEqual((events, status), ([], 1))
            self.assertIn(word, self.err[0])
        for token, code in ((None, 'token'), (NO_ACCESS, 'gated'), (PENDING, 'gated'), (REJECTED, 'gated')):
            events, status = self.download('acme/gated-GGUF:Q4_0', token=token)
            self.assertEqual((events[-1]['event'], events[-1]['code'], status), ('failed', code, 1))
        events, status = self.download('acme/gated-GGUF:Q4_0', token=GOOD)
        self.assertEqual((events[-1]['event'], status), ('done', 0))

    def test_ollama(self):
        """Another registry: what is known of it is its parts and their hashes; the token of the hub is not for it."""
        self.hub.registry['library/tiny:8b'] = [('model', self.model), ('template', b'{{ .Prompt }}'),
                                                ('projector', self.model + bytes(32)), ('params', b'{}')]
        environment = {**self.environment(GOOD), 'PADDOCK_OLLAMA_REGISTRY': self.hub.endpoint}
        os.environ['PADDOCK_OLLAMA_REGISTRY'] = self.hub.endpoint
        self.addCleanup(os.environ.pop, 'PADDOCK_OLLAMA_REGISTRY')
        events, status = self.download('ollama://tiny:8b', token=GOOD)
        self.assertEqual(status, 0, self.err)
        folder = self.directory / 'data' / 'models' / 'ollama.com' / 'library' / 'tiny'
        self.assert_got(events, ['tiny-8b.gguf', 'mmproj-tiny-8b.gguf'], folder)
        events, status = self.download('--to', self.directory / 'here', 'https://ollama.com/library/tiny:8b')
        self.assertEqual((status, sorted(os.listdir(self.directory / 'here'))),
                         (0, ['mmproj-tiny-8b.gguf', 'tiny-8b.gguf']))
        for what in ('ollama://tiny', 'ollama://someone/tiny:8b'):
            self.run_it('download', what, env=environment, status=1, complaints=1)
            self.assertIn('registry has no such model', self.err[0])

    def test_expired(self):
        """An address that expires in the middle is asked for again, and nothing is lost."""
        content = self.model + random.Random(1).randbytes(12 * MIB)
        self.tiny.files['tiny-F16.gguf'] = content
        self.hub.cdn.rate = 12 * MIB
        process = subprocess.Popen([PROGRAM, 'download', '--json', '--segments', '2', 'acme/tiny-GGUF:F16'],
                                   stdout=subprocess.PIPE, text=True,
                                   env=self.surroundings(self.environment()))
        for line in process.stdout:
            if json.loads(line)['received'] > MIB:
                break
        self.hub.clock += 7200
        self.hub.cdn_faults = [Fault('reset', at=MIB)]
        last = json.loads(process.stdout.read().splitlines()[-1])
        process.wait()
        self.assertEqual((last['event'], last.get('message'), process.returncode), ('done', None, 0))
        self.assertEqual(last['sha256'], hashlib.sha256(content).hexdigest())

    def test_changed_upstream(self):
        """A branch that moves while a set is fetched: what is of another commit is not mixed in."""
        first, second = 'set-Q6_K-00001-of-00002.gguf', 'set-Q6_K-00002-of-00002.gguf'
        self.tiny.files[first] = self.model + random.Random(2).randbytes(6 * MIB)
        self.tiny.files[second] = self.model
        self.hub.cdn.rate = 6 * MIB
        process = subprocess.Popen([PROGRAM, 'download', '--json', '--segments', '1', 'acme/tiny-GGUF:Q6_K'],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                   env=self.surroundings(self.environment()))
        for line in process.stdout:
            if json.loads(line)['received'] > MIB:
                break
        self.tiny.files[second] = self.model + b'\1' * 64
        ends = [event for event in map(json.loads, process.stdout) if event['event'] in ('done', 'failed')]
        process.wait()
        self.assertEqual([(event['event'], event.get('code')) for event in ends],
                         [('done', None), ('failed', 'not_found')])
        self.assertEqual(process.returncode, 1)
        folder = self.directory / 'data' / 'models' / 'acme' / 'tiny-GGUF'
        self.assertEqual(os.listdir(folder), [first])


if __name__ == '__main__':
    main()
