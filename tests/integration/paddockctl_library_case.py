# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of paddockctl library have in common."""

import hashlib
import os
import shutil

from paddockctl_case import PaddockctlCase

VARIABLES = ('XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'HF_HOME', 'HF_HUB_CACHE', 'HUGGINGFACE_HUB_CACHE',
             'OLLAMA_MODELS', 'LLAMA_CACHE')
HOSTILE = (b'-rf --help', b'a\nb', b'"\'`$(x)', b'\xff\xfe', '\u202egguf.x'.encode(), b'\x1b[2J', b' ', b'--json',
           b'x' * 200, b'%s%n', b'+tag')


class LibraryCase(PaddockctlCase):
    def setUp(self):
        super().setUp()
        self.home = self.directory / 'home'
        self.home.mkdir()
        self.environment = {**dict.fromkeys(VARIABLES, ''), 'HOME': str(self.home),
                            **{f'PADDOCK_{kind.upper()}_DIR': str(self.home / f'paddock-{kind}')
                               for kind in ('data', 'cache', 'config')}}
        self.folder = self.directory / 'models'
        self.folder.mkdir()

    def start(self, *arguments, **options):
        environment = {**self.environment, **options.pop('env', {})}
        return super().start(*arguments, env=environment, **options)

    def library(self, *arguments, **options):
        return self.run_it('library', *arguments, **options)

    def library_json(self, *arguments, **options):
        return self.json('library', *arguments, **options)

    def model(self, path, title='Small', tail=b''):
        """A model below the test's directory; what follows its header makes it another one."""
        path = os.path.join(os.fsencode(self.directory), os.fsencode(path))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        made = self.recipe('made', f'kv general.architecture str llama\nkv general.name str "{title}"\n'
                                   'kv llama.context_length u32 4096\n')
        with open(made, 'ab') as file:
            file.write(tail)
        shutil.move(made, path)
        return path

    def digest(self, path):
        with open(path, 'rb') as file:
            return hashlib.sha256(file.read()).hexdigest()

    def add(self, *folders):
        return self.library_json('add', *(folders or [self.folder]))

    def models(self, *arguments):
        return self.library_json('list', *arguments)['models']

    def one(self, *arguments):
        models = self.models(*arguments)
        self.assertEqual(len(models), 1, models)
        return models[0]

    def titles(self, *arguments):
        return [model['title'] for model in self.models(*arguments)]
