//! JumpCloud.

use super::{
    Carrier, DURATION, Provider, Question, ROLE, StepText, acs, audience, duration_name,
    duration_value, no_relay_state, relay_state, role_name, role_value, user_name, user_value,
};

pub(in super::super) static PROVIDER: Provider = Provider {
    id: "jumpcloud",
    name: "JumpCloud",
    short: "JumpCloud",
    role: "JumpCloud_Role",
    connect: "JumpCloud_Connect",
    domain: "",
    app: "app name",
    tenant: "",
    questions: &[Question::required(
        "appId",
        "Name of the app in its IdP URL",
        "JumpCloud Admin Portal: SSO Applications > the app > SSO > IdP URL; what follows /saml2/.",
        "amazon-connect",
    )],
    link: "https://sso.jumpcloud.com/saml2/@appId@",
    carrier: Carrier::None,
    steps: &[
        StepText {
            id: "idp-app",
            console: CONSOLE,
            title: "The app for Amazon Connect",
            place: "User Authentication > SSO Applications > Add New Application > Custom Application > SAML",
            actions: &[
                "Enter the settings, tick \"Sign Assertion\", and save. The name in the IdP URL cannot be changed later.",
                "Choose \"Export Metadata\", as metadata.xml.",
            ],
            strings: &[
                audience("SP Entity ID"),
                acs("ACS URL"),
                relay_state("Default RelayState"),
                no_relay_state("Default RelayState"),
            ],
            expect: "The app in the list, with an IdP URL at sso.jumpcloud.com.",
        },
        StepText {
            id: "idp-attributes",
            console: CONSOLE,
            title: "What the app sends",
            place: "SSO Applications > the app > SSO > Attributes",
            actions: &[
                "Add one user attribute and two constant attributes, and activate the app for the agents' group.",
            ],
            strings: &[
                user_name("User attribute, service provider attribute name"),
                user_value("User attribute, JumpCloud attribute name", "email"),
                role_name("Constant attribute 1, name"),
                role_value("Constant attribute 1, value", ROLE),
                duration_name("Constant attribute 2, name"),
                duration_value("Constant attribute 2, value", DURATION),
            ],
            expect: "The app in the agents' user portal.",
        },
    ],
    after: &[],
    framing: &[],
};

const CONSOLE: &str = "JumpCloud Admin Portal";
