//! Google Workspace.

use super::{
    Carrier, Provider, Question, StepText, StringText, acs, audience, duration_name,
    duration_value, no_relay_state, relay_state, role_name, role_value, user_name, user_value,
};

pub(in super::super) static PROVIDER: Provider = Provider {
    id: "google",
    name: "Google Workspace",
    short: "Google",
    role: "Google_Role",
    connect: "Google_Connect",
    domain: "",
    app: "spid",
    tenant: "idpid",
    questions: &[
        Question::required(
            "tenantId",
            "IdP ID",
            "Google Admin console: Security > Authentication > SSO with SAML applications; \"idpid\" in the SSO URL.",
            "C01abc2de",
        ),
        Question::required(
            "appId",
            "SP ID of the app",
            "\"spid\" in the address that \"Test SAML login\" opens, on the app's page.",
            "123456789012",
        ),
    ],
    link: "https://accounts.google.com/o/saml2/initsso?idpid=@tenantId@&spid=@appId@&forceauthn=false",
    carrier: Carrier::None,
    steps: &[
        StepText {
            id: "idp-user-fields",
            console: CONSOLE,
            title: "Two fields in each profile",
            place: "Directory > Users > More options > Manage custom attributes > Add custom attribute",
            actions: &[
                "Google sends no constants. Add the category AmazonConnect with two fields, as texts with a single value.",
                "Fill them in for each agent.",
            ],
            strings: &[
                StringText::text("role-field", "Field 1, name", "Role", GOOGLE),
                role_value("Field 1, of each agent", "@roleArn@,@providerArn@"),
                StringText::text("duration-field", "Field 2, name", "SessionDuration", GOOGLE),
                duration_value("Field 2, of each agent", "43200"),
            ],
            expect: "Both fields in the agents' profiles.",
        },
        StepText {
            id: "idp-app",
            console: CONSOLE,
            title: "The app for Amazon Connect",
            place: "Apps > Web and mobile apps > Add app > Add custom SAML app",
            actions: &[
                "Download the metadata as metadata.xml, and enter the service provider's details. Tick \"Signed response\" off: AWS needs a signed assertion.",
                "Turn the service on for the agents' organisational unit or group.",
            ],
            strings: &[
                acs("ACS URL"),
                audience("Entity ID"),
                relay_state("Start URL"),
                no_relay_state("Start URL"),
                StringText::text(
                    "name-id",
                    "Name ID",
                    "Basic Information > Primary email",
                    GOOGLE,
                ),
            ],
            expect: "\"Test SAML login\" opens Amazon Connect.",
        },
        StepText {
            id: "idp-attributes",
            console: CONSOLE,
            title: "What the app sends",
            place: "Apps > Web and mobile apps > the app > SAML attribute mapping > Add mapping",
            actions: &["Map the fields to the app's attributes."],
            strings: &[
                StringText::text(
                    "role-source",
                    "Mapping 1, Google Directory attribute",
                    "AmazonConnect > Role",
                    GOOGLE,
                ),
                role_name("Mapping 1, app attribute"),
                user_value(
                    "Mapping 2, Google Directory attribute",
                    "Basic Information > Primary email",
                ),
                user_name("Mapping 2, app attribute"),
                StringText::text(
                    "duration-source",
                    "Mapping 3, Google Directory attribute",
                    "AmazonConnect > SessionDuration",
                    GOOGLE,
                ),
                duration_name("Mapping 3, app attribute"),
            ],
            expect: "Three mappings in the list.",
        },
    ],
    after: &[],
    framing: &[],
};

const CONSOLE: &str = "Google Admin console";
const GOOGLE: &str = "Google Workspace Admin Help, \"Amazon Web Services cloud application\"";
