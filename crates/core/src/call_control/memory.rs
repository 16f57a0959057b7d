//! What is remembered of a contact from one snapshot to the next, because no snapshot says it.

use super::contact::{Direction, EndedBy, Kind, Outcome, Phase, Preview};
use super::reading::{Connection, ContactReading, PREVIEW};
use crate::private::Private;
use crate::time::Millis;

/// What is remembered of one contact.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Memory {
    /// Whether the agent has taken it.
    pub(crate) accepted: bool,
    /// Whether this phone rejected it.
    pub(crate) rejected: bool,
    /// Whether this phone ended it.
    pub(crate) hung_up: bool,
    /// Whether Amazon's softphone failed while it was being connected.
    pub(crate) no_audio: bool,
    /// Whether anybody else was gone while the agent was not.
    others_left: bool,
    pub(crate) since: Millis,
    pub(crate) offered_at: Option<Millis>,
    pub(crate) answered_at: Option<Millis>,
    pub(crate) ended_at: Option<Millis>,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) ended_by: Option<EndedBy>,
    /// What the agent can do before the customer is called; whether that was asked for.
    pub(crate) preview: Option<Preview>,
    pub(crate) asked_preview: bool,
    phase: Option<Phase>,
    /// Who was dialled and has not shown up yet.
    dialled: Option<String>,
    /// Whom a connection belongs to, where we have dialled them by a quick connect.
    labels: Vec<(String, String)>,
}

impl Memory {
    /// Nothing is remembered yet.
    pub(crate) const fn new() -> Self {
        Self {
            accepted: false,
            rejected: false,
            hung_up: false,
            no_audio: false,
            others_left: false,
            since: Millis::new(0),
            offered_at: None,
            answered_at: None,
            ended_at: None,
            outcome: None,
            ended_by: None,
            preview: None,
            asked_preview: false,
            phase: None,
            dialled: None,
            labels: Vec::new(),
        }
    }

    /// This phone dials somebody for it.
    pub(crate) fn dials(&mut self, label: Option<&str>) {
        self.dialled = label.map(str::to_owned);
    }

    /// The contact is in a snapshot; times are those of this computer.
    pub(crate) fn sees(&mut self, before: Option<&ContactReading>, reading: &ContactReading) {
        let kind = Kind::of(reading);
        if reading.state == "connected" {
            self.accepted = true;
        }
        self.name_the_dialled(before, reading);
        let phase = Phase::of(reading, kind, self.accepted);
        let is_new = self.phase != Some(phase);
        match phase {
            Phase::Offered => {
                self.offered_at.get_or_insert(reading.since);
            }
            Phase::Talking | Phase::Held => self.talks(reading, kind),
            Phase::Connecting => {}
            Phase::WrapUp | Phase::Over if is_new => self.ends(before, reading, phase, kind),
            Phase::WrapUp | Phase::Over => {}
        }
        if is_new {
            self.phase = Some(phase);
            self.since = self.began(reading, phase);
        }
        self.others_left |= phase.is_live() && self.answered_at.is_some() && {
            let left = reading.initial().is_some_and(|one| !one.is_active());
            left || reading.others().next().is_none()
        };
    }

    /// When the phase began: a contact that talks knows when it was connected, not when it was held.
    fn began(&self, reading: &ContactReading, phase: Phase) -> Millis {
        let talks = matches!(phase, Phase::Held | Phase::Talking) && reading.state == "connected";
        let others = reading.others().map(|one| one.since);
        let last = others.max().filter(|_| talks);
        last.map_or(reading.since, |last| last.max(reading.since))
    }

    fn talks(&mut self, reading: &ContactReading, kind: Kind) {
        let customer = reading.initial().filter(|_| kind.is_voice());
        let there = customer.is_none_or(|one| one.is_connected() || one.is_held());
        if there && self.answered_at.is_none() {
            // The customer of an inbound call was connected before the agent was.
            let answered = customer.map_or(reading.since, |one| one.since);
            self.answered_at = Some(answered.max(reading.since));
            self.outcome = Some(Outcome::Answered);
        }
    }

    fn ends(
        &mut self,
        before: Option<&ContactReading>,
        reading: &ContactReading,
        phase: Phase,
        kind: Kind,
    ) {
        self.ended_at = Some(reading.since);
        self.ended_by = Some(match () {
            () if self.hung_up || self.rejected => EndedBy::Agent,
            () if self.others_left || customer_left_first(reading) => EndedBy::Other,
            () => EndedBy::Unknown,
        });
        if self.outcome == Some(Outcome::Answered) {
            return;
        }
        // Seen for the first time when it was over already: `ended` is said of no contact that came to nothing.
        if phase == Phase::WrapUp && before.is_none() {
            self.outcome = Some(Outcome::Answered);
            return;
        }
        // One that the agent has to accept first may come to nothing before anybody was called.
        let asked = kind == Kind::Callback || reading.initiation == PREVIEW;
        let outbound = is_outbound(reading, kind) && (!asked || self.accepted);
        let caller_left = reading.initial().is_some_and(|one| !one.is_active());
        self.outcome = Some(match () {
            () if self.rejected => Outcome::Rejected,
            () if self.no_audio => Outcome::NoAudio,
            () if outbound => Outcome::NoAnswer,
            () if reading.state == "missed" => Outcome::Missed,
            () if caller_left => Outcome::CallerLeft,
            () if reading.state == "rejected" => Outcome::Rejected,
            () if phase == Phase::WrapUp => Outcome::Failed,
            () => Outcome::Missed,
        });
        if self.outcome == Some(Outcome::CallerLeft) {
            self.ended_by = Some(EndedBy::Other);
        }
    }

    /// The next new connection is whom we have dialled.
    fn name_the_dialled(&mut self, before: Option<&ContactReading>, reading: &ContactReading) {
        let known = |one: &&Connection| {
            let before = before.map_or(&[][..], |before| &before.connections);
            before.iter().any(|other| other.id == one.id)
        };
        let mut new = reading.others().filter(|one| !one.initial && !known(one));
        if self.dialled.is_some()
            && let Some(one) = new.find(|one| !one.is_monitor())
            && let Some(label) = self.dialled.take()
        {
            self.labels.push((one.id.clone(), label));
        }
    }

    /// What somebody is called. Never what Amazon says in place of a number.
    pub(crate) fn label_of(&self, one: &Connection) -> Private<String> {
        let ours = self.labels.iter().find(|(id, _)| *id == one.id);
        let name = ours.map(|(_, label)| label).or(one.quick_connect.as_ref());
        let name = name.map(|name| Private::new(name.clone()));
        let known = name.or_else(|| one.name.clone());
        let known = known.or_else(|| one.dialled().cloned());
        known.unwrap_or_else(|| Private::new(String::new()))
    }
}

/// Whether the customer is called.
fn is_outbound(reading: &ContactReading, kind: Kind) -> bool {
    match kind {
        Kind::Call => Direction::of(reading, kind) != Direction::Inbound,
        Kind::Callback => !reading.initiation.starts_with("callback_customer_first"),
        Kind::Chat | Kind::Task | Kind::Email | Kind::Other => false,
    }
}

/// Whether the customer was gone before the agent.
fn customer_left_first(reading: &ContactReading) -> bool {
    let (Some(customer), Some(own)) = (reading.initial(), reading.own()) else {
        return false;
    };
    !customer.is_active() && (own.is_active() || customer.since < own.since)
}
