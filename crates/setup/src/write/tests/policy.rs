//! The policies against the published grammar (IAM User Guide, "Grammar of the IAM JSON policy language").

use serde_json::Value;

use super::{all, answers, runbook, value};
use crate::testing::test;

/// Whose policy it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// A role or a user: what they may do, on which resources.
    Identity,
    /// A role's trust: who may take it.
    Trust,
}

/// What the grammar does not allow.
fn refusal(text: &str, of: Of) -> Option<String> {
    let policy: Value = match serde_json::from_str(text) {
        Ok(policy) => policy,
        Err(error) => return Some(error.to_string()),
    };
    let Some(policy) = policy.as_object() else {
        return Some("no object".into());
    };
    for (key, value) in policy {
        let fits = match key.as_str() {
            "Version" => value == "2012-10-17" || value == "2008-10-17",
            "Id" => value.is_string(),
            "Statement" => value.is_object() || value.is_array(),
            _ => false,
        };
        if !fits {
            return Some(format!("{key}: {value}"));
        }
    }
    let statements = match policy.get("Statement") {
        Some(Value::Array(all)) => all.clone(),
        Some(one) => vec![one.clone()],
        None => return Some("no Statement".into()),
    };
    if statements.is_empty() {
        return Some("an empty Statement".into());
    }
    statements
        .iter()
        .find_map(|statement| statement_refusal(statement, of))
}

fn statement_refusal(statement: &Value, of: Of) -> Option<String> {
    let Some(fields) = statement.as_object() else {
        return Some(format!("no statement: {statement}"));
    };
    for (key, value) in fields {
        let fits = match key.as_str() {
            "Sid" => value
                .as_str()
                .is_some_and(|sid| sid.bytes().all(|b| b.is_ascii_alphanumeric())),
            "Effect" => value == "Allow" || value == "Deny",
            "Principal" | "NotPrincipal" => of == Of::Trust && is_principal(value),
            "Action" | "NotAction" => {
                texts(value).is_some_and(|all| all.iter().all(|it| is_action(it)))
            }
            "Resource" | "NotResource" => {
                of == Of::Identity
                    && texts(value).is_some_and(|all| all.iter().all(|it| is_resource(it)))
            }
            "Condition" => is_condition(value),
            _ => false,
        };
        if !fits {
            return Some(format!("{key}: {value}"));
        }
    }
    let one_of = |names: [&str; 2]| {
        names
            .iter()
            .filter(|name| fields.contains_key(**name))
            .count()
            == 1
    };
    if !fields.contains_key("Effect") {
        return Some("no Effect".into());
    }
    if !one_of(["Action", "NotAction"]) {
        return Some("not one of Action and NotAction".into());
    }
    let (names, what) = match of {
        Of::Identity => (["Resource", "NotResource"], "no Resource"),
        Of::Trust => (["Principal", "NotPrincipal"], "no Principal"),
    };
    (!one_of(names)).then(|| what.into())
}

/// A text, or a list of some.
fn texts(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::String(text) => Some(vec![text]),
        Value::Array(all) if !all.is_empty() => all.iter().map(Value::as_str).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

/// `vendor:action`, with wildcards.
fn is_action(text: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"*?-".contains(&b))
    };
    text == "*"
        || text
            .split_once(':')
            .is_some_and(|(vendor, action)| is_name(vendor) && is_name(action))
}

/// `*`, or an ARN of six parts.
fn is_resource(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    text == "*"
        || (parts.len() == 6
            && parts.first() == Some(&"arn")
            && parts.iter().all(|part| !part.contains(' ')))
}

fn is_principal(value: &Value) -> bool {
    let kinds = ["AWS", "Federated", "Service", "CanonicalUser"];
    value == "*"
        || value.as_object().is_some_and(|map| {
            !map.is_empty()
                && map
                    .iter()
                    .all(|(kind, ids)| kinds.contains(&kind.as_str()) && texts(ids).is_some())
        })
}

/// `{ operator: { key: value or values } }`.
fn is_condition(value: &Value) -> bool {
    const OPERATORS: [&str; 27] = [
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
        "NumericEquals",
        "NumericNotEquals",
        "NumericLessThan",
        "NumericLessThanEquals",
        "NumericGreaterThan",
        "NumericGreaterThanEquals",
        "DateEquals",
        "DateNotEquals",
        "DateLessThan",
        "DateLessThanEquals",
        "DateGreaterThan",
        "DateGreaterThanEquals",
        "Bool",
        "BinaryEquals",
        "IpAddress",
        "NotIpAddress",
        "ArnEquals",
        "ArnLike",
        "ArnNotEquals",
        "ArnNotLike",
        "Null",
    ];
    let is_operator = |name: &str| {
        let name = name
            .strip_prefix("ForAllValues:")
            .or(name.strip_prefix("ForAnyValue:"))
            .unwrap_or(name);
        OPERATORS.contains(&name)
            || name
                .strip_suffix("IfExists")
                .is_some_and(|name| OPERATORS.contains(&name) && name != "Null")
    };
    value.as_object().is_some_and(|map| {
        !map.is_empty()
            && map.iter().all(|(operator, keys)| {
                is_operator(operator)
                    && keys.as_object().is_some_and(|keys| {
                        !keys.is_empty()
                            && keys
                                .iter()
                                .all(|(key, values)| key.contains(':') && texts(values).is_some())
                    })
            })
    })
}

/// The part of `value` at this JSON pointer.
#[track_caller]
fn at<'a>(value: &'a Value, pointer: &str) -> &'a Value {
    value.pointer(pointer).expect("a part")
}

const IDENTITY: [&str; 4] = [
    "policy-users",
    "policy-instance",
    "policy-instances",
    "okta-policy",
];

#[test]
fn all_policies_fit_the_grammar_and_the_quotas() {
    for resilient in [false, true] {
        for (idp, host) in all() {
            let mut answers = answers(idp, host);
            answers.global_resiliency = resilient;
            answers.other_instances = Some("2fb42df9-78a2-2e74-d572-c8af67ed289b".to_owned());
            let book = runbook(&answers);
            let texts = book.steps.iter().flat_map(|step| &step.strings);
            let mut count = 0;
            for text in texts {
                let (of, most) = if IDENTITY.contains(&text.id) {
                    (Of::Identity, 6144)
                } else if text.id == "trust-policy" {
                    (Of::Trust, 2048)
                } else {
                    continue;
                };
                count += 1;
                assert_eq!(refusal(&text.value, of), None, "{}", text.value);
                let size = text.value.chars().filter(|c| !c.is_whitespace()).count();
                assert!(size <= most, "{}: {size}", text.id);
            }
            assert!(count >= 3, "{count}");
        }
    }
}

#[test]
fn the_policies_are_those_of_the_guides() {
    let book = runbook(&answers("okta", "page"));
    let statement = |id: &str| {
        let policy: Value = serde_json::from_str(&value(&book, id)).expect("JSON");
        policy.pointer("/Statement/0").expect("a statement").clone()
    };
    let arn =
        "arn:aws:connect:us-east-1:123456789012:instance/178c75e4-b3de-4839-a6aa-e321ab3f3770";
    let users = statement("policy-users");
    assert_eq!(at(&users, "/Action"), "connect:GetFederationToken");
    assert_eq!(
        at(&users, "/Resource/0"),
        &format!("{arn}/user/${{aws:userid}}")
    );
    let instance = statement("policy-instance");
    let condition = "/Condition/StringEquals/connect:InstanceId";
    assert_eq!(at(&instance, "/Resource"), "*");
    assert_eq!(
        at(&instance, condition),
        "178c75e4-b3de-4839-a6aa-e321ab3f3770"
    );
    let trust = statement("trust-policy");
    let audiences = at(&trust, "/Condition/StringEquals/SAML:aud");
    let audiences = texts(audiences).expect("a list");
    assert!(audiences.starts_with(&[
        "https://us-east-1.signin.aws.amazon.com/saml",
        "https://signin.aws.amazon.com/saml",
    ]));
}

#[test]
fn what_the_grammar_forbids_is_refused() {
    let good = value(&runbook(&answers("okta", "page")), "policy-instance");
    let trust = value(&runbook(&answers("okta", "page")), "trust-policy");
    for (from, to) in [
        ("2012-10-17", "2012-10-7"),
        ("\"Allow\"", "\"allow\""),
        ("\"Effect\": \"Allow\",", ""),
        ("Statement\"", "Statements\""),
        ("FederateIntoAmazonConnect", "Federate-Into"),
        ("connect:GetFederationToken", "GetFederationToken"),
        ("\"Resource\": \"*\",", ""),
        ("\"Resource\": \"*\"", "\"Resource\": \"connect\""),
        ("\"Resource\": \"*\"", "\"Resource\": []"),
        ("StringEquals", "StringEqual"),
        ("\"connect:InstanceId\"", "\"InstanceId\""),
        ("\"Resource\"", "\"Principal\": \"*\", \"Resource\""),
        ("\"*\",", "\"*\""),
    ] {
        let wrong = good.replacen(from, to, 1);
        assert_ne!(wrong, good, "{from}");
        assert!(refusal(&wrong, Of::Identity).is_some(), "{wrong}");
    }
    for (from, to) in [
        ("Federated", "Saml"),
        ("\"Principal\"", "\"Resource\""),
        ("sts:", "sts."),
    ] {
        let wrong = trust.replacen(from, to, 1);
        assert_ne!(wrong, trust, "{from}");
        assert!(refusal(&wrong, Of::Trust).is_some(), "{wrong}");
    }
    assert!(refusal(&good, Of::Trust).is_some());
    assert!(refusal(&trust, Of::Identity).is_some());
}
