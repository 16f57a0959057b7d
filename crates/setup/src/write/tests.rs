//! What the writers write for answers of all kinds.

use std::collections::BTreeSet;

use super::*;
use crate::testing::{ID, test};

/// Complete answers for these two.
fn answers(idp: &str, host: &str) -> Answers {
    let mut answers = Answers {
        idp: idp.to_owned(),
        host: host.to_owned(),
        ..Answers::default()
    };
    for question in runbook(&answers).questions {
        if question.required || question.kind == question::Kind::Lines {
            set(&mut answers, question.name, question.example);
        }
    }
    answers.routing_profile = Some("Basic Routing Profile".to_owned());
    answers.security_profile = Some("Agent".to_owned());
    answers
}

fn set(answers: &mut Answers, name: &str, text: &str) {
    let mut fields = serde_json::Map::new();
    fields.insert(name.to_owned(), text.into());
    let one: Answers = serde_json::from_value(fields.into()).expect("an answer");
    macro_rules! take {
        ($($field:ident),*) => { $(if one.$field.is_some() { answers.$field = one.$field.clone(); })* };
    }
    take!(
        instance_url,
        instance_arn,
        host_origin,
        sso_login_url,
        idp_domain,
        app_id,
        tenant_id,
        role_name,
        provider_name,
        destination,
        other_instances,
        contact_center,
        users,
        routing_profile,
        security_profile
    );
}

fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    let choices = runbook(&Answers::default()).choices;
    let hosts = choices.host;
    choices.idp.into_iter().flat_map(move |idp| {
        hosts
            .clone()
            .into_iter()
            .map(move |host| (idp.value, host.value))
    })
}

fn value(runbook: &Runbook, id: &str) -> String {
    let mut texts = runbook.steps.iter().flat_map(|step| &step.strings);
    texts
        .find(|text| text.id == id)
        .unwrap_or_else(|| panic!("no {id}"))
        .value
        .clone()
}

#[test]
fn okta_gets_every_string() {
    let book = runbook(&answers("okta", "page"));
    assert_eq!(book.missing, BTreeSet::new());
    assert_eq!(book.findings, []);
    let federate = format!(
        "https://us-east-1.console.aws.amazon.com/connect/federate/{ID}?destination=%2Fccp-v2"
    );
    for (id, expected) in [
        ("relay-state", federate.as_str()),
        ("acs-url", "https://us-east-1.signin.aws.amazon.com/saml"),
        (
            "identity-provider-arn",
            "arn:aws:iam::123456789012:saml-provider/Okta_Connect",
        ),
        ("role-arn", "arn:aws:iam::123456789012:role/Okta_Role"),
        ("policy-name", "okta_federation_policy"),
        ("approved-origin", "https://desk.acme.example"),
        (
            "sso-login-url-test",
            &format!(
                "https://acme.okta.com/app/amazon_aws/exk1a2b3c4d5/sso/saml?RelayState={}",
                softphone_core::address::reading::encode(&federate)
            ),
        ),
    ] {
        assert_eq!(value(&book, id), expected, "{id}");
    }
}

#[test]
fn what_is_not_known_yet_is_a_placeholder_with_a_name() {
    for (idp, host) in all() {
        let book = runbook(&Answers {
            idp: idp.into(),
            host: host.into(),
            ..Answers::default()
        });
        let required = book.questions.iter().filter(|question| question.required);
        for question in required {
            assert!(
                book.missing.contains(question.name),
                "{idp} {host} does not need {}",
                question.name
            );
        }
        for name in &book.missing {
            assert!(book.questions.iter().any(|question| question.name == *name));
        }
        for text in book.steps.iter().flat_map(|step| &step.strings) {
            let shows = text.value.contains('<') || text.value.contains("&lt;");
            assert!(text.missing.is_empty() || shows, "{idp} {host} {text:?}");
        }
    }
}

#[test]
fn with_all_answers_nothing_is_missing() {
    for (idp, host) in all() {
        let book = runbook(&answers(idp, host));
        assert_eq!(book.missing, BTreeSet::new(), "{idp} {host}");
        assert_eq!(book.findings, [], "{idp} {host}");
        let mut ids = BTreeSet::new();
        for step in &book.steps {
            assert!(ids.insert(step.id), "{} is there twice", step.id);
            assert!(!step.console.is_empty() && !step.title.is_empty() && !step.place.is_empty());
            let mut ids = BTreeSet::new();
            for text in &step.strings {
                assert!(ids.insert(text.id), "{} is there twice", text.id);
                assert!(!text.label.is_empty() && !text.source.is_empty());
                assert!(!text.value.contains("@raw:") && !text.value.contains("@url:"));
            }
        }
    }
}

#[test]
#[ignore = "prints a runbook"]
fn print() {
    let mut answers = answers(
        &std::env::var("IDP").unwrap_or_default(),
        &std::env::var("HOST").unwrap_or_default(),
    );
    answers.global_resiliency = std::env::var("GR").is_ok();
    println!("{}", serde_json::to_string_pretty(&runbook(&answers)).unwrap());
}
