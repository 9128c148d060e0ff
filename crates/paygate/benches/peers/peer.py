"""The Python peer: seals and opens with pycryptodome, as a plugin does or at its best.

Started as `peer.py plugin` or `peer.py best`; what it reads and prints is in README.md.
"""

import hashlib
import hmac
import platform
import sys
import time
from urllib.parse import parse_qsl, quote, unquote_plus, urlencode

try:
    import Crypto
    from Crypto.Cipher import Blowfish
except ImportError:
    Blowfish = None


class Plugin:
    """Everything anew for each message: key schedule, HMAC, a dict of str."""

    def __init__(self, given, pairs):
        self.given = given
        self.pairs = pairs

    def mac(self, *parts):
        key = self.given["mac_key"].encode()
        return hmac.new(key, "*".join(parts).encode(), hashlib.sha256).hexdigest().upper()

    def cipher(self):
        return Blowfish.new(self.given["key"].encode(), Blowfish.MODE_ECB)

    def seal(self):
        merchant = self.given["merchant"]
        pairs = dict(self.pairs)
        pairs["MAC"] = self.mac("", pairs["TransID"], merchant, pairs["Amount"], pairs["Currency"])
        text = "&".join(f"{name}={value}" for name, value in pairs.items()).encode("latin-1")
        data = self.cipher().encrypt(text + b"\0" * (-len(text) % 8)).hex().upper()
        return self.given["address"] + "?" + urlencode({"MerchantID": merchant, "Len": len(text), "Data": data})

    def open(self, form):
        outer = dict(parse_qsl(form))
        text = self.cipher().decrypt(bytes.fromhex(outer["Data"]))[: int(outer["Len"])].decode("latin-1")
        pairs = {}
        for part in text.split("&"):
            name, _, value = part.partition("=")
            pairs[name] = value
        mac = self.mac(pairs["PayID"], pairs["TransID"], pairs["mid"], pairs["Status"], pairs["Code"])
        if mac != pairs["MAC"].strip():
            return None
        if pairs["mid"] != self.given["merchant"] or pairs["TransID"] != self.given["trans_id"]:
            return None
        return pairs if pairs["Status"] == "OK" and pairs["Code"] == "00000000" else None


class Best:
    """What can be kept is kept: the key schedule, both halves of the HMAC, the head of the URL."""

    def __init__(self, given, pairs):
        self.merchant, self.trans_id = given["merchant"], given["trans_id"]
        self.pairs = pairs
        cipher = Blowfish.new(given["key"].encode(), Blowfish.MODE_ECB)
        self.encrypt, self.decrypt = cipher.encrypt, cipher.decrypt
        key = given["mac_key"].encode()
        key = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
        self.inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key))
        self.outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in key))
        self.head = f"{given['address']}?MerchantID={quote(self.merchant, safe='')}&Len="

    def mac(self, message):
        inner, outer = self.inner.copy(), self.outer.copy()
        inner.update(message.encode("latin-1"))
        outer.update(inner.digest())
        return outer

    def seal(self):
        pairs = dict(self.pairs)
        mac = self.mac(f"*{pairs['TransID']}*{self.merchant}*{pairs['Amount']}*{pairs['Currency']}")
        pairs["MAC"] = mac.hexdigest().upper()
        text = "&".join([f"{name}={value}" for name, value in pairs.items()]).encode("latin-1")
        data = self.encrypt(text + b"\0" * (-len(text) % 8)).hex()
        return f"{self.head}{len(text)}&Data={data}"

    def open(self, form):
        outer = {}
        for part in form.split("&"):
            name, _, value = part.partition("=")
            outer[name] = unquote_plus(value) if "%" in value or "+" in value else value
        text = self.decrypt(bytes.fromhex(outer["Data"]))[: int(outer["Len"])].decode("latin-1")
        pairs = {}
        for part in text.split("&"):
            name, _, value = part.partition("=")
            pairs[name.lower()] = value
        trans_id, mid, status, code = pairs["transid"], pairs["mid"], pairs["status"], pairs["code"]
        mac = self.mac(f"{pairs['payid']}*{trans_id}*{mid}*{status}*{code}")
        if not hmac.compare_digest(mac.digest(), bytes.fromhex(pairs["mac"])):
            return None
        if mid != self.merchant or trans_id != self.trans_id:
            return None
        return pairs if status == "OK" and code == "00000000" else None


def main():
    given, pairs = {}, {}
    for line in sys.stdin:
        name, *values = line.rstrip("\n").split("\t")
        if name == "go":
            break
        if name == "pair":
            pairs[values[0]] = values[1]
        else:
            given[name] = values[0]
    if not Blowfish:
        print("missing\tpycryptodome", flush=True)
        return
    way = {"plugin": Plugin, "best": Best}[sys.argv[1]](given, pairs)
    print(f"ready\tPython {platform.python_version()}, pycryptodome {Crypto.__version__}", flush=True)
    answer = given["answer"]

    def length_of_values():
        read = way.open(answer)
        return sum(map(len, read.values())) if read else 0

    def check():
        print(f"url\t{way.seal()}")
        for name, value in (way.open(answer) or {}).items():
            print(f"pair\t{name}\t{value}")
        print(f"forged\t{'taken' if way.open(given['forged']) else 'refused'}")
        print("end", flush=True)

    for line in iter(sys.stdin.readline, ""):
        command, *count = line.split()
        if command == "check":
            check()
            continue
        seal, total = command == "seal", 0
        rounds = range(int(count[0]))
        start = time.perf_counter_ns()
        if seal:
            for _ in rounds:
                total += len(way.seal())
        else:
            for _ in rounds:
                total += length_of_values()
        print(time.perf_counter_ns() - start, total, flush=True)


main()
