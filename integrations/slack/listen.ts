import type { App, Context } from '@slack/bolt';
import { z } from 'zod';
import type { InboxEvent, InboxTools } from '#contract/connector.ts';
import { actionIds } from './alert-message.ts';

const SNOOZE_MS = 24 * 3_600_000;

const press = z.object({
  trigger_id: z.string().optional(),
  user: z.object({ id: z.string(), name: z.string().optional(), username: z.string().optional() }),
  actions: z.tuple([z.object({ action_id: z.string(), action_ts: z.string().optional(), value: z.string().min(1) })], z.unknown()),
});
const eventBody = z.object({ event_id: z.string() });
const revokedTokens = eventBody.extend({ event: z.object({ tokens: z.object({ bot: z.array(z.string()).optional() }) }) });

type Told = { readonly accountId: string; readonly sessionId: string; readonly by: string };

/** What each button means in our words. */
const meanings: Readonly<Record<string, (told: Told) => InboxEvent>> = {
  [actionIds.claim]: (told) => ({ kind: 'alert.claimed', ...told }),
  [actionIds.snooze]: (told) => ({ kind: 'alert.snoozed', ...told, forMs: SNOOZE_MS }),
  [actionIds.notUseful]: (told) => ({ kind: 'alert.notUseful', ...told }),
};

/** Lets the app hear what concerns us and hand it over, acknowledged only once it is safe. */
export function listen(app: App, { accept }: InboxTools): void {
  for (const [actionId, meaning] of Object.entries(meanings)) {
    app.action({ type: 'block_actions', action_id: actionId }, async ({ body, context, ack }) => {
      await acceptPress(meaning, { body, context, accept });
      await ack();
    });
  }
  app.event('app_uninstalled', async ({ body, context }) => {
    await accept({ kind: 'grant.revoked', accountId: accountOf(context) }, eventBody.parse(body).event_id);
  });
  app.event('tokens_revoked', async ({ body, context }) => {
    const { event, event_id } = revokedTokens.parse(body);
    // Tokens of people are none of ours: only the bot's token carries the connection.
    if (event.tokens.bot?.length) await accept({ kind: 'grant.revoked', accountId: accountOf(context) }, event_id);
  });
}

interface Press {
  readonly body: unknown;
  readonly context: Context;
  readonly accept: InboxTools['accept'];
}

async function acceptPress(meaning: (told: Told) => InboxEvent, { body, context, accept }: Press): Promise<void> {
  const { user, actions, trigger_id } = press.parse(body);
  const [action] = actions;
  const accountId = accountOf(context);
  const by = user.name ?? user.username ?? user.id;
  const occasion = trigger_id ?? action.action_ts ?? action.value;
  await accept(meaning({ accountId, sessionId: action.value, by }), [accountId, user.id, action.action_id, occasion].join(':'));
}

/** As in the grant: the organisation where the app is installed for all of it, else the workspace. */
function accountOf({ isEnterpriseInstall, enterpriseId, teamId }: Context): string {
  return (isEnterpriseInstall ? enterpriseId : teamId) ?? '';
}
