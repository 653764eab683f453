# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl estimate."""

import json
import os
import pathlib

from paddockctl_case import PaddockctlCase
from tap import main

LAYERS = 4
MODEL = f'''
kv general.architecture str llama
kv llama.block_count u32 {LAYERS}
kv llama.context_length u32 32768
kv llama.embedding_length u32 512
kv llama.feed_forward_length u32 1024
kv llama.attention.head_count u32 8
kv llama.attention.head_count_kv u32 4
kv llama.attention.layer_norm_rms_epsilon f32 1e-5
tensor token_embd.weight f16 512x1000
tensor output_norm.weight f32 512
tensor output.weight q8_0 512x1000
repeat {LAYERS} tensor blk.{{}}.attn_norm.weight f32 512
repeat {LAYERS} tensor blk.{{}}.attn_q.weight q4_0 512x512
repeat {LAYERS} tensor blk.{{}}.attn_k.weight q4_0 512x256
repeat {LAYERS} tensor blk.{{}}.attn_v.weight q4_0 512x256
repeat {LAYERS} tensor blk.{{}}.attn_output.weight q4_0 512x512
repeat {LAYERS} tensor blk.{{}}.ffn_norm.weight f32 512
repeat {LAYERS} tensor blk.{{}}.ffn_gate.weight q4_0 512x1024
repeat {LAYERS} tensor blk.{{}}.ffn_up.weight q4_0 512x1024
repeat {LAYERS} tensor blk.{{}}.ffn_down.weight q4_0 1024x512
'''
Q4_0 = LAYERS * (2 * 512 * 512 + 2 * 512 * 256 + 3 * 512 * 1024) // 32 * 18
OUTPUT = 512 * 1000 // 32 * 34
REST = 512 * 1000 * 2 + 512 * 4 + LAYERS * 2 * 512 * 4
CELL = LAYERS * 2 * 256 * 2
KINDS = ('weights', 'repacked', 'cache', 'state', 'compute', 'output', 'projector', 'draft', 'adapters', 'overhead')
NUMBERS = (*KINDS, 'total', 'resident', 'peak_loading', 'evictable', 'context', 'largest_context')
VERDICTS = ('fits-gpu', 'fits-memory', 'fits-split', 'tight', 'too-large', 'unknown')

PROJECTOR = '''
kv general.architecture str clip
kv clip.vision.image_size u32 28
kv clip.vision.patch_size u32 14
tensor v.patch_embd.weight f16 14x14x3x64
'''
ADAPTER = '''
kv general.architecture str llama
kv general.type str adapter
tensor blk.0.attn_q.weight.lora_a f32 512x8
'''


class Estimate(PaddockctlCase):
    def setUp(self):
        super().setUp()
        self.path = self.recipe('model.gguf', MODEL)

    def estimate(self, *options):
        return self.json('estimate', '--cpu', '--repack', 'off', self.path, *options)

    def refuse(self, *options, part, status=2):
        self.assertEqual(self.run_it('estimate', self.path, *options, status=status, complaints=1), '')
        self.assertIn(part, self.err[0])

    def test_members(self):
        answer = self.json('estimate', self.path)
        self.assertMembers(answer, {**dict.fromkeys(NUMBERS, int), 'verdict': str, 'reason': None,
                                    'band': (int, float), 'basis': dict, 'bands': dict, 'suggestions': list,
                                    'requirements': dict, 'devices': list, 'placement': dict, 'arguments': list,
                                    'free_memory': dict, 'notes': list})
        for device in answer['devices']:
            self.assertMembers(device, {'name': str, 'kind': str, **dict.fromkeys(('weights', 'cache', 'compute'), int),
                                        'total': int, 'free': int, 'capacity': int})
        self.assertEqual(answer['devices'][0]['kind'], 'processor')
        self.assertMembers(answer['placement'], {'gpu_layers': int, 'layers': int, 'tensor_split': list,
                                                 'overrides': list})
        self.assertEqual(answer['placement']['layers'], LAYERS + 1)
        self.assertIn('-ngl', answer['arguments'])
        self.assertMembers(answer['free_memory'], {'known': bool, 'read_at': int})
        self.assertIn(answer['verdict'], VERDICTS)
        self.assertEqual(set(answer['basis']), set(KINDS))
        self.assertLessEqual(set(answer['basis'].values()), {'computed', 'engine', 'measured'})
        self.assertMembers(answer['requirements'], dict.fromkeys(
            ('minimum_memory', 'recommended_memory', 'minimum_gpu_memory', 'recommended_gpu_memory', 'swap'), int))
        for suggestion in answer['suggestions']:
            self.assertMembers(suggestion, {'code': str, 'text': str, 'saves': int})
        self.assertEqual([one['saves'] for one in answer['suggestions']],
                         sorted((one['saves'] for one in answer['suggestions']), reverse=True))

    def test_defaults(self):
        answer = self.estimate()
        self.assertEqual((answer['weights'], answer['repacked']), (Q4_0 + OUTPUT + REST, 0))
        self.assertEqual((answer['context'], answer['cache'], answer['state']), (32768, 32768 * CELL, 0))
        self.assertEqual(answer['output'], 4 * 4 * 1000)
        self.assertEqual(answer['total'], sum(answer[kind] for kind in KINDS) - answer['repacked'])
        self.assertEqual(answer['evictable'], answer['weights'])

    def test_cache(self):
        self.assertEqual(self.estimate('--context', '1000')['cache'], 1024 * CELL)
        self.assertEqual(self.estimate('--context', '1000', '--parallel', '2')['cache'], 2 * 512 * CELL)
        self.assertEqual(self.estimate('--context', '1000', '--parallel', '2', '--unified')['cache'], 1024 * CELL)
        self.assertEqual(self.estimate('--context', '1000', '--no-unified')['cache'], 4 * 256 * CELL)
        self.assertEqual(self.estimate('--context', '1024', '--cache-k', 'q8_0', '--cache-v', 'Q8_0')['cache'],
                         1024 * CELL // 2 // 32 * 34)

    def test_outputs(self):
        few, all_rows = self.estimate(), self.estimate('--outputs', '0')
        self.assertEqual(few['output'], all_rows['output'])
        self.assertLess(few['compute'], all_rows['compute'] + 1)
        self.assertLess(self.estimate('--ubatch', '64')['compute'], few['compute'])
        self.assertGreater(self.estimate('--flash-attention', 'off')['compute'], few['compute'])
        self.assertEqual(self.estimate('--parallel', '1')['output'], 4 * 1000)

    def test_repacked(self):
        for name in ('haswell', 'x86-64-v3'):
            answer = self.json('estimate', self.path, '--repack', name)
            self.assertEqual((answer['weights'], answer['repacked']), (Q4_0 + OUTPUT + REST, Q4_0))
            self.assertEqual(answer['evictable'], answer['weights'])
            self.assertEqual(answer['resident'], answer['total'] + Q4_0)
        # 1000 rows are no multiple of 32, and so no tiles.
        self.assertEqual(self.json('estimate', self.path, '--repack', 'sapphirerapids')['repacked'], Q4_0)
        self.assertEqual(self.json('estimate', self.path, '--repack', 'haswell', '--no-mmap')['evictable'], 0)

    def test_beside(self):
        alone = self.estimate('--context', '1024')
        eye, lora = self.recipe('eye.gguf', PROJECTOR), self.recipe('lora.gguf', ADAPTER)
        answer = self.estimate('--context', '1024', '--mmproj', eye, '--draft', self.path, '--lora', lora)
        self.assertGreaterEqual(answer['projector'], 14 * 14 * 3 * 64 * 2)
        self.assertEqual(answer['draft'], alone['total'] - alone['overhead'])
        self.assertEqual(answer['adapters'], 512 * 8 * 4)
        beside = answer['projector'] + answer['draft'] + answer['adapters']
        self.assertEqual(answer['total'], alone['total'] + beside)
        self.run_it('estimate', self.path, '--mmproj', self.path, status=1, complaints=1)
        self.run_it('estimate', self.path, '--lora', self.path, status=1, complaints=1)
        self.run_it('estimate', self.path, '--draft', self.path + '.no', status=1, complaints=1)

    def test_curve(self):
        curve = self.estimate('--curve', '3')['curve']
        self.assertEqual([point['context'] for point in curve], [512, 16640, 32768])
        self.assertEqual([point['cache'] for point in curve], [point['context'] * CELL for point in curve])

    def test_devices(self):
        answer = self.json('estimate', self.path, '--device', 'CUDA0=24G', '--device', 'a=b=1000')
        shown = {device['name']: device['capacity'] for device in answer['devices'] if 'capacity' in device}
        self.assertEqual((shown['CUDA0'], shown['a=b']), (24 << 30, 1000))
        for wrong in ('CUDA0', '=1', 'CUDA0=', 'CUDA0=-1', 'CUDA0=1X', 'CUDA0=99999999T'):
            self.refuse('--device', wrong, part='NAME=BYTES')
        for wrong in ('CUDA0=0', 'CUDA0=9999999T'):
            self.refuse('--device', wrong, part='NAME=BYTES')
        for wrong in (':1=8G', 'host:0=8G', 'host:port=8G', 'ho st:1=8G'):
            self.refuse('--device', wrong, part='HOST:PORT')
        self.refuse('--device', 'CUDA0=8G', '--device', 'CUDA0=4G', part='twice')
        self.refuse('--cpu', '--device', 'CUDA0=1', part='device')
        self.refuse('--machine', 'no such machine', part='no such machine')

    def plan(self, *options, **more):
        answer = self.json('estimate', self.path, '--context', '4096', '--repack', 'off', *options, **more)
        for device in answer['devices']:
            used = device['weights'] + device['cache'] + device['compute']
            self.assertLessEqual(used if device['kind'] != 'processor' else 0, device['limit'])
            self.assertLessEqual(device['limit'], device['capacity'])
        self.assertEqual(sum(device['layers'] for device in answer['devices']), LAYERS + 1)
        self.assertEqual(sum(device['layers'] for device in answer['devices'][1:]), answer['placement']['gpu_layers'])
        return answer

    def test_placement(self):
        whole = self.plan('--device', 'CUDA0=8G')
        self.assertEqual((whole['verdict'], whole['placement']['gpu_layers']), ('fits-gpu', LAYERS + 1))
        self.assertEqual(whole['arguments'][:6], ['--device', 'CUDA0', '-ngl', str(LAYERS + 1), '--fit', 'off'])
        self.assertGreaterEqual(whole['devices'][1]['weights'], Q4_0 + OUTPUT)
        self.assertEqual(whole['devices'][1]['cache'], 4096 * CELL)
        nothing = self.plan('--device', 'CUDA0=257M')
        self.assertEqual((nothing['verdict'], nothing['placement']['gpu_layers']), ('fits-memory', 0))
        self.assertEqual(nothing['arguments'][:2], ['--device', 'none'])
        self.assertEqual(self.plan('--cpu')['arguments'], nothing['arguments'])
        self.assertEqual(len(self.plan('--cpu')['devices']), 1)
        self.assertEqual(self.plan('--device', 'CUDA0=8G', '--strategy', 'cpu-only')['placement']['gpu_layers'], 0)

    def test_workers(self):
        answer = self.plan('--device', 'other:50052=8G')
        self.assertEqual(answer['devices'][1]['kind'], 'remote')
        self.assertEqual(answer['arguments'][:6],
                         ['--rpc', 'other:50052', '--device', 'RPC0', '-ngl', str(LAYERS + 1)])
        balanced = self.plan('--device', 'CUDA0=1G', '--device', 'CUDA1=1G', '--strategy', 'balanced')
        self.assertEqual(balanced['placement']['strategy'], 'balanced')
        self.assertEqual(sum(balanced['placement']['tensor_split']), LAYERS + 1)
        self.assertEqual(len(balanced['placement']['tensor_split']), 2)
        self.refuse('--strategy', 'magic', part='gpu-first')

    def test_gpu_layers(self):
        for layers in range(LAYERS + 2):
            answer = self.plan('--device', 'CUDA0=8G', '--gpu-layers', str(layers))
            self.assertEqual(answer['placement']['gpu_layers'], layers)
            self.assertEqual(answer['reason'], None)
        answer = self.plan('--device', 'CUDA0=257M', '--gpu-layers', '3', status=1, complaints=1)
        self.assertIn('--gpu-layers', self.err[0])
        self.assertEqual((answer['verdict'], answer['placement']['gpu_layers']), ('too-large', 0))
        self.assertEqual(answer['placement']['wanted_layers'], 3)
        self.assertIn('3', answer['reason'])
        self.assertEqual(self.plan('--device', 'CUDA0=8G', '--gpu-layers', '0')['verdict'], 'fits-memory')
        self.refuse('--gpu-layers', '-1', part='negative')
        self.refuse('--gpu-layers', str(LAYERS + 2), part=f'{LAYERS + 1} layers')
        self.refuse('--gpu-layers', 'all', part='all')
        self.refuse('--cpu', '--gpu-layers', '1', part='device')

    def test_companions_of_devices(self):
        eye, lora = self.recipe('eye.gguf', PROJECTOR), self.recipe('lora.gguf', ADAPTER)
        beside = ('--mmproj', eye, '--draft', self.path, '--lora', lora)
        alone, answer = self.plan('--device', 'CUDA0=8G'), self.plan('--device', 'CUDA0=8G', *beside)
        self.assertEqual((answer['placement']['projector'], answer['placement']['draft']), ('CUDA0', 'CUDA0'))
        more = answer['devices'][1]['compute'] - alone['devices'][1]['compute']
        self.assertGreaterEqual(more, answer['projector'] + answer['draft'] + answer['adapters'])
        self.assertLess(more, answer['projector'] + answer['draft'] + answer['adapters'] + 4096)
        for option, value in (('--mmproj', eye), ('--spec-draft-model', self.path), ('--lora', lora),
                              ('--mmproj-device', 'CUDA0')):
            self.assertEqual(answer['arguments'][answer['arguments'].index(option) + 1], value)
        self.assertIn('--no-mmproj-offload', self.plan('--cpu', *beside)['arguments'])

    def test_machine(self):
        folder = self.directory / 'paddock' / 'machines'
        folder.mkdir(parents=True)
        env = {'XDG_CONFIG_HOME': str(self.directory)}
        text = self.run_it('hardware', '--json')
        (folder / 'this.json').write_text(text)
        answer = self.json('estimate', self.path, '--machine', 'this', env=env)
        self.assertEqual(answer['devices'][0]['total'], json.loads(text)['memory']['total'])

    def test_true_suggestions(self):
        options = {'context': '--context', 'parallel': '--parallel', 'ubatch': '--ubatch'}
        before = self.estimate()
        self.assertGreater(len(before['suggestions']), 1)
        for suggestion in before['suggestions']:
            number = ''.join(letter for letter in suggestion['text'].split(':')[0] if letter.isdigit())
            if suggestion['code'] == 'cache-type':
                after = self.estimate('--cache-k', 'q8_0', '--cache-v', 'q8_0')
            elif suggestion['code'] in options:
                after = self.estimate(options[suggestion['code']], number, '--unified')
            else:
                continue
            self.assertEqual(before['total'] - after['total'], suggestion['saves'], suggestion)

    def test_header_alone(self):
        whole = pathlib.Path(self.path).read_bytes()
        expected = self.estimate()
        offset = self.json('inspect', self.path)['data_offset']
        pathlib.Path(self.path).write_bytes(whole[:offset])
        answer = self.estimate()
        for name in (*KINDS, 'total', 'resident'):
            self.assertEqual(answer[name], expected[name], name)

    def test_refused(self):
        self.refuse('--context', '0', part='context of 0')
        self.refuse('--context', '40000', part='40000')
        self.refuse('--context', '2000000000', '--outputs', '1', part='2000000000')
        self.refuse('--context', '-5', part='negative')
        self.refuse('--batch', '0', part='batch of 0')
        self.refuse('--batch', '64', '--ubatch', '128', part='batch of 64')
        self.refuse('--parallel', '1000', part='256')
        self.refuse('--cache-k', 'q9_9', part='type')
        self.refuse('--cache-k', 'q4_k', part='Q4_K')
        self.refuse('--cache-v', 'q8_0', '--flash-attention', 'off', part='flash attention')
        self.refuse('--flash-attention', 'maybe', part='on, off or auto')
        self.refuse('--repack', 'abacus', part='processor')
        self.refuse('--unified', '--no-unified', part='shared')
        self.refuse('--curve', '1', part='points')
        self.refuse('--context', 'many', part='many')

    def test_as_the_engine(self):
        self.assertEqual(self.estimate('--context', '40000', '--outputs', '4')['cache'], 40192 * CELL)
        self.assertEqual(self.estimate('--context', '0', '--repack', 'off')['cache'], 32768 * CELL)

    def test_batches(self):
        self.assertEqual(self.estimate('--batch', '64')['compute'], self.estimate('--ubatch', '64')['compute'])
        self.assertGreater(self.estimate('--ubatch', '4096')['compute'], self.estimate()['compute'])

    def test_nonsense(self):
        for line in ('kv llama.block_count u32 0', 'kv llama.block_count u32 4000000000',
                     'kv llama.embedding_length u32 0'):
            key = line.split()[1]
            recipe = '\n'.join(line if f'kv {key} ' in old else old for old in MODEL.split('\n'))
            path = self.recipe('nonsense.gguf', recipe)
            answer = self.json('estimate', path, status=1, complaints=1)
            self.assertEqual(answer['verdict'], 'unknown')
            self.assertIsInstance(answer['reason'], str)
            for name in NUMBERS:
                self.assertIsNone(answer[name], name)
            self.assertEqual(self.run_it('estimate', path, status=1, complaints=1), '')
        self.run_it('estimate', os.devnull, status=1)

    def test_text(self):
        text = self.run_it('estimate', self.path, '--curve', '2', '--device', 'Card=8G')
        for part in ('Weights', 'Cache', 'Total', 'Verdict', 'Largest context', 'Card', '32768', 'llama-server -m',
                     'Free memory', '-ngl', 'What would save memory'):
            self.assertIn(part, text)
        self.assertPrintable(text)


if __name__ == '__main__':
    main()
