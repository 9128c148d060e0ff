<?php
// The PHP peer: seals and opens with a Blowfish in PHP as Computop's sample does, with OpenSSL as a plugin does, or at
// its best.
//
// Started as `php peer.php sample`, `plugin` or `best`; what it reads and prints is in README.md.

declare(strict_types=1);

require __DIR__ . '/blowfish.php';

/** The key as it is: without the last flag PHP fills a key of less than 16 bytes up with zero bytes. */
const RAW = OPENSSL_RAW_DATA | OPENSSL_ZERO_PADDING | OPENSSL_DONT_ZERO_PAD_KEY;

/** Everything anew for each message: key schedule, HMAC, an array of pairs. */
abstract class Anew
{
    public function __construct(protected array $given, protected array $pairs)
    {
    }

    abstract protected function encrypt(string $padded): string;

    abstract protected function decrypt(string $data): string;

    private function mac(string ...$parts): string
    {
        return strtoupper(hash_hmac('sha256', implode('*', $parts), $this->given['mac_key']));
    }

    public function seal(): string
    {
        $pairs = $this->pairs;
        $merchant = $this->given['merchant'];
        $pairs['MAC'] = $this->mac('', $pairs['TransID'], $merchant, $pairs['Amount'], $pairs['Currency']);
        $parts = [];
        foreach ($pairs as $name => $value) {
            $parts[] = $name . '=' . iconv('UTF-8', 'ISO-8859-1', $value);
        }
        $text = implode('&', $parts);
        $length = strlen($text);
        while (strlen($text) % 8 !== 0) {
            $text .= "\0";
        }
        $data = bin2hex($this->encrypt($text));
        $outer = ['MerchantID' => $merchant, 'Len' => $length, 'Data' => $data];
        return $this->given['address'] . '?' . http_build_query($outer);
    }

    public function open(string $form): ?array
    {
        parse_str($form, $outer);
        $text = substr($this->decrypt(hex2bin($outer['Data'])), 0, (int) $outer['Len']);
        $pairs = [];
        foreach (explode('&', $text) as $part) {
            [$name, $value] = explode('=', $part, 2);
            $pairs[$name] = $value;
        }
        $mac = $this->mac($pairs['PayID'], $pairs['TransID'], $pairs['mid'], $pairs['Status'], $pairs['Code']);
        if ($mac !== trim($pairs['MAC'])) {
            return null;
        }
        if ($pairs['mid'] !== $this->given['merchant'] || $pairs['TransID'] !== $this->given['trans_id']) {
            return null;
        }
        return $pairs['Status'] === 'OK' && $pairs['Code'] === '00000000' ? $pairs : null;
    }
}

final class Sample extends Anew
{
    protected function encrypt(string $padded): string
    {
        return (new Blowfish($this->given['key']))->encrypt($padded);
    }

    protected function decrypt(string $data): string
    {
        return (new Blowfish($this->given['key']))->decrypt($data);
    }
}

final class Plugin extends Anew
{
    protected function encrypt(string $padded): string
    {
        return openssl_encrypt($padded, 'bf-ecb', $this->given['key'], RAW);
    }

    protected function decrypt(string $data): string
    {
        return openssl_decrypt($data, 'bf-ecb', $this->given['key'], RAW);
    }
}

/** What can be kept is kept: the HMAC with its key, the head of the URL. PHP keeps no key schedule of OpenSSL's. */
final class Best
{
    private HashContext $hmac;
    private string $key;
    private string $merchant;
    private string $transId;
    private string $head;

    public function __construct(array $given, private array $pairs)
    {
        $this->hmac = hash_init('sha256', HASH_HMAC, $given['mac_key']);
        $this->key = $given['key'];
        $this->merchant = $given['merchant'];
        $this->transId = $given['trans_id'];
        $this->head = $given['address'] . '?MerchantID=' . rawurlencode($given['merchant']) . '&Len=';
    }

    private function mac(string $message, bool $raw): string
    {
        $hmac = hash_copy($this->hmac);
        hash_update($hmac, $message);
        return hash_final($hmac, $raw);
    }

    public function seal(): string
    {
        $pairs = $this->pairs;
        $message = "*{$pairs['TransID']}*{$this->merchant}*{$pairs['Amount']}*{$pairs['Currency']}";
        $pairs['MAC'] = strtoupper($this->mac($message, false));
        $text = '';
        foreach ($pairs as $name => $value) {
            $text .= "&$name=$value";
        }
        $text = iconv('UTF-8', 'ISO-8859-1', substr($text, 1));
        $length = strlen($text);
        $text .= str_repeat("\0", -$length & 7);
        return $this->head . $length . '&Data=' . bin2hex(openssl_encrypt($text, 'bf-ecb', $this->key, RAW));
    }

    public function open(string $form): ?array
    {
        parse_str($form, $outer);
        $data = openssl_decrypt(hex2bin($outer['Data']), 'bf-ecb', $this->key, RAW);
        $pairs = [];
        foreach (explode('&', substr($data, 0, (int) $outer['Len'])) as $part) {
            $equals = strpos($part, '=');
            $pairs[strtolower(substr($part, 0, $equals))] = substr($part, $equals + 1);
        }
        ['payid' => $payId, 'transid' => $transId, 'mid' => $mid, 'status' => $status, 'code' => $code] = $pairs;
        $mac = $this->mac("$payId*$transId*$mid*$status*$code", true);
        if (!hash_equals($mac, hex2bin($pairs['mac'])) || $mid !== $this->merchant || $transId !== $this->transId) {
            return null;
        }
        return $status === 'OK' && $code === '00000000' ? $pairs : null;
    }
}

function check(object $way, array $given): void
{
    echo 'url', "\t", $way->seal(), "\n";
    foreach ($way->open($given['answer']) ?? [] as $name => $value) {
        echo "pair\t$name\t$value\n";
    }
    echo "forged\t", $way->open($given['forged']) === null ? 'refused' : 'taken', "\nend\n";
}

function time_of(object $way, string $command, int $count, string $answer): string
{
    $total = 0;
    $from = hrtime(true);
    if ($command === 'seal') {
        for ($i = 0; $i < $count; $i++) {
            $total += strlen($way->seal());
        }
    } else {
        for ($i = 0; $i < $count; $i++) {
            foreach ($way->open($answer) ?? [] as $value) {
                $total += strlen($value);
            }
        }
    }
    return hrtime(true) - $from . " $total\n";
}

$given = $pairs = [];
while (($line = rtrim(fgets(STDIN), "\n")) !== 'go') {
    $values = explode("\t", $line);
    if ($values[0] === 'pair') {
        $pairs[$values[1]] = $values[2];
    } else {
        $given[$values[0]] = $values[1];
    }
}
$name = $argv[1];
if ($name !== 'sample' && (!extension_loaded('openssl') || @openssl_encrypt('', 'bf-ecb', 'key', RAW) === false)) {
    exit("missing\tbf-ecb in PHP's OpenSSL\n");
}
Blowfish::$pi = array_map('hexdec', str_split($given['pi'], 8));
$way = match ($name) {
    'sample' => new Sample($given, $pairs),
    'plugin' => new Plugin($given, $pairs),
    'best' => new Best($given, $pairs),
};
echo "ready\tPHP ", PHP_VERSION, $name === 'sample' ? '' : ', ' . OPENSSL_VERSION_TEXT, "\n";
while (($line = fgets(STDIN)) !== false) {
    $words = explode(' ', rtrim($line));
    if ($words[0] === 'check') {
        check($way, $given);
    } else {
        echo time_of($way, $words[0], (int) $words[1], $given['answer']);
    }
}
