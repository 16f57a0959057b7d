# The identity provider's metadata is in metadata.xml.
aws iam create-saml-provider \
  --name '@providerName@' \
  --saml-metadata-document file://metadata.xml

aws iam create-role \
  --role-name '@roleName@' \
  --max-session-duration 43200 \
  --assume-role-policy-document '@trust@'

aws iam put-role-policy \
  --role-name '@roleName@' \
  --policy-name '@policyName@' \
  --policy-document '@policy@'

aws connect associate-approved-origin \
  --region '@region@' \
  --instance-id '@instanceId@' \
  --origin '@hostOrigin@'

# It must say "SAML".
aws connect describe-instance \
  --region '@region@' \
  --instance-id '@instanceId@' \
  --query Instance.IdentityManagementType
