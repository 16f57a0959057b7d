"""SAML responses of pysaml2: pysaml2.py KEY CERTIFICATE FOLDER"""

import json
import os
import sys

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.authn_context import PASSWORDPROTECTEDTRANSPORT
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAMEID_FORMAT_EMAILADDRESS, NameID
from saml2.server import Server
from saml2.xmldsig import DIGEST_SHA1, DIGEST_SHA256, DIGEST_SHA512
from saml2.xmldsig import SIG_RSA_SHA1, SIG_RSA_SHA256, SIG_RSA_SHA512

key, certificate, folder = sys.argv[1:]
with open(os.path.join(os.path.dirname(__file__), "facts.json")) as file:
    facts = json.load(file)

aws = f"""<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{facts["audience"]}">
<SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" WantAssertionsSigned="true">
<AssertionConsumerService index="1" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
 Location="{facts["acs"]}"/></SPSSODescriptor></EntityDescriptor>"""

config = IdPConfig().load(
    {
        "entityid": facts["issuer"],
        "key_file": key,
        "cert_file": certificate,
        "xmlsec_binary": "/usr/bin/xmlsec1",
        "metadata": {"inline": [aws]},
        "service": {
            "idp": {
                "endpoints": {
                    "single_sign_on_service": [
                        ("https://idp.acme.example/sso", BINDING_HTTP_REDIRECT),
                        ("https://idp.acme.example/sso", BINDING_HTTP_POST),
                    ]
                },
                "policy": {"default": {"lifetime": {"minutes": 5}, "attribute_restrictions": None}},
            }
        },
    }
)
server = Server(config=config)


def response(name, **how):
    text = server.create_authn_response(
        identity=facts["attributes"],
        in_response_to=None,
        destination=facts["acs"],
        sp_entity_id=facts["audience"],
        name_id=NameID(format=NAMEID_FORMAT_EMAILADDRESS, text=facts["login"]),
        authn={"class_ref": PASSWORDPROTECTEDTRANSPORT, "authn_auth": facts["issuer"]},
        **how,
    )
    with open(os.path.join(folder, f"pysaml2-{name}.xml"), "w") as file:
        file.write(str(text))


sha1 = {"sign_alg": SIG_RSA_SHA1, "digest_alg": DIGEST_SHA1}
sha256 = {"sign_alg": SIG_RSA_SHA256, "digest_alg": DIGEST_SHA256}
sha512 = {"sign_alg": SIG_RSA_SHA512, "digest_alg": DIGEST_SHA512}
response("assertion-sha1", sign_assertion=True, sign_response=False, **sha1)
response("assertion-sha256", sign_assertion=True, sign_response=False, **sha256)
response("response-sha256", sign_assertion=False, sign_response=True, **sha256)
response("both-sha512", sign_assertion=True, sign_response=True, **sha512)
response("unsigned", sign_assertion=False, sign_response=False)

with open(os.path.join(folder, "pysaml2-metadata.xml"), "w") as file:
    file.write(str(entity_descriptor(config)))
