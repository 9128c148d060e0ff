"""Joins what the peers printed with what each case expects: tests/data/peers.json on stdout, one entry a line."""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
FROM_CASE = ("charset", "len_unit", "outcome", "signed", "no_issues")


def lines(entries):
    return ",\n".join("    " + json.dumps(entry, ensure_ascii=False) for entry in entries)


def main():
    file = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
    cases = {case["id"]: case for case in file["cases"]}
    printed = [json.loads(line) for line in sys.stdin]
    callbacks = []
    for entry in printed:
        if "case" in entry:
            case = cases[entry["case"]]
            callbacks.append(entry | {name: case[name] for name in FROM_CASE if name in case})
    requests = json.loads((HERE / "requests.json").read_text(encoding="utf-8"))
    for request in requests:
        request["read_by"] = {e["by"]: e["plaintext_hex"] for e in printed if e.get("request") == request["id"]}
    print('{\n  "keys": %s,\n  "callbacks": [\n%s\n  ],\n  "requests": [\n%s\n  ]\n}'
          % (json.dumps(file["keys"]), lines(callbacks), lines(requests)))


main()
