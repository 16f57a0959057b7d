//! What a configuration may be, and what is said about one that may not.

use super::*;
use crate::testing::{read_url, test};

const PAGE: PageFacts<'_> = PageFacts::unframed("https://desk.example/agent/index.html?x=1#top");

fn text(text: &str) -> HostValue {
    HostValue::Text(text.to_owned())
}

fn object(fields: &[(&str, HostValue)]) -> HostValue {
    let fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()));
    HostValue::Fields(fields.collect())
}

fn parse(fields: &[(&str, HostValue)]) -> Result<Config, Vec<Finding>> {
    Config::parse(&object(fields), &PAGE, &read_url)
}

/// A configuration with the instance and `fields`.
fn with(fields: &[(&str, HostValue)]) -> Result<Config, Vec<Finding>> {
    let mut all = vec![("instanceUrl", text("https://acme.my.connect.aws"))];
    all.extend_from_slice(fields);
    parse(&all)
}

#[track_caller]
fn good(fields: &[(&str, HostValue)]) -> Config {
    with(fields).expect("a good configuration")
}

#[track_caller]
fn fields_at_fault(config: Result<Config, Vec<Finding>>) -> Vec<String> {
    let problems = config.expect_err("a configuration with problems");
    problems.into_iter().map(|problem| problem.field).collect()
}

#[test]
fn the_defaults_are_the_documented_ones() {
    let config = good(&[]);
    assert_eq!(config.ccp.text(), "https://acme.my.connect.aws/ccp-v2/");
    assert!(config.sso.is_none());
    assert_eq!(config.controls, Controls::Ccp);
    assert_eq!(config.ways, [Way::Frame, Way::Popup]);
    let return_url = config.return_url.expect("a return page");
    assert_eq!(
        return_url.href(),
        "https://desk.example/softphone-return.html"
    );
    assert_eq!(config.timeout, Span::secs(60));
    assert_eq!(config.session_length, Span::hours(12));
    assert_eq!(config.warn_before, Span::secs(900));
    assert!(config.renew);
    assert!(!config.global_resiliency);
    assert!(config.prompt);
    assert!(config.warnings.is_empty());
}

#[test]
fn no_sso_login_url_is_written_in_four_ways() {
    for none in [HostValue::Absent, HostValue::Null, text(""), text("  ")] {
        assert!(
            good(&[("ssoLoginUrl", none.clone())]).sso.is_none(),
            "{none:?}"
        );
    }
}

#[test]
fn controls_are_what_they_are_called() {
    for controls in [Controls::Ccp, Controls::Icc] {
        let named = good(&[("controls", text(controls.name()))]);
        assert_eq!(named.controls, controls);
    }
}

#[test]
fn where_the_identity_provider_signs_out_is_a_url_or_nothing() {
    for none in [HostValue::Absent, HostValue::Null, text(""), text("  ")] {
        assert_eq!(good(&[("idpLogoutUrl", none)]).idp_logout, None);
    }
    let out = good(&[("idpLogoutUrl", text(" https://acme.okta.com/out "))]);
    let out = out.idp_logout.expect("a URL");
    assert_eq!(out.reveal(), "https://acme.okta.com/out");
    for wrong in [
        text("/out"),
        text("javascript:alert(1)"),
        HostValue::Bool(true),
    ] {
        let instance = ("instanceUrl", text("https://acme.my.connect.aws"));
        let problems = parse(&[instance, ("idpLogoutUrl", wrong)]).expect_err("a problem");
        assert_eq!(problems[0].field, "idpLogoutUrl");
    }
}

#[test]
fn an_sso_login_url_is_kept_byte_for_byte() {
    let raw = " https://acme.okta.com/app/a/b/sso/saml?RelayState=https://us-east-1.console.aws.amazon.com/connect/federate/1-2?destination=%2Fccp-v2\n";
    let sso = good(&[("ssoLoginUrl", text(raw))]).sso.expect("SSO");
    assert_eq!(sso.configured.reveal(), raw);
    assert!(sso.relay.is_some());
}

#[test]
fn every_problem_is_reported_at_once() {
    let config = parse(&[
        ("instanceUrl", text("ftp://acme.my.connect.aws")),
        ("ssoLoginUrl", text("javascript:alert(1)")),
        ("controls", text("ICC")),
        ("ssoLoginURL", text("https://idp.example")),
        (
            "signIn",
            object(&[
                (
                    "ways",
                    HostValue::List(vec![text("frame"), text("window"), text("frame")]),
                ),
                ("returnUrl", text("https://elsewhere.example/return.html")),
                ("timeoutMs", HostValue::Number(0.5)),
                ("prompt", text("yes")),
            ]),
        ),
        ("expectedUser", HostValue::Number(7.0)),
        ("session", HostValue::Bool(true)),
        (
            "streams",
            object(&[
                ("url", text("http://cdn.example/connect-streams.js")),
                ("integrity", text("md5-1234")),
                (
                    "options",
                    object(&[("loginUrl", text("https://idp.example"))]),
                ),
            ]),
        ),
    ]);
    assert_eq!(
        fields_at_fault(config),
        [
            "ssoLoginURL",
            "session",
            "streams.options.loginUrl",
            "instanceUrl",
            "ssoLoginUrl",
            "controls",
            "signIn.ways[1]",
            "signIn.ways[2]",
            "signIn.returnUrl",
            "signIn.timeoutMs",
            "signIn.prompt",
            "expectedUser",
            "streams.url",
            "streams.integrity",
        ]
    );
}

#[test]
fn a_problem_names_field_found_and_expected() {
    let problems =
        with(&[("ssoLoginUrl", text("javascript:alert(document.cookie)"))]).expect_err("a problem");
    assert_eq!(
        problems[0].to_string(),
        "ssoLoginUrl: found a URL with the scheme \"javascript:\", expected an https: URL (http: on localhost only) without a user name or password"
    );
    let problems = with(&[("controls", HostValue::Number(2.0))]).expect_err("a problem");
    assert_eq!(
        problems[0].to_string(),
        "controls: found 2, expected \"ccp\" or \"icc\""
    );
}

#[test]
fn a_problem_never_shows_a_relay_state() {
    let secret = "http://idp.example/sso?RelayState=https%3A%2F%2Fsecret";
    let problems =
        with(&[("ssoLoginUrl", text(secret)), ("controls", text(secret))]).expect_err("problems");
    for problem in problems {
        assert!(!problem.to_string().contains("secret"), "{problem}");
    }
}

#[test]
fn instance_and_ccp_belong_together() {
    let ccp = text("https://acme.my.connect.aws/ccp-v2/softphone");
    assert_eq!(
        good(&[("ccpUrl", ccp)]).ccp.text(),
        "https://acme.my.connect.aws/ccp-v2/softphone"
    );
    let other = text("https://other.my.connect.aws/ccp-v2/");
    assert_eq!(fields_at_fault(with(&[("ccpUrl", other)])), ["ccpUrl"]);
    assert_eq!(fields_at_fault(parse(&[])), ["instanceUrl"]);
}

#[test]
fn what_is_no_object_is_said() {
    for given in [
        HostValue::Absent,
        HostValue::Null,
        text("x"),
        HostValue::List(vec![]),
    ] {
        let problems = Config::parse(&given, &PAGE, &read_url).expect_err("a problem");
        assert_eq!(problems[0].field, "config");
    }
}

#[test]
fn the_return_page_is_on_the_pages_own_origin() {
    let at = |url: HostValue| with(&[("signIn", object(&[("returnUrl", url)]))]);
    let url = |config: Config| config.return_url.map(|url| url.href().to_owned());
    let relative = at(text("../back.html?a=1#b")).expect("a good configuration");
    assert_eq!(
        url(relative).as_deref(),
        Some("https://desk.example/back.html?a=1#b")
    );
    assert_eq!(url(at(HostValue::Null).expect("none is fine")), None);
    for bad in [
        "//elsewhere.example/",
        "http://desk.example/",
        "javascript:0",
    ] {
        assert_eq!(
            fields_at_fault(at(text(bad))),
            ["signIn.returnUrl"],
            "{bad}"
        );
    }
}

#[test]
fn a_page_without_an_origin_has_no_return_page() {
    let config = object(&[("instanceUrl", text("https://acme.my.connect.aws"))]);
    for page in ["about:srcdoc", "file:///agent.html", "http://desk.example/"] {
        let config = Config::parse(&config, &PageFacts::unframed(page), &read_url)
            .expect("a good configuration");
        assert!(config.return_url.is_none(), "{page}");
    }
}

#[test]
fn spans_are_whole_and_in_range() {
    let at = |millis: f64| {
        with(&[(
            "signIn",
            object(&[("timeoutMs", HostValue::Number(millis))]),
        )])
    };
    for (millis, fits) in [
        (1000.0, true),
        (3_600_000.0, true),
        (999.0, false),
        (3_600_001.0, false),
        (1000.5, false),
        (-1.0, false),
        (f64::NAN, false),
        (f64::INFINITY, false),
        (1e300, false),
    ] {
        assert_eq!(at(millis).is_ok(), fits, "{millis}");
    }
}

#[test]
fn integrity_needs_a_url() {
    let hash = ("integrity", text("sha384-abc+/=="));
    let url = ("url", text("/connect-streams-min.js"));
    let streams = |fields: &[(&str, HostValue)]| with(&[("streams", object(fields))]);
    let config = streams(&[url, hash.clone()]).expect("a good configuration");
    let url = config.streams_url.expect("a URL");
    assert_eq!(url.href(), "https://desk.example/connect-streams-min.js");
    assert_eq!(fields_at_fault(streams(&[hash])), ["streams.integrity"]);
    // A script without a hash, or with one that a browser does not know, would not be checked at all.
    for empty in ["md5-1234", "sha384", "sha384-", "sha384-a b", "sha384-ä"] {
        let url = ("url", text("/connect-streams-min.js"));
        let integrity = ("integrity", text(empty));
        assert_eq!(
            fields_at_fault(streams(&[url, integrity])),
            ["streams.integrity"]
        );
    }
}

#[test]
fn what_looks_like_a_mistake_is_a_warning() {
    let config = parse(&[("instanceUrl", text("https://acme.example"))]);
    assert_eq!(config.expect("it may be right").warnings.len(), 1);
    let cut = "https://idp.example/sso?RelayState=https://us-east-1.console.aws.amazon.com/connect/federate/1?destination=%2Fccp-v2&new_domain=true";
    let config = good(&[("ssoLoginUrl", text(cut))]);
    assert_eq!(config.warnings[0].field, "ssoLoginUrl");
    let whole = cut.replace("&new_domain=true", "");
    assert!(good(&[("ssoLoginUrl", text(&whole))]).warnings.is_empty());
}

#[test]
fn each_rule_has_its_code() {
    use code::*;

    let wrong_object = |name: &'static str, field: (&str, HostValue)| (name, object(&[field]));
    let options =
        |option: (&str, HostValue)| ("streams", object(&[("options", object(&[option]))]));
    for (expected, field) in [
        (UNKNOWN_FIELD, ("ssoLoginURL", text("https://idp.example"))),
        (WRONG_VALUE, ("controls", text("ICC"))),
        (URL_REFUSED, ("ssoLoginUrl", text("javascript:alert(1)"))),
        (
            WRONG_URL,
            wrong_object("signIn", ("returnUrl", text("https://elsewhere.example/"))),
        ),
        (
            RESERVED_OPTION,
            options(("loginUrl", text("https://idp.example"))),
        ),
        (
            MISSING_FIELD,
            options(("enableGlobalResiliency", HostValue::Bool(true))),
        ),
        (
            CONFLICT,
            wrong_object("signIn", ("ways", ways(&["popup", "streams"]))),
        ),
    ] {
        let findings = with(&[field]).expect_err(expected);
        assert_eq!(findings[0].code, expected, "{}", findings[0]);
        assert_eq!(findings[0].severity, Severity::Error);
    }
    for (expected, fields) in [
        (
            UNKNOWN_HOST,
            vec![("instanceUrl", text("https://acme.example"))],
        ),
        (
            RELAY_STATE_CUT,
            vec![
                ("instanceUrl", text("https://acme.my.connect.aws")),
                (
                    "ssoLoginUrl",
                    text(
                        "https://idp.example/sso?RelayState=https://console.aws.amazon.com/connect/federate/1?a=1&b=2",
                    ),
                ),
            ],
        ),
    ] {
        let warnings = parse(&fields).expect("it may be right").warnings;
        assert_eq!(warnings[0].code, expected, "{}", warnings[0]);
        assert_eq!(warnings[0].severity, Severity::Warning);
    }
}

#[test]
fn streams_is_loaded_by_one_script_element() {
    for (elements, warned) in [(0, false), (1, false), (2, true), (3, true)] {
        let mut config = good(&[]);
        config.streams_script_elements(elements);
        let codes: Vec<_> = config.warnings.iter().map(|warning| warning.code).collect();
        assert_eq!(codes == [code::STREAMS_LOADED_TWICE], warned, "{elements}");
    }
    assert_eq!(streams_loaded_again().code, code::STREAMS_LOADED_TWICE);
}

fn ways(names: &[&str]) -> HostValue {
    HostValue::List(names.iter().map(|name| text(name)).collect())
}

/// An SSO Login URL with a relay state.
fn sso() -> (&'static str, HostValue) {
    let url = "https://idp.example/sso?RelayState=https://us-east-1.console.aws.amazon.com/connect/federate/1";
    ("ssoLoginUrl", text(url))
}

#[test]
fn redirect_needs_a_way_back() {
    let at = |names: &[&str]| ("signIn", object(&[("ways", ways(names))]));
    assert_eq!(
        good(&[sso(), at(&["frame", "redirect"])]).ways,
        [Way::Frame, Way::Redirect]
    );
    let bare = ("ssoLoginUrl", text("https://idp.example/sso"));
    assert_eq!(
        fields_at_fault(with(&[bare.clone(), at(&["frame", "redirect"])])),
        ["signIn.ways[1]"]
    );
    let nowhere = object(&[
        ("ways", ways(&["redirect"])),
        ("returnUrl", HostValue::Null),
    ]);
    assert_eq!(
        fields_at_fault(with(&[sso(), ("signIn", nowhere)])),
        ["signIn.ways[0]"]
    );
    // Without SSO the ways do not count, unless nothing else is left.
    assert!(with(&[at(&["redirect", "popup"])]).is_ok());
    assert_eq!(
        fields_at_fault(with(&[at(&["redirect"])])),
        ["signIn.ways[0]"]
    );
}

#[test]
fn a_page_in_a_frame_cannot_be_redirected() {
    let framed = PageFacts {
        framed: true,
        ..PAGE
    };
    let at = |names: &[&str], more: &[(&str, HostValue)]| {
        let mut fields = vec![
            ("instanceUrl", text("https://acme.my.connect.aws")),
            ("signIn", object(&[("ways", ways(names))])),
        ];
        fields.extend_from_slice(more);
        Config::parse(&object(&fields), &framed, &read_url)
    };
    let problems = at(&["frame", "redirect"], &[sso()]).expect_err("a problem");
    assert_eq!(
        problems[0].to_string(),
        "signIn.ways[1]: found \"redirect\" on a page that is in a frame, expected \"frame\" or \"popup\""
    );
    assert_eq!(problems.len(), 1);
    // Not even where the ways are not used: the first SSO Login URL would break it.
    assert_eq!(
        fields_at_fault(at(&["redirect", "popup"], &[])),
        ["signIn.ways[0]"]
    );
    // What else is wrong with it comes first, and once.
    assert_eq!(fields_at_fault(at(&["redirect"], &[])), ["signIn.ways[0]"]);
    assert!(at(&["frame", "popup"], &[sso()]).is_ok());
}

#[test]
fn ways_are_a_list_with_something_in_it() {
    for wrong in [HostValue::List(Vec::new()), text("frame")] {
        let config = with(&[("signIn", object(&[("ways", wrong)]))]);
        assert_eq!(fields_at_fault(config), ["signIn.ways"]);
    }
}

#[test]
fn a_wrong_field_is_not_blamed_on_the_redirect_too() {
    let back = |url: &str| object(&[("ways", ways(&["redirect"])), ("returnUrl", text(url))]);
    let elsewhere = ("signIn", back("https://elsewhere.example/"));
    assert_eq!(
        fields_at_fault(with(&[sso(), elsewhere])),
        ["signIn.returnUrl"]
    );
    let plain = ("ssoLoginUrl", text("http://idp.example"));
    assert_eq!(
        fields_at_fault(with(&[plain, ("signIn", back("/back.html"))])),
        ["ssoLoginUrl"]
    );
}

#[test]
fn streams_signs_in_alone() {
    let at = |names: &[&str]| with(&[("signIn", object(&[("ways", ways(names))]))]);
    assert_eq!(at(&["streams"]).expect("a way").ways, [Way::Streams]);
    assert_eq!(
        fields_at_fault(at(&["popup", "streams"])),
        ["signIn.ways[1]"]
    );
    let problems = at(&["streams", "popup"]).expect_err("a problem");
    assert_eq!(
        problems[0].to_string(),
        "signIn.ways[0]: found \"streams\" among other ways, expected \"streams\" as the only way"
    );
}

#[test]
fn a_session_is_announced_before_it_ends() {
    let at = |fields: &[(&str, f64)]| {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, millis)| (*name, HostValue::Number(*millis)))
            .collect();
        with(&[("session", object(&fields))])
    };
    let spans = |config: Config| (config.session_length.get(), config.warn_before.get());
    let length = |millis| at(&[("lengthMs", millis)]).map(spans);
    assert_eq!(length(43_200_000.0), Ok((43_200_000, 900_000)));
    assert_eq!(length(1_800_000.0), Ok((1_800_000, 900_000)));
    assert_eq!(length(1_799_998.0), Ok((1_799_998, 899_999)));
    assert_eq!(length(900_000.0), Ok((900_000, 450_000)));
    for bad in [899_999.0, 43_200_001.0, 900_000.5] {
        assert_eq!(
            fields_at_fault(at(&[("lengthMs", bad)])),
            ["session.lengthMs"]
        );
    }
    let both = |warn| at(&[("lengthMs", 900_000.0), ("warnBeforeMs", warn)]);
    assert_eq!(both(899_999.0).map(spans), Ok((900_000, 899_999)));
    assert_eq!(both(0.0).map(spans), Ok((900_000, 0)));
    assert_eq!(fields_at_fault(both(900_000.0)), ["session.warnBeforeMs"]);
    assert_eq!(
        fields_at_fault(at(&[("warnBeforeMs", 43_200_000.0)])),
        ["session.warnBeforeMs"]
    );
}

#[test]
fn renewal_can_be_switched_off() {
    let at = |renew: HostValue| with(&[("session", object(&[("renew", renew)]))]);
    assert!(!at(HostValue::Bool(false)).expect("a configuration").renew);
    assert_eq!(
        fields_at_fault(at(HostValue::Number(0.0))),
        ["session.renew"]
    );
}

const ON: &str = "streams.options.enableGlobalResiliency";
const SECOND: &str = "streams.options.secondaryCCPUrl";

/// With Global Resiliency `on`, a second CCP and `fields`.
fn with_resiliency(
    on: HostValue,
    second: HostValue,
    fields: &[(&str, HostValue)],
) -> Result<Config, Vec<Finding>> {
    let options = object(&[("enableGlobalResiliency", on), ("secondaryCCPUrl", second)]);
    let mut all = vec![("streams", object(&[("options", options)]))];
    all.extend_from_slice(fields);
    with(&all)
}

#[test]
fn global_resiliency_is_all_or_nothing() {
    let second = || text("https://acme-2.my.connect.aws/ccp-v2/");
    let alone = || ("signIn", object(&[("ways", ways(&["streams"]))]));
    let on = || HostValue::Bool(true);
    let config = with_resiliency(on(), second(), &[sso(), alone()]).expect("all there");
    assert!(config.global_resiliency);
    assert!(config.warnings.is_empty());
    for (name, config) in [
        ("no way", with_resiliency(on(), second(), &[sso()])),
        ("no SSO", with_resiliency(on(), second(), &[alone()])),
        ("neither", with_resiliency(on(), second(), &[])),
        (
            "off",
            with_resiliency(HostValue::Bool(false), second(), &[sso(), alone()]),
        ),
        (
            "absent",
            with_resiliency(HostValue::Absent, second(), &[sso(), alone()]),
        ),
        (
            "a text",
            with_resiliency(text("true"), second(), &[sso(), alone()]),
        ),
        (
            "null",
            with_resiliency(HostValue::Null, second(), &[sso(), alone()]),
        ),
    ] {
        assert_eq!(fields_at_fault(config), [ON], "{name}");
    }
    for off in [HostValue::Absent, HostValue::Bool(false)] {
        let config = with_resiliency(off, HostValue::Absent, &[]).expect("switched off");
        assert!(!config.global_resiliency);
    }
}

#[test]
fn the_second_ccp_is_a_ccp_of_another_instance() {
    let alone = || ("signIn", object(&[("ways", ways(&["streams"]))]));
    let at = |url: HostValue| with_resiliency(HostValue::Bool(true), url, &[sso(), alone()]);
    for bad in [
        HostValue::Absent,
        HostValue::Null,
        text(""),
        HostValue::Number(2.0),
        text("/ccp-v2/"),
        text("javascript:alert(1)"),
        text("http://acme-2.my.connect.aws/ccp-v2/"),
        text("https://ada@acme-2.my.connect.aws/ccp-v2/"),
        text("https://acme-2.my.connect.aws/ccp-v2/#x"),
        text("https://acme.my.connect.aws/ccp-v2/softphone"),
    ] {
        assert_eq!(fields_at_fault(at(bad.clone())), [SECOND], "{bad:?}");
    }
    let config = at(text("https://acme-2.example/ccp-v2/")).expect("it may be right");
    assert_eq!(config.warnings[0].field, SECOND);
}

#[test]
fn amazons_page_for_cookies_is_asked_as_the_host_wants() {
    let at = |storage: HostValue, more: &[(&str, HostValue)]| {
        let options = object(&[("storageAccess", storage)]);
        let mut fields = vec![("streams", object(&[("options", options)]))];
        fields.extend(more.iter().cloned());
        with(&fields)
    };
    let can = |value: HostValue| object(&[("canRequest", value)]);
    let texts = object(&[("mode", text("custom"))]);
    assert_eq!(at(texts, &[]).expect("texts alone").cookies, None);
    for may in [true, false] {
        let config = at(can(HostValue::Bool(may)), &[]).expect("a choice");
        assert_eq!(config.cookies, Some(may));
    }
    const FIELD: &str = "streams.options.storageAccess";
    let streams = object(&[("ways", HostValue::List(vec![text("streams")]))]);
    let with_streams = [("signIn", streams)];
    assert_eq!(
        fields_at_fault(at(can(HostValue::Bool(true)), &with_streams)),
        [FIELD]
    );
    assert_eq!(fields_at_fault(at(HostValue::Bool(true), &[])), [FIELD]);
    assert_eq!(
        fields_at_fault(at(can(text("yes")), &[])),
        ["streams.options.storageAccess.canRequest"]
    );
}

#[test]
fn a_signal_is_one() {
    let of = |signal: HostValue| with(&[("signal", signal)]);
    for good in [
        HostValue::Absent,
        HostValue::Null,
        HostValue::Other("an AbortSignal".to_owned()),
    ] {
        assert!(of(good).is_ok());
    }
    for wrong in [
        HostValue::Bool(true),
        object(&[("aborted", HostValue::Bool(false))]),
        HostValue::Other("a function".to_owned()),
    ] {
        assert_eq!(fields_at_fault(of(wrong)), ["signal"]);
    }
}

#[test]
fn actions_are_functions() {
    let function = || HostValue::Other("a function".to_owned());
    let of = |actions: &[(&str, HostValue)]| with(&[("actions", object(actions))]);
    let recording = |fields: &[(&str, HostValue)]| of(&[("recording", object(fields))]);
    assert!(of(&[]).is_ok());
    assert!(of(&[("beforeFinish", function()), ("recording", HostValue::Null)]).is_ok());
    assert!(recording(&[("start", function()), ("stop", HostValue::Null)]).is_ok());
    for (wrong, field) in [
        (with(&[("actions", text("yes"))]), "actions"),
        (of(&[("recording", text("yes"))]), "actions.recording"),
        (of(&[("beforeFinish", text("yes"))]), "actions.beforeFinish"),
        (of(&[("beforefinish", function())]), "actions.beforefinish"),
        (
            recording(&[("start", text("yes"))]),
            "actions.recording.start",
        ),
        (
            recording(&[("begin", function())]),
            "actions.recording.begin",
        ),
    ] {
        assert_eq!(fields_at_fault(wrong), [field]);
    }
}

#[test]
fn a_page_whose_address_completes_no_url_says_so() {
    let relative = object(&[
        ("instanceUrl", text("https://acme.my.connect.aws")),
        (
            "streams",
            object(&[("url", text("/connect-streams-min.js"))]),
        ),
        ("signIn", object(&[("returnUrl", text("return.html"))])),
    ]);
    for (page, scheme) in [
        ("blob:https://desk.example/7c0f2f0e", "blob"),
        ("about:srcdoc", "about"),
    ] {
        let page = PageFacts::unframed(page);
        let problems = Config::parse(&relative, &page, &read_url).expect_err("no base");
        let said = problems
            .iter()
            .map(|it| (it.field.as_str(), it.found.as_str()));
        let found = format!("a relative URL, which a page at {scheme}: cannot complete");
        assert!(
            said.clone().any(|it| it == ("streams.url", found.as_str())),
            "{problems:?}"
        );
    }
}
