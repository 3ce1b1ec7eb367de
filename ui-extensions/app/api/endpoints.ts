/** Every route the web app uses, typed by the contract. */
import {
  channelList,
  connectStart,
  contactDetail,
  contactList,
  deliveryList,
  integrationList,
  me,
  type NewWorkspace,
  replayTicket,
  sessionDetail,
  sessionList,
  setupState,
  siteList,
  trackedLink,
  trackedLinkList,
} from '#contract/api.ts';
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

export const getContacts = ({ q, sort, cursor }: ContactQuery, signal: AbortSignal) =>
  request(contactList, `/contacts${query({ q, sort, cursor })}`, { signal });
export const getContact = (id: string, signal: AbortSignal) => request(contactDetail, `/contacts/${at(id)}`, { signal });
export const getContactSessions = (id: string, cursor: string | null, signal: AbortSignal) =>
  request(sessionList, `/contacts/${at(id)}/sessions${query({ cursor })}`, { signal });
export const getTrackedLinks = (id: string, signal: AbortSignal) => request(trackedLinkList, `/contacts/${at(id)}/links`, { signal });
export const createTrackedLink = (id: string, url: string) =>
  request(trackedLink, `/contacts/${at(id)}/links`, { method: 'POST', body: { url } });

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

export const getDeliveries = (cursor: string | null, signal: AbortSignal) =>
  request(deliveryList, `/deliveries${query({ cursor })}`, { signal });

function optional(signal: AbortSignal | undefined) {
  return signal === undefined ? {} : { signal };
}
