/** The tenant. Its own id is its `workspaceId`, so that the one rule of tenancy holds here too. */
import { Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface WorkspaceDocument extends Owned {
  name: string;
  /** Made by `npm start` for trying the product. */
  demo: boolean;
  /** How many days raw events are kept, 1 to 30. Missing: 30. */
  rawEventDays?: number;
  createdAt: Date;
}

const schema = new Schema<WorkspaceDocument>(
  {
    ...ownedFields,
    name: { type: String, required: true },
    demo: { type: Boolean, required: true },
    rawEventDays: { type: Number },
    createdAt: { type: Date, required: true },
  },
  ownedOptions('workspaces'),
);

export const Workspace = defineModel<WorkspaceDocument>('Workspace', schema);
