//! A shift start: 100,000 agents open their pages within five minutes, and for the first three the identity provider is
//! down. Ours, the session that ships, beside Amazon Connect Streams' own timers; figures of a model, not of a network.
//!
//! `cargo run --release --example shift_start`

mod floor;
mod ours;
mod streams;

use softphone_core::jitter::Jitter;
use softphone_core::time::{Millis, Span};

use floor::Floor;
use ours::People;

/// When the shift starts.
const START: Millis = Millis::new(1_700_000_000_000);
/// Within which time everybody opens the page.
const ARRIVALS: Span = Span::secs(5 * 60);
/// How long the identity provider is down from the start.
const DOWN: Span = Span::secs(3 * 60);
/// How long it takes to answer, up or not.
const IDP: Span = Span::millis(300);
/// How long Connect takes for a page.
const CONNECT: Span = Span::millis(200);
/// Who is not ready by then counts as never ready.
const END: Span = Span::secs(30 * 60);
const AGENTS: usize = 100_000;

fn main() {
    let agents = std::env::args().nth(1);
    let agents = agents.map_or(AGENTS, |text| text.parse().expect("a number of agents"));
    println!(
        "{agents} agents within {} s, identity provider down for the first {} s\n",
        ARRIVALS.get() / 1000,
        DOWN.get() / 1000
    );
    row(
        "",
        [
            "IdP", "Connect", "IdP", "Connect", "99 %", "wait s", "wait s",
        ],
    );
    row(
        "",
        [
            "peak /s", "peak /s", "in all", "in all", "ready s", "half", "99 %",
        ],
    );
    for (name, mut floor) in [
        ("ours, windows blocked", ours::run(agents, People::Click)),
        ("ours, windows allowed", ours::run(agents, People::Allow)),
        (
            "ours, blocked, nobody clicks",
            ours::run(agents, People::Wait),
        ),
        (
            "plain Streams, windows blocked",
            streams::run(agents, false),
        ),
        ("plain Streams, windows allowed", streams::run(agents, true)),
    ] {
        let never = || "never".to_owned();
        let ready = floor
            .ready_at(99)
            .map_or_else(never, |second| second.to_string());
        let [half, most] = [50, 99].map(|share| {
            let wait = floor.wait(share);
            wait.map_or_else(never, |wait| {
                format!("{}.{}", wait / 1000, wait % 1000 / 100)
            })
        });
        row(
            name,
            [
                &Floor::peak(&floor.idp).to_string(),
                &Floor::peak(&floor.connect).to_string(),
                &Floor::total(&floor.idp).to_string(),
                &Floor::total(&floor.connect).to_string(),
                &ready,
                &half,
                &most,
            ],
        );
    }
    println!(
        "\nReady: seconds from the start of the shift, whose last agent comes after {}.\n\
         Wait: from the page's start, or from the identity provider's return if that was later.",
        ARRIVALS.get() / 1000
    );
}

fn row(name: &str, cells: [&str; 7]) {
    print!("{name:<32}");
    for cell in cells {
        print!(" {cell:>9}");
    }
    println!();
}

/// When each agent opens the page.
fn arrivals(agents: usize, chance: &mut Jitter) -> Vec<Millis> {
    (0..agents)
        .map(|_| START + chance.within(ARRIVALS))
        .collect()
}

/// How long a person takes to do something, from `least` to `most` seconds.
fn person(chance: &mut Jitter, least: u64, most: u64) -> Span {
    Span::secs(least).plus(chance.within(Span::secs(most - least)))
}

fn idp_is_up(at: Millis) -> bool {
    at >= START + DOWN
}
