/**
 * What Leadlight asks for, and nothing more. HubSpot blocks the installation unless this equals `requiredScopes` of the project's
 * `app-hsmeta.json`.
 */
export const HUBSPOT_SCOPES = ['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write', 'crm.schemas.contacts.write'] as const;
