//! Whatever is pasted: nothing panics, and what a finding is about is a part of the text.
//! `FUZZ_INPUTS=1000000 cargo test --release -p connect-setup --test hostile` runs long: so many times twelve texts.
#![cfg(not(target_arch = "wasm32"))]

use connect_setup::check::{FIELDS, Inputs, check};
use connect_setup::command::{Call, Clock};
use proptest::prelude::*;

/// Pieces of what people paste, and what nobody should.
const PIECES: [&str; 64] = [
    "https://",
    "http://",
    "acme",
    ".my.connect.aws",
    ".awsapps.com",
    "/connect",
    "/ccp-v2",
    "/start/#/saml/",
    "#",
    "?",
    "&",
    "=",
    "/",
    "RelayState=",
    "destination=",
    "us-east-1",
    ".console.aws.amazon.com",
    "/connect/federate/",
    "178c75e4-b3de-4839-a6aa-e321ab3f3770",
    "%2F",
    "%252F",
    "%3A%2F%2F",
    "%",
    "%f",
    "%C3%BC",
    "%FF",
    "ü",
    "😀",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\"",
    "'",
    "`",
    "<",
    ">",
    "<instance-id>",
    "[",
    "](",
    ")",
    "\\",
    "arn:aws:connect:",
    ":123456789012:instance/",
    ":",
    ".signin.aws.amazon.com/saml",
    ".sign-in.connect.aws",
    "{",
    "}",
    "ccpUrl: ",
    ",",
    "//",
    "/*",
    "*/",
    "${",
    "\\u",
    "\n",
    "\r\n",
    " ",
    "first name,user login",
    ";",
    "ada@acme.example",
    ".okta.com/app/a/b/sso/saml",
    "RPID%3D",
    "urn:amazon:webservices",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn cases() -> u32 {
    let wanted = std::env::var("FUZZ_INPUTS").ok();
    wanted.and_then(|text| text.parse().ok()).unwrap_or(3000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn findings_are_about_parts_of_their_texts(texts in prop::collection::vec(text(), 12)) {
        let mut inputs = Inputs::default();
        for (field, text) in FIELDS.iter().zip(&texts) {
            if let Some(slot) = inputs.field(field) {
                *slot = Some(text.clone());
            }
        }
        for finding in check(&inputs) {
            let field = finding.field.split('.').next().unwrap_or_default();
            let text = inputs.get(field).unwrap_or_default();
            if let Some(at) = finding.at {
                prop_assert!(text.get(at.start..at.end).is_some(), "{text:?} {finding:?}");
            }
        }
    }

    #[test]
    fn the_command_takes_every_file(text in text(), name in "(a\\.json|a\\.csv|-)", format in "--(json|sarif|strict)") {
        let arguments = ["check".to_owned(), format, name];
        let call = Call::parse(&arguments).expect("a call");
        let output = call.run(&[text.into_bytes()], Clock::default());
        prop_assert!(matches!(output.code, 0 | 1 | 2 | 64));
        prop_assert_eq!(output.code == 64, output.stdout.is_empty());
    }
}
