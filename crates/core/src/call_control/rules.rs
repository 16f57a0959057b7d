//! What can be done with a contact, and why not: one table.

use super::contact::{Context, Kind, Monitoring, Phase, Preview, names};
use super::reading::{Connection, ContactReading};

names! {
    /// What can be done with a contact.
    Control {
        /// Take it.
        Accept = "accept",
        /// Do not take it.
        Reject = "reject",
        /// End it.
        HangUp = "hangUp",
        /// Put everybody else on hold.
        Hold = "hold",
        /// Take everybody else off hold.
        Resume = "resume",
        /// Mute the agent.
        Mute = "mute",
        /// Let the agent be heard again.
        Unmute = "unmute",
        /// Send tones.
        SendDigits = "sendDigits",
        /// Call somebody about it.
        Consult = "consult",
        /// Hand it over.
        Transfer = "transfer",
        /// Let everybody talk with everybody.
        Conference = "conference",
        /// Talk with whoever is on hold, and put the other one there.
        Swap = "swap",
        /// Leave it to the others.
        Leave = "leave",
        /// Clear it away.
        Finish = "finish",
        /// Listen to somebody else's call without a word.
        Monitor = "monitor",
        /// Talk on it, too.
        BargeIn = "bargeIn",
        /// Call the customer whom the agent has looked at.
        DialPreview = "dialPreview",
        /// Do not call them.
        DiscardPreview = "discardPreview",
        /// Report an issue with it to Amazon.
        ReportIssue = "reportIssue",
    }
}

names! {
    /// What can be done about somebody on a contact.
    PartyControl {
        /// Disconnect them.
        Remove = "remove",
        /// Put them on hold.
        Hold = "hold",
        /// Take them off hold.
        Resume = "resume",
        /// Mute them.
        Mute = "mute",
        /// Let them be heard again.
        Unmute = "unmute",
    }
}

/// What is possible, and why the rest that belongs there is not. What is in neither has no place there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rules<C> {
    /// What is possible.
    pub can: Vec<C>,
    /// What is not, and why: a sentence for the agent.
    pub cannot: Vec<(C, &'static str)>,
}

impl<C> Default for Rules<C> {
    fn default() -> Self {
        Self {
            can: Vec::new(),
            cannot: Vec::new(),
        }
    }
}

impl<C: Copy + PartialEq> Rules<C> {
    /// Whether it is possible.
    pub fn allows(&self, control: C) -> bool {
        self.can.contains(&control)
    }

    /// Why it is not possible, if it belongs there.
    pub fn reason(&self, control: C) -> Option<&'static str> {
        let mut all = self.cannot.iter();
        all.find(|(other, _)| *other == control)
            .map(|(_, why)| *why)
    }
}

/// All that the rules ask of a contact.
pub(crate) struct Situation<'a> {
    kind: Kind,
    phase: Phase,
    multi_party: bool,
    monitoring: Option<Monitoring>,
    may_be: &'a [Monitoring],
    /// While nobody has called the customer; what is known of that.
    preview: Option<Option<Preview>>,
    muted: Option<bool>,
    /// Of the others, supervisors left out.
    connected: usize,
    held: usize,
    joining: usize,
    off: Option<&'static str>,
    under_way: &'a [Control],
}

/// What a rule says.
enum Rule {
    /// It has no place there.
    Absent,
    Off(&'static str),
    On,
}

use Rule::{Absent, Off, On};

/// On, or without a place there.
const fn on_if(on: bool) -> Rule {
    if on { On } else { Absent }
}

impl<'a> Situation<'a> {
    pub(crate) fn new(
        reading: &'a ContactReading,
        kind: Kind,
        phase: Phase,
        muted: Option<bool>,
        context: &Context<'a>,
    ) -> Self {
        let others = || reading.others().filter(|one| !one.is_monitor());
        Self {
            kind,
            phase,
            multi_party: reading.multi_party,
            monitoring: reading.monitoring(),
            may_be: reading.own().map_or(&[], |own| &own.may_be),
            preview: reading.is_preview().then_some(context.memory.preview),
            muted,
            connected: others().filter(|one| one.is_connected()).count(),
            held: others().filter(|one| one.is_held()).count(),
            joining: others().filter(|one| one.is_joining()).count(),
            off: context.off,
            under_way: context.under_way,
        }
    }

    fn others(&self) -> usize {
        self.connected + self.held + self.joining
    }

    /// How many there may be besides the agent (Administrator Guide, "Multi-party calls": six in all).
    const fn most(&self) -> usize {
        if self.multi_party { 5 } else { 2 }
    }

    /// What can be done with the contact.
    pub(crate) fn rules(&self) -> Rules<Control> {
        let mut rules = Rules::default();
        for control in Control::ALL {
            let under_way = self.under_way.contains(control);
            match self.rule(*control) {
                Absent => {}
                Off(why) => rules.cannot.push((*control, why)),
                On => match self.off {
                    Some(why) => rules.cannot.push((*control, why)),
                    None if under_way => rules.cannot.push((*control, "This is under way.")),
                    None => rules.can.push(*control),
                },
            }
        }
        rules
    }

    /// What can be done about somebody on it.
    pub(crate) fn rules_of(&self, one: &Connection) -> Rules<PartyControl> {
        let mut rules = Rules::default();
        for control in PartyControl::ALL {
            match (self.party_rule(*control, one), self.off) {
                (Absent, _) => {}
                (Off(why), _) | (On, Some(why)) => rules.cannot.push((*control, why)),
                (On, None) => rules.can.push(*control),
            }
        }
        rules
    }

    fn rule(&self, control: Control) -> Rule {
        let talks = matches!(self.phase, Phase::Talking | Phase::Held);
        let on_call = talks && self.kind.is_voice();
        match control {
            Control::Accept | Control::Reject => on_if(self.phase == Phase::Offered),
            Control::HangUp => match self.phase {
                Phase::Offered | Phase::WrapUp | Phase::Over => Absent,
                // A supervisor leaves, and the others go on.
                _ if self.monitoring.is_some() => On,
                _ if self.preview.is_some() => Absent,
                _ if self.others() > 1 => Off("Others are on the call: leave it, or remove them."),
                Phase::Connecting | Phase::Talking | Phase::Held => On,
            },
            Control::Finish => on_if(!self.phase.is_live()),
            Control::ReportIssue => {
                let begun = !matches!(self.phase, Phase::Offered | Phase::Over);
                on_if(begun && self.kind.is_voice())
            }
            Control::DialPreview => {
                on_if(self.preview.is_some() && self.phase == Phase::Connecting)
            }
            Control::DiscardPreview => match self.preview {
                Some(Some(preview)) if self.phase == Phase::Connecting => match preview {
                    Preview {
                        can_discard: true, ..
                    } => On,
                    Preview { .. } => Off("This customer has to be called."),
                },
                _ => Absent,
            },
            _ if !on_call => Absent,
            Control::Monitor => self.monitors(Monitoring::SilentMonitor),
            Control::BargeIn => self.monitors(Monitoring::Barge),
            // Nobody hears them, and the call is not theirs.
            _ if self.monitoring == Some(Monitoring::SilentMonitor) => Absent,
            Control::Hold => match () {
                () if self.connected > 0 => On,
                () if self.joining > 0 => Off("Nobody has answered yet."),
                () => Absent,
            },
            Control::Resume if self.held > 0 => On,
            Control::Mute if self.muted != Some(true) => On,
            Control::Unmute if self.muted != Some(false) => On,
            Control::SendDigits if self.monitoring.is_some() => Absent,
            Control::SendDigits => match () {
                () if self.connected > 0 => On,
                () => Off("Nobody hears tones now."),
            },
            Control::Consult | Control::Transfer => match () {
                () if self.others() == 0 => Absent,
                () if self.joining > 0 => Off("Somebody is being called already."),
                () if self.others() >= self.most() => Off("The call is full."),
                () => On,
            },
            Control::Conference | Control::Swap | Control::Leave if self.others() < 2 => Absent,
            Control::Conference => match () {
                () if self.joining > 0 => Off("Somebody is still being called."),
                () if self.held == 0 => Off("Everybody is in the conference."),
                () => On,
            },
            Control::Swap => match () {
                () if self.joining > 0 => Off("Somebody is still being called."),
                () if self.held == 1 && self.connected == 1 => On,
                () => Off("Swapping needs one on hold and one who is not."),
            },
            Control::Leave => match () {
                () if self.joining > 0 => Off("Somebody is still being called."),
                () => On,
            },
            Control::Resume | Control::Mute | Control::Unmute => Absent,
        }
    }

    fn monitors(&self, mode: Monitoring) -> Rule {
        let other = self.monitoring.is_some_and(|now| now != mode);
        on_if(other && self.may_be.contains(&mode))
    }

    fn party_rule(&self, control: PartyControl, one: &Connection) -> Rule {
        if one.is_agent()
            || one.is_monitor()
            || !self.kind.is_voice()
            || self.monitoring == Some(Monitoring::SilentMonitor)
            || self.phase == Phase::Offered
        {
            return Absent;
        }
        let alone = self.others() < 2;
        match control {
            PartyControl::Remove => On,
            PartyControl::Hold if one.is_connected() => On,
            PartyControl::Resume if one.is_held() => {
                if self.multi_party || alone || self.connected == 0 {
                    On
                } else {
                    Off("Only one can talk at a time here: swap them, or make it a conference.")
                }
            }
            // Amazon lets agents mute others, and only supervisors unmute them (Streams' issue #693).
            PartyControl::Mute if self.multi_party && one.is_connected() => {
                if one.muted == Some(true) {
                    Off("Already muted.")
                } else {
                    On
                }
            }
            PartyControl::Hold
            | PartyControl::Resume
            | PartyControl::Mute
            | PartyControl::Unmute => Absent,
        }
    }
}
