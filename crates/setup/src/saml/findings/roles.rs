//! The role that a user assumes: `<role ARN>,<provider ARN>`, in either order.

use softphone_core::finding::Severity;

use super::user::is_service_cloud_voice;
use super::{ASSERTIONS, Against, Named, TROUBLE};
use crate::check::ARN;
use crate::finding::{Fault, Range, code};
use crate::locate::placeholder;
use crate::region::partition;
use crate::saml::response::{AWS, Assertion, Part};

/// The ARN of a role or of an identity provider in IAM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IamArn<'a> {
    pub(crate) partition: &'a str,
    pub(crate) account: &'a str,
    /// With its path.
    pub(crate) name: &'a str,
    at: Range,
}

/// A role and the provider beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair<'a> {
    pub(crate) role: IamArn<'a>,
    pub(crate) provider: IamArn<'a>,
}

pub(super) fn check(assertion: &Assertion, against: &Against<'_>) -> Vec<Named> {
    let mut faults = names(assertion);
    let voice = is_service_cloud_voice(assertion);
    let roles = assertion.of_aws("Role");
    let missing = roles.iter().all(|role| role.text.trim().is_empty());
    if missing && !voice && !faults.iter().any(|(name, _)| *name == "Role") {
        let fault = Fault::error(code::ROLE_MISSING, roles.first().map(|role| role.at))
            .found(if roles.is_empty() {
                "no attribute Role"
            } else {
                "an attribute Role without a value"
            })
            .expected(format!("{AWS}Role with <role ARN>,<provider ARN>"))
            .remedy(
                "Add the attribute in the identity provider's app, and assign the role to the user: AWS answers \"Your request included an invalid SAML response\".",
                TROUBLE,
            );
        faults.push(("Role", fault));
    }
    let mut given = roles;
    if voice {
        let of_voice = assertion.named("connect_role").into_iter();
        given.extend(of_voice.filter(|role| role.text.contains("arn:")));
    }
    if let Some(second) = given.get(1) {
        let fault = Fault::warning(code::ROLE_SEVERAL, Some(second.at))
            .found(format!("{} roles", given.len()))
            .expected("exactly one role for an agent")
            .remedy(
                "Assign one role to agents. With several, AWS shows a page on which to choose one, which no softphone can show.",
                ASSERTIONS,
            );
        faults.push(("Role", fault));
    }
    for role in given {
        let found = of_pair(role, against).into_iter();
        faults.extend(found.map(|fault| ("Role", fault)));
    }
    faults.extend(duration(assertion));
    faults
}

/// Reads a value of Role.
///
/// # Errors
/// Which part of it is no ARN of IAM, and why.
pub(crate) fn pair(text: &str) -> Result<Pair<'_>, (Range, &'static str)> {
    let whole = Range::whole(text);
    let parts: Vec<&str> = text.split(',').collect();
    let [first, second] = parts.as_slice() else {
        return Err((
            whole,
            match parts.len() {
                1 if text.contains(":saml-provider/") => "the provider without the role",
                1 if text.contains(":role/") => "the role without the provider",
                _ => "another text than two ARNs with a comma between them",
            },
        ));
    };
    let second_from = first.len() + 1;
    let first = iam_arn(first.trim(), Range::whole(first))?;
    let second = iam_arn(second.trim(), Range::whole(second).moved(second_from))?;
    match (first, second) {
        ((Kind::Role, role), (Kind::Provider, provider))
        | ((Kind::Provider, provider), (Kind::Role, role)) => Ok(Pair { role, provider }),
        ((Kind::Role, _), (Kind::Role, _)) => Err((whole, "two roles, and no provider")),
        ((Kind::Provider, _), (Kind::Provider, _)) => Err((whole, "two providers, and no role")),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Role,
    Provider,
}

fn iam_arn(text: &str, at: Range) -> Result<(Kind, IamArn<'_>), (Range, &'static str)> {
    let mut parts = text.splitn(6, ':');
    let mut next = || parts.next().unwrap_or_default();
    let (arn, partition, service, region, account, resource) =
        (next(), next(), next(), next(), next(), next());
    let start = at.start;
    let part = |before: usize, part: &str| Range::new(start + before, start + before + part.len());
    if arn != "arn" || service != "iam" || !region.is_empty() {
        return Err((at, "a text that is no ARN of IAM"));
    }
    if partition != "aws" && !partition.starts_with("aws-") {
        return Err((part(4, partition), "a partition that AWS does not have"));
    }
    let account_at = part(4 + partition.len() + 6, account);
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err((account_at, "an account that is no 12 digits"));
    }
    let resource_at = part(account_at.end - start + 1, resource);
    let (kind, name) = match resource.split_once('/') {
        Some(("role", name)) => (Kind::Role, name),
        Some(("saml-provider", name)) => (Kind::Provider, name),
        Some(_) | None => {
            return Err((
                resource_at,
                "a resource that is neither a role nor an identity provider of SAML",
            ));
        }
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-/".contains(c);
    if name.is_empty() || !name.chars().all(fits) {
        return Err((resource_at, "a name that IAM does not take"));
    }
    let arn = IamArn {
        partition,
        account,
        name,
        at,
    };
    Ok((kind, arn))
}

/// What is wrong with one value.
fn of_pair(value: &Part, against: &Against<'_>) -> Vec<Fault> {
    if value.text.trim().is_empty() {
        return Vec::new();
    }
    let fault = |code, at, found: &str| {
        Fault::error(code, Some(value.inside(at)))
            .found(found)
            .expected("arn:aws:iam::<account>:role/<role>,arn:aws:iam::<account>:saml-provider/<provider>")
            .remedy(
                "Copy both ARNs from the IAM console, letter by letter: AWS answers \"Not authorized to perform sts:AssumeRoleWithSAML\".",
                TROUBLE,
            )
    };
    let pair = match pair(&value.text) {
        Ok(pair) => pair,
        Err((at, found)) => {
            let left = placeholder(&value.text);
            let found = if left.is_some() {
                "a placeholder that was left in"
            } else {
                found
            };
            return vec![fault(code::ROLE_FORM, left.unwrap_or(at), found)];
        }
    };
    let mut faults = Vec::new();
    let (role, provider) = (&pair.role, &pair.provider);
    let account_at = |arn: &IamArn<'_>| {
        let start = arn.at.start + "arn::iam::".len() + arn.partition.len();
        Range::new(start, start + arn.account.len())
    };
    if role.account != provider.account {
        let expected = format!("{}, the account of the role", role.account);
        faults.push(
            fault(
                code::ROLE_ACCOUNT,
                account_at(provider),
                "a provider in another account than the role",
            )
            .expected(expected),
        );
    } else if let Some(account) = against.account().filter(|account| *account != role.account) {
        let expected = format!("{account}, the account in {ARN}");
        faults.push(
            fault(
                code::ROLE_ACCOUNT,
                account_at(role),
                "a role in another account than the instance",
            )
            .expected(expected),
        );
    }
    let ours = against
        .facts
        .region
        .as_ref()
        .map(|(region, _)| partition(region));
    for arn in [role, provider] {
        let expected = ours.unwrap_or(role.partition);
        if arn.partition != expected {
            let start = arn.at.start + "arn:".len();
            let at = Range::new(start, start + arn.partition.len());
            faults.push(
                fault(code::OTHER_PARTITION, at, "another partition of AWS").expected(expected),
            );
        }
    }
    if role
        .name
        .rsplit('/')
        .next()
        .is_some_and(|name| name.starts_with("AWSReservedSSO_"))
    {
        faults.push(
            fault(
                code::ROLE_FORM,
                role.at,
                "a role of IAM Identity Center, which only that can assume",
            )
            .expected("a role of your own, whose trust policy names the provider")
            .remedy(
                "Create a role for SAML 2.0 federation in IAM, and send that.",
                "AWS STS API Reference, \"AssumeRoleWithSAML\"",
            ),
        );
    }
    if value.text.trim().contains(char::is_whitespace) {
        let whole = Range::whole(&value.text);
        faults.push(Fault {
            severity: Severity::Warning,
            ..fault(code::ROLE_FORM, whole, "white space beside the comma")
                .expected("the two ARNs with nothing but the comma between them")
        });
    }
    faults
}

impl Against<'_> {
    /// The account of the instance.
    fn account(&self) -> Option<&str> {
        self.facts.arn.as_ref()?;
        self.inputs.get(ARN)?.trim().split(':').nth(4)
    }
}

/// Names of attributes that are nearly those that AWS reads.
pub(super) fn names(assertion: &Assertion) -> Vec<Named> {
    let mut faults = Vec::new();
    let voice = is_service_cloud_voice(assertion);
    for attribute in &assertion.attributes {
        let name = attribute.name.text.as_str();
        let plain = plain(name);
        let meant = READ.into_iter().find(|known| {
            let is_alone = plain == known.to_ascii_lowercase();
            let is_long =
                plain == format!("aws.amazon.com/saml/attributes/{known}").to_ascii_lowercase();
            is_long || (is_alone && !voice && *known != "SessionDuration")
        });
        let Some(meant) = meant else { continue };
        let right = format!("{AWS}{meant}");
        if name == right || !assertion.of_aws(meant).is_empty() {
            continue;
        }
        let fault = Fault::error(code::ATTRIBUTE_NAME, Some(attribute.name.at))
            .found("a name that AWS does not read as it stands, although it is nearly one of AWS's")
            .expected(right)
            .remedy(
                "Correct the attribute's name in the identity provider's app. Upper and lower case count.",
                ASSERTIONS,
            );
        faults.push((meant, fault));
    }
    faults
}

/// Without scheme, case and what people add by mistake.
fn plain(name: &str) -> String {
    let lower = name.trim().trim_end_matches('/').to_ascii_lowercase();
    let rest = lower
        .split_once("://")
        .map_or(lower.as_str(), |(_, rest)| rest);
    rest.trim_start_matches("www.")
        .replace("/attribute/", "/attributes/")
}

/// How long a session in the AWS console may last.
fn duration(assertion: &Assertion) -> Option<Named> {
    let value = assertion.of_aws("SessionDuration").into_iter().next()?;
    let (text, at) = value.trimmed();
    let fault = |found: String| {
        let fault = Fault::error(code::SESSION_DURATION, Some(at))
            .found(found)
            .expected("900 to 43200 seconds")
            .remedy(
                "Set 43200, the 12 hours after which Amazon Connect ends a session anyway, and give the role a maximum session duration of 12 hours in IAM.",
                ASSERTIONS,
            );
        Some(("SessionDuration", fault))
    };
    match text.parse::<u64>() {
        Err(_) => fault("a duration that is no whole number".to_owned()),
        Ok(seconds) if (900..=43_200).contains(&seconds) => None,
        Ok(12) => fault("12: hours, it seems".to_owned()),
        Ok(720) => fault("720: minutes, it seems".to_owned()),
        Ok(seconds) => fault(format!("{seconds} seconds")),
    }
}

/// The attributes that AWS needs or knows and that people misspell.
const READ: [&str; 3] = ["Role", "RoleSessionName", "SessionDuration"];
