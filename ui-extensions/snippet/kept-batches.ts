/** What waits, kept in the tab for its next page; and which events arrived, so that a page that is restored or loaded again sends none twice. */
import { type Batch, isBatch, lightened } from './batch.ts';
import { isRecord } from './is-record.ts';
import { read, remove, write } from './storage.ts';

const keptName = '_ll_keep';
const sentName = '_ll_sent';
const mostKeptChars = 1_000_000;
const mostSentChars = 2_000;
const idChars = 8;

/** Without traits of who this is: the next page's `identify` says them again. Where not all fits, the recording goes. `light`: only what is small. */
export function keepBatches(batches: readonly Batch[], light: boolean): void {
  if (batches.length === 0) return remove(keptName);
  const small = batches.map(lightened);
  [light ? small : batches, small].some((choice) => {
    const json = JSON.stringify(choice, (name, value) => (name === 'traits' && isRecord(value) ? undefined : value));
    return json.length < mostKeptChars && write(keptName, json);
  });
}

/** What was kept and has not arrived since. */
export function takeKept(): Batch[] {
  const sent = read(sentName);
  const parsed: unknown = JSON.parse(read(keptName) || '[]');
  remove(keptName);
  if (!Array.isArray(parsed)) return [];
  return parsed
    .filter(isBatch)
    .map((batch) => ({ ...batch, events: batch.events.filter(({ eid }) => !sent.includes(eid.slice(0, idChars))) }));
}

/** The beginnings of the newest ids. */
export function rememberSent({ events }: Batch): void {
  if (events.length > 0) write(sentName, (events.map(({ eid }) => eid.slice(0, idChars)).join() + read(sentName)).slice(0, mostSentChars));
}
