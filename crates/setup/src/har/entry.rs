//! One entry after the other, each reduced as it is read.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::steps::{says, speaks};

#[derive(Deserialize)]
pub(super) struct File<'a> {
    #[serde(borrow)]
    pub(super) log: Log<'a>,
}

#[derive(Deserialize)]
pub(super) struct Log<'a> {
    #[serde(borrow)]
    pub(super) entries: Entries<'a>,
}

/// Those entries that can matter.
pub(super) struct Entries<'a>(pub(super) Vec<Entry<'a>>);

/// What is kept of an entry.
#[derive(Default)]
pub(super) struct Entry<'a> {
    pub(super) started: Cow<'a, str>,
    pub(super) url: Cow<'a, str>,
    pub(super) method: Cow<'a, str>,
    pub(super) status: i64,
    pub(super) is_page: bool,
    pub(super) is_framed: bool,
    pub(super) is_foreign: bool,
    pub(super) origin: Option<String>,
    pub(super) error: Option<String>,
    pub(super) location: Option<String>,
    pub(super) frame_options: Option<String>,
    pub(super) frame_ancestors: Option<String>,
    pub(super) cookie_sent: bool,
    pub(super) said: Option<&'static str>,
    pub(super) response: Option<Cow<'a, str>>,
    pub(super) relay_state: Option<String>,
}

#[derive(Deserialize)]
struct RawEntry<'a> {
    #[serde(borrow, default, rename = "startedDateTime")]
    started: Cow<'a, str>,
    #[serde(borrow, default, rename = "_resourceType")]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    request: Request<'a>,
    #[serde(borrow)]
    response: Response<'a>,
}

#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow, default)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    url: Cow<'a, str>,
    #[serde(borrow, default)]
    headers: Headers<'a>,
    #[serde(borrow, default, rename = "postData")]
    post: Option<Post<'a>>,
}

#[derive(Default, Deserialize)]
struct Post<'a> {
    #[serde(borrow, default)]
    params: Option<Vec<Pair<'a>>>,
    #[serde(borrow, default)]
    text: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Response<'a> {
    #[serde(default)]
    status: i64,
    #[serde(borrow, default)]
    headers: Headers<'a>,
    #[serde(borrow, default)]
    content: Option<Content<'a>>,
    #[serde(default, rename = "redirectURL")]
    redirect: Option<String>,
    /// Chrome's.
    #[serde(default, rename = "_error")]
    error: Option<String>,
    /// Playwright's.
    #[serde(default, rename = "_failureText")]
    failure: Option<String>,
}

#[derive(Deserialize)]
struct Content<'a> {
    #[serde(borrow, default)]
    text: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Pair<'a> {
    #[serde(borrow, default)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    value: Cow<'a, str>,
}

/// Those headers that are read, by their names in lower case.
#[derive(Default)]
struct Headers<'a>(Vec<(&'static str, Cow<'a, str>)>);

impl<'a> Headers<'a> {
    fn get(&self, name: &str) -> Option<&str> {
        let named = self.0.iter().find(|(known, _)| *known == name);
        named.map(|(_, value)| value.as_ref())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Headers<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Headers<'de>;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("headers")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Self::Value, A::Error> {
                let mut kept = Vec::new();
                while let Some(pair) = all.next_element::<Pair<'de>>()? {
                    let known = READ
                        .iter()
                        .find(|known| pair.name.eq_ignore_ascii_case(known));
                    kept.extend(known.map(|known| (*known, pair.value)));
                }
                Ok(Headers(kept))
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Headers::default())
            }
        }
        from.deserialize_any(All)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Entries<'de>;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("the entries of a HAR file")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Self::Value, A::Error> {
                let mut kept = Vec::new();
                while kept.len() < MOST {
                    match all.next_element::<RawEntry<'de>>()? {
                        Some(raw) => kept.extend(reduced(raw)),
                        None => return Ok(Entries(kept)),
                    }
                }
                while all.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Entries(kept))
            }
        }
        from.deserialize_seq(All)
    }
}

/// What is kept of an entry; nothing of a picture or a script that arrived.
fn reduced(raw: RawEntry<'_>) -> Option<Entry<'_>> {
    let RawEntry {
        started,
        kind,
        request,
        response,
    } = raw;
    let destination = request.headers.get("sec-fetch-dest").unwrap_or_default();
    let kind = kind.map_or("", |kind| kind.get().trim_matches('"'));
    let is_framed = matches!(destination, "iframe" | "frame");
    let is_page = is_framed || matches!(destination, "document") || kind == "document";
    let (sent, relay_state) = request.post.map(form).unwrap_or_default();
    let is_asset = matches!(
        destination,
        "image" | "font" | "style" | "script" | "video" | "audio"
    ) || matches!(kind, "image" | "font" | "stylesheet" | "script" | "media");
    if is_asset && sent.is_none() {
        return None;
    }
    let policy = response
        .headers
        .get("content-security-policy")
        .unwrap_or_default();
    let ancestors = policy
        .split([';', ','])
        .find_map(|directive| directive.trim().strip_prefix("frame-ancestors"));
    let text = response.content.as_ref().and_then(|content| content.text);
    let (host, _) = super::parts(&request.url);
    let said = text
        .filter(|_| speaks(host))
        .and_then(|text| says(text.get()));
    let header = |name: &str| response.headers.get(name).map(str::to_owned);
    let asked = |name: &str| request.headers.get(name).filter(|value| *value != "null");
    let origin = asked("origin")
        .or_else(|| asked("referer"))
        .and_then(origin);
    let is_given = |text: &String| !text.is_empty();
    Some(Entry {
        started,
        method: request.method,
        status: response.status,
        is_page,
        is_framed,
        is_foreign: matches!(
            request.headers.get("sec-fetch-site"),
            Some("cross-site" | "same-site")
        ),
        origin,
        error: response.error.or(response.failure).filter(is_given),
        location: response
            .redirect
            .filter(is_given)
            .or_else(|| header("location")),
        frame_options: header("x-frame-options"),
        frame_ancestors: ancestors.map(|sources| sources.trim().to_owned()),
        cookie_sent: request.headers.get("cookie").is_some(),
        said,
        response: sent,
        relay_state,
        url: request.url,
    })
}

/// `SAMLResponse` and `RelayState` of a form.
fn form(post: Post<'_>) -> (Option<Cow<'_, str>>, Option<String>) {
    let params = post.params.unwrap_or_default();
    let (mut response, mut relay_state) = (None, None);
    for Pair { name, value } in params {
        match name.as_ref() {
            "SAMLResponse" => response = Some(value),
            "RelayState" => relay_state = Some(decoded(&value)),
            _ => {}
        }
    }
    if response.is_some() {
        return (response, relay_state);
    }
    let named = |name: &str, pair: &str| {
        pair.starts_with(name) && pair.as_bytes().get(name.len()) == Some(&b'=')
    };
    let value = |name: &str| match &post.text {
        Cow::Borrowed(text) => {
            let pair = text.split('&').find(|pair| named(name, pair))?;
            pair.get(name.len() + 1..).map(Cow::Borrowed)
        }
        Cow::Owned(text) => {
            let pair = text.split('&').find(|pair| named(name, pair))?;
            pair.get(name.len() + 1..)
                .map(|value| Cow::Owned(value.to_owned()))
        }
    };
    let response = value("SAMLResponse");
    let relay_state = value("RelayState").map(|value| decoded(&value));
    (response, relay_state)
}

/// A value of a form: some browsers write it decoded into a HAR, others as it was sent.
fn decoded(value: &str) -> String {
    if value.contains("://") {
        return value.to_owned();
    }
    let plain = value.replace('+', " ");
    let whole = crate::finding::Range::new(0, plain.len());
    let once = crate::decoded::Decoded::part(&plain, whole).decode();
    once.map_or(plain, |once| once.text().to_owned())
}

/// The origin of a URL.
fn origin(url: &str) -> Option<String> {
    let start = url.find("://")? + 3;
    let rest = url.get(start..)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    url.get(..start + end).map(str::to_owned)
}

const READ: [&str; 8] = [
    "content-security-policy",
    "cookie",
    "location",
    "origin",
    "referer",
    "sec-fetch-dest",
    "sec-fetch-site",
    "x-frame-options",
];
/// How many requests are kept: more than a day at a phone makes.
const MOST: usize = 100_000;
