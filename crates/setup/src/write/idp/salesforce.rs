//! Salesforce as the identity provider, with a connected app.

use super::{
    Carrier, Provider, Question, StepText, StringText, acs, audience, duration_name,
    duration_value, role_name, role_value, user_name, user_value,
};

pub(in super::super) static PROVIDER: Provider = Provider {
    id: "salesforce",
    name: "Salesforce",
    short: "Salesforce",
    role: "Salesforce_Role",
    connect: "Salesforce_Connect",
    domain: "My Domain",
    app: "connected app ID",
    tenant: "",
    questions: &[
        Question::required(
            "idpDomain",
            "My Domain",
            "Salesforce Setup: My Domain > Current My Domain URL.",
            "acme.my.salesforce.com",
        ),
        Question::required(
            "appId",
            "ID of the connected app",
            "\"app\" in the IdP-Initiated Login URL, which \"Manage\" shows on the connected app's page.",
            "0sp5g00000000AbCdE",
        ),
    ],
    link: "https://@idpDomain@/idp/login?app=@appId@",
    carrier: Carrier::Parameter("RelayState"),
    steps: &[
        StepText {
            id: "idp-app",
            console: CONSOLE,
            title: "The connected app for Amazon Connect",
            place: "App Manager > New Connected App > Web App Settings > Enable SAML",
            actions: &[
                "Enable the identity provider first, under \"Identity Provider\", and save its metadata as metadata.xml (\"Download Metadata\").",
                "Enter the settings, and save. Under \"Manage\", let the agents' profiles or permission sets use the app.",
            ],
            strings: &[
                audience("Entity Id"),
                acs("ACS URL"),
                StringText::text("subject", "Subject Type", "Username", ADAPTER),
                StringText::text(
                    "name-id",
                    "Name ID Format",
                    "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
                    ADAPTER,
                ),
            ],
            expect: "Under \"Manage\", an \"IdP-Initiated Login URL\" with the app's ID.",
        },
        StepText {
            id: "idp-attributes",
            console: CONSOLE,
            title: "What the app sends",
            place: "App Manager > the app > Manage > Custom Attributes > New",
            actions: &[
                "Add three attributes. Their values are formulas: a constant stands in apostrophes.",
            ],
            strings: &[
                user_name("Attribute 1, key"),
                user_value("Attribute 1, value", "$User.Email"),
                role_name("Attribute 2, key"),
                role_value("Attribute 2, value", "'@roleArn@,@providerArn@'"),
                duration_name("Attribute 3, key"),
                duration_value("Attribute 3, value", "'43200'"),
            ],
            expect: "Three custom attributes on the app's page.",
        },
        StepText {
            id: "idp-adapter",
            console: CONSOLE,
            title: "The two fields of Salesforce's CTI adapter",
            place: "AC CTI Adapters > the adapter, if you use it",
            actions: &[
                "The adapter takes the SSO Login URL in two parts, before and after its first question mark.",
            ],
            strings: &[
                StringText::url("adapter-url", "SSO Url", "@ssoBase@", ADAPTER),
                StringText::text(
                    "adapter-relay-state",
                    "SSO Relay State",
                    "@ssoQuery@",
                    ADAPTER,
                ),
            ],
            expect: "",
        },
    ],
    after: &[],
    framing: &[],
};

const CONSOLE: &str = "Salesforce Setup";
const ADAPTER: &str = "Amazon Connect CTI Adapter for Salesforce, \"Appendix B: Configuring Salesforce as Your Identity Provider\"";
