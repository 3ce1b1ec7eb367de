import { z } from 'zod';
import { type ConnectorTools, type CrmAbility, defineConnector } from '#contract/connector.ts';
import { contactUpdate } from './contact-update.ts';
import { erase } from './erase.ts';
import { importContacts } from './import-contacts.ts';
import { hubspotOAuth } from './oauth.ts';
import { prepare } from './prepare.ts';
import { pushSessions } from './push-sessions.ts';
import type { HubspotSettings } from './send.ts';
import { BATCH_SIZE, updateContacts } from './update-contacts.ts';

const origin = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

const env = z.object({
  HUBSPOT_CLIENT_ID: z.string().optional(),
  HUBSPOT_CLIENT_SECRET: z.string().optional(),
  /** Where the API is. Another origin only for a local stand-in. */
  HUBSPOT_API_URL: origin.default('https://api.hubapi.com'),
  /** Where people see HubSpot. */
  HUBSPOT_APP_URL: origin.default('https://app.hubspot.com'),
  /** How long one call may take, in milliseconds. */
  HUBSPOT_TIMEOUT_MS: z.coerce.number().int().positive().default(15_000),
});

export const hubspot = defineConnector({
  id: 'hubspot',
  title: 'HubSpot',
  env,
  connect(values, tools) {
    const settings = settingsOf(values, tools);
    return settings && { id: 'hubspot', title: 'HubSpot', oauth: hubspotOAuth(settings), crm: hubspotCrm(settings) };
  },
});

function settingsOf(values: z.infer<typeof env>, tools: ConnectorTools): HubspotSettings | null {
  const { HUBSPOT_CLIENT_ID: clientId, HUBSPOT_CLIENT_SECRET: clientSecret } = values;
  if (!clientId || !clientSecret) return null;
  const { HUBSPOT_API_URL: apiUrl, HUBSPOT_APP_URL: appUrl, HUBSPOT_TIMEOUT_MS: timeoutMs } = values;
  return { clientId, clientSecret, apiUrl, appUrl, timeoutMs, tools };
}

function hubspotCrm(settings: HubspotSettings): CrmAbility {
  return {
    mergeTag: '{{ contact.leadlight_link_token }}',
    batchSize: BATCH_SIZE,
    prepare: (grant) => prepare(settings, grant),
    importContacts: (grant, cursor) => importContacts(settings, grant, cursor),
    writeLinkTokens(grant, rows) {
      const updates = rows.map(({ recordId, linkToken }) => ({ recordId, properties: { leadlight_link_token: linkToken } }));
      return updateContacts(settings, grant, updates);
    },
    pushContacts: (grant, snapshots) => updateContacts(settings, grant, snapshots.map(contactUpdate)),
    pushSessions: (grant, snapshots) => pushSessions(settings, grant, snapshots),
    erase: (grant, recordIds) => erase(settings, grant, recordIds),
  };
}
