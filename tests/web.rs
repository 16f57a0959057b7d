//! What only a JavaScript engine can show: the shape of errors and snapshots, what hosts throw, re-entry,
//! and that closing gives everything back. A stub of Streams keeps it small; the real one runs in
//! `tests/browser`.
#![cfg(target_arch = "wasm32")]

use connect_softphone::api::{Softphone, open};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/web/stand_in.js")]
extern "C" {
    /// Puts a stub of Streams on the page, and returns its controls; see stand_in.js.
    #[wasm_bindgen(js_name = standIn)]
    fn stand_in() -> JsValue;
    /// Calls a method of the phone as a host would.
    fn invoke(phone: &JsValue, method: &str, args: &Array) -> JsValue;
    /// A container in the document.
    fn container() -> JsValue;
    /// Evaluates a JavaScript expression.
    fn evaluate(expression: &str) -> JsValue;
}

#[wasm_bindgen(module = "/js/protocol.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2)]
    static RETURN_PARAMETER: String;
}

fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).expect("a value that can be read")
}

fn text(value: &JsValue, name: &str) -> String {
    get(value, name).as_string().unwrap_or_default()
}

fn call(value: &JsValue, name: &str) -> JsValue {
    let method: Function = get(value, name).unchecked_into();
    method.call0(value).expect("a method that does not throw")
}

async fn outcome(promise: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(promise.unchecked_into::<Promise>()).await
}

async fn open_with(config: &str) -> Result<JsValue, JsValue> {
    let container = container();
    outcome(open(&container, &evaluate(config), false).into()).await
}

const WITHOUT_SSO: &str = "({ instanceUrl: 'https://acme.my.connect.aws' })";
const WITH_SSO: &str = "({ instanceUrl: 'https://first-visit.my.connect.aws', \
    ssoLoginUrl: 'https://idp.example/sso', signIn: { ways: ['popup'] } })";

/// A phone that is ready.
async fn ready_phone(streams: &JsValue) -> JsValue {
    let phone = open_with(WITHOUT_SSO).await.expect("a phone");
    call(streams, "acknowledge");
    call(streams, "agent");
    assert_eq!(text(&get(&phone, "status"), "phase"), "ready");
    phone
}

async fn close(phone: &JsValue) {
    outcome(call(phone, "close"))
        .await
        .expect("closing never fails");
}

#[wasm_bindgen_test]
async fn errors_are_real_errors_with_code_and_problems() {
    let error = open_with("({ controls: 'both' })")
        .await
        .expect_err("a bad configuration");
    assert!(error.is_instance_of::<js_sys::Error>());
    assert_eq!(text(&error, "name"), "SoftphoneError");
    assert_eq!(text(&error, "code"), "CONFIG_INVALID");
    assert!(!text(&error, "remedy").is_empty());
    assert!(!text(&error, "stack").is_empty());
    let problems: Array = get(&error, "problems").unchecked_into();
    let fields: Vec<String> = problems
        .iter()
        .map(|problem| text(&problem, "field"))
        .collect();
    assert_eq!(fields, ["instanceUrl", "controls"]);
    let frozen = js_sys::Object::is_frozen::<js_sys::Object>(problems.unchecked_ref());
    assert!(frozen);
}

#[wasm_bindgen_test]
async fn a_hostile_configuration_is_an_error_and_not_a_crash() {
    stand_in();
    for config in [
        "undefined",
        "null",
        "42",
        "'x'",
        "[]",
        "(() => {})",
        "({ get instanceUrl() { throw new Error('boo'); } })",
        "({ instanceUrl: Symbol('x') })",
        "({ instanceUrl: 10n })",
        "({ instanceUrl: 'https://acme.my.connect.aws', signIn: { ways: [{}] } })",
        "(() => { const a = {}; a.signIn = a; a.instanceUrl = 'https://acme.my.connect.aws'; return a; })()",
    ] {
        let error = open_with(config).await.expect_err(config);
        assert_eq!(text(&error, "code"), "CONFIG_INVALID", "{config}");
    }
}

#[wasm_bindgen_test]
async fn a_container_must_be_in_the_document() {
    stand_in();
    for container in [
        "null",
        "'softphone'",
        "document.createElement('div')",
        "({})",
    ] {
        let opened = open(&evaluate(container), &evaluate(WITHOUT_SSO), false);
        let error = outcome(opened.into()).await.expect_err(container);
        assert_eq!(text(&error, "code"), "CONTAINER_INVALID", "{container}");
    }
}

#[wasm_bindgen_test]
async fn what_init_ccp_throws_is_the_cause_and_the_page_is_free_again() {
    let streams = stand_in();
    Reflect::set(&streams, &"thrown".into(), &"a plain string".into()).expect("a plain object");
    let error = open_with(WITHOUT_SSO).await.expect_err("initCCP threw");
    assert_eq!(text(&error, "code"), "STREAMS_FAILED");
    assert_eq!(text(&error, "cause"), "a plain string");
    Reflect::set(&streams, &"thrown".into(), &JsValue::UNDEFINED).expect("a plain object");
    let phone = open_with(WITHOUT_SSO).await.expect("a phone");
    close(&phone).await;
}

#[wasm_bindgen_test]
async fn a_page_has_one_phone_at_a_time() {
    stand_in();
    let phone = open_with(WITHOUT_SSO).await.expect("a phone");
    for _ in 0..3 {
        let error = open_with(WITHOUT_SSO).await.expect_err("a second phone");
        assert_eq!(text(&error, "code"), "ALREADY_OPEN");
    }
    close(&phone).await;
}

#[wasm_bindgen_test]
async fn a_page_without_streams_is_an_error() {
    evaluate("delete globalThis.connect");
    let error = open_with(WITHOUT_SSO).await.expect_err("no Streams");
    assert_eq!(text(&error, "code"), "STREAMS_MISSING");
}

/// Whether `value` and everything in it is a frozen plain object or array, or no object at all.
fn is_frozen_through(value: &JsValue) -> bool {
    let check = evaluate(
        "(function check(it) { return Object(it) !== it || (Object.isFrozen(it) \
         && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(it)) \
         && Object.values(it).every(check)); })",
    );
    let check: Function = check.unchecked_into();
    check.call1(&JsValue::UNDEFINED, value) == Ok(JsValue::TRUE)
}

/// The names of what `value` has, in order.
fn names(value: &JsValue) -> String {
    js_sys::Object::keys(value.unchecked_ref::<js_sys::Object>())
        .join(",")
        .into()
}

/// `value` as JSON, which has no `undefined`.
fn json(value: &JsValue) -> String {
    js_sys::JSON::stringify(value).expect("JSON").into()
}

#[wasm_bindgen_test]
async fn snapshots_are_frozen_plain_objects() {
    let streams = stand_in();
    let phone = open_with(WITHOUT_SSO).await.expect("a phone");
    assert!(get(&phone, "agent").is_null());
    let events = evaluate("globalThis.events = []");
    for name in ["statusChanged", "agentChanged"] {
        let callback = evaluate("(event) => events.push(event)");
        invoke(&phone, "on", &Array::of2(&name.into(), &callback));
    }
    call(&streams, "acknowledge");
    call(&streams, "agent");
    let status = get(&phone, "status");
    assert_eq!(
        names(&status),
        "phase,sinceMs",
        "what is not known is not there"
    );
    let agent = get(&phone, "agent");
    assert_eq!(
        json(&agent),
        r#"{"username":"ada@example.com","name":"Ada Example","state":"Available","stateType":"routable","stateSinceMs":0,"availability":null,"nextState":null,"states":[],"muted":null,"phoneType":"softphone","autoAccept":false,"routingProfile":"","queues":[],"permissions":[],"dialableCountries":[]}"#
    );
    let timeline: Array = get(&phone, "journal").unchecked_into();
    let opened = timeline.get(0);
    assert_eq!(text(&opened, "what"), "opened");
    assert_eq!(names(&opened), "atMs,what,sessionMayBeAlive");
    close(&phone).await;
    assert!(get(&phone, "agent").is_null());
    let events: Array = events.unchecked_into();
    let last: String = events.iter().map(|it| text(&it, "type") + " ").collect();
    assert!(last.contains("statusChanged") && last.contains("agentChanged"));
    let gone = events
        .iter()
        .filter(|it| get(it, "agent").is_null())
        .count();
    assert_eq!(gone, 1, "an agent that is gone is null, and not missing");
    for value in events.iter().chain(timeline.iter()).chain([status, agent]) {
        assert!(is_frozen_through(&value), "{}", json(&value));
    }
}

#[wasm_bindgen_test]
async fn devices_are_frozen_plain_objects() {
    stand_in();
    let phone = open_with(WITHOUT_SSO).await.expect("a phone");
    evaluate(
        "globalThis.realMedia = Object.getOwnPropertyDescriptor(Navigator.prototype, 'mediaDevices'); \
         Object.defineProperty(Navigator.prototype, 'mediaDevices', { configurable: true, value: { \
         addEventListener() {}, getUserMedia: async () => new MediaStream(), \
         enumerateDevices: async () => [['audioinput', 'm'], ['videoinput', 'v'], ['audiooutput', 's']] \
         .map(([kind, deviceId]) => ({ kind, deviceId, label: `the ${deviceId}` })) } })",
    );
    let devices = outcome(call(&phone, "devices")).await;
    evaluate("Object.defineProperty(Navigator.prototype, 'mediaDevices', realMedia)");
    let devices = devices.expect("devices");
    assert_eq!(
        json(&get(&devices, "microphones")),
        r#"[{"id":"m","label":"the m"}]"#
    );
    assert_eq!(
        json(&get(&devices, "speakers")),
        r#"[{"id":"s","label":"the s"}]"#
    );
    assert!(!text(&devices, "permission").is_empty());
    assert!(is_frozen_through(&devices));
    close(&phone).await;
}

#[wasm_bindgen_test]
async fn a_callback_that_throws_does_not_keep_others_from_being_called() {
    let streams = stand_in();
    let phone = open_with(WITHOUT_SSO).await.expect("a phone");
    let heard = evaluate("globalThis.heard = []");
    let reports = evaluate(
        "globalThis.reported = []; globalThis.reportError = (e) => reported.push(e); reported",
    );
    for callback in [
        "() => { throw 'not an error'; }",
        "(event) => heard.push(event.status.phase)",
    ] {
        invoke(
            &phone,
            "on",
            &Array::of2(&"statusChanged".into(), &evaluate(callback)),
        );
    }
    call(&streams, "acknowledge");
    call(&streams, "agent");
    assert_eq!(heard.unchecked_into::<Array>().join(","), "ready");
    assert_eq!(reports.unchecked_into::<Array>().join(","), "not an error");
    evaluate("delete globalThis.reportError");
    close(&phone).await;
}

#[wasm_bindgen_test]
async fn a_host_may_call_everything_inside_a_callback() {
    let streams = stand_in();
    let phone = open_with(WITHOUT_SSO).await.expect("a phone");
    Reflect::set(&js_sys::global(), &"phone".into(), &phone).expect("a global");
    let seen = evaluate("globalThis.seen = []");
    let inside = "(event) => { \
        seen.push(phone.status.phase, phone.journal.length > 0); \
        phone.signIn().catch(() => {}); \
        const off = phone.on('agentChanged', () => {}); off(); off(); \
        if (event.status.phase === 'ready') phone.close(); }";
    invoke(
        &phone,
        "on",
        &Array::of2(&"statusChanged".into(), &evaluate(inside)),
    );
    call(&streams, "acknowledge");
    call(&streams, "agent");
    assert_eq!(
        seen.unchecked_into::<Array>().join(","),
        "ready,true,closed,true"
    );
    assert_eq!(text(&get(&phone, "status"), "phase"), "closed");
}

#[wasm_bindgen_test]
async fn an_event_that_does_not_exist_is_an_error() {
    stand_in();
    let phone = open_with(WITHOUT_SSO).await.expect("a phone");
    for args in ["['statuschanged', () => {}]", "['statusChanged', 1]", "[]"] {
        let error = invoke(&phone, "on", &evaluate(args).unchecked_into());
        assert_eq!(text(&error, "code"), "ARGUMENT_INVALID", "{args}");
    }
    close(&phone).await;
}

#[wasm_bindgen_test]
async fn a_callback_is_not_called_once_unsubscribed() {
    let streams = stand_in();
    let phone = open_with(WITHOUT_SSO).await.expect("a phone");
    let heard = evaluate("globalThis.heard = []");
    let callback = evaluate("(event) => heard.push(event.type)");
    let off = invoke(&phone, "on", &Array::of2(&"agentChanged".into(), &callback));
    off.unchecked_into::<Function>()
        .call0(&JsValue::UNDEFINED)
        .expect("no throw");
    call(&streams, "acknowledge");
    call(&streams, "agent");
    assert_eq!(heard.unchecked_into::<Array>().length(), 0);
    close(&phone).await;
}

#[wasm_bindgen_test]
async fn early_diagnostics_go_to_the_first_subscriber() {
    stand_in();
    let phone = open_with("({ instanceUrl: 'https://acme.example' })")
        .await
        .expect("a phone");
    let heard = evaluate("globalThis.heard = []");
    for _ in 0..2 {
        let callback = evaluate("(event) => heard.push(event.message)");
        invoke(&phone, "on", &Array::of2(&"diagnostic".into(), &callback));
    }
    let heard: Array = heard.unchecked_into();
    assert_eq!(heard.length(), 1);
    assert!(
        heard
            .get(0)
            .as_string()
            .unwrap_or_default()
            .contains("acme.example")
    );
    close(&phone).await;
}

#[wasm_bindgen_test]
async fn ready_settles_when_the_phone_is_ready_or_closed() {
    let streams = stand_in();
    let phone = open_with(WITHOUT_SSO).await.expect("a phone");
    let ready = get(&phone, "ready");
    assert_eq!(
        ready,
        get(&phone, "ready"),
        "the same promise while it waits"
    );
    call(&streams, "acknowledge");
    call(&streams, "agent");
    outcome(ready.clone()).await.expect("ready");
    assert_eq!(ready, get(&phone, "ready"));
    close(&phone).await;
    let error = outcome(get(&phone, "ready")).await.expect_err("closed");
    assert_eq!(text(&error, "code"), "CLOSED");
    let error = outcome(call(&phone, "signIn")).await.expect_err("closed");
    assert_eq!(text(&error, "code"), "CLOSED");
}

#[wasm_bindgen_test]
async fn a_blocked_window_rejects_the_sign_in_that_asked_for_it() {
    stand_in();
    evaluate("globalThis.realOpen = window.open; window.open = () => null");
    let phone = open_with(WITH_SSO).await.expect("a phone");
    until_phase(&phone, "signInNeeded").await; // Once this tab holds the lock.
    let error = outcome(call(&phone, "signIn")).await.expect_err("blocked");
    assert_eq!(text(&error, "code"), "WINDOW_BLOCKED");
    evaluate("window.open = realOpen");
    close(&phone).await;
}

#[wasm_bindgen_test]
async fn a_sign_in_that_fails_rejects_although_a_listener_signs_in_again_at_once() {
    stand_in();
    evaluate("globalThis.realOpen = window.open; window.open = () => null");
    let phone = open_with(WITH_SSO).await.expect("a phone");
    until_phase(&phone, "signInNeeded").await;
    let sign_in = evaluate(
        "(phone) => { \
         phone.on('statusChanged', ({ status }) => { \
           if (status.error?.code !== 'WINDOW_BLOCKED' || globalThis.second) return; \
           window.open = () => ({ closed: false, close() {}, focus() {}, location: { search: '' } }); \
           globalThis.second = phone.signIn(); \
         }); \
         return phone.signIn(); }",
    );
    let sign_in: Function = sign_in.unchecked_into();
    let first = sign_in.call1(&JsValue::UNDEFINED, &phone);
    let error = outcome(first.expect("a promise")).await;
    assert_eq!(text(&error.expect_err("blocked"), "code"), "WINDOW_BLOCKED");
    let status = get(&phone, "status");
    assert_eq!(
        text(&status, "phase"),
        "signingIn",
        "the second one goes on"
    );
    close(&phone).await;
    let error = outcome(evaluate("second")).await.expect_err("closed");
    assert_eq!(text(&error, "code"), "CLOSED");
    evaluate("window.open = realOpen");
}

async fn until_phase(phone: &JsValue, phase: &str) {
    let wait = evaluate(
        "(phone, phase) => new Promise((resolve) => { \
         const look = () => phone.status.phase === phase && resolve(); \
         phone.on('statusChanged', look); look(); })",
    );
    let wait: js_sys::Function = wait.unchecked_into();
    let waited = wait.call2(&JsValue::UNDEFINED, phone, &phase.into());
    outcome(waited.expect("a promise")).await.expect(phase);
}

#[wasm_bindgen_test]
async fn closing_gives_everything_back() {
    let streams = stand_in();
    let before = call(&streams, "held");
    let before = before.as_string();
    for _ in 0..5 {
        let phone = ready_phone(&streams).await;
        close(&phone).await;
        close(&phone).await;
        assert_eq!(call(&streams, "held").as_string(), before);
    }
}

#[wasm_bindgen_test]
async fn the_hosts_own_objects_are_not_changed() {
    let streams = stand_in();
    let config = evaluate(
        "globalThis.frozen = (() => { const provider = new (class Provider {})(); \
         return Object.freeze({ instanceUrl: 'https://acme.my.connect.aws', streams: Object.freeze({ \
         options: Object.freeze({ provider, region: 'us-east-1', \
         softphone: Object.freeze({ disableRingtone: true }) }) }) }); })()",
    );
    let phone = outcome(open(&container(), &config, false).into())
        .await
        .expect("a phone");
    let passed = get(&streams, "parameters");
    assert_eq!(
        text(&passed, "ccpUrl"),
        "https://acme.my.connect.aws/ccp-v2/"
    );
    assert!(get(&passed, "loginUrl").is_undefined());
    assert_eq!(text(&passed, "region"), "us-east-1");
    assert_eq!(
        get(&passed, "ccpLoadTimeout").as_f64(),
        Some(2_147_483_647.0)
    );
    // The stand-in deletes the provider and writes into softphone, as Streams does.
    assert!(get(&get(&passed, "softphone"), "touched").is_truthy());
    assert!(evaluate("'provider' in frozen.streams.options").is_truthy());
    close(&phone).await;
}

#[wasm_bindgen_test]
async fn a_field_called_proto_smuggles_nothing_in() {
    stand_in();
    let config = "JSON.parse('{\"instanceUrl\":\"https://acme.my.connect.aws\",\"streams\":\
        {\"options\":{\"__proto__\":{\"loginUrl\":\"javascript:alert(1)\"}}}}')";
    let error = open_with(config).await.expect_err("a reserved name");
    assert_eq!(text(&error, "code"), "CONFIG_INVALID");
}

#[wasm_bindgen_test]
async fn a_host_may_close_the_phone_when_the_focus_moves() {
    let streams = stand_in();
    let phone = open_with(WITHOUT_SSO).await.expect("a phone");
    Reflect::set(&js_sys::global(), &"phone".into(), &phone).expect("a global");
    evaluate("addEventListener('focusin', () => phone.close(), { once: true })");
    evaluate(
        "document.querySelector('.connect-softphone-cover').shadowRoot.querySelector('p').focus()",
    );
    call(&streams, "acknowledge");
    call(&streams, "agent");
    close(&phone).await;
    assert_eq!(text(&get(&phone, "status"), "phase"), "closed");
    let frames = evaluate("document.querySelectorAll('iframe').length");
    assert_eq!(frames.as_f64(), Some(0.0));
}

#[wasm_bindgen_test]
fn the_return_page_reads_the_parameter_that_the_core_writes() {
    RETURN_PARAMETER.with(|name| assert_eq!(name, softphone_core::sign_in::RETURN_PARAMETER));
}

/// The class is exported for hosts only; this keeps the type in use here.
#[allow(dead_code, reason = "see above")]
fn is_exported(_: &Softphone) {}
