import assert from 'node:assert/strict';
import nock from 'nock';
import type { Connector, ConnectorDefinition, Grant } from '#contract/connector.ts';
import { Failure, type FailureKind } from '#contract/failure.ts';
import { hubspot } from './hubspot/hubspot.ts';
import { connectorDefinitions } from './index.ts';
import { slack } from './slack/slack.ts';
import { recordingTools } from './testing/connector-tools.ts';
import { fakeHubspot } from './testing/fake-hubspot.ts';
import { fakeSlack } from './testing/fake-slack.ts';
import type { FakeVendor } from './testing/fake-vendor.ts';
import { fakeTheNetworksEdge } from './testing/network-edge.ts';
import { aContact, anAlert, aSession } from './testing/snapshots.ts';

/** One vendor, as the questions need it. */
interface Subject {
  readonly definition: ConnectorDefinition;
  readonly env: Record<string, string>;
  readonly scopes: readonly string[];
  /** The vendor, and how many records it holds. */
  fake(): { readonly vendor: FakeVendor; count(): number };
  /** Sends the same thing once. */
  push(connector: Connector, grant: Grant, mayExist: boolean): Promise<unknown>;
  erase?(connector: Connector, grant: Grant, recordId: string): Promise<void> | undefined;
  /** Every ability that asks the vendor. */
  calls(connector: Connector, grant: Grant): readonly (() => Promise<unknown> | undefined)[];
}

const ACCESS_TOKEN = 'CN-access-0123456789abcdef';
const SECRET = 'client-secret-0123456789';

const subjects: readonly Subject[] = [
  {
    definition: hubspot,
    env: { HUBSPOT_CLIENT_ID: 'client-id', HUBSPOT_CLIENT_SECRET: SECRET, HUBSPOT_TIMEOUT_MS: '20' },
    scopes: ['oauth'],
    fake() {
      const vendor = fakeHubspot();
      return { vendor, count: () => vendor.notes.size + vendor.contacts.size };
    },
    async push({ crm }, grant, mayExist) {
      await crm?.pushSessions(grant, [aSession({ mayExist })]);
      await crm?.pushContacts(grant, [aContact()]);
    },
    erase: ({ crm }, grant, recordId) => crm?.erase(grant, [recordId]),
    calls: ({ crm }, grant) => [
      () => crm?.prepare(grant),
      () => crm?.importContacts(grant, null),
      () => crm?.writeLinkTokens(grant, [{ recordId: '101', linkToken: 'tok_abcdefghijklmnop' }]),
      () => crm?.pushContacts(grant, [aContact()]),
      () => crm?.pushSessions(grant, [aSession()]),
      () => crm?.pushSessions(grant, [aSession({ mayExist: true })]),
      () => crm?.pushSessions(grant, [aSession({ entryId: '9001' })]),
      () => crm?.erase(grant, ['101']),
    ],
  },
  {
    definition: slack,
    env: { SLACK_CLIENT_ID: 'client-id', SLACK_CLIENT_SECRET: SECRET, SLACK_SIGNING_SECRET: 'signing', SLACK_TIMEOUT_MS: '20' },
    scopes: ['chat:write', 'channels:history'],
    fake() {
      const vendor = fakeSlack();
      return { vendor, count: () => vendor.messages.length };
    },
    push: async ({ alerts }, grant, mayExist) =>
      alerts?.announce(grant, { channelId: 'C1', alert: anAlert(), mayExist, triedSince: new Date('2026-11-03T14:03:00Z') }),
    calls: ({ alerts }, grant) => [
      () => alerts?.channels(grant),
      () => alerts?.announce(grant, { channelId: 'C1', alert: anAlert(), mayExist: false, triedSince: null }),
      () => alerts?.announce(grant, { channelId: 'C1', alert: anAlert(), mayExist: true, triedSince: null }),
      () => alerts?.update(grant, { ref: 'C1/1762178700.000100', alert: anAlert() }),
    ],
  },
];

function begin(subject: Subject) {
  const tools = recordingTools();
  const { definition, env } = subject;
  const connector = definition.connect(definition.env.parse(env), tools);
  assert.ok(connector, 'it is configured');
  const account = { id: '4815162', name: 'Northwind', url: 'https://app.hubspot.com/contacts/4815162' };
  const grant: Grant = { accessToken: ACCESS_TOKEN, account, scopes: subject.scopes };
  return { connector, grant, tools, ...subject.fake() };
}

async function failureOf(call: () => Promise<unknown> | undefined): Promise<Failure> {
  const error = await Promise.resolve(call()).then(
    () => assert.fail('it did not fail'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Failure, String(error));
  return error;
}

async function assertEveryCallFails(subject: Subject, fault: FakeVendor['fault'], kind: FailureKind): Promise<Failure[]> {
  const { connector, grant, vendor } = begin(subject);
  vendor.fault = fault;
  const failures: Failure[] = [];
  for (const call of subject.calls(connector, grant)) failures.push(await failureOf(call));
  assert.deepEqual([...new Set(failures.map((failure) => failure.kind))], [kind]);
  return failures;
}

/** Everything an error may show: message, code, cause and stack, as a logger would write it. */
function shown(failure: Failure): string {
  return [failure.stack, failure.message, failure.code, JSON.stringify(failure), String(failure.cause)].join('\n');
}

describe('every connector', () => {
  fakeTheNetworksEdge();

  it('is among the subjects of this test', () => {
    assert.deepEqual(
      // It asks nobody: no grant, no request, no record.
      [...subjects.map(({ definition }) => definition.id), 'geo'],
      connectorDefinitions.map(({ id }) => id),
    );
  });

  for (const subject of subjects) {
    describe(subject.definition.title, () => {
      it('is not offered while it is not configured', () => {
        const { definition } = subject;
        assert.equal(definition.connect(definition.env.parse({}), recordingTools()), null);
      });

      it('makes no second record when the same thing is pushed twice', async () => {
        const { connector, grant, count } = begin(subject);
        await subject.push(connector, grant, false);
        const once = count();
        await subject.push(connector, grant, true);
        assert.equal(count(), once);
      });

      it('makes no second record when the connection was cut after the work was done', async () => {
        const { connector, grant, count, vendor } = begin(subject);
        const before = count();
        for (const mayExist of [false, true]) {
          vendor.fault = 'cutAfterWork';
          await failureOf(() => subject.push(connector, grant, mayExist));
        }
        vendor.fault = 'none';
        await subject.push(connector, grant, true);
        await subject.push(connector, grant, true);
        assert.equal(count(), before + 1);
      });

      it('waits as long as the vendor asks after too many calls', async () => {
        for (const { retryAfterMs } of await assertEveryCallFails(subject, 'limited', 'vendorBusy')) {
          assert.ok(retryAfterMs !== undefined && retryAfterMs >= 1000, String(retryAfterMs));
        }
      });

      it('says that the grant is lost when the vendor no longer knows the token', async () => {
        await assertEveryCallFails(subject, 'unauthorized', 'grantLost');
      });

      it('tries again later when the vendor does not answer in time', async () => {
        const failures = await assertEveryCallFails(subject, 'silent', 'vendorBusy');
        for (const { code } of failures) assert.match(code, /-timeout$/);
      });

      it('never shows a token in an error or in the log', async () => {
        for (const fault of ['limited', 'unauthorized', 'silent', 'cutAfterWork'] as const) {
          const { connector, grant, vendor, tools } = begin(subject);
          vendor.fault = fault;
          for (const call of subject.calls(connector, grant)) {
            const text = shown(await failureOf(call));
            assert.ok(!text.includes(ACCESS_TOKEN) && !text.includes(SECRET), text);
          }
          const log = tools.lines.join('\n');
          assert.ok(!log.includes(ACCESS_TOKEN) && !log.includes(SECRET), log);
          nock.cleanAll();
        }
      });

      if (subject.erase) {
        it('erases a person it does not know without complaint', async () => {
          const { connector, grant, count } = begin(subject);
          const before = count();
          await subject.erase?.(connector, grant, '999999');
          assert.equal(count(), before);
        });
      }
    });
  }
});
