//! What is asked for a runbook.

use serde::Serialize;

/// A question, whose answer is the field `name` of the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// The field of the answers.
    pub name: &'static str,
    /// What stands before the input.
    pub label: &'static str,
    /// Where the answer is found.
    pub hint: &'static str,
    /// An answer as it may be.
    pub example: &'static str,
    /// Whether a placeholder stands in the strings without it.
    pub required: bool,
    /// How it is asked.
    pub kind: Kind,
}

/// How a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// In a line.
    Text,
    /// In several lines.
    Lines,
    /// By a tick; the answer is `true` or `false`.
    Boolean,
}

impl Question {
    /// One without whose answer strings have a placeholder.
    pub(super) const fn required(
        name: &'static str,
        label: &'static str,
        hint: &'static str,
        example: &'static str,
    ) -> Self {
        Self {
            name,
            label,
            hint,
            example,
            required: true,
            kind: Kind::Text,
        }
    }

    /// One with a default.
    pub(super) const fn optional(
        name: &'static str,
        label: &'static str,
        hint: &'static str,
        example: &'static str,
    ) -> Self {
        Self {
            required: false,
            ..Self::required(name, label, hint, example)
        }
    }

    const fn asked(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }
}

/// Of whoever sets up Amazon Connect.
pub(super) const INSTANCE: [Question; 2] = [
    Question::required(
        "instanceUrl",
        "Access URL of the instance",
        "Amazon Connect console: choose the instance's alias; \"Access URL\" is on the page \"Account overview\".",
        "https://acme.my.connect.aws",
    ),
    Question::required(
        "instanceArn",
        "ARN of the instance",
        "On the same page: \"Instance ARN\".",
        "arn:aws:connect:us-east-1:123456789012:instance/178c75e4-b3de-4839-a6aa-e321ab3f3770",
    ),
];

/// With Global Resiliency, of hosts that embed the phone by Streams.
pub(super) const REPLICA: Question = Question::required(
    "replicaUrl",
    "Access URL of the replica",
    "Amazon Connect console, in the replica's AWS Region: the instance's page \"Account overview\".",
    "https://acme-replica.my.connect.aws",
);

/// What may stay as it is.
pub(super) const DEFAULTS: [Question; 8] = [
    Question::optional(
        "roleName",
        "Name of the IAM role",
        "One role is enough for all agents: what they may do is up to their security profile.",
        "Okta_Role",
    ),
    Question::optional(
        "providerName",
        "Name of the identity provider in IAM",
        "Chosen freely when it is added to IAM.",
        "Okta_Connect",
    ),
    Question::optional(
        "destination",
        "Page at which a sign-in ends",
        "A page of the instance. The softphone itself sends sign-in to its return page.",
        "/ccp-v2",
    ),
    Question::optional(
        "globalResiliency",
        "Global Resiliency",
        "Whether the instance has a replica in another AWS Region. The ARN is then that of the source.",
        "false",
    )
    .asked(Kind::Boolean),
    Question::optional(
        "otherInstances",
        "IDs of further instances",
        "If the same role is for several instances: their IDs, separated by commas.",
        "2fb42df9-78a2-2e74-d572-c8af67ed289b",
    ),
    Question::optional(
        "users",
        "Agents",
        "One in a line: user name, first name, last name. The user name is what the identity provider sends, letter by letter.",
        "ada@acme.example, Ada, Example",
    )
    .asked(Kind::Lines),
    Question::optional(
        "routingProfile",
        "Routing profile of the agents",
        "Amazon Connect: Users > Routing profiles.",
        "Basic Routing Profile",
    ),
    Question::optional(
        "securityProfile",
        "Security profile of the agents",
        "Amazon Connect: Users > Security profiles. It must allow the Contact Control Panel.",
        "Agent",
    ),
];
