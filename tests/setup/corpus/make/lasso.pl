# SAML responses of Lasso, the library of LemonLDAP::NG: perl lasso.pl KEY CERTIFICATE FOLDER
use strict;
use warnings;
use FindBin;
use JSON::PP;
use Lasso;
use MIME::Base64;

my ($key, $certificate, $folder) = @ARGV;
local $/;
open(my $facts_file, '<', "$FindBin::Bin/facts.json") or die;
my $facts = decode_json(<$facts_file>);
open(my $certificate_file, '<', $certificate) or die;
my $bare = <$certificate_file>;
$bare =~ s/-----[^-]+-----|\s//g;

my $idp = qq(<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="$facts->{issuer}">
<IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>$bare</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.acme.example/sso"/>
</IDPSSODescriptor></EntityDescriptor>);
my $sp = qq(<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="$facts->{audience}">
<SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<AssertionConsumerService isDefault="true" index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="$facts->{acs}"/>
</SPSSODescriptor></EntityDescriptor>);

sub response {
    my ($name, $method, $hint) = @_;
    open(my $key_file, '<', $key) or die;
    my $pem = <$key_file>;
    my $server = Lasso::Server::new_from_buffers($idp, $pem, undef, undef);
    $server->signature_method($method);
    $server->add_provider_from_buffer(Lasso::Constants::PROVIDER_ROLE_SP, $sp, undef, undef);
    my $login = Lasso::Login->new($server);
    $login->init_idp_initiated_authn_request($facts->{audience});
    $login->request->ProtocolBinding('urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST');
    $login->request->NameIDPolicy->Format('urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress');
    $login->process_authn_request_msg(undef);
    $login->set_signature_hint($hint);
    $login->validate_request_msg(1, 1);
    my @t = map { my @g = gmtime(time + $_); sprintf('%04d-%02d-%02dT%02d:%02d:%02dZ', $g[5] + 1900, $g[4] + 1, $g[3], $g[2], $g[1], $g[0]) } (0, -60, 300);
    $login->build_assertion('urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport', $t[0], $t[0], $t[1], $t[2]);
    my $assertion = ($login->response->Assertion)[0];
    $assertion->Subject->NameID->content($facts->{login});
    my @attributes;
    for my $attribute (sort keys %{ $facts->{attributes} }) {
        my $node = Lasso::Saml2Attribute->new();
        $node->Name($attribute);
        $node->NameFormat('urn:oasis:names:tc:SAML:2.0:attrname-format:uri');
        my $text = Lasso::MiscTextNode::new_with_string($facts->{attributes}{$attribute});
        $text->text_child(1);
        my $value = Lasso::Saml2AttributeValue->new();
        $value->any($text);
        $node->AttributeValue($value);
        push @attributes, $node;
    }
    my $statement = Lasso::Saml2AttributeStatement->new();
    $statement->Attribute(@attributes);
    $assertion->AttributeStatement($statement);
    $login->build_authn_response_msg();
    open(my $out, '>', "$folder/lasso-$name.xml") or die;
    print $out decode_base64($login->msg_body);
}

response('sha256', Lasso::Constants::SIGNATURE_METHOD_RSA_SHA256, Lasso::Constants::PROFILE_SIGNATURE_HINT_FORCE);
response('sha1', Lasso::Constants::SIGNATURE_METHOD_RSA_SHA1, Lasso::Constants::PROFILE_SIGNATURE_HINT_MAYBE);
open(my $out, '>', "$folder/lasso-metadata.xml") or die;
print $out $idp;
