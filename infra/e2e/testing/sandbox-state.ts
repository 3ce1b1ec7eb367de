/** What the sandbox holds, as far as tests look at it. */
import { z } from 'zod';

const properties = z.record(z.string(), z.string().nullable());
const message = z.object({
  ts: z.string(),
  text: z.string(),
  edits: z.number(),
  metadata: z.object({ event_payload: z.object({ sessionId: z.string() }) }).nullable(),
  blocks: z.array(z.unknown()),
});

const state = z.object({
  hubspot: z.object({
    contacts: z.array(z.object({ id: z.string(), properties })),
    notes: z.array(z.object({ id: z.string(), contactIds: z.array(z.string()), properties })),
  }),
  slack: z.object({ channels: z.array(z.object({ name: z.string(), messages: z.array(message) })) }),
});
export type SandboxState = z.infer<typeof state>;

export async function readSandbox(sandbox: string): Promise<SandboxState> {
  return state.parse(await (await fetch(`${sandbox}/state`)).json());
}

export async function issuedTokens(sandbox: string): Promise<string[]> {
  const { tokens } = z
    .object({ tokens: z.array(z.object({ token: z.string() })) })
    .parse(await (await fetch(`${sandbox}/state?tokens=1`)).json());
  return tokens.map(({ token }) => token);
}

export function contactOf({ hubspot }: SandboxState, id: string) {
  const contact = hubspot.contacts.find((candidate) => candidate.id === id);
  if (contact === undefined) throw new Error(`The sandbox has no contact ${id}.`);
  return contact;
}

export function notesOf({ hubspot }: SandboxState, contactId: string) {
  return hubspot.notes.filter((note) => note.contactIds.includes(contactId));
}

/** Our app's messages in every channel. The sandbox's people write without metadata. */
export function alertsIn({ slack }: SandboxState) {
  return slack.channels.flatMap((channel) =>
    channel.messages.filter((candidate) => candidate.metadata !== null).map((alert) => ({ ...alert, channel: channel.name })),
  );
}
