terraform {
  required_providers {
    aws   = { source = "hashicorp/aws" }
    awscc = { source = "hashicorp/awscc" }
  }
}

provider "aws" {
  region = "@region@"
}

provider "awscc" {
  region = "@region@"
}

# The identity provider's metadata is in metadata.xml.
resource "aws_iam_saml_provider" "connect" {
  name                   = "@providerName@"
  saml_metadata_document = file("${path.module}/metadata.xml")
}

resource "aws_iam_role" "connect" {
  name                 = "@roleName@"
  max_session_duration = 43200

  assume_role_policy = <<JSON
@raw:trustHcl@
JSON

  depends_on = [aws_iam_saml_provider.connect]
}

resource "aws_iam_role_policy" "connect" {
  name = "@policyName@"
  role = aws_iam_role.connect.name

  policy = <<JSON
@raw:policyHcl@
JSON
}

resource "awscc_connect_approved_origin" "phone" {
  instance_id = "@instanceArn@"
  origin      = "@hostOrigin@"
}
