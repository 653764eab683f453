# SPDX-License-Identifier: GPL-3.0-or-later
"""What the hub has: searched while one types, browsed page by page, a repository's page with all its sizes, and what is
said where the hub does not answer or does not let one in."""

import re

import tap
from fake_hub import GOOD, NO_ACCESS, PENDING, REJECTED, FakeHub, Repository
from ui_test import MODEL, UiTest

SIZES = {'Q2_K': 32, 'Q4_K_M': 50, 'Q6_K': 67, 'Q8_0': 87, 'BF16': 164}
LARGE = {'total': 8_190_735_360, 'architecture': 'qwen3', 'context_length': 40960}


def files(name, sizes=SIZES):
    return {f'{name}-{label}.gguf': b'GGUF' + bytes(size * 100) for label, size in sizes.items()}


class Discover(UiTest):

    def setUp(self):
        super().setUp()
        self.hub = self.enterContext(FakeHub())
        self.addCleanup(lambda: self.assertEqual(self.hub.sins, []))

    def fill(self, count=70):
        tiny = {**files('Tiny-8B'), 'mmproj-F16.gguf': b'GGUF' + bytes(900)}
        self.hub.add(Repository('acme/Tiny-8B-GGUF', tiny, downloads=2_345_678, likes=4321, model=LARGE,
                                tags=['gguf', 'license:apache-2.0', 'base_model:acme/Tiny-8B']))
        self.hub.add(Repository('beta/Sees-3B-GGUF', files('Sees-3B'), downloads=90_000, likes=9000,
                                task='image-text-to-text', gated='auto'))
        for number in range(count):
            self.hub.add(Repository(f'many/Model-{number:02}-GGUF', files('Model', {'Q8_0': 10}),
                                    downloads=count - number))

    def open(self, home=None, **environment):
        return self.start(home=home, environment={'HF_ENDPOINT': self.hub.endpoint, **environment})

    def go(self, app):
        app.find('label', 'Discover').click()

    def names(self, app):
        return [node.name.split(',')[0] for node in app.find_all('list item', re.compile(r' like'))]

    def searches(self):
        return [line for line in self.hub.hub.log if '/api/models?' in str(line)]

    def entry(self, app):
        return app.find(None, 'Search the Hub', where=lambda node: node.text is not None)

    def test_searches(self):
        self.fill()
        with self.open(home='search') as app:
            self.go(app)
            app.find('list item', re.compile('^Tiny-8B-GGUF, acme, 8B, Text, apache-2.0, .* downloads, .* likes, '))
            app.resize(1100, 720)
            self.screenshot(app, 'discover')
            app.key('ctrl+f')
            app.type('sees 3b')
            app.wait(lambda: self.names(app) == ['Sees-3B-GGUF'], 'what was looked for')
            app.find('list item', re.compile('^Sees-3B-GGUF, With Conditions, beta, 3B, Pictures and Text'))
            # Not for every letter: the person types faster than anybody wants to be asked.
            self.assertLess(len(self.searches()), 5)
            app.key('ctrl+a')
            app.type('nowhere')
            app.find('label', 'Nothing Found')
            self.screenshot(app, 'discover-nothing')
            app.press('button', 'Show What Is Trending')
            app.find('list item', re.compile('^Tiny-8B'))

    def test_order_and_filters_stay(self):
        self.fill(3)
        with self.open(home='stay') as app:
            self.go(app)
            app.wait(lambda: self.names(app)[:1] == ['Tiny-8B-GGUF'], 'the list')
            app.press('toggle button', 'Order')
            app.press('menu item', 'Most Liked')
            app.wait(lambda: self.names(app)[:1] == ['Sees-3B-GGUF'], 'the order by likes')
            app.press('toggle button', 'Filters')
            app.press('toggle button', 'Text')
            self.screenshot(app, 'discover-filters')
            app.key('Escape')
            app.wait(lambda: self.names(app)[:1] == ['Tiny-8B-GGUF'], 'models for text')
        with self.open(home='stay') as app:
            app.wait(lambda: self.names(app)[:1] == ['Tiny-8B-GGUF'], 'the same as before')
            app.press('button', 'Remove Filter: Text')
            app.wait(lambda: self.names(app)[:1] == ['Sees-3B-GGUF'], 'all of them, most liked first')

    def test_pages(self):
        self.fill()
        with self.open() as app:
            self.go(app)
            app.find('list item', re.compile('^Tiny-8B')).click()
            app.press('button', 'Back')
            app.focus(app.find('list item', re.compile('^Tiny-8B')))

            def goes_on():
                app.key('End')
                return app.has('list item', re.compile('^Model-69'))

            app.wait(goes_on, 'the end of the last page')
            # One question for each page of thirty, and none beyond the last.
            self.assertEqual(len(self.searches()), 3)

    def test_repository(self):
        self.fill(1)
        with self.open() as app:
            self.go(app)
            app.find('list item', re.compile('^Tiny-8B')).click()
            app.find('label', 'Q4_K_M')
            app.find('label', re.compile(r'^8.7\skB'))
            app.find('label', '8.19 B')
            app.find('label', 'Recommended')
            self.screenshot(app, 'discover-repository')
            app.resize(400, 720)
            self.screenshot(app, 'discover-repository-narrow')
            app.press('button', 'acme')
            app.wait(lambda: self.names(app) == ['Tiny-8B-GGUF'], 'what its owner has')
            app.find('button', 'Remove Filter: acme')
            self.screenshot(app, 'discover-narrow')

    def test_fits_before_downloading(self):
        content = self.write('model.gguf', MODEL).read_bytes()
        self.hub.add(Repository('acme/Real-GGUF', {'Real-Q8_0.gguf': content, 'Real-Q4_0.gguf': content}))
        with self.open() as app:
            self.go(app)
            app.find('list item', re.compile('^Real-GGUF')).click()
            app.wait(lambda: len(app.find_all('grouping', re.compile('^Fits Memory: Needs '))) == 2, 'how both fit')
            app.find('label', re.compile(r'up to [\d,]+ tokens here$'))
            self.screenshot(app, 'discover-fits')

    def test_downloads(self):
        content = self.write('model.gguf', MODEL).read_bytes()
        self.hub.add(Repository('acme/Real-GGUF', {'Real-Q8_0.gguf': content, 'mmproj-F16.gguf': content + b' '}))
        with self.open() as app:
            self.go(app)
            app.find('list item', re.compile('^Real-GGUF')).click()
            app.find(None, 'Projector')
            app.press('button', 'Download Q8_0')
            app.find('label', 'In Library')
            app.press('button', 'Open Q8_0')
            app.find('page tab', 'Overview')
            self.screenshot(app, 'discover-opened')

    def test_gates(self):
        content = self.write('model.gguf', MODEL).read_bytes()
        self.hub.add(Repository('acme/Gated-GGUF', {'Gated-Q8_0.gguf': content}, gated='manual'))
        for token, title in ((None, 'The Hub Wants to Know Who You Are'), (NO_ACCESS, 'Conditions to Accept'),
                             (PENDING, 'The Owner Has Not Answered Yet'), (REJECTED, 'The Owner Does Not Let You In'),
                             (GOOD, 'The Owner Lets You In')):
            with self.subTest(token), self.open(**({'HF_TOKEN': token} if token else {})) as app:
                self.go(app)
                app.find('list item', re.compile('^Gated-GGUF, On Request')).click()
                app.find('label', title)
                self.screenshot(app, f'discover-gate-{token}')
                if token is None:
                    self.sign_in(app, GOOD)
                    app.find('label', 'The Owner Lets You In')

    def sign_in(self, app, token, opened=False):
        if not opened:
            app.press('button', 'Sign In…')
        dialog = app.find(None, 'Sign In to the Hub', where=lambda node: node.role in ('alert', 'dialog'))
        self.screenshot(app, 'discover-sign-in')
        app.find('password text', 'Token', within=dialog, where=lambda node: 'focused' in node.states)
        app.type(token)
        app.press('button', 'Sign In', within=dialog)

    def account(self, app):
        app.key('ctrl+comma')
        return app.find('dialog', 'Preferences')

    def test_preferences(self):
        """Who the person is, and another hub: both count at once."""
        mirror = self.enterContext(FakeHub())
        self.addCleanup(lambda: self.assertEqual(mirror.sins, []))
        mirror.add(Repository('near/Mirrored-GGUF', files('Mirrored')))
        self.fill(1)
        content = self.write('model.gguf', MODEL).read_bytes()
        mirror.add(Repository('near/Gated-GGUF', {'Gated-Q8_0.gguf': content}, gated='manual'))
        with self.start(home='preferences', environment={'HF_HUB_OFFLINE': '0'}) as app:
            app.resize(1100, 720)
            dialog = self.account(app)
            address = app.find('text', re.compile('^Address'), within=dialog)
            address.write('nowhere at all')
            app.key('Return')
            app.find(None, re.compile('^This is no address'), within=dialog)
            self.screenshot(app, 'preferences-address')
            address.write(mirror.endpoint)
            app.key('Return')
            app.find('label', 'Not Signed In')
            app.press('button', 'Sign In…', within=dialog)
            self.sign_in(app, GOOD, opened=True)
            app.find('label', 'Signed In as good')
            app.find('label', re.compile('no keyring keeps'))
            self.screenshot(app, 'preferences-hub')
            app.key('Escape')
            self.go(app)
            app.wait(lambda: set(self.names(app)) == {'Mirrored-GGUF', 'Gated-GGUF'}, 'what the mirror has')
            app.find('list item', re.compile('^Gated-GGUF')).click()
            app.find('label', 'The Owner Lets You In')
            dialog = self.account(app)
            app.press('button', 'Sign Out', within=dialog)
            app.find('label', 'Not Signed In')
            app.resize(400, 720)
            self.screenshot(app, 'preferences-hub-narrow')
            app.key('Escape')
        # It stays, and nobody told the mirror who the person is elsewhere.
        token = self.directory / 'hub-token'
        token.write_text(GOOD)
        with self.start(home='preferences', environment={'HF_TOKEN_PATH': str(token)}) as app:
            app.wait(lambda: set(self.names(app)) == {'Mirrored-GGUF', 'Gated-GGUF'}, 'what the mirror has')
            app.find('list item', re.compile('^Gated-GGUF')).click()
            app.find('label', 'The Hub Wants to Know Who You Are')
        with self.open(HF_TOKEN=GOOD) as app:
            dialog = self.account(app)
            app.find('label', re.compile('^HF_ENDPOINT in the environment says'), within=dialog)
            app.find('label', re.compile('^With the token of HF_TOKEN'), within=dialog)
            app.key('Escape')

    def test_card(self):
        card = ('---\nlicense: mit\n---\n# Tiny\n\nA **small** model, see [its page](https://example.org/tiny) and '
                '[another](https://huggingface.co/acme/Other-GGUF).\n\n- one\n- two\n\n'
                '```\nllama-server -m tiny.gguf\n```\n\n> Beware.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n')
        self.hub.add(Repository('acme/Card-GGUF', {**files('Card'), 'README.md': card.encode()}))
        with self.open() as app:
            app.resize(1100, 720)
            self.go(app)
            app.find('list item', re.compile('^Card-GGUF')).click()
            app.find('heading', 'Tiny')
            app.find('paragraph', where=lambda node: node.text == 'A small model, see its page and another.')
            app.find('paragraph', where=lambda node: node.text == 'llama-server -m tiny.gguf')
            app.key('End')
            self.screenshot(app, 'discover-card')

    def test_paste(self):
        self.fill(1)
        with self.open() as app:
            self.go(app)
            app.find('list item', re.compile('^Tiny-8B'))
            app.key('ctrl+f')
            app.type('beta/Sees-3B-GGUF')
            app.find('button', re.compile('Go to'))
            app.key('Return')
            app.find('label', re.compile('Its Owner Has Set Conditions|The Hub Wants to Know'))
            app.press('button', 'Back')
            app.find('list item', re.compile('^Sees-3B'))
            app.key('ctrl+f')
            app.type('acme/none')
            app.key('Return')
            app.find('label', 'Not There, or Private')
            self.screenshot(app, 'discover-unknown')

    def test_offline(self):
        self.fill(1)
        with self.start(environment={'HF_ENDPOINT': 'http://127.0.0.1:1'}) as app:
            self.go(app)
            app.find('label', 'The Hub Does Not Answer')
            app.find('button', 'Try Again')
            self.screenshot(app, 'discover-offline')
        self.hub.refusals.append((503, []))
        with self.open() as app:
            self.go(app)
            app.find('label', 'The Hub Has a Problem')
            app.press('button', 'Try Again')
            app.find('list item', re.compile('^Tiny-8B'))

    def test_remembers(self):
        """What the hub said is shown where it cannot be asked, with its age, until it can be."""
        self.fill(1)
        with self.open(home='remembers') as app:
            self.go(app)
            app.find('list item', re.compile('^Tiny-8B')).click()
            app.find('label', 'Q4_K_M')
        self.hub.refusals += [(503, []), (503, [])]
        with self.open(home='remembers') as app:
            app.resize(1100, 720)
            app.find('list item', re.compile('^Tiny-8B'))
            app.find('label', re.compile(r'^The hub cannot be asked now: this is as of \d\d:\d\d$'))
            self.screenshot(app, 'discover-remembered')
            self.hub.add(Repository('late/Late-GGUF', files('Late'), downloads=9_000_000))
            app.find('list item', re.compile('^Tiny-8B')).click()
            app.find('label', 'Q4_K_M')
            app.find('label', re.compile(r'^The hub cannot be asked now'))
            self.screenshot(app, 'discover-repository-remembered')
            app.press('button', 'Try Again')
            app.wait_gone('label', re.compile('^The hub cannot be asked now'))
            app.find('label', 'Q4_K_M')
            app.press('button', 'Back')
            app.press('button', 'Try Again')
            app.find('list item', re.compile('^Late-GGUF'))
            app.wait_gone('label', re.compile('^The hub cannot be asked now'))

    def test_looks(self):
        self.fill(20)
        for name, environment in (('dark', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
                                  ('rtl', {'GTK_DEBUG': 'invert-text-dir'})):
            with self.subTest(name), self.open(**environment) as app:
                app.resize(1100, 720)
                self.go(app)
                app.find('list item', re.compile('^Tiny-8B'))
                self.screenshot(app, f'discover-{name}')
                app.find('list item', re.compile('^Tiny-8B')).click()
                app.find('label', 'Q4_K_M')
                self.screenshot(app, f'discover-repository-{name}')


if __name__ == '__main__':
    tap.main()
