//! Plain Streams 2.28.2: the CCP loads with initCCP, the popup comes after 5 s, the CCP's frame is replaced after
//! 10, 15 … 55 s, and after 60 s it stops. Then the agent reloads the page, half a minute to a minute later.

use softphone_core::jitter::Jitter;
use softphone_core::time::Span;

use crate::floor::Floor;
use crate::{CONNECT, END, IDP, START, arrivals, idp_is_up, person};

pub(crate) fn run(agents: usize, windows: bool) -> Floor {
    let mut floor = Floor::new(agents);
    let mut chance = Jitter::new(2);
    for arrived in arrivals(agents, &mut chance) {
        let mut opened = arrived;
        // A page without a popup signs nobody in, however often it is loaded.
        'pages: while opened < START + END {
            floor.asks_connect(opened);
            let popup = opened + Span::secs(5);
            let mut signed_in = None;
            if windows {
                floor.asks_idp(popup);
                if idp_is_up(popup) {
                    floor.asks_connect(popup + IDP);
                    signed_in = Some(popup + IDP + CONNECT);
                }
            }
            for seconds in (10..60).step_by(5) {
                let replaced = opened + Span::secs(seconds);
                floor.asks_connect(replaced);
                if signed_in.is_some_and(|at| at <= replaced) {
                    floor.is_ready(replaced + CONNECT, arrived);
                    break 'pages;
                }
            }
            opened = opened + Span::secs(60) + person(&mut chance, 30, 60);
        }
    }
    floor
}
