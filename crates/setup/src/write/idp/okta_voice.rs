//! Okta for Salesforce Service Cloud Voice: an app of one's own, whose attributes come from the agent's profile.

use super::okta::CONSOLE;
use super::{
    DURATION, StepText, StringText, acs, audience, duration_name, duration_value, no_relay_state,
    relay_state, role_name, role_value, user_name, user_value,
};

pub(super) static STEPS: &[StepText] = &[
    StepText {
        id: "okta-profile",
        console: CONSOLE,
        title: "Two attributes in each profile",
        place: "Directory > Profile Editor > User (default) > Add Attribute",
        actions: &[
            "Add both attributes as strings, and save.",
            "Then fill them in for each agent, under \"Directory > People > the agent > Profile > Edit\".",
        ],
        strings: &[
            StringText::text("connect-username", "Variable name", "connect_username", VOICE)
                .note("Its value is the agent's user name in Amazon Connect, in the same case."),
            StringText::text("connect-role", "Variable name", "connect_role", VOICE),
            StringText::text("connect-role-value", "Value of connect_role", "@roleArn@,@providerArn@", VOICE)
                .place("Directory > People > the agent > Profile > Edit")
                .note("The role and the provider that Salesforce has made in IAM for the contact centre, or those of the steps below."),
        ],
        expect: "Both fields in the agents' profiles.",
    },
    StepText {
        id: "idp-app",
        console: CONSOLE,
        title: "The app for the contact centre",
        place: "Applications > Applications > Create App Integration > SAML 2.0",
        actions: &[
            "Enter the settings, and tick \"Use this for Recipient URL and Destination URL\".",
            "Add three attribute statements, each with the name format \"URI Reference\".",
            "Assign the agents. Under \"Sign On > SAML 2.0\", copy the metadata URL, and save what it shows as metadata.xml.",
        ],
        strings: &[
            acs("Single sign-on URL"),
            audience("Audience URI (SP Entity ID)")
                .note("The internal name of the contact centre, which Salesforce shows."),
            relay_state("Default RelayState"),
            no_relay_state("Default RelayState"),
            role_name("Attribute statement 1, name"),
            role_value("Attribute statement 1, value", "user.connect_role"),
            user_name("Attribute statement 2, name"),
            user_value("Attribute statement 2, value", "user.connect_username"),
            duration_name("Attribute statement 3, name"),
            duration_value("Attribute statement 3, value", DURATION),
        ],
        expect: "The preview of the assertion shows one role, and the user name of Amazon Connect.",
    },
];

pub(super) static AFTER: &[StepText] = &[];

const VOICE: &str = "\"How to Set Up Okta as a 3rd-Party IdP for Amazon Connect (From Salesforce Service Cloud Voice)\"";
