//! What embeds the phone.

use super::question::Question;
use super::runbook::{Choice, StepText, StringText};
use crate::check::{SETUP_GUIDE, STREAMS};
use crate::write::fill::Language::{Html, Javascript, Json};

/// What embeds the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Host {
    /// A page with Amazon's panel.
    Page,
    /// A page with controls of its own.
    OwnControls,
    ServiceNow,
    SalesforceScv,
    /// A page that calls Amazon Connect Streams itself.
    Custom,
}

impl Host {
    pub(super) const ALL: [Self; 5] = [
        Self::Page,
        Self::OwnControls,
        Self::ServiceNow,
        Self::SalesforceScv,
        Self::Custom,
    ];

    pub(super) fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|host| host.id() == id)
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::OwnControls => "own-controls",
            Self::ServiceNow => "servicenow",
            Self::SalesforceScv => "salesforce-scv",
            Self::Custom => "custom",
        }
    }

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Page => "a page with Amazon's panel",
            Self::OwnControls => "a page with its own controls",
            Self::ServiceNow => "ServiceNow",
            Self::SalesforceScv => "Salesforce Service Cloud Voice",
            Self::Custom => "a page that uses Amazon Connect Streams",
        }
    }

    pub(super) const fn choice(self) -> Choice {
        Choice {
            value: self.id(),
            label: self.label(),
        }
    }

    /// What stands for its origin's host where that was not given.
    pub(super) const fn origin(self) -> &'static str {
        match self {
            Self::Page | Self::OwnControls | Self::Custom => "host of your page",
            Self::ServiceNow => "host of your ServiceNow instance",
            Self::SalesforceScv => "host of your Salesforce org",
        }
    }

    /// Whether the phone is opened by a page of the administrator's own.
    pub(super) const fn is_page(self) -> bool {
        match self {
            Self::Page | Self::OwnControls | Self::Custom => true,
            Self::ServiceNow | Self::SalesforceScv => false,
        }
    }

    pub(super) const fn questions(self) -> &'static [Question] {
        match self {
            Self::Page | Self::OwnControls | Self::Custom => &[ORIGIN],
            Self::ServiceNow => &[SERVICE_NOW],
            Self::SalesforceScv => &[SALESFORCE, CONTACT_CENTER],
        }
    }

    pub(super) const fn steps(self) -> &'static [StepText] {
        match self {
            Self::Page => PAGE,
            Self::OwnControls => OWN_CONTROLS,
            Self::ServiceNow => RECORD,
            Self::SalesforceScv => VOICE,
            Self::Custom => CUSTOM,
        }
    }
}

const ORIGIN: Question = Question::required(
    "hostOrigin",
    "Origin of the page that embeds the phone",
    "Scheme and host of its address, without a path.",
    "https://desk.acme.example",
);
const SERVICE_NOW: Question = Question::required(
    "hostOrigin",
    "Origin of the ServiceNow instance",
    "What stands in the address bar, without a path.",
    "https://acme.service-now.com",
);
const SALESFORCE: Question = Question::required(
    "hostOrigin",
    "Origin of the Salesforce org",
    "What stands in the address bar of Lightning Experience, without a path.",
    "https://acme.lightning.force.com",
);
const CONTACT_CENTER: Question = Question::required(
    "contactCenter",
    "Internal name of the contact centre",
    "Salesforce: Setup > Amazon Contact Centers > the contact centre.",
    "AcmeContactCenter",
);

const FILES: StringText = StringText::url(
    "return-page",
    "Return page",
    "@hostOrigin@/softphone-return.html",
    README,
)
.note("softphone-return.html and softphone-return.js of the package, at the root of the origin. The files of the package are at /softphone/, Streams at /connect-streams-min.js.");

const CONFIG: StringText = StringText::of(
    Json,
    "config",
    "config.json",
    include_str!("texts/config.json"),
    README,
)
.note("The second argument of openSoftphone.");

const PAGE: &[StepText] = &[StepText {
    id: "host",
    console: "Your web server",
    title: "The page",
    place: "the root of the page's origin",
    actions: &[
        "Serve the page, the files of the package as /softphone/, its return page at the root, and Streams as /connect-streams-min.js.",
    ],
    strings: &[
        StringText::of(
            Html,
            "page",
            "index.html",
            include_str!("texts/page.html"),
            README,
        ),
        CONFIG.note("The same for a page that reads it, such as www/agent."),
        FILES,
    ],
    expect: "The phone, signed in about a second after the page has opened.",
}];

const OWN_CONTROLS: &[StepText] = &[StepText {
    id: "host",
    console: "Your web server",
    title: "The page",
    place: "the root of the page's origin",
    actions: &[
        "Serve the page, the files of the package as /softphone/, its return page at the root, and Streams as /connect-streams-min.js.",
    ],
    strings: &[
        StringText::of(
            Html,
            "page",
            "index.html",
            include_str!("texts/controls.html"),
            README,
        ),
        CONFIG.note("The same for a page that reads it, such as www/icc."),
        FILES,
    ],
    expect: "The panel shows the agent's state about a second after the page has opened.",
}];

const RECORD: &[StepText] = &[StepText {
    id: "host",
    console: "ServiceNow",
    title: "The Amazon Connect Instance record",
    place: "Amazon Connect Instances > the record (table sn_cti_connect_instance)",
    actions: &[
        "Agents sign in to ServiceNow at the same identity provider, by the plugin \"Integration - Multiple Provider Single Sign-On Installer\" (com.snc.integration.sso.multi.installer).",
        "Fill in the fields, and save. Without the SSO Login URL, agents sign in by Amazon's own page.",
        "Each agent's user name in Amazon Connect must be their ServiceNow user name or, with the property connect_softphone.identity, their e-mail address.",
    ],
    strings: &[
        StringText::text("record-name", "Name", "Amazon Connect", RECORDS),
        StringText::text("record-arn", "AWS ARN", "@instanceArn@", RECORDS),
        StringText::of(
            Json,
            "record-params",
            "Instance Params",
            "{ \"ccpHost\": \"@instanceHost@\", \"ccpUrl\": \"@ccpUrl@\" }",
            RECORDS,
        ),
        StringText::url("sso-login-url", "SSO Login URL", "@ssoLoginUrl@", RECORDS),
        StringText::of(
            Json,
            "record-json",
            "connect_softphone.record.json",
            include_str!("texts/record.json"),
            GUIDE,
        )
        .place("System Properties")
        .note("Only without that table, with connect_softphone.record.source set to json."),
    ],
    expect: "The phone in the workspace, signed in a few seconds after it has opened.",
}];

const VOICE: &[StepText] = &[StepText {
    id: "host",
    console: "Salesforce Setup",
    title: "The contact centre",
    place: "Amazon Contact Centers > the contact centre > Third-Party Identity Provider",
    actions: &[
        "Enable the third-party identity provider, enter the URL, and save.",
        "Salesforce has made the role and the provider of the contact centre in IAM. Add the metadata of the identity provider to them, or use those of the steps above.",
    ],
    strings: &[
        StringText::url(
            "identity-provider-url",
            "Identity Provider URL",
            "@identityProviderUrl@",
            OKTA_VOICE,
        )
        .note("For Okta, a guide enters the URL of the metadata; for Microsoft Entra ID, one enters the sign-in URL."),
        StringText::url("sso-login-url", "SSO Login URL", "@ssoLoginUrl@", SETUP_GUIDE)
            .note("For a link outside of Salesforce."),
    ],
    expect: "Omni-Channel signs in at the identity provider, and the phone shows the agent.",
}];

const CUSTOM: &[StepText] = &[StepText {
    id: "host",
    console: "Your page",
    title: "The parameters of initCCP",
    place: "where the page calls connect.core.initCCP",
    actions: &["Put the parameters into the call. The container must be in the document."],
    strings: &[
        StringText::of(
            Javascript,
            "init-ccp",
            "initCCP",
            include_str!("texts/init-ccp.js"),
            STREAMS,
        )
        .note("Streams opens the loginUrl in a window, and closes it once the agent is signed in."),
        StringText::url(
            "sso-login-url",
            "SSO Login URL",
            "@ssoLoginUrl@",
            SETUP_GUIDE,
        ),
    ],
    expect: "Amazon's panel, signed in as the agent.",
}];

const README: &str = "connect-softphone, README, \"A host page\"";
const GUIDE: &str = "connect-softphone in ServiceNow, GUIDE.md";
const RECORDS: &str = "ServiceNow, \"Configure SSO for Amazon Connect integration\"";
const OKTA_VOICE: &str = "\"How to Set Up Okta as a 3rd-Party IdP for Amazon Connect (From Salesforce Service Cloud Voice)\"";
