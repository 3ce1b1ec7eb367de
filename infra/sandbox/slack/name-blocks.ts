import { randomBytes } from 'node:crypto';
import { z } from 'zod';

type JsonObject = Record<string, unknown>;
const jsonObject = z.record(z.string(), z.unknown());

/** Gives blocks and their elements the ids that Slack makes up where the app gave none. */
export function nameBlocks(blocks: readonly JsonObject[]): JsonObject[] {
  return blocks.map((block) => {
    const named: JsonObject = { ...block, block_id: block.block_id ?? madeUp() };
    if (block.type === 'actions') named.elements = z.array(jsonObject).parse(block.elements).map(nameElement);
    const accessory = jsonObject.safeParse(block.accessory);
    if (accessory.success && accessory.data.type !== 'image') named.accessory = nameElement(accessory.data);
    return named;
  });
}

function nameElement(element: JsonObject): JsonObject {
  return { ...element, action_id: element.action_id ?? madeUp() };
}

function madeUp(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}
