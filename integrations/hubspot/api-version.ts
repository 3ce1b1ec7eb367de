/** HubSpot's API and OAuth are versioned by date, and a version is supported for 18 months: this is the one place that names ours. */
const HUBSPOT_API_VERSION = '2026-09';

/** Paths of the endpoints that Leadlight calls, below the API's origin. */
export const hubspotPaths = {
  token: `/oauth/${HUBSPOT_API_VERSION}/token`,
  introspect: `/oauth/${HUBSPOT_API_VERSION}/token/introspect`,
  revoke: `/oauth/${HUBSPOT_API_VERSION}/token/revoke`,
  uninstall: `/appinstalls/${HUBSPOT_API_VERSION}/external-install`,
  account: `/account-info/${HUBSPOT_API_VERSION}/details`,
  properties: `/crm/properties/${HUBSPOT_API_VERSION}/contacts`,
  contacts: `/crm/objects/${HUBSPOT_API_VERSION}/contacts`,
  notes: `/crm/objects/${HUBSPOT_API_VERSION}/notes`,
  notesOfContacts: `/crm/associations/${HUBSPOT_API_VERSION}/contacts/notes/batch/read`,
} as const;
