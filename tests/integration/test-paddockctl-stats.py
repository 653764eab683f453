# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl stats."""

import math

from paddockctl_case import SMALL, PaddockctlCase
from tap import main

NUMBERS = '''
kv general.architecture str llama
tensor a.weight f32 4x2
data f32 -3
data at=4 f32 1
data at=8 f32 5
data at=12 f32 1
data at=16 hex 000000800000807f000080ff0000c07f
tensor odd.weight 250 32 bytes=32
tensor none.weight f32 2
data hex 0000807f0000807f
'''
MEMBERS = {'name': str, 'type': (str, None), 'shape': list, 'count': (int, None), 'minimum': (int, float, None),
           'maximum': (int, float, None), 'mean': (int, float, None), 'deviation': (int, float, None),
           'nan': (int, None), 'infinity': (int, None), 'zeros': (int, None), 'histogram': (dict, None)}


class Stats(PaddockctlCase):
    def test_all(self):
        answer = self.json('stats', self.recipe('numbers.gguf', NUMBERS))
        self.assertEqual(list(answer), ['path', 'tensors'])
        for tensor in answer['tensors']:
            self.assertMembers(tensor, MEMBERS)
        first, odd, none = answer['tensors']
        self.assertEqual((first['name'], first['type'], first['shape'], first['count']), ('a.weight', 'F32', [4, 2], 8))
        self.assertEqual((first['minimum'], first['maximum']), (-3, 5))
        self.assertAlmostEqual(first['mean'], 0.8)
        self.assertAlmostEqual(first['deviation'], math.sqrt(32.8 / 5))
        self.assertEqual((first['nan'], first['infinity'], first['zeros']), (1, 2, 1))
        self.assertEqual(first['histogram']['minimum'], -3)
        self.assertEqual(sum(first['histogram']['counts']), 5)
        self.assertIsNone(odd['mean'])
        self.assertIn('250', odd['problem'])
        self.assertEqual((none['count'], none['infinity'], none['mean'], none['histogram']), (2, 2, None, None))

    def test_one(self):
        path = self.recipe('numbers.gguf', NUMBERS)
        self.assertEqual(self.json('stats', path, 'a.weight')['tensors'], self.json('stats', path)['tensors'][:1])
        text = self.run_it('stats', path, 'a.weight')
        self.assertIn('a.weight (F32)', text)
        self.assertIn('█', text)
        self.assertNotIn('█', self.run_it('stats', path))

    def test_refused(self):
        path = self.recipe('numbers.gguf', NUMBERS)
        self.run_it('stats', path, 'odd.weight', status=1, complaints=1)
        self.run_it('stats', path, 'a.wieght', status=1, complaints=1)
        self.assertIn('a.weight', self.err[0])
        self.run_it('stats', path + '.no', status=1, complaints=1)
        self.run_it('stats', status=2, complaints=1)
        self.run_it('stats', path, 'a', 'b', status=2, complaints=1)

    def test_byte_orders(self):
        little = self.json('stats', self.recipe('little.gguf', 'endian little\n' + NUMBERS), 'a.weight')
        big = NUMBERS.replace('hex 000000800000807f000080ff0000c07f', 'hex 800000007f800000ff8000007fc00000')
        answer = self.json('stats', self.recipe('big.gguf', 'endian big\n' + big), 'a.weight')
        self.assertEqual(answer['tensors'], little['tensors'])

    def test_quantized(self):
        for tensor in self.json('stats', self.small())['tensors']:
            self.assertEqual(tensor['count'], math.prod(tensor['shape']))
            self.assertEqual(sum(tensor['histogram']['counts']), tensor['count'])

    def test_shrunken_header(self):
        self.run_it('stats', self.recipe('cut.gguf', SMALL + 'cut 100'), status=1)


if __name__ == '__main__':
    main()
