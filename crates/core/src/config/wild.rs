//! Configurations as people write them: what was seen in the wild, and what is said about it.

use serde_json::{Value, json};

use super::readme::host_value;
use super::*;
use crate::testing::{read_url, test};

const PAGE: PageFacts<'_> = PageFacts::unframed("https://desk.example/agent/index.html");
const FEDERATE: &str = "https://us-east-1.console.aws.amazon.com/connect/federate/178c75e4-b3de-4839-a6aa-e321ab3f3770";

fn parse(config: &Value) -> Result<Config, Vec<Finding>> {
    Config::parse(&host_value(config), &PAGE, &read_url)
}

/// With the instance acme, unless a CCP is given.
fn with(mut config: Value) -> Result<Config, Vec<Finding>> {
    let fields = config.as_object_mut().expect("an object");
    if !fields.contains_key("ccpUrl") {
        let instance = json!("https://acme.my.connect.aws");
        fields.entry("instanceUrl").or_insert(instance);
    }
    parse(&config)
}

/// The one problem: its field, and all that it says.
#[track_caller]
fn problem(config: Value) -> (String, String) {
    let shown = config.to_string();
    let problems = with(config).expect_err(&shown);
    assert_eq!(problems.len(), 1, "{problems:?}");
    (problems[0].field.clone(), problems[0].to_string())
}

/// What is warned of, which must be one thing at most.
#[track_caller]
fn warning(config: Value) -> String {
    let shown = config.to_string();
    let warnings = with(config).expect(&shown).warnings;
    assert!(warnings.len() < 2, "{warnings:?}");
    let warning = warnings.first().map(ToString::to_string);
    warning.unwrap_or_default()
}

/// Each text in `field` is one problem there, which says what stands beside it.
#[track_caller]
fn refused(field: &str, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let (at, said) = problem(json!({ field: text }));
        assert_eq!(at, field, "{text}");
        assert!(said.contains(expected), "{text}: {said}");
    }
}

#[test]
fn what_is_null_or_blank_is_not_set() {
    let usual = format!("{:?}", with(json!({})).expect("a configuration"));
    for unset in [json!(null), json!(""), json!(" \t")] {
        for field in [
            "ccpUrl",
            "instanceArn",
            "ssoLoginUrl",
            "idpLogoutUrl",
            "controls",
            "signIn",
            "expectedUser",
            "session",
            "streams",
            "signal",
            "actions",
        ] {
            let config =
                with(json!({ "instanceUrl": "https://acme.my.connect.aws", field: unset }));
            assert_eq!(
                format!("{:?}", config.expect(field)),
                usual,
                "{field}: {unset}"
            );
        }
        for (section, field) in [
            ("signIn", "ways"),
            ("signIn", "timeoutMs"),
            ("signIn", "prompt"),
            ("session", "lengthMs"),
            ("session", "warnBeforeMs"),
            ("session", "renew"),
            ("session", "activity"),
            ("streams", "url"),
            ("streams", "integrity"),
            ("streams", "options"),
        ] {
            let config = with(json!({ section: { field: unset } }));
            assert_eq!(
                format!("{:?}", config.expect(field)),
                usual,
                "{field}: {unset}"
            );
        }
        for option in [
            "loginUrl",
            "loginPopup",
            "loginOptions",
            "ccpLoadTimeout",
            "storageAccess",
            "region",
            "softphone",
            "enableGlobalResiliency",
            "secondaryCCPUrl",
        ] {
            let config = with(json!({ "streams": { "options": { option: unset } } }));
            assert_eq!(
                format!("{:?}", config.expect(option)),
                usual,
                "{option}: {unset}"
            );
        }
        let ccp = json!({ "instanceUrl": unset, "ccpUrl": "https://acme.my.connect.aws/ccp-v2/" });
        assert_eq!(
            parse(&ccp).expect("a CCP").ccp.text(),
            "https://acme.my.connect.aws/ccp-v2/"
        );
        // The default return page, which `null` switches off.
        let config = with(json!({ "signIn": { "returnUrl": unset } })).expect("a configuration");
        assert_eq!(config.return_url.is_none(), unset.is_null());
        // Neither of the two is there.
        for field in ["instanceUrl", "ccpUrl"] {
            let problems = parse(&json!({ field: unset })).expect_err("a problem");
            let named = if unset.is_null() {
                "instanceUrl"
            } else {
                field
            };
            assert_eq!(
                (problems[0].code, problems[0].field.as_str()),
                (code::MISSING_FIELD, named)
            );
        }
    }
    let user = with(json!({ "expectedUser": " ada@example.com\n" })).expect("a configuration");
    assert_eq!(
        user.expected_user,
        Some(Private::new("ada@example.com".to_owned()))
    );
}

#[test]
fn harmless_copies_of_the_ccp_open_it() {
    for (url, opens) in [
        (
            "  https://acme.my.connect.aws/ccp-v2/\n",
            "https://acme.my.connect.aws/ccp-v2/",
        ),
        (
            "https://acme.my.connect.aws/ccp-v2#",
            "https://acme.my.connect.aws/ccp-v2",
        ),
        (
            "https://acme.my.connect.aws/ccp-v2/#/",
            "https://acme.my.connect.aws/ccp-v2/",
        ),
        (
            "https://acme.my.connect.aws/ccp-v2/#",
            "https://acme.my.connect.aws/ccp-v2/",
        ),
        (
            "https://acme.my.connect.aws/ccp-v2/softphone",
            "https://acme.my.connect.aws/ccp-v2/softphone",
        ),
        (
            "https://acme.my.connect.aws/ccp-v2?a=1",
            "https://acme.my.connect.aws/ccp-v2?a=1",
        ),
        (
            "https://acme.awsapps.com/connect/ccp-v2",
            "https://acme.awsapps.com/connect/ccp-v2",
        ),
        (
            "https://acme.govcloud.connect.aws/ccp-v2/",
            "https://acme.govcloud.connect.aws/ccp-v2/",
        ),
        (
            "http://localhost:3000/stand-in.html",
            "http://localhost:3000/stand-in.html",
        ),
    ] {
        let config = with(json!({ "ccpUrl": url })).expect(url);
        assert_eq!(config.ccp.text(), opens);
        assert!(config.warnings.is_empty(), "{url}: {:?}", config.warnings);
    }
    // This is reported to work, and not documented.
    let old = json!({ "ccpUrl": "https://acme.my.connect.aws/connect/ccp-v2/" });
    assert!(warning(old).contains("https://acme.my.connect.aws/ccp-v2/"));
}

#[test]
fn an_instance_may_be_given_by_any_of_its_pages() {
    for (url, warned) in [
        ("https://acme.my.connect.aws/", false),
        ("https://acme.my.connect.aws/#", false),
        ("https://acme.my.connect.aws#/", false),
        ("https://acme.my.connect.aws/ccp-v2", false),
        ("https://acme.my.connect.aws/ccp-v2/#/", false),
        ("https://acme.my.connect.aws/connect/ccp-v2/", false),
        ("https://acme.my.connect.aws/login", false),
        ("https://acme.my.connect.aws/connect/login/", false),
        (
            "https://acme.my.connect.aws/connect/login?landat=%2Fconnect%2Fccp-v2",
            true,
        ),
        ("https://acme.my.connect.aws/ccp-v2/softphone", true),
        ("https://acme.my.connect.aws/connect/home", true),
        ("https://acme.my.connect.aws/agent-app-v2/", true),
        ("https://acme.my.connect.aws/ccp#/", true),
    ] {
        let config = with(json!({ "instanceUrl": url })).expect(url);
        assert_eq!(
            config.ccp.text(),
            "https://acme.my.connect.aws/ccp-v2/",
            "{url}"
        );
        let said = warning(json!({ "instanceUrl": url }));
        assert_eq!(
            said.contains("https://acme.my.connect.aws "),
            warned,
            "{url}: {said}"
        );
    }
    let legacy = with(json!({ "instanceUrl": "https://acme.awsapps.com/connect/home" }));
    let legacy = legacy.expect("an instance");
    assert_eq!(
        legacy.ccp.text(),
        "https://acme.awsapps.com/connect/ccp-v2/"
    );
    refused(
        "instanceUrl",
        &[(
            "https://acme.my.connect.aws/logout",
            "expected https://acme.my.connect.aws",
        )],
    );
}

#[test]
fn a_url_without_its_scheme_is_corrected() {
    const CCP: &str = "expected https://acme.my.connect.aws/ccp-v2/";
    refused(
        "ccpUrl",
        &[
            ("acme.my.connect.aws/ccp-v2", CCP),
            ("acme.my.connect.aws", CCP),
            ("//acme.my.connect.aws/ccp-v2/", CCP),
            ("://acme.my.connect.aws/ccp-v2/", CCP),
            ("https:acme.my.connect.aws/ccp-v2/", CCP),
            ("https//acme.my.connect.aws/ccp-v2/", CCP),
            ("htttps://acme.my.connect.aws/ccp-v2/", CCP),
            ("http://acme.my.connect.aws/ccp-v2/", CCP),
            (
                "acme.my.connect.aws:443/ccp-v2/",
                "expected https://acme.my.connect.aws/ccp-v2/",
            ),
            (
                "www.acme.example/ccp",
                "expected https://www.acme.example/…",
            ),
            (
                "acme.awsapps.com/connect",
                "expected https://acme.awsapps.com/connect/ccp-v2/",
            ),
            ("instanceURL", "found \"instanceURL\", which is no URL"),
            ("config.ccpUrl", "without quotation marks"),
            ("undefined", "found \"undefined\", which is no URL"),
        ],
    );
    refused(
        "instanceUrl",
        &[
            (
                "acme.my.connect.aws",
                "found a URL without https:// in front of it, expected https://acme.my.connect.aws",
            ),
            ("acme", "found \"acme\", which is no URL"),
        ],
    );
    refused(
        "ssoLoginUrl",
        &[
            (
                "acme.okta.com/app/a/b/sso/saml?token=secret",
                "expected https://acme.okta.com/…",
            ),
            (
                "acme.okta.com/app/a?RelayState=https://us-east-1.console.aws.amazon.com/connect/federate/1",
                "expected https://acme.okta.com/…",
            ),
            ("www.acme.okta.com", "expected https://www.acme.okta.com"),
            ("app=1&host=acme.example", "found a query without the URL"),
            (
                "app=0sp0&RelayState=https://a.example/?destination=%2Fccp",
                "found a query without the URL",
            ),
            (
                "?RelayState=https%3A%2F%2Fa.example",
                "found a query without the URL",
            ),
        ],
    );
}

#[test]
fn what_was_pasted_along_is_taken_off() {
    for text in [
        "\"https://acme.my.connect.aws/ccp-v2\"",
        "'https://acme.my.connect.aws/ccp-v2'",
        "<https://acme.my.connect.aws/ccp-v2>",
        "[CCP](https://acme.my.connect.aws/ccp-v2)",
        r"https\://acme.my.connect.aws/ccp\-v2",
        "\"acme.my.connect.aws/ccp-v2\"",
    ] {
        let (_, said) = problem(json!({ "ccpUrl": text }));
        assert!(said.contains("backslashes"), "{said}");
        assert!(
            said.ends_with("expected https://acme.my.connect.aws/ccp-v2/"),
            "{said}"
        );
    }
    for text in [
        "<https://acme.okta.com/app/a?token=secret>",
        r"https://acme.okta.com/app/a?RelayState=https://a.example/\_secret",
    ] {
        let (field, said) = problem(json!({ "ssoLoginUrl": text }));
        assert_eq!(field, "ssoLoginUrl");
        assert!(said.ends_with("expected https://acme.okta.com/…"), "{said}");
    }
}

#[test]
fn placeholders_are_named_wherever_they_are() {
    let sso = |state: &str| format!("https://acme.okta.com/app/a/sso/saml?RelayState={state}");
    for (text, found) in [
        (
            sso(
                "https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fconnect%2Ffederate%2F<instance-id>%3Fdestination%3D%252Fccp-v2",
            ),
            "<instance-id>",
        ),
        (
            sso(
                "https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fconnect%2Ffederate%2F%3Cinstance-id%3E",
            ),
            "<instance-id>",
        ),
        (
            sso(
                r"https://\<region-id>.console.aws.amazon.com/connect/federate/\<instance-id>?destination=%2Fconnect%2Fccp",
            ),
            "<region-id>",
        ),
        (
            sso("https://us-east-1.console.aws.amazon.com/connect/federate/instance-id"),
            "instance-id",
        ),
        (
            sso("https://us-east-1.console.aws.amazon.com/connect/federate/InstanceId?a=b"),
            "InstanceId",
        ),
        (
            sso("https://us-east-1.console.aws.amazon.com/connect/federate/{instanceId}"),
            "{instanceId}",
        ),
        (
            sso(
                "https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fconnect%2Ffederate%2Faaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
            ),
            "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        ),
        ("https://YOUR_DOMAIN.okta.com/app".to_owned(), "YOUR_DOMAIN"),
    ] {
        let (field, said) = problem(json!({ "ssoLoginUrl": text }));
        assert_eq!(field, "ssoLoginUrl");
        assert!(
            said.contains(&format!("the placeholder {found},")),
            "{said}"
        );
    }
    refused(
        "ccpUrl",
        &[("https://<alias>.my.connect.aws/ccp-v2/", "<alias>")],
    );
    refused(
        "instanceUrl",
        &[(
            "https://my-instance-domain.my.connect.aws",
            "my-instance-domain",
        )],
    );
    for region in ["YOUR_REGION", "<region>", "region-id"] {
        let (field, said) = problem(json!({ "streams": { "options": { "region": region } } }));
        assert_eq!(field, "streams.options.region");
        assert!(said.contains(region), "{said}");
    }
}

#[test]
fn only_the_ccp_is_taken_for_it() {
    const RIGHT: &str = "expected https://acme.my.connect.aws/ccp-v2/";
    const LEGACY: &str = "expected https://acme.awsapps.com/connect/ccp-v2/";
    const SIGN_IN: &str = "belongs in ssoLoginUrl";
    refused(
        "ccpUrl",
        &[
            ("https://acme.my.connect.aws", RIGHT),
            ("https://acme.my.connect.aws/login", RIGHT),
            (
                "https://acme.my.connect.aws/connect/login?landat=%2Fccp-v2",
                RIGHT,
            ),
            (
                "https://acme.my.connect.aws/agent-app-v2",
                "found the agent workspace",
            ),
            ("https://acme.my.connect.aws/connect/home", RIGHT),
            ("https://acme.my.connect.aws/ccp#/", "found the earlier CCP"),
            ("https://acme.my.connect.aws/ccp-v2/#/settings", RIGHT),
            ("https://acme.my.connect.aws/dashboard", RIGHT),
            ("https://acme.awsapps.com/connect/ccp#/", LEGACY),
            ("https://acme.awsapps.com/ccp-v2", LEGACY),
            ("https://acme.awsapps.com/connect", LEGACY),
            (
                &format!("{FEDERATE}?destination=%2Fconnect%2Fccp-v2"),
                "found a federate URL",
            ),
            (
                "https://elsewhere.example/connect/federate/1",
                "found a federate URL",
            ),
            ("https://console.aws.amazon.com/connect/home", SIGN_IN),
            ("https://signin.aws.amazon.com/saml", SIGN_IN),
            ("https://acme.okta.com/home/amazon_aws/0oa1/aln1", SIGN_IN),
            ("https://acme.uk.auth0.com/samlp/abc", SIGN_IN),
            ("https://idp.example/app/1/sso/saml", SIGN_IN),
            (
                "https://idp.example/sso?RelayState=https%3A%2F%2Fsecret",
                SIGN_IN,
            ),
            (
                "https://d-0123456789.awsapps.com/start/#/saml/default/Amazon%20Connect/ins-0123456789abcdef",
                SIGN_IN,
            ),
        ],
    );
    refused(
        "instanceUrl",
        &[
            (FEDERATE, "found a federate URL"),
            ("https://acme.okta.com/app/x", SIGN_IN),
        ],
    );
}

#[test]
fn an_sso_login_url_is_the_identity_providers() {
    refused(
        "ssoLoginUrl",
        &[
            (FEDERATE, "found a federate URL alone"),
            (
                "https://acme.my.connect.aws/ccp-v2/",
                "found a page of the instance",
            ),
            (
                "https://acme.my.connect.aws/login",
                "or null for the instance's own login page",
            ),
            (
                "https://acme.awsapps.com/connect/login",
                "found a page of the instance",
            ),
        ],
    );
    let same = json!({ "ccpUrl": "https://ccp.example/", "ssoLoginUrl": "https://ccp.example/" });
    assert_eq!(problem(same).0, "ssoLoginUrl");
}

/// The table of `inputs.md`, section 1: what people really use.
#[test]
fn sso_login_urls_from_the_wild_are_taken_without_a_word() {
    let state = "https://eu-west-2.console.aws.amazon.com/connect/federate/178c75e4-b3de-4839-a6aa-e321ab3f3770?destination=%2Fconnect%2Fccp-v2";
    for (url, relay) in [
        (format!("https://acme.uk.auth0.com/samlp/abc?RelayState={state}"), true),
        ("https://acme.auth0.com/samlp/abc".to_owned(), false),
        (format!("https://myapps.microsoft.com/signin/178c75e4?tenantId=1&RelayState={state}"), true),
        ("https://d-0123456789.awsapps.com/start/#/saml/default/Amazon%20Connect%20Agent/ins-0123456789abcdef".to_owned(), false),
        (format!("https://acme.my.salesforce.com/idp/login?app=0sp0&RelayState={state}"), true),
        ("https://acme.okta.com/home/amazon_aws/0oa0000000000000000/272".to_owned(), false),
        (format!("https://auth.pingone.eu/178c75e4/saml20/idp/startsso?spEntityId=urn%3Aamazon&applicationUrl={state}"), true),
        ("https://178c75e4-b3de-4839-a6aa-e321ab3f3770.us-east-1.sign-in.connect.aws/saml".to_owned(), false),
        (format!("https://sso.example:9031/idp/startSSO.ping?PartnerSpId=urn:amazon:webservices&TargetResource={state}"), true),
        ("https://signin.aws.amazon.com/federation?Action=login&Destination=https%3A%2F%2Fconsole.aws.amazon.com%2Fconnect%2Ffederate%2F1&SigninToken=abc".to_owned(), true),
        (format!("https://idp.example/sso?appurl={state}"), true),
        (format!("https://idp.example/sso?TARGET={state}"), true),
        ("https://idp.example/sso?target=home".to_owned(), false),
        ("https://accounts.google.com/o/saml2/initsso?idpid=C01&spid=1&forceauthn=false".to_owned(), false),
        ("https://acme.okta.com/app/a/sso/saml?RelayState=https://console.amazonaws-us-gov.com/connect/federate/1?destination=%2Fconnect%2Fccp-v2".to_owned(), true),
        ("https://acme.okta.com/app/a/sso/saml?RelayState=https://us-gov-west-1.console.amazonaws-us-gov.com/connect/federate/1?destination=/ccp-v2".to_owned(), true),
        (format!("https://acme.okta.com/app/a/sso/saml?RelayState={FEDERATE}?destination=%2Fagent-app-v2?VDIPlatform=CITRIX_413"), true),
        (format!("https://acme.okta.com/app/a/sso/saml?RelayState={FEDERATE}?destination=https%3A%2F%2Fdesk.example%2F"), true),
    ] {
        let config = with(json!({ "ssoLoginUrl": url })).expect(&url);
        assert!(config.warnings.is_empty(), "{url}: {:?}", config.warnings);
        assert_eq!(config.sso.expect("SSO").relay.is_some(), relay, "{url}");
    }
}

#[test]
fn an_odd_relay_state_is_a_warning() {
    let sso = |state: &str| {
        format!(
            "https://acme.okta.com/sso?RelayState={}",
            state.replace('&', "%26")
        )
    };
    for (state, said) in [
        ("https://desk.example/app", "no federate URL"),
        ("agents", "no federate URL"),
        (
            "https://us-east.console.aws.amazon.com/connect/federate/1",
            "AWS Region",
        ),
        (
            "https://region.console.aws.amazon.com/connect/federate/1",
            "AWS Region",
        ),
        (
            "https://us-east-1.console.aws.amazon.com/connect/federate/1?destination=ccp-v2",
            "no path",
        ),
    ] {
        let said_now = warning(json!({ "ssoLoginUrl": sso(state) }));
        assert!(said_now.contains(said), "{state}: {said_now}");
    }
    let legacy = |state: &str| {
        warning(
            json!({ "ccpUrl": "https://acme.awsapps.com/connect/ccp-v2/", "ssoLoginUrl": sso(state) }),
        )
    };
    for state in [
        "?destination=%2Fconnect%2Fccp-v2&new_domain=true",
        "?destination=%2Fccp-v2",
    ] {
        let said = legacy(&format!("{FEDERATE}{state}"));
        assert!(said.contains("my.connect.aws"), "{said}");
    }
    assert_eq!(
        legacy(&format!("{FEDERATE}?destination=%2Fconnect%2Fccp-v2")),
        ""
    );
}

/// The table of `inputs.md`, section 3, and what else is pasted into the wrong place.
#[test]
fn parameters_of_init_ccp_are_told_their_place() {
    for (config, field, said) in [
        (
            json!({ "streams": { "options": { "softphone": { "alllowFramedSoftphone": true } } } }),
            "streams.options.softphone.alllowFramedSoftphone",
            "did you mean allowFramedSoftphone?",
        ),
        (
            json!({ "streams": { "options": { "softphon": {} } } }),
            "streams.options.softphon",
            "did you mean softphone?",
        ),
        (
            json!({ "streams": { "options": { "loginURL": "x" } } }),
            "streams.options.loginURL",
            "expected ssoLoginUrl",
        ),
        (
            json!({ "streams": { "options": { "loginPopup": false } } }),
            "streams.options.loginPopup",
            "signIn.ways",
        ),
        (
            json!({ "streams": { "options": { "softphone": true } } }),
            "streams.options.softphone",
            "an object",
        ),
        (
            json!({ "loginUrl": "https://idp.example" }),
            "loginUrl",
            "expected ssoLoginUrl",
        ),
        (
            json!({ "loginPopup": false }),
            "loginPopup",
            "expected signIn.ways",
        ),
        (
            json!({ "loginOptions": {} }),
            "loginOptions",
            "expected signIn.ways",
        ),
        (
            json!({ "signIn": { "loginUrl": "https://idp.example" } }),
            "signIn.loginUrl",
            "expected ssoLoginUrl",
        ),
        (
            json!({ "softphone": {} }),
            "softphone",
            "expected streams.options.softphone",
        ),
        (
            json!({ "region": "us-east-1" }),
            "region",
            "expected streams.options.region",
        ),
        (
            json!({ "ccpAckTimeout": 5000 }),
            "ccpAckTimeout",
            "expected streams.options.ccpAckTimeout",
        ),
        (
            json!({ "ssoLoginURL": "x" }),
            "ssoLoginURL",
            "did you mean ssoLoginUrl?",
        ),
        (json!({ "sign_in": {} }), "sign_in", "did you mean signIn?"),
        (
            json!({ "signIn": { "returnURL": "/" } }),
            "signIn.returnURL",
            "did you mean returnUrl?",
        ),
        (
            json!({ "returnUrl": "/" }),
            "returnUrl",
            "expected signIn.returnUrl",
        ),
        (
            json!({ "carrierPigeon": 1 }),
            "carrierPigeon",
            "expected one of instanceUrl",
        ),
    ] {
        let (at, message) = problem(config);
        assert_eq!(at, field);
        assert!(message.contains(said), "{message}");
    }
    // Amazon may add parameters, and what is set to nothing is not there.
    assert_eq!(
        warning(json!({ "streams": { "options": { "view": 1, "loginUrl": null } } })),
        ""
    );
}

#[test]
fn options_that_cannot_do_what_they_seem_to_are_warned_of() {
    let softphone =
        |softphone: Value| warning(json!({ "streams": { "options": { "softphone": softphone } } }));
    assert!(softphone(json!({ "allowFramedSoftphone": false })).contains("calls end as missed"));
    let relative = softphone(json!({ "ringtoneUrl": "./ringtone.mp3" }));
    assert!(
        relative.contains("expected https://desk.example/agent/ringtone.mp3"),
        "{relative}"
    );
    for fine in [
        json!({}),
        json!({ "ringtoneUrl": "" }),
        json!({ "ringtoneUrl": "https://desk.example/ringtone.mp3" }),
        json!({ "ringtoneUrl": "data:audio/mp3;base64,AAAA" }),
    ] {
        assert_eq!(softphone(fine), "");
    }
    let chat = json!({ "streams": { "options": { "chat": { "ringtoneUrl": "/chat.mp3" } } } });
    assert!(warning(chat).starts_with("streams.options.chat.ringtoneUrl"));
}

#[test]
fn a_host_may_be_asked_for_the_sso_login_url() {
    let asked = |what: &str, fields: &[(&str, Value)]| {
        let mut all = vec![("ssoLoginUrl".to_owned(), HostValue::Other(what.to_owned()))];
        let instance = ("instanceUrl", json!("https://acme.my.connect.aws"));
        let fields = fields.iter().chain([&instance]);
        all.extend(fields.map(|(name, value)| ((*name).to_owned(), host_value(value))));
        Config::parse(&HostValue::Fields(all), &PAGE, &read_url)
    };
    for what in ["a function", "a promise"] {
        let config = asked(what, &[]).expect(what);
        assert!(config.asks_for_sso && config.has_sso() && config.sso.is_none());
        // Whether it has a relay state is only known later.
        let redirect = ("signIn", json!({ "ways": ["redirect"] }));
        assert!(asked(what, &[redirect]).is_ok());
        let streams = ("signIn", json!({ "ways": ["streams"] }));
        let problems = asked(what, &[streams]).expect_err("Streams cannot ask");
        assert_eq!(problems[0].field, "ssoLoginUrl");
    }
    assert!(asked("an object", &[]).is_err());
    let config = asked("a function", &[]).expect("a configuration");
    let answer = |value: Value| config.sso_answer(&host_value(&value), &read_url);
    let good = answer(json!(" https://idp.example/sso ")).expect("a URL");
    assert_eq!(good.url.text(), "https://idp.example/sso");
    for bad in [
        json!(null),
        json!(""),
        json!(7),
        json!("/sso"),
        json!("javascript:alert(1)"),
        json!("https://acme.my.connect.aws/ccp-v2/"),
    ] {
        let problems = answer(bad.clone()).expect_err("a problem");
        assert_eq!(problems[0].field, "ssoLoginUrl", "{bad}");
    }
}

#[test]
fn half_of_global_resiliency_is_told() {
    let options = json!({ "enableGlobalResiliency": true, "secondaryCCPUrl": "" });
    let config = json!({
        "ssoLoginUrl": "https://idp.example/sso", "signIn": { "ways": ["streams"] },
        "streams": { "options": options },
    });
    let (field, said) = problem(config);
    assert_eq!(field, "streams.options.secondaryCCPUrl");
    assert!(said.contains("an empty string"), "{said}");
}

#[test]
fn an_arn_that_is_none_is_told() {
    let arn =
        "arn:aws:connect:us-east-1:123456789012:instance/178c75e4-b3de-4839-a6aa-e321ab3f3770";
    let queue = format!("{arn}/queue/5cba7cbf-1ecb-4b6d-b8bd-fe91079b3fc8");
    let quoted = format!("\"{arn}\"");
    refused(
        "instanceArn",
        &[
            ("178c75e4-b3de-4839-a6aa-e321ab3f3770", "arn:aws:connect:"),
            (&queue, arn),
            (&quoted, arn),
            (
                "arn:aws:connect:<region>:123456789012:instance/1",
                "<region>, which stands for a value of yours",
            ),
            ("arn:aws:s3:::recordings", "the instance's ARN"),
        ],
    );
    for wrong in [json!(7), json!({}), json!(["arn"])] {
        assert_eq!(problem(json!({ "instanceArn": wrong })).0, "instanceArn");
    }
    for fine in [arn, &format!(" {arn}\n"), &format!("{arn}/")] {
        let config = with(json!({ "instanceArn": fine })).expect(fine);
        assert_eq!(config.arn.expect(fine).region(), "us-east-1");
    }
}

#[test]
fn an_arn_contradicts_what_leads_elsewhere() {
    let of = |partition: &str, region: &str, id: &str| {
        format!("arn:{partition}:connect:{region}:123456789012:instance/{id}")
    };
    let id = "178c75e4-b3de-4839-a6aa-e321ab3f3770";
    let sso = format!("https://acme.okta.com/app/a/b/sso/saml?RelayState={FEDERATE}");
    let fields = |arn: String| json!({ "instanceArn": arn, "ssoLoginUrl": sso });
    assert!(with(fields(of("aws", "us-east-1", id))).is_ok());
    assert!(with(fields(of("aws", "us-east-1", &id.to_uppercase()))).is_ok());
    let (field, said) = problem(fields(of("aws", "eu-west-2", id)));
    assert_eq!(field, "ssoLoginUrl");
    assert!(
        said.contains("expected eu-west-2, the AWS Region"),
        "{said}"
    );
    let other = "278c75e4-b3de-4839-a6aa-e321ab3f3770";
    let (field, said) = problem(fields(of("aws", "us-east-1", other)));
    assert_eq!(field, "ssoLoginUrl");
    // A relay state is nobody's business but the agent's.
    assert!(said.contains(other) && !said.contains(id), "{said}");

    let region = json!({ "region": "eu-west-2" });
    let (field, _) = problem(json!({
        "instanceArn": of("aws", "us-east-1", id), "streams": { "options": region },
    }));
    assert_eq!(field, "streams.options.region");

    let gov_cloud = "https://acme.govcloud.connect.aws";
    for (instance, partition, region) in [
        (gov_cloud, "aws", "us-east-1"),
        ("https://acme.my.connect.aws", "aws-us-gov", "us-gov-west-1"),
    ] {
        let arn = of(partition, region, id);
        let (field, said) = problem(json!({ "instanceUrl": instance, "instanceArn": arn }));
        assert_eq!(field, "instanceUrl");
        assert!(said.contains("GovCloud"), "{said}");
        let ccp = format!("{instance}/ccp-v2/");
        let (field, _) = problem(json!({ "ccpUrl": ccp, "instanceArn": arn }));
        assert_eq!(field, "ccpUrl");
    }
    let arn = of("aws-us-gov", "us-gov-west-1", id);
    assert!(with(json!({ "instanceUrl": gov_cloud, "instanceArn": arn })).is_ok());
}

#[test]
fn an_arn_holds_for_urls_that_come_later_too() {
    let arn = |id: &str| format!("arn:aws:connect:us-east-1:123456789012:instance/{id}");
    let sso = json!(format!("https://idp.example/sso?RelayState={FEDERATE}"));
    let answer = |id: &str| {
        let config = with(json!({ "instanceArn": arn(id) })).expect("a configuration");
        config.sso_answer(&host_value(&sso), &read_url)
    };
    assert!(answer("178c75e4-b3de-4839-a6aa-e321ab3f3770").is_ok());
    let problems = answer("278c75e4-b3de-4839-a6aa-e321ab3f3770").expect_err("a problem");
    assert_eq!(problems[0].field, "ssoLoginUrl");
}
