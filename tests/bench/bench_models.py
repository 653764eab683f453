# SPDX-License-Identifier: GPL-3.0-or-later
"""Hollow models: the header of a real one, with all its tokens, and holes for the weights."""

import struct
from typing import NamedTuple

from bench_files import INT32, STRING, array_entry, assemble, number_entry, string, tensor_entry, text_entry

FLOAT32 = 6
F32 = (0, 1, 4)
TYPES = {'F16': (1, 1, 2), 'Q8_0': (8, 32, 34), 'Q4_K': (12, 256, 144)}
Q5_0 = (6, 32, 22)


class Model(NamedTuple):
    arch: str
    layers: int
    embedding: int
    feed_forward: int
    heads: int
    kv_heads: int
    head: int
    tokens: int
    context: int
    tied: bool


MODELS = {
    'smollm2-135m': Model('llama', 30, 576, 1536, 9, 3, 64, 49152, 8192, True),
    'qwen2.5-0.5b': Model('qwen2', 24, 896, 4864, 14, 2, 64, 151936, 32768, True),
    'qwen3-0.6b': Model('qwen3', 28, 1024, 3072, 16, 8, 128, 151936, 40960, True),
    'llama-3.2-1b': Model('llama', 16, 2048, 8192, 32, 8, 64, 128256, 131072, True),
    'tinyllama-1.1b': Model('llama', 22, 2048, 5632, 32, 4, 64, 32000, 2048, False),
    'gemma-3-1b': Model('gemma3', 26, 1152, 6912, 4, 1, 256, 262144, 32768, True),
    'gpt2-124m': Model('gpt2', 12, 768, 3072, 12, 12, 64, 50257, 1024, True),
    'llama-3.1-8b': Model('llama', 32, 4096, 14336, 32, 8, 128, 128256, 131072, False),
}


def float_entry(key, value):
    return string(key) + struct.pack('<If', FLOAT32, value)


def byte_tokens():
    """The characters by which byte-level tokenizers write the 256 bytes."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    return [chr(c) for c in shown] + [chr(256 + i) for i in range(256 - len(shown))]


def tokenizer_entries(count):
    tokens = byte_tokens() + [f'word{i:06d}' for i in range(count - 256)]
    merges = [f'wo rd{i:06d}' for i in range(count - 256)]
    return [
        text_entry('tokenizer.ggml.model', 'gpt2'),
        text_entry('tokenizer.ggml.pre', 'llama-bpe'),
        array_entry('tokenizer.ggml.tokens', STRING, count, b''.join(map(string, tokens))),
        array_entry('tokenizer.ggml.token_type', INT32, count, struct.pack('<i', 1) * count),
        array_entry('tokenizer.ggml.merges', STRING, len(merges), b''.join(map(string, merges))),
        number_entry('tokenizer.ggml.bos_token_id', count - 2),
        number_entry('tokenizer.ggml.eos_token_id', count - 1),
    ]


def model_entries(name, model):
    a = model.arch
    norm = 'layer_norm_epsilon' if a == 'gpt2' else 'layer_norm_rms_epsilon'
    entries = [
        text_entry('general.architecture', a), text_entry('general.name', name),
        number_entry(f'{a}.block_count', model.layers), number_entry(f'{a}.context_length', model.context),
        number_entry(f'{a}.embedding_length', model.embedding),
        number_entry(f'{a}.feed_forward_length', model.feed_forward),
        number_entry(f'{a}.attention.head_count', model.heads),
        number_entry(f'{a}.attention.head_count_kv', model.kv_heads),
        number_entry(f'{a}.attention.key_length', model.head), number_entry(f'{a}.attention.value_length', model.head),
        number_entry(f'{a}.rope.dimension_count', model.head),
        float_entry(f'{a}.attention.{norm}', 1e-5),
    ]
    if a == 'gemma3':
        entries.append(number_entry(f'{a}.attention.sliding_window', 512))
    return entries + tokenizer_entries(model.tokens)


def gpt2_layer(m):
    e = m.embedding
    rows = [('attn_norm.weight', e), ('attn_norm.bias', e), ('attn_qkv.weight', e, 3 * e), ('attn_qkv.bias', 3 * e),
            ('attn_output.weight', e, e), ('attn_output.bias', e), ('ffn_norm.weight', e), ('ffn_norm.bias', e),
            ('ffn_up.weight', e, m.feed_forward), ('ffn_up.bias', m.feed_forward),
            ('ffn_down.weight', m.feed_forward, e), ('ffn_down.bias', e)]
    return rows


def gated_layer(m):
    e, q, kv = m.embedding, m.heads * m.head, m.kv_heads * m.head
    rows = [('attn_norm.weight', e), ('attn_q.weight', e, q), ('attn_k.weight', e, kv), ('attn_v.weight', e, kv),
            ('attn_output.weight', q, e), ('ffn_gate.weight', e, m.feed_forward), ('ffn_up.weight', e, m.feed_forward),
            ('ffn_down.weight', m.feed_forward, e), ('ffn_norm.weight', e)]
    if m.arch == 'qwen2':
        rows += [('attn_q.bias', q), ('attn_k.bias', kv), ('attn_v.bias', kv)]
    if m.arch in ('qwen3', 'gemma3'):
        rows += [('attn_q_norm.weight', m.head), ('attn_k_norm.weight', m.head)]
    if m.arch == 'gemma3':
        rows += [('post_attention_norm.weight', e), ('post_ffw_norm.weight', e)]
    return rows


def tensors_of(m):
    rows = [('token_embd.weight', m.embedding, m.tokens)]
    if m.arch == 'gpt2':
        rows += [('position_embd.weight', m.embedding, m.context), ('output_norm.bias', m.embedding)]
    if not m.tied:
        rows.append(('output.weight', m.embedding, m.tokens))
    for i in range(m.layers):
        rows += [(f'blk.{i}.{name}', *shape) for name, *shape in (gpt2_layer if m.arch == 'gpt2' else gated_layer)(m)]
    return [*rows, ('output_norm.weight', m.embedding)]


def choose_type(name, shape, kind):
    if len(shape) == 1 or name == 'position_embd.weight':
        return F32
    return Q5_0 if shape[0] % TYPES[kind][1] else TYPES[kind]


def write_hollow(path, name, kind):
    """The weights are holes: whoever reads them gets zeros, and the disk holds nothing."""
    model, offset, tensors = MODELS[name], 0, []
    for tensor, *shape in tensors_of(model):
        number, block, size = choose_type(tensor, shape, kind)
        tensors.append(tensor_entry(tensor, shape, number, offset))
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        offset += -(-count // block * size // 32) * 32
    with open(path, 'wb') as file:
        file.write(assemble(model_entries(name, model), tensors))
        file.truncate(file.tell() + offset)
