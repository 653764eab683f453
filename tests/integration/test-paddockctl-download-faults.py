# SPDX-License-Identifier: GPL-3.0-or-later
"""paddockctl download from a hub with one thing or two wrong about it; `./dev bench downloads-faults` tries more."""

import random

import fault_runs
from fault_switches import SWITCHES
from paddockctl_case import PROGRAM, PaddockctlCase
from tap import main

# They pass; of those that wait for something else than a processor many run at once.
WORKERS = 12
PAIRS = 30
ALWAYS = ('trickle', 'truncate', 'chunk_cut_between', '206_wrong_total', '206_full_body', 'cursor_loop', 'clock',
          'stall_at_once', 'expire_at_byte', 'upstream_changed', 'zero_size', 'slow_head', 'way_slow_head')


class Faults(PaddockctlCase):
    def setUp(self):
        super().setUp()
        with open(self.small(), 'rb') as file:
            self.model = file.read()

    def play(self, plans):
        for verdict in fault_runs.play_all(PROGRAM, self.model, plans, WORKERS):
            with self.subTest(plan=str(verdict.plan)):
                self.assertIsNone(verdict.problem)

    def test_once(self):
        chance = random.Random(1)
        self.play([fault_runs.plan_alone(name, 1, chance) for name in SWITCHES])

    def test_always(self):
        """What an end has to be found of, or a way around, though it never stops."""
        chance = random.Random(3)
        self.play([fault_runs.plan_alone(name, 0, chance) for name in ALWAYS])

    def test_shared_address(self):
        """Connections use an address up for each other, and none of them ends the download because of it."""
        self.play([fault_runs.Plan((fault_runs.Turn('expire_at_byte', 0, 0),), 4, 0, None)] * 24)

    def test_pairs(self):
        chance = random.Random(2)
        plans = [fault_runs.plan_pair(chance) for _ in range(PAIRS)]
        # What never ends takes the patience of all attempts, which is long.
        self.play([plan._replace(turns=tuple(turn._replace(times=turn.times or 3) for turn in plan.turns))
                   for plan in plans])


if __name__ == '__main__':
    main()
