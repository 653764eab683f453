# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that are measured, made anew for each run."""

import os
import struct

STRING, ARRAY, UINT32, INT32 = 8, 9, 4, 5
F32, F16, Q4_0, Q4_K = 0, 1, 2, 12


def string(text):
    data = text.encode()
    return struct.pack('<Q', len(data)) + data


def text_entry(key, value):
    return string(key) + struct.pack('<I', STRING) + string(value)


def number_entry(key, value):
    return string(key) + struct.pack('<II', UINT32, value)


def array_entry(key, element_type, count, data):
    return string(key) + struct.pack('<IIQ', ARRAY, element_type, count) + data


def tensor_entry(name, dimensions, kind, offset):
    return (string(name) + struct.pack('<I', len(dimensions)) + struct.pack(f'<{len(dimensions)}Q', *dimensions)
            + struct.pack('<IQ', kind, offset))


def assemble(entries, tensors):
    header = b'GGUF' + struct.pack('<IQQ', 3, len(tensors), len(entries)) + b''.join(entries) + b''.join(tensors)
    return header + bytes(-len(header) % 32)


def model_entries(name, layers):
    return [
        text_entry('general.architecture', 'llama'),
        text_entry('general.name', name),
        text_entry('general.license', 'apache-2.0'),
        number_entry('general.file_type', 2),
        number_entry('llama.block_count', layers),
        number_entry('llama.context_length', 8192),
        number_entry('llama.embedding_length', 64),
        number_entry('llama.feed_forward_length', 128),
        number_entry('llama.attention.head_count', 4),
        number_entry('llama.attention.head_count_kv', 2),
        text_entry('tokenizer.ggml.model', 'gpt2'),
        text_entry('tokenizer.ggml.pre', 'llama-bpe'),
        text_entry('tokenizer.chat_template', '{% for message in messages %}{{ message.content }}{% endfor %}'),
    ]


def write_large_header(path, n_strings=300_000, n_tensors=1000):
    """What a real large model's header holds: half the strings are tokens, half are merges."""
    half = n_strings // 2
    entries = model_entries('Large', n_tensors // 9)
    entries.append(array_entry('tokenizer.ggml.tokens', STRING, half,
                               b''.join(string(f'tok{i:04x}'[:3 + i % 6]) for i in range(half))))
    entries.append(array_entry('tokenizer.ggml.token_type', INT32, half, struct.pack('<i', 1) * half))
    entries.append(array_entry('tokenizer.ggml.merges', STRING, half,
                               b''.join(string(f'a{i % 97} b{i % 89}'[:3 + i % 6]) for i in range(half))))
    tensors = [tensor_entry(f'blk.{i // 9}.ffn_part_{i % 9}.weight', (64, 32), Q4_0, i * 1152)
               for i in range(n_tensors)]
    with open(path, 'wb') as file:
        file.write(assemble(entries, tensors))
        file.truncate(file.tell() + n_tensors * 1152)


def write_weights(path, size):
    """Half 16-bit numbers, half blocks with scales, all of them sound, with bytes on the disk for each."""
    half = size // 2 // (1024 * 1152) * (1024 * 1152)
    tensors = [tensor_entry('token_embd.weight', (1024, half // 2048), F16, 0),
               tensor_entry('output.weight', (1024, half // 576), Q4_K, half)]
    noise = os.urandom(140)
    with open(path, 'wb') as file:
        file.write(assemble(model_entries('Weights', 1), tensors))
        for chunk in (b'\x12\x34\x56\x38' * 288 * 1024, (b'\x00\x2c\x00\x24' + noise) * 8 * 1024):
            for _ in range(half // len(chunk)):
                file.write(chunk)


def small_model(name):
    tensors = [tensor_entry('token_embd.weight', (64, 16), F32, 0)]
    offset = 4096
    for i in range(2):
        for part in ('attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down'):
            tensors.append(tensor_entry(f'blk.{i}.{part}.weight', (64, 32), Q4_0, offset))
            offset += 1152
    entries = model_entries(name, 2)
    entries.append(array_entry('tokenizer.ggml.tokens', STRING, 16, b''.join(string(f't{i}') for i in range(16))))
    return assemble(entries, tensors) + bytes(offset)


def write_small_model(path):
    with open(path, 'wb') as file:
        file.write(small_model('Small'))


def write_folder(directory, count=10_000):
    os.makedirs(directory)
    for i in range(count):
        with open(f'{directory}/model-{i:05d}.gguf', 'wb') as file:
            file.write(small_model(f'Model {i}'))


def write_noise(path, size):
    block = os.urandom(1 << 20)
    with open(path, 'wb') as file:
        for _ in range(size >> 20):
            file.write(block)
