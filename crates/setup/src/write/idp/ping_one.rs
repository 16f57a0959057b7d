//! PingOne.

use super::{
    Carrier, Provider, Question, StepText, acs, audience, duration_name, duration_value,
    no_relay_state, relay_state, role_name, role_value, user_name, user_value,
};

pub(in super::super) static PROVIDER: Provider = Provider {
    id: "ping",
    name: "PingOne",
    short: "PingOne",
    role: "PingOne_Role",
    connect: "PingOne_Connect",
    domain: "PingOne domain",
    app: "",
    tenant: "environment ID",
    questions: &[
        Question::required(
            "idpDomain",
            "PingOne domain",
            "auth.pingone.com, .eu, .ca, .asia or .com.au, by the environment's region, or a domain of your own.",
            "auth.pingone.eu",
        ),
        Question::required(
            "tenantId",
            "Environment ID",
            "PingOne: Settings > Environment Properties.",
            "3d5c0b1a-7e64-4f8d-a2c9-61b0e4d7f395",
        ),
    ],
    link: "https://@idpDomain@/@tenantId@/saml20/idp/startsso?spEntityId=@url:audience@",
    carrier: Carrier::Parameter("applicationUrl"),
    steps: &[
        StepText {
            id: "idp-app",
            console: CONSOLE,
            title: "The app for Amazon Connect",
            place: "Applications > Applications > Add > SAML Application > Manually Enter",
            actions: &[
                "Enter the settings, save, and turn the app on.",
                "Under \"Configuration\", download the metadata as metadata.xml.",
            ],
            strings: &[
                acs("ACS URLs"),
                audience("Entity ID"),
                relay_state("Target Application URL"),
                no_relay_state("Target Application URL"),
            ],
            expect: "Under \"Configuration\", an \"Initiate Single Sign-On URL\" with the environment ID.",
        },
        StepText {
            id: "idp-attributes",
            console: CONSOLE,
            title: "What the app sends",
            place: "Applications > the app > Attribute Mappings > Edit",
            actions: &[
                "Add the attributes. A constant is an expression in quotation marks, in the \"Advanced Expression\" editor.",
                "Under \"Access\", let only the agents' groups in.",
            ],
            strings: &[
                role_name("Attribute 1, name"),
                role_value("Attribute 1, expression", "\"@roleArn@,@providerArn@\""),
                user_name("Attribute 2, name"),
                user_value("Attribute 2, PingOne mapping", "Username"),
                duration_name("Attribute 3, name"),
                duration_value("Attribute 3, expression", "\"43200\""),
            ],
            expect: "The three attributes in the list.",
        },
    ],
    after: &[],
    framing: &[],
};

const CONSOLE: &str = "PingOne admin console";
