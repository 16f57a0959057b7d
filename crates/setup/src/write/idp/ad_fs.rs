//! Active Directory Federation Services.

use super::{Carrier, Provider, Question, StepText, StringText, acs, audience};
use crate::check::SETUP_GUIDE;
use crate::write::aws::{METADATA, REGIONAL, SAML};
use crate::write::fill::Language::{Shell, Text, Xml};

pub(in super::super) static PROVIDER: Provider = Provider {
    id: "adfs",
    name: "AD FS",
    short: "ADFS",
    role: "ADFS_Role",
    connect: "ADFS_Connect",
    domain: "AD FS host",
    app: "",
    tenant: "",
    questions: &[Question::required(
        "idpDomain",
        "Host of AD FS",
        "The federation service's name.",
        "fs.acme.example",
    )],
    link: "https://@idpDomain@/adfs/ls/IdpInitiatedSignOn.aspx",
    carrier: Carrier::AdFs,
    steps: &[
        StepText {
            id: "idp-app",
            console: CONSOLE,
            title: "The relying party",
            place: "Relying Party Trusts > Add Relying Party Trust > Claims aware",
            actions: &[
                "Choose \"Import data about the relying party from a file\", with the metadata saved as a file, and permit the agents' group.",
                "Save https://@idpDomain@/FederationMetadata/2007-06/FederationMetadata.xml as metadata.xml.",
            ],
            strings: &[
                StringText::of(Xml, "aws-metadata", "AWS metadata", METADATA, REGIONAL)
                    .note("AWS's own file with the endpoint of your Region, without AWS's key: nothing that AWS signs is read."),
                audience("Relying party trust identifier").note("To compare, under \"Identifiers\"."),
                acs("SAML Assertion Consumer Endpoint").note("To compare, under \"Endpoints\", with the binding POST."),
            ],
            expect: "The relying party in the list.",
        },
        StepText {
            id: "idp-attributes",
            console: CONSOLE,
            title: "What is sent",
            place: "Relying Party Trusts > the relying party > Edit Claim Issuance Policy > Add Rule > Send Claims Using a Custom Rule",
            actions: &["Add the three rules, in this order."],
            strings: &[
                StringText::of(
                    Text,
                    "rule-user",
                    "Rule 1: NameID and RoleSessionName",
                    include_str!("../texts/ad-fs-user.txt"),
                    SETUP_GUIDE,
                )
                .note("userPrincipalName must be the Connect user name, in the same case; sAMAccountName or mail are others that may be it."),
                StringText::of(
                    Text,
                    "rule-role",
                    "Rule 2: Role",
                    "=> issue(Type = \"https://aws.amazon.com/SAML/Attributes/Role\",\n    Value = \"@roleArn@,@providerArn@\");",
                    SAML,
                )
                .note("Exactly one: with several, AWS asks agents to choose, in a page that a frame cannot show."),
                StringText::of(
                    Text,
                    "rule-duration",
                    "Rule 3: SessionDuration",
                    "=> issue(Type = \"https://aws.amazon.com/SAML/Attributes/SessionDuration\",\n    Value = \"43200\");",
                    SAML,
                )
                .note("In seconds, 900 to 43200, and no more than the role's maximum session duration."),
            ],
            expect: "Three rules in the list.",
        },
        StepText {
            id: "idp-relay-state",
            console: "PowerShell on the AD FS server",
            title: "Relay states are read",
            place: "as an administrator of AD FS",
            actions: &["Run both commands: AD FS ignores relay states until then."],
            strings: &[StringText::of(
                Shell,
                "enable-relay-state",
                "Commands",
                "Set-AdfsProperties -EnableIdPInitiatedSignonPage $true\nSet-AdfsProperties -EnableRelayStateForIdpInitiatedSignOn $true",
                ADFS,
            )],
            expect: "https://@idpDomain@/adfs/ls/IdpInitiatedSignOn.aspx shows a page.",
        },
    ],
    after: &[],
    framing: &[],
};

const CONSOLE: &str = "AD FS Management";
const ADFS: &str = "Microsoft, \"AD FS: Supporting Identity Provider Initiated RelayState\"";
