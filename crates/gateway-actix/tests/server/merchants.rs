//! Several merchants behind the same URLs.

use crate::client::{FORM, post};
use crate::forms::merchant_like_the_tests;
use crate::shop::{Shop, attempt};
use paygate::testing::{self, Callback};
use paygate::{EncryptionKey, KeyPair, KeyRing, MacKey, Merchant, MerchantId, Merchants};

fn paid(merchant: &Merchant) -> Vec<u8> {
    let expected = testing::expected(merchant, "order-1", 1999);
    post("/notify", FORM, Callback::paid(&expected).form(merchant).unwrap())
}

#[test]
fn a_callback_finds_its_merchant_and_pays_no_equal_trans_id_of_another() {
    let same_keys = merchant_like_the_tests(MerchantId::from_static("shop_b"));
    let pair = KeyPair::new(
        EncryptionKey::blowfish_from_text("password-of-c").unwrap(),
        MacKey::from_text("mac-of-c").unwrap(),
    );
    let other_keys = Merchant::new(MerchantId::from_static("shop_c"), KeyRing::new(pair));
    let shop = Shop::of(Merchants::new(same_keys.clone()).with(other_keys.clone()).with(testing::merchant()));
    // The handler binds to the attempt of `testing::merchant()`.
    for (merchant, outcome) in [(&testing::merchant(), "paid"), (&same_keys, "mid"), (&other_keys, "mid")] {
        let seen = shop.seen(&paid(merchant), 200);
        assert_eq!((seen.mid.as_str(), seen.outcome), (merchant.id().as_str(), outcome));
        assert_eq!(seen.trans_id, attempt().attempt().trans_id().as_str());
    }
}

#[test]
fn a_stranger_with_the_same_keys_is_kept_for_a_person() {
    let shop = Shop::open();
    let stranger = merchant_like_the_tests(MerchantId::from_static("stranger"));
    assert_eq!(shop.send(&paid(&stranger)).status, 200);
    assert_eq!(shop.kind(), "other-merchant");
    assert_eq!(shop.notes.inapplicable.lock().unwrap()[0].signed().mid(), stranger.id());
}
