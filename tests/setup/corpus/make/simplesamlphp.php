<?php
// SAML responses of SimpleSAMLphp's library: php simplesamlphp.php KEY CERTIFICATE FOLDER
require_once '/usr/share/simplesamlphp/vendor/autoload.php';

use RobRichards\XMLSecLibs\XMLSecurityKey;
use SAML2\Assertion;
use SAML2\Compat\AbstractContainer;
use SAML2\Compat\ContainerSingleton;
use SAML2\Response;
use SAML2\XML\saml\Issuer;
use SAML2\XML\saml\NameID;
use SAML2\XML\saml\SubjectConfirmation;
use SAML2\XML\saml\SubjectConfirmationData;

[, $keyFile, $certificateFile, $folder] = $argv;
$facts = json_decode(file_get_contents(__DIR__ . '/facts.json'), true);

class Container extends AbstractContainer
{
    public function getLogger(): \Psr\Log\LoggerInterface { return new \Psr\Log\NullLogger(); }
    public function generateId(): string { return '_' . bin2hex(random_bytes(21)); }
    public function debugMessage($message, string $type): void {}
    public function redirect(string $url, array $data = []): void {}
    public function postRedirect(string $url, array $data = []): void {}
    public function getTempDir(): string { return sys_get_temp_dir(); }
    public function writeFile(string $filename, string $data, int $mode = null): void {}
}
ContainerSingleton::setContainer(new Container());

function signingKey(string $method): XMLSecurityKey
{
    global $keyFile;
    $key = new XMLSecurityKey($method, ['type' => 'private']);
    $key->loadKey($keyFile, true);
    return $key;
}

function write(string $name, string $method, bool $signAssertion, bool $signResponse): void
{
    global $facts, $certificateFile, $folder;
    $certificates = [file_get_contents($certificateFile)];
    $issuer = new Issuer();
    $issuer->setValue($facts['issuer']);
    $assertion = new Assertion();
    $assertion->setIssuer($issuer);
    $nameId = new NameID();
    $nameId->setValue($facts['login']);
    $nameId->setFormat('urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress');
    $assertion->setNameId($nameId);
    $data = new SubjectConfirmationData();
    $data->setNotOnOrAfter(time() + 300);
    $data->setRecipient($facts['acs']);
    $confirmation = new SubjectConfirmation();
    $confirmation->setMethod('urn:oasis:names:tc:SAML:2.0:cm:bearer');
    $confirmation->setSubjectConfirmationData($data);
    $assertion->setSubjectConfirmation([$confirmation]);
    $assertion->setNotBefore(time() - 30);
    $assertion->setNotOnOrAfter(time() + 300);
    $assertion->setValidAudiences([$facts['audience']]);
    $assertion->setAuthnInstant(time());
    $assertion->setSessionIndex('_' . bin2hex(random_bytes(21)));
    $assertion->setAuthnContextClassRef('urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport');
    $assertion->setAttributes(array_map(fn($value) => [$value], $facts['attributes']));
    $assertion->setAttributeNameFormat('urn:oasis:names:tc:SAML:2.0:attrname-format:uri');
    $response = new Response();
    $response->setIssuer($issuer);
    $response->setDestination($facts['acs']);
    if ($signAssertion) {
        $assertion->setSignatureKey(signingKey($method));
        $assertion->setCertificates($certificates);
    }
    $response->setAssertions([$assertion]);
    if ($signResponse) {
        $response->setSignatureKey(signingKey($method));
        $response->setCertificates($certificates);
    }
    $element = $signResponse ? $response->toSignedXML() : $response->toUnsignedXML();
    file_put_contents("$folder/simplesamlphp-$name.xml", $element->ownerDocument->saveXML($element));
}

write('assertion-sha256', XMLSecurityKey::RSA_SHA256, true, false);
write('response-sha256', XMLSecurityKey::RSA_SHA256, false, true);
write('both-sha256', XMLSecurityKey::RSA_SHA256, true, true);
write('both-sha384', XMLSecurityKey::RSA_SHA384, true, true);
write('assertion-sha1', XMLSecurityKey::RSA_SHA1, true, false);
