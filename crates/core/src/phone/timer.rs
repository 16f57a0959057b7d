//! Everything that the phone waits for: one table of timers.

/// What the phone may wait for, in the order in which timers that are due together run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// The CCP has loaded, or should have, and does not answer: there is no session.
    CcpSilent,
    /// The CCP has loaded and takes longer to answer than it usually does.
    CcpSlow,
    /// Connect refused the session and has not taken that back.
    Refused,
    /// The CCP answers, and the agent's data does not arrive.
    AgentSilent,
    /// The CCP, or Connect behind it, does not answer what it was asked.
    Unanswered,
    /// No newer data of the agent have come for a while.
    DataOld,
    /// The CCP's worker had the time to end, so the CCP is loaded again.
    WorkerGone,
    /// The end of the session is announced.
    Warning,
    /// A new session is begun before the old one ends.
    Renewal,
    /// The session must be over.
    SessionOver,
    /// Connect announced a logout for inactivity, and said nothing more.
    Inactive,
    /// Nobody said whether reported activity was taken.
    ActivityAnswer,
    /// Connect's `WebSocket` stayed lost.
    SocketLost,
    /// The CCP has said nothing for a while.
    Watchdog,
    /// A step of signing out counts as done.
    SignOutStep,
    /// Sign-in came back, and the CCP does not answer.
    Returned,
    /// The host has not answered with an SSO Login URL.
    SsoUrl,
    /// The sign-in frame is checked, or given up.
    Frame,
    /// The sign-in window is checked, or late.
    Window,
    /// The page has not navigated away.
    Redirect,
    /// Another tab has been signing in for long enough.
    LockWait,
    /// Amazon's page for the CCP's cookies does not tell, or the agent does not allow them.
    Cookies,
    /// The next way starts beside the one that is being tried.
    NextWay,
    /// Something is tried again.
    Retry,
}

impl Timer {
    /// All of them, in their order.
    pub const ALL: [Self; 24] = [
        Self::CcpSilent,
        Self::CcpSlow,
        Self::Refused,
        Self::AgentSilent,
        Self::Unanswered,
        Self::DataOld,
        Self::WorkerGone,
        Self::Warning,
        Self::Renewal,
        Self::SessionOver,
        Self::Inactive,
        Self::ActivityAnswer,
        Self::SocketLost,
        Self::Watchdog,
        Self::SignOutStep,
        Self::Returned,
        Self::SsoUrl,
        Self::Frame,
        Self::Window,
        Self::Redirect,
        Self::LockWait,
        Self::Cookies,
        Self::NextWay,
        Self::Retry,
    ];

    /// The name that `timeline()` shows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CcpSilent => "ccpSilent",
            Self::CcpSlow => "ccpSlow",
            Self::Refused => "refused",
            Self::AgentSilent => "agentSilent",
            Self::Unanswered => "unanswered",
            Self::DataOld => "dataOld",
            Self::WorkerGone => "workerGone",
            Self::Warning => "warning",
            Self::Renewal => "renewal",
            Self::SessionOver => "sessionOver",
            Self::Inactive => "inactive",
            Self::ActivityAnswer => "activityAnswer",
            Self::SocketLost => "socketLost",
            Self::Watchdog => "watchdog",
            Self::SignOutStep => "signOutStep",
            Self::Returned => "returned",
            Self::SsoUrl => "ssoUrl",
            Self::Frame => "frame",
            Self::Window => "window",
            Self::Redirect => "redirect",
            Self::LockWait => "lockWait",
            Self::Cookies => "cookies",
            Self::NextWay => "nextWay",
            Self::Retry => "retry",
        }
    }

    /// Whether it says anything that the events around it do not. The others tick along while all is
    /// well, or are followed by an event of their own.
    pub(super) const fn is_telling(self) -> bool {
        match self {
            Self::CcpSilent
            | Self::CcpSlow
            | Self::Refused
            | Self::AgentSilent
            | Self::Unanswered
            | Self::DataOld
            | Self::SessionOver
            | Self::Inactive
            | Self::ActivityAnswer
            | Self::SocketLost
            | Self::Returned
            | Self::SsoUrl
            | Self::Cookies
            | Self::Redirect => true,
            Self::WorkerGone
            | Self::Warning
            | Self::Renewal
            | Self::Watchdog
            | Self::SignOutStep
            | Self::Frame
            | Self::Window
            | Self::LockWait
            | Self::NextWay
            | Self::Retry => false,
        }
    }
}
