//! With what the writers write, the check finds nothing wrong.

use proptest::prelude::*;
use proptest::sample::select;
use softphone_core::address::reading::placeholder;

use super::{Answers, Runbook, complete, runbook};
use crate::check::{Inputs, check};

fn found(book: &Runbook, id: &str) -> Option<String> {
    let mut texts = book.steps.iter().flat_map(|step| &step.strings);
    texts
        .find(|text| text.id == id)
        .map(|text| text.value.clone())
}

/// Everything in the runbook that is an input of the check.
fn inputs(answers: &Answers, book: &Runbook) -> Inputs {
    Inputs {
        instance_url: answers.instance_url.clone(),
        instance_arn: found(book, "instance-arn"),
        sso_login_url: found(book, "sso-login-url-test"),
        relay_state: found(book, "relay-state"),
        acs_url: found(book, "acs-url"),
        csv: found(book, "users-csv"),
        init_ccp: found(book, "init-ccp"),
        ..Inputs::default()
    }
}

fn id() -> impl Strategy<Value = String> {
    "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
}

/// A name that does not look like a placeholder, as `...` does.
fn name(pattern: &'static str) -> impl Strategy<Value = String> {
    pattern.prop_filter("a placeholder", |name| placeholder(name).is_none())
}

/// A Region, its partition, and what the instance's host ends with.
fn place() -> impl Strategy<Value = (&'static str, &'static str, &'static str)> {
    prop_oneof![
        (
            select(vec![
                "us-east-1",
                "us-west-2",
                "eu-central-1",
                "eu-west-2",
                "ap-southeast-2",
                "ap-northeast-1",
                "ca-central-1",
                "af-south-1"
            ]),
            Just("aws"),
            select(vec![
                ".my.connect.aws",
                ".my.connect.aws/",
                ".awsapps.com/connect",
                ".my.connect.aws/ccp-v2/"
            ]),
        ),
        Just(("us-gov-west-1", "aws-us-gov", ".govcloud.connect.aws")),
    ]
}

fn answers() -> impl Strategy<Value = Answers> {
    let choices = runbook(&Answers::default()).choices;
    let idps: Vec<_> = choices.idp.iter().map(|it| it.value).collect();
    let hosts: Vec<_> = choices.host.iter().map(|it| it.value).collect();
    let destination = prop::option::of(select(vec![
        "/ccp-v2",
        "/ccp-v2/chat",
        "/agent-app-v2",
        "/agent-app-v2?VDIPlatform=CITRIX_413",
        "/home",
        "https://desk.acme.example/phone?a=1&b=2#c",
    ]));
    let who = (
        select(idps),
        select(hosts),
        "[a-z][a-z0-9]{2,20}",
        id(),
        "[1-9][0-9]{11}",
        place(),
        any::<bool>(),
    );
    let more = (
        prop::option::of(name("[A-Za-z0-9_+=,.@-]{1,64}")),
        prop::option::of(name("[A-Za-z0-9_.-]{1,128}")),
        destination,
        prop::collection::btree_set("[a-z0-9_.@-]{2,64}", 0..4),
        prop::collection::vec("[^\\r\\n<>]{1,20}", 4),
        any::<bool>(),
    );
    (who, more).prop_map(
        |(
            (idp, host, alias, id, account, (region, partition, domain), resilient),
            (role, provider, destination, users, names, given),
        )| {
            let rows: Vec<String> = users
                .iter()
                .map(|login| {
                    format!(
                        "{login}, {}, {}",
                        names[0].replace([',', ';', '\t'], " "),
                        names[1]
                    )
                })
                .collect();
            let mut answers = Answers {
                idp: idp.into(),
                host: host.into(),
                instance_url: Some(format!("https://{alias}{domain}")),
                instance_arn: Some(format!(
                    "arn:{partition}:connect:{region}:{account}:instance/{id}"
                )),
                role_name: role,
                provider_name: provider,
                destination: destination.map(str::to_owned),
                global_resiliency: resilient,
                users: (!rows.is_empty()).then(|| rows.join("\n")),
                routing_profile: Some(names[2].clone()),
                security_profile: Some(names[3].clone()),
                ..Answers::default()
            };
            complete(&mut answers);
            // What another runbook wrote is completed in the same way.
            if given {
                answers.sso_login_url = found(&runbook(&answers), "sso-login-url-test");
            }
            answers
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_right(answers in answers()) {
        let book = runbook(&answers);
        let found = check(&inputs(&answers, &book));
        prop_assert!(found.is_empty(), "{:#?}", (found, inputs(&answers, &book)));
        prop_assert!(book.findings.is_empty(), "{:#?}", book.findings);
        prop_assert!(book.missing.iter().all(|name| *name == "users"), "{:?}", book.missing);
        for text in book.steps.iter().flat_map(|step| &step.strings) {
            if text.language == super::Language::Json {
                let read = serde_json::from_str::<serde_json::Value>(&text.value);
                prop_assert!(read.is_ok(), "{}", text.value);
            }
        }
    }

    #[test]
    fn any_text_is_taken(
        texts in prop::collection::vec(".{0,40}", 17),
        resilient in any::<bool>(),
    ) {
        let mut texts = texts.into_iter();
        let mut next = || texts.next();
        let answers = Answers {
            idp: next().unwrap_or_default(),
            host: next().unwrap_or_default(),
            instance_url: next(),
            instance_arn: next(),
            host_origin: next(),
            sso_login_url: next(),
            idp_domain: next(),
            app_id: next(),
            tenant_id: next(),
            role_name: next(),
            provider_name: next(),
            destination: next(),
            other_instances: next(),
            contact_center: next(),
            replica_url: next(),
            users: next(),
            routing_profile: next(),
            security_profile: None,
            global_resiliency: resilient,
        };
        for text in runbook(&answers).steps.iter().flat_map(|step| &step.strings) {
            if text.language == super::Language::Json {
                let read = serde_json::from_str::<serde_json::Value>(&text.value);
                prop_assert!(read.is_ok(), "{}", text.value);
            }
        }
    }
}

/// Few, because a runbook takes milliseconds here; more by hand, with `PROPTEST_CASES`.
fn cases() -> u32 {
    let more = std::env::var("PROPTEST_CASES").ok();
    more.and_then(|cases| cases.parse().ok()).unwrap_or(48)
}
