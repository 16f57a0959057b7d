//! What is said here of a set-up is what the softphone says of the same configuration: one table, and both of them.
#![cfg(not(target_arch = "wasm32"))]

use connect_setup::check::{Inputs, check};
use connect_setup::finding::SetupFinding;
use serde_json::Value;
use softphone_core::address::native::read;
use softphone_core::config::{Config, PageFacts};
use softphone_core::finding::{Finding, Severity};
use softphone_core::host_value::HostValue;

const ID: &str = "178c75e4-b3de-4839-a6aa-e321ab3f3770";
const FIELDS: [&str; 4] = ["instanceUrl", "ccpUrl", "instanceArn", "ssoLoginUrl"];

/// What both say of the same thing.
type Said<'a> = (&'a str, &'a str, &'a str, &'a str);

fn of_core(finding: &Finding) -> Said<'_> {
    (
        finding.code,
        &finding.field,
        &finding.found,
        &finding.expected,
    )
}

fn of_setup(finding: &SetupFinding) -> Said<'_> {
    (
        finding.code,
        &finding.field,
        &finding.found,
        &finding.expected,
    )
}

fn sorted(mut all: Vec<Said<'_>>) -> Vec<Said<'_>> {
    all.sort_unstable();
    all
}

#[track_caller]
fn same_verdict(fields: &[(&str, &str)]) {
    let mut inputs = Inputs::default();
    let mut config = Vec::new();
    for (name, text) in fields {
        *inputs.field(name).expect("an input") = Some((*text).to_owned());
        config.push(((*name).to_owned(), HostValue::Text((*text).to_owned())));
    }
    let ours = check(&inputs);
    let is_error = |finding: &&SetupFinding| finding.severity == Severity::Error;
    let errors = sorted(ours.iter().filter(is_error).map(of_setup).collect());
    let page = PageFacts::unframed("https://desk.example/");
    match Config::parse(&HostValue::Fields(config), &page, &read) {
        Ok(config) => {
            assert_eq!(errors, [], "the softphone takes {fields:?}");
            let all: Vec<_> = ours.iter().map(of_setup).collect();
            for warning in &config.warnings {
                assert!(all.contains(&of_core(warning)), "{fields:?}: {warning}");
            }
        }
        Err(problems) => {
            let theirs = sorted(problems.iter().map(of_core).collect());
            assert_eq!(errors, theirs, "{fields:?}");
        }
    }
    for finding in &ours {
        assert!(
            !finding.remedy.is_empty() && !finding.source.is_empty(),
            "{finding:?}"
        );
    }
}

fn instances() -> Vec<String> {
    [
        "https://acme.my.connect.aws",
        "https://acme.my.connect.aws/",
        "https://acme.my.connect.aws/ccp-v2/",
        "https://acme.my.connect.aws/ccp-v2#",
        "https://acme.my.connect.aws/connect/ccp-v2/",
        "https://acme.my.connect.aws/home?x=1",
        "https://acme.my.connect.aws/agent-app-v2",
        "https://acme.awsapps.com/connect",
        "https://acme.awsapps.com/connect/ccp-v2",
        "https://acme.awsapps.com/ccp-v2",
        "https://acme.awsapps.com/connect/ccp#/",
        "https://acme.govcloud.connect.aws",
        "https://other.my.connect.aws/ccp-v2",
        "https://connect.acme.example/ccp-v2",
        "http://acme.my.connect.aws",
        "acme.my.connect.aws",
        "<https://acme.my.connect.aws>",
        "https://<alias>.my.connect.aws",
        "https://instance-id.my.connect.aws",
        "instanceURL",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn arns() -> Vec<String> {
    let mut all: Vec<String> = ["", "instance ARN", ID].map(str::to_owned).to_vec();
    for (partition, region) in [
        ("aws", "us-east-1"),
        ("aws", "eu-west-2"),
        ("aws-us-gov", "us-gov-west-1"),
        ("aws-cn", "cn-north-1"),
        ("aws", "useast1"),
        ("azure", "us-east-1"),
    ] {
        let arn = format!("arn:{partition}:connect:{region}:123456789012:instance/{ID}");
        all.extend([
            format!("{arn}/user/${{aws:userid}}"),
            format!("`{arn}`"),
            arn,
        ]);
    }
    all
}

fn sso_login_urls() -> Vec<String> {
    let federate = format!(
        "https://us-east-1.console.aws.amazon.com/connect/federate/{ID}?destination=%2Fccp-v2"
    );
    let encoded = softphone_core::address::reading::encode(&federate);
    let twice = softphone_core::address::reading::encode(&encoded);
    let form = format!("RPID%3Durn%253Aamazon%253Awebservices%26RelayState%3D{twice}");
    vec![
        format!("https://acme.okta.com/app/amazon_aws/exk1/sso/saml?RelayState={encoded}"),
        format!("https://acme.okta.com/app/amazon_aws/exk1/sso/saml?RelayState={federate}"),
        format!(
            "https://acme.okta.com/app/amazon_aws/exk1/sso/saml?RelayState={federate}&new_domain=true"
        ),
        format!("https://acme.okta.com/app/amazon_aws/exk1/sso/saml?RelayState={twice}"),
        format!(
            "https://acme.okta.com/app/amazon_aws/exk1/sso/saml?RelayState={}",
            encoded.replace("us-east-1", "useast1")
        ),
        format!(
            "https://acme.okta.com/app/amazon_aws/exk1/sso/saml?RelayState={}",
            encoded.replace("%252F", "")
        ),
        "https://acme.okta.com/home/amazon_aws/0oa0/272".into(),
        format!("https://myapps.microsoft.com/signin/{ID}?tenantId={ID}&RelayState={federate}"),
        format!(
            "https://sso.acme.example:9031/idp/startSSO.ping?PartnerSpId=urn:amazon:webservices&TargetResource={encoded}"
        ),
        format!(
            "https://auth.pingone.eu/{ID}/saml20/idp/startsso?spEntityId=x&applicationUrl={encoded}"
        ),
        "https://acme.onelogin.com/launch/1".into(),
        format!("https://fs.acme.example/adfs/ls/IdpInitiatedSignOn.aspx?RelayState={form}"),
        "https://accounts.google.com/o/saml2/initsso?idpid=C1&spid=2".into(),
        "https://d-0123456789.awsapps.com/start/#/saml/default/Connect/ins-0".into(),
        "https://acme.auth0.com/samlp/abc".into(),
        format!("https://acme.my.salesforce.com/idp/login?app=0sp0&RelayState={encoded}"),
        "https://acme.okta.com/app/<app-name>/<app-id>/sso/saml?RelayState=<relay-state-url>"
            .into(),
        "https://acme.my.connect.aws/ccp-v2/".into(),
        "http://acme.okta.com/app/a/b/sso/saml".into(),
        "https://ada:secret@acme.okta.com/app/a/b/sso/saml".into(),
        format!("RelayState={federate}"),
        federate,
    ]
}

#[test]
fn the_verdicts_are_the_softphones() {
    for instance in instances() {
        for arn in arns() {
            same_verdict(&[("instanceUrl", &instance), ("instanceArn", &arn)]);
            same_verdict(&[("ccpUrl", &instance), ("instanceArn", &arn)]);
        }
        for other in instances() {
            same_verdict(&[("instanceUrl", &instance), ("ccpUrl", &other)]);
        }
        for sso in sso_login_urls() {
            same_verdict(&[("instanceUrl", &instance), ("ssoLoginUrl", &sso)]);
            same_verdict(&[("ccpUrl", &instance), ("ssoLoginUrl", &sso)]);
        }
    }
    for arn in arns() {
        for sso in sso_login_urls() {
            let instance = "https://acme.my.connect.aws";
            same_verdict(&[
                ("instanceUrl", instance),
                ("instanceArn", &arn),
                ("ssoLoginUrl", &sso),
            ]);
        }
    }
}

#[test]
fn hostile_urls_get_the_same_verdicts_too() {
    let table: Value =
        serde_json::from_str(include_str!("../../../tests/hostile-urls.json")).expect("JSON");
    let mut texts = Vec::new();
    collect(&table, &mut texts);
    assert!(texts.len() > 20);
    for text in texts {
        for field in FIELDS {
            let instance = ("instanceUrl", "https://acme.my.connect.aws");
            if field == "instanceUrl" {
                same_verdict(&[
                    (field, text),
                    ("ccpUrl", "https://acme.my.connect.aws/ccp-v2/"),
                ]);
            } else {
                same_verdict(&[instance, (field, text)]);
            }
        }
    }
}

fn collect<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(fields) => fields.values().for_each(|item| collect(item, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
