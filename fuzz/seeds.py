#!/usr/bin/env python3
"""Writes the inputs that a target without a corpus begins with, from the vectors and tables that the tests use.

    fuzz/seeds.py      fills fuzz/corpus/; what is there already stays
"""

import hashlib
import json
import pathlib
import re

here = pathlib.Path(__file__).resolve().parent
root = here.parent


def put(target, *inputs):
    folder = here / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    for data in inputs:
        data = data.encode() if isinstance(data, str) else data
        # As libFuzzer names its files, so that none is there twice.
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


vectors = json.loads((root / "tests/data/computop.json").read_text())
peers = json.loads((root / "tests/data/peers.json").read_text())
sealed = [(case["len"], case["data_hex"]) for case in vectors["decrypt_matrix"]]
sealed += [(case["len"], case["data"]) for case in vectors["aes"] if "len" in case]
sealed += [(case["len"], case["data"]) for case in peers["callbacks"]]
texts = [bytes.fromhex(case["plaintext_hex"]) for case in vectors["blowfish_encrypt"] + vectors["aes"] if "plaintext_hex" in case]
macs = [case["mac_hex_lower"] for case in vectors["mac"]]

for length, data in sealed:
    form = f"Len={length}&Data={data}"
    put("outer_form", form, f"Len={length}\0Data={data}", f"a=%FC+b&{form}&V1=x%3Dy\r\n")
    put("extractor", form)
    put("answer", form)
    put("hex", data)
    put("decrypt", data)
put("hex", *macs, *(mac.upper() + "  " for mac in macs))
for text in texts:
    put("decrypt", text)
    put("inner_pairs", text)
    put("extractor", text)
    put("answer", text)

codes = json.loads((root / "crates/paygate-params/tests/data/codes.json").read_text())
digits = sorted({word for word in json.dumps(codes).replace('"', " ").split() if len(word) == 8 and word.isdigit()})
put("code", *digits[:40], *("00000000" + status for status in ("OK", "AUTHORIZED", "AUTHORIZE_REQUEST", "PENDING", "FAILED")))
put("code", "21550053FAILED", "41550053FAILED", "60000000PENDING", "4BAD0001OK")

page = (root / "crates/paygate-params/tests/data/trustly-page.tsv").read_text().splitlines()
names = [line.split("\t")[1] for line in page if line.startswith("request\t")]
put("request", *(f"{name}=1" for name in names))
put(
    "request",
    "Amount=100\nCurrency=EUR\nTransID=a",
    "OrderDesc=Test:0000\nUserData=x",
    "OrderDesc= tESt :0000",
    "AddrCountryCode=DE\nIPAddr=2001:db8::1\nCustom=a=b|c=d",
    "URLNotify=http://127.0.0.1/n\nMAC=00",
)
put("fields", "Müller & Søn =", "Wałęsa", "a@b.example", "https://shop.example/s?a=1#b", "2001:db8::1", "Test : 0000", "日本 🫖", *texts)
put("amounts", "19.99", "0.05", "20", "1.234", "999999999999", "9999999999.99", "+1", ".5", "1.", "00000000000000000000")
put("redirect_page", "Shop\nhttps://paygate.example/base/\n<b>\"'&\nuser & \"data\"\nn0nc3", "\"><script>\n\n\n\n\" onload=\"x")
put(
    "callback",
    b"n\x001999",
    b"s\x00100\x00<b>\x00\x00\x00\x00AUTHORIZE_REQUEST\x00",
    b"f\x00\x00\x00\x00\x00\x00FAILED\x0021550053",
    b"n\x00\x00\x00OTHER\x00!order-2\x00-\x00!OK\x00!00000000",
    b"n\x00\x00\x00TEST_MERCHANT\x00order-1\x007bbb448155234d8cbee323778952ce28\x00OK\x0020000000",
)
signed = "Shop\n7bbb448155234d8cbee323778952ce28\norder-1\nOK\n00000000"
put("inbox_key", signed + "\0" + signed.replace("Shop", "SHOP"), signed + "\0" + signed.replace("order-1", "order-2"), "a\nb\0ab\n", bytes(32))
expected = {"method": "trustly", "mid": "Shop", "trans_id": "order-1", "amount": 1999, "currency": "EUR", "pay_id": None}
put("stored", *(json.dumps(part) for part in (expected, {"amount": 1999, "currency": "EUR"}, {"Amount": 1999, "Currency": "EUR"})))
put("stored", json.dumps(dict(zip(["mid", "PayID", "TransID", "Status", "Code"], signed.split("\n")))))
put("profile", 'endpoint = "https://paygate.example/"\nminimum = 100\ncurrencies = ["EUR", "SEK"]\n[countries]\nDE = ["EUR"]\n', "minimum = -1\n")
for template in sorted((root / "crates/paygate/tests/data").iterdir()):
    put("template", template.read_bytes())

batch = root / "crates/paygate-batch/tests/data"
for sent in sorted(batch.glob("*-sent.dat")):
    answered = sent.with_name(sent.name.replace("-sent", "-answered")).read_bytes()
    put("batch", sent.read_bytes(), answered, sent.read_bytes() + b"\0" + answered)

faults = re.findall(r'= "([a-z0-9-]+)",$', (root / "crates/gateway-simulator/src/paygate/fault.rs").read_text(), re.M)
put("wide_blowfish", bytes(range(100)), b"\x0f" + b"throw-away-key-1" + texts[0])

# Of a step, the first letter says what is asked, from d on in the order of the target's table.
pay = (
    "dMerchantID=TEST_MERCHANT&TransID=order-1&Amount=1999&Currency=EUR&OrderDesc=Tea&FirstName=Anna&LastName=Moss"
    "&Email=a@b.example&AddrCountryCode=DE&Response=encrypt"
    "&URLSuccess=https://shop.example/s&URLFailure=https://shop.example/f"
)
paid = f"{pay}\0kbank=alder\0mbank=alder\0lchoice=approve"
part = "MerchantID=TEST_MERCHANT&PayID=PAYMENT&TransID=order-1&Amount=999&Currency=EUR"
for asked in "dghijkuv":
    put("simulator", f"{asked}{pay[1:]}", asked)
put(
    "simulator",
    f"{pay}&OrderDesc=Test:0000",
    f"{pay}\0kbank=alder&step=confirm\0lchoice=approve&leave=1\0w",
    f"{pay}\0lchoice=processing\0n" '{"paid":true}' "\0otampered=1\0w",
    f"{paid}\0e{part}\0e{part}&ReqId=1\0f{part}\0g{part}",
    f"{paid}\0u" '{"text":"MerchantID=TEST_MERCHANT&Len=8&Data=0011223344556677"}',
    *(f"qfault={fault}\0{pay}\0lchoice=processing\0r" '{"advance_seconds":7300}' for fault in faults),
    'p["slow","broken"]\0' + f"{paid}\0e{part}",
    'p["nonsense"]\0sadvance_seconds=60\0r{"advance_seconds":99999999}',
)
for sent in sorted(batch.glob("*-sent.dat")):
    put("simulator", b"t" + sent.read_bytes())
