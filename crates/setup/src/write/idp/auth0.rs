//! Auth0.

use super::{Carrier, Provider, Question, StepText, StringText, acs};
use crate::check::SETUP_GUIDE;
use crate::write::fill::Language::{Javascript, Json};

pub(in super::super) static PROVIDER: Provider = Provider {
    id: "auth0",
    name: "Auth0",
    short: "Auth0",
    role: "Auth0_Role",
    connect: "Auth0_Connect",
    domain: "Auth0 domain",
    app: "client ID",
    tenant: "",
    questions: &[
        Question::required(
            "idpDomain",
            "Auth0 domain",
            "Auth0 dashboard: Applications > the app > Settings > Domain.",
            "acme.us.auth0.com",
        ),
        Question::required(
            "appId",
            "Client ID",
            "On the same page.",
            "AbCdEf0123456789AbCdEf0123456789",
        ),
    ],
    link: "https://@idpDomain@/samlp/@appId@",
    carrier: Carrier::Parameter("RelayState"),
    steps: &[
        StepText {
            id: "idp-app",
            console: CONSOLE,
            title: "The app for Amazon Connect",
            place: "Applications > Applications > Create Application > Regular Web Application, then Addons > SAML2 Web App",
            actions: &[
                "Enter the callback URL and the settings, and enable the add-on.",
                "Under \"Usage\", download the \"Identity Provider Metadata\" as metadata.xml.",
            ],
            strings: &[
                acs("Application Callback URL"),
                StringText::of(
                    Json,
                    "addon-settings",
                    "Settings",
                    include_str!("../texts/auth0.json"),
                    AUTH0,
                ),
            ],
            expect: "The add-on's switch is on.",
        },
        StepText {
            id: "idp-attributes",
            console: CONSOLE,
            title: "What the app sends",
            place: "Actions > Library > Create Action > Build from scratch, trigger Login / Post Login",
            actions: &[
                "Paste the code, deploy it, and add the action to the flow \"post-login\".",
            ],
            strings: &[StringText::of(
                Javascript,
                "action",
                "Code",
                include_str!("../texts/auth0.js"),
                SETUP_GUIDE,
            )
            .note("RoleSessionName must be the Connect user name, in the same case. Change event.user.email if that is another field.")],
            expect: "The action in the flow.",
        },
    ],
    after: &[],
    framing: &[],
};

const CONSOLE: &str = "Auth0 dashboard";
const AUTH0: &str = "Auth0 Docs, \"Configure Amazon Web Services for Single Sign-On\"";
