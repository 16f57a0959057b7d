//! What the administrator says.

use serde::Deserialize;

/// The answers to the questions of a runbook, each as it was typed; what is blank counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Answers {
    /// The identity provider, such as `okta`.
    pub idp: String,
    /// What embeds the phone: `page`, `own-controls`, `servicenow`, `salesforce-scv` or `custom`.
    pub host: String,
    /// The instance, `https://acme.my.connect.aws`.
    pub instance_url: Option<String>,
    /// The instance's ARN.
    pub instance_arn: Option<String>,
    /// The origin of the page that embeds the phone.
    pub host_origin: Option<String>,
    /// The identity provider's URL that begins a sign-in, with or without a relay state.
    pub sso_login_url: Option<String>,
    /// The identity provider's host.
    pub idp_domain: Option<String>,
    /// The identity provider's ID or name of the app.
    pub app_id: Option<String>,
    /// The tenant, environment, realm or customer at the identity provider.
    pub tenant_id: Option<String>,
    /// The IAM role that agents get.
    pub role_name: Option<String>,
    /// The identity provider in IAM.
    pub provider_name: Option<String>,
    /// The page of the instance at which a sign-in ends.
    pub destination: Option<String>,
    /// The IDs of further instances that the role may federate into, by white space or commas.
    pub other_instances: Option<String>,
    /// Salesforce's internal name of the contact centre.
    pub contact_center: Option<String>,
    /// Whether the instance has a replica in another AWS Region.
    pub global_resiliency: bool,
    /// The replica's access URL, with Global Resiliency.
    pub replica_url: Option<String>,
    /// The agents, one in a line: user name, first name, last name.
    pub users: Option<String>,
    /// The agents' routing profile.
    pub routing_profile: Option<String>,
    /// The agents' security profile.
    pub security_profile: Option<String>,
}

impl Answers {
    /// The answer to the question `name`, unless it is blank; without white space around it.
    pub fn get(&self, name: &str) -> Option<&str> {
        let text = match name {
            "instanceUrl" => &self.instance_url,
            "instanceArn" => &self.instance_arn,
            "hostOrigin" => &self.host_origin,
            "ssoLoginUrl" => &self.sso_login_url,
            "idpDomain" => &self.idp_domain,
            "appId" => &self.app_id,
            "tenantId" => &self.tenant_id,
            "roleName" => &self.role_name,
            "providerName" => &self.provider_name,
            "destination" => &self.destination,
            "otherInstances" => &self.other_instances,
            "contactCenter" => &self.contact_center,
            "replicaUrl" => &self.replica_url,
            "users" => &self.users,
            "routingProfile" => &self.routing_profile,
            "securityProfile" => &self.security_profile,
            _ => return None,
        };
        text.as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }
}
