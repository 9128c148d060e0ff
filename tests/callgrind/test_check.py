"""Proves the check of instruction counts on made-up ones: what fails, what passes, how callgrind's text is read."""

import importlib.machinery
import importlib.util
import pathlib
import sys
import unittest

# The program is not a module by its name, and leaves nothing beside itself.
sys.dont_write_bytecode = True
LOADER = importlib.machinery.SourceFileLoader("check", str(pathlib.Path(__file__).resolve().with_name("check")))
check = importlib.util.module_from_spec(importlib.util.spec_from_loader("check", LOADER))
LOADER.exec_module(check)

SHA2 = "sha2::sha256::soft::unroll::compress"
KEY = {"rustc": "one", "valgrind": "one"}
ANOTHER_KEY = KEY | {"rustc": "another"}

PROFILE = """\
# callgrind format
version: 1
positions: line
events: Ir
summary: 1000

ob=(1) /program
fl=(1) ???
fn=(12) instructions::seal_request
0 100
cfn=(13) paygate::seal::h0123456789abcdef
calls=10 0
0 700
+3 20
cob=(2) /libc.so
cfi=(4) memcpy.S
cfn=(14) memcpy
calls=10 264
* 30
fi=(5) other.rs
-2 5

fn=(13)
0 600
cfn=(15) sha2::sha256::compress::h00000000000000aa
calls=10 0
0 90

fn=(14)
0x108 30

fn=(15)
0 90

fn=(16) paygate::seal::hfedcba9876543210
0 10

fn=(0) 0x000000000001ab70
cfn=(12)
calls=1 0
0 1000

totals: 1000
"""


def counts(**functions):
    """Those of a path whose functions take so many instructions in one message, beside a large one."""
    return check.per_message({"large": 10_000, **functions}, 1)


def refused():
    raise AssertionError("the merge base must not be asked")


class Judging(unittest.TestCase):
    def failures(self, old, new, key=KEY, base=refused):
        return check.judge(key, {"seal": new}, [{"key": KEY, "paths": {"seal": old}}], base)

    def test_a_function_that_takes_4_percent_more_fails_by_its_name_and_counts(self):
        failures, _, _ = self.failures(counts(push=1000), counts(push=1040))
        self.assertEqual(failures, ["seal: push: 1000 instructions before, 1040 now (+4.0 %)"])

    def test_a_function_that_takes_2_percent_more_passes(self):
        self.assertEqual(self.failures(counts(push=1000), counts(push=1020))[:2], ([], []))

    def test_a_function_with_less_than_2_percent_of_its_path_may_double(self):
        self.assertEqual(self.failures(counts(push=100), counts(push=200))[0], [])

    def test_a_new_function_fails_by_its_path(self):
        failures, _, _ = self.failures(counts(), counts(new=400))
        self.assertEqual(len(failures), 1)
        self.assertIn(f"seal: {check.WHOLE}: 10000 instructions before, 10400 now", failures[0])

    def test_a_function_that_has_got_another_name_passes(self):
        self.assertEqual(self.failures(counts(push=1000), counts(add=1000))[0], [])

    def test_sha256_may_grow(self):
        self.assertEqual(self.failures(counts(**{SHA2: 1000}), counts(**{SHA2: 5000}))[:2], ([], []))

    def test_what_shrinks_by_4_percent_passes_with_the_advice_to_store_it(self):
        failures, notes, _ = self.failures(counts(push=1000), counts(push=960))
        self.assertEqual(failures, [])
        self.assertEqual(notes, ["seal: push: 1000 before, 960 now: store it, with --store"])

    def test_with_another_key_the_merge_base_decides_by_whole_paths(self):
        base = {"seal": counts(push=2000)}
        for new, failed in ((counts(push=2300), 0), (counts(push=2480), 1)):
            failures, notes, old = self.failures(counts(push=1), new, ANOTHER_KEY, lambda: (base, "commit abc"))
            self.assertEqual((len(failures), old), (failed, base))
            self.assertIn("commit abc", notes[0])

    def test_without_a_merge_base_nothing_fails_and_it_is_said(self):
        failures, notes, old = self.failures(counts(), counts(push=9000), ANOTHER_KEY, lambda: (None, "no commit"))
        self.assertEqual((failures, old), ([], None))
        self.assertIn("no commit", notes[0])


class Refusing(unittest.TestCase):
    def test_a_padding_that_changes_the_work_fails_in_either_direction(self):
        even = dict.fromkeys(check.PADDINGS, 1000)
        self.assertEqual(check.uneven("aes", even | {"wrong": 1010, "zeros": 990}), [])
        for cost in (1011, 989):
            (line,) = check.uneven("aes", even | {"wrong": cost})
            self.assertIn(f"aes: wrong is {cost} instructions", line)

    def test_what_is_refused_earlier_is_not_compared(self):
        self.assertEqual(check.uneven("aes", dict.fromkeys(check.PADDINGS, 1000) | dict.fromkeys(check.EARLIER, 9)), [])


class Reading(unittest.TestCase):
    def test_each_functions_own_cost_is_summed_without_its_callees_by_its_name_without_hashes(self):
        self.assertEqual(check.self_costs(PROFILE), {
            "instructions::seal_request": 125,
            "paygate::seal": 610,
            "memcpy": 30,
            "sha2::sha256::compress": 90,
        })

    def test_hashes_of_the_newer_mangling_go_too(self):
        text = "fn=(1) paygate[5ab1c2d3e4f5a6b7]::seal\n0 5\nfn=(2) core::array::<impl [T; 8]>::map.llvm.123\n0 6\n"
        self.assertEqual(check.self_costs(text), {"paygate::seal": 5, "core::array::<impl [T; 8]>::map": 6})

    def test_small_functions_become_one_and_sha256_stays_out_of_the_total(self):
        self.assertEqual(check.per_message({"large": 10_000, "small": 30, "less": 20, SHA2: 2000}, 10), {
            "functions": {"large": 1000, SHA2: 200, check.OTHER: 5},
            "sha256": 200,
            "total": 1005,
        })

    def test_only_the_crate_sha2_itself_is_sha256(self):
        for name in (SHA2, "<sha2::Sha256 as digest::Update>::update"):
            self.assertTrue(check.SHA256.match(name), name)
        for name in ("<hmac::Hmac<sha2::Sha256> as digest::Update>::update", "paygate::sha2"):
            self.assertFalse(check.SHA256.match(name), name)


if __name__ == "__main__":
    unittest.main()
