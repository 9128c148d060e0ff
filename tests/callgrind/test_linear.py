"""Proves the check of growth on made-up counts: what is linear, what is not, and what is too little to be either."""

import importlib.machinery
import importlib.util
import pathlib
import sys
import unittest

# The program is not a module by its name, and leaves nothing beside itself.
sys.dont_write_bytecode = True
LOADER = importlib.machinery.SourceFileLoader("linear", str(pathlib.Path(__file__).resolve().with_name("linear")))
linear = importlib.util.module_from_spec(importlib.util.spec_from_loader("linear", LOADER))
LOADER.exec_module(linear)


def cases(**counts):
    """Cases whose counts are told in thousands; the quadratic one is among them."""
    counts = {linear.ON_PURPOSE: (64, 256, 1024, 4096)} | counts
    return {name: {size: 1000 * count for size, count in zip(linear.SIZES, row)} for name, row in counts.items()}


class Growth(unittest.TestCase):
    def test_what_doubles_is_linear(self):
        self.assertEqual(linear.judge(cases(even=(100, 200, 400, 800), log=(100, 220, 480, 1040))), [])

    def test_what_quadruples_is_not(self):
        found = linear.judge(cases(quadratic=(100, 400, 1600, 6400)))
        self.assertEqual(found, ["quadratic: [100000, 400000, 1600000, 6400000]"])

    def test_growth_that_only_begins_at_the_end_is_seen(self):
        self.assertEqual(len(linear.judge(cases(late=(100, 200, 400, 1200)))), 1)

    def test_what_is_next_to_nothing_may_jump(self):
        self.assertEqual(linear.judge(cases(refused=(0.1, 0.4, 1.6, 6.4), buffers=(50, 240, 250, 260))), [])
        self.assertEqual(len(linear.judge(cases(begins=(10, 100, 400, 1600)))), 1)

    def test_what_a_limit_ends_must_have_ended(self):
        name = next(iter(linear.BOUNDED))
        self.assertEqual(linear.judge(cases(**{name: (100, 400, 1600, 1700)})), [])
        self.assertEqual(len(linear.judge(cases(**{name: (100, 400, 1600, 6400)}))), 1)

    def test_a_length_that_is_left_out_is_seen(self):
        found = linear.judge(cases(short=(100, 200, 400)))
        self.assertEqual(found, ["short: counted at [8, 16, 32] KiB only"])

    def test_a_check_that_cannot_fail_fails(self):
        found = linear.judge(cases(**{linear.ON_PURPOSE: (100, 200, 400, 800)}))
        self.assertEqual(found, [f"{linear.ON_PURPOSE}: it passes, so the check cannot fail"])

    def test_the_table_names_every_case(self):
        text = linear.table(cases(even=(100, 200, 400, 800)))
        self.assertIn("even      100000      200000      400000      800000    2.00x    12.2", text)


if __name__ == "__main__":
    unittest.main()
