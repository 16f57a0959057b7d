//! What each identity provider asks for, and what is asked about it.

mod ad_fs;
mod auth0;
mod entra;
mod google;
mod identity_center;
mod jump_cloud;
mod keycloak;
mod okta;
mod okta_voice;
mod one_login;
mod other;
mod ping_federate;
mod ping_one;
mod salesforce;

use super::host::Host;
use super::question::Question;
use super::runbook::{Choice, StepText, StringText, When};
use crate::check::SETUP_GUIDE;
use crate::write::aws::{REGIONAL, RELAY, RESILIENT, SAML};

/// An identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Idp {
    Okta,
    Entra,
    PingOne,
    PingFederate,
    AdFs,
    Google,
    OneLogin,
    JumpCloud,
    Keycloak,
    Auth0,
    IdentityCenter,
    Salesforce,
    Other,
}

/// Where an identity provider reads a relay state in its URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carrier {
    /// Nowhere: it is set in the app.
    None,
    /// In this parameter.
    Parameter(&'static str),
    /// In a form inside the parameter `RelayState`.
    AdFs,
}

/// What there is to know of an identity provider.
pub(super) struct Provider {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// In the names of policies, in lower case, and of the role and the provider.
    pub(super) short: &'static str,
    pub(super) role: &'static str,
    pub(super) connect: &'static str,
    /// What stands in a string without the answers `idpDomain`, `appId` and `tenantId`.
    pub(super) domain: &'static str,
    pub(super) app: &'static str,
    pub(super) tenant: &'static str,
    pub(super) questions: &'static [Question],
    /// The URL that begins a sign-in, without a relay state, where it was not given.
    pub(super) link: &'static str,
    pub(super) carrier: Carrier,
    /// What is done before IAM has the identity provider.
    pub(super) steps: &'static [StepText],
    /// What is done after that.
    pub(super) after: &'static [StepText],
    /// So that the host can frame the sign-in.
    pub(super) framing: &'static [StepText],
}

impl Idp {
    pub(super) const ALL: [Self; 13] = [
        Self::Okta,
        Self::Entra,
        Self::PingOne,
        Self::PingFederate,
        Self::AdFs,
        Self::Google,
        Self::OneLogin,
        Self::JumpCloud,
        Self::Keycloak,
        Self::Auth0,
        Self::IdentityCenter,
        Self::Salesforce,
        Self::Other,
    ];

    pub(super) fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|idp| idp.provider().id == id)
    }

    pub(super) const fn provider(self) -> &'static Provider {
        match self {
            Self::Okta => &okta::PROVIDER,
            Self::Entra => &entra::PROVIDER,
            Self::PingOne => &ping_one::PROVIDER,
            Self::PingFederate => &ping_federate::PROVIDER,
            Self::AdFs => &ad_fs::PROVIDER,
            Self::Google => &google::PROVIDER,
            Self::OneLogin => &one_login::PROVIDER,
            Self::JumpCloud => &jump_cloud::PROVIDER,
            Self::Keycloak => &keycloak::PROVIDER,
            Self::Auth0 => &auth0::PROVIDER,
            Self::IdentityCenter => &identity_center::PROVIDER,
            Self::Salesforce => &salesforce::PROVIDER,
            Self::Other => &other::PROVIDER,
        }
    }

    pub(super) const fn choice(self) -> Choice {
        let provider = self.provider();
        Choice {
            value: provider.id,
            label: provider.name,
        }
    }

    pub(super) fn steps(self, host: Host) -> &'static [StepText] {
        if self.is_okta_for_voice(host) {
            okta_voice::STEPS
        } else {
            self.provider().steps
        }
    }

    pub(super) fn steps_after(self, host: Host) -> &'static [StepText] {
        if self.is_okta_for_voice(host) {
            okta_voice::AFTER
        } else {
            self.provider().after
        }
    }

    /// Service Cloud Voice opens a window of its own.
    pub(super) fn framing(self, host: Host) -> &'static [StepText] {
        if host == Host::SalesforceScv {
            &[]
        } else {
            self.provider().framing
        }
    }

    /// The app of Okta's catalogue takes the role from the assignment; Service Cloud Voice's comes from the profile.
    fn is_okta_for_voice(self, host: Host) -> bool {
        self == Self::Okta && host == Host::SalesforceScv
    }
}

impl Provider {
    /// In the names of policies.
    pub(super) fn prefix(&self) -> String {
        self.short.to_ascii_lowercase()
    }
}

const fn acs(label: &'static str) -> StringText {
    StringText::url("acs-url", label, "@acs@", REGIONAL)
        .note("Most identity providers have the endpoint without a Region, which is in us-east-1.")
}

const fn audience(label: &'static str) -> StringText {
    StringText::text("audience", label, "@audience@", SAML)
}

const fn relay_state(label: &'static str) -> StringText {
    StringText::url("relay-state", label, "@relayState@", RELAY)
        .note("As it is: the identity provider encodes it by itself.")
        .when(When::OneRegion)
}

/// With Global Resiliency there is none.
const fn no_relay_state(label: &'static str) -> StringText {
    StringText::text("relay-state", label, "", RESILIENT)
        .note("Empty: the endpoint of Global Resiliency knows the instances by itself.")
        .when(When::TwoRegions)
}

const fn role_name(label: &'static str) -> StringText {
    StringText::text(
        "role-attribute",
        label,
        "https://aws.amazon.com/SAML/Attributes/Role",
        SAML,
    )
}

const fn role_value(label: &'static str, template: &'static str) -> StringText {
    StringText::text("role-value", label, template, SAML).note(
        "Exactly one: with several, AWS asks agents to choose, in a page that a frame cannot show.",
    )
}

const fn user_name(label: &'static str) -> StringText {
    StringText::text(
        "user-attribute",
        label,
        "https://aws.amazon.com/SAML/Attributes/RoleSessionName",
        SAML,
    )
}

const fn user_value(label: &'static str, template: &'static str) -> StringText {
    StringText::text("user-value", label, template, SETUP_GUIDE)
        .note("What it gives must be the Connect user name, in the same case: 2 to 64 letters and digits of ASCII, and _ . @ -")
}

const fn duration_name(label: &'static str) -> StringText {
    StringText::text(
        "duration-attribute",
        label,
        "https://aws.amazon.com/SAML/Attributes/SessionDuration",
        SAML,
    )
}

const fn duration_value(label: &'static str, template: &'static str) -> StringText {
    StringText::text("duration-value", label, template, SAML)
        .note("In seconds, 900 to 43200, and no more than the role's maximum session duration.")
}

/// `roleArn,providerArn`.
const ROLE: &str = "@roleArn@,@providerArn@";
const DURATION: &str = "43200";
