// The Node peer: seals and opens with egoroof-blowfish anew for each message as a plugin does, or with OpenSSL at its
// best.
//
// Started as `node --openssl-legacy-provider peer.mjs plugin` or `best`; what it reads and prints is in README.md.

import { createCipheriv, createDecipheriv, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

/** Everything anew for each message: the key schedule in JavaScript, strings, an object of pairs. */
class Plugin {
  constructor(given, pairs, Blowfish) {
    Object.assign(this, given, { pairs, Blowfish });
  }

  cipher() {
    return new this.Blowfish(this.key, this.Blowfish.MODE.ECB, this.Blowfish.PADDING.NULL);
  }

  hmac(...parts) {
    return createHmac('sha256', this.mac_key).update(parts.join('*')).digest('hex').toUpperCase();
  }

  seal() {
    const pairs = { ...this.pairs };
    pairs.MAC = this.hmac('', pairs.TransID, this.merchant, pairs.Amount, pairs.Currency);
    const text = Object.entries(pairs).map(([name, value]) => `${name}=${value}`).join('&');
    const data = Buffer.from(this.cipher().encode(Buffer.from(text, 'latin1'))).toString('hex').toUpperCase();
    return `${this.address}?${new URLSearchParams({ MerchantID: this.merchant, Len: text.length, Data: data })}`;
  }

  open(form) {
    const outer = new URLSearchParams(form);
    const bytes = this.cipher().decode(Buffer.from(outer.get('Data'), 'hex'), this.Blowfish.TYPE.UINT8_ARRAY);
    const text = Buffer.from(bytes).toString('latin1').substring(0, Number(outer.get('Len')));
    const pairs = {};
    for (const part of text.split('&')) {
      const at = part.indexOf('=');
      pairs[part.substring(0, at)] = part.substring(at + 1);
    }
    if (this.hmac(pairs.PayID, pairs.TransID, pairs.mid, pairs.Status, pairs.Code) !== pairs.MAC.trim()) return null;
    if (pairs.mid !== this.merchant || pairs.TransID !== this.trans_id) return null;
    return pairs.Status === 'OK' && pairs.Code === '00000000' ? pairs : null;
  }
}

/** What can be kept is kept: OpenSSL's key schedules, used by `update` alone, the HMAC's key, the head of the URL. */
class Best {
  constructor(given, pairs) {
    Object.assign(this, given, { pairs });
    this.encrypt = createCipheriv('bf-ecb', given.key, null).setAutoPadding(false);
    this.decrypt = createDecipheriv('bf-ecb', given.key, null).setAutoPadding(false);
    this.hmac_key = createSecretKey(Buffer.from(given.mac_key));
    this.head = `${given.address}?MerchantID=${encodeURIComponent(given.merchant)}&Len=`;
  }

  hmac(message) {
    return createHmac('sha256', this.hmac_key).update(message);
  }

  seal() {
    const { pairs } = this;
    const mac = this.hmac(`*${pairs.TransID}*${this.merchant}*${pairs.Amount}*${pairs.Currency}`);
    let text = '';
    for (const name in pairs) {
      const value = name === 'MAC' ? mac.digest('hex').toUpperCase() : pairs[name];
      text += text === '' ? `${name}=${value}` : `&${name}=${value}`;
    }
    const length = text.length;
    text += '\0'.repeat(-length & 7);
    return `${this.head}${length}&Data=${this.encrypt.update(text, 'latin1', 'hex')}`;
  }

  open(form) {
    const outer = {};
    for (const part of form.split('&')) {
      const at = part.indexOf('=');
      const value = part.slice(at + 1);
      outer[part.slice(0, at)] = /[%+]/.test(value) ? decodeURIComponent(value.replaceAll('+', ' ')) : value;
    }
    const text = this.decrypt.update(outer.Data, 'hex', 'latin1').slice(0, Number(outer.Len));
    const pairs = {};
    for (let start = 0; start < text.length; ) {
      const equals = text.indexOf('=', start);
      let end = text.indexOf('&', start);
      if (end < 0) end = text.length;
      pairs[text.slice(start, equals).toLowerCase()] = text.slice(equals + 1, end);
      start = end + 1;
    }
    const mac = this.hmac(`${pairs.payid}*${pairs.transid}*${pairs.mid}*${pairs.status}*${pairs.code}`).digest();
    const sent = Buffer.from(pairs.mac, 'hex');
    if (sent.length !== mac.length || !timingSafeEqual(sent, mac)) return null;
    if (pairs.mid !== this.merchant || pairs.transid !== this.trans_id) return null;
    return pairs.status === 'OK' && pairs.code === '00000000' ? pairs : null;
  }
}

async function blowfishPackage() {
  const installed = createRequire(pathToFileURL(join(process.env.PEERS_INSTALLED, 'none.js')));
  try {
    const { version } = installed('egoroof-blowfish/package.json');
    const { Blowfish } = await import(pathToFileURL(installed.resolve('egoroof-blowfish')));
    return { Blowfish, version };
  } catch {
    return null;
  }
}

async function start(given, pairs) {
  if (process.argv[2] === 'best') {
    console.log(`ready\tNode ${process.versions.node}, OpenSSL ${process.versions.openssl}`);
    return new Best(given, pairs);
  }
  const found = await blowfishPackage();
  if (!found) {
    console.log('missing\tegoroof-blowfish');
    return process.exit(0);
  }
  console.log(`ready\tNode ${process.versions.node}, egoroof-blowfish ${found.version}`);
  return new Plugin(given, pairs, found.Blowfish);
}

function check(way, given) {
  console.log(`url\t${way.seal()}`);
  for (const [name, value] of Object.entries(way.open(given.answer) ?? {})) console.log(`pair\t${name}\t${value}`);
  console.log(`forged\t${way.open(given.forged) ? 'taken' : 'refused'}`);
  console.log('end');
}

function lengthOfValues(pairs) {
  let length = 0;
  for (const name in pairs) length += pairs[name].length;
  return length;
}

const given = {};
const pairs = {};
let way;
for await (const line of createInterface({ input: process.stdin })) {
  if (!way) {
    const [name, ...values] = line.split('\t');
    if (name === 'go') way = await start(given, pairs);
    else if (name === 'pair') pairs[values[0]] = values[1];
    else given[name] = values[0];
    continue;
  }
  const [command, count] = line.split(' ');
  if (command === 'check') {
    check(way, given);
    continue;
  }
  let total = 0;
  const from = process.hrtime.bigint();
  if (command === 'seal') for (let i = 0; i < count; i++) total += way.seal().length;
  else for (let i = 0; i < count; i++) total += lengthOfValues(way.open(given.answer));
  console.log(`${process.hrtime.bigint() - from} ${total}`);
}
