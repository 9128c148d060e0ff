//! Trustly: the customer pays from an online bank account (vendor page "Trustly").
//!
//! The tables below are the page's, row by row. Where the page contradicts itself:
//!
//! | point | reading |
//! |---|---|
//! | `IPAddr` is `ans..15` and "IPv4 or IPv6" | any address is taken; one longer than 15 characters is left out when sealing, unless the merchant's profile allows 45 |
//! | the list of currencies lacks SEK, DKK, NOK | the list is the default of the merchant's profile, which a shop can replace |
//! | `refnr` here, `RefNr` elsewhere | names compare without case |
//! | `MerchantID` asked, `mid` answered | two names for one thing |
//! | `IBAN` is `n8` and "last digits" | up to eight digits |
//! | `Status` is `a..50` and may be `AUTHORIZE_REQUEST` | `_` counts as a letter |
//! | `ReqId` is `ans..32` and "alphanumeric" | letters and digits |

use crate::message::{Closed, Method, message};
use crate::{
    AccBank, AccClearingHouse, AccDescriptor, AccOwner, AccountId, AddrCity, AddrStreet, AddrZip, Amount,
    CallbackUrl, Code, CountryCode, Currency, Custom, CustomerId, Description, Email, FirstName, Iban,
    IpAddr, Language, LastName, MacText, Match, MerchantId, MobileNo, Money, OrderDesc, PayId, Plain, RefNr,
    ReqId, Response, SocialSecurityNumber, Status, TemplateUrl, TransId, UserData, UserId, Xid,
};

/// Trustly through Paygate.
#[derive(Debug)]
pub enum Trustly {}

impl Closed for Trustly {}

impl Method for Trustly {
    const NAME: &'static str = "trustly";
    const ENDPOINT: &'static str = "trustly.aspx";
    const CURRENCIES: &'static [Currency] = &[
        Currency::BAM,
        Currency::BGN,
        Currency::CZK,
        Currency::EEK,
        Currency::EUR,
        Currency::GBP,
        Currency::HRK,
        Currency::HUF,
        Currency::LTL,
        Currency::LVL,
        Currency::PLN,
        Currency::RON,
        Currency::USD,
    ];
    type Request = PaymentRequest;
    type Result = PaymentResult;
}

message! {
    /// Payment request to `trustly.aspx`.
    ///
    /// ```
    /// use paygate_params::methods::trustly::{Customer, Order, PaymentRequest, Urls};
    /// use paygate_params::{CallbackUrl, CountryCode, Currency, Email, FirstName, FormatError, LastName, Money, OrderDesc, TransId};
    ///
    /// let request = PaymentRequest::builder(
    ///     Order {
    ///         trans_id: TransId::new("order-4711-1")?,
    ///         money: Money::new(1999, Currency::EUR)?,
    ///         description: OrderDesc::new("2 × Earl Grey")?,
    ///     },
    ///     Customer {
    ///         first_name: FirstName::new("Anna")?,
    ///         last_name: LastName::new("Müller")?,
    ///         email: Email::new("anna@example.com")?,
    ///     },
    ///     &Urls {
    ///         success: CallbackUrl::new("https://shop.example/success")?,
    ///         failure: CallbackUrl::new("https://shop.example/failure")?,
    ///         notify: CallbackUrl::new("https://shop.example/notify")?,
    ///     },
    /// )
    /// .country_code(CountryCode::DE)
    /// .build();
    /// assert_eq!(request.amount.units(), 1999);
    /// # Ok::<(), FormatError>(())
    /// ```
    pub request PaymentRequest of Trustly, PaymentRequestDraft, PaymentRequestBuilder {
        /// Assigned by Computop; stands in the clear beside Data too.
        merchant_id: MerchantId = "MerchantID" ans..30 M by merchant,
        /// The shop's name for the attempt, unique for each.
        trans_id: TransId = "TransID" ans..64 M,
        /// The shop's reference number.
        ref_nr: RefNr = "RefNr" ans..30 O,
        /// In the smallest unit of the currency; less than 100 only after asking Computop's helpdesk.
        amount: Amount = "Amount" n..10 M,
        /// ISO 4217; must match `CountryCode`.
        currency: Currency = "Currency" a3 M,
        /// HMAC-SHA256 over `PayID*TransID*MerchantID*Amount*Currency`.
        mac: MacText = "MAC" an64 M by seal,
        /// Goods and prices; the text on the statement of account.
        order_desc: OrderDesc = "OrderDesc" ans..768 M,
        /// Where the customer comes back after success.
        url_success: CallbackUrl = "URLSuccess" ans..256 M,
        /// Where the customer comes back after failure.
        url_failure: CallbackUrl = "URLFailure" ans..256 M,
        /// `encrypt`, so that the answer comes encrypted.
        response: Response = "Response" a7 O by seal,
        /// Where Paygate posts the result, apart from the customer's browser.
        url_notify: CallbackUrl = "URLNotify" ans..256 M,
        /// Comes back inside the answer.
        user_data: UserData = "UserData" ans..1024 O,
        /// A request repeated with the same value is not carried out again once the first is finished, for 12 months.
        req_id: ReqId = "ReqId" ans..32 O,
        /// The customer's IP address.
        ip_addr: IpAddr = "IPAddr" ans..15 O,
        /// The customer's first name.
        first_name: FirstName = "FirstName" ans..100 M,
        /// The customer's last name.
        last_name: LastName = "LastName" ans..100 M,
        /// The customer's e-mail address.
        email: Email = "Email" ans..100 M,
        /// The customer's mobile telephone number.
        mobile_no: MobileNo = "MobileNo" n..20 O,
        /// The customer's country, ISO 3166.
        country_code: CountryCode = "CountryCode" a2 O,
        /// The language of the payment page, for example `sv_SE`.
        language: Language = "Language" ans..5 O,
        /// A number of social security or of an identity card.
        social_security_number: SocialSecurityNumber = "SocialSecurityNumber" ans..20 O,
        /// The shop's number for the customer.
        customer_id: CustomerId = "CustomerId" ans..30 O,
        /// The shop's own page around Trustly's form.
        url_template: TemplateUrl = "URLTemplate" ans..256 O,
        /// Comes back in the clear beside the answer.
        plain: Plain = "Plain" ans..50 O,
        /// Comes back as pairs in the clear beside the answer.
        custom: Custom = "Custom" ans..1024 O,
    }
}

message! {
    /// What Paygate sends to URLSuccess, URLFailure and URLNotify.
    pub result PaymentResult {
        /// The merchant.
        mid: MerchantId = "mid" | "MerchantID" ans..30 M signed,
        /// Paygate's name for the payment.
        pay_id: PayId = "PayID" an32 M signed,
        /// Paygate's name for this step of the payment.
        xid: Xid = "XID" an32 M,
        /// The shop's name for the attempt.
        trans_id: TransId = "TransID" ans..64 M signed,
        /// `OK`, `FAILED` or `AUTHORIZE_REQUEST`.
        status: Status = "Status" a..50 M signed,
        /// More about a rejection, for people.
        description: Description = "Description" ans..1024 M,
        /// The response code.
        code: Code = "Code" an8 M signed,
        /// HMAC-SHA256 over `PayID*TransID*mid*Status*Code`.
        mac: MacText = "MAC" an64 M mac,
        /// What the request had.
        user_data: UserData = "UserData" ans..1024 O,
        /// What the request had.
        plain: Plain = "Plain" ans..50 O,
        /// What the request had.
        custom: Custom = "Custom" ans..1024 O,
        /// A number for the customer's account.
        account_id: AccountId = "AccountId" ans..30 O,
        /// Whether the bank verified the account's holder.
        matched: Match = "Match" n1 O,
        /// The clearing house of the account.
        acc_clearing_house: AccClearingHouse = "AccClearingHouse" ans..50 O,
        /// The account's holder.
        acc_owner: AccOwner = "AccOwner" ans..55 O,
        /// The name of the bank.
        acc_bank: AccBank = "AccBank" ans..27 O,
        /// More to tell the customer by.
        acc_descriptor: AccDescriptor = "AccDescriptor" ans..100 O,
        /// The last digits of the account's number.
        iban: Iban = "IBAN" n8 O,
        /// A number for the customer.
        user_id: UserId = "UserId" ans..30 O,
        /// Street and house number.
        addr_street: AddrStreet = "AddrStreet" ans..100 O,
        /// Postcode.
        addr_zip: AddrZip = "AddrZip" ans..10 O,
        /// Town.
        addr_city: AddrCity = "AddrCity" ans..30 O,
    }
}

/// What is paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The name of this attempt.
    pub trans_id: TransId,
    /// How much.
    pub money: Money,
    /// What for.
    pub description: OrderDesc,
}

/// Who pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// First name.
    pub first_name: FirstName,
    /// Last name.
    pub last_name: LastName,
    /// E-mail address.
    pub email: Email,
}

/// Where the customer and the result go; the same for all payments of most shops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Urls {
    /// After success.
    pub success: CallbackUrl,
    /// After failure.
    pub failure: CallbackUrl,
    /// For the result, from server to server.
    pub notify: CallbackUrl,
}

impl PaymentRequest {
    /// Begins a request with all that it must have.
    pub fn builder(order: Order, customer: Customer, urls: &Urls) -> PaymentRequestBuilder {
        PaymentRequestBuilder(Self {
            merchant_id: None,
            trans_id: order.trans_id,
            ref_nr: None,
            amount: order.money.amount(),
            currency: order.money.currency(),
            mac: None,
            order_desc: order.description,
            url_success: urls.success.clone(),
            url_failure: urls.failure.clone(),
            response: None,
            url_notify: urls.notify.clone(),
            user_data: None,
            req_id: None,
            ip_addr: None,
            first_name: customer.first_name,
            last_name: customer.last_name,
            email: customer.email,
            mobile_no: None,
            country_code: None,
            language: None,
            social_security_number: None,
            customer_id: None,
            url_template: None,
            plain: None,
            custom: None,
        })
    }
}
