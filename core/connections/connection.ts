/** A workspace's grant at one provider. The tokens are ciphertext; everything else here may be shown. */
import { Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface ConnectionDocument extends Owned {
  provider: string;
  account: { id: string; name: string; url: string };
  scopes: string[];
  state: 'active' | 'needs_reauth' | 'disconnected';
  /** What went wrong last, in words for people; null when all is well. */
  problem: string | null;
  /** JWE bound to this row. */
  accessToken: string;
  refreshToken: string | null;
  expiresAt: Date | null;
  /** Grows with every change of the tokens: a refresh that lost the race writes nothing. */
  tokenVersion: number;
  refreshLease: { owner: string; until: Date } | null;
  /** CRM: the first sync. */
  sync: { state: 'waiting' | 'running' | 'done' | 'failed'; cursor: string | null; imported: number; linkTokensWritten: number } | null;
  /** Alerts: where they go. */
  channel: { id: string; name: string } | null;
  connectedBy: string;
  connectedAt: Date;
}

const schema = new Schema<ConnectionDocument>(
  {
    ...ownedFields,
    provider: { type: String, required: true },
    account: { type: new Schema({ id: String, name: String, url: String }, { _id: false }), required: true },
    scopes: { type: [String], required: true },
    state: { type: String, required: true },
    problem: { type: String, default: null },
    accessToken: { type: String },
    refreshToken: { type: String, default: null },
    expiresAt: { type: Date, default: null },
    tokenVersion: { type: Number, required: true },
    refreshLease: { type: new Schema({ owner: String, until: Date }, { _id: false }), default: null },
    sync: {
      type: new Schema({ state: String, cursor: String, imported: Number, linkTokensWritten: Number }, { _id: false }),
      default: null,
    },
    channel: { type: new Schema({ id: String, name: String }, { _id: false }), default: null },
    connectedBy: { type: String, required: true },
    connectedAt: { type: Date, required: true },
  },
  ownedOptions('connections'),
);
schema.index({ workspaceId: 1, provider: 1, 'account.id': 1 }, { unique: true });
// A vendor's request names only its own account.
schema.index({ provider: 1, 'account.id': 1 });

export const Connection = defineModel<ConnectionDocument>('Connection', schema);
