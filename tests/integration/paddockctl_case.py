# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the command line have in common."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ['PADDOCKCTL']
RECIPE = os.environ['PADDOCK_GGUF_RECIPE']
STATUSES = (0, 1, 2, 130)

SMALL = '''
kv general.architecture str llama
kv general.name str "Small One"
kv general.file_type u32 7
kv general.license str mit
kv llama.block_count u32 1
kv llama.context_length u32 2048
kv llama.embedding_length u32 64
kv llama.feed_forward_length u32 128
kv llama.attention.head_count u32 4
kv llama.attention.layer_norm_rms_epsilon f32 1e-5
kv llama.rope.dimension_count u32 16
kv tokenizer.ggml.model str gpt2
kv tokenizer.ggml.pre str qwen2
kv tokenizer.ggml.tokens arr str a b c d
kv tokenizer.ggml.token_type arr i32 1 1 1 1
kv tokenizer.ggml.merges arr str "a b"
kv tokenizer.chat_template str "{{ messages }}"
fill text "weights "
tensor token_embd.weight q8_0 64x4
tensor output_norm.weight f32 64
tensor blk.0.attn_norm.weight f32 64
tensor blk.0.attn_q.weight q8_0 64x64
tensor blk.0.attn_k.weight q8_0 64x64
tensor blk.0.attn_v.weight q8_0 64x64
tensor blk.0.attn_output.weight q8_0 64x64
tensor blk.0.ffn_norm.weight f32 64
tensor blk.0.ffn_gate.weight q8_0 64x128
tensor blk.0.ffn_up.weight q8_0 64x128
tensor blk.0.ffn_down.weight q8_0 128x64
'''


with open(PROGRAM, 'rb') as program:
    SANITIZED = b'san_init' in program.read()   # and so slower and larger than it is


def strict(text):
    """Reads JSON as its definition has it: no NaN, and no member twice."""
    def members(pairs):
        names = [name for name, _ in pairs]
        assert len(names) == len(set(names)), f'a member twice: {names}'
        return dict(pairs)

    def constant(word):
        raise ValueError(f'{word} is not JSON')
    return json.loads(text, object_pairs_hook=members, parse_constant=constant)


class PaddockctlCase(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix='paddockctl-'))
        self.addCleanup(shutil.rmtree, self.directory, ignore_errors=True)
        self.private = tempfile.mkdtemp(prefix='paddockctl-private-')
        self.addCleanup(shutil.rmtree, self.private, ignore_errors=True)

    def surroundings(self, more=()):
        """What a program is given: no folder of the person who runs the tests."""
        folders = {f'XDG_{kind}_HOME': f'{self.private}/{kind.lower()}'
                   for kind in ('DATA', 'CACHE', 'CONFIG', 'STATE')}
        return {**os.environ, 'HOME': self.private, **folders, 'LC_ALL': 'C.UTF-8', **dict(more)}

    def recipe(self, name, text):
        path = self.directory / os.fsdecode(name)
        subprocess.run([RECIPE, '-', path], input=os.fsencode(text), check=True)
        return str(path)

    def small(self, name='small.gguf', more=''):
        return self.recipe(name, more + SMALL)

    def start(self, *arguments, **options):
        environment = self.surroundings(options.pop('env', {}))
        options = {'cwd': self.directory, 'stdin': subprocess.DEVNULL, 'stdout': subprocess.PIPE,
                   'stderr': subprocess.PIPE, **options}
        return subprocess.Popen([PROGRAM, *arguments], env=environment, **options)

    def run_it(self, *arguments, status=0, complaints=None, **options):
        """Runs paddockctl and holds it to what is true of every run."""
        given = options.pop('input', None)
        if given is not None:
            options['stdin'] = subprocess.PIPE
        process = self.start(*arguments, **options)
        out, err = process.communicate(given, timeout=100)
        shown = f'paddockctl {arguments}\n{out}\n{err}'
        self.assertIn(process.returncode, STATUSES, shown)
        self.assertEqual(process.returncode, status, shown)
        lines = (err or b'').decode().splitlines()
        for line in lines:
            self.assertRegex(line, r'^paddockctl: [^:].*: .+$', shown)
            self.assertPrintable(line)
        if complaints is None:
            complaints = 0 if status == 0 else None
        if complaints is not None:
            self.assertEqual(len(lines), complaints, shown)
        self.out, self.err = out, lines
        return (out or b'').decode()

    def json(self, *arguments, **options):
        text = self.run_it(*arguments, '--json', **options)
        self.assertEqual(text.count('\n'), 1)
        return strict(text)

    def assertPrintable(self, text):
        """Nothing in it does anything to a terminal; sizes hold blanks at which no line is broken."""
        for line in text.replace('\xa0', ' ').replace('\u202f', ' ').split('\n'):
            self.assertTrue(line.isprintable(), line)

    def assertMembers(self, value, members):
        """Each member is there and of one of the types; None in place of a type is null."""
        for name, types in members.items():
            self.assertIn(name, value)
            types = types if isinstance(types, tuple) else (types,)
            kinds = tuple(type(None) if kind is None else kind for kind in types)
            self.assertIs(isinstance(value[name], bool), bool in kinds and isinstance(value[name], bool), name)
            self.assertIsInstance(value[name], kinds, name)
