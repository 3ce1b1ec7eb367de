/** The rrweb events that a recording may hold, by their shapes. Anything else (plug-ins, canvas, fonts, media, selections) is left out. */
import * as z from 'zod';
import { isNodeId } from './recording-node.ts';

const nodeId = z.number().refine(isNodeId);
/** Where the recorder lost sight of the node it writes -1. */
const targetId = z
  .number()
  .int()
  .min(-1)
  .max(2 ** 31);
const pixels = z.number().min(-1e7).max(1e7);
const size = z.number().min(0).max(1e6);
const ruleIndex = z.union([z.number().int().min(0).max(1e6), z.array(z.number().int().min(0).max(1e6)).min(1).max(16)]);
const addedRules = z.array(z.object({ rule: z.string(), index: ruleIndex.exactOptional() })).max(20_000);
const styleTarget = { id: nodeId.exactOptional(), styleId: z.number().int().min(0).max(1e9).exactOptional() };
const styleProperty = z.string().regex(/^-{0,2}[A-Za-z][\w-]{0,99}$/);

function movement<Source extends 1 | 6 | 12>(source: Source) {
  const position = z.object({ x: pixels, y: pixels, id: targetId, timeOffset: z.number().min(-600_000).max(0) });
  return z.object({ source: z.literal(source), positions: z.array(position).min(1).max(5_000) });
}

const mutation = z.object({
  source: z.literal(0),
  texts: z.array(z.object({ id: nodeId, value: z.string().nullable() })),
  attributes: z.array(z.object({ id: nodeId, attributes: z.record(z.string(), z.unknown()) })),
  removes: z.array(z.object({ parentId: nodeId, id: nodeId, isShadow: z.boolean().exactOptional() })),
  adds: z.array(z.object({ parentId: nodeId, previousId: targetId.nullish(), nextId: targetId.nullable(), node: z.unknown() })),
});
export type RecordedMutation = z.infer<typeof mutation>;

/** The `data` of an incremental event. Nodes and attributes of a mutation, and every text of CSS, still have to be read. */
export const recordedIncrement = z.discriminatedUnion('source', [
  mutation,
  movement(1),
  z.object({
    source: z.literal(2),
    type: z.number().int().min(0).max(10),
    id: targetId,
    x: pixels.exactOptional(),
    y: pixels.exactOptional(),
    pointerType: z.number().int().min(0).max(2).exactOptional(),
  }),
  z.object({ source: z.literal(3), id: targetId, x: pixels, y: pixels }),
  z.object({ source: z.literal(4), width: size, height: size }),
  z.object({ source: z.literal(5), id: targetId, text: z.string(), isChecked: z.boolean(), userTriggered: z.boolean().exactOptional() }),
  movement(6),
  z.object({
    source: z.literal(8),
    ...styleTarget,
    removes: z
      .array(z.object({ index: ruleIndex }))
      .max(20_000)
      .exactOptional(),
    adds: addedRules.exactOptional(),
    replace: z.string().exactOptional(),
    replaceSync: z.string().exactOptional(),
  }),
  movement(12),
  z.object({
    source: z.literal(13),
    ...styleTarget,
    index: z.array(z.number().int().min(0).max(1e6)).min(1).max(16),
    set: z
      .object({ property: styleProperty, value: z.string().nullable(), priority: z.enum(['', 'important']).exactOptional() })
      .exactOptional(),
    remove: z.object({ property: styleProperty }).exactOptional(),
  }),
  z.object({
    source: z.literal(15),
    id: nodeId,
    styles: z
      .array(z.object({ styleId: z.number().int().min(0).max(1e9), rules: addedRules }))
      .max(2_000)
      .exactOptional(),
    styleIds: z.array(z.number().int().min(0).max(1e9)).max(2_000),
  }),
]);
export type RecordedIncrement = z.infer<typeof recordedIncrement>;

const timestamp = z.number().min(1).max(8_640_000_000_000_000);

/** An event as it is stored. */
export const recordedEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal(0), timestamp, data: z.unknown() }),
  z.object({ type: z.literal(1), timestamp, data: z.unknown() }),
  z.object({
    type: z.literal(2),
    timestamp,
    data: z.object({ node: z.unknown(), initialOffset: z.object({ top: pixels, left: pixels }) }),
  }),
  z.object({ type: z.literal(3), timestamp, data: recordedIncrement }),
  z.object({ type: z.literal(4), timestamp, data: z.object({ href: z.string(), width: size, height: size }) }),
]);
export type RecordedEvent = z.infer<typeof recordedEvent>;

/** The style of an element as rrweb sends a change of it: property → value, [value, priority], or false where it was removed. */
export const styleChange = z.record(styleProperty, z.union([z.string(), z.tuple([z.string(), z.string().max(20)]), z.literal(false)]));
