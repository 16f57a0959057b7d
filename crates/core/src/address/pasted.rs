//! What came along when a URL was copied: placeholders that nobody replaced, quotation marks, Markdown.

use super::federate::decode;

/// The placeholder that was left in `text`, such as `<instance-id>`, `YOUR_REGION` or the ID of an
/// example, percent-encoded or not.
pub(crate) fn placeholder(text: &str) -> Option<String> {
    let mut text = text.to_owned();
    // As deep as AD FS nests a relay state.
    for _ in 0..3 {
        text = decode(&text).unwrap_or(text);
    }
    let byte = |at: usize| text.as_bytes().get(at).copied().unwrap_or_default();
    let mut from = 0;
    for at in 0..=text.len() {
        let end = byte(at);
        if end.is_ascii_alphanumeric() || matches!(end, b'-' | b'_' | b' ') {
            continue;
        }
        let start = from;
        from = at + 1;
        let Some(word) = text.get(start..at).filter(|word| word.len() <= LONGEST) else {
            continue;
        };
        let pair = (byte(start.wrapping_sub(1)), end);
        // The text of a Markdown link is in brackets, too.
        if matches!(pair, (b'<', b'>') | (b'{', b'}') | (b'[', b']')) && byte(from) != b'(' {
            // The letters tell a name from the digits of an ID or of an address.
            if word.bytes().any(|b| matches!(b | 32, b'g'..=b'z')) {
                return text.get(start - 1..from).map(str::to_owned);
            }
        // The name of a parameter stands for nothing: `instanceId=…`.
        } else if end != b'=' && is_stand_in(word) {
            return Some(word.to_owned());
        }
    }
    let is_cut = find(&text, "…").or_else(|| find(&text, "...")).is_some();
    is_cut.then(|| "…".to_owned())
}

/// Whether `word` stands for another one.
fn is_stand_in(word: &str) -> bool {
    let mut plain = word.to_ascii_lowercase();
    plain.retain(|c| c.is_ascii_alphanumeric());
    let yours = plain.strip_prefix("your");
    STAND_INS.iter().any(|name| plain.ends_with(name))
        || yours.is_some_and(|rest| OWN.contains(&rest))
        || (plain.len() > 2 && plain.bytes().all(|b| b == b'x'))
        || is_example_id(word)
}

/// An ID in the form of Amazon's that says `EXAMPLE`, or whose groups each repeat one character or
/// count up, as in `aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee`.
fn is_example_id(word: &str) -> bool {
    let made_up = |group: &str| {
        let first = group.bytes().next();
        group.bytes().all(|b| Some(b) == first) || "123456789012".starts_with(group)
    };
    word.len() == 36
        && word.bytes().filter(|b| *b == b'-').count() == 4
        && (find(word, "EXAMPLE").is_some() || word.split('-').all(made_up))
}

/// `text` without quotation marks, brackets or a Markdown link around it and without the backslashes
/// that Markdown puts before punctuation; `None` if it has none of them.
pub(crate) fn bare(text: &str) -> Option<String> {
    let around = |c: char| matches!(c, '"' | '\'' | '`' | '<' | '>' | '“' | '”' | '‘' | '’');
    let mut inner = text;
    if text.starts_with(around) {
        inner = text.trim_matches(around);
    } else if text.starts_with('[')
        && let Some(at) = find(text, "](")
    {
        inner = text.get(at + 2..text.len() - 1).unwrap_or(text);
    }
    let mut bare = String::new();
    for c in inner.chars() {
        if c != '\\' && c.is_ascii_punctuation() && bare.ends_with('\\') {
            bare.pop();
        }
        bare.push(c);
    }
    (bare != text).then_some(bare)
}

/// Where `part` begins in `text`. The search of the standard library costs the page 2 kB.
pub(crate) fn find(text: &str, part: &str) -> Option<usize> {
    (0..text.len()).find(|at| {
        text.as_bytes()
            .get(*at..)
            .is_some_and(|rest| rest.starts_with(part.as_bytes()))
    })
}

/// The longest placeholder, in bytes.
const LONGEST: usize = 40;
/// What a placeholder ends with, whatever stands before it: `my-connect-instance-id`.
const STAND_INS: [&str; 6] = [
    "instanceid",
    "regionid",
    "instancealias",
    "instancename",
    "instancedomain",
    "awsregion",
];
/// What a placeholder is called after "your". Only these: a company may be called "Yourcall".
const OWN: [&str; 9] = [
    "region", "instance", "domain", "alias", "company", "org", "tenant", "idp", "account",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    #[test]
    fn placeholders_are_known_by_their_kind() {
        for (text, found) in [
            ("https://<alias>.my.connect.aws", Some("<alias>")),
            ("https://{instance}.my.connect.aws/", Some("{instance}")),
            ("https://[alias].my.connect.aws/", Some("[alias]")),
            ("https://${region}.console.aws.amazon.com", Some("{region}")),
            (
                "https://<your region>.console.aws.amazon.com",
                Some("<your region>"),
            ),
            ("https://a.example/%3Cinstance-id%3E", Some("<instance-id>")),
            (
                "https://a.example/%253Cinstance-id%253E",
                Some("<instance-id>"),
            ),
            ("https://instance-id.my.connect.aws", Some("instance-id")),
            (
                "https://my-instance-domain.my.connect.aws",
                Some("my-instance-domain"),
            ),
            (
                "https://a.example/connect/federate/InstanceId?a=b",
                Some("InstanceId"),
            ),
            ("YOUR_REGION", Some("YOUR_REGION")),
            ("https://your-company.okta.com/", Some("your-company")),
            ("https://xxxx.my.connect.aws", Some("xxxx")),
            (
                "https://a.example/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee?a",
                Some("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"),
            ),
            (
                "https://a.example/12345678-1234-1234-1234-123456789012",
                Some("12345678-1234-1234-1234-123456789012"),
            ),
            ("https://acme.okta.com/app/…?RelayState=…", Some("…")),
            ("https://acme.okta.com/app/...", Some("…")),
            ("https://acme.my.connect.aws/ccp-v2/", None),
            ("https://yourcall.my.connect.aws/ccp-v2/", None),
            ("https://idp.example/?instanceId=1&region-id=2&app=1", None),
            ("https://idp.example/?state=%7B%22a%22%3A1%7D", None),
            (
                "https://idp.example/%7B178c75e4-b3de-4839-a6aa-e321ab3f3770%7D",
                None,
            ),
            (
                "https://idp.example/a1b2c3d4-5678-90ab-cdef-000000000001",
                None,
            ),
            ("https://[::1]:8765/", None),
            ("https://idp.example/?a=%FF<b>", None),
            (
                "https://a.example/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111",
                Some("a1b2c3d4-5678-90ab-cdef-EXAMPLE11111"),
            ),
        ] {
            assert_eq!(placeholder(text).as_deref(), found, "{text}");
        }
    }

    #[test]
    fn what_is_around_a_url_is_taken_off() {
        const URL: &str = "https://acme.my.connect.aws/ccp-v2";
        for text in [
            format!("\"{URL}\""),
            format!("'{URL}'"),
            format!("`{URL}`"),
            format!("<{URL}>"),
            format!("“{URL}”"),
            format!("[the CCP]({URL})"),
            r"https\://acme.my.connect.aws/ccp\-v2".to_owned(),
        ] {
            assert_eq!(bare(&text).as_deref(), Some(URL), "{text}");
        }
        for good in [
            URL,
            "https://idp.example/?user=ACME\\ada",
            "https://a.example/'a'",
        ] {
            assert_eq!(bare(good), None, "{good}");
        }
    }
}
