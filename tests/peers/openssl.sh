#!/usr/bin/env bash
# Seals the cases and reads our requests with the openssl command; one JSON object a line.
# openssl.sh KEYS CASES REQUESTS: files of lines with tabs, made by run.sh.
set -euo pipefail
export LC_ALL=C.UTF-8

made_by=$(openssl version | awk '{ print "OpenSSL", $2 }')
hex() { od -An -v -tx1 | tr -d ' \n'; }
cased() { if [ "$1" = upper ]; then tr a-f A-F; else cat; fi; }
IFS=$'\t' read -r blowfish aes mac <"$1"
blowfish=$(printf %s "$blowfish" | hex)
aes=$(printf %s "$aes" | hex)
mac=$(printf %s "$mac" | hex)
legacy=(-provider legacy -provider default)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# seal VARIANT ALL: cipher-padding-digits
seal() {
    local cipher padding digits block id every charset unit input text tag size len iv data
    IFS=- read -r cipher padding digits <<<"$1"
    [ "$cipher" = aes ] && block=16 || block=8
    while IFS=$'\t' read -r id every charset unit input text; do
        [ "$2" = all ] || [ "$every" = true ] || continue
        tag=$(printf %s "$input" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$mac" -r | cut -c1-64 | cased "$digits")
        text=${text/'{MAC}'/$tag}
        case $charset in
            latin1) printf %s "$text" | iconv -f UTF-8 -t ISO-8859-1 ;;
            *) printf %s "$text" ;;
        esac >"$scratch/text"
        size=$(wc -c <"$scratch/text")
        case $unit in
            bytes) len=$size ;;
            chars) len=${#text} ;;
            utf16) len=$(($(printf %s "$text" | iconv -f UTF-8 -t UTF-16LE | wc -c) / 2)) ;;
        esac
        cp "$scratch/text" "$scratch/padded"
        case $padding in zero*) truncate -s "%$block" "$scratch/padded" ;; esac
        pad=()
        case $padding in *pkcs) ;; *) pad=(-nopad) ;; esac
        iv=$(printf %s "openssl/$1/$id" | openssl dgst -md5 -r | cut -c1-32)
        if [ "$cipher" = aes ]; then
            data=$iv-$(openssl enc -aes-128-cbc -K "$aes" -iv "$iv" "${pad[@]}" -in "$scratch/padded" | hex)
        else
            data=$(openssl enc -bf-ecb "${legacy[@]}" -K "$blowfish" "${pad[@]}" -in "$scratch/padded" | hex)
        fi
        printf '{"id": "openssl/%s/%s", "case": "%s", "made_by": "%s", "cipher": "%s", "padding": "%s", "hex": "%s", "len": %d, "data": "%s", "plaintext_hex": "%s"}\n' \
            "$1" "$id" "$id" "$made_by" "$cipher" "$padding" "$digits" "$len" "$(printf %s "$data" | cased "$digits")" "$(hex <"$scratch/text")"
    done <"$cases"
}

cases=$2
seal blowfish-zero+pkcs-lower all
seal blowfish-zero-upper some
seal aes-pkcs-upper all
seal aes-zero+pkcs-lower some

while IFS=$'\t' read -r id unit len data; do
    printf %s "$data" | xxd -r -p |
        openssl enc -d -bf-ecb "${legacy[@]}" -K "$blowfish" -nopad >"$scratch/blocks"
    if [ "$unit" = chars ]; then
        text=$(tr -d '\0' <"$scratch/blocks")
        printf %s "${text:0:len}"
    else
        head -c "$len" "$scratch/blocks"
    fi >"$scratch/text"
    printf '{"request": "%s", "by": "%s", "plaintext_hex": "%s"}\n' "$id" "$made_by" "$(hex <"$scratch/text")"
done <"$3"
