//! Calling `initCCP`, and what it gets.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::browser::host_value::copy_of;
use crate::browser::js;
use crate::browser::page::storage;
use softphone_core::config::{Config, Controls};
use softphone_core::way::Way;

#[wasm_bindgen(module = "/src/browser/streams/init_ccp.js")]
extern "C" {
    /// Calls `initCCP`; see init_ccp.js.
    #[wasm_bindgen(catch, js_name = initCcp)]
    pub(super) fn init_ccp(
        core: &JsValue,
        holder: &HtmlElement,
        parameters: &Object,
    ) -> Result<(), JsValue>;
}

/// The parameters of `initCCP`: the host's own, copied, and those that make Streams passive
/// (Streams 2.28.2, Documentation.md, "connect.core.initCCP").
///
/// # Errors
/// What reading the host's own threw.
pub(super) fn parameters(config: &Config, options: &JsValue) -> Result<Object, JsValue> {
    let parameters = copy_of(options)?;
    let set = |name: &str, value: JsValue| js::set(&parameters, name, &value);
    set("ccpUrl", config.ccp.text().into());
    match &config.sso {
        Some(sso) => set("loginUrl", sso.configured.reveal().as_str().into()),
        None => drop(Reflect::delete_property(&parameters, &"loginUrl".into())),
    }
    // With it, Streams would do nothing before the cookies are granted.
    drop(Reflect::delete_property(
        &parameters,
        &"storageAccess".into(),
    ));
    set("loginPopup", true.into());
    let login = Object::new();
    js::set(&login, "autoClose", &true.into());
    js::set(&login, "height", &POPUP_HEIGHT.into());
    js::set(&login, "width", &POPUP_WIDTH.into());
    if config.ways.first() != Some(&Way::Streams) {
        js::set(&login, "disableAuthPopupAfterLogout", &true.into());
        set("ccpLoadTimeout", NEVER_MS.into());
    }
    set("loginOptions", login.into());
    if config.controls == Controls::Icc {
        let page = part(&parameters, "pageOptions");
        // Amazon's prompt would be in the panel that nobody sees; the module shows one of its own.
        default(&page, "showInactivityModal", false);
        // The CCP sets no device without it (Streams' issue #1033).
        default(&page, "enableAudioDeviceSettings", true);
        set("pageOptions", page.into());
    }
    let softphone = part(&parameters, "softphone");
    // The CCP takes no calls without it.
    default(&softphone, "allowFramedSoftphone", true);
    if !storage::is_allowed() {
        // Streams 2.28.2 cleans its storage in initCCP without a guard, and would throw.
        let off = "disableStoringParamsInLocalStorage";
        js::set(&softphone, off, &true.into());
    }
    set("softphone", softphone.into());
    Ok(parameters)
}

/// A copy of the part `name` of `parameters`. A copy, because the host's own may be an instance of a class, which `copy_of`
/// leaves as it is.
fn part(parameters: &Object, name: &str) -> Object {
    let part = Object::new();
    if let Some(own) = js::get(parameters, name).dyn_ref::<Object>() {
        Object::assign(&part, own);
    }
    part
}

/// Sets `flag` to `value` unless the host has set it.
fn default(part: &Object, flag: &str, value: bool) {
    let given = js::get(part, flag);
    if given.is_undefined() || given.is_null() {
        js::set(part, flag, &value.into());
    }
}

/// The longest delay that `setTimeout` takes: Streams never times out on its own.
const NEVER_MS: i32 = i32::MAX;
/// Streams 2.28.2, the size of its login popup.
pub(crate) const POPUP_WIDTH: i32 = 433;
/// See [`POPUP_WIDTH`].
pub(crate) const POPUP_HEIGHT: i32 = 578;
