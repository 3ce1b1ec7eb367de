import assert from 'node:assert/strict';
import { z } from 'zod';
import manifest from './manifest.json' with { type: 'json' };
import { SLACK_SCOPES } from './scopes.ts';

const address = z.url({ protocol: /^https$/ }).max(255);

/** The limits of docs.slack.dev/reference/app-manifest. */
const limits = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2), minor_version: z.number() }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().max(140),
    long_description: z.string().min(175).max(4000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/i),
  }),
  features: z.strictObject({
    bot_user: z.strictObject({ display_name: z.string().regex(/^[a-z0-9._-]{1,80}$/), always_online: z.boolean() }),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z.array(address).min(1).max(1000),
    scopes: z.strictObject({ bot: z.array(z.string()).max(255) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: address, bot_events: z.array(z.string()).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: address }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.literal(false),
    token_rotation_enabled: z.boolean(),
  }),
});

describe("the Slack app's manifest", () => {
  it('keeps to the limits of Slack', () => {
    limits.parse(manifest);
  });

  it('asks for the scopes that the connector uses, and no others', () => {
    assert.deepEqual(manifest.oauth_config.scopes.bot, [...SLACK_SCOPES]);
  });

  it('hears of the end of a connection', () => {
    assert.deepEqual(manifest.settings.event_subscriptions.bot_events, ['app_uninstalled', 'tokens_revoked']);
  });
});
