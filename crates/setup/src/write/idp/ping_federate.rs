//! PingFederate.

use super::{
    Carrier, DURATION, Provider, Question, ROLE, StepText, StringText, acs, audience,
    duration_name, duration_value, role_name, role_value, user_name, user_value,
};
use crate::write::aws::METADATA;
use crate::write::fill::Language::Xml;

pub(in super::super) static PROVIDER: Provider = Provider {
    id: "pingfederate",
    name: "PingFederate",
    short: "PingFederate",
    role: "PingFederate_Role",
    connect: "PingFederate_Connect",
    domain: "PingFederate host",
    app: "",
    tenant: "",
    questions: &[Question::required(
        "idpDomain",
        "Host of PingFederate",
        "The base URL's host, with the port if there is one.",
        "sso.acme.example:9031",
    )],
    link: "https://@idpDomain@/idp/startSSO.ping?PartnerSpId=@audience@",
    carrier: Carrier::Parameter("TargetResource"),
    steps: &[
        StepText {
            id: "idp-app",
            console: CONSOLE,
            title: "The connection to Amazon Connect",
            place: "Applications > SP Connections > Create Connection > Browser SSO Profiles, SAML 2.0",
            actions: &[
                "Import the metadata, or enter the entity ID and the ACS URL, with the binding POST. Choose IdP-initiated SSO alone.",
                "Under \"SP Connections > Select Action > Export Metadata\", save metadata.xml.",
            ],
            strings: &[
                StringText::of(Xml, "aws-metadata", "AWS metadata", METADATA, super::REGIONAL)
                    .note("AWS's own file with the endpoint of your Region, without AWS's key: nothing that AWS signs is read."),
                audience("Partner's Entity ID (Connection ID)"),
                acs("Assertion Consumer Service URL"),
            ],
            expect: "The connection is active.",
        },
        StepText {
            id: "idp-attributes",
            console: CONSOLE,
            title: "What the connection sends",
            place: "the connection > Browser SSO > Assertion Creation > Attribute Contract",
            actions: &[
                "Extend the contract by the attributes, with the name format \"urn:oasis:names:tc:SAML:2.0:attrname-format:uri\", and fulfil it: the first and the last one with a text, the other one from the adapter.",
            ],
            strings: &[
                role_name("Attribute 1, name"),
                role_value("Attribute 1, text", ROLE),
                user_name("Attribute 2, name"),
                user_value("Attribute 2, from the adapter", "username"),
                duration_name("Attribute 3, name"),
                duration_value("Attribute 3, text", DURATION),
            ],
            expect: "The summary of the connection shows the three attributes.",
        },
    ],
    after: &[],
    framing: &[],
};

const CONSOLE: &str = "PingFederate administrative console";
