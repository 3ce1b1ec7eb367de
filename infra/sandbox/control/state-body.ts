import type { Sandbox } from '../sandbox.ts';
import { messagesOf } from '../slack/find-channel.ts';

/** Everything the sandbox holds. Token values are shown only when they are asked for. */
export function stateBody(sandbox: Sandbox, wish: { readonly tokens: boolean }): object {
  const { state } = sandbox;
  const { contacts, companies, notes, properties, groups, channels } = state;
  const tokens = state.tokens.all().map(({ token, ...rest }) => (wish.tokens ? { token, ...rest } : rest));
  const own = properties.all().filter((one) => !one.hubspotDefined);
  return {
    installations: state.installations.all(),
    tokens,
    hubspot: { contacts: contacts.all(), companies: companies.all(), notes: notes.all(), groups: groups.all(), properties: own },
    slack: {
      channels: channels.all().map((one) => ({ ...one, messages: messagesOf(sandbox, one.id) })),
      ephemeral: state.messages.all().filter((one) => one.ephemeralTo !== null),
      sentToApp: state.outgoing.all(),
    },
    campaign: state.templates.get('campaign') ?? null,
    faults: state.faults.all(),
    calls: state.calls.all(),
  };
}
