//! All that the shop holds of a customer, for the customer who asks: what was made under his address, and nothing of others who
//! used the same browser.

use crate::pages::keeper::words;
use crate::store::{AttemptRow, CallbackRow, InquiryRow, Order, PaymentRow, Store, StoreError, key_of};
use gateway_inbox::Exported;
use gateway_inbox::paygate::attempt_key;
use serde_json::{Map, Value, json};

/// The whole, as JSON.
pub(super) async fn of(store: &Store, orders: &[Order], email: &str) -> Result<Value, StoreError> {
    let mut exported = Vec::with_capacity(orders.len());
    for known in orders {
        exported.push(order(store, known, email).await?);
    }
    Ok(json!({
        "email": email,
        "times": "UTC; numbers are milliseconds since 1970",
        "amounts": "in the smallest unit of the currency",
        "orders": exported,
    }))
}

async fn order(store: &Store, order: &Order, email: &str) -> Result<Value, StoreError> {
    let callbacks = store.callbacks(order.id).await?;
    let inquiries = store.inquiries(order.id).await?;
    let mut attempts = Vec::new();
    for known in order.attempts_of(email) {
        let trans_id = known.attempt.trans_id().as_str();
        let mut exported = attempt(store, known).await?;
        let told = callbacks.iter().filter(|callback| callback.trans_id == trans_id).map(callback);
        exported.insert("callbacks".to_owned(), told.collect());
        let asked = inquiries.iter().filter(|inquiry| inquiry.trans_id == trans_id).map(inquiry);
        exported.insert("inquiries".to_owned(), asked.collect());
        attempts.push(exported);
    }
    Ok(json!({
        "order": order.id,
        "page": format!("/order/{}", order.token),
        "is_demo": order.demo,
        "made_at": order.created_at,
        "attempts": attempts,
    }))
}

async fn attempt(store: &Store, attempt: &AttemptRow) -> Result<Map<String, Value>, StoreError> {
    let (customer, costs) = (&attempt.want.customer, attempt.want.costs);
    let items = attempt.want.items.iter().map(|item| {
        json!({ "product": item.product, "name": item.name, "quantity": item.quantity, "price": item.price })
    });
    let mut payments = Vec::new();
    for made in &attempt.payments {
        payments.push(payment(store, attempt, made).await?);
    }
    let notes = store.notes(attempt).await?;
    let notes = notes
        .iter()
        .map(|note| json!({ "reason": note.reason, "made_at": note.created_at, "note": note.note }));
    let received = store.inbox().export(&attempt_key(&attempt.attempt)).await?;
    let fields = [
        ("trans_id", json!(attempt.attempt.trans_id().as_str())),
        ("method", json!(attempt.attempt.method())),
        ("made_at", json!(attempt.created_at)),
        ("state", json!(attempt.state.name())),
        ("first_name", json!(customer.first_name)),
        ("last_name", json!(customer.last_name)),
        ("email", json!(customer.email)),
        ("country", json!(customer.country)),
        ("items", items.collect()),
        ("amount", json!(costs.amount().units())),
        ("currency", json!(costs.currency().as_str())),
        ("payments", Value::Array(payments)),
        ("notes_of_shopkeepers", notes.collect()),
        ("received", received.iter().map(sealed).collect()),
    ];
    Ok(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

async fn payment(store: &Store, attempt: &AttemptRow, payment: &PaymentRow) -> Result<Value, StoreError> {
    let refunds = store.ledger().of(&key_of(attempt, payment)).await?;
    let refunds = refunds.rows.iter().map(|row| {
        json!({
            "amount": row.amount, "state": words(row.state).0, "note": row.note,
            "made_at": row.created_at, "settled_at": row.settled_at,
        })
    });
    Ok(json!({
        "pay_id": payment.pay_id.as_str(),
        "state": payment.state.name(),
        "odd": payment.flags.names(),
        "refunds": refunds.collect::<Value>(),
    }))
}

fn callback(callback: &CallbackRow) -> Value {
    json!({
        "pay_id": callback.pay_id, "trans_id": callback.trans_id,
        "status": callback.status, "code": callback.code, "made_of_it": callback.applied,
        "description": callback.description, "told_by_paygate": callback.is_told,
        "count": callback.count, "handled_at": callback.handled_at,
    })
}

fn inquiry(inquiry: &InquiryRow) -> Value {
    json!({
        "times": inquiry.times, "asked_at": inquiry.asked_at, "captured": inquiry.captured,
        "credited": inquiry.credited, "currency": inquiry.currency, "failure": inquiry.failure,
    })
}

/// The bytes are sealed under the shop's keys and say what the callbacks say, so their size is told instead.
fn sealed(received: &Exported) -> Value {
    json!({
        "gateway": received.gateway, "count": received.count,
        "first_at": received.first_at, "last_at": received.last_at, "handled_at": received.done_at,
        "sealed_bytes": received.payload.as_ref().map(Vec::len),
    })
}
