//! What `initCCP` gets.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::js;
use crate::browser::page::storage;
use softphone_core::config::Config;
use softphone_core::way::Way;

/// The parameters of `initCCP`: the host's own, copied, and those that make Streams passive
/// (Streams 2.28.2, Documentation.md, "connect.core.initCCP").
pub(super) fn parameters(config: &Config, options: &JsValue) -> Object {
    let parameters = copy(options);
    let set = |name: &str, value: JsValue| js::set(&parameters, name, &value);
    set("ccpUrl", config.ccp.text().into());
    match &config.sso {
        Some(sso) => set("loginUrl", sso.configured.reveal().as_str().into()),
        None => drop(Reflect::delete_property(&parameters, &"loginUrl".into())),
    }
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
    if js::get(&parameters, "softphone").is_undefined() {
        let softphone = Object::new();
        js::set(&softphone, "allowFramedSoftphone", &true.into());
        set("softphone", softphone.into());
    }
    if let Some(softphone) = js::get(&parameters, "softphone").dyn_ref::<Object>()
        && !storage::is_allowed()
    {
        // Streams 2.28.2 cleans its storage in initCCP without a guard, and would throw.
        let softphone = Object::assign(&Object::new(), softphone);
        let off = "disableStoringParamsInLocalStorage";
        js::set(&softphone, off, &true.into());
        set("softphone", softphone.into());
    }
    parameters
}

/// A copy of the host's options, two levels deep, so that what Streams changes or deletes in them
/// stays the host's. Instances of classes, such as a provider, are passed as they are.
fn copy(options: &JsValue) -> Object {
    let Some(options) = options.dyn_ref::<Object>() else {
        return Object::new();
    };
    let keys = Object::keys(options);
    let entries = keys.iter().map(|key| {
        let value = Reflect::get(options, &key).unwrap_or(JsValue::UNDEFINED);
        let value = if let Some(list) = value.dyn_ref::<Array>() {
            list.slice(0, list.length()).into()
        } else if is_plain(&value) {
            plain(&Object::entries(value.unchecked_ref())).into()
        } else {
            value
        };
        Array::of2(&key, &value)
    });
    plain(&entries.collect())
}

/// An object of `entries`; a name such as `__proto__` is a name like any other here.
fn plain(entries: &Array) -> Object {
    Object::from_entries(entries).unwrap_or_default()
}

fn is_plain(value: &JsValue) -> bool {
    let Some(object) = value.dyn_ref::<Object>() else {
        return false;
    };
    Object::get_prototype_of(object).loose_eq(&Object::get_prototype_of(&Object::new()))
}

/// The longest delay that `setTimeout` takes: Streams never times out on its own.
const NEVER_MS: i32 = i32::MAX;
/// Streams 2.28.2, the size of its login popup.
pub(crate) const POPUP_WIDTH: i32 = 433;
/// See [`POPUP_WIDTH`].
pub(crate) const POPUP_HEIGHT: i32 = 578;
