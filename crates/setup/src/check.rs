//! All inputs, and what softphone-core's own check says of them.

use serde::Deserialize;
use softphone_core::address::arn::InstanceArn;
use softphone_core::address::reading::instance_arn;
use softphone_core::config::{self, Config, PageFacts};
use softphone_core::finding::Finding;
use softphone_core::host_value::HostValue;

use crate::decoded::Decoded;
use crate::finding::{Fault, Range, SetupFinding};
use crate::instant::Clock;
use crate::locate::locate;
use crate::saml::findings;
use crate::saml::reading::Reading;
use crate::saml::story::{self, Story};
use crate::url::read;
use crate::{acs_url, arn, federate, init_ccp, provider, relay_state, users};

/// The strings of a set-up, each as it was written; what is blank counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Inputs {
    /// The instance, `https://acme.my.connect.aws`.
    pub instance_url: Option<String>,
    /// The CCP, if it is configured by itself.
    pub ccp_url: Option<String>,
    /// The instance's ARN.
    pub instance_arn: Option<String>,
    /// The identity provider's URL that begins a sign-in.
    pub sso_login_url: Option<String>,
    /// The relay state, as it stands in a field of its own at the identity provider.
    pub relay_state: Option<String>,
    /// Where the identity provider posts the assertion.
    pub acs_url: Option<String>,
    /// The role session name, which is the Connect user name.
    pub user_name: Option<String>,
    /// The file with which SAML users are imported.
    pub csv: Option<String>,
    /// The parameters of `initCCP`, as pasted.
    pub init_ccp: Option<String>,
    /// A SAML response in any form, or a HAR file that has one.
    pub saml_response: Option<String>,
    /// The identity provider's metadata.
    pub idp_metadata: Option<String>,
    /// The identity provider's signing certificate, or several.
    pub certificate: Option<String>,
    /// The reader's time in milliseconds since 1970. Without it, nothing is compared with the present.
    pub now: Option<f64>,
    /// The reader's offset from UTC in minutes, positive to the east.
    pub utc_offset: Option<i32>,
}

/// What was found, and what the inputs of SAML tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What is wrong or looks wrong, in the order of [`FIELDS`].
    pub findings: Vec<SetupFinding>,
    /// In words; `None` where no SAML was given.
    pub story: Option<Story>,
}

/// The names of all inputs.
pub const FIELDS: [&str; 12] = [
    INSTANCE,
    CCP,
    ARN,
    SSO,
    RELAY,
    ACS,
    USER,
    CSV,
    INIT_CCP,
    SAML_RESPONSE,
    METADATA,
    CERTIFICATE,
];

pub(crate) const INSTANCE: &str = "instanceUrl";
pub(crate) const CCP: &str = "ccpUrl";
pub(crate) const ARN: &str = "instanceArn";
pub(crate) const SSO: &str = "ssoLoginUrl";
pub(crate) const RELAY: &str = "relayState";
pub(crate) const ACS: &str = "acsUrl";
pub(crate) const USER: &str = "userName";
pub(crate) const CSV: &str = "csv";
pub(crate) const INIT_CCP: &str = "initCcp";
pub(crate) const SAML_RESPONSE: &str = "samlResponse";
pub(crate) const METADATA: &str = "idpMetadata";
pub(crate) const CERTIFICATE: &str = "certificate";

/// Everything that is wrong with these inputs, or looks wrong; in the order of [`FIELDS`].
pub fn check(inputs: &Inputs) -> Vec<SetupFinding> {
    judge(inputs).findings
}

/// What the inputs of SAML tell, in words.
pub fn story(inputs: &Inputs) -> Option<Story> {
    judge(inputs).story
}

/// Both of it, with everything read once.
pub fn judge(inputs: &Inputs) -> Verdict {
    let facts = Facts::of(inputs);
    let config = HostValue::Fields(named(inputs, &[INSTANCE, CCP, ARN, SSO]));
    let mut findings = facts.of_core(&config, &|field| {
        // Whoever checks an ARN alone has no instance to name.
        let text = inputs.get(field)?;
        Some((field.to_owned(), text.to_owned(), 0))
    });
    let mut add = |field: &str, faults: Vec<Fault>| {
        findings.extend(faults.into_iter().map(|fault| fault.of(field)));
    };
    if let Some(text) = inputs.get(ARN) {
        add(ARN, arn::check(text));
    }
    if let Some(text) = inputs.get(SSO) {
        add(SSO, provider::check(text, facts.global_resiliency));
        if let Some(federate) = relay_state::in_sso_login_url(text) {
            add(SSO, federate::check_federate(&federate, &facts));
        }
    }
    if let Some(text) = inputs.get(ACS) {
        add(ACS, acs_url::check(text, &facts));
    }
    if let Some(text) = inputs.get(USER) {
        add(USER, users::check_name(text, inputs.get(CSV)));
    }
    if let Some(text) = inputs.get(CSV) {
        add(CSV, users::check(text));
    }
    if let Some(text) = inputs.get(RELAY) {
        findings.extend(relay_state::check(text, inputs, &facts));
    }
    if let Some(text) = inputs.get(INIT_CCP) {
        findings.extend(init_ccp::check(text, inputs, &facts));
    }
    let reading = Reading::of(inputs);
    findings.extend(findings::check(&reading, inputs, &facts));
    findings.sort_by_key(|finding| {
        let input = finding.field.split('.').next().unwrap_or_default();
        let field = FIELDS.iter().position(|field| *field == input);
        (field, finding.at.map_or(0, |at| at.start))
    });
    Verdict {
        findings,
        story: story::tell(&reading, inputs),
    }
}

/// Which input a field of a configuration is, what its text is, and how far into the input that begins.
type Place<'a> = &'a dyn Fn(&str) -> Option<(String, String, usize)>;

/// What is known of the instance, with which the inputs are compared.
pub(crate) struct Facts {
    pub(crate) arn: Option<InstanceArn>,
    /// The AWS Region, and the input that names it.
    pub(crate) region: Option<(String, &'static str)>,
    /// Whether the identity provider posts to the endpoint of Global Resiliency.
    pub(crate) global_resiliency: bool,
}

impl Facts {
    fn of(inputs: &Inputs) -> Self {
        let arn = inputs.get(ARN).and_then(|text| {
            let (arn, rest) = instance_arn(text.trim())?;
            rest.trim_end_matches('/').is_empty().then_some(arn)
        });
        let by_arn = || Some((arn.as_ref()?.region().to_owned(), ARN));
        let alone = || {
            let text = inputs.get(RELAY)?;
            let whole = Decoded::part(text, Range::whole(text));
            Some((federate::region(&whole)?.0, RELAY))
        };
        let in_sso = || {
            let federate = relay_state::in_sso_login_url(inputs.get(SSO)?)?;
            Some((federate::region(&federate)?.0, SSO))
        };
        Self {
            region: by_arn().or_else(alone).or_else(in_sso),
            global_resiliency: inputs.get(ACS).is_some_and(acs_url::is_global_resiliency),
            arn,
        }
    }

    /// What the softphone itself says of this configuration, which it would refuse in the same way. `place` says which
    /// input a field of it is, what its text is, and how far into the input that begins; `None` where the field is none.
    pub(crate) fn of_core(&self, config: &HostValue, place: Place<'_>) -> Vec<SetupFinding> {
        let page = PageFacts::unframed(PAGE);
        let found = Config::findings(config, &page, &read);
        let mut placed = Vec::new();
        for (index, finding) in found.iter().enumerate() {
            let Some((field, text, offset)) = place(&finding.field) else {
                continue;
            };
            let same =
                |other: &&Finding| (other.code, &other.field) == (finding.code, &finding.field);
            let nth = found.iter().take(index).filter(same).count();
            let at = match finding.code {
                config::code::MISSING_FIELD => None,
                _ => Some(locate(finding, nth, &text, self.arn.as_ref()).moved(offset)),
            };
            let (remedy, source) = advice(finding);
            placed.push(SetupFinding {
                code: finding.code,
                severity: finding.severity,
                field,
                at,
                found: finding.found.clone(),
                expected: finding.expected.clone(),
                remedy: remedy.to_owned(),
                source,
            });
        }
        placed
    }
}

impl Inputs {
    /// The input `name`, to be set; `None` when there is no such input.
    pub fn field(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            INSTANCE => &mut self.instance_url,
            CCP => &mut self.ccp_url,
            ARN => &mut self.instance_arn,
            SSO => &mut self.sso_login_url,
            RELAY => &mut self.relay_state,
            ACS => &mut self.acs_url,
            USER => &mut self.user_name,
            CSV => &mut self.csv,
            INIT_CCP => &mut self.init_ccp,
            SAML_RESPONSE => &mut self.saml_response,
            METADATA => &mut self.idp_metadata,
            CERTIFICATE => &mut self.certificate,
            _ => return None,
        })
    }

    /// The text of the input `name`, unless it is blank.
    pub fn get(&self, name: &str) -> Option<&str> {
        let text = match name {
            INSTANCE => &self.instance_url,
            CCP => &self.ccp_url,
            ARN => &self.instance_arn,
            SSO => &self.sso_login_url,
            RELAY => &self.relay_state,
            ACS => &self.acs_url,
            USER => &self.user_name,
            CSV => &self.csv,
            INIT_CCP => &self.init_ccp,
            SAML_RESPONSE => &self.saml_response,
            METADATA => &self.idp_metadata,
            CERTIFICATE => &self.certificate,
            _ => return None,
        };
        text.as_deref().filter(|text| !text.trim().is_empty())
    }

    /// The reader's clock.
    pub(crate) fn clock(&self) -> Clock {
        // A time outside of these numbers is none; as JavaScript has it.
        let now = self.now.filter(|now| now.abs() <= 8.64e15);
        #[expect(clippy::cast_possible_truncation, reason = "it is smaller than 2^53")]
        Clock {
            now: now.map(|now| now as i64),
            offset: self.utc_offset.unwrap_or_default().clamp(-1440, 1440),
        }
    }
}

/// Those of the inputs, as fields of a configuration.
pub(crate) fn named(inputs: &Inputs, names: &[&str]) -> Vec<(String, HostValue)> {
    let value = |name: &&str| {
        let text = inputs.get(name)?;
        Some(((*name).to_owned(), HostValue::Text(text.to_owned())))
    };
    names.iter().filter_map(value).collect()
}

/// What an administrator does about a finding of the core, and where that is documented.
fn advice(finding: &Finding) -> (&'static str, &'static str) {
    use config::code::{
        CONFLICT, MISSING_FIELD, ODD_RELAY_STATE, RELAY_STATE_CUT, RESERVED_OPTION, UNKNOWN_FIELD,
        UNKNOWN_HOST, URL_REFUSED, WRONG_URL,
    };
    match (finding.code, finding.field.as_str()) {
        (URL_REFUSED, SSO) => (
            "Copy the URL once more from the identity provider's console, not from a document, and put your own values in.",
            SETUP_GUIDE,
        ),
        (URL_REFUSED, _) => (
            "Copy the URL once more from the Amazon Connect console (\"Access URL\"), not from a document.",
            INSTANCE_GUIDE,
        ),
        (_, ARN) => (
            "Copy the instance ARN from the Amazon Connect console: choose the instance's alias; it is on the page \"Account overview\".",
            ARN_GUIDE,
        ),
        (WRONG_URL, SSO) => (
            "Enter the URL with which the identity provider begins a sign-in to AWS; the federate URL is its relay state.",
            SETUP_GUIDE,
        ),
        (WRONG_URL | MISSING_FIELD, _) => (
            "Enter the instance's own URL, as the Amazon Connect console shows it (\"Access URL\").",
            INSTANCE_GUIDE,
        ),
        (UNKNOWN_HOST, _) => (
            "Compare the host with the Access URL in the Amazon Connect console; a proxy in front of the instance may have another one.",
            INSTANCE_GUIDE,
        ),
        (CONFLICT, SSO) => (
            "Take the AWS Region and the instance ID of the relay state from the instance's ARN.",
            SETUP_GUIDE,
        ),
        (RELAY_STATE_CUT, _) => (
            "Percent-encode the whole relay state: \":\" is %3A, \"/\" is %2F, \"?\" is %3F, \"&\" is %26, and \"%\" is %25.",
            SETUP_GUIDE,
        ),
        (ODD_RELAY_STATE, _) => (
            "Use https://<region>.console.aws.amazon.com/connect/federate/<instance ID>?destination=%2Fccp-v2 with your own values, percent-encoded once more inside a URL.",
            SETUP_GUIDE,
        ),
        (UNKNOWN_FIELD | RESERVED_OPTION, _) => {
            ("Correct the name, or take the option out.", STREAMS)
        }
        (_, field) if field.starts_with("streams.") => {
            ("Correct the option, or take it out.", STREAMS)
        }
        (_, _) => (
            "Compare the value with the Amazon Connect console.",
            INSTANCE_GUIDE,
        ),
    }
}

/// The page that the softphone would open on: no input is compared with it.
const PAGE: &str = "https://desk.example/";

pub(crate) const SETUP_GUIDE: &str =
    "Amazon Connect Administrator Guide, \"Configure SAML with IAM for Amazon Connect\"";
pub(crate) const INSTANCE_GUIDE: &str =
    "Amazon Connect Administrator Guide, \"Find your Amazon Connect instance name\"";
pub(crate) const ARN_GUIDE: &str =
    "Amazon Connect Administrator Guide, \"Find your Amazon Connect instance ID or ARN\"";
pub(crate) const STREAMS: &str =
    "Amazon Connect Streams 2.28.2, Documentation.md, \"connect.core.initCCP()\"";
