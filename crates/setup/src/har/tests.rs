//! Sign-ins as a browser's network panel saves them: what is told of them, and which step failed.

use serde_json::{Value, json};

use super::{Har, is_har, steps};
use crate::check::{ARN, Inputs, RELAY, SAML_RESPONSE, SSO, judge};
use crate::saml::story::Kind;
use crate::testing::{ID, RESPONSE, inputs, test};

const IDP: &str = "https://acme.okta.com/app/amazon_aws/exk1/sso/saml";
const SIGN_IN: &str = "https://us-east-1.signin.aws.amazon.com/saml";
const CCP: &str = "https://acme.my.connect.aws/ccp-v2/";
const LOGIN: &str = "https://acme.my.connect.aws/login?landat=%2Fccp-v2";

fn federate() -> String {
    format!("https://us-east-1.console.aws.amazon.com/connect/federate/{ID}?destination=%2Fccp-v2")
}

/// One request of a page in a frame, and its answer.
fn entry(method: &str, url: &str, status: i64) -> Value {
    json!({
        "_resourceType": "document",
        "startedDateTime": "2026-01-31T08:01:00.000Z",
        "time": 12.5,
        "request": {
            "method": method, "url": url, "httpVersion": "h2", "cookies": [], "queryString": [],
            "headers": [
                { "name": "Sec-Fetch-Dest", "value": "iframe" },
                { "name": "Sec-Fetch-Site", "value": "cross-site" },
                { "name": "Referer", "value": "https://desk.example/" },
            ],
            "headersSize": -1, "bodySize": 0,
        },
        "response": {
            "status": status, "statusText": "", "httpVersion": "h2", "cookies": [], "headers": [],
            "content": { "size": 0, "mimeType": "text/html" }, "redirectURL": "",
            "headersSize": -1, "bodySize": -1, "_error": null,
        },
        "cache": {}, "timings": { "send": 0, "wait": 1, "receive": 0 },
    })
}

fn with_header(mut entry: Value, side: &str, name: &str, value: &str) -> Value {
    let headers = entry[side]["headers"].as_array_mut().expect("headers");
    headers.retain(|header| header["name"] != name);
    headers.push(json!({ "name": name, "value": value }));
    entry
}

fn to(mut entry: Value, location: &str) -> Value {
    entry["response"]["redirectURL"] = json!(location);
    entry
}

fn saying(mut entry: Value, page: &str) -> Value {
    entry["response"]["content"]["text"] = json!(page);
    entry
}

/// The response as it is posted, percent-encoded as a form has it.
fn form(xml: &str) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in xml.as_bytes().chunks(3) {
        let byte = |index: usize| u32::from(three.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for index in 0..4 {
            if index > three.len() {
                text.push_str("%3D");
                continue;
            }
            let at = (bits >> (18 - 6 * index) & 63) as usize;
            match alphabet[at] {
                b'+' => text.push_str("%2B"),
                b'/' => text.push_str("%2F"),
                letter => text.push(char::from(letter)),
            }
        }
    }
    text
}

fn post(xml: &str, relay_state: &str, status: i64) -> Value {
    let mut entry = with_header(
        entry("POST", SIGN_IN, status),
        "request",
        "Origin",
        "https://acme.okta.com",
    );
    let relay_state = softphone_core::address::reading::encode(relay_state);
    entry["request"]["postData"] = json!({
        "mimeType": "application/x-www-form-urlencoded",
        "text": format!("SAMLResponse={}&RelayState={relay_state}", form(xml)),
    });
    if status == 302 {
        to(entry, &federate())
    } else {
        entry
    }
}

/// A sign-in in a frame that goes well.
fn good() -> Vec<Value> {
    vec![
        entry("GET", IDP, 200),
        post(RESPONSE, &federate(), 302),
        to(
            entry("GET", &federate(), 302),
            "https://acme.my.connect.aws/auth/federate?token=t0ps3cret",
        ),
        to(
            entry(
                "GET",
                "https://acme.my.connect.aws/auth/federate?token=t0ps3cret",
                302,
            ),
            CCP,
        ),
        entry("GET", CCP, 200),
    ]
}

fn text(entries: &[Value]) -> String {
    json!({ "log": { "version": "1.2", "creator": { "name": "WebInspector" }, "pages": [], "entries": entries } }).to_string()
}

fn given(entries: &[Value], more: &[(&str, &str)]) -> Inputs {
    let har = text(entries);
    let mut all = more.to_vec();
    all.push((SAML_RESPONSE, &har));
    inputs(&all)
}

/// The codes of the errors and warnings about the steps, and what the story says failed first.
fn told(inputs: &Inputs) -> (Vec<(&'static str, String)>, String) {
    let verdict = judge(inputs);
    let findings = verdict.findings.into_iter();
    let findings = findings
        .filter(|finding| !finding.code.starts_with("SIGNATURE_"))
        .map(|finding| (finding.code, finding.field))
        .collect();
    let story = verdict.story.expect("a story");
    let chapter = story.chapters.first().expect("a chapter");
    assert_eq!(chapter.id, "har");
    let result = chapter.lines.iter().find(|line| line.label == "Result");
    (findings, result.expect("a result").text.clone())
}

#[track_caller]
fn failing(entries: &[Value], code: &str, result: &str) {
    let (findings, said) = told(&given(entries, &[]));
    let codes: Vec<_> = findings.iter().map(|(code, _)| *code).collect();
    assert_eq!(
        (codes.as_slice(), said.as_str()),
        ([code].as_slice(), result)
    );
}

#[test]
fn a_sign_in_that_goes_well_has_no_finding() {
    let arn = format!("arn:aws:connect:us-east-1:123456789012:instance/{ID}");
    let sso = format!(
        "{IDP}?RelayState={}",
        softphone_core::address::reading::encode(&federate())
    );
    let inputs = given(&good(), &[(ARN, &arn), (SSO, &sso), (RELAY, &federate())]);
    assert_eq!(told(&inputs), (Vec::new(), "No step failed.".to_owned()));
    let verdict = judge(&inputs);
    let story = verdict.story.expect("a story");
    let labels: Vec<_> = story
        .chapters
        .iter()
        .flat_map(|chapter| &chapter.lines)
        .collect();
    let steps: Vec<_> = labels
        .iter()
        .filter(|line| line.label.contains(". "))
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(
        steps,
        [
            "GET acme.okta.com/app/amazon_aws/exk1/sso/saml in a frame: 200",
            "POST us-east-1.signin.aws.amazon.com/saml in a frame: 302, on to us-east-1.console.aws.amazon.com/connect/federate/178c75e4-b3de-4839-a6aa-e321ab3f3770",
            "GET us-east-1.console.aws.amazon.com/connect/federate/178c75e4-b3de-4839-a6aa-e321ab3f3770 in a frame: 302, on to acme.my.connect.aws/auth/federate",
            "GET acme.my.connect.aws/auth/federate in a frame: 302, on to acme.my.connect.aws/ccp-v2/",
            "GET acme.my.connect.aws/ccp-v2/ in a frame: 200",
        ]
    );
    assert!(
        labels
            .iter()
            .any(|line| line.label == "User" && line.text.starts_with("ada@acme.example")),
        "{labels:#?}"
    );
    assert!(
        labels
            .iter()
            .any(|line| line.label == "Cookies" && line.kind == Kind::Unchecked)
    );
    let all = format!("{story:?}{:?}", verdict.findings);
    assert!(!all.contains("t0ps3cret"), "{all}");
}

#[test]
fn a_browser_may_write_the_form_as_parameters() {
    let mut entries = good();
    let xml = form(RESPONSE)
        .replace("%2B", "+")
        .replace("%2F", "/")
        .replace("%3D", "=");
    entries[1]["request"]["postData"] = json!({
        "mimeType": "application/x-www-form-urlencoded",
        "params": [{ "name": "SAMLResponse", "value": xml }, { "name": "RelayState", "value": federate() }],
    });
    assert_eq!(
        told(&given(&entries, &[])),
        (Vec::new(), "No step failed.".to_owned())
    );
    let text = text(&entries);
    let har = Har::read(&text).expect("a HAR");
    let at = har
        .response()
        .and_then(|post| post.response_at)
        .expect("a place");
    assert_eq!(&text[at.bytes()], xml);
}

#[test]
fn the_step_that_failed_is_named() {
    let step =
        |index: usize, party: &str| format!("Step {index} is the first that failed: {party}.");
    // The identity provider.
    let refused = with_header(
        entry("GET", IDP, 200),
        "response",
        "X-Frame-Options",
        "SAMEORIGIN",
    );
    failing(
        &[refused],
        "IDP_REFUSES_FRAMES",
        &step(1, "Identity provider"),
    );
    let policy = with_header(
        entry("GET", IDP, 200),
        "response",
        "Content-Security-Policy",
        "default-src 'self'; frame-ancestors 'self' https://*.acme.example",
    );
    failing(
        std::slice::from_ref(&policy),
        "IDP_REFUSES_FRAMES",
        &step(1, "Identity provider"),
    );
    let allowed = with_header(
        with_header(policy, "request", "Referer", "https://desk.acme.example/x"),
        "response",
        "X-Frame-Options",
        "DENY",
    );
    failing(
        &[allowed],
        "SIGN_IN_UNFINISHED",
        &step(1, "Identity provider"),
    );
    let mut blocked = entry("GET", IDP, 0);
    blocked["response"]["_error"] = json!("net::ERR_BLOCKED_BY_RESPONSE");
    failing(
        &[blocked.clone()],
        "IDP_REFUSES_FRAMES",
        &step(1, "Identity provider"),
    );
    blocked["response"]["_error"] = json!("net::ERR_NAME_NOT_RESOLVED");
    failing(&[blocked], "IDP_FAILED", &step(1, "Identity provider"));
    failing(
        &[entry("GET", IDP, 403)],
        "IDP_FAILED",
        &step(1, "Identity provider"),
    );
    // AWS sign-in.
    let mut at_aws = good()[..2].to_vec();
    at_aws[1] = saying(
        post(RESPONSE, &federate(), 403),
        "<p>Not authorized to perform sts:AssumeRoleWithSAML (service: AWSSecurityTokenService)</p>",
    );
    failing(&at_aws, "SIGN_IN_REFUSED", &step(2, "AWS sign-in"));
    at_aws[1] = post(RESPONSE, &federate(), 400);
    failing(&at_aws, "SIGN_IN_REFUSED", &step(2, "AWS sign-in"));
    at_aws[1] = post(RESPONSE, &federate(), 200);
    failing(&at_aws, "SIGN_IN_REFUSED", &step(2, "AWS sign-in"));
    at_aws[1] = post(RESPONSE, "", 302);
    failing(&at_aws, "RELAY_STATE_MISSING", &step(2, "AWS sign-in"));
    // The console.
    let mut at_console = good()[..3].to_vec();
    at_console[2] = entry("GET", &federate(), 403);
    failing(&at_console, "FEDERATION_REFUSED", &step(3, "AWS console"));
    at_console[2] = entry(
        "GET",
        "https://us-east-1.console.aws.amazon.com/console/home?region=us-east-1",
        200,
    );
    failing(&at_console, "RELAY_STATE_MISSING", &step(3, "AWS console"));
    // The instance.
    let mut at_instance = good()[..4].to_vec();
    at_instance[3] = saying(
        entry(
            "GET",
            "https://acme.my.connect.aws/auth/federate?token=t",
            200,
        ),
        "<h1>Access denied</h1>",
    );
    failing(&at_instance, "ACCESS_DENIED", &step(4, "Instance"));
    at_instance[3] = entry(
        "GET",
        "https://acme.my.connect.aws/auth/federate?token=t",
        403,
    );
    failing(&at_instance, "ACCESS_DENIED", &step(4, "Instance"));
    at_instance[3] = to(
        entry(
            "GET",
            "https://acme.my.connect.aws/auth/federate?token=t",
            302,
        ),
        CCP,
    );
    at_instance.push(to(entry("GET", CCP, 302), LOGIN));
    at_instance.push(entry("GET", LOGIN, 200));
    failing(&at_instance, "COOKIES_REFUSED", &step(6, "Instance"));
    failing(
        &[entry("GET", LOGIN, 200)],
        "SESSION_EXPIRED",
        &step(1, "Instance"),
    );
    // The CCP.
    let mut at_ccp = good();
    at_ccp[4] = entry("GET", CCP, 403);
    failing(&at_ccp, "CCP_REFUSED", &step(5, "CCP"));
    at_ccp[4] = with_header(
        entry("GET", CCP, 200),
        "response",
        "content-security-policy",
        "frame-ancestors 'self'",
    );
    failing(&at_ccp, "CCP_REFUSED", &step(5, "CCP"));
    at_ccp[4] = with_header(
        entry("GET", CCP, 200),
        "response",
        "content-security-policy",
        "frame-ancestors 'self' https://desk.example",
    );
    assert_eq!(
        told(&given(&at_ccp, &[])),
        (Vec::new(), "No step failed.".to_owned())
    );
}

#[test]
fn a_frame_that_is_refused_is_only_a_warning_where_a_window_signed_in() {
    let mut entries = vec![with_header(
        entry("GET", IDP, 200),
        "response",
        "X-Frame-Options",
        "DENY",
    )];
    let in_window = good()
        .into_iter()
        .map(|entry| with_header(entry, "request", "Sec-Fetch-Dest", "document"));
    entries.extend(in_window);
    let verdict = judge(&given(&entries, &[]));
    let findings: Vec<_> = verdict
        .findings
        .iter()
        .filter(|it| !it.code.starts_with("SIGNATURE_"))
        .collect();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!(
        findings[0].severity,
        softphone_core::finding::Severity::Warning
    );
}

#[test]
fn what_was_posted_is_checked_by_the_time_at_which_it_was() {
    let times = |to: &str| RESPONSE.replace("08:00:00.123Z", to);
    for (xml, code) in [
        (RESPONSE.replace("08:05:00.123Z", "08:00:30Z"), "RESPONSE_EXPIRED"),
        (RESPONSE.replace("08:05:00.123Z", "09:05:00Z").replace("08:00:00.123Z", "07:54:00Z").replace("07:55:00.123Z", "07:50:00Z"), "RESPONSE_EXPIRED"),
        (times("08:01:30Z"), "CLOCK_SKEW"),
        (RESPONSE.replace("SubjectConfirmationData NotOnOrAfter=\"2026-01-31T08:05:00.123Z\" Recipient=\"https://us-east-1", "SubjectConfirmationData NotOnOrAfter=\"2026-01-31T08:05:00.123Z\" Recipient=\"https://us-west-2").replace("Destination=\"https://us-east-1", "Destination=\"https://us-west-2"), "OTHER_ACS"),
    ] {
        let mut entries = good();
        entries[1] = post(&xml, &federate(), 302);
        let (findings, _) = told(&given(&entries, &[]));
        let codes: Vec<_> = findings.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, [code]);
    }
}

#[test]
fn the_relay_state_that_was_posted_is_checked() {
    let arn = format!("arn:aws:connect:eu-west-2:123456789012:instance/{ID}");
    let (findings, _) = told(&given(&good(), &[(ARN, &arn)]));
    assert!(
        findings.contains(&("CONFLICT", "samlResponse.relayState".to_owned())),
        "{findings:?}"
    );
    let other = federate().replace("ccp-v2", "agent-app-v2");
    let (findings, _) = told(&given(&good(), &[(RELAY, &other)]));
    assert_eq!(
        findings,
        [("CONFLICT", "samlResponse.relayState".to_owned())]
    );
}

#[test]
fn so_is_the_one_of_a_form_that_is_pasted() {
    let posted = post(RESPONSE, &federate(), 302);
    let form = posted["request"]["postData"]["text"].as_str();
    let check = |arn: &str| {
        let pasted = inputs(&[(ARN, arn), (SAML_RESPONSE, form.expect("a form"))]);
        let found = crate::check::check(&pasted).into_iter();
        let fields = found.map(|finding| (finding.code, finding.field));
        fields
            .filter(|(_, field)| field == "samlResponse.relayState")
            .collect::<Vec<_>>()
    };
    let own = format!("arn:aws:connect:us-east-1:123456789012:instance/{ID}");
    assert_eq!(check(&own), []);
    let other = own.replace("us-east-1", "eu-west-2");
    assert_eq!(
        check(&other),
        [("CONFLICT", "samlResponse.relayState".to_owned())]
    );
}

#[test]
fn what_is_no_har_is_refused() {
    assert!(!is_har("{\"instanceUrl\": \"x\"}"));
    for (text, part) in [
        ("{\"log\": {\"entries\": [", ""),
        ("{\"log\": {\"entries\": 1}}", "1"),
        ("{\"log\": {\n\"entries\": [{]}}", "]"),
        ("{\"log\": {}}", ""),
    ] {
        assert!(is_har(text), "{text}");
        let fault = Har::read(text).expect_err("a fault");
        assert_eq!(fault.code, "HAR");
        if !part.is_empty() {
            assert_eq!(fault.at.map(|at| &text[at.bytes()]), Some(part), "{text}");
        }
    }
    let deep = format!(
        "{{\"log\": {{\"entries\": [], \"x\": {}{}}}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(Har::read(&deep).is_ok());
    let empty = Har::read("\u{feff}{\"log\":{\"entries\":[]}}").expect("a HAR");
    assert!(steps(&empty, None).is_empty());
}
