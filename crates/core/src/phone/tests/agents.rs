//! Whose data the CCP tells: the agent's who signed in, or those of the one before.

use super::*;
use crate::testing::test;

const ADA: &str = "ada@example.com";
const GRACE: &str = "grace@example.com";

fn user(name: &str) -> CcpFact {
    CcpFact::UserTold(Some(Private::new(name.to_owned())))
}

/// A phone that signed in, on a computer whose worker remembers `remembered`.
fn signed_in(expected: Option<&str>, remembered: &str) -> Story {
    let mut fields = vec![sso()];
    fields.extend(expected.map(|name| ("expectedUser", text(name))));
    let mut story = Story::new(&fields);
    story.returned(1);
    story.effects.clear();
    story.remembers(remembered);
    story
}

#[track_caller]
fn expect_user(story: &Story, name: &str) {
    story.expect(Phase::Ready, None);
    let agent = story.phone.agent().expect("an agent");
    assert_eq!(agent.username.reveal(), name);
}

#[test]
fn a_remembered_agent_is_not_believed_before_connect_says_whose_session_it_is() {
    fault("agent-before");
    for expected in [None, Some(GRACE)] {
        let mut story = signed_in(expected, ADA);
        story.expect(Phase::SigningIn, None);
        story.expect_effects(&["probe", "ask whose session"]);
        story.happens(user(GRACE));
        story.expect_effects(&["reload the agent"]);
        story.agent(ADA, "Offline"); // A snapshot of hers, under a configuration that is still his.
        story.expect(Phase::SigningIn, None);
        story.agent(GRACE, "Offline");
        expect_user(&story, GRACE);
        story.expect_effects(&[]);
    }
}

#[test]
fn a_remembered_agent_who_signed_in_is_there_with_the_answer() {
    for expected in [None, Some(ADA)] {
        let mut story = signed_in(expected, ADA);
        story.effects.clear();
        story.agent(ADA, "Lunch");
        story.expect(Phase::SigningIn, None);
        story.happens(user(ADA));
        expect_user(&story, ADA);
        assert_eq!(story.phone.agent().expect("an agent").state, "Lunch");
        story.expect_effects(&[]);
        story.happens(user(GRACE)); // Nobody asked.
        expect_user(&story, ADA);
    }
}

#[test]
fn an_agent_who_is_not_expected_is_known_by_the_answer() {
    for remembered in [ADA, GRACE] {
        let mut story = signed_in(Some(GRACE), remembered);
        story.happens(user(ADA));
        story.expect(Phase::Failed, Some("IDENTITY_MISMATCH"));
        assert_eq!(story.effects.last(), Some(&"unload"));
        // The right one signs in, in another tab.
        story.happens(TabsFact::SignedIn);
        story.remembers(ADA);
        story.happens(user(GRACE));
        story.agent(GRACE, "Offline");
        expect_user(&story, GRACE);
    }
}

#[test]
fn a_fresh_worker_is_not_doubted() {
    let mut story = Story::new(&[sso()]);
    story.returned(1);
    story.effects.clear();
    story.signs_in();
    story.expect_effects(&[]);
}

#[test]
fn without_an_answer_whoever_may_be_the_agent_is_the_agent() {
    for told in [true, false] {
        let no_answer = |story: &mut Story| {
            story.effects.clear();
            if told {
                story.happens(CcpFact::UserTold(None));
            } else {
                story.advance(Span::millis(4999));
                story.expect(Phase::SigningIn, None);
                story.advance(Span::millis(1));
            }
            story.expect_effects(&["reload the agent"]);
        };
        let mut story = signed_in(None, ADA);
        no_answer(&mut story);
        expect_user(&story, ADA);
        story.agent(GRACE, "Offline");
        expect_user(&story, GRACE);

        let mut story = signed_in(Some(GRACE), ADA);
        no_answer(&mut story);
        story.expect(Phase::SigningIn, None);
        story.agent(ADA, "Offline");
        story.agent(GRACE, "Offline");
        expect_user(&story, GRACE);

        let mut story = signed_in(Some(GRACE), ADA);
        no_answer(&mut story);
        story.advance(Span::secs(15));
        story.expect(Phase::Failed, Some("AGENT_SILENT"));
    }
}

#[test]
fn a_phone_that_works_notices_that_the_agent_is_another_one() {
    let mut story = Story::ready(&[sso()]);
    story.agent(GRACE, "Offline");
    expect_user(&story, GRACE);

    let mut story = Story::ready(&[sso(), ("expectedUser", text(ADA))]);
    story.agent(GRACE, "Offline");
    story.expect(Phase::Failed, Some("IDENTITY_MISMATCH"));

    // The CCP has reloaded itself.
    let mut story = Story::ready(&[sso(), ("expectedUser", text(ADA))]);
    story.remembers(ADA);
    expect_user(&story, ADA);
    story.happens(user(GRACE));
    story.expect(Phase::Failed, Some("IDENTITY_MISMATCH"));
}

#[test]
fn whoever_signs_out_is_not_asked_for() {
    let mut story = signed_in(None, ADA);
    story.sign_out(SignOutRequest::default());
    story.happens(user(ADA));
    story.advance(Span::secs(30));
    story.expect(Phase::SignedOut, None);
}

#[test]
fn nothing_of_the_agent_before_is_left_when_another_one_is_signed_in() {
    fault("agent-before");
    // The CCP has reloaded itself, into another agent's session.
    let mut story = Story::ready(&[sso()]);
    story.happens(CcpFact::DataSeen(1));
    story.agent(ADA, "Busy");
    story.browser.ccp_answers = false;
    story.happens(CcpFact::Acknowledged);
    story.happens(CcpFact::DataSeen(1));
    story.contact(Contacts::Live);
    story.agent(ADA, "Busy");
    story.happens(user(GRACE));
    story.expect(Phase::Opening, None);
    assert_eq!(story.phone.agent(), None);
    assert!(!story.phone.has_live_contact());
    // Their configuration comes before their state and contacts.
    story.happens(CcpFact::DataSeen(1));
    story.contact(Contacts::Live);
    story.agent(GRACE, "Busy");
    story.expect(Phase::Opening, None);
    assert!(!story.phone.has_live_contact());
    story.happens(CcpFact::DataSeen(2));
    story.contact(Contacts::None);
    story.agent(GRACE, "Offline");
    expect_user(&story, GRACE);

    // A call of their own counts.
    story.happens(CcpFact::DataSeen(3));
    story.contact(Contacts::Live);
    story.agent(ADA, "Busy");
    story.expect(Phase::Opening, None);
    assert!(!story.phone.has_live_contact());
    story.happens(CcpFact::DataSeen(4));
    story.contact(Contacts::Live);
    story.agent(ADA, "Busy");
    expect_user(&story, ADA);
    assert!(story.phone.has_live_contact());
}

#[test]
fn a_call_of_the_agent_before_keeps_nothing_from_being_reloaded() {
    let mut story = signed_in(None, ADA);
    story.contact(Contacts::Live);
    story.happens(user(GRACE));
    story.effects.clear();
    story.advance(Span::secs(15));
    story.expect(Phase::Failed, Some("AGENT_SILENT"));
    story.advance(Span::secs(51));
    assert_eq!(story.effects.first(), Some(&"reload"));
}
