//! The timeline as hosts read it. JavaScript has it, so that it outlives a trap.

use std::cell::Cell;

use js_sys::Array;

use crate::api::snapshots;
use softphone_core::phone::timeline::Timeline;

/// What happened so far, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: Array,
    /// How many of the core's entries have been written down.
    written: Cell<usize>,
}

impl Journal {
    /// Writes down what is new in `timeline`.
    pub(crate) fn follow(&self, timeline: &Timeline) {
        for entry in timeline.since(self.written.replace(timeline.recorded())) {
            self.entries.push(&snapshots::timeline_entry(entry));
            if self.entries.length() > LIMIT {
                self.entries.shift();
            }
        }
    }

    /// The list itself, which grows.
    pub(crate) fn entries(&self) -> Array {
        self.entries.clone()
    }
}

/// As many as the core keeps.
#[allow(clippy::cast_possible_truncation, reason = "it is small")]
const LIMIT: u32 = Timeline::LIMIT as u32;
