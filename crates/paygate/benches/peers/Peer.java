// The Java peer: seals and opens with the JDK's own Blowfish, as a plugin does or at its best.
//
// Started as `java Peer.java plugin` or `best`; what it reads and prints is in README.md.

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class Peer {
    interface Way {
        String seal() throws GeneralSecurityException;

        /** The pairs of a paid answer, or null. */
        Map<String, String> open(String form) throws GeneralSecurityException;
    }

    /** Everything anew for each message: cipher, HMAC, a map of strings. */
    record Plugin(Map<String, String> given, Map<String, String> pairs) implements Way {
        private byte[] blowfish(int mode, byte[] bytes) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("Blowfish/ECB/NoPadding");
            cipher.init(mode, new SecretKeySpec(given.get("key").getBytes(UTF_8), "Blowfish"));
            return cipher.doFinal(bytes);
        }

        private String mac(String... parts) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(given.get("mac_key").getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().withUpperCase().formatHex(mac.doFinal(String.join("*", parts).getBytes(UTF_8)));
        }

        @Override
        public String seal() throws GeneralSecurityException {
            String merchant = given.get("merchant");
            Map<String, String> all = new LinkedHashMap<>(pairs);
            all.put("MAC", mac("", all.get("TransID"), merchant, all.get("Amount"), all.get("Currency")));
            StringBuilder text = new StringBuilder();
            for (Map.Entry<String, String> pair : all.entrySet()) {
                text.append(text.length() == 0 ? "" : "&").append(pair.getKey()).append("=").append(pair.getValue());
            }
            byte[] bytes = text.toString().getBytes(ISO_8859_1);
            byte[] padded = Arrays.copyOf(bytes, (bytes.length + 7) / 8 * 8);
            String data = HexFormat.of().withUpperCase().formatHex(blowfish(Cipher.ENCRYPT_MODE, padded));
            return given.get("address") + "?MerchantID=" + URLEncoder.encode(merchant, UTF_8) + "&Len=" + bytes.length
                + "&Data=" + data;
        }

        @Override
        public Map<String, String> open(String form) throws GeneralSecurityException {
            Map<String, String> outer = new HashMap<>();
            for (String part : form.split("&")) {
                String[] pair = part.split("=", 2);
                outer.put(pair[0], URLDecoder.decode(pair[1], UTF_8));
            }
            byte[] bytes = blowfish(Cipher.DECRYPT_MODE, HexFormat.of().parseHex(outer.get("Data")));
            String text = new String(bytes, 0, Integer.parseInt(outer.get("Len")), ISO_8859_1);
            Map<String, String> read = new HashMap<>();
            for (String part : text.split("&")) {
                String[] pair = part.split("=", 2);
                read.put(pair[0], pair[1]);
            }
            String trans = read.get("TransID");
            String mac = mac(read.get("PayID"), trans, read.get("mid"), read.get("Status"), read.get("Code"));
            if (!mac.equals(read.get("MAC").trim())) {
                return null;
            }
            if (!read.get("mid").equals(given.get("merchant")) || !trans.equals(given.get("trans_id"))) {
                return null;
            }
            return read.get("Status").equals("OK") && read.get("Code").equals("00000000") ? read : null;
        }
    }

    /** What can be kept is kept: ciphers and HMAC with their keys, the head of the URL; hex by tables. */
    static final class Best implements Way {
        private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(ISO_8859_1);
        private static final byte[] VALUES = new byte[256];

        static {
            Arrays.fill(VALUES, (byte) -1);
            for (int value = 0; value < 16; value++) {
                VALUES[Character.toUpperCase(Character.forDigit(value, 16))] = (byte) value;
                VALUES[Character.forDigit(value, 16)] = (byte) value;
            }
        }

        private final Map<String, String> pairs;
        private final String merchant;
        private final String transId;
        private final String head;
        private final Cipher encrypt = Cipher.getInstance("Blowfish/ECB/NoPadding");
        private final Cipher decrypt = Cipher.getInstance("Blowfish/ECB/NoPadding");
        private final Mac mac = Mac.getInstance("HmacSHA256");

        Best(Map<String, String> given, Map<String, String> pairs) throws GeneralSecurityException {
            this.pairs = pairs;
            merchant = given.get("merchant");
            transId = given.get("trans_id");
            head = given.get("address") + "?MerchantID=" + URLEncoder.encode(merchant, UTF_8) + "&Len=";
            SecretKeySpec key = new SecretKeySpec(given.get("key").getBytes(UTF_8), "Blowfish");
            encrypt.init(Cipher.ENCRYPT_MODE, key);
            decrypt.init(Cipher.DECRYPT_MODE, key);
            mac.init(new SecretKeySpec(given.get("mac_key").getBytes(UTF_8), "HmacSHA256"));
        }

        private static String hex(byte[] bytes) {
            byte[] text = new byte[bytes.length * 2];
            for (int i = 0; i < bytes.length; i++) {
                text[2 * i] = DIGITS[bytes[i] >> 4 & 15];
                text[2 * i + 1] = DIGITS[bytes[i] & 15];
            }
            return new String(text, ISO_8859_1);
        }

        private static byte[] fromHex(String text) {
            byte[] digits = text.getBytes(ISO_8859_1);
            byte[] bytes = new byte[digits.length / 2];
            int bad = digits.length & 1;
            for (int i = 0; i < bytes.length; i++) {
                int value = VALUES[digits[2 * i] & 255] << 4 | VALUES[digits[2 * i + 1] & 255];
                bad |= value & ~255;
                bytes[i] = (byte) value;
            }
            if (bad != 0) {
                throw new IllegalArgumentException("no hex");
            }
            return bytes;
        }

        @Override
        public String seal() throws GeneralSecurityException {
            String message = "*" + pairs.get("TransID") + "*" + merchant + "*" + pairs.get("Amount") + "*"
                + pairs.get("Currency");
            String signed = hex(mac.doFinal(message.getBytes(ISO_8859_1)));
            StringBuilder text = new StringBuilder(1024);
            for (Map.Entry<String, String> pair : pairs.entrySet()) {
                String name = pair.getKey();
                text.append(name).append('=').append(name.equals("MAC") ? signed : pair.getValue()).append('&');
            }
            int length = text.length() - 1;
            text.setLength(length);
            text.setLength(length + 7 & ~7);
            String data = hex(encrypt.doFinal(text.toString().getBytes(ISO_8859_1)));
            return head + length + "&Data=" + data;
        }

        @Override
        public Map<String, String> open(String form) throws GeneralSecurityException {
            Map<String, String> outer = split(form, false);
            byte[] bytes = decrypt.doFinal(fromHex(unescaped(outer.get("Data"))));
            int length = Integer.parseInt(unescaped(outer.get("Len")));
            Map<String, String> read = split(new String(bytes, 0, length, ISO_8859_1), true);
            String mid = read.get("mid");
            String trans = read.get("transid");
            String status = read.get("status");
            String code = read.get("code");
            String message = read.get("payid") + "*" + trans + "*" + mid + "*" + status + "*" + code;
            byte[] holds = mac.doFinal(message.getBytes(ISO_8859_1));
            if (!MessageDigest.isEqual(holds, fromHex(read.get("mac")))) {
                return null;
            }
            if (!mid.equals(merchant) || !trans.equals(transId)) {
                return null;
            }
            return status.equals("OK") && code.equals("00000000") ? read : null;
        }

        private static Map<String, String> split(String text, boolean lowerCase) {
            Map<String, String> pairs = new HashMap<>(64);
            for (int start = 0; start < text.length();) {
                int end = text.indexOf('&', start);
                end = end < 0 ? text.length() : end;
                int equals = text.indexOf('=', start);
                String name = text.substring(start, equals);
                pairs.put(lowerCase ? name.toLowerCase(java.util.Locale.ROOT) : name, text.substring(equals + 1, end));
                start = end + 1;
            }
            return pairs;
        }

        private static String unescaped(String value) {
            boolean escaped = value.indexOf('%') >= 0 || value.indexOf('+') >= 0;
            return escaped ? URLDecoder.decode(value, UTF_8) : value;
        }
    }

    private static long lengthOfValues(Map<String, String> read) {
        long length = 0;
        if (read != null) {
            for (String value : read.values()) {
                length += value.length();
            }
        }
        return length;
    }

    private static long seal(Way way, int count) throws GeneralSecurityException {
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += way.seal().length();
        }
        return total;
    }

    private static long open(Way way, String answer, int count) throws GeneralSecurityException {
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += lengthOfValues(way.open(answer));
        }
        return total;
    }

    private static void check(Way way, Map<String, String> given, PrintStream out) throws GeneralSecurityException {
        out.println("url\t" + way.seal());
        Map<String, String> read = way.open(given.get("answer"));
        if (read != null) {
            read.forEach((name, value) -> out.println("pair\t" + name + "\t" + value));
        }
        out.println("forged\t" + (way.open(given.get("forged")) == null ? "refused" : "taken"));
        out.println("end");
    }

    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        Map<String, String> given = new HashMap<>();
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String line = in.readLine(); !line.equals("go"); line = in.readLine()) {
            String[] values = line.split("\t", -1);
            if (values[0].equals("pair")) {
                pairs.put(values[1], values[2]);
            } else {
                given.put(values[0], values[1]);
            }
        }
        Way way = arguments[0].equals("best") ? new Best(given, pairs) : new Plugin(given, pairs);
        out.println("ready\tJava " + System.getProperty("java.version"));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("check")) {
                check(way, given, out);
                continue;
            }
            int count = Integer.parseInt(words[1]);
            long start = System.nanoTime();
            long total = words[0].equals("seal") ? seal(way, count) : open(way, given.get("answer"), count);
            out.println(System.nanoTime() - start + " " + total);
        }
    }
}
