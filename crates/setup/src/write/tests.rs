//! What the writers write for answers of all kinds.

mod policy;
#[cfg(not(target_arch = "wasm32"))]
mod round_trip;

use std::collections::BTreeSet;

use softphone_core::address::reading::encode;

use super::*;
use crate::testing::{ID, OTHER_ID, test};

/// Complete answers for these two.
fn answers(idp: &str, host: &str) -> Answers {
    let mut answers = Answers {
        idp: idp.to_owned(),
        host: host.to_owned(),
        ..Answers::default()
    };
    complete(&mut answers);
    answers
}

/// Answers what is not answered yet.
fn complete(answers: &mut Answers) {
    for question in runbook(answers).questions {
        let has_default = matches!(
            question.name,
            "roleName" | "providerName" | "destination" | "otherInstances" | "globalResiliency"
        );
        if !has_default && answers.get(question.name).is_none() {
            set(answers, question.name, question.example);
        }
    }
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
        replica_url,
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
    assert_eq!(book.missing, Vec::<&str>::new());
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
                encode(&federate)
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
                book.missing.contains(&question.name),
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
        assert_eq!(book.missing, Vec::<&str>::new(), "{idp} {host}");
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
fn the_sso_login_url_of_each_identity_provider_is_as_documented() {
    let federate = format!(
        "https://us-east-1.console.aws.amazon.com/connect/federate/{ID}?destination=%2Fccp-v2"
    );
    let once = encode(&federate);
    let form = encode(&format!(
        "RPID=urn%3Aamazon%3Awebservices&RelayState={once}"
    ));
    for (idp, expected) in [
        ("okta", format!("https://acme.okta.com/app/amazon_aws/exk1a2b3c4d5/sso/saml?RelayState={once}")),
        ("entra", "https://launcher.myapps.microsoft.com/api/signin/0b6a1c9e-54d2-4b7c-9f0e-2f5d1a7c3e88?tenantId=7c1f0e52-9a3d-4c86-8b1e-d20f5a6e9b47".into()),
        ("ping", format!("https://auth.pingone.eu/3d5c0b1a-7e64-4f8d-a2c9-61b0e4d7f395/saml20/idp/startsso?spEntityId=urn%3Aamazon%3Awebservices&applicationUrl={once}")),
        ("pingfederate", format!("https://sso.acme.example:9031/idp/startSSO.ping?PartnerSpId=urn:amazon:webservices&TargetResource={once}")),
        ("adfs", format!("https://fs.acme.example/adfs/ls/IdpInitiatedSignOn.aspx?RelayState={form}")),
        ("google", "https://accounts.google.com/o/saml2/initsso?idpid=C01abc2de&spid=123456789012&forceauthn=false".into()),
        ("onelogin", "https://acme.onelogin.com/launch/1234567".into()),
        ("jumpcloud", "https://sso.jumpcloud.com/saml2/amazon-connect".into()),
        ("keycloak", format!("https://id.acme.example/realms/acme/protocol/saml/clients/amazon-connect?RelayState={once}")),
        ("auth0", format!("https://acme.us.auth0.com/samlp/AbCdEf0123456789AbCdEf0123456789?RelayState={once}")),
        ("iam-identity-center", "https://d-0123456789.awsapps.com/start/#/saml/default/Amazon%20Connect/ins-0123456789abcdef".into()),
        ("salesforce", format!("https://acme.my.salesforce.com/idp/login?app=0sp5g00000000AbCdE&RelayState={once}")),
        ("other", format!("https://sso.acme.example/connect?RelayState={once}")),
    ] {
        let book = runbook(&answers(idp, "page"));
        assert_eq!(value(&book, "sso-login-url-test"), expected);
    }
}

#[test]
fn a_relay_state_that_is_there_is_replaced() {
    let of = |id: &str, destination: &str| {
        format!(
            "https://us-east-1.console.aws.amazon.com/connect/federate/{id}?destination={destination}"
        )
    };
    let right = encode(&of(ID, "%2Fagent-app-v2"));
    let link = "https://acme.okta.com/app/amazon_aws/exk1/sso/saml";
    for (given, expected) in [
        (link.to_owned(), format!("{link}?RelayState={right}")),
        (
            format!("{link}?RelayState={}", encode(&of(OTHER_ID, "%2Fccp-v2"))),
            format!("{link}?RelayState={right}"),
        ),
        (
            format!("{link}?RelayState={}", of(OTHER_ID, "/ccp-v2")),
            format!("{link}?RelayState={right}"),
        ),
        (
            format!("{link}?a=1&RelayState={}&b=2", encode(&of(ID, "%2Fccp-v2"))),
            format!("{link}?a=1&b=2&RelayState={right}"),
        ),
        (
            format!("{link}?RelayState={}&b=2", encode(&of(ID, "%2Fccp-v2"))),
            format!("{link}?b=2&RelayState={right}"),
        ),
        (
            "https://acme.okta.com/home/amazon_aws/0oa1/272".into(),
            "https://acme.okta.com/home/amazon_aws/0oa1/272".into(),
        ),
    ] {
        let mut answers = answers("okta", "page");
        answers.sso_login_url = Some(given);
        answers.destination = Some("/agent-app-v2".to_owned());
        assert_eq!(value(&runbook(&answers), "sso-login-url-test"), expected);
    }
}

#[test]
fn each_wrong_answer_is_shown() {
    for (name, wrong, code) in [
        (
            "instanceUrl",
            "https://<alias>.my.connect.aws",
            "URL_REFUSED",
        ),
        (
            "instanceArn",
            "arn:aws:connect:us-east-1:1234:instance/x",
            "WRONG_VALUE",
        ),
        ("hostOrigin", "https://desk.acme.example/phone", "WRONG_URL"),
        ("hostOrigin", "desk.acme.example", "URL_REFUSED"),
        (
            "ssoLoginUrl",
            "https://acme-admin.okta.com/app/a/b/sso/saml",
            "NOT_IDP_INITIATED",
        ),
        ("roleName", "Okta Role", "WRONG_VALUE"),
        ("providerName", "Okta,1", "WRONG_VALUE"),
        ("destination", "ccp-v2", "ODD_DESTINATION"),
        ("destination", "%2Fccp-v2", "ODD_DESTINATION"),
        ("otherInstances", "178c75e4", "ODD_INSTANCE_ID"),
        (
            "replicaUrl",
            "https://<alias>.my.connect.aws",
            "URL_REFUSED",
        ),
        ("users", "adä@acme.example, Ada, E", "USER_NAME_CHARACTER"),
        ("users", "ada, Ada, E\nAda, Ada, F", "USER_NAME_TWICE"),
    ] {
        let mut answers = answers("okta", "page");
        set(&mut answers, name, wrong);
        let found = runbook(&answers).findings;
        let said: Vec<_> = found
            .iter()
            .map(|finding| (finding.field.as_str(), finding.code))
            .collect();
        assert!(said.contains(&(name, code)), "{name} {wrong}: {found:#?}");
        for finding in found.iter().filter(|finding| finding.field == name) {
            let at = finding.at.expect("a part");
            assert!(wrong.get(at.bytes()).is_some_and(|part| !part.is_empty()));
        }
    }
}

#[test]
fn the_metadata_of_aws_has_the_endpoint_of_the_region_first() {
    let mut answers = answers("adfs", "page");
    let places = |answers: &Answers| -> Vec<String> {
        let metadata = value(&runbook(answers), "aws-metadata");
        let parts = metadata.split(" Location=\"").skip(1);
        parts
            .filter_map(|part| Some(part.split_once('"')?.0.to_owned()))
            .collect()
    };
    let all = places(&answers);
    assert!(all.starts_with(&[
        "https://us-east-1.signin.aws.amazon.com/saml".to_owned(),
        "https://signin.aws.amazon.com/saml".to_owned(),
        "https://us-west-2.signin.aws.amazon.com/saml".to_owned(),
    ]));
    answers.instance_arn = Some(format!(
        "arn:aws-us-gov:connect:us-gov-west-1:123456789012:instance/{ID}"
    ));
    assert_eq!(
        places(&answers),
        [
            "https://us-gov-west-1.signin.amazonaws-us-gov.com/saml",
            "https://signin.amazonaws-us-gov.com/saml",
        ]
    );
    answers.global_resiliency = true;
    assert_eq!(places(&answers).len(), 1);
}

#[test]
fn a_wrong_part_of_a_link_is_shown() {
    for (idp, name, wrong) in [
        ("keycloak", "idpDomain", "id acme example"),
        ("keycloak", "idpDomain", "<host>"),
        ("adfs", "idpDomain", "your-company.example"),
        ("auth0", "idpDomain", "acme.my.connect.aws"),
        ("google", "tenantId", "<idpid>"),
    ] {
        let mut answers = answers(idp, "page");
        set(&mut answers, name, wrong);
        let found = runbook(&answers).findings;
        let fields: Vec<_> = found.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, [name], "{idp} {wrong}: {found:#?}");
    }
}
