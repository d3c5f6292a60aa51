use std::collections::BTreeSet;
use std::fmt;

use pets_client::countersign_runtime::TextForm;
use rust_decimal::Decimal;

mod shop {
    use super::*;
    use shop_client::{Client, model};

    fn forms() -> Decimal {
        /* block 1 */
        total
    }

    async fn ids(client: &Client) -> Result<(), AnyError> {
        /* block 3 */
        Ok(())
    }
}

struct Iban(String);

impl Iban {
    fn parse(text: &str) -> Option<Self> {
        Some(Self(text.to_owned()))
    }
}

/* block 2 */
