//! AWS IAM Identity Center.

use super::{
    Carrier, DURATION, Provider, Question, ROLE, StepText, StringText, acs, audience,
    duration_name, duration_value, no_relay_state, relay_state, role_name, role_value, user_name,
    user_value,
};

pub(in super::super) static PROVIDER: Provider = Provider {
    id: "iam-identity-center",
    name: "IAM Identity Center",
    short: "IdentityCenter",
    role: "IdentityCenter_Role",
    connect: "IdentityCenter_Connect",
    domain: "portal alias",
    app: "app instance ID",
    tenant: "app name",
    questions: &[Question::required(
        "ssoLoginUrl",
        "Link of the app in the access portal",
        "In the AWS access portal, as an agent: Applications > the app's menu > copy the shortcut, or right-click the app and copy its link.",
        "https://d-0123456789.awsapps.com/start/#/saml/default/Amazon%20Connect/ins-0123456789abcdef",
    )],
    link: "https://@idpDomain@.awsapps.com/start/#/saml/default/@tenantId@/@appId@",
    carrier: Carrier::None,
    steps: &[
        StepText {
            id: "idp-app",
            console: CONSOLE,
            title: "The app for Amazon Connect",
            place: "Applications > Add application > I have an application I want to set up > SAML 2.0",
            actions: &[
                "Download the \"IAM Identity Center SAML metadata file\" as metadata.xml, leave \"Application start URL\" empty, and choose \"Manually type your metadata values\".",
            ],
            strings: &[
                relay_state("Relay state"),
                no_relay_state("Relay state"),
                acs("Application ACS URL"),
                audience("Application SAML audience"),
                StringText::text("session", "Session duration", "12 hours", super::SAML),
            ],
            expect: "The app in the list, with the status \"Active\".",
        },
        StepText {
            id: "idp-attributes",
            console: CONSOLE,
            title: "What the app sends",
            place: "Applications > the app > Actions > Edit attribute mappings",
            actions: &[
                "Enter the mappings, the last three with the format \"unspecified\", and assign the agents.",
            ],
            strings: &[
                StringText::text(
                    "subject",
                    "Subject, format persistent",
                    "${user:email}",
                    super::SAML,
                ),
                role_name("Attribute 1, user attribute in the application"),
                role_value("Attribute 1, value", ROLE),
                user_name("Attribute 2, user attribute in the application"),
                user_value("Attribute 2, value", "${user:email}"),
                duration_name("Attribute 3, user attribute in the application"),
                duration_value("Attribute 3, value", DURATION),
            ],
            expect: "The app in the agents' access portal.",
        },
    ],
    after: &[],
    framing: &[],
};

const CONSOLE: &str = "IAM Identity Center console";
