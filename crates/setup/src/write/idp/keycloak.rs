//! Keycloak, whose client is imported as a file.

use super::{
    Carrier, Provider, Question, StepText, StringText, acs, audience, no_relay_state, relay_state,
};
use crate::write::fill::Language::Json;

pub(in super::super) static PROVIDER: Provider = Provider {
    id: "keycloak",
    name: "Keycloak",
    short: "Keycloak",
    role: "Keycloak_Role",
    connect: "Keycloak_Connect",
    domain: "Keycloak host",
    app: "client's URL name",
    tenant: "realm",
    questions: &[
        Question::required(
            "idpDomain",
            "Host of Keycloak",
            "Before version 17, and where it is set up so, with /auth after it.",
            "id.acme.example",
        ),
        Question::required(
            "tenantId",
            "Realm",
            "As it stands in addresses, after /realms/.",
            "acme",
        ),
        Question::required(
            "appId",
            "IDP-Initiated SSO URL name of the client",
            "Chosen freely: it becomes the end of the SSO Login URL.",
            "amazon-connect",
        ),
    ],
    link: "https://@idpDomain@/realms/@tenantId@/protocol/saml/clients/@appId@",
    carrier: Carrier::Parameter("RelayState"),
    steps: &[StepText {
        id: "idp-app",
        console: CONSOLE,
        title: "The client for Amazon Connect",
        place: "the realm > Clients > Import client",
        actions: &[
            "Save the client as a file, and import it. It has the three attributes as mappers; RoleSessionName is the user's name in Keycloak.",
            "Save https://@idpDomain@/realms/@tenantId@/protocol/saml/descriptor as metadata.xml.",
        ],
        strings: &[
            StringText::of(
                Json,
                "client",
                "client.json",
                include_str!("../texts/keycloak-client.json"),
                KEYCLOAK,
            ),
            audience("Client ID").note("To compare, in the client's settings."),
            acs("Assertion Consumer Service POST Binding URL")
                .place("Advanced > Fine Grain SAML Endpoint Configuration")
                .note("To compare."),
            relay_state("IDP Initiated SSO Relay State")
                .note("To compare: the one in the SSO Login URL comes before it."),
            no_relay_state("IDP Initiated SSO Relay State"),
        ],
        expect: "The client's settings show \"Target IDP initiated SSO URL\".",
    }],
    after: &[],
    framing: &[StepText {
        id: "idp-framing",
        console: CONSOLE,
        title: "Sign-in without a window",
        place: "Realm settings > Security defenses > Headers",
        actions: &[
            "Keycloak refuses to be framed by other origins. Clear \"X-Frame-Options\", and let the origin frame it. Without that, a short window is used.",
        ],
        strings: &[StringText::text(
            "frame-ancestors",
            "Content-Security-Policy",
            "frame-src 'self'; frame-ancestors 'self' @hostOrigin@; object-src 'none';",
            KEYCLOAK,
        )],
        expect: "",
    }],
};

const CONSOLE: &str = "Keycloak admin console";
const KEYCLOAK: &str = "Keycloak, Server Administration Guide, \"Creating a SAML client\"";
