<?php
// Blowfish in plain PHP, as one writes it from Schneier's description, with the key schedule made in the constructor.

declare(strict_types=1);

final class Blowfish
{
    /** The fraction of π in words of 32 bits: the P-array, then the S-boxes. */
    public static array $pi;

    private array $p;
    private array $s;

    public function __construct(string $key)
    {
        $this->p = array_slice(self::$pi, 0, 18);
        $this->s = array_chunk(array_slice(self::$pi, 18, 1024), 256);
        $at = 0;
        for ($i = 0; $i < 18; $i++) {
            $word = 0;
            for ($j = 0; $j < 4; $j++) {
                $word = ($word << 8) | ord($key[$at]);
                $at = ($at + 1) % strlen($key);
            }
            $this->p[$i] ^= $word;
        }
        $left = $right = 0;
        for ($i = 0; $i < 18; $i += 2) {
            [$left, $right] = $this->rounds($left, $right, $this->p);
            $this->p[$i] = $left;
            $this->p[$i + 1] = $right;
        }
        for ($box = 0; $box < 4; $box++) {
            for ($i = 0; $i < 256; $i += 2) {
                [$left, $right] = $this->rounds($left, $right, $this->p);
                $this->s[$box][$i] = $left;
                $this->s[$box][$i + 1] = $right;
            }
        }
    }

    public function encrypt(string $text): string
    {
        return $this->blocks($text, $this->p);
    }

    public function decrypt(string $data): string
    {
        return $this->blocks($data, array_reverse($this->p));
    }

    private function blocks(string $text, array $p): string
    {
        $result = '';
        foreach (str_split($text, 8) as $block) {
            ['l' => $left, 'r' => $right] = unpack('Nl/Nr', $block);
            [$left, $right] = $this->rounds($left, $right, $p);
            $result .= pack('NN', $left, $right);
        }
        return $result;
    }

    private function rounds(int $left, int $right, array $p): array
    {
        for ($i = 0; $i < 16; $i++) {
            $left ^= $p[$i];
            $right ^= $this->f($left);
            [$left, $right] = [$right, $left];
        }
        return [$right ^ $p[17], $left ^ $p[16]];
    }

    private function f(int $x): int
    {
        $sum = $this->s[0][$x >> 24] + $this->s[1][$x >> 16 & 0xff] & 0xffffffff;
        return ($sum ^ $this->s[2][$x >> 8 & 0xff]) + $this->s[3][$x & 0xff] & 0xffffffff;
    }
}
