/** The sync log: what was delivered, in sentences. */
import { Schema } from 'mongoose';
import { Failure, failureKinds } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import { newId } from '../store/new-id.ts';

export interface DeliveryDocument extends Owned {
  connectionId: string;
  provider: string;
  at: Date;
  text: string;
  outcome: 'done' | 'retrying' | 'waiting' | 'failed';
  reason: string | null;
  contactId: string | null;
}

const schema = new Schema<DeliveryDocument>(
  {
    ...ownedFields,
    connectionId: { type: String, required: true },
    provider: { type: String, required: true },
    at: { type: Date, required: true },
    text: { type: String, required: true },
    outcome: { type: String, required: true },
    reason: { type: String, default: null },
    contactId: { type: String, default: null },
  },
  ownedOptions('deliveries'),
);
schema.index({ workspaceId: 1, at: -1, _id: -1 });
schema.index({ at: 1 }, { expireAfterSeconds: 90 * 24 * 3600 });

export const Delivery = defineModel<DeliveryDocument>('Delivery', schema);

export interface DeliveryLine {
  readonly text: string;
  readonly contactId: string | null;
  /** What went wrong, if it did. */
  readonly error?: unknown;
}

type Sender = Pick<DeliveryDocument, 'workspaceId' | 'provider'> & { readonly _id: string };

export async function logDelivery(platform: Platform, connection: Sender, line: DeliveryLine): Promise<void> {
  const { workspaceId, _id: connectionId, provider } = connection;
  const { text, contactId } = line;
  const row = { _id: newId('dlv'), workspaceId, connectionId, provider, at: platform.clock.now(), text, contactId, ...endOf(line.error) };
  await Delivery.create([row]);
}

function endOf(error: unknown): Pick<DeliveryDocument, 'outcome' | 'reason'> {
  if (error === undefined) return { outcome: 'done', reason: null };
  if (!(error instanceof Failure)) return { outcome: 'retrying', reason: 'An unexpected error; the log has it.' };
  const outcomes = { later: 'retrying', never: 'failed', afterReconnect: 'waiting' } as const;
  return { outcome: outcomes[failureKinds[error.kind].retry], reason: error.message };
}
