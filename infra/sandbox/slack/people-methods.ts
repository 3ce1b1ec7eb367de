import { z } from 'zod';
import { type Person, personBySlackId, slackApp, staff, team } from '../accounts.ts';
import { revokeGrant } from '../oauth/tokens.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Token } from '../state/records.ts';
import type { SlackCall, SlackMethod } from './call-slack.ts';
import { flag, readAs } from './read-arguments.ts';
import { SlackError } from './slack-error.ts';

/** Who the token is, who works here, and what this workspace is. */
export const peopleMethods: readonly SlackMethod[] = [
  { name: 'auth.test', scopes: [], run: testAuth },
  { name: 'auth.revoke', scopes: [], run: revoke },
  { name: 'users.info', scopes: ['users:read'], run: userInfo },
  { name: 'users.lookupByEmail', scopes: ['users:read.email'], run: lookupByEmail },
  {
    name: 'team.info',
    scopes: ['team:read'],
    run: () => ({
      team: {
        id: team.id,
        name: team.name,
        domain: team.domain,
        email_domain: 'northwind-robotics.example',
        icon: { image_default: true },
      },
    }),
  },
];

function testAuth(sandbox: Sandbox, { token }: SlackCall): object {
  const where = { url: `${sandbox.url()}/slack/`, team: team.name, team_id: team.id, is_enterprise_install: false };
  if (token.holder === 'bot') return { ...where, user: slackApp.name, user_id: slackApp.userId, bot_id: slackApp.botId };
  return { ...where, user: staff[0].first.toLowerCase(), user_id: staff[0].slackId };
}

/** Revoking the bot's token takes the app out of the workspace. `test=1` only asks. */
function revoke(sandbox: Sandbox, { given }: SlackCall): object {
  if (readAs(given, z.object({ test: flag })).test) return { revoked: false };
  revokeGrant(sandbox, 'slack');
  return { revoked: true };
}

/** E-mail addresses need `users:read.email`. */
function userBody(person: Person, token: Token): object {
  const real_name = `${person.first} ${person.last}`;
  const email = token.scopes.includes('users:read.email') ? { email: person.email } : {};
  const profile = { real_name, display_name: person.first, title: person.title, ...email };
  const zone = { tz: 'Europe/Stockholm', tz_label: 'Central European Time', tz_offset: 3600 };
  return {
    id: person.slackId,
    team_id: team.id,
    name: person.first.toLowerCase(),
    real_name,
    profile,
    deleted: false,
    is_bot: false,
    ...zone,
  };
}

function userInfo(_sandbox: Sandbox, { given, token }: SlackCall): object {
  const person = personBySlackId(readAs(given, z.object({ user: z.string() })).user);
  if (!person) throw new SlackError('user_not_found');
  return { user: userBody(person, token) };
}

function lookupByEmail(_sandbox: Sandbox, { given, token }: SlackCall): object {
  const { email } = readAs(given, z.object({ email: z.string() }));
  const person = staff.find((one) => one.email === email.toLowerCase());
  if (!person) throw new SlackError('users_not_found');
  return { user: userBody(person, token) };
}
