//! Responses, metadata and HAR files that are changed at random: nothing panics, and what a finding or a line of the story
//! is about is a part of the text. `FUZZ_INPUTS=10000000 cargo test --release -p connect-setup --test sign_in` runs long.
#![cfg(not(target_arch = "wasm32"))]

use connect_setup::check::{Inputs, judge};

const RESPONSE: &str =
    include_str!("../../../tests/setup/corpus/saml/samlify-assertion-sha256.xml");
const METADATA: &str = include_str!("../../../tests/setup/corpus/saml/pysaml2-metadata.xml");
const PEM: &str = include_str!("../../../tests/setup/corpus/saml/p256.pem");
const NAMES: [&str; 3] = ["samlResponse", "idpMetadata", "certificate"];

/// What is put in: pieces of the formats, and what breaks readers.
const PIECES: [&str; 40] = [
    "",
    "<",
    ">",
    "/>",
    "\"",
    "'",
    "&lt;",
    "&#x0;",
    "&x;",
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?x?>",
    "<!DOCTYPE a>",
    "xmlns=\"\"",
    " ID=\"_1\"",
    "ü",
    "😀",
    "\u{0}",
    "\u{feff}",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\\u0000",
    "\\ud800",
    "null",
    "-1",
    "1e999",
    "302",
    "iframe",
    "%",
    "%25",
    "=",
    "2026-13-01T",
    "Z",
    "arn:aws:iam::1:role/,",
    "https://",
];

fn har() -> String {
    let entry = |method: &str, url: &str, status: u32, more: &str| {
        format!(
            "{{\"startedDateTime\":\"2026-11-26T19:45:00Z\",\"_resourceType\":\"document\",\"request\":{{\"method\":\"{method}\",\"url\":\"{url}\",\"headers\":[{{\"name\":\"Sec-Fetch-Dest\",\"value\":\"iframe\"}},{{\"name\":\"Origin\",\"value\":\"https://acme.okta.com\"}}]{more}}},\"response\":{{\"status\":{status},\"headers\":[{{\"name\":\"X-Frame-Options\",\"value\":\"DENY\"}}],\"content\":{{\"text\":\"Access denied\"}},\"redirectURL\":\"/login\",\"_error\":null}}}}"
        )
    };
    let body = "SAMLResponse=PHNhbWwycDpSZXNwb25zZSB4bWxuczpzYW1sMnA9InVybjpvYXNpczpuYW1lczp0YzpTQU1MOjIuMDpwcm90b2NvbCIvPg%3D%3D&RelayState=https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fconnect%2Ffederate%2F1";
    let post = format!(",\"postData\":{{\"mimeType\":\"x\",\"text\":\"{body}\"}}");
    let entries = [
        entry("GET", "https://acme.okta.com/app/a/b/sso/saml", 200, ""),
        entry(
            "POST",
            "https://us-east-1.signin.aws.amazon.com/saml",
            302,
            &post,
        ),
        entry(
            "GET",
            "https://us-east-1.console.aws.amazon.com/connect/federate/1?destination=%2Fccp-v2",
            302,
            "",
        ),
        entry(
            "GET",
            "https://acme.my.connect.aws/auth/federate?token=x",
            302,
            "",
        ),
        entry("GET", "https://acme.my.connect.aws/ccp-v2/", 403, ""),
    ];
    format!(
        "{{\"log\":{{\"version\":\"1.2\",\"entries\":[{}]}}}}",
        entries.join(",")
    )
}

/// xorshift64: the same inputs in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (end.max(1) as u64)).unwrap_or_default()
    }

    fn boundary(&mut self, text: &str) -> usize {
        let at = self.below(text.len() + 1);
        (0..=at)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or_default()
    }

    /// `text` with one to four changes: a part taken out, doubled, or replaced.
    fn changed(&mut self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..=self.below(3) {
            let start = self.boundary(&text);
            let end = (start + self.below(60)).min(text.len());
            let end = (start..=end)
                .rev()
                .find(|at| text.is_char_boundary(*at))
                .unwrap_or(start);
            let piece = PIECES[self.below(PIECES.len())].to_owned();
            match self.below(4) {
                0 => text.replace_range(start..end, ""),
                1 => text.insert_str(start, &text.clone()[start..end]),
                2 => text.insert_str(start, &piece),
                _ => text.replace_range(start..end, &piece),
            }
        }
        text
    }
}

#[test]
fn whatever_is_changed_is_read() {
    let count = std::env::var("FUZZ_INPUTS")
        .ok()
        .and_then(|count| count.parse().ok());
    let har = har();
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for index in 0..count.unwrap_or(300) {
        let base = if index % 3 == 0 {
            RESPONSE
        } else {
            har.as_str()
        };
        let mut inputs = Inputs {
            now: Some(1_795_000_000_000.0),
            ..Inputs::default()
        };
        let texts = [
            random.changed(base),
            random.changed(METADATA),
            random.changed(PEM),
        ];
        for (name, text) in NAMES.iter().zip(&texts) {
            if let Some(slot) = inputs.field(name) {
                *slot = (random.below(4) > 0 || *name == "samlResponse").then(|| text.clone());
            }
        }
        let verdict = judge(&inputs);
        let lines = verdict.story.iter().flat_map(|story| &story.chapters);
        let lines =
            lines.flat_map(|chapter| chapter.lines.iter().map(|line| (chapter.field, line.at)));
        let parts = verdict.findings.iter().map(|finding| {
            let name = finding.field.split('.').next().unwrap_or_default();
            (name, finding.at)
        });
        for (name, at) in lines.chain(parts) {
            let text = inputs.get(name).unwrap_or_default();
            if let Some(at) = at {
                assert!(text.get(at.start..at.end).is_some(), "{name} {at:?} {text}");
            }
        }
    }
}
