/**
 * Stylesheets of the recording. The core is told their hashes, once a session, and sent the text of those that it asks for. What it has not
 * answered about yet is held in memory, bounded.
 */
import type { IngestAnswer } from '#contract/events.ts';
import type { Batch } from './batch.ts';
import { sendApart, sendHead } from './send-batch.ts';
import { session } from './session.ts';
import { read, write } from './storage.ts';

const settledName = '_ll_css';
const mostChars = 3_000_000;
const longestSheet = 1_500_000;
const mostSettledChars = 3_000;
const hashChars = 12;

const texts = new Map<string, string>();

export function hearSheet(hash: string, css: string): void {
  if (texts.has(hash) || css.length > longestSheet || settled().includes(hash.slice(0, hashChars))) return;
  texts.set(hash, css);
  let chars = 0;
  for (const text of texts.values()) chars += text.length;
  for (const [oldest, text] of texts) {
    if (chars <= mostChars) break;
    texts.delete(oldest);
    chars -= text.length;
  }
  sendHead({ sheets: [{ hash }] });
}

/** The core took `batch`: sends what it wants of it, and is done with the rest. */
export function settleSheets({ head, sid }: Batch, { wanted = [] }: IngestAnswer): void {
  for (const { hash, css } of head.sheets ?? []) {
    const text = texts.get(hash);
    if (text !== undefined && css === undefined && wanted.includes(hash)) sendApart({ sheets: [{ hash, css: text }] });
    else {
      texts.delete(hash);
      if (sid === session.sid) write(settledName, `${sid}${hash.slice(0, hashChars)},${settled()}`.slice(0, mostSettledChars));
    }
  }
}

/** The beginnings of hashes, of this session only. */
function settled(): string {
  const kept = read(settledName);
  return kept.startsWith(session.sid) ? kept.slice(session.sid.length) : '';
}
