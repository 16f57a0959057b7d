//! What a run counts.

use softphone_core::time::Millis;

use crate::{DOWN, END, START};

/// The requests of each second, and who is ready when.
#[derive(Debug)]
pub(crate) struct Floor {
    pub(crate) idp: Vec<u32>,
    pub(crate) connect: Vec<u32>,
    ready: Vec<u32>,
    /// How long each waited from the page, or from the identity provider's return, whichever was later.
    waits: Vec<u64>,
    agents: usize,
}

impl Floor {
    pub(crate) fn new(agents: usize) -> Self {
        let seconds = second(START + END) + 120;
        Self {
            idp: vec![0; seconds],
            connect: vec![0; seconds],
            ready: vec![0; seconds],
            waits: Vec::new(),
            agents,
        }
    }

    pub(crate) fn asks_idp(&mut self, at: Millis) {
        self.idp[second(at)] += 1;
    }

    pub(crate) fn asks_connect(&mut self, at: Millis) {
        self.connect[second(at)] += 1;
    }

    pub(crate) fn is_ready(&mut self, at: Millis, opened: Millis) {
        self.ready[second(at)] += 1;
        self.waits.push((at - opened.max(START + DOWN)).get());
    }

    /// What that many of a hundred agents waited at most, in milliseconds.
    pub(crate) fn wait(&mut self, share: usize) -> Option<u64> {
        self.waits.sort_unstable();
        let last = self.agents * share / 100;
        self.waits.get(last.saturating_sub(1)).copied()
    }

    /// The second by whose end that many of a hundred agents were ready.
    pub(crate) fn ready_at(&self, share: usize) -> Option<usize> {
        let mut sum = 0;
        self.ready.iter().position(|ready| {
            sum += *ready as usize;
            sum * 100 >= self.agents * share
        })
    }

    pub(crate) fn peak(requests: &[u32]) -> u32 {
        requests.iter().copied().max().unwrap_or_default()
    }

    pub(crate) fn total(requests: &[u32]) -> u32 {
        requests.iter().sum()
    }
}

fn second(at: Millis) -> usize {
    usize::try_from((at - START).get() / 1000).unwrap_or(usize::MAX)
}
