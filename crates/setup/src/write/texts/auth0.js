exports.onExecutePostLogin = async (event, api) => {
  if (event.client.client_id !== "@appId@") return;
  const attributes = "https://aws.amazon.com/SAML/Attributes/";
  api.samlResponse.setAttribute(`${attributes}Role`, "@roleArn@,@providerArn@");
  api.samlResponse.setAttribute(`${attributes}RoleSessionName`, event.user.email);
  api.samlResponse.setAttribute(`${attributes}SessionDuration`, "43200");
};
