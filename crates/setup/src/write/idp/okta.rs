//! Okta, with the app "AWS Account Federation" of its catalogue.

use super::{
    Carrier, Provider, StepText, StringText, acs, duration_value, no_relay_state, relay_state,
};
use crate::check::SETUP_GUIDE;
use crate::write::aws::{IAM_CONSOLE, SAML};
use crate::write::fill::Language::Json;
use crate::write::question::Question;

pub(in super::super) static PROVIDER: Provider = Provider {
    id: "okta",
    name: "Okta",
    short: "Okta",
    role: "Okta_Role",
    connect: "Okta_Connect",
    domain: "Okta domain",
    app: "app ID",
    tenant: "app name",
    questions: &[Question::required(
        "ssoLoginUrl",
        "Sign on URL of the app",
        "Okta Admin Console: Applications > the app > Sign On > SAML 2.0 > More details > Sign on URL. It is there once the app is (the second step below).",
        "https://acme.okta.com/app/amazon_aws/exk1a2b3c4d5/sso/saml",
    )],
    link: "https://@idpDomain@/app/@tenantId@/@appId@/sso/saml",
    carrier: Carrier::Parameter("RelayState"),
    steps: &[
        StepText {
            id: "idp-app",
            console: CONSOLE,
            title: "The app for Amazon Connect",
            place: "Applications > Applications > Browse App Catalog > AWS Account Federation > Add Integration",
            actions: &[
                "Enter the label and the login URL, keep the rest, and choose \"Next\" or \"Done\".",
                "For administrators, who sign in to the instance's pages, make a second app in the same way, with another destination in its relay state.",
            ],
            strings: &[
                StringText::text("app-label", "Application label", "Amazon Connect", OKTA),
                acs("Your AWS Login URL"),
            ],
            expect: "The app's page, with the tabs \"Sign On\", \"Provisioning\" and \"Assignments\".",
        },
        StepText {
            id: "idp-sign-on",
            console: CONSOLE,
            title: "What the app sends",
            place: "Applications > Amazon Connect > Sign On > Edit",
            actions: &[
                "Choose SAML 2.0, and enter the relay state.",
                "Under \"Advanced Sign-on Settings\", enter the rest. Leave \"Join all roles\" and \"Use Group Mapping\" off, so that an agent has one role.",
                "Under \"Credentials Details\", choose as \"Application username format\" what is the agent's user name in Amazon Connect. Save.",
                "Under \"SAML 2.0 > More details\", open the metadata URL and save the page as metadata.xml. Copy the sign on URL from there into the answers above.",
            ],
            strings: &[
                relay_state("Default Relay State"),
                no_relay_state("Default Relay State"),
                acs("ACS URL")
                    .place("Advanced Sign-on Settings")
                    .note("Where the form has it: \"AWS Environment\" alone chooses the endpoint without a Region."),
                StringText::text(
                    "identity-provider-arn",
                    "Identity Provider ARN",
                    "@providerArn@",
                    OKTA,
                )
                .place("Advanced Sign-on Settings")
                .note("IAM has it after a later step; its name is chosen here."),
                duration_value("Session Duration", "43200").place("Advanced Sign-on Settings"),
                StringText::text(
                    "user-value",
                    "Application username format",
                    "Okta username",
                    SETUP_GUIDE,
                )
                .place("Credentials Details")
                .note("It becomes RoleSessionName, which must be the Connect user name, in the same case: 2 to 64 letters and digits of ASCII, and _ . @ -"),
            ],
            expect: "Under \"More details\", a sign on URL that ends in /sso/saml, and the metadata as a file.",
        },
    ],
    after: &[
        StepText {
            id: "okta-user",
            console: IAM_CONSOLE,
            title: "A user with which Okta reads the roles",
            place: "Policies > Create policy > JSON, then Users > Create user",
            actions: &[
                "Create the policy okta_cli_policy, and a user okta_cli_user without access to the console, with that policy alone.",
                "On the user's page, \"Security credentials > Create access key > Third-party service\". Keep the key for the next step, and nowhere else.",
            ],
            strings: &[
                StringText::of(
                    Json,
                    "okta-policy",
                    "Policy for Okta",
                    include_str!("../texts/okta-roles.json"),
                    API_KEY,
                ),
                StringText::text("okta-policy-name", "Policy name", "okta_cli_policy", OKTA),
                StringText::text("okta-user-name", "User name", "okta_cli_user", OKTA),
            ],
            expect: "An access key ID and a secret access key.",
        },
        StepText {
            id: "okta-provisioning",
            console: CONSOLE,
            title: "The roles in Okta",
            place: "Applications > Amazon Connect > Provisioning > Configure API Integration",
            actions: &[
                "Tick \"Enable API integration\", enter the access key and the secret key, choose \"Test API Credentials\", and save.",
                "Under \"Settings > To App > Edit\", enable \"Create Users\", and save. It creates nobody in AWS: it lets you choose a role for each assignment.",
            ],
            strings: &[],
            expect: "\"AWS Account Federation was verified successfully\", and a list of attributes at the end of the page.",
        },
        StepText {
            id: "idp-assign",
            console: CONSOLE,
            title: "The agents who may sign in",
            place: "Applications > Amazon Connect > Assignments > Assign",
            actions: &[
                "Assign the agents, best by a group. Choose the role for \"Role\" and, as the only one, for \"SAML User Roles\".",
                "If the role is not in the list, choose \"More > Refresh Application Data\" on the page \"Applications\".",
            ],
            strings: &[StringText::text(
                "saml-user-role",
                "SAML User Roles",
                "@roleName@",
                SAML,
            )
            .note("Exactly one: with several, AWS asks agents to choose, in a page that a frame cannot show.")],
            expect: "The app in the agents' Okta dashboard.",
        },
    ],
    framing: &[StepText {
        id: "idp-framing",
        console: CONSOLE,
        title: "Sign-in without a window",
        place: "Security > API > Trusted Origins > Add Origin",
        actions: &[
            "Add the origin, and tick \"iFrame embed\", where it asks also for the sign-in page. Without it, Okta refuses to be framed, and a short window is used.",
        ],
        strings: &[
            StringText::text("trusted-origin-name", "Origin name", "Softphone", TRUSTED),
            StringText::url("trusted-origin", "Origin URL", "@hostOrigin@", TRUSTED),
        ],
        expect: "The origin is in the list, with \"iFrame embed\".",
    }],
};

pub(super) const CONSOLE: &str = "Okta Admin Console";
pub(super) const OKTA: &str =
    "AWS Contact Center Blog, \"Configure Single Sign-On for Amazon Connect Using Okta\"";
const API_KEY: &str = "Okta Help Center, \"Generate the AWS API access key\"";
const TRUSTED: &str = "Okta Help Center, \"Trusted Origins for iFrame embedding\"";
