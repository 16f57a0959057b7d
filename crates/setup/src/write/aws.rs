//! What is done in AWS, for every identity provider and host.

use super::fill::Language::{Csv, Hcl, Json, Shell};
use super::runbook::{StepText, StringText, When};
use crate::check::{ARN_GUIDE, INSTANCE_GUIDE, SETUP_GUIDE};
use crate::relay_state::RESILIENCY;
use crate::users::BULK;

/// Before anything else.
pub(super) const BEFORE: &[StepText] = &[StepText {
    id: "instance",
    console: AMAZON_CONNECT,
    title: "An instance that signs in by SAML",
    place: "Instances > the instance's alias",
    actions: &[
        "Open the instance. \"Identity management\" must be \"SAML 2.0-based authentication\": it is chosen when an instance is created, and cannot be changed later.",
        "Where it is not, create another instance with it. The administrator's user name must be one that the identity provider has, in the same case.",
    ],
    strings: &[
        StringText::text("instance-arn", "Instance ARN", "@instanceArn@", ARN_GUIDE)
            .note("To compare: everything below is about this instance."),
        StringText::url("access-url", "Access URL", "@instanceUrl@", INSTANCE_GUIDE)
            .note("To compare."),
    ],
    expect: "The same ARN on the page \"Account overview\".",
}];

/// Once the identity provider's metadata is there.
pub(super) const IAM: &[StepText] = &[
    StepText {
        id: "iam-provider",
        console: IAM_CONSOLE,
        title: "The identity provider in IAM",
        place: "Identity providers > Add provider",
        actions: &[
            "Choose SAML, enter the name, choose the metadata file of the identity provider, and choose \"Add provider\".",
        ],
        strings: &[
            StringText::text("provider-name", "Provider name", "@providerName@", PROVIDER),
            StringText::text("provider-arn", "ARN", "@providerArn@", PROVIDER)
                .note("To compare: the provider's page shows it."),
        ],
        expect: "The provider is in the list, and its page shows the ARN above.",
    },
    StepText {
        id: "iam-policy",
        console: IAM_CONSOLE,
        title: "What the role may do",
        place: "Policies > Create policy > JSON",
        actions: &[
            "Paste one of the policies, replacing what is there, and give the policy its name. The first is for one instance; the others ask for the instance's ID, and the last one is for several instances.",
        ],
        strings: &[
            StringText::of(
                Json,
                "policy-users",
                "Policy for all users of the instance",
                POLICY_USERS,
                SETUP_GUIDE,
            )
            .note("Leave ${aws:userid} as it is: AWS puts the user in.")
            .when(When::OneRegion),
            StringText::of(
                Json,
                "policy-instance",
                "Policy for the instance by its ID",
                POLICY_INSTANCE,
                SETUP_GUIDE,
            )
            .note("For Global Resiliency as well: source and replica have the same ID."),
            StringText::of(
                Json,
                "policy-instances",
                "Policy for several instances",
                POLICY_INSTANCES,
                SETUP_GUIDE,
            ),
            StringText::text("policy-name", "Policy name", "@policyName@", SETUP_GUIDE),
        ],
        expect: "The editor shows no error and no warning.",
    },
    StepText {
        id: "iam-role",
        console: IAM_CONSOLE,
        title: "The role that agents get",
        place: "Roles > Create role > SAML 2.0 federation",
        actions: &[
            "Choose the provider @providerName@ and \"Allow programmatic and AWS Management Console access\".",
            "Attach the policy @policyName@, and no other. Enter the name, and create the role.",
            "Open the role, choose \"Trust relationships > Edit trust policy\", and paste the trust policy. It lists every sign-in endpoint beforehand, so that a change of AWS Region needs no other change.",
            "Set \"Maximum session duration\" to 12 hours: an assertion that asks for more than the role allows is refused.",
        ],
        strings: &[
            StringText::text("role-name", "Role name", "@roleName@", SETUP_GUIDE),
            StringText::of(Json, "trust-policy", "Trust policy", TRUST, REGIONAL)
                .place("Trust relationships > Edit trust policy"),
            StringText::text("session-maximum", "Maximum session duration", "43200", SAML)
                .note("In seconds; the console shows it as 12 hours."),
            StringText::text("role-arn", "ARN", "@roleArn@", SETUP_GUIDE)
                .note("To compare: the role's page shows it."),
        ],
        expect: "The role's page shows the ARN above, and under \"Trust relationships\" the trust policy.",
    },
];

/// Users and origins.
pub(super) const CONNECT: &[StepText] = &[
    StepText {
        id: "connect-users",
        console: AMAZON_CONNECT,
        title: "The agents",
        place: "the instance's Access URL > Users > User management > Add new users",
        actions: &[
            "Sign in as the administrator, through the identity provider, and upload the users by CSV.",
            "A user name must be what the identity provider sends as RoleSessionName, letter by letter and in the same case.",
        ],
        strings: &[StringText::of(Csv, "users-csv", "users.csv", "@raw:users@", BULK).note(
            "The template for SAML users has no columns for e-mail address and password. Both profiles must exist.",
        )],
        expect: "The list of users has every agent, with the user name of the identity provider.",
    },
    StepText {
        id: "approved-origin",
        console: AMAZON_CONNECT,
        title: "The page that embeds the phone",
        place: "Instances > the instance's alias > Approved origins > Add origin",
        actions: &["Add the origin, without a path and without a slash at its end."],
        strings: &[StringText::url(
            "approved-origin",
            "Enter origin URL",
            "@hostOrigin@",
            ORIGINS,
        )
        .note("With Global Resiliency, add it to the replica as well. Agents who open the host by another address have another origin: add that, too.")],
        expect: "The origin is in the list.",
    },
];

/// The AWS side once more, for those who do not click.
pub(super) const AFTER: &[StepText] = &[
    StepText {
        id: "test",
        console: "Private window of a browser",
        title: "Try it",
        place: "the address bar",
        actions: &[
            "Open the SSO Login URL, and sign in at the identity provider as an agent who was assigned above.",
            "If it ends elsewhere, check the strings: \"Session expired\" means that the sign-in did not come from the identity provider, \"Access denied\" that Amazon Connect has no user of that name, and the AWS console that the relay state is missing.",
        ],
        strings: &[StringText::url(
            "sso-login-url-test",
            "SSO Login URL",
            "@ssoLoginUrl@",
            SETUP_GUIDE,
        )],
        expect: "Amazon Connect's panel, signed in as the agent.",
    },
    StepText {
        id: "as-code",
        console: "Terminal",
        title: "The AWS side as code",
        place: "instead of the steps in IAM and of \"Approved origins\"",
        actions: &[
            "Choose one of the two, with the identity provider's metadata as metadata.xml beside it.",
        ],
        strings: &[
            StringText::of(
                Shell,
                "aws-cli",
                "AWS CLI",
                include_str!("texts/aws.sh"),
                CLI,
            ),
            StringText::of(
                Hcl,
                "terraform",
                "Terraform",
                include_str!("texts/aws.tf"),
                TERRAFORM,
            )
            .note("The approved origin needs the provider hashicorp/awscc: hashicorp/aws has no resource for it."),
        ],
        expect: "",
    },
];

pub(super) const POLICY_USERS: &str = include_str!("texts/policy-users.json");
pub(super) const POLICY_INSTANCE: &str = include_str!("texts/policy-instance.json");
const POLICY_INSTANCES: &str = include_str!("texts/policy-instances.json");
pub(super) const TRUST: &str = include_str!("texts/trust.json");
/// What an identity provider imports that takes a service's metadata. AWS's signing key is not in it: AWS sends no
/// requests when sign-in is IdP-initiated.
pub(super) const METADATA: &str = include_str!("texts/aws-metadata.xml");

pub(super) const AMAZON_CONNECT: &str = "Amazon Connect console";
pub(super) const IAM_CONSOLE: &str = "IAM console";
pub(super) const SAML: &str =
    "IAM User Guide, \"Configure SAML assertions for the authentication response\"";
pub(super) const REGIONAL: &str = "Amazon Connect Administrator Guide, \"Configure the identity provider to use regional SAML endpoints\"";
const PROVIDER: &str = "IAM User Guide, \"Create a SAML identity provider in IAM\"";
const ORIGINS: &str =
    "Amazon Connect Administrator Guide, \"Use an allowlist for integrated applications\"";
const CLI: &str = "AWS CLI Command Reference, \"iam\" and \"connect\"";
const TERRAFORM: &str = "Terraform Registry, \"aws_iam_saml_provider\", \"aws_iam_role\", \"awscc_connect_approved_origin\"";
pub(super) const RELAY: &str =
    "Amazon Connect Administrator Guide, \"Use a destination in your relay state URL\"";
pub(super) const RESILIENT: &str = RESILIENCY;
