//! The CCP in its frame: from loading to the end of its session.

use super::freshness::Freshness;
use super::identity::Identity;
use super::replaced::CallAudio;
use super::softphone::SoftphoneState;
use super::watchdog::Watchdog;
use crate::agent::Contacts;
use crate::error::Error;
use crate::time::{Millis, Span};

/// The CCP, and the contacts that it has told about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Ccp {
    link: Link,
    /// Whether Streams is still loading, so that nothing loads in the frame.
    awaits_streams: bool,
    /// How far the agent's data can be believed.
    pub(crate) identity: Identity,
    pub(crate) softphone: SoftphoneState,
    pub(crate) freshness: Freshness,
    /// Kept beside the link, because a contact may outlive its session.
    contacts: Contacts,
    /// Where the audio of the live contact is.
    pub(crate) call_audio: CallAudio,
    /// Whether to reload the CCP as soon as there is no contact.
    reload_due: bool,
    /// How often it was restarted since the phone was last ready.
    restarts: u8,
}

/// How far the page in the CCP's frame has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Link {
    /// It loads.
    Loading { since: Millis },
    /// A page is there and silent.
    Loaded { at: Millis },
    /// It answers.
    Alive(Alive),
    /// Its session is over; what it still says does not count.
    Over,
}

/// What the load of a page means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageLoad {
    /// It was waited for.
    Awaited,
    /// It is the page that is there.
    Known,
    /// The CCP went to another page by itself.
    Another,
}

/// A CCP that answers, with the deadlines that only such a one has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Alive {
    pub(crate) watchdog: Watchdog,
    /// Whether its page has finished loading; it may answer before.
    loaded: bool,
    /// Until when the agent's data may take.
    pub(crate) agent_due: Option<Millis>,
    /// Until when a refused session may still be accepted.
    pub(crate) refused_until: Option<Millis>,
}

impl Ccp {
    /// A CCP that `initCCP` has just made.
    pub(crate) fn loading(now: Millis) -> Self {
        Self {
            link: Link::Loading { since: now },
            awaits_streams: false,
            identity: Identity::Connected,
            softphone: SoftphoneState::new(),
            freshness: Freshness::default(),
            contacts: Contacts::None,
            call_audio: CallAudio::Here,
            reload_due: false,
            restarts: 0,
        }
    }

    /// `initCCP` has yet to be called.
    pub(crate) const fn await_streams(&mut self) {
        self.awaits_streams = true;
    }

    /// Whether it has yet to be called.
    pub(crate) const fn awaits_streams(&self) -> bool {
        self.awaits_streams
    }

    /// It was called.
    pub(crate) fn made(&mut self, now: Millis) {
        self.awaits_streams = false;
        if let Link::Loading { since } = &mut self.link {
            *since = now;
        }
    }

    /// How far it has come.
    pub(crate) const fn link(&self) -> Link {
        self.link
    }

    /// How busy its contacts keep the agent.
    pub(crate) const fn contacts(&self) -> Contacts {
        self.contacts
    }

    /// Whether somebody rings, is being called, or is on the line.
    pub(crate) fn has_live_contact(&self) -> bool {
        self.contacts == Contacts::Live
    }

    /// Whether a live contact has its audio in the page: replacing that would cut it off.
    pub(crate) fn carries_call(&self) -> bool {
        self.has_live_contact() && self.call_audio == CallAudio::Here
    }

    /// Whether it answers.
    pub(crate) const fn is_alive(&self) -> bool {
        matches!(self.link, Link::Alive(_))
    }

    /// What is wrong with it while the agent is there.
    pub(crate) fn error(&self) -> Option<Error> {
        if self.alive().is_some_and(|alive| alive.watchdog.is_lost()) {
            Some(Error::CcpLost)
        } else if self.freshness.is_told() {
            Some(Error::AgentDataFrozen)
        } else {
            let mute = self.call_audio == CallAudio::Lost;
            mute.then_some(Error::CallAudioLost { removed: false })
        }
    }

    /// Whether its session is over.
    pub(crate) const fn is_over(&self) -> bool {
        matches!(self.link, Link::Over)
    }

    /// Whether it has yet to answer.
    pub(crate) const fn is_loading(&self) -> bool {
        matches!(self.link, Link::Loading { .. } | Link::Loaded { .. })
    }

    /// The CCP that answers.
    pub(crate) const fn alive(&self) -> Option<&Alive> {
        match &self.link {
            Link::Alive(alive) => Some(alive),
            Link::Loading { .. } | Link::Loaded { .. } | Link::Over => None,
        }
    }

    /// The same, to change it.
    pub(crate) const fn alive_mut(&mut self) -> Option<&mut Alive> {
        match &mut self.link {
            Link::Alive(alive) => Some(alive),
            Link::Loading { .. } | Link::Loaded { .. } | Link::Over => None,
        }
    }

    /// A page finished loading.
    pub(crate) const fn loaded(&mut self, now: Millis) -> PageLoad {
        match &mut self.link {
            Link::Loading { .. } => {
                self.link = Link::Loaded { at: now };
                PageLoad::Awaited
            }
            Link::Alive(alive) if !alive.loaded => {
                alive.loaded = true;
                PageLoad::Known
            }
            Link::Loaded { .. } => PageLoad::Known,
            Link::Alive(_) | Link::Over => PageLoad::Another,
        }
    }

    /// How long it took to answer after its load, roughly, if it took long.
    pub(crate) fn answered_late(&self, now: Millis) -> Option<Span> {
        match self.link {
            Link::Loaded { at } if at + PROMPTLY < now => {
                Some(Span::millis((now - at).get().next_multiple_of(100)))
            }
            Link::Loaded { .. } | Link::Loading { .. } | Link::Alive(_) | Link::Over => None,
        }
    }

    /// It answered for the first time: the agent's data is to follow.
    pub(crate) fn answered(&mut self, now: Millis) {
        self.freshness.begin();
        self.link = Link::Alive(Alive {
            watchdog: Watchdog::new(now),
            loaded: matches!(self.link, Link::Loaded { .. }),
            agent_due: Some(now + AGENT_PATIENCE),
            refused_until: None,
        });
    }

    /// Until when an answer to what it was asked may take.
    pub(crate) const fn answer_due(&self) -> Option<Millis> {
        if let (Link::Alive(_), Identity::Asked { until, .. } | Identity::Listening { until, .. }) =
            (&self.link, &self.identity)
        {
            Some(*until)
        } else {
            None
        }
    }

    /// Its contacts keep the agent this busy.
    pub(crate) const fn set_contacts(&mut self, contacts: Contacts) {
        self.contacts = contacts;
    }

    /// What it was waiting for no longer matters.
    pub(crate) const fn stop_waiting(&mut self) {
        if let Some(alive) = self.alive_mut() {
            alive.agent_due = None;
            alive.refused_until = None;
        }
    }

    /// Its session is over. Its contacts stay: they may outlive the session.
    pub(crate) const fn session_over(&mut self) {
        self.link = Link::Over;
        self.freshness.stop();
        self.reload_due = false;
    }

    /// The page in the frame goes, and with it all that was known of it.
    pub(crate) fn unloaded(&mut self, link: Link) {
        if self.has_live_contact() {
            self.call_audio = CallAudio::Gone;
        }
        self.link = link;
        self.softphone.forget();
        self.freshness.begin();
        self.contacts = Contacts::None;
        self.reload_due = false;
    }

    /// Reload it as soon as there is no contact.
    pub(crate) const fn reload_later(&mut self) {
        self.reload_due = true;
    }

    /// Whether it is to be reloaded now that there is no contact.
    pub(crate) fn is_reload_due(&self) -> bool {
        self.reload_due && self.contacts == Contacts::None
    }

    /// Counts a restart; how many there have been since the phone was last ready.
    pub(crate) const fn count_restart(&mut self) -> u8 {
        self.restarts += 1;
        self.restarts
    }

    /// How many restarts there have been since the phone was last ready.
    pub(crate) const fn restarts(&self) -> u8 {
        self.restarts
    }

    /// Restarts are counted afresh.
    pub(crate) const fn forget_restarts(&mut self) {
        self.restarts = 0;
    }

    /// Whether it could have answered by now, so that reloading it interrupts nothing. While sign-in is
    /// under way, a check that comes too early would interrupt the answer that it waits for.
    pub(crate) fn had_its_time(&self, now: Millis) -> bool {
        match self.link {
            Link::Loading { .. } if self.awaits_streams => false,
            Link::Loading { since } => since + CHECK_LOAD <= now,
            Link::Loaded { at } => at + CHECK_ANSWER <= now,
            Link::Alive(_) | Link::Over => true,
        }
    }
}

/// Within which time after its load a CCP answers promptly.
const PROMPTLY: Span = Span::millis(200);
/// How long a CCP that is checked during sign-in may take to load.
const CHECK_LOAD: Span = Span::secs(10);
/// How long it may take to answer then. Elsewhere a loaded CCP gets longer (`ANSWER_PATIENCE` in
/// phone/timers.rs): nothing else depends on that answer there.
const CHECK_ANSWER: Span = Span::millis(1200);
/// How long the agent's data may take once the CCP answers.
const AGENT_PATIENCE: Span = Span::secs(15);
