//! Arbitrary bytes never panic and always get the opaque answer.

use crate::shop::{Notes, page, routes};
use actix_web::body::to_bytes;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, web::Data};
use gateway_actix::Callbacks;
use paygate::testing;
use proptest::prelude::*;

/// The status, the location and the bytes of the body of each URL's answer.
fn answers(query: &str, content_type: &[u8], body: &[u8]) -> Vec<(u16, Option<String>, usize)> {
    actix_web::rt::System::new().block_on(async {
        let callbacks = Callbacks::new(testing::merchant().with_plain_answers(), page());
        let app = App::new().app_data(callbacks).app_data(Data::new(Notes::default())).configure(routes);
        let app = init_service(app).await;
        let mut answers = Vec::new();
        for path in ["/success", "/failure", "/notify"] {
            let content_type = actix_web::http::header::HeaderValue::from_bytes(content_type);
            let request = TestRequest::post().uri(&format!("{path}?{query}")).set_payload(body.to_vec());
            let request = match content_type {
                Ok(value) => request.insert_header(("content-type", value)),
                Err(_) => request,
            };
            let response = call_service(&app, request.to_request()).await;
            let location = response.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
            let status = response.status().as_u16();
            answers.push((status, location, to_bytes(response.into_body()).await.unwrap().len()));
        }
        answers
    })
}

fn opaque() -> Vec<(u16, Option<String>, usize)> {
    let page = || Some("/checking".to_owned());
    vec![(303, page(), 0), (303, page(), 0), (500, None, 0)]
}

proptest! {
    #[test]
    fn any_bytes_get_the_opaque_answer(
        query in prop_oneof!["[!-~&&[^#<>\"{}^|`\\\\\\[\\]]]{0,80}", "(Len=[0-9]{1,5}&Data=[0-9A-F]{0,64})?"],
        content_type in prop::collection::vec(any::<u8>(), 0..40),
        body in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..600),
            "Len=[0-9]{1,4}&Data=([0-9A-F]{16}){0,8}(&[A-Za-z]{1,8}=.{0,8}){0,4}".prop_map(String::into_bytes),
            "(mid|PayID|TransID|Status|Code|MAC)=[A-Za-z0-9]{0,9}(&(mid|PayID|TransID|Status|Code|MAC)=.{0,9}){0,8}"
                .prop_map(String::into_bytes),
        ],
    ) {
        prop_assert_eq!(answers(&query, &content_type, &body), opaque());
    }
}
