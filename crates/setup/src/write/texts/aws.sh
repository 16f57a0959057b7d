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

# As JSON: version 1 of the AWS CLI would fetch a URL that is an argument of its own.
aws connect associate-approved-origin \
  --region '@region@' \
  --cli-input-json '@approvedOrigin@'

# It must say "SAML".
aws connect describe-instance \
  --region '@region@' \
  --instance-id '@instanceId@' \
  --query Instance.IdentityManagementType
