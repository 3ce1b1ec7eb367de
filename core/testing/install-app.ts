/** Connecting a fake vendor as a person does: to its consent page in the browser, and back. */
import assert from 'node:assert/strict';
import { connectStart } from '#contract/integrations.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import type { FakeChat, FakeCrm } from './fake-connectors.ts';
import type { TestApp } from './test-app.ts';

/** @returns where the provider's consent page sends the browser after the person agreed, as path and query. */
export async function agreeTo(app: TestApp, member: MemberDocument, { connector, grants }: FakeCrm | FakeChat): Promise<string> {
  const answer = await app.callAs(member, `/v1/integrations/${connector.id}/connect`, { method: 'POST' });
  return grants.agree(connectStart.parse(answer.json).consentUrl);
}

/** @returns what the settings page is told in its address: `connected=fakecrm`. */
export async function comeBack(app: TestApp, member: MemberDocument, callback: string): Promise<URLSearchParams> {
  const answer = await app.callAs(member, callback);
  assert.equal(answer.status, 302, answer.text);
  const { pathname, searchParams } = new URL(answer.headers.get('Location') ?? '');
  assert.equal(pathname, '/settings/integrations');
  return searchParams;
}

export async function installApp(app: TestApp, member: MemberDocument, vendor: FakeCrm | FakeChat): Promise<void> {
  const outcome = await comeBack(app, member, await agreeTo(app, member, vendor));
  assert.equal(outcome.get('connected'), vendor.connector.id, outcome.toString());
}
