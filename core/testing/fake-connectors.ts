/** A CRM and a chat as a connector sees them: each remembers what it was given, and fails when the test says so. */
import type { AlertsAbility, Connector, CrmAbility, CrmContact, Grant, InboxEvent, RowResult } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import type { AlertSnapshot, ContactSnapshot, SessionSnapshot } from '#contract/snapshot.ts';
import { type FakeGrants, fakeGrants } from './fake-grants.ts';
import type { Call } from './test-app.ts';

/** What goes wrong with one call: before the vendor does anything, or after it did all of it. Null: nothing. */
type Fault = { readonly after: boolean; readonly error: Error } | null;

/** Nothing goes wrong with this call; the next fault is for the next call. */
export function serves(): Fault {
  return null;
}

export function asksToWait(retryAfterMs: number): Fault {
  return { after: false, error: new Failure('vendorBusy', 'The vendor asks to wait.', { code: 'fake-busy', retryAfterMs }) };
}

export function refuses(message: string): Fault {
  return { after: false, error: new Failure('vendorRefused', message, { code: 'fake-refused' }) };
}

export function crashes(): Fault {
  return { after: false, error: new Error('a bug in the connector') };
}

/** The work is done, but the answer never arrives. */
export function cutsTheLine(): Fault {
  return { after: true, error: new Failure('vendorBusy', 'The vendor did not answer.', { code: 'fake-cut' }) };
}

interface FakeVendor {
  readonly connector: Connector;
  readonly grants: FakeGrants;
  /** What happens to the next calls, one each. */
  readonly faults: Fault[];
  /** Every call that came with a good token. */
  readonly calls: { readonly name: string; readonly rows: number }[];
}

export interface FakeCrm extends FakeVendor {
  readonly contacts: CrmContact[];
  pageSize: number;
  /** Fields that `prepare` has to make. */
  readonly missingFields: string[];
  /** The newest state, by record. */
  readonly states: Map<string, ContactSnapshot>;
  /** The timeline, by entry. */
  readonly entries: Map<string, SessionSnapshot>;
  /** Records whose rows are refused, and with which words. */
  readonly refused: Map<string, string>;
}

type Served = Pick<FakeVendor, 'grants' | 'faults' | 'calls'>;

interface ServedCall<Result> {
  readonly name: string;
  readonly rows: number;
  work(): Result;
}

async function serve<Result>({ grants, faults, calls }: Served, grant: Grant, { name, rows, work }: ServedCall<Result>): Promise<Result> {
  grants.check(grant.accessToken);
  calls.push({ name, rows });
  const fault = faults.shift();
  if (fault?.after === false) throw fault.error;
  const result = work();
  if (fault?.after === true) throw fault.error;
  return result;
}

/** The nth person of a CRM. */
export function personAt(nth: number, fields: Partial<CrmContact> = {}): CrmContact {
  return {
    recordId: `r${nth}`,
    recordUrl: `https://fakecrm.example/contacts/r${nth}`,
    email: `person${nth}@example.com`,
    name: `Person ${nth}`,
    company: 'Brightwater',
    ownerId: 'owner-1',
    lifecycle: 'lead',
    linkToken: null,
    ...fields,
  };
}

export function fakeCrm({ batchSize = 100 }: { batchSize?: number } = {}): FakeCrm {
  const crm: Omit<FakeCrm, 'connector'> = {
    grants: fakeGrants('fakecrm'),
    faults: [],
    calls: [],
    contacts: [],
    pageSize: 100,
    missingFields: [],
    states: new Map(),
    entries: new Map(),
    refused: new Map(),
  };
  return Object.assign(crm, {
    connector: { id: 'fakecrm', title: 'Fake CRM', oauth: crm.grants.oauth, crm: crmAbility(crm, batchSize) },
  });
}

type CrmSide = Omit<FakeCrm, 'connector'>;

function crmAbility(crm: CrmSide, batchSize: number): CrmAbility {
  const rowsOf = (grant: Grant, name: string) => rowServer(crm, grant, name);
  return {
    mergeTag: '{{ contact.fake_token }}',
    batchSize,
    prepare: (grant) =>
      serve(crm, grant, { name: 'prepare', rows: crm.missingFields.length, work: () => ({ created: crm.missingFields.splice(0) }) }),
    importContacts: (grant, cursor) => serve(crm, grant, { name: 'importContacts', rows: 0, work: () => pageOf(crm, Number(cursor ?? 0)) }),
    writeLinkTokens: (grant, rows) =>
      rowsOf(grant, 'writeLinkTokens')(rows, ({ recordId, linkToken }) => {
        const place = crm.contacts.findIndex((contact) => contact.recordId === recordId);
        const contact = crm.contacts[place];
        if (contact !== undefined) crm.contacts[place] = { ...contact, linkToken };
        return {};
      }),
    pushContacts: (grant, snapshots) =>
      rowsOf(grant, 'pushContacts')(snapshots, (snapshot) => {
        crm.states.set(snapshot.recordId, snapshot);
        return {};
      }),
    pushSessions: (grant, snapshots) =>
      rowsOf(grant, 'pushSessions')(snapshots, (snapshot) => ({ entryId: keepEntry(crm.entries, snapshot) })),
    erase: (grant, recordIds) =>
      serve(crm, grant, { name: 'erase', rows: recordIds.length, work: () => recordIds.forEach((id) => void crm.states.delete(id)) }),
  };
}

/** Serves row by row; the refused ones say why and leave the others alone. */
function rowServer(crm: CrmSide, grant: Grant, name: string) {
  return <Row extends { readonly recordId: string }, Extra>(rows: readonly Row[], keep: (row: Row) => Extra) =>
    serve(crm, grant, {
      name,
      rows: rows.length,
      work: () =>
        rows.map((row): RowResult<Extra> => {
          const { recordId } = row;
          const message = crm.refused.get(recordId);
          return message === undefined ? { ok: true, recordId, ...keep(row) } : { ok: false, recordId, code: 'fake-row-refused', message };
        }),
    });
}

function pageOf({ contacts, pageSize }: CrmSide, start: number) {
  const end = start + pageSize;
  return { contacts: contacts.slice(start, end), next: end < contacts.length ? String(end) : null };
}

/** Looks for an entry only when told that there may be one: a connector that always looks would hide what core forgets. */
function keepEntry(entries: Map<string, SessionSnapshot>, snapshot: SessionSnapshot): string {
  const found = snapshot.mayExist ? [...entries].find(([, entry]) => entry.sessionId === snapshot.sessionId)?.[0] : undefined;
  const entryId = snapshot.entryId ?? found ?? `entry-${entries.size + 1}`;
  entries.set(entryId, snapshot);
  return entryId;
}

type Announcement = Parameters<AlertsAbility['announce']>[1];

export interface FakeChat extends FakeVendor {
  /** Messages by their ref; `edits` counts how often each was changed. */
  readonly messages: Map<string, { readonly channelId: string; readonly alert: AlertSnapshot; readonly edits: number }>;
  /** As they were asked for. */
  readonly announcements: Announcement[];
  /** The chat calls us: what to give to `app.call('/v1/inbox/fakechat', …)`. */
  says(event: InboxEvent, eventKey: string): Call;
}

export const sales = { id: 'C1', name: '#sales' } as const;

export function fakeChat(): FakeChat {
  const said = new Map<string, { readonly event: InboxEvent; readonly eventKey: string }>();
  const chat: Omit<FakeChat, 'connector'> = {
    grants: fakeGrants('fakechat'),
    faults: [],
    calls: [],
    messages: new Map(),
    announcements: [],
    says: (event, eventKey) => {
      const body = `said-${said.size + 1}`;
      said.set(body, { event, eventKey });
      return { method: 'POST', body, headers: { 'X-Fake-Signature': 'genuine' } };
    },
  };
  const receive: NonNullable<Connector['inbox']>['receive'] = async (request, tools) => {
    if (request.headers['x-fake-signature'] !== 'genuine') return { status: 401, headers: {}, body: '' };
    const words = said.get(request.rawBody.toString('utf8'));
    if (words !== undefined) await tools.accept(words.event, words.eventKey);
    return { status: 200, headers: {}, body: 'heard' };
  };
  const connector = { id: 'fakechat', title: 'Fake Chat', oauth: chat.grants.oauth, alerts: alertsAbility(chat), inbox: { receive } };
  return Object.assign(chat, { connector });
}

function alertsAbility(chat: Omit<FakeChat, 'connector'>): AlertsAbility {
  return {
    channels: (grant) => serve(chat, grant, { name: 'channels', rows: 0, work: () => [sales, { id: 'C2', name: '#marketing' }] }),
    announce: (grant, request) => {
      chat.announcements.push(request);
      return serve(chat, grant, { name: 'announce', rows: 1, work: () => postMessage(chat.messages, request) });
    },
    update: (grant, { ref, alert }) =>
      serve(chat, grant, {
        name: 'update',
        rows: 1,
        work: () => {
          const message = chat.messages.get(ref);
          if (message === undefined) throw new Failure('vendorRefused', 'The message is gone.', { code: 'fake-message-gone' });
          chat.messages.set(ref, { ...message, alert, edits: message.edits + 1 });
        },
      }),
  };
}

function postMessage(messages: FakeChat['messages'], { channelId, alert, mayExist }: Announcement): string {
  const found = mayExist ? [...messages].find(([, message]) => message.alert.sessionId === alert.sessionId)?.[0] : undefined;
  if (found !== undefined) return found;
  const ref = `message-${messages.size + 1}`;
  messages.set(ref, { channelId, alert, edits: 0 });
  return ref;
}
