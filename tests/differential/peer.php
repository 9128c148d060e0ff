<?php
// The peer in PHP: openssl_encrypt and hash_hmac. Started as `php peer.php`; what it reads and prints is in README.md.

declare(strict_types=1);

const SIGNED = [
    'request' => ['payid', 'transid', 'merchantid', 'amount', 'currency'],
    'answer' => ['payid', 'transid', 'mid', 'status', 'code'],
];
const BLOCK = ['blowfish' => 8, 'aes' => 16];
const MAC_HERE = "\x01";
/** The key as it is: without the last flag PHP fills a key of less than 16 bytes up with zero bytes. */
const RAW = OPENSSL_RAW_DATA | OPENSSL_ZERO_PADDING | OPENSSL_DONT_ZERO_PAD_KEY;

function method(string $cipher, string $key): string
{
    return $cipher === 'aes' ? 'aes-' . 8 * strlen($key) . '-cbc' : 'bf-ecb';
}

/** The bytes, or null where the text is no hex. */
function unhex(string $text): ?string
{
    $is_hex = strlen($text) % 2 === 0 && ($text === '' || ctype_xdigit($text));
    return $is_hex ? hex2bin($text) : null;
}

/** Data without hex and encryption, or null where it is no ciphertext. */
function blocks_of(string $cipher, string $key, string $data): ?string
{
    $iv = '';
    if ($cipher === 'aes') {
        [$head, $data] = explode('-', $data, 2) + [1 => null];
        $iv = unhex($head);
        if ($data === null || $iv === null || strlen($iv) !== 16) {
            return null;
        }
    }
    $sealed = unhex($data);
    if ($sealed === null || strlen($sealed) % BLOCK[$cipher] !== 0) {
        return null;
    }
    return $sealed === '' ? '' : openssl_decrypt($sealed, method($cipher, $key), $key, RAW, $iv);
}

function cut(string $blocks, int $length, string $unit): string
{
    if ($unit === 'bytes') {
        return substr($blocks, 0, $length);
    }
    return implode('', array_slice(preg_split('//u', $blocks, -1, PREG_SPLIT_NO_EMPTY), 0, $length));
}

/** The first value of each name counts. */
function pairs_of(string $text): array
{
    $pairs = [];
    foreach (explode('&', $text) as $part) {
        [$name, $value] = explode('=', $part, 2) + [1 => ''];
        $pairs[strtolower($name)] ??= $value;
    }
    $pairs['mid'] ??= $pairs['merchantid'] ?? '';
    return $pairs;
}

function mac_of(string $mac_key, array $pairs, string $signed): string
{
    $values = array_map(fn (string $name): string => $pairs[$name] ?? '', SIGNED[$signed]);
    return hash_hmac('sha256', implode('*', $values), $mac_key);
}

/** Zeros or blanks up to whole blocks, or PKCS; or a block of PKCS behind zeros. */
function padded(string $text, string $padding, int $block): string
{
    if ($padding !== 'pkcs') {
        $missing = ($block - strlen($text) % $block) % $block;
        $text .= str_repeat($padding === 'blanks' ? ' ' : "\0", $missing);
    }
    if (str_contains($padding, 'pkcs')) {
        $run = $block - strlen($text) % $block;
        $text .= str_repeat(chr($run), $run);
    }
    return $text;
}

function read(string $verb, string $cipher, string $key, string $mac_key, string $unit, string $len, string $data): string
{
    $blocks = blocks_of($cipher, $key, $data);
    if ($blocks === null) {
        return "\tfails";
    }
    $text = cut($blocks, (int) $len, $unit);
    $pairs = pairs_of($text);
    $claimed = strtolower(trim($pairs['mac'] ?? '', " \t\r\n"));
    $holds = hash_equals(mac_of($mac_key, $pairs, $verb), $claimed);
    return bin2hex($text) . "\t" . ($holds ? 'holds' : 'fails');
}

function sealed(
    string $verb,
    string $cipher,
    string $key,
    string $mac_key,
    string $iv,
    string $padding,
    string $digits,
    string $text
): string {
    [$iv, $text] = [hex2bin($iv), hex2bin($text)];
    $cased = $digits === 'upper' ? strtoupper(...) : fn (string $hex): string => $hex;
    if ($verb === 'seal') {
        $text = str_replace(MAC_HERE, $cased(mac_of($mac_key, pairs_of($text), 'answer')), $text);
    }
    $blocks = padded($text, $padding, BLOCK[$cipher]);
    $data = bin2hex(openssl_encrypt($blocks, method($cipher, $key), $key, RAW, $iv));
    return strlen($text) . "\t" . $cased($cipher === 'aes' ? bin2hex($iv) . "-$data" : $data);
}

if (!extension_loaded('openssl') || @openssl_encrypt('8 bytes.', 'bf-ecb', 'key', RAW) === false) {
    fwrite(STDERR, "PHP's OpenSSL has no bf-ecb\n");
    exit(1);
}
echo 'PHP ', PHP_VERSION, ' built for ', OPENSSL_VERSION_TEXT, "\n";
while (($line = fgets(STDIN)) !== false) {
    [$verb, $cipher, $key, $mac_key] = $fields = explode("\t", rtrim($line, "\n"));
    [$key, $mac_key, $rest] = [hex2bin($key), hex2bin($mac_key), array_slice($fields, 4)];
    echo match ($verb) {
        'bytes' => bin2hex(substr(blocks_of($cipher, $key, $rest[1]), 0, (int) $rest[0])),
        'request', 'answer' => read($verb, $cipher, $key, $mac_key, ...$rest),
        'encrypt', 'seal' => sealed($verb, $cipher, $key, $mac_key, ...$rest),
    }, "\n";
}
