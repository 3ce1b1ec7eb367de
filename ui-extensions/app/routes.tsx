/** The addresses of the app. Every page is a file of its own, loaded when it is first needed. */

import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import type { Me } from '#contract/api.ts';
import { getMe } from './api/endpoints.ts';
import {
  anonymousSessionsQuery,
  contactQuery,
  contactSessionsQuery,
  contactsQuery,
  leaksQuery,
  meQuery,
  sessionQuery,
  setupQuery,
  sitesQuery,
} from './api/queries.ts';
import { statusOf } from './api/request.ts';
import { may } from './parts/may.ts';
import { pathToReturnTo } from './parts/safe-address.ts';
import { spanNames } from './reports/report-span.ts';
import { takeConnectStart } from './settings/connect-start.ts';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { RouteError } from './shell/route-error.tsx';
import { Shell } from './shell/shell.tsx';
import { Starting } from './shell/starting.tsx';
import type { LinkTokenBox } from './sign-in/take-link-token.ts';

interface AppContext {
  readonly queryClient: QueryClient;
  readonly linkToken: LinkTokenBox;
}

/** Data is asked for while the page's code is still on its way (and on hover), never waited for: the page shows what is missing. */
function ahead(loading: Promise<unknown>): void {
  void loading;
}

/** A search parameter as text: the router reads `?q=42` as a number. */
const text = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);

const root = createRootRouteWithContext<AppContext>()({ component: Outlet, notFoundComponent: NotFoundPage });

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  beforeLoad: async ({ context }) => {
    const setup = await context.queryClient.fetchQuery(setupQuery);
    if (setup.signUp === 'closed') throw redirect({ to: '/sign-in', replace: true });
  },
  component: lazyRouteComponent(() => import('./sign-in/welcome-page.tsx'), 'WelcomePage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ return: text }),
  beforeLoad: async ({ context, search }) => {
    if (context.linkToken.isFull()) return;
    const signedInAlready = await getMe().then(
      () => true,
      () => false,
    );
    if (signedInAlready) throw redirect({ href: pathToReturnTo(search.return), replace: true });
  },
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (statusOf(error) !== 401) throw error;
      const setup = await context.queryClient.fetchQuery(setupQuery);
      if (setup.firstRun) throw redirect({ to: '/welcome', replace: true });
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { return: location.href }, replace: true });
    }
  },
  component: Shell,
});

/** Opens what matters now: the first steps until a visit has come in, then the contacts. */
const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: async ({ context }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    throw redirect({ to: (await needsSetup(context, me)) ? '/start' : '/contacts', replace: true });
  },
});

async function needsSetup({ queryClient }: AppContext, me: Me): Promise<boolean> {
  if (!may(me.member.role, 'sites.write')) return false;
  const sites = await queryClient.fetchQuery(sitesQuery).catch(() => null);
  return sites?.items.every((site) => site.snippetSeenAt === null || site.firstVisitAt === null) ?? false;
}

/** How a connect ended: the provider's answer comes back to the address that began it. */
const connectOutcome = z.object({ connected: text, failed: text, reason: text });

const start = createRoute({
  getParentRoute: () => signedIn,
  path: '/start',
  validateSearch: connectOutcome,
  component: lazyRouteComponent(() => import('./onboarding/start-page.tsx'), 'StartPage'),
});

const contacts = createRoute({
  getParentRoute: () => signedIn,
  path: '/contacts',
  validateSearch: z.object({ q: text, sort: z.enum(['score', 'lastSeen']).optional().catch(undefined) }),
  loaderDeps: ({ search: { q = '', sort = 'score' } }) => ({ q, sort }),
  loader: ({ context, deps }) => ahead(context.queryClient.prefetchInfiniteQuery(contactsQuery(deps.q, deps.sort))),
  component: lazyRouteComponent(() => import('./contacts/contacts-page.tsx'), 'ContactsPage'),
});

const contact = createRoute({
  getParentRoute: () => signedIn,
  path: '/contacts/$contactId',
  loader: ({ context, params }) => {
    ahead(context.queryClient.prefetchQuery(contactQuery(params.contactId)));
    ahead(context.queryClient.prefetchInfiniteQuery(contactSessionsQuery(params.contactId)));
  },
  component: lazyRouteComponent(() => import('./contacts/contact-page.tsx'), 'ContactPage'),
});

const live = createRoute({
  getParentRoute: () => signedIn,
  path: '/live',
  component: lazyRouteComponent(() => import('./live/live-page.tsx'), 'LivePage'),
});

const visitors = createRoute({
  getParentRoute: () => signedIn,
  path: '/visitors',
  validateSearch: z.object({ site: text }),
  loaderDeps: ({ search: { site = '' } }) => ({ site }),
  loader: ({ context, deps }) => ahead(context.queryClient.prefetchInfiniteQuery(anonymousSessionsQuery(deps.site))),
  component: lazyRouteComponent(() => import('./visitors/visitors-page.tsx'), 'VisitorsPage'),
});

const reports = createRoute({
  getParentRoute: () => signedIn,
  path: '/reports',
  validateSearch: z.object({ site: text, span: text.transform((name) => spanNames.find((known) => known === name)) }),
  component: lazyRouteComponent(() => import('./reports/reports-page.tsx'), 'ReportsPage'),
});

const links = createRoute({
  getParentRoute: () => signedIn,
  path: '/links',
  component: lazyRouteComponent(() => import('./links/links-page.tsx'), 'LinksPage'),
});

const replay = createRoute({
  getParentRoute: () => signedIn,
  path: '/r/$sessionId',
  loader: ({ context, params }) => ahead(context.queryClient.prefetchQuery(sessionQuery(params.sessionId))),
  validateSearch: z.object({ t: z.coerce.number().min(0).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./replay/replay-page.tsx'), 'ReplayPage'),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/integrations', replace: true });
  },
});

const integrations = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/integrations',
  validateSearch: connectOutcome,
  beforeLoad: ({ search }) => {
    if (search.connected === undefined && search.failed === undefined) return;
    if (takeConnectStart() === '/start') throw redirect({ to: '/start', search, replace: true });
  },
  component: lazyRouteComponent(() => import('./settings/integrations-page.tsx'), 'IntegrationsPage'),
});

const syncLog = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/sync-log',
  component: lazyRouteComponent(() => import('./settings/sync-log-page.tsx'), 'SyncLogPage'),
});

const apiKeys = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/api-keys',
  component: lazyRouteComponent(() => import('./api-keys/api-keys-page.tsx'), 'ApiKeysPage'),
});

const deadLetters = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/dead-letters',
  component: lazyRouteComponent(() => import('./api-keys/dead-letters-page.tsx'), 'DeadLettersPage'),
});

const general = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/general',
  component: lazyRouteComponent(() => import('./settings/general-page.tsx'), 'GeneralPage'),
});

const sites = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/sites',
  component: lazyRouteComponent(() => import('./sites/sites-page.tsx'), 'SitesPage'),
});

const site = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/sites/$siteId',
  component: lazyRouteComponent(() => import('./sites/site-frame.tsx'), 'SiteFrame'),
});

const siteGeneral = createRoute({
  getParentRoute: () => site,
  path: '/',
  component: lazyRouteComponent(() => import('./sites/site-general-page.tsx'), 'SiteGeneralPage'),
});

const siteTracking = createRoute({
  getParentRoute: () => site,
  path: '/tracking',
  component: lazyRouteComponent(() => import('./sites/site-tracking-page.tsx'), 'SiteTrackingPage'),
});

const siteLeaks = createRoute({
  getParentRoute: () => site,
  path: '/leaks',
  loader: ({ context, params }) => ahead(context.queryClient.prefetchInfiniteQuery(leaksQuery(params.siteId))),
  component: lazyRouteComponent(() => import('./sites/site-leaks-page.tsx'), 'SiteLeaksPage'),
});

const routeTree = root.addChildren([
  welcome,
  signIn,
  signedIn.addChildren([
    home,
    start,
    contacts,
    contact,
    live,
    visitors,
    reports,
    links,
    replay,
    settings,
    general,
    sites,
    site.addChildren([siteGeneral, siteTracking, siteLeaks]),
    integrations,
    syncLog,
    deadLetters,
    apiKeys,
  ]),
]);

export function createAppRouter(context: AppContext) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: Starting,
    defaultPendingMs: 300,
    defaultPendingMinMs: 0,
    defaultErrorComponent: RouteError,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
