//! The relay state inside an SSO Login URL, and how its destination is rewritten.
//!
//! With IdP-initiated SAML the relay state is Amazon's federate URL; its `destination` says which
//! page opens once the session cookie is set (Amazon Connect Administrator Guide, "Use a
//! destination in your relay state URL"). Pointing it at the return page turns "the agent has
//! signed in" into an event.

use percent_encoding::percent_decode_str;

use super::web_url::{ReadUrl, WebUrl};
use crate::private::Private;

/// An SSO Login URL taken apart around its relay state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relay {
    /// The SSO Login URL up to the value that carries the relay state.
    before: Private<String>,
    /// What follows that value.
    after: Private<String>,
    /// AD FS puts the relay state in a form inside the value; the text around it, decoded once.
    nested: Option<Private<(String, String)>>,
    /// The federate URL as the console would get it.
    federate: Private<String>,
    instance_id: String,
    cut: bool,
}

impl Relay {
    /// Finds the relay state in `sso_login_url`: in the parameters `RelayState`, `TargetResource`
    /// (PingFederate) and `applicationUrl` (PingOne), encoded or not, and one level deeper as AD FS
    /// nests it. `None` when there is none that names a federate URL.
    pub fn find(sso_login_url: &str, read: ReadUrl<'_>) -> Option<Self> {
        let end = sso_login_url.find('#').unwrap_or(sso_login_url.len());
        let start = sso_login_url.get(..end)?.find('?')? + 1;
        segments(sso_login_url.get(start..end)?)
            .filter(|segment| segment.names_relay_state())
            .find_map(|segment| {
                let (from, to) = (start + segment.value_from, start + segment.to);
                let value = sso_login_url.get(from..to)?;
                let decoded = decode(value)?;
                let (nested, federate) = match federate_instance(&decoded, read) {
                    Some(_) => (None, decoded),
                    None => unnest(&decoded, read)?,
                };
                Some(Self {
                    instance_id: federate_instance(&federate, read)?,
                    cut: value.contains('?') && to < end,
                    before: Private::new(sso_login_url.get(..from)?.to_owned()),
                    after: Private::new(sso_login_url.get(to..)?.to_owned()),
                    nested: nested.map(Private::new),
                    federate: Private::new(federate),
                })
            })
    }

    /// The SSO Login URL whose federate URL ends at `destination`; the rest stays byte for byte.
    pub fn with_destination(&self, destination: &str) -> String {
        let federate = replace_destination(self.federate.reveal(), destination);
        let value = match &self.nested {
            None => encode(&federate),
            Some(around) => {
                let (before, after) = around.reveal();
                encode(&format!("{before}{}{after}", encode(&federate)))
            }
        };
        format!("{}{value}{}", self.before.reveal(), self.after.reveal())
    }

    /// The instance id in the federate URL.
    pub fn instance_id(&self) -> &str {
        &self.instance_id
    }

    /// Whether the relay state stands unencoded before a raw `&`, where the IdP's parser cuts it.
    pub const fn is_cut(&self) -> bool {
        self.cut
    }
}

/// One `name=value` of a query: where the value begins and ends.
struct Segment<'a> {
    name: &'a str,
    value_from: usize,
    to: usize,
}

impl Segment<'_> {
    fn names_relay_state(&self) -> bool {
        RELAY_PARAMETERS
            .iter()
            .any(|name| self.name.eq_ignore_ascii_case(name))
    }
}

fn segments(query: &str) -> impl Iterator<Item = Segment<'_>> {
    let mut from = 0;
    query.split('&').map(move |text| {
        let start = from;
        let to = start + text.len();
        from = to + 1;
        let (name, value_from) = match text.split_once('=') {
            Some((name, _)) => (name, start + name.len() + 1),
            None => (text, to),
        };
        Segment {
            name,
            value_from,
            to,
        }
    })
}

/// AD FS: `RPID=…&RelayState=<encoded federate URL>`, the whole encoded once more.
fn unnest(form: &str, read: ReadUrl<'_>) -> Option<(Option<(String, String)>, String)> {
    segments(form)
        .filter(|segment| segment.name.eq_ignore_ascii_case("RelayState"))
        .find_map(|segment| {
            let federate = decode(form.get(segment.value_from..segment.to)?)?;
            federate_instance(&federate, read)?;
            let around = (
                form.get(..segment.value_from)?.to_owned(),
                form.get(segment.to..)?.to_owned(),
            );
            Some((Some(around), federate))
        })
}

/// The instance id, if `text` is a federate URL: `/connect/federate/<id>` on an AWS console host,
/// or on any host of localhost.
fn federate_instance(text: &str, read: ReadUrl<'_>) -> Option<String> {
    let url = WebUrl::parse(text, None, read).ok()?;
    if url.text().len() != text.len() {
        return None; // White space around it, which the console may not forgive.
    }
    let url = url.address();
    let known = url.is_localhost()
        || CONSOLES.iter().any(|console| {
            url.host.ends_with(console) || console.strip_prefix('.') == Some(&url.host)
        });
    let id = url.path.strip_prefix("/connect/federate/")?;
    let fits = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (known && fits).then(|| id.to_owned())
}

/// Every `destination` becomes ours, because nobody says which of two counts; without one, ours is
/// added at the end.
fn replace_destination(federate: &str, destination: &str) -> String {
    let (url, fragment) = match federate.split_once('#') {
        Some((url, fragment)) => (url, Some(fragment)),
        None => (federate, None),
    };
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let ours = format!("destination={}", encode(destination));
    let mut replaced = format!("{path}?");
    let mut found = false;
    for (index, part) in query.split('&').enumerate() {
        if index > 0 {
            replaced.push('&');
        }
        let is_ours = names_destination(part);
        found |= is_ours;
        replaced += if is_ours { &ours } else { part };
    }
    if !found {
        if !query.is_empty() {
            replaced.push('&');
        }
        replaced += &ours;
    }
    if let Some(fragment) = fragment {
        replaced.push('#');
        replaced += fragment;
    }
    replaced
}

/// Whether a part of a query is a `destination`, however its name is encoded.
fn names_destination(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or_default();
    decode(name).is_some_and(|name| name == "destination")
}

fn decode(text: &str) -> Option<String> {
    percent_decode_str(text)
        .decode_utf8()
        .ok()
        .map(|text| text.into_owned())
}

/// Encodes everything but the unreserved characters of RFC 3986, section 2.3. Not by the crate that
/// decodes: its encoder brings tables and panics that cost the page 2 kB of gzip.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for half in [byte >> 4, byte & 15] {
                let digit = char::from_digit(u32::from(half), 16).unwrap_or('0');
                encoded.push(digit.to_ascii_uppercase());
            }
        }
    }
    encoded
}

const RELAY_PARAMETERS: [&str; 3] = ["RelayState", "TargetResource", "applicationUrl"];

/// Amazon Connect Administrator Guide, "Configure SAML with IAM for Amazon Connect", step 7.
const CONSOLES: [&str; 2] = [".console.aws.amazon.com", ".console.amazonaws-us-gov.com"];

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::testing::{read_url, test};

    const ID: &str = "178c75e4-b3de-4839-a6aa-e321ab3f3770";
    const FEDERATE: &str = "https://us-east-1.console.aws.amazon.com/connect/federate/178c75e4-b3de-4839-a6aa-e321ab3f3770";
    const BACK: &str = "https://desk.example/softphone-return.html?signIn=1&x=2";

    /// What the console gets as relay state when the IdP reads `url`'s `name` parameter.
    #[track_caller]
    fn as_idp_reads(url: &str, name: &str) -> String {
        let url = Url::parse(url).expect("the rewritten URL parses");
        let found = url.query_pairs().find(|(key, _)| key == name);
        found.expect("the parameter is there").1.into_owned()
    }

    #[track_caller]
    fn destination_of(federate: &str) -> String {
        as_idp_reads(federate, "destination")
    }

    #[test]
    fn an_encoded_relay_state_is_rewritten() {
        let sso = format!(
            "https://acme.okta.com/app/aws/exk1/sso/saml?RelayState={}&fromLogin=true",
            encode(&format!("{FEDERATE}?destination=%2Fccp-v2&new_domain=true"))
        );
        let relay = Relay::find(&sso, &read_url).expect("a relay state");
        assert_eq!(relay.instance_id(), ID);
        assert!(!relay.is_cut());
        let rewritten = relay.with_destination(BACK);
        assert!(rewritten.starts_with("https://acme.okta.com/app/aws/exk1/sso/saml?RelayState="));
        assert!(rewritten.ends_with("&fromLogin=true"));
        let federate = as_idp_reads(&rewritten, "RelayState");
        assert!(federate.ends_with("&new_domain=true"), "{federate}");
        assert_eq!(destination_of(&federate), BACK);
    }

    #[test]
    fn a_raw_second_question_mark_is_understood() {
        let sso = format!(
            "https://acme.okta.com/app/aws/exk1/sso/saml?RelayState={FEDERATE}?destination=%2Fccp-v2"
        );
        let relay = Relay::find(&sso, &read_url).expect("a relay state");
        assert!(!relay.is_cut());
        let federate = as_idp_reads(&relay.with_destination(BACK), "RelayState");
        assert_eq!(destination_of(&federate), BACK);
    }

    #[test]
    fn a_raw_ampersand_is_noticed_and_left_alone() {
        let sso = format!(
            "https://idp.example/sso?RelayState={FEDERATE}?destination=%2Fccp-v2&new_domain=true"
        );
        let relay = Relay::find(&sso, &read_url).expect("a relay state");
        assert!(relay.is_cut());
        assert!(relay.with_destination(BACK).ends_with("&new_domain=true"));
    }

    #[test]
    fn ping_federate_and_ad_fs_are_understood() {
        let target = encode(&format!("{FEDERATE}?destination=%2Fccp-v2"));
        let ping = format!(
            "https://sso.example:9031/idp/startSSO.ping?PartnerSpId=urn:amazon:webservices&TargetResource={target}"
        );
        let rewritten = Relay::find(&ping, &read_url)
            .expect("a relay state")
            .with_destination(BACK);
        assert_eq!(
            destination_of(&as_idp_reads(&rewritten, "TargetResource")),
            BACK
        );

        let form = format!("RPID=urn%3Aamazon%3Awebservices&RelayState={target}");
        let adfs = format!(
            "https://fs.example/adfs/ls/IdpInitiatedSignOn.aspx?RelayState={}",
            encode(&form)
        );
        let rewritten = Relay::find(&adfs, &read_url)
            .expect("a relay state")
            .with_destination(BACK);
        let form = as_idp_reads(&rewritten, "RelayState");
        assert!(form.starts_with("RPID=urn%3Aamazon%3Awebservices&RelayState="));
        let federate = as_idp_reads(&format!("https://fs.example/?{form}"), "RelayState");
        assert_eq!(destination_of(&federate), BACK);
    }

    #[test]
    fn a_federate_url_without_destination_gets_one() {
        let sso = format!("https://idp.example/sso?RelayState={}", encode(FEDERATE));
        let rewritten = Relay::find(&sso, &read_url)
            .expect("a relay state")
            .with_destination(BACK);
        assert_eq!(
            destination_of(&as_idp_reads(&rewritten, "RelayState")),
            BACK
        );
    }

    #[test]
    fn only_the_destination_changes() {
        let ours = format!("destination={}", encode(BACK));
        for (query, rewritten) in [
            ("?", format!("?{ours}")),
            ("?a=1&&b=2&", format!("?a=1&&b=2&&{ours}")),
            ("?a=1&destination=x&b=2", format!("?a=1&{ours}&b=2")),
            ("?destination=x&destination=y", format!("?{ours}&{ours}")),
            ("?%64estination=x", format!("?{ours}")),
            ("?destination", format!("?{ours}")),
            ("?Destinations=x", format!("?Destinations=x&{ours}")),
            (
                "?a=%7e%7E+?#top?destination=1",
                format!("?a=%7e%7E+?&{ours}#top?destination=1"),
            ),
            ("#top", format!("?{ours}#top")),
        ] {
            let sso = format!(
                "https://idp.example/sso?RelayState={}",
                encode(&format!("{FEDERATE}{query}"))
            );
            let relay = Relay::find(&sso, &read_url).expect("a relay state");
            assert_eq!(
                as_idp_reads(&relay.with_destination(BACK), "RelayState"),
                format!("{FEDERATE}{rewritten}"),
                "{query}"
            );
        }
    }

    #[test]
    fn a_fragment_of_the_sso_login_url_stays() {
        let sso = format!(
            "https://idp.example/sso?RelayState={}#top",
            encode(FEDERATE)
        );
        let rewritten = Relay::find(&sso, &read_url)
            .expect("a relay state")
            .with_destination(BACK);
        assert!(rewritten.ends_with("#top"));
    }

    #[test]
    fn only_amazons_console_and_localhost_federate() {
        for (host, known) in [
            ("https://us-east-1.console.aws.amazon.com", true),
            ("https://console.aws.amazon.com", true),
            ("https://console.amazonaws-us-gov.com", true),
            ("http://us-east-1.console.aws.localhost:8765", true),
            ("http://us-east-1.console.aws.amazon.com", false),
            ("https://console.aws.amazon.com.example", false),
            ("https://evilconsole.aws.amazon.com", false),
            ("javascript://console.aws.amazon.com", false),
            ("https://ada:secret@console.aws.amazon.com", false),
            ("https://console%252eaws.amazon.com", false),
            (r"https:\\console.aws.amazon.com", false),
        ] {
            let sso = format!("https://idp.example/sso?RelayState={host}/connect/federate/{ID}");
            assert_eq!(Relay::find(&sso, &read_url).is_some(), known, "{host}");
        }
    }

    #[test]
    fn other_relay_states_are_none() {
        for sso in [
            "https://acme.onelogin.com/launch/1",
            "https://idp.example/sso?RelayState=",
            "https://idp.example/sso?RelayState=%FF",
            "https://idp.example/sso?RelayState=https://console.aws.amazon.com/connect/federate/1%0A",
            "https://idp.example/sso?RelayState=https%3A%2F%2Fconsole.aws.amazon.com%2Fec2",
            "https://idp.example/sso?Next=https://console.aws.amazon.com/connect/federate/1",
            "https://idp.example/sso?RelayState=https://console.aws.amazon.com/connect/federate/",
            "https://idp.example/sso?RelayState=https://console.aws.amazon.com/connect/federate/1/2",
            "https://idp.example/sso?Other=1#?RelayState=https://console.aws.amazon.com/connect/federate/1",
        ] {
            assert_eq!(Relay::find(sso, &read_url), None, "{sso}");
        }
    }

    #[test]
    fn a_debugged_relay_state_shows_nothing() {
        let sso = format!("https://idp.example/sso?RelayState={}", encode(FEDERATE));
        let shown = format!("{:?}", Relay::find(&sso, &read_url));
        assert!(!shown.contains("federate/"), "{shown}");
        assert!(!shown.contains("idp.example"), "{shown}");
    }
}
