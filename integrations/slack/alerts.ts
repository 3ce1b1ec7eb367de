import { z } from 'zod';
import type { AlertRef, AlertsAbility, Channel, Grant } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { alertMessage } from './alert-message.ts';
import { ask, type SlackSettings } from './client.ts';
import { findMessage, METADATA_TYPE } from './find-message.ts';

const MAX_PAGES = 50;
const PAGE_SIZE = 200;
const MINUTE_MS = 60_000;

const channelPage = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
const posted = z.object({ channel: z.string(), ts: z.string() });

export function slackAlerts(settings: SlackSettings): AlertsAbility {
  return {
    channels: (grant) => listChannels(settings, grant),
    announce: (grant, request) => announce(settings, grant, request),
    update: (grant, request) => update(settings, grant, request),
  };
}

/** Every channel that is in use, by name: public ones, and the private ones Leadlight was invited to. */
async function listChannels(settings: SlackSettings, grant: Grant): Promise<Channel[]> {
  const channels: Channel[] = [];
  let cursor = '';
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await readChannels(settings, grant, cursor);
    channels.push(...answer.channels);
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') break;
  }
  return channels.sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

function readChannels(settings: SlackSettings, { accessToken, scopes }: Grant, cursor: string): Promise<z.infer<typeof channelPage>> {
  const types = scopes.includes('groups:read') ? 'public_channel,private_channel' : 'public_channel';
  return ask(settings, { token: accessToken, shape: channelPage }, (client) =>
    client.conversations.list({ types, exclude_archived: true, limit: PAGE_SIZE, ...(cursor === '' ? {} : { cursor }) }),
  );
}

async function announce(settings: SlackSettings, grant: Grant, request: Parameters<AlertsAbility['announce']>[1]): Promise<AlertRef> {
  const { channelId, alert, mayExist, triedSince } = request;
  if (mayExist) {
    // A message cannot be older than its session; a minute makes up for clocks that differ.
    const since = new Date((triedSince ?? new Date(alert.startedAt)).getTime() - MINUTE_MS);
    const ts = await findMessage(settings, grant, { channelId, sessionId: alert.sessionId, since });
    if (ts !== null) return refOf(channelId, ts);
  }
  const message = { ...alertMessage(alert), metadata: metadataOf(alert.sessionId), unfurl_links: false, unfurl_media: false };
  const { channel, ts } = await ask(settings, { token: grant.accessToken, shape: posted }, (client) =>
    client.chat.postMessage({ channel: channelId, ...message }),
  );
  return refOf(channel, ts);
}

async function update(settings: SlackSettings, grant: Grant, { ref, alert }: Parameters<AlertsAbility['update']>[1]): Promise<void> {
  const [channel, ts] = ref.split('/');
  if (!channel || !ts)
    throw new Failure('vendorRefused', 'The Slack message is gone: nothing says where it was.', { code: 'slack-ref-unknown' });
  const message = { ...alertMessage(alert), metadata: metadataOf(alert.sessionId) };
  await ask(settings, { token: grant.accessToken, shape: z.unknown() }, (client) => client.chat.update({ channel, ts, ...message }));
}

function metadataOf(sessionId: string) {
  return { event_type: METADATA_TYPE, event_payload: { sessionId } };
}

function refOf(channel: string, ts: string): AlertRef {
  return `${channel}/${ts}`;
}
