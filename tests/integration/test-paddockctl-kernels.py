# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl kernels: what is in use, under which masks, and the shape of the measurements."""

import os

from paddockctl_case import PaddockctlCase
from tap import main

TYPES = {'F32', 'F16', 'BF16', 'F64', 'I8', 'I16', 'I32', 'I64', 'Q1_0', 'Q2_0', 'Q4_0', 'Q4_1', 'Q5_0', 'Q5_1', 'Q8_0',
         'Q8_1', 'Q2_K', 'Q3_K', 'Q4_K', 'Q5_K', 'Q6_K', 'Q8_K', 'IQ1_S', 'IQ1_M', 'IQ2_XXS', 'IQ2_XS', 'IQ2_S',
         'IQ3_XXS', 'IQ3_S', 'IQ4_NL', 'IQ4_XS', 'TQ1_0', 'TQ2_0', 'MXFP4', 'NVFP4', 'I2_S'}

# The drivers' threads are not built for the thread sanitizer, which would judge what it cannot know.
UNWATCHED = os.environ.get('PADDOCK_TEST_VARIANT') == 'thread'
NO_DRIVERS = {'OCL_ICD_VENDORS': '/nonexistent', 'OCL_ICD_FILENAMES': ''}
if UNWATCHED:
    os.environ.update(NO_DRIVERS)


class Kernels(PaddockctlCase):
    def test_every_type(self):
        answer = self.json('kernels', '--json')
        self.assertEqual({kernel['type'] for kernel in answer['types']}, TYPES)
        self.assertEqual(len(answer['types']), len(TYPES))
        self.assertEqual(answer['features'][0], 'scalar')
        for kernel in answer['types']:
            self.assertIn(kernel['isa'], answer['features'])
            self.assertIs(kernel['used'], True)
        text = self.run_it('kernels', env=NO_DRIVERS).splitlines()
        self.assertEqual({line.split()[0] for line in text[1:]}, TYPES)

    def test_mask(self):
        answer = self.json('kernels', '--json', env={'PADDOCK_KERNELS': 'scalar'})
        self.assertEqual(answer['features'], ['scalar'])
        self.assertEqual({kernel['isa'] for kernel in answer['types']}, {'scalar'})
        self.run_it('kernels', env={'PADDOCK_KERNELS': 'scalar,mmx'}, status=2, complaints=1)
        self.assertIn('mmx', self.err[0])

    def test_devices(self):
        own = {'PADDOCK_CACHE_DIR': str(self.directory), 'POCL_CACHE_DIR': str(self.directory)}
        idle = self.json('kernels', '--json', env={'PADDOCK_KERNELS': 'scalar', **own})['devices']
        answer = self.json('kernels', '--json', env={'PADDOCK_KERNELS': 'opencl', **own})
        # By name alone it means the scalar kernels too.
        self.assertEqual(answer['features'], ['scalar'])
        self.assertEqual({kernel['isa'] for kernel in answer['types']}, {'scalar'})
        self.assertEqual([device['used'] for device in idle], [False] * len(idle))
        suited = [device for device in answer['devices'] if device['unsuited'] is None]
        self.assertEqual(sum(device['used'] for device in suited), min(len(suited), 1))
        for device in answer['devices']:
            self.assertMembers(device, {'name': str, 'vendor': str, 'driver': str, 'version': str, 'kind': str,
                                        'memory': int, 'shares_memory': bool, 'used': bool, 'unsuited': (str, None)})
            self.assertIn(device['kind'], {'cpu', 'gpu', 'accelerator', 'other'})
            self.assertGreater(device['memory'], 0)
            self.assertFalse(device['used'] and device['unsuited'] is not None)
        text = self.run_it('kernels', env={'PADDOCK_KERNELS': 'opencl', **own})
        self.assertPrintable(text)
        self.assertEqual(text.count('\n\n'), 1 if answer['devices'] else 0)
        self.assertEqual(len(text.splitlines()), len(TYPES) + 1 + (len(idle) + 2 if idle else 0))

    def test_no_devices(self):
        self.assertEqual(self.json('kernels', '--json', env=NO_DRIVERS)['devices'], [])

    def test_bench(self):
        answer = self.json('kernels', '--bench', '--type', 'f32', '--threads', '2', '--json')
        self.assertEqual(answer['threads'], 2)
        self.assertEqual(set(answer['limits']), {'store_l2', 'store_stream', 'read', 'copy'})
        self.assertTrue(all(limit > 0 for limit in answer['limits'].values()))
        self.assertEqual({kernel['type'] for kernel in answer['types']}, {'F32'})
        self.assertEqual([kernel['isa'] for kernel in answer['types'] if kernel['used']], [answer['types'][-1]['isa']])
        self.assertEqual(answer['types'][0]['isa'], 'scalar')
        for kernel in answer['types']:
            self.assertGreater(kernel['l2'], 0)
            self.assertGreater(kernel['memory'], 0)

    def test_wrong_use(self):
        for arguments in (['--type', 'Q9_9'], ['--threads', '0'], ['--threads', '-3'], ['--threads', 'many'], ['FILE']):
            with self.subTest(arguments=arguments):
                self.run_it('kernels', *arguments, status=2, complaints=1)


if __name__ == '__main__':
    main()
