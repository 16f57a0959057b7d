//! What happens around the CCP: its container comes and goes, and so does the network.

use super::container::Container;
use super::link::Link;
use crate::error::Error;
use crate::microphone::{Fact, Order};
use crate::phone::effect::{Effect, MicrophoneEffect};
use crate::phone::input::Condition;
use crate::phone::machine::Phone;
use crate::phone::standing::Standing;
use crate::phone::status::Phase;
use crate::phone::timeline::TimelineEvent;
use crate::sign_in::attempt::Attempt;
use crate::time::Millis;

impl Phone {
    /// The container left the document, and the CCP with it.
    pub(crate) fn container_removed(&mut self, now: Millis) {
        if self.state.container.is_removed() {
            return;
        }
        self.record(now, TimelineEvent::Container { present: false });
        let signed_out = match self.state.standing {
            Standing::SignedOut { idp_signed_out } => Some(idp_signed_out),
            Standing::Opening { .. }
            | Standing::SignInNeeded { .. }
            | Standing::SigningIn { .. }
            | Standing::Ready { .. }
            | Standing::Expired
            | Standing::Failed { .. }
            | Standing::Closed => None,
        };
        let live = self.state.ccp.has_live_contact();
        self.state.container = Container::Removed { signed_out, live };
        self.abort_sign_out(&Error::ContainerRemoved);
        self.state.retry.cancel();
        self.unloaded(Link::Over);
        self.fail(now, Error::ContainerRemoved);
    }

    /// The container is in the document again.
    pub(crate) fn container_back(&mut self, now: Millis) {
        let Container::Removed { signed_out, live } = self.state.container else {
            return;
        };
        self.record(now, TimelineEvent::Container { present: true });
        self.state.container = Container::Detached;
        match signed_out {
            // Moving the container must not sign anyone in.
            Some(idp_signed_out) => {
                self.order(Effect::PutBack); // It may have been emptied meanwhile.
                self.stand(now, Standing::SignedOut { idp_signed_out });
            }
            None => self.open_anew(now, live.then_some(Error::CallAudioLost { removed: true })),
        }
    }

    /// The frame was moved within the document, and has another window.
    pub(super) fn ccp_detached(&mut self, now: Millis) {
        if self.state.container.is_removed() {
            return;
        }
        let live = self.state.ccp.has_live_contact();
        self.state.container = Container::Detached;
        if matches!(self.phase(), Phase::SignedOut | Phase::Failed) {
            self.unloaded(Link::Over); // It is rebuilt as soon as it is needed.
            return;
        }
        self.open_anew(now, live.then_some(Error::CallAudioLost { removed: true }));
    }

    /// The page took what is the phone's out of the container: a frame that goes loses its page.
    pub(crate) fn container_emptied(&mut self, now: Millis) {
        if self.state.container.is_removed() {
            return;
        }
        self.record(now, TimelineEvent::Container { present: false });
        let live = self.state.ccp.has_live_contact();
        let may = self.state.emptied.again(now);
        self.state.container = Container::Detached;
        if matches!(self.phase(), Phase::SignedOut | Phase::Failed) {
            self.unloaded(Link::Over);
            if may {
                self.order(Effect::PutBack);
            }
        } else if may {
            let why = if live {
                Error::CallAudioLost { removed: true }
            } else {
                Error::ContainerRemoved
            };
            self.open_anew(now, Some(why));
        } else {
            self.abort_sign_out(&Error::ContainerRemoved);
            self.unloaded(Link::Over);
            self.fail(now, Error::ContainerRemoved);
        }
    }

    /// Builds the CCP anew where the old one has lost its window, and whatever call was in it with that.
    pub(crate) fn open_anew(&mut self, now: Millis, why: Option<Error>) {
        self.drop_attempt();
        self.rebuild(now);
        self.stand_opening(now, None, why);
    }

    /// A condition began or ended.
    pub(crate) fn condition_changed(&mut self, now: Millis, condition: Condition) {
        match condition {
            Condition::Offline => {
                if self.state.conditions.set_offline(true) {
                    self.record(now, TimelineEvent::Network { online: false });
                    self.state.retry.cancel();
                }
            }
            Condition::Online => {
                if self.state.conditions.set_offline(false) {
                    self.record(now, TimelineEvent::Network { online: true });
                    self.back_online(now);
                }
            }
            Condition::SocketLost => {
                if self.state.conditions.socket_lost(now) {
                    self.record(now, TimelineEvent::Socket { connected: false });
                }
            }
            Condition::SocketRestored => {
                if self.state.conditions.socket_restored() {
                    self.record(now, TimelineEvent::Socket { connected: true });
                }
            }
        }
    }

    /// Something happened to the microphone.
    pub(crate) fn microphone_told(&mut self, now: Millis, fact: Fact) {
        let watched = self.state.microphone_watched;
        match self.state.conditions.microphone(fact) {
            Some(Order::Check) if watched => self.order(MicrophoneEffect::Check),
            Some(Order::Open) if watched => self.order(MicrophoneEffect::Open),
            Some(Order::Tell(wrong)) => {
                let code = wrong.as_ref().map_or("", Error::code);
                self.record(now, TimelineEvent::Microphone(code));
            }
            Some(Order::Check | Order::Open) | None => {}
        }
    }

    /// The microphone hears of contacts: one that goes during a contact is lost, not missing.
    pub(crate) fn tell_microphone(&mut self, now: Millis) {
        let live = self.state.ccp.has_live_contact();
        self.microphone_told(now, Fact::Contact { live });
    }

    /// The network is back: what was given up for want of it goes on.
    fn back_online(&mut self, now: Millis) {
        self.state.retry.start_afresh();
        let attempt = self.state.attempt();
        let stuck = attempt.is_some_and(Attempt::is_stuck);
        let framed = attempt.is_some_and(Attempt::has_only_a_frame);
        if self.phase() == Phase::SigningIn && (stuck || framed) {
            // What is in the frame by now is the browser's own error page, which stays.
            self.drop_attempt();
            self.start_attempt(now);
        } else if stuck {
            self.start_when_locked(now);
        }
        match self.phase() {
            Phase::Ready if self.state.ccp.is_loading() => self.reload(now),
            Phase::Ready => {
                self.expect_data(now);
                self.probe_soon(now);
            }
            // One that has answered goes on with the agent's data.
            Phase::Opening if self.state.ccp.is_alive() => {}
            Phase::Opening if self.state.activity_is_idle() => self.reload(now),
            Phase::SignInNeeded | Phase::Expired | Phase::Failed => self.retry_soon(now),
            Phase::Opening | Phase::SigningIn | Phase::SignedOut | Phase::Closed => {}
        }
    }
}
