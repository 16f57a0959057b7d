//! Any other identity provider with SAML 2.0.

use super::{
    Carrier, DURATION, Provider, Question, ROLE, StepText, StringText, acs, audience,
    duration_name, duration_value, no_relay_state, relay_state, role_name, role_value, user_name,
    user_value,
};
use crate::write::aws::METADATA;
use crate::write::fill::Language::Xml;

pub(in super::super) static PROVIDER: Provider = Provider {
    id: "other",
    name: "Another identity provider",
    short: "IdP",
    role: "IdP_Role",
    connect: "IdP_Connect",
    domain: "",
    app: "",
    tenant: "URL of the identity provider",
    questions: &[Question::required(
        "ssoLoginUrl",
        "URL that begins a sign-in to AWS",
        "What agents click in the identity provider's own portal.",
        "https://sso.acme.example/connect",
    )],
    link: "@tenantId@",
    carrier: Carrier::Parameter("RelayState"),
    steps: &[
        StepText {
            id: "idp-app",
            console: CONSOLE,
            title: "The service provider",
            place: "where SAML applications are set up",
            actions: &[
                "Import the metadata of AWS, or enter the entity ID and the ACS URL. Sign-in must be IdP-initiated, and the assertion signed.",
                "Save the identity provider's own metadata as metadata.xml.",
            ],
            strings: &[
                StringText::of(Xml, "aws-metadata", "AWS metadata", METADATA, super::REGIONAL)
                    .note("AWS's own file with the endpoint of your Region, without AWS's key: nothing that AWS signs is read."),
                audience("Entity ID, or audience"),
                acs("ACS URL, recipient and destination"),
                relay_state("Default relay state"),
                no_relay_state("Default relay state"),
            ],
            expect: "",
        },
        StepText {
            id: "idp-attributes",
            console: CONSOLE,
            title: "What is sent",
            place: "where the attributes of the application are set up",
            actions: &["Send three attributes, and let only agents sign in."],
            strings: &[
                role_name("Attribute 1, name"),
                role_value("Attribute 1, value", ROLE),
                user_name("Attribute 2, name"),
                user_value("Attribute 2, value", "the user name"),
                duration_name("Attribute 3, name"),
                duration_value("Attribute 3, value", DURATION),
            ],
            expect: "",
        },
    ],
    after: &[],
    framing: &[],
};

const CONSOLE: &str = "Identity provider";
