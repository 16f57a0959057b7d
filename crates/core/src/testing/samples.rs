//! Samples that many tests share.

use std::rc::Rc;

use crate::agent::Agent;
use crate::config::{Config, PageFacts};
use crate::host_value::HostValue;
use crate::private::Private;
use crate::time::{Millis, Span};

/// The page of the host.
pub(crate) const PAGE: &str = "https://desk.example/agent/";
/// An SSO Login URL with a relay state.
pub(crate) const SSO: &str = "https://acme.okta.com/app/aws/exk1/sso/saml?RelayState=https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fconnect%2Ffederate%2F178c75e4-b3de-4839-a6aa-e321ab3f3770%3Fdestination%3D%252Fccp-v2";
/// One without.
pub(crate) const SSO_WITHOUT_RELAY: &str = "https://acme.onelogin.com/launch/1";
/// When every story starts.
pub(crate) const START: Millis = Millis::new(1_700_000_000_000);
/// How long a session lasts, unless a story says otherwise.
pub(crate) const SESSION: Span = Span::hours(12);

/// An agent who is available.
pub(crate) fn agent(username: &str) -> Agent {
    Agent {
        username: Private::new(username.to_owned()),
        name: Private::new("Ada Example".to_owned()),
        state: "Available".to_owned(),
        state_type: "routable".to_owned(),
        state_since: START,
        availability: None,
        next_state: None,
        softphone: true,
        muted: None,
        voice_enhancement: None,
        setup: Rc::default(),
    }
}

/// The configuration of the instance acme with these fields.
pub(crate) fn config(fields: &[(&str, HostValue)]) -> Config {
    let instance = HostValue::Text("https://acme.my.connect.aws".to_owned());
    let mut all = vec![("instanceUrl".to_owned(), instance)];
    let fields = fields.iter();
    all.extend(fields.map(|(name, value)| ((*name).to_owned(), value.clone())));
    Config::parse(
        &HostValue::Fields(all),
        &PageFacts::unframed(PAGE),
        &super::read_url,
    )
    .expect("a good configuration")
}
