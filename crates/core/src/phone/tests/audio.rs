//! Where the agent's calls ring and speak.

use super::*;
use crate::audio::{Audio, Softphone};
use crate::testing::test;

/// A phone that has signed in where `softphone` has the role; `None`: nobody says.
fn signed_in(softphone: Option<Softphone>) -> Story {
    let mut story = Story::new(&[sso()]);
    story.browser.softphone = softphone;
    story.returned(1);
    story.effects.clear();
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story
}

fn told(story: &mut Story, softphone: Softphone) {
    story.happens(CcpFact::SoftphoneTold(softphone));
}

#[track_caller]
fn expect_audio(story: &Story, audio: Audio, code: Option<&str>) {
    story.expect(Phase::Ready, code);
    assert_eq!(story.phone.audio(), audio);
}

const ELSEWHERE: Option<&str> = Some("SOFTPHONE_ELSEWHERE");

#[test]
fn a_phone_is_ready_once_it_is_known_where_its_audio_is() {
    let mut story = signed_in(None);
    story.expect_effects(&["ask for the audio"]);
    story.expect(Phase::SigningIn, None);
    assert_eq!(story.phone.audio(), Audio::Unknown);
    story.agent("ada@example.com", "Lunch");
    told(&mut story, Softphone::Here);
    expect_audio(&story, Audio::Here, None);
    assert_eq!(story.phone.agent().expect("an agent").state, "Lunch");
    story.expect_effects(&[]);
}

#[test]
fn an_answer_that_is_late_is_not_waited_for() {
    let mut story = signed_in(None);
    story.advance(Span::millis(299));
    story.expect(Phase::SigningIn, None);
    story.advance(Span::millis(1));
    expect_audio(&story, Audio::Unknown, None);
    told(&mut story, Softphone::Here);
    expect_audio(&story, Audio::Here, None);
    // It is asked at every change, and nobody waits any more.
    story.agent("ada@example.com", "Lunch");
    story.expect_effects(&["ask for the audio", "ask for the audio"]);
}

#[test]
fn the_host_is_told_of_a_snapshot_before_the_audio_is_asked_for() {
    let mut story = signed_in(Some(Softphone::Here));
    let lunch = Agent {
        state: "Lunch".to_owned(),
        ..agent("ada@example.com")
    };
    story.phone.handle(story.now, CcpFact::AgentSeen(lunch));
    let effects: Vec<_> = std::iter::from_fn(|| story.phone.poll()).collect();
    let position = |wanted: fn(&Effect) -> bool| effects.iter().position(wanted);
    let told = position(|effect| matches!(effect, Effect::Tell(News::Agent(_))));
    let asked = position(|effect| matches!(effect, Effect::Ccp(CcpEffect::AskAudio)));
    assert!(told.is_some() && told < asked, "{told:?} {asked:?}");
}

#[test]
fn a_phone_whose_audio_is_in_another_tab_says_so_until_a_click_brings_it_here() {
    fault("audio-elsewhere");
    let mut story = signed_in(Some(Softphone::Elsewhere));
    expect_audio(&story, Audio::Elsewhere, ELSEWHERE);
    assert_eq!(story.button(), Some("Use the phone here"));
    story.happens(PageFact::PromptClicked);
    story.expect_effects(&["take the audio"]);
    told(&mut story, Softphone::Here);
    expect_audio(&story, Audio::Here, None);
    assert_eq!(story.button(), None);

    // The host's own button does the same.
    let mut story = signed_in(Some(Softphone::Elsewhere));
    let ticket = story.ask();
    story.expect_effects(&["take the audio"]);
    story.expect_settled(ticket, None);
}

#[test]
fn nobody_takes_the_audio_while_a_contact_is_live() {
    for softphone in [Softphone::Elsewhere, Softphone::Orphaned] {
        let mut story = signed_in(None);
        story.contact(Contacts::Live);
        story.effects.clear();
        told(&mut story, softphone);
        expect_audio(&story, Audio::Elsewhere, ELSEWHERE);
        assert_eq!(story.button(), None);
        story.ask();
        story.expect_effects(&[]);
        story.contact(Contacts::WrapUp);
        assert_eq!(story.button(), Some("Use the phone here"));
        told(&mut story, softphone);
        let taken = softphone == Softphone::Orphaned;
        assert_eq!(story.effects == ["take the audio"], taken);
    }
}

#[test]
fn audio_that_no_open_tab_has_is_taken_once() {
    fault("unload-off");
    fault("sign-in-window-on-ccp");
    let mut story = signed_in(Some(Softphone::Orphaned));
    expect_audio(&story, Audio::Unknown, None);
    story.expect_effects(&["take the audio"]);
    // It did not help. The agent may still try.
    story.agent("ada@example.com", "Lunch");
    expect_audio(&story, Audio::Elsewhere, ELSEWHERE);
    story.expect_effects(&[]);
    told(&mut story, Softphone::Here);
    // The next time is another time.
    story.browser.softphone = Some(Softphone::Here);
    story.happens(CcpFact::Acknowledged);
    told(&mut story, Softphone::Orphaned);
    story.expect_effects(&["take the audio"]);
}

#[test]
fn when_the_tab_that_had_the_audio_is_closed_it_is_taken() {
    let mut story = signed_in(Some(Softphone::Elsewhere));
    told(&mut story, Softphone::Orphaned);
    story.expect_effects(&["take the audio"]);
    told(&mut story, Softphone::Here);
    expect_audio(&story, Audio::Here, None);
}

#[test]
fn where_nobody_has_the_audio_yet_the_ccp_is_hurried_once() {
    let mut story = signed_in(Some(Softphone::Nobody));
    expect_audio(&story, Audio::Unknown, None);
    story.expect_effects(&["reload the agent"]);
    story.agent("ada@example.com", "Lunch");
    story.expect_effects(&[]);
    told(&mut story, Softphone::Here);
    told(&mut story, Softphone::Nobody);
    expect_audio(&story, Audio::Unknown, None);
    story.expect_effects(&[]);
    // Whoever had it has said good-bye.
    let mut story = signed_in(Some(Softphone::Elsewhere));
    told(&mut story, Softphone::Nobody);
    expect_audio(&story, Audio::Unknown, None);
    story.expect_effects(&["reload the agent"]);
}

#[test]
fn a_phone_that_lost_its_audio_lets_go_of_what_it_speaks_with_when_it_is_idle() {
    let mut story = Story::ready(&[sso()]);
    told(&mut story, Softphone::Elsewhere);
    story.expect(Phase::Ready, None);
    story.expect_effects(&["reload"]);

    let mut story = Story::ready(&[sso()]);
    story.contact(Contacts::Live);
    told(&mut story, Softphone::Elsewhere);
    story.contact(Contacts::WrapUp);
    expect_audio(&story, Audio::Elsewhere, ELSEWHERE);
    story.expect_effects(&[]);
    story.contact(Contacts::None);
    story.expect_effects(&["reload"]);
}

#[test]
fn a_page_that_takes_the_audio_is_alive_and_may_keep_it() {
    let mut story = Story::ready(&[sso()]);
    story.browser.softphone = Some(Softphone::Orphaned);
    story.agent("ada@example.com", "Lunch");
    story.expect_effects(&["reload"]);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Lunch");
    expect_audio(&story, Audio::Elsewhere, ELSEWHERE);
    story.expect_effects(&[]);
    story.happens(PageFact::PromptClicked);
    story.expect_effects(&["take the audio"]);
}

#[test]
fn a_desk_phone_has_its_audio_on_the_desk() {
    let mut story = Story::new(&[sso()]);
    story.returned(1);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.effects.clear();
    let desk = Agent {
        softphone: false,
        ..agent("ada@example.com")
    };
    story.browser.softphone = None;
    story.happens(CcpFact::AgentSeen(desk.clone()));
    expect_audio(&story, Audio::Unknown, None);
    story.expect_effects(&[]);
    // They change it during the day, and back.
    story.browser.softphone = Some(Softphone::Elsewhere);
    story.happens(CcpFact::AgentSeen(agent("ada@example.com")));
    expect_audio(&story, Audio::Elsewhere, ELSEWHERE);
    story.happens(CcpFact::AgentSeen(desk));
    expect_audio(&story, Audio::Unknown, None);
}
