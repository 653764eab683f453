# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl validate --deep."""

from paddockctl_case import SMALL, PaddockctlCase
from tap import main

# Too large for the sample to see the middle of it.
LARGE = SMALL + '''
tensor blk.0.extra.weight f16 1024x2048
data at=2000000 hex 007c017c
'''


class Deep(PaddockctlCase):
    def report(self, *arguments, status=0):
        return self.json('validate', '--deep', *arguments, status=status)['reports'][0]

    def test_sound(self):
        path = self.recipe('sound.gguf', SMALL)
        plain = self.json('validate', path)['reports'][0]
        self.assertEqual(self.report(path), plain)

    def test_hidden(self):
        path = self.recipe('hidden.gguf', LARGE)
        self.assertNotIn('bad-number', [each['code'] for each in self.json('validate', path)['reports'][0]['errors']])
        report = self.report(path, status=1)
        self.assertFalse(report['valid'])
        self.assertFalse(report['tensors_valid'])
        found = [each for each in report['errors'] if each['code'] == 'bad-number']
        self.assertEqual(len(found), 1)
        self.assertEqual(found[0]['subject'], 'blk.0.extra.weight')
        self.assertIn('F16, 1 × NaN, 1 × ∞', found[0]['message'])
        with open(path, 'rb') as model:
            model.seek(found[0]['offset'])
            self.assertEqual(model.read(4), b'\x00\x7c\x01\x7c')
        self.assertIn('blk.0.extra.weight', self.run_it('validate', '--deep', path, status=1))

    def test_source_untouched(self):
        path = self.recipe('same.gguf', LARGE)
        with open(path, 'rb') as model:
            before = model.read()
        self.report(path, status=1)
        with open(path, 'rb') as model:
            self.assertEqual(model.read(), before)

    def test_not_a_model(self):
        path = self.recipe('broken.gguf', SMALL + 'cut 100')
        self.assertEqual(self.report(path, status=1)['verdict'], 'reject')


if __name__ == '__main__':
    main()
