"""The peers in Python: OpenSSL by its C functions, or pycryptodome with the standard library's HMAC.

Started as `peer.py openssl` or `peer.py pycryptodome`; what it reads and prints is in README.md.
"""

import ctypes
import hashlib
import hmac
import platform
import sys

SIGNED = {
    "request": (b"payid", b"transid", b"merchantid", b"amount", b"currency"),
    "answer": (b"payid", b"transid", b"mid", b"status", b"code"),
}
BLOCK = {"blowfish": 8, "aes": 16}
HEX = set(b"0123456789abcdefABCDEF")
MAC_HERE = b"\x01"


class Pycryptodome:
    """Blowfish and AES of pycryptodome, HMAC of Python."""

    def __init__(self):
        import Crypto
        from Crypto.Cipher import AES, Blowfish

        self.aes, self.blowfish = AES, Blowfish
        self.version = f"pycryptodome {Crypto.__version__}, Python {platform.python_version()}"

    def _cipher(self, cipher, key, iv):
        if cipher == "aes":
            return self.aes.new(key, self.aes.MODE_CBC, iv)
        return self.blowfish.new(key, self.blowfish.MODE_ECB)

    def encrypt(self, cipher, key, iv, blocks):
        return self._cipher(cipher, key, iv).encrypt(blocks)

    def decrypt(self, cipher, key, iv, blocks):
        return self._cipher(cipher, key, iv).decrypt(blocks)

    @staticmethod
    def mac(key, message):
        return hmac.new(key, message, hashlib.sha256).digest()


class OpenSSL:
    """libcrypto with its legacy provider; nothing of Python's own is used for ciphers and HMAC."""

    def __init__(self):
        self.lib = lib = ctypes.CDLL("libcrypto.so.3")
        for name in ("OSSL_PROVIDER_load", "EVP_CIPHER_fetch", "EVP_CIPHER_CTX_new", "EVP_sha256", "HMAC"):
            getattr(lib, name).restype = ctypes.c_void_p
        lib.OpenSSL_version.restype = ctypes.c_char_p
        for provider in (b"default", b"legacy"):
            if not lib.OSSL_PROVIDER_load(None, provider):
                raise SystemExit(f"OpenSSL has no provider {provider.decode()}")
        self.sha256 = ctypes.c_void_p(lib.EVP_sha256())
        self.context = ctypes.c_void_p(lib.EVP_CIPHER_CTX_new())
        names = {"blowfish": b"BF-ECB", 16: b"AES-128-CBC", 24: b"AES-192-CBC", 32: b"AES-256-CBC"}
        self.ciphers = {of: ctypes.c_void_p(lib.EVP_CIPHER_fetch(None, name, None)) for of, name in names.items()}
        self.version = lib.OpenSSL_version(0).decode()

    def _run(self, cipher, key, iv, blocks, encrypt):
        def done(result):
            if result != 1:
                raise SystemExit("OpenSSL refused a step")

        lib, context = self.lib, self.context
        kind = self.ciphers[len(key) if cipher == "aes" else cipher]
        done(lib.EVP_CIPHER_CTX_reset(context))
        done(lib.EVP_CipherInit_ex(context, kind, None, None, None, encrypt))
        done(lib.EVP_CIPHER_CTX_set_key_length(context, len(key)))
        done(lib.EVP_CIPHER_CTX_set_padding(context, 0))
        done(lib.EVP_CipherInit_ex(context, None, None, key, iv, encrypt))
        out, length = ctypes.create_string_buffer(len(blocks) + 32), ctypes.c_int()
        done(lib.EVP_CipherUpdate(context, out, ctypes.byref(length), blocks, len(blocks)))
        if length.value != len(blocks):
            raise SystemExit("OpenSSL kept blocks back")
        return out.raw[: length.value]

    def encrypt(self, cipher, key, iv, blocks):
        return self._run(cipher, key, iv, blocks, 1)

    def decrypt(self, cipher, key, iv, blocks):
        return self._run(cipher, key, iv, blocks, 0)

    def mac(self, key, message):
        out = ctypes.create_string_buffer(64)
        if not self.lib.HMAC(self.sha256, key, len(key), message, ctypes.c_size_t(len(message)), out, None):
            raise SystemExit("OpenSSL refused a MAC")
        return out.raw[:32]


class NoData(Exception):
    """Data is no ciphertext."""


def unhex(text):
    if len(text) % 2 or not set(text) <= HEX:
        raise NoData
    return bytes.fromhex(text.decode())


def blocks_of(engine, cipher, key, data):
    """Data without hex and encryption."""
    iv = None
    if cipher == "aes":
        head, dash, data = data.partition(b"-")
        iv = unhex(head)
        if not dash or len(iv) != 16:
            raise NoData
    sealed = unhex(data)
    if len(sealed) % BLOCK[cipher]:
        raise NoData
    return engine.decrypt(cipher, key, iv, sealed) if sealed else b""


def cut(blocks, length, unit):
    return blocks.decode("utf-8")[:length].encode("utf-8") if unit == "chars" else blocks[:length]


def pairs_of(text):
    pairs = {}
    for part in text.split(b"&"):
        name, _, value = part.partition(b"=")
        pairs.setdefault(name.lower(), value)
    if b"mid" not in pairs and b"merchantid" in pairs:
        pairs[b"mid"] = pairs[b"merchantid"]
    return pairs


def mac_of(engine, mac_key, pairs, signed):
    return engine.mac(mac_key, b"*".join(pairs.get(name, b"") for name in SIGNED[signed])).hex()


def padded(text, padding, block):
    """Zeros or blanks up to whole blocks, or PKCS; or a block of PKCS behind zeros."""
    if padding != "pkcs":
        text += (b" " if padding == "blanks" else b"\0") * (-len(text) % block)
    if "pkcs" in padding:
        run = block - len(text) % block
        text += bytes([run]) * run
    return text


def read(engine, verb, cipher, key, mac_key, unit, length, data):
    try:
        text = cut(blocks_of(engine, cipher, key, data.encode()), int(length), unit)
    except NoData:
        return "\tfails"
    pairs = pairs_of(text)
    claimed = pairs.get(b"mac", b"").strip(b" \t\r\n").lower()
    holds = claimed == mac_of(engine, mac_key, pairs, verb).encode()
    return f"{text.hex()}\t{'holds' if holds else 'fails'}"


def sealed(engine, verb, cipher, key, mac_key, iv, padding, digits, text):
    iv, text = bytes.fromhex(iv), bytes.fromhex(text)
    if verb == "seal":
        mac = mac_of(engine, mac_key, pairs_of(text), "answer")
        mac = mac.upper() if digits == "upper" else mac
        text = text.replace(MAC_HERE, mac.encode())
    blocks = padded(text, padding, BLOCK[cipher])
    data = engine.encrypt(cipher, key, iv, blocks).hex()
    data = f"{iv.hex()}-{data}" if cipher == "aes" else data
    return f"{len(text)}\t{data.upper() if digits == 'upper' else data}"


def main():
    engine = {"openssl": OpenSSL, "pycryptodome": Pycryptodome}[sys.argv[1]]()
    print(engine.version, flush=True)
    for line in iter(sys.stdin.readline, ""):
        verb, cipher, key, mac_key, *rest = line.rstrip("\n").split("\t")
        key, mac_key = bytes.fromhex(key), bytes.fromhex(mac_key)
        if verb == "bytes":
            length, data = rest
            answer = blocks_of(engine, cipher, key, data.encode())[: int(length)].hex()
        elif verb in SIGNED:
            answer = read(engine, verb, cipher, key, mac_key, *rest)
        else:
            answer = sealed(engine, verb, cipher, key, mac_key, *rest)
        print(answer, flush=True)


main()
