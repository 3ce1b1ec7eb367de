/** What is read, how often, and under which key. Polling stops while the page is hidden (the query cache's default). */

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Integration } from '#contract/integrations.ts';
import { liveFeed } from '../live/live-feed.ts';
import type { ReportWish } from '../reports/report-span.ts';
import type { ContactSort } from './endpoints.ts';
import * as api from './endpoints.ts';

const secondsMs = 1000;
/** While news comes in by itself, polling only makes sure. */
const calmMs = 15 * secondsMs;
const pollsEvery = (ms: number): number => (liveFeed.works ? Math.max(ms, calmMs) : ms);
/** Re-reading many pages every few seconds would cost more than it shows. */
const quietPages = 2;
const firstPage = (): string | null => null;

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => api.getMe(signal), staleTime: 60 * secondsMs });

export const setupQuery = queryOptions({ queryKey: ['setup'], queryFn: () => api.getSetup(), staleTime: 0 });

export const sitesQuery = queryOptions({ queryKey: ['sites'], queryFn: ({ signal }) => api.getSites(signal) });

export const leaksQuery = (siteId: string) =>
  infiniteQueryOptions({
    queryKey: ['leaks', siteId],
    queryFn: ({ pageParam, signal }) => api.getLeaks(siteId, pageParam, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (last) => last.next,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) <= quietPages ? 10 * secondsMs : false),
  });

export const faultsQuery = (siteId: string) =>
  queryOptions({ queryKey: ['faults', siteId], queryFn: ({ signal }) => api.getFaults(siteId, signal), refetchInterval: 30 * secondsMs });

export const integrationsQuery = queryOptions({
  queryKey: ['integrations'],
  queryFn: ({ signal }) => api.getIntegrations(signal),
  refetchInterval: (query) => (query.state.data?.items.some(isSyncing) ? 2 * secondsMs : 10 * secondsMs),
});

function isSyncing({ connection }: Integration): boolean {
  return connection?.sync?.state === 'waiting' || connection?.sync?.state === 'running';
}

export const channelsQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['channels', connectionId],
    queryFn: ({ signal }) => api.getChannels(connectionId, signal),
    staleTime: 60 * secondsMs,
  });

export const contactsQuery = (q: string, sort: ContactSort) =>
  infiniteQueryOptions({
    queryKey: ['contacts', q, sort],
    queryFn: ({ pageParam, signal }) => api.getContacts({ q, sort, cursor: pageParam }, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) <= quietPages ? pollsEvery(3 * secondsMs) : 15 * secondsMs),
  });

/** For choosing one contact by typing. */
export const contactChoicesQuery = (q: string) =>
  queryOptions({
    queryKey: ['contact-choices', q],
    queryFn: ({ signal }) => api.getContacts({ q, sort: 'score', cursor: null }, signal),
    placeholderData: keepPreviousData,
    staleTime: 10 * secondsMs,
  });

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id],
    queryFn: ({ signal }) => api.getContact(id, signal),
    refetchInterval: () => pollsEvery(2 * secondsMs),
  });

export const contactSessionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['contact-sessions', id],
    queryFn: ({ pageParam, signal }) => api.getContactSessions(id, pageParam, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (last) => last.next,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) <= quietPages ? pollsEvery(2 * secondsMs) : 15 * secondsMs),
  });

export const contactVisitorsQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['contact-visitors', contactId],
    queryFn: ({ signal }) => api.getContactVisitors(contactId, signal),
    refetchInterval: 10 * secondsMs,
  });

/** Visits of people nobody knows yet, newest first; of one site, or of all when `site` is empty. */
export const anonymousSessionsQuery = (site: string) =>
  infiniteQueryOptions({
    queryKey: ['anonymous-sessions', site],
    queryFn: ({ pageParam, signal }) => api.getAnonymousSessions(site, pageParam, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) <= quietPages ? pollsEvery(3 * secondsMs) : 15 * secondsMs),
  });

export const reportQuery = (siteId: string, wish: ReportWish) =>
  queryOptions({
    queryKey: ['report', siteId, wish],
    queryFn: ({ signal }) => api.getReport(siteId, wish, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30 * secondsMs,
  });

export const retentionQuery = queryOptions({ queryKey: ['retention'], queryFn: ({ signal }) => api.getRetention(signal) });

export const trackedLinksQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['tracked-links', contactId],
    queryFn: ({ signal }) => api.getTrackedLinks(contactId, signal),
    refetchInterval: 10 * secondsMs,
  });

export const sessionQuery = (id: string) =>
  queryOptions({
    queryKey: ['session', id],
    queryFn: ({ signal }) => api.getSession(id, signal),
    refetchInterval: (query) => (query.state.data?.live ? pollsEvery(2 * secondsMs) : 20 * secondsMs),
  });

/** The sessions that are live now. */
export const liveQuery = queryOptions({
  queryKey: ['live'],
  queryFn: ({ signal }) => api.getLive(signal),
  refetchInterval: () => pollsEvery(3 * secondsMs),
});

/** Asked for each time a player opens: a ticket lives at most two minutes, so none is kept. */
export const replayTicketQuery = (sessionId: string) =>
  queryOptions({
    queryKey: ['replay-ticket', sessionId],
    queryFn: () => api.askForReplay(sessionId),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnMount: 'always',
  });

export const deliveriesQuery = infiniteQueryOptions({
  queryKey: ['deliveries'],
  queryFn: ({ pageParam, signal }) => api.getDeliveries(pageParam, signal),
  initialPageParam: firstPage(),
  getNextPageParam: (last) => last.next,
  refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) <= quietPages ? 5 * secondsMs : false),
});

export const apiKeysQuery = queryOptions({ queryKey: ['api-keys'], queryFn: ({ signal }) => api.getApiKeys(signal) });

export const deadLettersQuery = infiniteQueryOptions({
  queryKey: ['dead-letters'],
  queryFn: ({ pageParam, signal }) => api.getDeadLetters(pageParam, signal),
  initialPageParam: firstPage(),
  getNextPageParam: (last) => last.next,
});

export const deadLetterQuery = (id: string) =>
  queryOptions({ queryKey: ['dead-letter', id], queryFn: ({ signal }) => api.getDeadLetter(id, signal), staleTime: 60 * secondsMs });
