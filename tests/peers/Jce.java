// Seals the cases and reads our requests with Java's own providers; one JSON object a line.
// Java has no JSON: run.sh turns the cases and the requests into lines with tabs.

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

public class Jce {
    static final String MADE_BY = "Java JCE " + System.getProperty("java.version");
    static final Map<String, Charset> CHARSETS = Map.of("ascii", StandardCharsets.US_ASCII, "latin1",
            StandardCharsets.ISO_8859_1, "utf8", StandardCharsets.UTF_8);
    static final HexFormat HEX = HexFormat.of();
    // cipher, padding, case of the hex digits; the first of each cipher makes every case
    static final List<List<String>> VARIANTS = List.of(List.of("blowfish", "zero", "lower"),
            List.of("blowfish", "space", "upper"), List.of("blowfish", "pkcs", "upper"),
            List.of("aes", "pkcs", "lower"));

    static byte[] key(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] seal(String cipher, String padding, byte[] plaintext, byte[] key, byte[] iv) throws Exception {
        if (cipher.equals("aes")) {
            Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return aes.doFinal(plaintext);
        }
        boolean pkcs = padding.equals("pkcs");
        byte[] padded = plaintext;
        if (!pkcs) {
            padded = Arrays.copyOf(plaintext, (plaintext.length + 7) / 8 * 8);
            Arrays.fill(padded, plaintext.length, padded.length, (byte) (padding.equals("space") ? ' ' : 0));
        }
        Cipher blowfish = Cipher.getInstance(pkcs ? "Blowfish/ECB/PKCS5Padding" : "Blowfish/ECB/NoPadding");
        blowfish.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "Blowfish"));
        return blowfish.doFinal(padded);
    }

    public static void main(String[] files) throws Exception {
        String[] keys = Files.readString(Path.of(files[0])).strip().split("\t");
        Mac hmac = Mac.getInstance("HmacSHA256");
        hmac.init(new SecretKeySpec(key(keys[2]), "HmacSHA256"));
        for (int number = 0; number < VARIANTS.size(); number++) {
            String cipher = VARIANTS.get(number).get(0);
            String padding = VARIANTS.get(number).get(1);
            String digits = VARIANTS.get(number).get(2);
            boolean all = number == 0 || cipher.equals("aes");
            for (String line : Files.readAllLines(Path.of(files[1]))) {
                // id, every, charset, unit of Len, input of the MAC, text
                String[] one = line.split("\t");
                if (!all && !one[1].equals("true")) {
                    continue;
                }
                String mac = HEX.formatHex(hmac.doFinal(one[4].getBytes(StandardCharsets.US_ASCII)));
                String text = one[5].replace("{MAC}", cased(digits, mac));
                byte[] plaintext = text.getBytes(CHARSETS.get(one[2]));
                int len = switch (one[3]) {
                    case "bytes" -> plaintext.length;
                    case "chars" -> text.codePointCount(0, text.length());
                    default -> text.length();
                };
                String id = "jce/" + cipher + "-" + padding + "-" + digits + "/" + one[0];
                byte[] iv = MessageDigest.getInstance("MD5").digest(id.getBytes(StandardCharsets.US_ASCII));
                byte[] sealed = seal(cipher, padding, plaintext, key(keys[cipher.equals("aes") ? 1 : 0]), iv);
                String data = (cipher.equals("aes") ? HEX.formatHex(iv) + "-" : "") + HEX.formatHex(sealed);
                System.out.printf("{\"id\": \"%s\", \"case\": \"%s\", \"made_by\": \"%s\", \"cipher\": \"%s\", "
                        + "\"padding\": \"%s\", \"hex\": \"%s\", \"len\": %d, \"data\": \"%s\", "
                        + "\"plaintext_hex\": \"%s\"}%n", id, one[0], MADE_BY, cipher, padding, digits, len,
                        cased(digits, data), HEX.formatHex(plaintext));
            }
        }
        for (String line : Files.readAllLines(Path.of(files[2]))) {
            // id, unit of Len, Len, Data
            String[] one = line.split("\t");
            Cipher blowfish = Cipher.getInstance("Blowfish/ECB/NoPadding");
            blowfish.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key(keys[0]), "Blowfish"));
            byte[] blocks = blowfish.doFinal(HEX.parseHex(one[3]));
            int len = Integer.parseInt(one[2]);
            byte[] plaintext = Arrays.copyOf(blocks, Math.min(len, blocks.length));
            if (one[1].equals("chars")) {
                String text = new String(blocks, StandardCharsets.UTF_8);
                plaintext = text.substring(0, text.offsetByCodePoints(0, len)).getBytes(StandardCharsets.UTF_8);
            }
            System.out.printf("{\"request\": \"%s\", \"by\": \"%s\", \"plaintext_hex\": \"%s\"}%n", one[0], MADE_BY,
                    HEX.formatHex(plaintext));
        }
    }

    static String cased(String digits, String text) {
        return digits.equals("upper") ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
    }
}
