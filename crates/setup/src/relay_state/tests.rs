//! Relay states as people write them: the good ones, and each with each typical mistake.

use softphone_core::address::reading::encode;

use crate::check::{ACS, ARN, INSTANCE, RELAY, SSO};
use crate::testing::{ID, OTHER_ID, expect, test};

fn federate(query: &str) -> String {
    format!("https://us-east-1.console.aws.amazon.com/connect/federate/{ID}{query}")
}

fn arn(region: &str, id: &str) -> String {
    format!("arn:aws:connect:{region}:123456789012:instance/{id}")
}

#[test]
fn relay_states_of_the_guides_are_good() {
    for query in [
        "",
        "?destination=%2Fccp-v2",
        "?destination=/ccp-v2",
        "?destination=%2Fccp-v2%2Fchat",
        "?destination=%2Fccp-v2&new_domain=true",
        "?destination=%2Fconnect%2Fccp-v2",
        "?destination=%2Fconnect%2Fccp",
        "?destination=%2Fagent-app-v2",
        "?destination=%2Fagent-app-v2?VDIPlatform=CITRIX_413",
        "?destination=%2Fagent-app-v2%3FVDIPlatform%3DAWS_WORKSPACE",
        "?destination=https%3A%2F%2Fyour-site.com%2Fagent",
        "?destination=%2Fstepbystep",
    ] {
        let good = federate(query);
        expect(&[(ARN, &arn("us-east-1", ID)), (RELAY, &good)], &[]);
        let sso =
            |value: &str| format!("https://acme.okta.com/app/aws/exk1/sso/saml?RelayState={value}");
        expect(&[(SSO, &sso(&encode(&good)))], &[]);
        if !good.contains('&') {
            expect(&[(SSO, &sso(&good))], &[]);
        }
        let form = format!(
            "RPID=urn%3Aamazon%3Awebservices&RelayState={}",
            encode(&good)
        );
        let adfs = format!(
            "https://fs.acme.example/adfs/ls/IdpInitiatedSignOn.aspx?RelayState={}",
            encode(&form)
        );
        expect(&[(SSO, &adfs)], &[]);
    }
    for good in [
        format!(
            "https://console.amazonaws-us-gov.com/connect/federate/{ID}?destination=%2Fconnect%2Fccp-v2"
        ),
        format!("https://console.aws.amazon.com/connect/federate/{ID}?destination=%2Fccp-v2"),
        format!("https://us-gov-west-1.console.amazonaws-us-gov.com/connect/federate/{ID}"),
    ] {
        expect(&[(RELAY, &good)], &[]);
    }
}

#[test]
fn each_mistake_in_a_relay_state_is_shown() {
    let good = federate("?destination=%2Fccp-v2");
    for (from, to, code, part) in [
        ("us-east-1", "<region-id>", "URL_REFUSED", "<region-id>"),
        ("us-east-1", "\\<region-id>", "URL_REFUSED", "<region-id>"),
        ("us-east-1", "us\\-east-1", "URL_REFUSED", "\\"),
        (ID, "instance-id", "URL_REFUSED", "instance-id"),
        (ID, "InstanceId", "URL_REFUSED", "InstanceId"),
        (
            ID,
            "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
            "URL_REFUSED",
            "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        ),
        (
            ID,
            "1234567-78a2-2e74-d572-c8af67ed289b",
            "ODD_INSTANCE_ID",
            "1234567-78a2-2e74-d572-c8af67ed289b",
        ),
        (
            ID,
            "",
            "WRONG_VALUE",
            "https://us-east-1.console.aws.amazon.com/connect/federate/?destination=%2Fccp-v2",
        ),
        (ID, "a/b", "WRONG_VALUE", "a/b"),
        ("us-east-1.", "useast1.", "ODD_RELAY_STATE", "useast1"),
        ("us-east-1.", "us-esat-1.", "UNKNOWN_REGION", "us-esat-1"),
        (
            "us-east-1.",
            "us-gov-west-1.",
            "OTHER_PARTITION",
            "us-gov-west-1.console.aws.amazon.com",
        ),
        (
            "aws.amazon.com",
            "aws.amazon.co",
            "WRONG_URL",
            "us-east-1.console.aws.amazon.co",
        ),
        (
            "console.",
            "signin.",
            "WRONG_URL",
            "us-east-1.signin.aws.amazon.com",
        ),
        (
            "/federate/",
            "/federated/",
            "WRONG_URL",
            "/connect/federated/178c75e4-b3de-4839-a6aa-e321ab3f3770",
        ),
        ("https:", "http:", "URL_REFUSED", "http"),
        ("https://", "https://ada@", "URL_REFUSED", "ada@"),
        ("https://", "“https://", "URL_REFUSED", "“"),
        ("us-east", "us\u{200b}-east", "URL_REFUSED", "\u{200b}"),
        ("%2Fccp-v2", "%252Fccp-v2", "ODD_RELAY_STATE", "%252Fccp-v2"),
        ("%2Fccp-v2", "ccp-v2", "ODD_RELAY_STATE", "ccp-v2"),
        ("%2Fccp-v2", "%2Fccpv2", "ODD_DESTINATION", "ccpv2"),
        ("%2Fccp-v2", "%2Fcpp-v2", "ODD_DESTINATION", "cpp-v2"),
        ("%2Fccp-v2", "%2FCCP-v2", "ODD_DESTINATION", "CCP-v2"),
        ("%2Fccp-v2", "", "ODD_RELAY_STATE", ""),
        (
            "%2Fccp-v2",
            "http%3A%2F%2Fdesk.example%2Fa",
            "ODD_DESTINATION",
            "http",
        ),
        (
            "%2Fccp-v2",
            "%2F%2Fdesk.example%2Fa",
            "ODD_DESTINATION",
            "%2F%2F",
        ),
        (
            "%2Fccp-v2",
            "https://desk.example/?a=1&b=2",
            "ODD_PARAMETER",
            "b=2",
        ),
        (
            "?destination",
            "?destinaton",
            "ODD_PARAMETER",
            "destinaton=%2Fccp-v2",
        ),
        (
            "?destination",
            "?Destination",
            "ODD_PARAMETER",
            "Destination=%2Fccp-v2",
        ),
        (
            "?destination",
            "?destination=%2Fhome&destination",
            "ODD_PARAMETER",
            "destination=%2Fccp-v2",
        ),
    ] {
        let wrong = good.replacen(from, to, 1);
        expect(&[(RELAY, &wrong)], &[(code, part)]);
    }
    for (wrong, code, part) in [
        (encode(&good), "ENCODED_TOO_OFTEN", "%3A"),
        (encode(&encode(&good)), "ENCODED_TOO_OFTEN", "%25"),
        (format!("RelayState={good}"), "WRONG_VALUE", "RelayState="),
        (
            format!("app=0sp0&RelayState={good}"),
            "WRONG_VALUE",
            "app=0sp0&RelayState=",
        ),
    ] {
        expect(&[(RELAY, &wrong)], &[(code, part)]);
    }
    let sso = format!(
        "https://acme.okta.com/app/aws/exk1/sso/saml?RelayState={}",
        encode(&good)
    );
    expect(&[(RELAY, &sso)], &[("WRONG_URL", &sso)]);
    let ccp = "https://acme.my.connect.aws/ccp-v2/";
    expect(&[(RELAY, ccp)], &[("WRONG_URL", ccp)]);
}

#[test]
fn each_mistake_inside_an_sso_login_url_is_shown_where_it_is() {
    let good = federate("?destination=%2Fccp-v2");
    for (from, to, code, part) in [
        (
            ID,
            "1234567-78a2-2e74-d572-c8af67ed289b",
            "ODD_INSTANCE_ID",
            "1234567-78a2-2e74-d572-c8af67ed289b",
        ),
        (ID, "<instance-id>", "URL_REFUSED", "%3Cinstance-id%3E"),
        ("us-east-1.", "us-esat-1.", "UNKNOWN_REGION", "us-esat-1"),
        ("us-east-1.", "useast1.", "ODD_RELAY_STATE", "useast1"),
        ("%2Fccp-v2", "%2Fccpv2", "ODD_DESTINATION", "ccpv2"),
        (
            "%2Fccp-v2",
            "%252Fccp-v2",
            "ODD_RELAY_STATE",
            "%25252Fccp-v2",
        ),
    ] {
        let value = encode(&good.replacen(from, to, 1));
        let wrong =
            format!("https://acme.okta.com/app/aws/exk1/sso/saml?a=ü&RelayState={value}&x=1");
        expect(&[(SSO, &wrong)], &[(code, part)]);
    }
    let twice = encode(&encode(&good));
    let wrong = format!("https://acme.okta.com/app/aws/exk1/sso/saml?RelayState={twice}");
    expect(&[(SSO, &wrong)], &[("ODD_RELAY_STATE", &twice)]);
    let raw =
        format!("https://acme.okta.com/app/aws/exk1/sso/saml?RelayState={good}&new_domain=true#x");
    expect(&[(SSO, &raw)], &[("RELAY_STATE_CUT", "&new_domain=true")]);
}

#[test]
fn a_relay_state_is_that_of_the_instance() {
    let good = federate("?destination=%2Fccp-v2");
    let sso = format!(
        "https://acme.okta.com/app/aws/exk1/sso/saml?RelayState={}",
        encode(&good)
    );
    for (arn, code, part) in [
        (arn("eu-west-2", ID), "CONFLICT", "us-east-1"),
        (arn("us-east-1", OTHER_ID), "CONFLICT", ID),
    ] {
        expect(&[(ARN, &arn), (RELAY, &good)], &[(code, part)]);
        expect(&[(ARN, &arn), (SSO, &sso)], &[(code, part)]);
    }
    let global = good.replacen("us-east-1.", "", 1);
    expect(&[(ARN, &arn("us-east-1", ID)), (RELAY, &global)], &[]);
    expect(
        &[(ARN, &arn("eu-west-2", ID)), (RELAY, &global)],
        &[("OTHER_REGION", "console.aws.amazon.com")],
    );
    let gov = format!("arn:aws-us-gov:connect:us-gov-west-1:123456789012:instance/{ID}");
    expect(
        &[(ARN, &gov), (RELAY, &global)],
        &[("OTHER_PARTITION", "console.aws.amazon.com")],
    );
    expect(
        &[
            (INSTANCE, "https://acme.awsapps.com/connect"),
            (RELAY, &good),
        ],
        &[("ODD_RELAY_STATE", "%2Fccp-v2")],
    );
}

#[test]
fn global_resiliency_has_no_relay_state() {
    let good = federate("");
    let acs = format!("https://{ID}.us-east-1.sign-in.connect.aws/saml");
    expect(&[(ACS, &acs), (RELAY, &good)], &[("CONFLICT", &good)]);
}
