use serde::Deserialize;

use super::*;
use crate::testing::test;

/// An element of a document, and what others make of it.
#[derive(Deserialize)]
struct Case {
    title: String,
    document: String,
    id: String,
    algorithm: String,
    prefixes: String,
    canonical: String,
    by: Vec<String>,
}

#[test]
fn others_make_the_same_bytes() {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("../../../../../tests/setup/corpus/c14n.json"))
            .expect("cases");
    let mut agreeing = [("xmlsec1", 0), ("xml-crypto", 0), ("xml-c14n", 0)];
    for case in &cases {
        let document = xml::read(&case.document);
        let document = document.unwrap_or_else(|fault| panic!("{}: {}", case.title, fault.found));
        let element = document
            .descendants()
            .find(|node| node.attribute("ID") == Some(&case.id))
            .expect("the element");
        let method = Method::named(&case.algorithm)
            .expect("a method")
            .with_prefixes(&case.prefixes);
        let ours = canonical(element, &method, None);
        let Case {
            title,
            id,
            algorithm,
            prefixes,
            ..
        } = case;
        assert_eq!(
            ours, case.canonical,
            "{title}, {id}, {algorithm}, {prefixes}"
        );
        for (program, count) in &mut agreeing {
            *count += usize::from(case.by.iter().any(|by| by == program));
        }
    }
    let total = cases.len();
    assert!(total > 180, "{total}");
    assert_eq!(agreeing[0].1, total);
    assert!(
        agreeing[1].1 > 130 && agreeing[2].1 > 70,
        "{agreeing:?} of {total}"
    );
}

#[test]
fn the_element_left_out_leaves_nothing() {
    let document = xml::read("<a> <b/> <c>x</c></a>").expect("XML");
    let root = document.root_element();
    let left_out = root.first_element_child().map(|node| node.id());
    let method = Method::named(INCLUSIVE).expect("a method");
    assert_eq!(canonical(root, &method, left_out), "<a>  <c>x</c></a>");
}
