//! The record of an instance in `localStorage`, or in the page's memory where there is no storage.

use std::cell::RefCell;

use web_sys::Storage;

use softphone_core::sign_in::record::Record;

thread_local! {
    static MEMORY: RefCell<Vec<(String, String)>> = RefCell::default();
}

/// The record of the instance at `origin`.
pub(crate) fn load(origin: &str) -> Record {
    let key = key(origin);
    let kept = MEMORY.with_borrow(|memory| {
        let found = memory.iter().find(|(known, _)| *known == key);
        found.map(|(_, line)| line.clone())
    });
    // Another tab may have written since, so storage comes first.
    let line = storage().and_then(|storage| storage.get_item(&key).ok()?);
    line.or(kept)
        .map_or_else(Record::default, |line| Record::parse(&line))
}

/// Keeps `record`. Storage that is full or forbidden is no failure: the next visit will only not know
/// whether to sign in first.
pub(crate) fn save(origin: &str, record: Record) {
    let (key, line) = (key(origin), record.line());
    if let Some(storage) = storage() {
        let _ = storage.set_item(&key, &line);
    }
    MEMORY.with_borrow_mut(|memory| {
        memory.retain(|(known, _)| *known != key);
        memory.push((key, line));
    });
}

/// Whether the page may use `localStorage` at all. Where it is there, using it may throw all the same, so this removes what
/// was never there.
pub(crate) fn is_allowed() -> bool {
    storage().is_some_and(|storage| storage.remove_item(&key("")).is_ok())
}

/// `None` where reading `localStorage` throws: third-party frames with cookies blocked.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn key(origin: &str) -> String {
    format!("connect-softphone:{origin}")
}
