import type { CrmAbility, Grant, OAuthAbility } from '#contract/connector.ts';
import { hubspot } from '../hubspot/hubspot.ts';
import { type RecordingTools, recordingTools } from './connector-tools.ts';

/** A grant for tests. */
export const hubspotGrant: Grant = {
  accessToken: 'CN-access-0123456789abcdef',
  account: { id: '4815162', name: 'Northwind', url: 'https://app.hubspot.com/contacts/4815162' },
  scopes: ['oauth'],
};

/** The connector as core gets it, for tests. */
export function connectHubspot(env: Record<string, string> = {}): { crm: CrmAbility; oauth: OAuthAbility; tools: RecordingTools } {
  const tools = recordingTools();
  const values = hubspot.env.parse({ HUBSPOT_CLIENT_ID: 'client-id', HUBSPOT_CLIENT_SECRET: 'client-secret', ...env });
  const connector = hubspot.connect(values, tools);
  if (!connector?.crm || !connector.oauth) throw new Error('the connector is not configured');
  return { crm: connector.crm, oauth: connector.oauth, tools };
}
