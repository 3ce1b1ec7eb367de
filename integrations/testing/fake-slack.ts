import { z } from 'zod';
import { type FakeAnswer, type FakeCall, type FakeVendor, fakeVendor } from './fake-vendor.ts';

export const SLACK_ORIGIN = 'https://slack.com';

export interface FakeMessage {
  readonly channel: string;
  readonly ts: string;
  text: string;
  blocks: unknown;
  metadata: unknown;
}

export interface FakeSlack extends FakeVendor {
  readonly messages: FakeMessage[];
}

const json = z.string().transform((text): unknown => JSON.parse(text));
const message = z.object({ channel: z.string(), text: z.string(), blocks: json, metadata: json });

const NOT_FOUND: FakeAnswer = [200, { ok: false, error: 'unknown_method' }];

/** A Slack workspace in memory, for tests. Slack refuses with 200 and `ok: false`, a full bucket aside. */
export function fakeSlack(): FakeSlack {
  const messages: FakeMessage[] = [];
  const fake: FakeSlack = Object.assign(
    fakeVendor({
      origin: SLACK_ORIGIN,
      answer: (call) => methods[call.path.slice('/api/'.length)]?.(fake, call) ?? NOT_FOUND,
      refuse: (fault) =>
        fault === 'limited'
          ? [429, { ok: false, error: 'ratelimited' }, { 'retry-after': '7' }]
          : [200, { ok: false, error: 'invalid_auth' }],
    }),
    { messages },
  );
  return fake;
}

const methods: Readonly<Record<string, (fake: FakeSlack, call: FakeCall) => FakeAnswer>> = {
  'chat.postMessage': ({ messages }, { body }) => {
    const posted = { ...message.parse(body), ts: `${1762178700 + messages.length}.000100` };
    messages.push(posted);
    return [200, { ok: true, channel: posted.channel, ts: posted.ts }];
  },
  'chat.update': ({ messages }, { body }) => {
    const change = message.extend({ ts: z.string() }).parse(body);
    const found = messages.find(({ channel, ts }) => channel === change.channel && ts === change.ts);
    if (!found) return [200, { ok: false, error: 'message_not_found' }];
    Object.assign(found, change);
    return [200, { ok: true, channel: found.channel, ts: found.ts }];
  },
  'conversations.history': ({ messages }) => [
    200,
    { ok: true, messages: messages.map(({ ts, text, metadata }) => ({ type: 'message', ts, text, metadata })) },
  ],
  'conversations.list': () => [200, { ok: true, channels: [{ id: 'C1', name: 'sales' }], response_metadata: { next_cursor: '' } }],
  'auth.revoke': () => [200, { ok: true, revoked: true }],
};
