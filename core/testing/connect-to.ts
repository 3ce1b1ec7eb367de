/** A connection to a fake vendor, with a grant that the vendor knows. */
import type { ConnectionDocument } from '../connections/connection.ts';
import type { CrmRecord } from '../contacts/contact.ts';
import type { Platform } from '../platform.ts';
import { type ConnectionFields, makeConnection } from './factories.ts';
import { type FakeChat, type FakeCrm, sales } from './fake-connectors.ts';

export function connectTo(platform: Platform, { connector, grants }: FakeCrm | FakeChat, fields: ConnectionFields = {}) {
  const channel = connector.alerts === undefined ? null : { ...sales };
  return makeConnection(platform, { provider: connector.id, account: { ...grants.account }, channel, ...grants.give(), ...fields });
}

/** What a contact carries of its record at this connection. */
export function recordAt({ _id: connectionId, provider }: ConnectionDocument, recordId: string): CrmRecord {
  return { connectionId, provider, recordId, url: `https://${provider}.example/contacts/${recordId}`, ownerId: null, lifecycle: null };
}
