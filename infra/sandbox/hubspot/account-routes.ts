import { portal, staff } from '../accounts.ts';
import { revokeGrant } from '../oauth/tokens.ts';
import type { HubSpotRoute } from './call-hubspot.ts';

const madeAt = '2026-01-05T09:00:00.000Z';

/** The account itself, its users, and uninstalling the app. */
export const accountRoutes: readonly HubSpotRoute[] = [
  {
    method: 'get',
    path: '/account-info/2026-09/details',
    scopes: ['oauth'],
    run: (sandbox) => {
      const place = { timeZone: portal.timeZone, utcOffset: '+01:00', utcOffsetMilliseconds: 3_600_000, dataHostingLocation: 'eu1' };
      const money = { companyCurrency: 'EUR', additionalCurrencies: [] };
      const { host: uiDomain } = new URL(sandbox.url());
      return { status: 200, body: { portalId: portal.id, accountType: 'STANDARD', uiDomain, ...place, ...money } };
    },
  },
  {
    method: 'get',
    path: '/crm/owners/2026-09',
    scopes: ['crm.objects.owners.read'],
    run: () => ({ status: 200, body: { results: staff.map(ownerBody) } }),
  },
  {
    method: 'delete',
    path: '/appinstalls/2026-09/external-install',
    scopes: ['oauth'],
    run: (sandbox) => {
      revokeGrant(sandbox, 'hubspot');
      return { status: 204 };
    },
  },
];

function ownerBody(one: (typeof staff)[number]): object {
  const { ownerId: id, first: firstName, last: lastName, email } = one;
  return {
    id,
    email,
    firstName,
    lastName,
    userId: Number(id),
    createdAt: madeAt,
    updatedAt: madeAt,
    archived: false,
    type: 'PERSON',
    teams: [],
  };
}
