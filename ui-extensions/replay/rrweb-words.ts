/** rrweb's types that it does not name for others, by the one that it does. */
import type { EventType, eventWithTime, IncrementalSource } from 'rrweb';

export type IncrementalData = Extract<eventWithTime, { type: EventType.IncrementalSnapshot }>['data'];
export type MutationData = Extract<IncrementalData, { source: IncrementalSource.Mutation }>;
export type AddedNode = MutationData['adds'][number];
export type SerializedNode = AddedNode['node'];

/** rrweb's `type` of a node. */
export const nodeTypes = { document: 0, doctype: 1, element: 2, text: 3, comment: 5 } as const;
