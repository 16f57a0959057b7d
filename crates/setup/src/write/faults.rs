//! What is wrong with the answers.

use softphone_core::address::web_url::WebUrl;
use softphone_core::config::code as core;

use super::values::Values;
use crate::arn::is_uuid;
use crate::check::{ARN, Inputs, check};
use crate::finding::{Fault, Range, SetupFinding, code};
use crate::url::read;

/// What the check says of the answers that it knows, and what is wrong with the others.
pub(super) fn of(values: &Values<'_>) -> Vec<SetupFinding> {
    let answers = values.answers;
    let own = |name: &str| answers.get(name).map(str::to_owned);
    let mut findings = check(&Inputs {
        instance_url: own("instanceUrl"),
        instance_arn: own(ARN),
        sso_login_url: own("ssoLoginUrl"),
        ..Inputs::default()
    });
    // The runbook puts the relay state in.
    findings.retain(|finding| finding.code != code::RELAY_STATE_MISSING);
    findings.extend(of_parts(values));
    if let Some(replica) = own("replicaUrl") {
        let mut found = check(&Inputs {
            instance_url: Some(replica),
            ..Inputs::default()
        });
        for finding in &mut found {
            "replicaUrl".clone_into(&mut finding.field);
        }
        findings.extend(found);
    }
    for name in [
        "hostOrigin",
        "roleName",
        "providerName",
        "destination",
        "otherInstances",
    ] {
        let fault = answers.get(name).and_then(|text| match name {
            "hostOrigin" => origin(text),
            "roleName" => iam_name(text, "+=,.@-", 64),
            "providerName" => iam_name(text, ".-", 128),
            "destination" => destination(text),
            _ => instances(text),
        });
        findings.extend(fault.map(|fault| fault.of(name)));
    }
    if answers.users.is_some() {
        let csv = super::users::csv(values);
        let names = check(&Inputs {
            csv: Some(csv.text.clone()),
            ..Inputs::default()
        });
        let part = |at: Range| csv.text.get(at.bytes());
        let users = answers.users.as_deref().unwrap_or_default();
        findings.extend(names.into_iter().filter_map(|finding| {
            // A placeholder is no answer.
            let part = part(finding.at?)?;
            let start = users.find(part)?;
            let at = Some(Range::new(start, start + part.len()));
            let field = "users".to_owned();
            Some(SetupFinding {
                field,
                at,
                ..finding
            })
        }));
    }
    findings
}

/// What is wrong with an SSO Login URL that is put together: it is in one of its parts, and the first one is named.
fn of_parts(values: &Values<'_>) -> Vec<SetupFinding> {
    let answers = values.answers;
    let questions = values.provider.questions;
    let is_whole = questions.iter().all(|it| answers.get(it.name).is_some());
    let Some(first) = questions.first().filter(|_| is_whole) else {
        return Vec::new();
    };
    if answers.get("ssoLoginUrl").is_some() {
        return Vec::new();
    }
    let mut found = check(&Inputs {
        sso_login_url: Some(super::sso::login_url(values).text),
        ..Inputs::default()
    });
    // Of the relay state, the other answers are at fault; with Global Resiliency there is none.
    found.retain(|it| it.code == core::URL_REFUSED || it.code == core::WRONG_URL);
    for finding in &mut found {
        first.name.clone_into(&mut finding.field);
        finding.at = answers.get(first.name).map(Range::whole);
    }
    found
}

fn origin(text: &str) -> Option<Fault> {
    let whole = Range::whole(text);
    let fault = |code, found: String, expected: String| {
        Some(
            Fault::error(code, Some(whole))
                .found(found)
                .expected(expected)
                .remedy(
                    "Take scheme and host of the page's address, without a path.",
                    ORIGINS,
                ),
        )
    };
    match WebUrl::parse(text, None, &read) {
        Ok(url)
            if text
                .trim_end_matches('/')
                .eq_ignore_ascii_case(url.origin()) =>
        {
            None
        }
        Ok(url) => fault(
            core::WRONG_URL,
            "more than an origin".to_owned(),
            url.origin().to_owned(),
        ),
        Err(refusal) => fault(
            core::URL_REFUSED,
            refusal.to_string(),
            "an origin such as https://desk.acme.example".to_owned(),
        ),
    }
}

/// A name in IAM: letters and digits of ASCII, `_`, and these.
fn iam_name(text: &str, others: &str, most: usize) -> Option<Fault> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || others.contains(c);
    let fault = |at| {
        Fault::error(core::WRONG_VALUE, Some(at))
            .expected(format!(
                "1 to {most} letters and digits of ASCII, and _ {others}"
            ))
            .remedy("Choose another name: IAM does not take this one.", NAMES)
    };
    if let Some((at, c)) = text.char_indices().find(|(_, c)| !fits(*c)) {
        let at = Range::new(at, at + c.len_utf8());
        return Some(fault(at).found(format!("\"{c}\", which a name in IAM cannot have")));
    }
    (text.len() > most)
        .then(|| fault(Range::whole(text)).found(format!("a name of {} characters", text.len())))
}

fn destination(text: &str) -> Option<Fault> {
    let is_url = WebUrl::parse(text, None, &read).is_ok();
    let is_path = text.starts_with('/') && !text.starts_with("//");
    if is_url || (is_path && !text.contains(char::is_whitespace) && !text.contains('%')) {
        return None;
    }
    Some(
        Fault::error(code::ODD_DESTINATION, Some(Range::whole(text)))
            .found("neither a path nor a URL as it is written before it is encoded")
            .expected("/ccp-v2, /agent-app-v2, or a page on an approved origin, with https://")
            .remedy(
                "Enter it without encoding: the relay state has it encoded.",
                super::aws::RELAY,
            ),
    )
}

fn instances(text: &str) -> Option<Fault> {
    let ids = text.split(|c: char| c == ',' || c.is_whitespace());
    let odd = ids.filter(|id| !id.is_empty()).find(|id| !is_uuid(id))?;
    let start = text.find(odd)?;
    let at = Range::new(start, start + odd.len());
    Some(
        Fault::error(code::ODD_INSTANCE_ID, Some(at))
            .found("an instance ID that is no UUID")
            .expected("IDs as they follow \"instance/\" in an ARN, separated by commas")
            .remedy(
                "Take the IDs from the instances' ARNs.",
                crate::check::ARN_GUIDE,
            ),
    )
}

const ORIGINS: &str =
    "Amazon Connect Administrator Guide, \"Use an allowlist for integrated applications\"";
const NAMES: &str = "IAM User Guide, \"IAM and AWS STS quotas\"";
