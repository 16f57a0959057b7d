//! OneLogin.

use super::{
    Carrier, DURATION, Provider, Question, ROLE, StepText, StringText, acs, audience,
    duration_name, duration_value, no_relay_state, relay_state, role_name, role_value, user_name,
    user_value,
};

pub(in super::super) static PROVIDER: Provider = Provider {
    id: "onelogin",
    name: "OneLogin",
    short: "OneLogin",
    role: "OneLogin_Role",
    connect: "OneLogin_Connect",
    domain: "OneLogin domain",
    app: "app ID",
    tenant: "",
    questions: &[
        Question::required(
            "idpDomain",
            "OneLogin domain",
            "In the address of the agents' portal.",
            "acme.onelogin.com",
        ),
        Question::required(
            "appId",
            "ID of the app",
            "OneLogin administration: Applications > the app; the number in the address.",
            "1234567",
        ),
    ],
    link: "https://@idpDomain@/launch/@appId@",
    carrier: Carrier::None,
    steps: &[
        StepText {
            id: "idp-app",
            console: CONSOLE,
            title: "The app for Amazon Connect",
            place: "Applications > Add App > SAML Custom Connector (Advanced) > Configuration",
            actions: &[
                "Enter the settings, choose the initiator \"OneLogin\" and the signature element \"Assertion\", and save.",
                "Under \"More Actions > SAML Metadata\", download metadata.xml.",
            ],
            strings: &[
                relay_state("RelayState"),
                no_relay_state("RelayState"),
                audience("Audience (EntityID)"),
                acs("Recipient"),
                StringText::text(
                    "acs-validator",
                    "ACS (Consumer) URL Validator",
                    "^https:\\/\\/",
                    super::REGIONAL,
                )
                .note("A regular expression for what the next field may be."),
                StringText::url(
                    "acs-consumer",
                    "ACS (Consumer) URL",
                    "@acs@",
                    super::REGIONAL,
                ),
            ],
            expect: "The app's page, with its ID in the address.",
        },
        StepText {
            id: "idp-attributes",
            console: CONSOLE,
            title: "What the app sends",
            place: "Applications > the app > Parameters",
            actions: &[
                "Add three fields with \"Include in SAML assertion\" ticked. A constant is a \"Macro\".",
                "Give the agents the app, by a role or under \"Users\".",
            ],
            strings: &[
                role_name("Field 1, name"),
                role_value("Field 1, macro", ROLE),
                user_name("Field 2, name"),
                user_value("Field 2, value", "Email"),
                duration_name("Field 3, name"),
                duration_value("Field 3, macro", DURATION),
            ],
            expect: "The three fields in the list.",
        },
    ],
    after: &[],
    framing: &[],
};

const CONSOLE: &str = "OneLogin administration";
