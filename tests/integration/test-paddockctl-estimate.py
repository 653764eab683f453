# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl estimate."""

import os
import pathlib

from paddockctl_case import PaddockctlCase, main

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
                                    'requirements': dict, 'devices': list})
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
        self.refuse('--cpu', '--device', 'CUDA0=1', part='device')

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
        for part in ('Weights', 'Cache', 'Total', 'Verdict', 'Largest context', 'Card', '32768'):
            self.assertIn(part, text)
        self.assertPrintable(text)


if __name__ == '__main__':
    main()
