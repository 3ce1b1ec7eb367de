/** Makes a mongoose model that belongs to a workspace: string ids, no unknown fields, and the tenant guard. */
import mongoose, { type Model, type Schema } from 'mongoose';
import { tenantGuard } from './tenant-guard.ts';

export interface Owned {
  _id: string;
  workspaceId: string;
}

/** Fields that every owned schema starts with. */
export const ownedFields = {
  _id: { type: String, required: true },
  // A row never moves to another workspace.
  workspaceId: { type: String, required: true, immutable: true },
} as const;

/** Options that every owned schema uses. */
export function ownedOptions<Name extends string>(collection: Name) {
  return { collection, strict: 'throw', versionKey: false, minimize: false, id: false } as const;
}

export function defineModel<Document extends Owned>(name: string, schema: Schema<Document>): Model<Document> {
  schema.plugin(tenantGuard);
  return mongoose.model<Document>(name, schema);
}
