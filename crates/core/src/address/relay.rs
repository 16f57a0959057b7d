//! The relay state inside an SSO Login URL, and how its destination is rewritten.
//!
//! With IdP-initiated SAML the relay state is Amazon's federate URL; its `destination` says which
//! page opens once the session cookie is set (Amazon Connect Administrator Guide, "Use a
//! destination in your relay state URL"). Pointing it at the return page turns "the agent has
//! signed in" into an event.

use super::ReadUrl;
use super::federate::{FederateUrl, decode, encode};
use crate::private::Private;

/// An SSO Login URL taken apart around its relay state.
///
/// The text around the relay state is kept as it is and never parsed or written again: identity
/// providers are free to compare it byte for byte, or to sign it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relay {
    /// The SSO Login URL up to the value that carries the relay state.
    before: Private<String>,
    /// What follows that value.
    after: Private<String>,
    /// AD FS puts the relay state in a form inside the value: the form's text around it, decoded
    /// once.
    form: Option<Private<(String, String)>>,
    federate: FederateUrl,
    cut: bool,
}

impl Relay {
    /// Finds the relay state in `sso_login_url`: in the parameter `RelayState`, or as other identity
    /// providers and brokers call it, encoded or not, and one level deeper as AD FS nests it. `None`
    /// when there is none that names a federate URL.
    pub fn find(sso_login_url: &str, read: ReadUrl<'_>) -> Option<Self> {
        // Split by hand, because a relay state that was pasted without encoding holds a second `?`,
        // and `#` ends the query wherever it stands.
        let end = sso_login_url.find('#').unwrap_or(sso_login_url.len());
        let start = sso_login_url.get(..end)?.find('?')? + 1;
        segments(sso_login_url.get(start..end)?)
            .filter(Segment::names_relay_state)
            .find_map(|segment| {
                let (from, to) = (start + segment.value_from, start + segment.to);
                let value = sso_login_url.get(from..to)?;
                let decoded = decode(value)?;
                let (form, federate) = match FederateUrl::parse(&decoded, read) {
                    Some(federate) => (None, federate),
                    None => {
                        let (form, federate) = find_in_form(&decoded, read)?;
                        (Some(Private::new(form)), federate)
                    }
                };
                Some(Self {
                    before: Private::new(sso_login_url.get(..from)?.to_owned()),
                    after: Private::new(sso_login_url.get(to..)?.to_owned()),
                    form,
                    federate,
                    // A raw `?` shows that the value was not encoded. If anything follows, it was
                    // probably meant as part of the relay state, but `&` has ended that.
                    cut: value.contains('?') && to < end,
                })
            })
    }

    /// The SSO Login URL whose federate URL ends at `destination`; the rest stays byte for byte.
    pub fn with_destination(&self, destination: &str) -> String {
        let federate = self.federate.with_destination(destination);
        let value = match &self.form {
            None => encode(&federate),
            Some(form) => {
                let (before, after) = form.reveal();
                encode(&format!("{before}{}{after}", encode(&federate)))
            }
        };
        format!("{}{value}{}", self.before.reveal(), self.after.reveal())
    }

    /// Whether `sso_login_url` has a `RelayState` with anything in it, of whatever kind.
    pub fn is_named_in(sso_login_url: &str) -> bool {
        let url = sso_login_url.split('#').next().unwrap_or_default();
        let mut parts = url
            .split(['?', '&'])
            .filter_map(|part| part.split_once('='));
        parts.any(|(name, value)| name.eq_ignore_ascii_case(RELAY_STATE) && !value.is_empty())
    }

    /// How many bytes of the SSO Login URL stand before and after the value that carries it.
    #[cfg(feature = "reading")]
    pub fn around(&self) -> (usize, usize) {
        (self.before.reveal().len(), self.after.reveal().len())
    }

    /// The AWS Region that the relay state names, if its host names one.
    pub fn region(&self) -> Option<&str> {
        self.federate.region()
    }

    /// The instance that the relay state leads to.
    pub fn instance_id(&self) -> &str {
        self.federate.instance_id()
    }

    /// Where sign-in ends, as configured and decoded.
    pub fn destination(&self) -> Option<String> {
        self.federate.parameter("destination")
    }

    /// Whether it says that the instance has left the legacy domain.
    pub fn has_new_domain(&self) -> bool {
        self.federate.parameter("new_domain").as_deref() == Some("true")
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

/// The relay state in a form as AD FS takes it, `RPID=…&RelayState=<encoded federate URL>`, with the
/// text before and after it.
fn find_in_form(form: &str, read: ReadUrl<'_>) -> Option<((String, String), FederateUrl)> {
    segments(form)
        .filter(|segment| segment.name.eq_ignore_ascii_case(RELAY_STATE))
        .find_map(|segment| {
            let value = decode(form.get(segment.value_from..segment.to)?)?;
            let federate = FederateUrl::parse(&value, read)?;
            let around = (
                form.get(..segment.value_from)?.to_owned(),
                form.get(segment.to..)?.to_owned(),
            );
            Some((around, federate))
        })
}

const RELAY_STATE: &str = "RelayState";
/// The names under which a relay state is passed, in any case.
const RELAY_PARAMETERS: [&str; 6] = [
    RELAY_STATE,
    // PingFederate
    "TargetResource",
    "target",
    // PingOne
    "applicationUrl",
    "appurl",
    // AWS's own federation endpoint, signin.aws.amazon.com/federation, for brokers
    "Destination",
];

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
    fn other_names_of_the_relay_state_are_understood() {
        for name in [
            "relaystate",
            "targetresource",
            "target",
            "APPURL",
            "Destination",
        ] {
            let sso = format!("https://idp.example/sso?a=1&{name}={}", encode(FEDERATE));
            let relay = Relay::find(&sso, &read_url).expect("a relay state");
            let rewritten = as_idp_reads(&relay.with_destination(BACK), name);
            assert_eq!(destination_of(&rewritten), BACK);
        }
        // One that names no federate URL is not a relay state, and one after it may be.
        let both = format!("https://idp.example/?target=home&RelayState={FEDERATE}");
        assert!(Relay::find(&both, &read_url).is_some());
    }

    #[test]
    fn a_relay_state_is_read() {
        let query = "?a=1&destination=%2Fccp-v2%3Fx&new_domain=true#z";
        let sso = format!(
            "https://idp.example/?RelayState={}",
            encode(&format!("{FEDERATE}{query}"))
        );
        let relay = Relay::find(&sso, &read_url).expect("a relay state");
        assert_eq!(relay.region(), Some("us-east-1"));
        assert_eq!(relay.destination().as_deref(), Some("/ccp-v2?x"));
        assert!(relay.has_new_domain());
        let bare =
            "https://idp.example/?RelayState=https://console.aws.amazon.com/connect/federate/1";
        let relay = Relay::find(bare, &read_url).expect("a relay state");
        assert_eq!((relay.region(), relay.destination()), (None, None));
        assert!(!relay.has_new_domain());
        assert!(Relay::is_named_in(bare));
        for none in [
            "https://a.example/",
            "https://a.example/?RelayState=&x",
            "https://a.example/#?RelayState=1",
        ] {
            assert!(!Relay::is_named_in(none), "{none}");
        }
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
