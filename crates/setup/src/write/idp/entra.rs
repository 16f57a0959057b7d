//! Microsoft Entra ID, with the app "AWS Single-Account Access" of its gallery.

use super::{
    Carrier, Provider, Question, StepText, StringText, acs, audience, duration_name,
    duration_value, no_relay_state, relay_state, role_name, role_value, user_name, user_value,
};

pub(in super::super) static PROVIDER: Provider = Provider {
    id: "entra",
    name: "Microsoft Entra ID",
    short: "Entra",
    role: "Entra_Role",
    connect: "Entra_Connect",
    domain: "",
    app: "application ID",
    tenant: "tenant ID",
    questions: &[
        Question::required(
            "appId",
            "Application ID",
            "Microsoft Entra admin center: Enterprise applications > the app > Overview.",
            "0b6a1c9e-54d2-4b7c-9f0e-2f5d1a7c3e88",
        ),
        Question::required(
            "tenantId",
            "Tenant ID",
            "Microsoft Entra admin center: Overview.",
            "7c1f0e52-9a3d-4c86-8b1e-d20f5a6e9b47",
        ),
    ],
    link: "https://launcher.myapps.microsoft.com/api/signin/@appId@?tenantId=@tenantId@",
    carrier: Carrier::None,
    steps: &[
        StepText {
            id: "idp-app",
            console: CONSOLE,
            title: "The app for Amazon Connect",
            place: "Enterprise applications > New application > AWS Single-Account Access, then Single sign-on > SAML",
            actions: &[
                "Create the app, choose SAML, and edit \"Basic SAML Configuration\".",
                "Under \"SAML Certificates\", download the \"Federation Metadata XML\" as metadata.xml.",
            ],
            strings: &[
                audience("Identifier (Entity ID)")
                    .note("It must be unique in the tenant. A further app takes it with a number, such as urn:amazon:webservices#2; Entra ID sends it without."),
                acs("Reply URL (Assertion Consumer Service URL)"),
                relay_state("Relay State"),
                no_relay_state("Relay State"),
            ],
            expect: "Under \"Properties\", a \"User access URL\" with the application ID and the tenant ID.",
        },
        StepText {
            id: "idp-attributes",
            console: CONSOLE,
            title: "What the app sends",
            place: "Enterprise applications > the app > Single sign-on > Attributes & Claims",
            actions: &[
                "Remove the claims of the gallery that have these names, and add these three, each with the namespace below.",
                "A constant is a source attribute in quotation marks.",
                "Assign the agents under \"Users and groups\".",
            ],
            strings: &[
                StringText::text(
                    "namespace",
                    "Namespace",
                    "https://aws.amazon.com/SAML/Attributes",
                    ENTRA,
                )
                .note("Of each of the three. The namespace and the name together make the attribute's name."),
                StringText::text("role-claim", "Claim 1, name", "Role", ENTRA),
                role_value("Claim 1, source attribute", "\"@roleArn@,@providerArn@\""),
                StringText::text("user-claim", "Claim 2, name", "RoleSessionName", ENTRA),
                user_value("Claim 2, source attribute", "user.userprincipalname"),
                StringText::text("duration-claim", "Claim 3, name", "SessionDuration", ENTRA),
                duration_value("Claim 3, source attribute", "\"43200\""),
                role_name("Claim 1 as it is sent").note("To compare."),
                user_name("Claim 2 as it is sent").note("To compare."),
                duration_name("Claim 3 as it is sent").note("To compare."),
            ],
            expect: "The three claims in the list, with their namespace.",
        },
    ],
    after: &[],
    framing: &[],
};

const CONSOLE: &str = "Microsoft Entra admin center";
const ENTRA: &str = "Microsoft Learn, \"Configure AWS Single-Account Access for Single sign-on with Microsoft Entra ID\"";
