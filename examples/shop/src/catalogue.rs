//! What is sold, and for how much: a price list for each currency.

use crate::security::secret;
use crate::store::{CartLine, Item};
use paygate::{Currency, Money};

/// A tea.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    /// Its name for programs.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What it is like.
    pub about: &'static str,
    /// In euro cents.
    cents: u64,
    /// In pence.
    pence: u64,
}

/// The currencies that the shop has prices in.
pub const CURRENCIES: [Currency; 2] = [Currency::EUR, Currency::GBP];

/// All products.
pub const PRODUCTS: [Product; 4] = [
    Product {
        id: "earl-grey",
        name: "Earl Grey",
        about: "Black tea with bergamot, 100 g",
        cents: 950,
        pence: 820,
    },
    Product {
        id: "sencha",
        name: "Sencha",
        about: "Green tea from Shizuoka, 100 g",
        cents: 1290,
        pence: 1110,
    },
    Product {
        id: "rooibos",
        name: "Rooibos",
        about: "Red bush from the Cederberg, 200 g",
        cents: 780,
        pence: 680,
    },
    Product { id: "teapot", name: "Teapot", about: "White porcelain, 0.9 l", cents: 3490, pence: 2990 },
];

impl Product {
    /// The product of this name.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        PRODUCTS.iter().find(|product| product.id == id)
    }

    /// What it costs; `None` in a currency that the shop has no prices in.
    #[must_use]
    pub fn price(&self, currency: Currency) -> Option<Money> {
        let units = match currency {
            Currency::EUR => self.cents,
            Currency::GBP => self.pence,
            _ => return None,
        };
        Money::new(units, currency).ok()
    }
}

/// The lines of a cart with today's names and prices, and their sum. What is no longer sold is left out; `None` where
/// nothing is left, or the sum is too large for a payment.
#[must_use]
pub fn priced(cart: &[CartLine], currency: Currency) -> Option<(Vec<Item>, Money)> {
    let mut items = Vec::new();
    let mut sum: u64 = 0;
    for line in cart {
        let Some(product) = Product::named(&line.product) else { continue };
        let price = product.price(currency)?.amount().units();
        sum = sum.checked_add(price.checked_mul(u64::from(line.quantity))?)?;
        items.push(Item {
            product: product.id.to_owned(),
            name: product.name.to_owned(),
            quantity: line.quantity,
            price,
        });
    }
    let sum = Money::new(sum, currency).ok()?;
    (!items.is_empty()).then_some((items, sum))
}

/// What a page shows of a cart: products, quantities and today's prices. Two that are the same cost the same.
#[must_use]
pub fn digest(cart: &[CartLine]) -> String {
    let priced = CURRENCIES.into_iter().filter_map(|currency| Some((currency, priced(cart, currency)?)));
    let shown: Vec<_> = priced
        .flat_map(|(currency, (items, _))| {
            let line = move |Item { product, quantity, price, .. }| {
                format!("{quantity} {product} {price} {}", currency.as_str())
            };
            items.into_iter().map(line)
        })
        .collect();
    let shown: Vec<_> = shown.iter().map(String::as_str).collect();
    secret::digest(&shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cart_costs_the_sum_of_its_lines_and_nothing_costs_nothing() {
        let line = |product: &str, quantity| CartLine { product: product.to_owned(), quantity };
        let cart = [line("earl-grey", 2), line("no-longer-sold", 1), line("teapot", 1)];
        let (items, sum) = priced(&cart, Currency::EUR).unwrap();
        assert_eq!((items.len(), sum), (2, Money::new(5390, Currency::EUR).unwrap()));
        assert_eq!(priced(&cart, Currency::GBP).unwrap().1, Money::new(4630, Currency::GBP).unwrap());
        assert_eq!(priced(&[], Currency::EUR), None);
        assert_eq!(priced(&cart, Currency::SEK), None);
    }
}
