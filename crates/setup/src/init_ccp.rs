//! The parameters of `initCCP`, as people paste them.

use softphone_core::config::code as core;
use softphone_core::host_value::HostValue;

use crate::arn::odd_region;
use crate::check::{ARN, CCP, Facts, INIT_CCP, INSTANCE, Inputs, SSO, STREAMS, named};
use crate::finding::{Fault, Range, SetupFinding, code};
use crate::literal::{Kind, Value, read};

/// What softphone-core says of the same instance, SSO Login URL and options, and what Streams makes of the rest.
pub(crate) fn check(text: &str, inputs: &Inputs, facts: &Facts) -> Vec<SetupFinding> {
    let object = match read(text) {
        Ok(object) => object,
        Err(fault) => {
            let fault = Fault::error(code::SYNTAX, Some(fault.at))
                .found(fault.found)
                .expected(fault.expected)
                .remedy("Correct it: JavaScript does not run with it.", STREAMS);
            return vec![fault.of(INIT_CCP)];
        }
    };
    let place = |field: &str| {
        let name = match field {
            CCP | INSTANCE => "ccpUrl",
            SSO => "loginUrl",
            _ => field.strip_prefix("streams.options.")?,
        };
        let mut value = Some(&object);
        let mut at = object.at;
        for name in name.split('.') {
            let field = value.and_then(|value| value.field(name));
            let Some(field) = field else {
                break;
            };
            at = field.value.at;
            value = Some(&field.value);
        }
        let part = text.get(at.bytes()).unwrap_or_default().to_owned();
        let field = format!("{INIT_CCP}.{name}");
        Some(match value.map(|value| &value.kind) {
            Some(Kind::Text(inner, Some(start))) => (field, inner.clone(), *start),
            _ => (field, part, at.start),
        })
    };
    let is_expression = |name: &str| {
        object
            .field(name)
            .is_some_and(|field| field.value.kind == Kind::Expression)
    };
    let is_open = matches!(object.kind, Kind::Object(_, true));
    let config = config(&object, inputs);
    let mut findings = facts.of_core(&config, &place);
    findings.retain(|finding| {
        let is_missing = finding.code == core::MISSING_FIELD && finding.field.ends_with(".ccpUrl");
        !(is_missing && (is_open || is_expression("ccpUrl") || inputs.get(INSTANCE).is_some()))
    });
    for finding in &mut findings {
        // A misspelt name is what is wrong, not its value.
        if finding.code == core::UNKNOWN_FIELD {
            let name = finding.field.strip_prefix("initCcp.").unwrap_or_default();
            finding.at = name_at(&object, name).or(finding.at);
        }
    }
    let more = own(&object, facts);
    findings.extend(
        more.into_iter()
            .map(|(name, fault)| fault.of(&format!("{INIT_CCP}.{name}"))),
    );
    findings
}

/// The configuration of the softphone that does the same.
fn config(object: &Value, inputs: &Inputs) -> HostValue {
    let mut fields = named(inputs, &[INSTANCE, ARN]);
    let mut options = Vec::new();
    let Kind::Object(all, _) = &object.kind else {
        return HostValue::Fields(fields);
    };
    let last = |name: &str| all.iter().rposition(|field| field.name == name);
    for (index, field) in all.iter().enumerate() {
        if last(&field.name) != Some(index) || field.value.kind == Kind::Expression {
            continue;
        }
        let value = host_value(&field.value);
        match field.name.as_str() {
            "ccpUrl" => fields.push((CCP.to_owned(), value)),
            "loginUrl" => fields.push((SSO.to_owned(), value)),
            // Streams has them, and the softphone decides them itself.
            "loginPopup" | "loginPopupAutoClose" | "loginOptions" | "ccpLoadTimeout" => {}
            _ => options.push((field.name.clone(), value)),
        }
    }
    // With Global Resiliency, Streams signs in by itself.
    let ways = HostValue::List(vec![HostValue::Text("streams".to_owned())]);
    let is_resilient = options
        .iter()
        .any(|(name, _)| name == "enableGlobalResiliency");
    let is_signed_in = fields.iter().any(|(name, _)| name == SSO);
    if is_resilient {
        let sign_in = HostValue::Fields(vec![("ways".to_owned(), ways)]);
        fields.push(("signIn".to_owned(), sign_in));
        if !is_signed_in {
            let url = HostValue::Text("https://idp.example/sso".to_owned());
            fields.push((SSO.to_owned(), url));
        }
        // It has no part in what is told here.
        options.retain(|(name, _)| name != "storageAccess");
    }
    let streams = HostValue::Fields(vec![("options".to_owned(), HostValue::Fields(options))]);
    fields.push(("streams".to_owned(), streams));
    HostValue::Fields(fields)
}

/// What only Streams itself makes of a parameter.
fn own(object: &Value, facts: &Facts) -> Vec<(&'static str, Fault)> {
    let mut faults = Vec::new();
    let value = |name: &str| object.field(name).map(|field| &field.value);
    let has_url = value("loginUrl").is_some_and(|value| match &value.kind {
        Kind::Text(text, _) => !text.trim().is_empty(),
        Kind::Expression => true,
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Object(..) => false,
    });
    if let Some(popup) = value("loginPopup") {
        match popup.kind {
            Kind::Bool(false) if has_url => faults.push((
                "loginPopup",
                Fault::warning(code::POPUP_OFF, Some(popup.at))
                    .found("false beside a loginUrl, which is then never opened")
                    .expected("true")
                    .remedy("Set loginPopup: true, or take the loginUrl out.", STREAMS),
            )),
            Kind::Expression => faults.push((
                "loginPopup",
                Fault::warning(code::POPUP_OFF, Some(popup.at))
                    .found("an expression: where it is false, an agent whose Connect session has ended never signs in")
                    .expected("true: Streams opens the window only where it is needed")
                    .remedy("Set loginPopup: true. Whether your own session is live says nothing about Amazon Connect's.", STREAMS),
            )),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(..) | Kind::List(_) | Kind::Object(..) => {}
        }
    }
    if let Some(Value {
        kind: Kind::Text(region, start),
        at,
    }) = value("region")
        && !region.trim().is_empty()
        && crate::locate::placeholder(region).is_none()
    {
        let at = start.map_or(*at, |start| Range::new(start, start + region.len()));
        let of_arn = facts.arn.as_ref().map(|arn| arn.region());
        let is_arns = of_arn.is_none_or(|of_arn| of_arn.eq_ignore_ascii_case(region));
        if is_arns {
            faults.extend(odd_region(region, Some(at), STREAMS).map(|fault| ("region", fault)));
        }
    }
    faults
}

/// Where the name of a field stands, by its path.
fn name_at(object: &Value, path: &str) -> Option<Range> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let field = object.field(first)?;
    if rest.is_empty() {
        return Some(field.name_at);
    }
    name_at(&field.value, rest)
}

fn host_value(value: &Value) -> HostValue {
    match &value.kind {
        Kind::Null => HostValue::Null,
        Kind::Bool(it) => HostValue::Bool(*it),
        Kind::Number(it) => HostValue::Number(*it),
        Kind::Text(text, _) => HostValue::Text(text.clone()),
        Kind::List(items) => HostValue::List(items.iter().map(host_value).collect()),
        Kind::Object(fields, _) => HostValue::Fields(
            fields
                .iter()
                // What an expression gives is not known here.
                .filter(|field| field.value.kind != Kind::Expression)
                .map(|field| (field.name.clone(), host_value(&field.value)))
                .collect(),
        ),
        Kind::Expression => HostValue::Absent,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::{ARN, INIT_CCP};
    use crate::testing::{ID, expect, findings, test};

    const README: &str = r#"connect.core.initCCP(document.getElementById("ccp"), {
  ccpUrl: "https://acme.my.connect.aws/ccp-v2/", // the CCP
  loginPopup: true, loginPopupAutoClose: true,
  loginOptions: { autoClose: true, height: 600, width: 400, top: 0, left: 0 },
  region: "us-east-1",
  softphone: { allowFramedSoftphone: true, disableRingtone: false },
  pageOptions: { enableAudioDeviceSettings: false, enablePhoneTypeSettings: true },
  ccpAckTimeout: 5000, ccpSynTimeout: 3000, ccpLoadTimeout: 10000
});"#;

    #[test]
    fn parameters_as_amazon_writes_them_are_good() {
        for good in [
            README,
            "{ ccpUrl, loginPopup: true }",
            "{ ccpUrl: instanceUrl + '/ccp-v2/', softphone: getSoftphone() }",
            "{ ...defaults }",
            r#"{"ccpUrl": "https://acme.awsapps.com/connect/ccp-v2", "region": "eu-central-1"}"#,
            "{ ccpUrl: 'https://acme.my.connect.aws/ccp-v2/softphone', loginPopup: false }",
            "{ ccpUrl, pageOptions: { showInactivityModal: false }, loginOptions: { disableAuthPopupAfterLogout: true } }",
            "{ ccpUrl, storageAccess: { canRequest: true, mode: \"custom\", custom: { hideCCP: true } } }",
            "{ ccpUrl: 'https://a.my.connect.aws/ccp-v2', enableGlobalResiliency: true, secondaryCCPUrl: 'https://b.my.connect.aws/ccp-v2' }",
        ] {
            expect(&[(INIT_CCP, good)], &[]);
        }
    }

    #[test]
    fn each_mistake_in_the_parameters_is_shown() {
        for (from, to, code, part) in [
            (
                "https://acme.my.connect.aws/ccp-v2/",
                "https://acme.my.connect.aws/connect/ccp-v2/",
                "WRONG_URL",
                "/connect/ccp-v2/",
            ),
            (
                "https://acme.my.connect.aws/ccp-v2/",
                "instanceURL",
                "URL_REFUSED",
                "instanceURL",
            ),
            (
                "https://acme.my.connect.aws/ccp-v2/",
                "https://acme.awsapps.com/connect/ccp#/",
                "WRONG_URL",
                "/connect/ccp",
            ),
            (
                "https://acme.my.connect.aws/ccp-v2/",
                "https://<alias>.my.connect.aws/ccp-v2/",
                "URL_REFUSED",
                "<alias>",
            ),
            ("us-east-1", "YOUR_REGION", "WRONG_VALUE", "YOUR_REGION"),
            ("us-east-1", "us-esat-1", "UNKNOWN_REGION", "us-esat-1"),
            (
                "allowFramedSoftphone",
                "alllowFramedSoftphone",
                "UNKNOWN_FIELD",
                "alllowFramedSoftphone",
            ),
            (
                "allowFramedSoftphone: true",
                "allowFramedSoftphone: false",
                "CONFLICT",
                "false",
            ),
            (
                "loginPopup: true",
                "loginPopup: !hasAppSession",
                "POPUP_OFF",
                "!hasAppSession",
            ),
            (
                "loginPopup: true",
                "loginUrl: 'https://acme.okta.com/app/a/b/sso/saml', loginPopup: false",
                "POPUP_OFF",
                "false",
            ),
            (
                "loginPopup: true",
                "loginUrl: '<saml sso url>', loginPopup: true",
                "URL_REFUSED",
                "<saml sso url>",
            ),
            (
                "disableRingtone: false",
                "ringtoneUrl: './ringtone.mp3'",
                "WRONG_URL",
                "./ringtone.mp3",
            ),
            (
                "true,\n  loginOptions",
                "true\n  loginOptions",
                "SYNTAX",
                "l",
            ),
            ("\"us-east-1\"", "“us-east-1”", "SYNTAX", "“"),
            (
                "  region: \"us-east-1\",\n",
                "  enableGlobalResiliency: true, secondaryCCPUrl: \"\",\n",
                "MISSING_FIELD",
                "",
            ),
        ] {
            let wrong = README.replacen(from, to, 1);
            expect(&[(INIT_CCP, &wrong)], &[(code, part)]);
        }
        let federate = format!(
            "https://us-east-1.console.aws.amazon.com/connect/federate/{ID}?destination=%2Fconnect%2Fccp-v2"
        );
        let wrong = README.replacen("https://acme.my.connect.aws/ccp-v2/", &federate, 1);
        expect(&[(INIT_CCP, &wrong)], &[("WRONG_URL", &federate)]);
        let arn = format!("arn:aws:connect:eu-west-2:123456789012:instance/{ID}");
        expect(
            &[(ARN, &arn), (INIT_CCP, README)],
            &[("CONFLICT", "us-east-1")],
        );
        let missing = findings(INIT_CCP, "{ loginPopup: true }");
        assert_eq!(
            missing.iter().map(|it| it.code).collect::<Vec<_>>(),
            ["MISSING_FIELD"]
        );
    }
}
