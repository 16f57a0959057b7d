//! A CCP whose page goes without our doing: after a 401 to a command it reloads itself, or leaves for its login
//! page (Streams 2.28.2, connect-streams.js, `_handleAuthorizeFail`). A call that it carried has lost its audio.

use super::link::{Link, PageLoad};
use crate::agent::Contacts;
use crate::phone::machine::Phone;
use crate::phone::status::Phase;
use crate::phone::timeline::TimelineEvent;
use crate::time::Millis;

/// Whether this page has the audio of the call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum CallAudio {
    /// It has, or there is no call.
    #[default]
    Here,
    /// The page with the call went; whether the call still stands, the next one will tell.
    Gone,
    /// The call still stands, and its audio went with an earlier page.
    Lost,
}

impl CallAudio {
    /// The audio after the CCP told about its contacts.
    pub(super) fn after(self, contacts: Contacts) -> Self {
        match (self, contacts) {
            (Self::Here, _) | (_, Contacts::None | Contacts::WrapUp) => Self::Here,
            (Self::Gone | Self::Lost, Contacts::Live) => Self::Lost,
        }
    }
}

impl Phone {
    /// A page finished loading in the CCP's frame.
    pub(crate) fn ccp_loaded(&mut self, now: Millis) {
        self.record(now, TimelineEvent::CcpLoaded);
        self.state.cookies.page_loaded(now);
        if self.state.cookies.are_asked_for() || self.state.cookies.are_blocked() {
            return;
        }
        match self.state.ccp.loaded(now) {
            PageLoad::Awaited => self.ccp_loaded_during_sign_out(now),
            PageLoad::Known => {}
            PageLoad::Another => self.ccp_replaced(now),
        }
    }

    fn ccp_replaced(&mut self, now: Millis) {
        match self.state.ccp.link() {
            Link::Alive(_) if self.state.ccp.has_live_contact() => {
                self.state.ccp.call_audio = CallAudio::Lost;
            }
            // It may come back by itself, or be a login page. There is no call in it any more.
            Link::Over if self.phase() == Phase::Expired => {
                self.unloaded(Link::Loaded { at: now });
                self.go_on_without_session(now);
            }
            Link::Alive(_) | Link::Over | Link::Loading { .. } | Link::Loaded { .. } => {}
        }
    }

    /// Connect refused a command, so the CCP is about to reload itself. A new session that is there before
    /// saves it from its login page; the call is not touched.
    pub(super) fn command_refused(&mut self, now: Millis) {
        self.auth_failed(now);
        self.calls.session_refused();
        if self.state.standing.is_ready() {
            self.sign_in_unseen(now);
        }
    }
}
