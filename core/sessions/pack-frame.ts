/** One frame of a packed recording: JSON of events, ids and moments as distances, zstd with the site's dictionary. */
import { constants, zstdCompressSync, zstdDecompress } from 'node:zlib';
import { z } from 'zod';
import type { RecordedEvent } from '#contract/recording-events.ts';
import { fromDistances, toDistances } from '#contract/shift-numbers.ts';

/** Beyond 6 it costs more than it saves: `infra/bench/benches/storage.ts`. */
const level = 6;
/** Of a frame unpacked: beyond it something is wrong with it. */
const maxBytes = 128 * 1024 * 1024;

/** Our own writing: the events were clean when they were packed. */
const packed = z.array(z.custom<RecordedEvent>((event) => typeof event === 'object' && event !== null));

/** Takes the events over: they are changed. */
export function packFrame(events: readonly RecordedEvent[], dictionary: Buffer | null): Buffer {
  toDistances(events);
  return pack(JSON.stringify(events), dictionary);
}

/** What a text that was packed before would take with this dictionary. */
export function packedSize(text: string, dictionary: Buffer | null): number {
  return pack(text, dictionary).length;
}

function pack(text: string, dictionary: Buffer | null): Buffer {
  const params = { [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1 };
  return zstdCompressSync(text, { params, ...(dictionary !== null && { dictionary }) });
}

export async function unpackFrame(body: Uint8Array, dictionary: Buffer | null): Promise<RecordedEvent[]> {
  const events = packed.parse(JSON.parse(await unpackText(body, dictionary)));
  fromDistances(events);
  return events;
}

/** As it was packed: JSON of events as distances. */
export async function unpackText(body: Uint8Array, dictionary: Buffer | null): Promise<string> {
  return new Promise((resolve, reject) => {
    zstdDecompress(body, { maxOutputLength: maxBytes, ...(dictionary !== null && { dictionary }) }, (error, text) =>
      error === null ? resolve(text.toString('utf8')) : reject(error),
    );
  });
}
