use super::*;
use crate::testing::test;

const RSA_PEM: &str = include_str!("../../../../../tests/setup/corpus/saml/rsa.pem");
const LARGE_PEM: &str = include_str!("../../../../../tests/setup/corpus/saml/large.pem");
const P256_PEM: &str = include_str!("../../../../../tests/setup/corpus/saml/p256.pem");
const P384_PEM: &str = include_str!("../../../../../tests/setup/corpus/saml/p384.pem");

/// As Okta makes them: signed with SHA-1, and for ten years.
const OKTA: &str = "\
-----BEGIN CERTIFICATE-----\n\
MIID7DCCAtSgAwIBAgIFAZCrze8wDQYJKoZIhvcNAQEFBQAwgYwxCzAJBgNVBAYT\n\
AlVTMRMwEQYDVQQIDApDYWxpZm9ybmlhMRYwFAYDVQQHDA1TYW4gRnJhbmNpc2Nv\n\
MQ0wCwYDVQQKDARPa3RhMRQwEgYDVQQLDAtTU09Qcm92aWRlcjENMAsGA1UEAwwE\n\
YWNtZTEcMBoGCSqGSIb3DQEJARYNaW5mb0Bva3RhLmNvbTAeFw0yNjExMjYxOTU2\n\
MzRaFw0zNjExMjMxOTU2MzRaMIGMMQswCQYDVQQGEwJVUzETMBEGA1UECAwKQ2Fs\n\
aWZvcm5pYTEWMBQGA1UEBwwNU2FuIEZyYW5jaXNjbzENMAsGA1UECgwET2t0YTEU\n\
MBIGA1UECwwLU1NPUHJvdmlkZXIxDTALBgNVBAMMBGFjbWUxHDAaBgkqhkiG9w0B\n\
CQEWDWluZm9Ab2t0YS5jb20wggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIB\n\
AQDE9OLPJGzwE5jT4VTrTKQlsAe0zzUUfFCOuiCD+j0MaRBhwcWV3fv8dqeP+D5a\n\
C35y9lKgnY1M2DQtAPT7Aq1/ToqMCd+pbYv6RN6Z+vAbnzfjV6STCedlQSTgT2p3\n\
ncIBkAwdZmE2c55piRA1hM2rfOvYt9dXiL3+m0OUwg+iPQx8maHcB44Mzw+Kd9Yj\n\
2W5IPsfu0SHeFqL2UKEEI57fVD0zzrbHz8j5WaZk4Fr5BTSfsMCzTWMF4AXCwm2z\n\
V/s0ZVGTAhD6oigR3hrIrVV6ug9fzdn5U8b8IoqsXLBAUjJY6FOliO+QCzzVozGp\n\
G1I65peWeyaObpHgMYhEUv23AgMBAAGjUzBRMB0GA1UdDgQWBBRLAdMi+m79ULny\n\
t/6cX0Wxr0TnxzAfBgNVHSMEGDAWgBRLAdMi+m79ULnyt/6cX0Wxr0TnxzAPBgNV\n\
HRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBBQUAA4IBAQCV1U93rtRgY763CmtVYqGs\n\
I9OXlB1X4yCbXShwZzrSbAGBi/NIdkCCeyN5RB/lt+ZRELD9MRnixTlCbEcNyl3c\n\
qBW9pzMVbcYVCQRvm22IbAYEgEVc+mIBW0S6Oxuq0Q0Rkg2s+aBQoTG3X7KGYqjY\n\
H5dpKGzD04uN2yoTVup+r8+/wIWg5Y/Pr8V6ecoqGvGnbXTtGEnL9H3EFloS1sEo\n\
VqfvddQk1laGsHc0+vtl6GDHrUmDHdFCBDHIzYWJv1oBcVpUQ54zfkoaRh3dH15G\n\
l9kfcfp+0G0couTGc5JHwnGTFReHtysyHOFTbiZpnymYqfS4QhsyQrwp7C9DOxKS\n\
-----END CERTIFICATE-----";
const NOT_BEFORE: u64 = 1_795_722_994_000;
const NOT_AFTER: u64 = 2_111_082_994_000;
const SHA1: &str = "5F:B6:FF:8B:33:44:71:78:6E:06:67:A6:DE:40:3D:57:1F:7A:E4:D0";
const SHA256: &str = "55:46:94:48:EC:B3:DC:5F:7F:BE:5E:B9:8D:8E:47:72:AE:E7:1D:BD:C1:27:3A:F4:0A:47:4D:5F:58:FB:2E:CA";

fn one(text: &str) -> Certificate {
    let mut all = Certificate::read(text).unwrap_or_else(|fault| panic!("{}", fault.found));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn bare(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with('-')).collect()
}

/// openssl x509 -noout -subject -dates -fingerprint
#[test]
fn what_it_says_is_what_openssl_says() {
    let certificate = one(OKTA);
    assert!(
        certificate.subject.contains("CN=acme"),
        "{}",
        certificate.subject
    );
    assert!(
        certificate.issuer.contains("O=Okta"),
        "{}",
        certificate.issuer
    );
    assert_eq!(certificate.not_before, NOT_BEFORE);
    assert_eq!(certificate.not_after, NOT_AFTER);
    assert_eq!(certificate.sha1, SHA1);
    assert_eq!(certificate.sha256, SHA256);
    assert_eq!(certificate.key.describe(), "RSA, 2048 bits");
}

#[test]
fn keys_are_known() {
    for (pem, key) in [
        (RSA_PEM, "RSA, 2048 bits"),
        (LARGE_PEM, "RSA, 4096 bits"),
        (P256_PEM, "ECDSA, P-256"),
        (P384_PEM, "ECDSA, P-384"),
    ] {
        let certificate = one(pem);
        assert_eq!(certificate.key.describe(), key);
        assert_eq!(certificate.subject, "O=Acme,CN=idp.acme.example");
    }
}

#[test]
fn each_form_is_the_same_certificate() {
    let expected = one(RSA_PEM).sha256;
    let plain = bare(RSA_PEM);
    for text in [
        plain.clone(),
        format!("  {plain}\n"),
        plain
            .as_bytes()
            .chunks(40)
            .map(String::from_utf8_lossy)
            .collect::<Vec<_>>()
            .join("\r\n"),
        format!("-----BEGIN CERTIFICATE-----{plain}-----END CERTIFICATE-----"),
        format!("subject=CN = x\n{RSA_PEM}"),
        RSA_PEM.replace('\n', "\r\n"),
    ] {
        assert_eq!(one(&text).sha256, expected);
    }
    let two = Certificate::read(&format!("{RSA_PEM}{P256_PEM}"));
    assert_eq!(two.map(|all| all.len()).unwrap_or_default(), 2);
}

#[test]
fn other_texts_are_none() {
    let plain = bare(RSA_PEM);
    let odd = code::CERTIFICATE_UNREADABLE;
    for (text, expected) in [
        ("", odd),
        ("MII", odd),
        ("AAAA", odd),
        ("-----BEGIN CERTIFICATE-----", odd),
        (&plain[..400], odd),
        (&plain[4..], odd),
        (
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            code::PRIVATE_KEY,
        ),
        (
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA",
            code::PRIVATE_KEY,
        ),
    ] {
        let fault = Certificate::read(text).expect_err(text);
        assert_eq!(fault.code, expected, "{text}");
        assert!(
            fault.at.is_some_and(|at| text.get(at.bytes()).is_some()),
            "{text}"
        );
    }
}

#[test]
fn keys_of_odd_sizes_are_none() {
    assert!(Key::rsa(&[0xff; 3000], &[1, 0, 1]).is_none());
    assert!(Key::rsa(&[0; 10], &[1, 0, 1]).is_none());
    assert!(Key::rsa(&[], &[]).is_none());
    assert!(Key::rsa(&[0xff; 256], &[0xff; 256]).is_none());
    assert!(
        Key::rsa(&[0xfe; 256], &[1, 0, 1]).is_none(),
        "an even modulus"
    );
}
