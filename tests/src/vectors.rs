//! `computop.json`: what eleven implementations of the wire format computed.

use crate::hex_bytes;
use paygate_crypto::LenUnit;
use serde::Deserialize;

/// The file. Fields that no test looks at are passed over.
#[derive(Debug, Deserialize)]
pub struct Vectors {
    /// Who computed.
    pub implementations: Vec<Implementation>,
    /// Published in documentation or in the tests of an implementation.
    pub official_vectors: Vec<Official>,
    /// Ciphertexts of all implementations, for pairs of key and text.
    pub blowfish_encrypt: Vec<Encrypted>,
    /// Ciphertexts of texts padded with blanks.
    pub space_padded: Vec<SpacePadded>,
    /// Ciphertexts with a `Len` each, in every padding.
    pub decrypt_matrix: Vec<Decryptable>,
    /// MACs.
    pub mac: Vec<MacCase>,
    /// AES `Data`.
    pub aes: Vec<AesCase>,
}

/// An implementation.
#[derive(Debug, Deserialize)]
pub struct Implementation {
    /// Repository or package.
    pub name: String,
}

/// A published `Data`.
#[derive(Debug, Deserialize)]
pub struct Official {
    /// Name of the case.
    pub id: String,
    /// The encryption password.
    #[serde(rename = "key_hex", with = "hex_bytes")]
    pub key: Vec<u8>,
    /// The text.
    #[serde(rename = "plaintext_utf8")]
    pub plaintext: String,
    /// Its length in bytes.
    pub len: usize,
    /// Hex digits of the ciphertext.
    #[serde(rename = "data_hex_lower")]
    pub data: String,
    /// In words; `zero` where ours is the same.
    pub padding: String,
}

/// A text and a key, and what each implementation made of them.
#[derive(Debug, Deserialize)]
pub struct Encrypted {
    /// Name of the case.
    pub id: String,
    /// The encryption password.
    #[serde(rename = "key_hex", with = "hex_bytes")]
    pub key: Vec<u8>,
    /// The text.
    #[serde(rename = "plaintext_hex", with = "hex_bytes")]
    pub plaintext: Vec<u8>,
    /// What came out, one entry for all implementations that agree.
    pub outputs: Vec<Output>,
}

/// What some implementations made of a text.
#[derive(Debug, Deserialize)]
pub struct Output {
    /// Their `Len` and `Data`, unless they failed.
    #[serde(flatten)]
    pub sealed: Option<Sealed>,
    /// Their error, if they failed.
    pub error: Option<String>,
    /// Who.
    pub produced_by: Vec<String>,
}

/// `Len`, `Data` and the padding inside.
#[derive(Debug, Deserialize)]
pub struct Sealed {
    /// Counted as the implementation counts.
    pub len: usize,
    /// Hex digits of the ciphertext.
    #[serde(rename = "data_hex_lower")]
    pub data: String,
    /// In words; several where they come to the same.
    pub padding: Vec<String>,
}

impl Sealed {
    /// Whether the last block is filled with zeros and none is added, as ours.
    #[must_use]
    pub fn is_zero_padded(&self) -> bool {
        self.padding.iter().any(|padding| padding.starts_with("zero (none when"))
    }
}

/// A text padded with blanks.
#[derive(Debug, Deserialize)]
pub struct SpacePadded {
    /// Name of the case.
    pub id: String,
    /// The encryption password.
    #[serde(rename = "key_hex", with = "hex_bytes")]
    pub key: Vec<u8>,
    /// The text.
    #[serde(rename = "plaintext_hex", with = "hex_bytes")]
    pub plaintext: Vec<u8>,
    /// Its length in bytes.
    #[serde(rename = "len_bytes")]
    pub len: usize,
    /// Hex digits of the ciphertext.
    #[serde(rename = "data_hex_lower")]
    pub data: String,
}

/// A ciphertext and a `Len`.
#[derive(Debug, Deserialize)]
pub struct Decryptable {
    /// Name of the case.
    pub id: String,
    /// The encryption password.
    #[serde(rename = "key_hex", with = "hex_bytes")]
    pub key: Vec<u8>,
    /// Hex digits of the ciphertext.
    #[serde(rename = "data_hex")]
    pub data: String,
    /// `Len` as it was sent.
    pub len: usize,
    /// `chars`, `bytes`, or a number where `Len` is wrong.
    pub len_counts: String,
    /// The text.
    #[serde(rename = "expected_plaintext_hex", with = "hex_bytes")]
    pub plaintext: Vec<u8>,
}

/// A MAC; the fields that its kind does not have are empty.
#[derive(Debug, Deserialize)]
pub struct MacCase {
    /// Name of the case.
    pub id: String,
    /// `request` or `response`.
    pub kind: String,
    /// The HMAC password.
    #[serde(rename = "hmac_key_hex", with = "hex_bytes")]
    pub key: Vec<u8>,
    /// `PayID`.
    #[serde(rename = "PayID")]
    pub pay_id: String,
    /// `TransID`.
    #[serde(rename = "TransID")]
    pub trans_id: String,
    /// `MerchantID`, or `mid`.
    #[serde(rename = "MerchantID")]
    pub merchant_id: String,
    /// `Amount` of a request.
    #[serde(rename = "Amount", default)]
    pub amount: String,
    /// `Currency` of a request.
    #[serde(rename = "Currency", default)]
    pub currency: String,
    /// `Status` of an answer.
    #[serde(rename = "Status", default)]
    pub status: String,
    /// `Code` of an answer.
    #[serde(rename = "Code", default)]
    pub code: String,
    /// The MAC.
    #[serde(rename = "mac_hex_lower")]
    pub mac: String,
}

/// AES `Data` of one implementation.
#[derive(Debug, Deserialize)]
pub struct AesCase {
    /// Name of the case; several implementations share one.
    pub id: String,
    /// Who.
    pub produced_by: String,
    /// The encryption password.
    #[serde(rename = "key_hex", with = "hex_bytes")]
    pub key: Vec<u8>,
    /// The text.
    #[serde(rename = "plaintext_hex", with = "hex_bytes")]
    pub plaintext: Vec<u8>,
    /// `Len` and `Data`, unless it failed.
    #[serde(flatten)]
    pub sealed: Option<AesSealed>,
    /// Its error, if it failed.
    pub error: Option<String>,
}

/// `Len` and AES `Data`.
#[derive(Debug, Deserialize)]
pub struct AesSealed {
    /// Counted as the implementation counts.
    pub len: usize,
    /// The IV, `-`, the ciphertext.
    pub data: String,
}

/// Reads the file.
///
/// # Panics
///
/// If it is not there or does not have this form.
#[must_use]
pub fn load() -> Vectors {
    crate::json("computop.json")
}

/// What a sender's `Len` of this text counts.
#[must_use]
pub fn unit_of(len: usize, text: &[u8]) -> LenUnit {
    let chars = str::from_utf8(text).ok().map(|text| text.chars().count());
    if len == text.len() {
        LenUnit::Bytes
    } else if chars == Some(len) {
        LenUnit::Chars
    } else {
        LenUnit::Utf16
    }
}
