# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl dequantize."""

import ctypes
import os
import resource
import signal
import struct

from paddockctl_case import PaddockctlCase
from tap import main

PAIRS = '''
kv general.architecture str llama
tensor a.weight f16 4
data hex 003c00c000380000
tensor q.weight q8_0 32x2
data hex 003c0102fe
data at=34 hex 004003
'''
SPLIT = '''
kv general.architecture str llama
kv split.count u16 2
kv split.tensors.count i32 2
kv split.no u16 {}
tensor {}.weight f32 2
data f32 {}
'''


# The driver's threads are not built for the thread sanitizer, which would judge what it cannot know.
UNWATCHED = os.environ.get('PADDOCK_TEST_VARIANT') == 'thread'


def has_pocl():
    """Whether the system can compute on its processor through OpenCL, which every run of it can be held to."""
    name = 0x0902
    if UNWATCHED:
        return False
    try:
        library = ctypes.CDLL('libOpenCL.so.1')
    except OSError:
        return False
    platforms, count, text = (ctypes.c_void_p * 16)(), ctypes.c_uint(), ctypes.create_string_buffer(256)
    if library.clGetPlatformIDs(16, platforms, ctypes.byref(count)) != 0:
        return False
    for platform in platforms[:count.value]:
        if library.clGetPlatformInfo(ctypes.c_void_p(platform), name, ctypes.c_size_t(256), text, None) == 0 \
                and text.value == b'Portable Computing Language':
            return True
    return False


class Dequantize(PaddockctlCase):
    def numbers(self, path):
        with open(path, 'rb') as file:
            content = file.read()
        return list(struct.unpack(f'<{len(content) // 4}f', content))

    def content(self, path):
        with open(path, 'rb') as file:
            return file.read()

    def test_numbers(self):
        path, out = self.recipe('m.gguf', PAIRS), str(self.directory / 'out')
        self.run_it('dequantize', path, 'a.weight', out)
        self.assertEqual(self.numbers(out), [1, -2, 0.5, 0])
        answer = self.json('dequantize', path, 'q.weight', out)
        self.assertEqual((answer['count'], answer['bytes'], answer['tensor']), (64, 256, 'q.weight'))
        self.assertEqual(self.numbers(out)[:4] + self.numbers(out)[32:34], [1, 2, -2, 0, 6, 0])

    def test_big_endian(self):
        out = str(self.directory / 'out')
        path = self.recipe('b.gguf', 'endian big\nkv general.architecture str llama\n'
                           'tensor a.weight f16 4\ndata hex 3c00c00038000000\n')
        self.run_it('dequantize', path, 'a.weight', out)
        self.assertEqual(self.numbers(out), [1, -2, 0.5, 0])

    def test_accelerator(self):
        # Enough numbers that the device is asked, in more than one window; without a device the processor does it.
        rows = 32 * 8192
        path = self.recipe('m.gguf', 'kv general.architecture str llama\n'
                           f'tensor q.weight q8_0 {rows}x5\ndata hex 003c0102fe\ndata at=1000008 hex 003c55aa\n')
        out, peer = str(self.directory / 'out'), str(self.directory / 'peer')
        own = {'PADDOCK_CACHE_DIR': str(self.directory), 'POCL_CACHE_DIR': str(self.directory)}
        kernels = 'scalar' if UNWATCHED else 'opencl'
        self.run_it('dequantize', path, 'q.weight', out, env={'PADDOCK_KERNELS': kernels, **own})
        # A device that took part has left its program, and one that failed would have been complained of.
        if has_pocl():
            self.assertEqual(len(os.listdir(self.directory / 'opencl')), 1)
        self.run_it('dequantize', path, 'q.weight', peer, env={'PADDOCK_KERNELS': 'scalar'})
        self.assertEqual(self.content(out), self.content(peer))
        self.assertEqual(len(self.content(out)), rows * 5 * 4)

    def test_across_shards(self):
        first = self.recipe('s-00001-of-00002.gguf', SPLIT.format(0, 'x', 3))
        self.recipe('s-00002-of-00002.gguf', SPLIT.format(1, 'y', 7))
        out = str(self.directory / 'out')
        self.run_it('dequantize', first, 'y.weight', out)
        self.assertEqual(self.numbers(out), [7, 0])
        # Neither the opened shard nor the other one may be overwritten, under whatever name.
        for name in ('s-00001-of-00002.gguf', 's-00002-of-00002.gguf'):
            before = self.content(self.directory / name)
            os.symlink(name, self.directory / 'link')
            os.link(self.directory / name, self.directory / 'hard')
            for target in (name, 'link', 'hard'):
                self.run_it('dequantize', first, 'y.weight', target, status=1, complaints=1)
            self.assertEqual(self.content(self.directory / name), before)
            os.unlink(self.directory / 'link')
            os.unlink(self.directory / 'hard')

    def test_refused(self):
        out = 'out'
        path = self.recipe('m.gguf', PAIRS + 'tensor odd.weight 250 32 bytes=32\ntensor fork.weight 137 256 bytes=76\n'
                           'tensor far.weight f32 32 offset=65536 at=0\n')
        for name in ('odd.weight', 'fork.weight', 'far.weight', 'b.weight'):
            self.run_it('dequantize', path, name, out, status=1, complaints=1)
        self.assertIn('a.weight', self.err[0])
        self.run_it('dequantize', path, 'a.weight', status=2, complaints=1)
        self.run_it('dequantize', path, 'a.weight', 'no/such/folder', status=1, complaints=1)
        self.assertEqual(os.listdir(self.directory), ['m.gguf'])

    def large(self):
        return self.recipe('large.gguf', 'kv general.architecture str llama\ntensor a.weight f16 1024x8192\n')

    def test_no_room(self):
        """The file may not grow beyond a limit, as on a full disk."""
        path, before = self.large(), b'what was there'
        with open(self.directory / 'out', 'wb') as out:
            out.write(before)

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
        self.run_it('dequantize', path, 'a.weight', 'out', status=1, complaints=1, preexec_fn=limit)
        self.assertEqual(self.content(self.directory / 'out'), before)
        self.assertEqual(sorted(os.listdir(self.directory)), ['large.gguf', 'out'])

    def test_ended(self):
        """Whenever it is ended: the whole file or none, and nothing beside it."""
        path = self.large()
        size = os.path.getsize(path)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            process = self.start('dequantize', path, 'a.weight', 'out')
            process.send_signal(number)
            process.communicate(timeout=100)
            self.assertIn(process.returncode, (0, 130, 143, -number))
            if (self.directory / 'out').exists():
                self.assertEqual(os.path.getsize(self.directory / 'out'), 4 * 1024 * 8192)
                os.unlink(self.directory / 'out')
            self.assertEqual(os.listdir(self.directory), ['large.gguf'])
            self.assertEqual(os.path.getsize(path), size)


if __name__ == '__main__':
    main()
