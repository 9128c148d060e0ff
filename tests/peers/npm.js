// Seals the cases and reads our requests with packages of npm; one JSON object a line.
// computop-node-client brings its own egoroof-blowfish 2.2.2 and takes the keys from the environment alone.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { isUtf8 } = require("node:buffer");
const crypto = require("node:crypto");
const { createRequire } = require("node:module");

// node_modules stands where the packages were installed, not here.
const installed = createRequire(path.join(process.env.PEERS_NODE_MODULES, "x.js"));
const read = (file) => JSON.parse(fs.readFileSync(path.join(__dirname, file), "utf8"));
const { keys, cases } = read("cases.json");
process.env.KEY_BLOWFISH = keys.blowfish;
process.env.KEY_HMAC = keys.mac;

const charsets = { ascii: "latin1", latin1: "latin1", utf8: "utf8" };
const count = {
  bytes: (text, plaintext) => plaintext.length,
  chars: (text) => [...text].length,
  utf16: (text) => text.length,
};
const cased = (digits, text) => (digits === "upper" ? text.toUpperCase() : text.toLowerCase());
const hmac = (text) => crypto.createHmac("sha256", keys.mac).update(text).digest("hex");

function seal(name, variant, one) {
  const { cipher, padding, hex, mac, encrypt, madeBy } = variant;
  const id = `${name}/${cipher}-${padding}-${hex}/${one.id}`;
  const { PayID, TransID, mid, Status, Code } = one.signed;
  const text = one.text.replace("{MAC}", cased(hex, mac([PayID, TransID, mid, Status, Code].join("*"))));
  const plaintext = Buffer.from(text, charsets[one.charset]);
  const line = {
    id, case: one.id, made_by: madeBy, cipher, padding, hex,
    len: count[one.len_unit](text, plaintext),
    data: cased(hex, encrypt(plaintext, text, id)),
    plaintext_hex: plaintext.toString("hex"),
  };
  console.log(JSON.stringify(line));
}

function version(name) {
  const file = path.join(process.env.PEERS_NODE_MODULES, "node_modules", name, "package.json");
  return `${name} ${JSON.parse(fs.readFileSync(file, "utf8")).version}`;
}

async function main() {
  const client = installed("computop-node-client");
  const { Blowfish } = await import(installed.resolve("egoroof-blowfish"));
  const egoroof = (padding) => new Blowfish(keys.blowfish, Blowfish.MODE.ECB, Blowfish.PADDING[padding]);
  const node = `node:crypto ${process.version}`;
  const egoroofBy = version("egoroof-blowfish");

  const variants = {
    "computop-node-client": [
      {
        cipher: "blowfish", padding: "zero", hex: "upper", mac: (text) => client.generateHash(text),
        // Its own way is a string; bytes reach it where the text is not UTF-8.
        encrypt: (plaintext, text) => client.encryptBlowfish(plaintext.equals(Buffer.from(text)) ? text : plaintext),
        madeBy: version("computop-node-client"),
      },
    ],
    "egoroof-blowfish": [
      ["PKCS5", "pkcs", "lower"],
      ["SPACES", "space", "upper"],
      ["NULL", "zero", "lower"],
    ].map(([style, padding, hex]) => ({
      cipher: "blowfish", padding, hex, mac: hmac,
      encrypt: (plaintext) => Buffer.from(egoroof(style).encode(plaintext)).toString("hex"),
      madeBy: egoroofBy,
    })),
    node: [
      {
        cipher: "aes", padding: "pkcs", hex: "lower", mac: hmac, madeBy: node,
        encrypt: (plaintext, text, id) => {
          const iv = crypto.createHash("md5").update(id).digest(); // so that the file comes out the same again
          const cipher = crypto.createCipheriv("aes-128-cbc", keys.aes, iv);
          return `${iv.toString("hex")}-${cipher.update(plaintext, null, "hex")}${cipher.final("hex")}`;
        },
      },
    ],
  };
  for (const [name, list] of Object.entries(variants)) {
    list.forEach((variant, index) => {
      cases.filter((one) => index === 0 || one.every).forEach((one) => seal(name, variant, one));
    });
  }

  for (const request of read("requests.json")) {
    const record = (by, plaintext) =>
      console.log(JSON.stringify({ request: request.id, by, plaintext_hex: plaintext.toString("hex") }));
    const cut = (blocks) =>
      request.len_unit === "chars"
        ? Buffer.from([...blocks.toString("utf8")].slice(0, request.len).join(""))
        : blocks.subarray(0, request.len);
    const bytes = Buffer.from(request.data, "hex");
    const blocks = Buffer.from(egoroof("NULL").decode(bytes, Blowfish.TYPE.UINT8_ARRAY));
    record(egoroofBy, cut(blocks));
    // It reads UTF-8 alone.
    if (isUtf8(blocks)) {
      record(version("computop-node-client"), cut(Buffer.from(client.decryptBlowfish(request.data))));
    }
  }
}

main();
