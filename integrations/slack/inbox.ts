import { App, UnknownError } from '@slack/bolt';
import type { InboxAbility, InboxReply, InboxTools, SignedRequest } from '#contract/connector.ts';
import { type SlackSettings, silence } from './client.ts';
import { feedReceiver } from './feed-receiver.ts';
import { listen } from './listen.ts';
import { readRequest } from './read-request.ts';
import { isFromSlack } from './verify-request.ts';

/** Button presses and events. Slack waits 3 seconds and sends an event again (three times) unless it gets a 2xx. */
export function slackInbox(settings: SlackSettings): InboxAbility {
  return { receive: (request, tools) => receive(settings, request, tools) };
}

async function receive(settings: SlackSettings, request: SignedRequest, tools: InboxTools): Promise<InboxReply> {
  if (!isFromSlack(request, settings.signingSecret, settings.tools.now())) return reply(401, 'The signature is not valid.');
  const message = readRequest(request);
  if (message === null) return reply(400, 'The body cannot be read.');
  if (message.kind === 'challenge') return reply(200, message.challenge);
  if (message.kind === 'forBolt') await dispatch(message.body, tools);
  return reply(200, '');
}

/** An app for each request (0.1 ms), so that one request's tools are never another's. Throws what a listener threw. */
async function dispatch(body: Record<string, unknown>, tools: InboxTools): Promise<void> {
  const receiver = feedReceiver();
  // Nothing is asked of Slack while a request is handled, hence no token.
  const app = new App({ receiver, authorize: async () => ({}), logger: silence, convoStore: false, ignoreSelf: false });
  const troubles: Error[] = [];
  app.error(async (error) => {
    troubles.push(error instanceof UnknownError ? error.original : error);
  });
  listen(app, tools);
  await receiver.feed(body);
  if (troubles.length > 0) throw troubles[0];
}

function reply(status: number, body: string): InboxReply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
