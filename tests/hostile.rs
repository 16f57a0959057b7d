//! Hostile URLs in every field that holds one: only `https:` (`http:` on localhost) ever reaches a
//! window or a frame, and never with credentials. In wasm the browser's own parser reads them.
//!
//! `hostile-urls.json` holds groups of `{ url, why, then }`. `then` is `"refused"`, a
//! `CONFIG_INVALID` that names the field, or an object: field by field what opens instead, exactly
//! (`null`: nothing opens); a field that is not in it refuses. `warned` lists the fields that warn.
//! `padTo` puts as many `a` in the place of `…` as make the URL that many bytes long.

mod address;

use serde_json::Value;
use softphone_core::config::{Config, PageFacts};
use softphone_core::host_value::HostValue;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use address::{opened, read_url};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const LIST: &str = include_str!("hostile-urls.json");
const PAGE: &str = "https://desk.example/agent/index.html";
const INSTANCE: &str = "https://acme.my.connect.aws";
const FIELDS: [&str; 6] = [
    "instanceUrl",
    "ccpUrl",
    "ssoLoginUrl",
    "idpLogoutUrl",
    "signIn.returnUrl",
    "streams.url",
];

/// What became of a URL in a field.
#[derive(Debug, PartialEq)]
enum Outcome {
    Refused,
    /// What reaches a window, a frame or a script, as the browser reads it.
    Opens(Option<String>, Warned),
}

#[derive(Debug, PartialEq)]
struct Warned(bool);

/// An entry of the list.
struct Entry {
    url: String,
    then: Value,
    warned: Value,
    fill: String,
}

fn entries() -> Vec<Entry> {
    let groups: Vec<Value> = serde_json::from_str(LIST).expect("JSON");
    let entries = groups
        .iter()
        .flat_map(|group| group["urls"].as_array().expect("URLs"));
    entries
        .map(|entry| {
            let url = entry["url"].as_str().expect("a URL");
            let length = entry["padTo"].as_u64().unwrap_or_default() as usize;
            let fill = "a".repeat(length.saturating_sub(url.replace('…', "").len()));
            Entry {
                url: url.replace('…', &fill),
                then: entry["then"].clone(),
                warned: entry["warned"].clone(),
                fill,
            }
        })
        .collect()
}

/// A configuration with `url` in `field`.
fn given(field: &str, url: &str) -> HostValue {
    let mut given = HostValue::Text(url.to_owned());
    for name in field.rsplit('.') {
        given = HostValue::Fields(vec![(name.to_owned(), given)]);
    }
    if let (HostValue::Fields(fields), false) =
        (&mut given, field == "instanceUrl" || field == "ccpUrl")
    {
        fields.push((
            "instanceUrl".to_owned(),
            HostValue::Text(INSTANCE.to_owned()),
        ));
    }
    given
}

fn outcome(field: &str, url: &str) -> Outcome {
    let config = match Config::parse(&given(field, url), &PageFacts::unframed(PAGE), &read_url) {
        Ok(config) => config,
        Err(problems) => {
            for problem in problems {
                assert_eq!(problem.field, field, "{url}: {problem}");
                assert!(!problem.to_string().contains('\n'), "{url}: {problem}");
            }
            return Outcome::Refused;
        }
    };
    let opens = match field {
        "instanceUrl" | "ccpUrl" => Some(opened(config.ccp.text(), PAGE)),
        "signIn.returnUrl" => config.return_url.map(|url| opened(url.href(), PAGE)),
        "idpLogoutUrl" => config.idp_logout.map(|url| opened(url.reveal(), PAGE)),
        "streams.url" => config.streams_url.map(|url| opened(url.href(), PAGE)),
        "ssoLoginUrl" => config.sso.map(|sso| {
            let back = config.return_url.as_ref().expect("the default");
            opened(sso.configured.reveal(), PAGE);
            let url = match &sso.relay {
                Some(relay) => relay.with_destination(back.href()),
                None => sso.url.text().to_owned(),
            };
            opened(&url, PAGE)
        }),
        other => unreachable!("{other}"),
    };
    let warned = config.warnings.iter().any(|warning| warning.field == field);
    Outcome::Opens(opens, Warned(warned))
}

#[test]
fn no_hostile_url_reaches_a_window_or_a_frame() {
    let entries = entries();
    assert!(entries.len() >= 200, "{} are too few", entries.len());
    let mut wrong = Vec::new();
    for entry in &entries {
        for field in FIELDS {
            let expected = match entry.then.get(field) {
                None => Outcome::Refused,
                Some(opens) => {
                    let opens = opens.as_str().map(|url| url.replace('…', &entry.fill));
                    let warns = entry.warned.as_array().into_iter().flatten();
                    let warned = Warned(warns.into_iter().any(|name| name == field));
                    Outcome::Opens(opens, warned)
                }
            };
            let found = outcome(field, &entry.url);
            if found != expected {
                let start: String = entry.url.chars().take(200).collect();
                wrong.push(format!("{field} {start:?}: {found:?}, not {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is not refused is told field by field, so that a mistake in the list does not go unseen.
#[test]
fn the_list_says_what_it_means() {
    for entry in entries() {
        let url = &entry.url;
        match entry.then.as_object() {
            None => assert_eq!(entry.then, "refused", "{url}"),
            Some(then) => {
                assert!(!then.is_empty(), "{url}");
                assert!(
                    then.keys().all(|name| FIELDS.contains(&name.as_str())),
                    "{url}"
                );
            }
        }
        for name in entry.warned.as_array().into_iter().flatten() {
            assert!(
                entry.then.get(name.as_str().expect("a field")).is_some(),
                "{url}"
            );
        }
    }
}
