# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl over hostile and large files, and over the corpus beside the project where there is one: bounded time,
bounded memory, and never a crash."""

import os
import pathlib
import time

from paddockctl_case import SANITIZED, SMALL, PaddockctlCase, strict
from tap import main

CORPUS = pathlib.Path(os.environ['PADDOCK_SOURCE']).parent / 'shared' / 'corpus'
SECONDS = 60 if SANITIZED else 5
BYTES = (4 << 30) if SANITIZED else (256 << 20)

HOSTILE = {
    'counts': 'n_kv 0xffffffffffffffff\nn_tensors 0xffffffffffffffff\n',
    'many-keys': 'n_kv 1000000\nkv a u8 1\n',
    'long-string': 'kv a str length=0x7fffffffffffffff x\n',
    'long-array': 'kv a arr count=0x2000000000000000 u64 1\n',
    'same-names': 'repeat 20000 tensor same f32 1\n',
    'same-keys': 'repeat 20000 kv same u8 1\n',
    'vocabulary': 'kv large.words arr str repeat 300000 word\nkv large.numbers arr f32 repeat 1000000 1.5\n' + SMALL,
    'keys': 'repeat 50000 kv key{} u32 {}\n',
    'tensors': 'kv general.architecture str llama\nrepeat 65536 tensor blk.{}.weight f32 1\n',
    'template': 'kv tokenizer.chat_template str times=2000000 "{{ x }}"\n',
}


class Corpus(PaddockctlCase):
    def measure(self, *arguments):
        with open(self.directory / 'out', 'w+b') as out, open(self.directory / 'err', 'w+b') as err:
            started = time.monotonic()
            process = self.start(*arguments, stdout=out, stderr=err)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            self.assertLess(time.monotonic() - started, SECONDS, arguments)
            self.assertLess(usage.ru_maxrss * 1024, BYTES, arguments)
            self.assertIn(process.returncode, (0, 1), arguments)
            out.seek(0)
            err.seek(0)
            return process.returncode, out.read(), err.read().decode()

    def test_every_file(self):
        files = [self.recipe(name, text) for name, text in HOSTILE.items()]
        files += sorted(path for path in CORPUS.rglob('*') if path.is_file())
        for path in files:
            with self.subTest(path=path):
                status, out, err = self.measure('inspect', '--json', '--metadata', '--tensors', '--', path)
                self.assertEqual((status == 0, status == 0), (bool(out), err == ''))
                if status == 0:
                    self.assertEqual(strict(out)['path'], str(path))
                self.measure('inspect', '--metadata', '--tensors', '--', path)
                status, out, err = self.measure('validate', '--json', '--', path)
                self.assertEqual((strict(out)['reports'][0]['valid'], err), (status == 0, ''))
                self.measure('validate', '--', path)


if __name__ == '__main__':
    main()
