/** Reads a batch's envelope from its text, piece by piece: a forged one is refused at its first bad piece, not after a list of all of them. */
import { z } from 'zod';
import { type IngestEnvelope, ingestEnvelope, sentChunk } from '#contract/events.ts';
import { parseJsonText, parseValue } from '../http/parse.ts';
import type { JsonLimits } from '../http/scan-json.ts';

/**
 * A page of 512 nested elements is the deepest that browsers parse: two levels of JSON each. A stylesheet of two million characters is the
 * longest text.
 */
const limits: JsonLimits = {
  depth: 1200,
  containers: 250_000,
  values: 1_000_000,
  members: 1000,
  stringBytes: 1024 * 1024,
  longText: { key: 'css', bytes: 4 * 1024 * 1024 },
};

const chunksUnread = z.array(z.unknown()).max(50).optional();
const shell = ingestEnvelope.omit({ chunks: true }).extend({ chunks: chunksUnread });
/** Before anything else of a chunk is looked at. */
const manyEvents = z.object({ chunks: z.array(z.object({ events: z.array(z.unknown()).max(5000) })).optional() });

export function readEnvelope(body: Buffer): IngestEnvelope {
  const { chunks, ...envelope } = parseValue(shell, parseJsonText(body, limits));
  if (chunks === undefined) return envelope;
  parseValue(manyEvents, { chunks });
  return { ...envelope, chunks: chunks.map((chunk) => parseValue(sentChunk, chunk)) };
}
