import { z } from 'zod';
import { type Change, type Collection, type CollectionKind, change, createCollection, type Stored } from './collection.ts';
import { type Journal, openJournal } from './journal.ts';
import * as records from './records.ts';

/** Everything the sandbox knows. Changes are made in memory and are on disk once `flush` returns: call it before answering. */
export type State = ReturnType<typeof collections> & {
  /** The next number of a series that never repeats, also not after a restart. */
  next(series: string, first?: number): number;
  flush(): void;
  /** Back to the seed. */
  reset(): void;
  close(): void;
};

/** The journal is rewritten when it has grown by this much. */
const compactAfterBytes = 16 * 1024 * 1024;

export function openState(dataFile: string | null, fill: (state: State) => void): State {
  const journal = openJournal(dataFile);
  const pending: Change[] = [];
  const stored = new Map<string, Stored>();
  const made = collections(stored, (one) => pending.push(one));
  const state: State = {
    ...made,
    next: (series, first = 1) => nextOf(made.counters, series, first),
    flush() {
      if (pending.length > 0) journal.append(pending.splice(0));
      if (journal.grownBy() > compactAfterBytes) compact(journal, stored);
    },
    reset() {
      for (const one of stored.values()) one.clear();
      fill(state);
      pending.length = 0;
      compact(journal, stored);
    },
    close: () => journal.close(),
  };
  if (journal.lines.length === 0) fill(state);
  try {
    replay(journal, stored);
  } catch (cause) {
    throw new Error(`${dataFile} was not written by this version of the sandbox: move it away to start from the seed`, { cause });
  }
  pending.length = 0;
  compact(journal, stored);
  return state;
}

function replay(journal: Journal, stored: ReadonlyMap<string, Stored>): void {
  const line = z.array(change);
  for (const one of journal.lines) for (const each of line.parse(one)) stored.get(each.c)?.apply(each);
}

function compact(journal: Journal, stored: ReadonlyMap<string, Stored>): void {
  journal.rewrite([...stored.values()].flatMap((one) => one.dump()));
}

function nextOf(counters: Collection<z.infer<typeof records.counter>>, name: string, first: number): number {
  const value = (counters.get(name)?.value ?? first - 1) + 1;
  return counters.put({ name, value }).value;
}

function collections(stored: Map<string, Stored>, changed: (change: Change) => void) {
  function make<Schema extends z.ZodType>(kind: CollectionKind<Schema>): Collection<z.infer<Schema>> {
    const collection = createCollection(kind, changed);
    stored.set(kind.name, collection);
    return collection;
  }
  return {
    installations: make({ name: 'installations', item: records.installation, idOf: (one) => one.provider }),
    codes: make({ name: 'codes', item: records.authorizationCode, idOf: (one) => one.code }),
    tokens: make({ name: 'tokens', item: records.token, idOf: (one) => one.token }),
    properties: make({ name: 'properties', item: records.property, idOf: (one) => `${one.objectType}/${one.name}` }),
    groups: make({ name: 'groups', item: records.propertyGroup, idOf: (one) => `${one.objectType}/${one.name}` }),
    contacts: make({ name: 'contacts', item: records.crmRecord, idOf: (one) => one.id }),
    companies: make({ name: 'companies', item: records.crmRecord, idOf: (one) => one.id }),
    notes: make({ name: 'notes', item: records.crmRecord, idOf: (one) => one.id }),
    channels: make({ name: 'channels', item: records.channel, idOf: (one) => one.id }),
    messages: make({ name: 'messages', item: records.message, idOf: (one) => `${one.channelId}:${one.ts}` }),
    responseUrls: make({ name: 'responseUrls', item: records.responseUrl, idOf: (one) => one.id }),
    outgoing: make({ name: 'outgoing', item: records.outgoing, idOf: (one) => one.id }),
    faults: make({ name: 'faults', item: records.fault, idOf: (one) => one.id }),
    calls: make({ name: 'calls', item: records.call, idOf: (one) => one.id }),
    templates: make({ name: 'templates', item: records.template, idOf: (one) => one.id }),
    counters: make({ name: 'counters', item: records.counter, idOf: (one) => one.name }),
  };
}
