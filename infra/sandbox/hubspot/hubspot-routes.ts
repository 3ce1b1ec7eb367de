import { accountRoutes } from './account-routes.ts';
import { associationRoutes } from './association-routes.ts';
import { batchRoutes } from './batch-routes.ts';
import type { HubSpotRoute } from './call-hubspot.ts';
import { groupRoutes } from './group-routes.ts';
import { companies, contacts, notes } from './object-kinds.ts';
import { objectRoutes } from './object-routes.ts';
import { propertyRoutes } from './property-routes.ts';
import { searchRoute } from './search-routes.ts';

/** Every API route that needs a token. The first that fits answers: fixed paths stand before those with a parameter. */
export const hubspotRoutes: readonly HubSpotRoute[] = [
  ...accountRoutes,
  ...groupRoutes,
  ...propertyRoutes,
  ...associationRoutes,
  ...[contacts, notes].flatMap((kind) => [searchRoute(kind), ...batchRoutes(kind), ...objectRoutes(kind)]),
  ...objectRoutes(companies).filter((route) => route.method === 'get'),
];
