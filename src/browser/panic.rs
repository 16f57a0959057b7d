//! What a panic leaves: its place; see panic.js and js/instance.js, where it arrives.

use std::panic::{PanicHookInfo, set_hook};

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/panic.js")]
extern "C" {
    /// Throws.
    fn panicked(place: &str);
}

/// Runs when the module has been loaded.
#[wasm_bindgen(start)]
fn start() {
    set_hook(Box::new(hook));
}

/// A message that was put together may hold anything, a piece of an address for example; one that is
/// written in the source holds nothing private.
fn hook(info: &PanicHookInfo<'_>) {
    let place = info
        .location()
        .map(|at| format!("{}:{}", at.file(), at.line()));
    let mut place = place.unwrap_or_default();
    if let Some(message) = info.payload().downcast_ref::<&str>() {
        place.push_str(": ");
        place.push_str(message);
    }
    panicked(&place);
}
