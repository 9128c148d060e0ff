"""Seals the cases and reads our requests with pycryptodome; one JSON object a line."""

import hashlib
import json
import pathlib

import Crypto
from Crypto.Cipher import AES, Blowfish
from Crypto.Hash import HMAC, SHA256
from Crypto.Util.Padding import pad

HERE = pathlib.Path(__file__).parent
MADE_BY = "pycryptodome " + Crypto.__version__
CHARSETS = {"ascii": "ascii", "latin1": "latin-1", "utf8": "utf-8"}
COUNT = {
    "bytes": lambda text, data: len(data),
    "chars": lambda text, data: len(text),
    "utf16": lambda text, data: len(text.encode("utf-16-le")) // 2,
}
SIGNED = ("PayID", "TransID", "mid", "Status", "Code")
# cipher, padding, case of the hex digits; the first of each cipher makes every case
VARIANTS = [
    ("blowfish", "pkcs", "upper"),
    ("blowfish", "zero", "lower"),
    ("blowfish", "space", "upper"),
    ("aes", "pkcs", "lower"),
    ("aes", "zero+pkcs", "upper"),
]


def padded(data, padding, block):
    if padding.startswith("zero"):
        data += bytes(-len(data) % block)
    if padding == "space":
        data += b" " * (-len(data) % block)
    return pad(data, block) if padding.endswith("pkcs") else data


def main():
    file = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
    keys = {name: key.encode("ascii") for name, key in file["keys"].items()}
    full = set()
    for cipher, padding, digits in VARIANTS:
        every = cipher not in full
        full.add(cipher)
        for case in file["cases"]:
            if not every and not case.get("every"):
                continue
            entry = f"pycryptodome/{cipher}-{padding}-{digits}/{case['id']}"
            cased = str.upper if digits == "upper" else str.lower
            signed = "*".join(case["signed"][name] for name in SIGNED)
            mac = HMAC.new(keys["mac"], signed.encode("ascii"), digestmod=SHA256).hexdigest()
            text = case["text"].replace("{MAC}", cased(mac))
            plaintext = text.encode(CHARSETS[case["charset"]])
            if cipher == "aes":
                iv = hashlib.md5(entry.encode("ascii")).digest()  # so that the file comes out the same again
                sealed = AES.new(keys["aes"], AES.MODE_CBC, iv).encrypt(padded(plaintext, padding, 16))
                data = iv.hex() + "-" + sealed.hex()
            else:
                key = Blowfish.new(keys["blowfish"], Blowfish.MODE_ECB)
                data = key.encrypt(padded(plaintext, padding, 8)).hex()
            print(json.dumps({
                "id": entry, "case": case["id"], "made_by": MADE_BY, "cipher": cipher, "padding": padding,
                "hex": digits, "len": COUNT[case["len_unit"]](text, plaintext), "data": cased(data),
                "plaintext_hex": plaintext.hex(),
            }))
    for request in json.loads((HERE / "requests.json").read_text(encoding="utf-8")):
        key = Blowfish.new(keys["blowfish"], Blowfish.MODE_ECB)
        blocks = key.decrypt(bytes.fromhex(request["data"]))
        if request["len_unit"] == "chars":
            plaintext = blocks.decode("utf-8")[: request["len"]].encode("utf-8")
        else:
            plaintext = blocks[: request["len"]]
        print(json.dumps({"request": request["id"], "by": MADE_BY, "plaintext_hex": plaintext.hex()}))


main()
