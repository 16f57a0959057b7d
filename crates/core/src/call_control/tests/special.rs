//! Previews of campaigns, supervisors, and what Amazon does to the agent's voice.

use super::*;
use crate::agent::VoiceEnhancement;
use crate::call_control::contact::{Direction, Outcome as Became, Preview};
use crate::call_control::reading::Connection;
use crate::testing::test;

/// A customer of a campaign whom the agent looks at.
fn previewing(can_discard: bool) -> (Story, String) {
    let mut story = Story::new();
    story.can_discard = can_discard;
    let id = story.amazon.previews();
    story.snapshot();
    assert_eq!(story.phase(&id), Phase::Offered);
    let accepted = story.act(&id, Act::Accept);
    story.expect_done(accepted);
    (story, id)
}

#[test]
fn a_customer_of_a_campaign_is_looked_at_and_called() {
    let (mut story, id) = previewing(true);
    let contact = story.contact(&id);
    let preview = Preview {
        dials_at: Some(START + Span::secs(30)),
        can_discard: true,
    };
    assert_eq!(contact.preview, Some(preview));
    assert_eq!(contact.phase, Phase::Connecting);
    assert_eq!(contact.direction, Direction::Outbound);
    assert!(!story.can(&id, Control::HangUp), "it is discarded");
    let dialled = story.act(&id, Act::DialPreview);
    story.expect_done(dialled);
    assert_eq!(story.contact(&id).preview, None);
    assert!(!story.can(&id, Control::DialPreview));
    assert!(story.can(&id, Control::HangUp));
    story.amazon.answers(&id);
    story.snapshot();
    assert_eq!(story.phase(&id), Phase::Talking);
    story.amazon.leaves(&id, |_| true);
    story.snapshot();
    assert_eq!(story.contact(&id).preview, None, "it is over");
}

#[test]
fn a_customer_of_a_campaign_is_let_be() {
    let (mut story, id) = previewing(true);
    let discarded = story.act(&id, Act::DiscardPreview);
    story.expect_done(discarded);
    assert_eq!(story.phase(&id), Phase::WrapUp);
}

#[test]
fn a_customer_who_has_to_be_called_cannot_be_let_be() {
    let (mut story, id) = previewing(false);
    let rules = &story.contact(&id).rules;
    let why = rules.reason(Control::DiscardPreview);
    assert_eq!(why, Some("This customer has to be called."));
    let discarded = story.act(&id, Act::DiscardPreview);
    story.expect_error(discarded, "NOT_POSSIBLE_NOW");
}

#[test]
fn a_campaigns_customer_whom_amazon_calls_by_itself_is_no_preview_any_more() {
    let (mut story, id) = previewing(true);
    let (amazon, at) = (&mut story.amazon, id.clone());
    amazon.ask(&Order::EngagePreview(at));
    story.snapshot();
    assert_eq!(story.contact(&id).preview, None);
    let dialled = story.act(&id, Act::DialPreview);
    story.expect_error(dialled, "NOT_POSSIBLE_NOW");
}

#[test]
fn a_preview_that_the_agent_did_not_take_was_missed() {
    let mut story = Story::new();
    let id = story.amazon.previews();
    story.snapshot();
    story.amazon.ends(&id);
    story.snapshot();
    assert_eq!(story.contact(&id).outcome, Some(Became::Missed));
}

#[test]
fn a_new_ccp_is_asked_again_about_a_preview_that_nobody_told_of() {
    let mut story = Story::new();
    let id = story.amazon.previews();
    story.amazon.ask(&Order::Accept(id.clone()));
    let mut silent = story.clone();
    let fact = |story: &Story| {
        CallFact::Snapshot(Reading {
            username: story.agent.username.clone(),
            contacts: story.amazon.contacts.clone(),
        })
    };
    let asks = |story: &mut Story| {
        story.control.told(story.now, fact(story));
        let mut control = std::mem::take(&mut story.control);
        control.step(story.now, &story.around());
        story.control = control;
        let effects = story.control.take_effects();
        effects
            .iter()
            .any(|effect| matches!(effect, CallEffect::AskPreview(_)))
    };
    assert!(asks(&mut silent));
    assert!(!asks(&mut silent), "once");
    silent.control.disconnected();
    assert!(asks(&mut silent));
    story.snapshot();
    story.control.disconnected();
    assert!(!asks(&mut story), "it is known");
}

#[test]
fn a_supervisor_listens_barges_in_and_listens_again() {
    let mut story = Story::new();
    let id = story.amazon.supervises();
    story.snapshot();
    let mode = |story: &Story| story.contact(&id).monitoring;
    assert_eq!(mode(&story), Some(Monitoring::SilentMonitor));
    assert!(!story.can(&id, Control::Monitor));
    assert!(!story.can(&id, Control::Mute), "nobody hears them");
    let barged = story.act(&id, Act::Monitor(Monitoring::Barge));
    story.expect_done(barged);
    assert_eq!(mode(&story), Some(Monitoring::Barge));
    assert!(story.can(&id, Control::Mute));
    let again = story.act(&id, Act::Monitor(Monitoring::Barge));
    story.expect_done(again);
    let back = story.act(&id, Act::Monitor(Monitoring::SilentMonitor));
    story.expect_done(back);
    assert_eq!(mode(&story), Some(Monitoring::SilentMonitor));
    let left = story.act(&id, Act::HangUp);
    story.expect_done(left);
    assert_eq!(mode(&story), None);
}

#[test]
fn a_supervisor_who_may_only_listen_cannot_barge_in() {
    let mut story = Story::new();
    let id = story.amazon.supervises();
    story.amazon.of(&id).connections[0].may_be = vec![Monitoring::SilentMonitor];
    story.snapshot();
    let barged = story.act(&id, Act::Monitor(Monitoring::Barge));
    story.expect_error(barged, "NOT_POSSIBLE_NOW");
}

#[test]
fn an_agent_whose_call_a_supervisor_is_on_does_not_monitor() {
    let (mut story, id) = Story::talking();
    let mut supervisor = story.amazon.party("monitoring", "barge", "");
    supervisor.monitoring = Some(Monitoring::Barge);
    story.amazon.of(&id).connections.push(supervisor);
    story.snapshot();
    assert_eq!(story.contact(&id).monitoring, None);
    assert!(!story.can(&id, Control::Monitor));
    assert_eq!(story.contact(&id).participants.len(), 3);
    let barged = story.act(&id, Act::Monitor(Monitoring::Barge));
    story.expect_error(barged, "NOT_POSSIBLE_NOW");
}

#[test]
fn the_agents_voice_is_enhanced_once_the_ccp_says_so() {
    let enhance = || Command::EnhanceVoice(VoiceEnhancement::VoiceIsolation);
    let mut story = Story::new();
    story.amazon.mode = Mode::Idle;
    let late = story.ask(enhance());
    story.expect_pending(late);
    story.advance(Span::secs(10));
    story.expect_error(late, "COMMAND_TIMEOUT");
    story.amazon.mode = Mode::Refuses;
    let refused = story.ask(enhance());
    story.advance(Span::secs(2));
    story.expect_error(refused, "COMMAND_REFUSED");
    story.amazon.mode = Mode::Works;
    let done = story.ask(enhance());
    story.expect_done(done);
    let asked = story.orders.len();
    let again = story.ask(enhance());
    story.expect_done(again);
    assert_eq!(story.orders.len(), asked, "it is so already");
}

#[test]
fn a_preview_without_a_customers_connection_is_one() {
    let (mut story, id) = previewing(true);
    story
        .amazon
        .of(&id)
        .connections
        .retain(Connection::is_agent);
    story.snapshot();
    assert_eq!(story.phase(&id), Phase::Connecting);
    assert!(story.can(&id, Control::DialPreview));
}

#[test]
fn a_supervisor_leaves_a_call_of_several_by_hanging_up() {
    let mut story = Story::new();
    let id = story.amazon.supervises();
    for kind in ["inbound", "outbound"] {
        let other = story.amazon.party(kind, "connected", "+12065550199");
        story.amazon.of(&id).connections.push(other);
    }
    story.snapshot();
    assert!(story.can(&id, Control::HangUp));
    assert!(!story.can(&id, Control::SendDigits));
    assert!(
        story
            .contact(&id)
            .rules
            .reason(Control::SendDigits)
            .is_none()
    );
    let parties = &story.contact(&id).participants;
    assert!(parties.iter().all(|one| one.rules.can.is_empty()));
}
