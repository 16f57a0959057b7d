//! What the command reads: arguments and files.

use crate::check::{
    ACS, ARN, CCP, CERTIFICATE, CSV, FIELDS, INIT_CCP, INSTANCE, Inputs, METADATA, RELAY,
    SAML_RESPONSE, SSO, USER,
};
use crate::finding::Range;
use crate::har;
use crate::literal::{Kind, Value, read_json};
use crate::saml::decode::decode as decode_saml;

/// A text, and its name; `-` is the standard input.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// One of the inputs, and where it was read.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) field: &'static str,
    pub(crate) text: String,
    /// The file's index, and the part of it; `None` for an argument.
    pub(crate) place: Option<(usize, Range)>,
    /// Whether that part is the text as it is, without escapes.
    pub(crate) is_exact: bool,
}

/// The bytes of a file as text. A byte order mark says that it is UTF-16, as PowerShell writes it.
pub(crate) fn decode(bytes: &[u8]) -> String {
    let units = |little: bool| -> String {
        let pairs = bytes.get(2..).unwrap_or_default().chunks_exact(2);
        let units = pairs.map(|pair| {
            let pair = [
                pair.first().copied().unwrap_or_default(),
                pair.last().copied().unwrap_or_default(),
            ];
            if little {
                u16::from_le_bytes(pair)
            } else {
                u16::from_be_bytes(pair)
            }
        });
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => units(true),
        [0xfe, 0xff, ..] => units(false),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// An argument: `name=value`, or a string whose kind shows. `None` for the name of a file.
///
/// # Errors
/// The name that no input has.
pub(crate) fn argument(text: &str) -> Result<Option<Given>, String> {
    let given = |field, text: &str| Given {
        field,
        text: text.to_owned(),
        place: None,
        is_exact: true,
    };
    if let Some(field) = kind(text) {
        return Ok(Some(given(field, text)));
    }
    let Some((name, value)) = text.split_once('=') else {
        return Ok(None);
    };
    match named(name) {
        Some(field) => Ok(Some(given(field, value))),
        None => Err(name.to_owned()),
    }
}

/// The inputs in a file.
pub(crate) fn in_file(index: usize, file: &File) -> Vec<Given> {
    let text = &file.text;
    let whole = Range::new(0, text.len());
    let all = |field| {
        vec![Given {
            field,
            text: text.clone(),
            place: Some((index, whole)),
            is_exact: true,
        }]
    };
    // A HAR file may be one line of ten megabytes.
    if har::is_har(text) {
        return all(SAML_RESPONSE);
    }
    if file.name.to_ascii_lowercase().ends_with(".csv") || is_csv(text) {
        return all(CSV);
    }
    if let Some(field) = saml(&file.name, text) {
        return all(field);
    }
    if let Some(value) = read_json(text) {
        let given = in_json(index, text, &value);
        return if given.is_empty() && value.field("ccpUrl").is_some() {
            all(INIT_CCP)
        } else {
            given
        };
    }
    if text.contains("initCCP(") || text.trim_start().starts_with('{') {
        return all(INIT_CCP);
    }
    lines(index, text)
}

/// The inputs as the check takes them.
///
/// # Errors
/// An input that is there twice.
pub(crate) fn inputs(all: &[Given]) -> Result<Inputs, &'static str> {
    let mut inputs = Inputs::default();
    for given in all {
        let Some(slot) = inputs.field(given.field) else {
            continue;
        };
        if slot.is_some() {
            return Err(given.field);
        }
        *slot = Some(given.text.clone());
    }
    Ok(inputs)
}

/// An object with the inputs as its fields. One that has only what `initCCP` has, too, is that.
fn in_json(index: usize, text: &str, value: &Value) -> Vec<Given> {
    let Kind::Object(fields, _) = &value.kind else {
        return Vec::new();
    };
    let is_streams = |name: &str| {
        matches!(
            name,
            "loginUrl" | "loginPopup" | "softphone" | "region" | "loginOptions"
        )
    };
    if fields.iter().any(|field| is_streams(&field.name)) {
        return Vec::new();
    }
    let given = fields.iter().filter_map(|field| {
        let name = named(&field.name)?;
        let (text, at, is_exact) = match &field.value.kind {
            Kind::Text(text, Some(start)) => {
                (text.clone(), Range::new(*start, start + text.len()), true)
            }
            Kind::Text(text, None) => (text.clone(), field.value.at, false),
            Kind::Null => return None,
            Kind::Bool(_)
            | Kind::Number(_)
            | Kind::List(_)
            | Kind::Object(..)
            | Kind::Expression => {
                let part = text.get(field.value.at.bytes())?;
                (part.to_owned(), field.value.at, true)
            }
        };
        Some(Given {
            field: name,
            text,
            place: Some((index, at)),
            is_exact,
        })
    });
    given.collect()
}

/// Lines such as `NAME=value`, `name: value`, or a string whose kind shows.
fn lines(index: usize, text: &str) -> Vec<Given> {
    let mut all = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let from = start;
        start += line.len();
        let trimmed = Range::whole(line.trim_start_matches('\u{feff}'));
        let trimmed = trimmed.moved(line.len() - line.trim_start_matches('\u{feff}').len());
        let Some(content) = line.get(trimmed.bytes()) else {
            continue;
        };
        if content.is_empty() || content.starts_with(['#', ';']) || content.starts_with("//") {
            continue;
        }
        let separator = content.find(['=', ':']).filter(|_| kind(content).is_none());
        let named = separator.and_then(|at| {
            let name = content.get(..at)?.trim_start_matches("export ");
            Some((named(name)?, at + 1))
        });
        let (field, value_from) = match named {
            Some((field, value)) => (Some(field), value),
            None => (None, 0),
        };
        let value = content.get(value_from..).unwrap_or_default();
        let inner = unquoted(value);
        let part = value.get(inner.bytes()).unwrap_or_default();
        let Some(field) = field.or_else(|| kind(part)) else {
            continue;
        };
        if part.is_empty() {
            continue;
        }
        all.push(Given {
            field,
            text: part.to_owned(),
            place: Some((index, inner.moved(from + trimmed.start + value_from))),
            is_exact: true,
        });
    }
    all
}

/// A value without white space, and without one pair of quotation marks and the comma after it.
fn unquoted(value: &str) -> Range {
    let whole = Range::whole(value);
    let text = value.get(whole.bytes()).unwrap_or_default();
    let text = text.strip_suffix([',', ';']).unwrap_or(text);
    for quote in ['"', '\''] {
        let inner = text
            .strip_prefix(quote)
            .and_then(|text| text.strip_suffix(quote));
        if let Some(inner) = inner {
            return Range::new(0, inner.len()).moved(whole.start + 1);
        }
    }
    Range::new(0, text.len()).moved(whole.start)
}

/// The input that people call `name`: in any case, with any separators, and with something in front of it.
fn named(name: &str) -> Option<&'static str> {
    let mut plain = name.to_ascii_lowercase();
    plain.retain(|c| c.is_ascii_alphanumeric());
    NAMES
        .iter()
        .find(|(known, is_alone, _)| plain == *known || (!is_alone && plain.ends_with(known)))
        .map(|(_, _, field)| *field)
}

/// The input that `text` must be, by what it looks like.
fn kind(text: &str) -> Option<&'static str> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("arn:") {
        return lower.contains(":connect:").then_some(ARN);
    }
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_instance = [".my.connect.aws", ".govcloud.connect.aws", ".awsapps.com"]
        .iter()
        .any(|suffix| host.ends_with(suffix));
    Some(
        if host.contains("signin.a") || host.ends_with("sign-in.connect.aws") {
            ACS
        } else if host.contains("console.a") {
            RELAY
        } else if is_instance && !rest.contains("/start") {
            if rest.contains("/ccp") { CCP } else { INSTANCE }
        } else {
            SSO
        },
    )
}

/// Which input of SAML a whole file is.
fn saml(name: &str, text: &str) -> Option<&'static str> {
    let plain = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if name.to_ascii_lowercase().ends_with(".har") || har::is_har(text) {
        return Some(SAML_RESPONSE);
    }
    if plain.contains("-----BEGIN ") && !plain.starts_with(['{', '<']) {
        return Some(CERTIFICATE);
    }
    if plain.starts_with('<') {
        let is_metadata =
            plain.contains("EntityDescriptor") || plain.contains("EntitiesDescriptor");
        let is_page = plain.contains("initCCP(");
        return if is_metadata {
            Some(METADATA)
        } else {
            (!is_page).then_some(SAML_RESPONSE)
        };
    }
    // A form as it is posted, or base64 of XML, deflated or not.
    let is_word = |c: char| c.is_ascii_alphanumeric() || "+/=%-_".contains(c) || c.is_whitespace();
    let is_form = plain.starts_with("SAMLResponse=") && plain.contains('&');
    // A request as the browser's tools copy it: for curl, fetch or PowerShell.
    let is_request = ["'SAMLResponse=", "\"SAMLResponse="]
        .iter()
        .any(|body| plain.contains(body));
    let is_base64 = plain.len() > SHORTEST && plain.chars().all(is_word);
    if is_form || (is_request || is_base64) && decode_saml(plain).is_ok() {
        return Some(SAML_RESPONSE);
    }
    let is_certificate = is_base64 && plain.starts_with("MII");
    is_certificate.then_some(CERTIFICATE)
}

/// Whether the first line is the header of a CSV of users.
fn is_csv(text: &str) -> bool {
    let header = text
        .trim_start()
        .lines()
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    header.contains([',', ';', '\t'])
        && (header.contains("user login") || header.contains("first name"))
}

/// The names of all inputs, for messages.
pub(crate) fn known_names() -> String {
    FIELDS.join(", ")
}

/// What an input is called elsewhere, whether only exactly so, and the input.
const NAMES: [(&str, bool, &str); 21] = [
    ("instanceurl", false, INSTANCE),
    ("accessurl", true, INSTANCE),
    ("ccpurl", false, CCP),
    ("instancearn", false, ARN),
    ("arn", true, ARN),
    ("ssologinurl", false, SSO),
    ("loginurl", true, SSO),
    ("ssourl", true, SSO),
    ("relaystate", false, RELAY),
    ("acsurl", false, ACS),
    ("awsloginurl", false, ACS),
    ("username", true, USER),
    ("expecteduser", true, USER),
    ("rolesessionname", true, USER),
    ("csv", true, CSV),
    ("initccp", false, INIT_CCP),
    ("samlresponse", false, SAML_RESPONSE),
    ("metadata", false, METADATA),
    ("certificate", false, CERTIFICATE),
    ("cert", true, CERTIFICATE),
    ("har", true, SAML_RESPONSE),
];
/// Of base64 that is looked at, in characters.
const SHORTEST: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ID, test};

    fn read(name: &str, text: &str) -> Vec<(&'static str, String)> {
        let file = File {
            name: name.to_owned(),
            text: text.to_owned(),
        };
        let all = in_file(0, &file);
        for given in &all {
            let (_, at) = given.place.expect("a place");
            if given.is_exact {
                assert_eq!(&text[at.bytes()], given.text);
            }
        }
        all.into_iter()
            .map(|given| (given.field, given.text))
            .collect()
    }

    #[test]
    fn files_are_read_as_what_they_are() {
        let url = "https://acme.my.connect.aws";
        let is = |field, text: &str| vec![(field, text.to_owned())];
        for (name, text, expected) in [
            (
                "a.json",
                format!("{{\"instanceUrl\": \"{url}\", \"other\": 1}}"),
                is(INSTANCE, url),
            ),
            (
                "a.json",
                "{\"instance_url\": \"https:\\/\\/a.example\"}".into(),
                is(INSTANCE, "https://a.example"),
            ),
            (
                "a.json",
                format!("{{\"initCcp\": {{\"ccpUrl\": \"{url}\"}}}}"),
                is(INIT_CCP, &format!("{{\"ccpUrl\": \"{url}\"}}")),
            ),
            (
                ".env",
                format!("# mine\nexport CONNECT_INSTANCE_URL=\"{url}\"\n\nOTHER=1\n"),
                is(INSTANCE, url),
            ),
            (
                "a.txt",
                format!("SSO Login URL: {url}/x\r\n"),
                is(SSO, &format!("{url}/x")),
            ),
            (
                "a.txt",
                format!("\u{feff}  {url}/ccp-v2  "),
                is(CCP, &format!("{url}/ccp-v2")),
            ),
            (
                "a.txt",
                format!("arn:aws:connect:us-east-1:123456789012:instance/{ID}"),
                is(
                    ARN,
                    &format!("arn:aws:connect:us-east-1:123456789012:instance/{ID}"),
                ),
            ),
            (
                "a.txt",
                "https://us-east-1.console.aws.amazon.com/x".into(),
                is(RELAY, "https://us-east-1.console.aws.amazon.com/x"),
            ),
            (
                "a.txt",
                "https://us-east-1.signin.aws.amazon.com/saml".into(),
                is(ACS, "https://us-east-1.signin.aws.amazon.com/saml"),
            ),
            (
                "a.txt",
                "https://acme.awsapps.com/start/#/saml/x".into(),
                is(SSO, "https://acme.awsapps.com/start/#/saml/x"),
            ),
            ("users.csv", "x".into(), is(CSV, "x")),
            (
                "-",
                "First name,last name".into(),
                is(CSV, "First name,last name"),
            ),
            (
                "a.js",
                "connect.core.initCCP(x, {})".into(),
                is(INIT_CCP, "connect.core.initCCP(x, {})"),
            ),
            ("-", "{ ccpUrl }".into(), is(INIT_CCP, "{ ccpUrl }")),
            (
                "-",
                "{\"ccpUrl\": \"\", \"region\": \"\"}".into(),
                is(INIT_CCP, "{\"ccpUrl\": \"\", \"region\": \"\"}"),
            ),
            ("-", "nothing here".into(), vec![]),
            ("-", "[1]".into(), vec![]),
        ] {
            assert_eq!(read(name, &text), expected, "{name}: {text}");
        }
    }

    #[test]
    fn requests_that_the_browser_copies_are_responses() {
        let body = "SAMLResponse=PHNhbWwycDpSZXNwb25zZSB4bWxuczpzYW1sMnA9InVybjpvYXNpczpuYW1lczp0YzpTQU1MOjIuMDpwcm90b2NvbCIvPg%3D%3D&RelayState=x";
        for text in [
            format!("curl 'https://signin.aws.amazon.com/saml' \\\n  --data-raw '{body}'"),
            format!(
                "fetch(\"https://signin.aws.amazon.com/saml\", {{\n  \"body\": \"{body}\"\n}});"
            ),
            format!(
                "Invoke-WebRequest -Uri \"https://signin.aws.amazon.com/saml\" -Body \"{body}\""
            ),
        ] {
            assert_eq!(read("-", &text), [(SAML_RESPONSE, text.clone())]);
        }
    }

    #[test]
    fn files_of_windows_are_text() {
        assert_eq!(decode(b"\xff\xfea\0\xfc\0"), "aü");
        assert_eq!(decode(b"\xfe\xff\0a"), "a");
        assert_eq!(decode("aü".as_bytes()), "aü");
        assert_eq!(decode(b"a\xff"), "a\u{fffd}");
    }
}
