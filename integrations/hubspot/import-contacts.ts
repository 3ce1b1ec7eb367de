import { z } from 'zod';
import type { CrmAbility, CrmContact, Grant } from '#contract/connector.ts';
import { recordUrl } from './account.ts';
import { hubspotPaths } from './api-version.ts';
import { call } from './call.ts';
import type { HubspotSettings } from './send.ts';

const PAGE_SIZE = 100;
const wanted = ['email', 'firstname', 'lastname', 'company', 'lifecyclestage', 'hubspot_owner_id', 'leadlight_link_token'] as const;

const value = z.string().trim().nullish();
const contactPage = z.object({
  results: z.array(
    z.object({
      id: z.coerce.string(),
      properties: z.object({
        email: value,
        firstname: value,
        lastname: value,
        company: value,
        lifecyclestage: value,
        hubspot_owner_id: value,
        leadlight_link_token: value,
      }),
    }),
  ),
  paging: z.object({ next: z.object({ after: z.coerce.string() }).nullish() }).nullish(),
});
type Row = z.infer<typeof contactPage>['results'][number];

/** One page of the list endpoint, which unlike search has no ceiling of 10,000 and no index that lags behind. */
export async function importContacts(
  settings: HubspotSettings,
  grant: Grant,
  cursor: string | null,
): ReturnType<CrmAbility['importContacts']> {
  const query = {
    limit: String(PAGE_SIZE),
    properties: wanted.join(','),
    archived: 'false',
    ...(cursor === null ? {} : { after: cursor }),
  };
  const page = await call(settings, { method: 'GET', path: hubspotPaths.contacts, accessToken: grant.accessToken, query }, contactPage);
  return { contacts: page.results.map((row) => contactOf(grant, row)), next: page.paging?.next?.after ?? null };
}

/** HubSpot writes an empty property as null or as an empty text. */
function contactOf({ account }: Grant, { id, properties }: Row): CrmContact {
  return {
    recordId: id,
    recordUrl: recordUrl(account, id),
    email: properties.email || null,
    name: [properties.firstname, properties.lastname].filter(Boolean).join(' '),
    company: properties.company ?? '',
    ownerId: properties.hubspot_owner_id || null,
    lifecycle: properties.lifecyclestage || null,
    linkToken: properties.leadlight_link_token || null,
  };
}
