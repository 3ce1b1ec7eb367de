/** Every route the web app uses, typed by the contract. */
import {
  contactDetail,
  contactList,
  faultList,
  leakList,
  me,
  type NewWorkspace,
  replayTicket,
  type SiteChange,
  sessionDetail,
  sessionList,
  setupState,
  site,
  siteList,
  trackedLink,
  trackedLinkList,
  visitor,
  visitorList,
} from '#contract/api.ts';
import { channelList, connectStart, deliveryList, integrationList } from '#contract/integrations.ts';
import { liveState } from '#contract/live.ts';
import { report } from '#contract/report.ts';
import { type ApiKeyRequest, apiKeyList, deadLetterDetail, deadLetterList, deadLetterReplayed, newApiKey } from '#contract/rest.ts';
import { type Retention, retention } from '#contract/retention.ts';
import type { ReportWish } from '../reports/report-span.ts';
import { noContent, request } from './request.ts';

export type ContactSort = 'score' | 'lastSeen';

export interface ContactQuery {
  readonly q: string;
  readonly sort: ContactSort;
  readonly cursor: string | null;
}

const at = encodeURIComponent;

function query(fields: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

export const getSetup = () => request(setupState, '/setup');
export const createWorkspace = (body: NewWorkspace) => request(me, '/workspaces', { method: 'POST', body });
export const signIn = (body: { readonly email: string; readonly password: string }) => request(me, '/sign-in', { method: 'POST', body });
export const signInByLink = (token: string) => request(me, '/sign-in/link', { method: 'POST', body: { token } });
export const signOut = () => request(noContent, '/sign-out', { method: 'POST', body: {} });
export const getMe = (signal?: AbortSignal) => request(me, '/me', optional(signal));

export const getSites = (signal: AbortSignal) => request(siteList, '/sites', { signal });
export const addSite = (domain: string) => request(site, '/sites', { method: 'POST', body: { domain } });
export const changeSite = (id: string, change: SiteChange) => request(site, `/sites/${at(id)}`, { method: 'PATCH', body: change });
export const rotateSiteKey = (id: string) => request(site, `/sites/${at(id)}/rotate-key`, { method: 'POST', body: {} });
export const getLeaks = (siteId: string, cursor: string | null, signal: AbortSignal) =>
  request(leakList, `/sites/${at(siteId)}/leaks${query({ cursor })}`, { signal });
export const getFaults = (siteId: string, signal: AbortSignal) => request(faultList, `/sites/${at(siteId)}/faults`, { signal });

export const getReport = (siteId: string, { from, to, by }: ReportWish, signal: AbortSignal) =>
  request(report, `/sites/${at(siteId)}/report${query({ from, to, by })}`, { signal });
export const getRetention = (signal: AbortSignal) => request(retention, '/workspace/retention', { signal });
export const changeRetention = (body: Retention) => request(retention, '/workspace/retention', { method: 'PUT', body });

export const getContacts = ({ q, sort, cursor }: ContactQuery, signal: AbortSignal) =>
  request(contactList, `/contacts${query({ q, sort, cursor })}`, { signal });
export const getContact = (id: string, signal: AbortSignal) => request(contactDetail, `/contacts/${at(id)}`, { signal });
export const getContactSessions = (id: string, cursor: string | null, signal: AbortSignal) =>
  request(sessionList, `/contacts/${at(id)}/sessions${query({ cursor })}`, { signal });
export const getTrackedLinks = (id: string, signal: AbortSignal) => request(trackedLinkList, `/contacts/${at(id)}/links`, { signal });
export const createTrackedLink = (id: string, url: string) =>
  request(trackedLink, `/contacts/${at(id)}/links`, { method: 'POST', body: { url } });

export const getContactVisitors = (id: string, signal: AbortSignal) => request(visitorList, `/contacts/${at(id)}/visitors`, { signal });
export const confirmVisitor = (id: string) => request(visitor, `/visitors/${at(id)}/confirm`, { method: 'POST', body: {} });
export const unbindVisitor = (id: string) => request(noContent, `/visitors/${at(id)}/unbind`, { method: 'POST', body: {} });

export const getAnonymousSessions = (site: string, cursor: string | null, signal: AbortSignal) =>
  request(sessionList, `/sessions${query({ mode: 'anonymous', site, cursor })}`, { signal });
export const getLive = (signal: AbortSignal) => request(liveState, '/live', { signal });
export const getSession = (id: string, signal: AbortSignal) => request(sessionDetail, `/sessions/${at(id)}`, { signal });
export const askForReplay = (id: string) => request(replayTicket, `/sessions/${at(id)}/replay`, { method: 'POST', body: {} });

export const getIntegrations = (signal: AbortSignal) => request(integrationList, '/integrations', { signal });
export const startConnect = (provider: string) =>
  request(connectStart, `/integrations/${at(provider)}/connect`, { method: 'POST', body: {} });
export const getChannels = (connectionId: string, signal: AbortSignal) =>
  request(channelList, `/connections/${at(connectionId)}/channels`, { signal });
export const chooseChannel = (connectionId: string, channelId: string) =>
  request(noContent, `/connections/${at(connectionId)}/channel`, { method: 'PUT', body: { channelId } });
export const disconnect = (connectionId: string) => request(noContent, `/connections/${at(connectionId)}`, { method: 'DELETE', body: {} });

export const getApiKeys = (signal: AbortSignal) => request(apiKeyList, '/keys', { signal });
export const makeApiKey = (body: ApiKeyRequest) => request(newApiKey, '/keys', { method: 'POST', body });
export const revokeApiKey = (id: string) => request(noContent, `/keys/${at(id)}`, { method: 'DELETE', body: {} });
export const getDeadLetters = (cursor: string | null, signal: AbortSignal) =>
  request(deadLetterList, `/dead-letters${query({ cursor })}`, { signal });
export const getDeadLetter = (id: string, signal: AbortSignal) => request(deadLetterDetail, `/dead-letters/${at(id)}`, { signal });
export const replayDeadLetter = (id: string) => request(deadLetterReplayed, `/dead-letters/${at(id)}/replay`, { method: 'POST', body: {} });
export const deleteDeadLetter = (id: string) => request(noContent, `/dead-letters/${at(id)}`, { method: 'DELETE', body: {} });

export const getDeliveries = (cursor: string | null, signal: AbortSignal) =>
  request(deliveryList, `/deliveries${query({ cursor })}`, { signal });

function optional(signal: AbortSignal | undefined) {
  return signal === undefined ? {} : { signal };
}
