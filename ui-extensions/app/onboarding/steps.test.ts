import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Integration } from '#contract/integrations.ts';
import { nextStep, stepsDone } from './steps.ts';

const connection: NonNullable<Integration['connection']> = {
  id: 'c1',
  state: 'active',
  accountName: 'Acme',
  accountUrl: 'https://app.example',
  connectedAt: '2026-11-20T10:00:00Z',
  problem: null,
  sync: null,
  mergeTagLink: null,
  mergeTag: null,
  channel: null,
  pendingDeliveries: 0,
};
const nothing = { site: { snippetSeenAt: null, firstVisitAt: null }, integrations: [], linkMade: false };

describe('the first steps', () => {
  it('begin with the snippet', () => {
    assert.equal(nextStep(stepsDone(nothing)), 'snippet');
  });

  it('count the CRM once its first sync is done', () => {
    const withSync = (state: 'running' | 'done') => ({
      ...nothing,
      integrations: [{ kind: 'crm' as const, connection: { ...connection, sync: { state, imported: 3, linkTokensWritten: 3 } } }],
    });
    assert.equal(stepsDone(withSync('running')).crm, false);
    assert.equal(stepsDone(withSync('done')).crm, true);
  });

  it('count the chat once a channel is chosen, and not while the grant is lost', () => {
    const chat = (over: Partial<typeof connection>) => ({
      ...nothing,
      integrations: [{ kind: 'alerts' as const, connection: { ...connection, ...over } }],
    });
    const channel = { id: 'C1', name: 'sales' };
    assert.equal(stepsDone(chat({})).alerts, false);
    assert.equal(stepsDone(chat({ channel })).alerts, true);
    assert.equal(stepsDone(chat({ channel, state: 'needs_reauth' })).alerts, false);
  });

  it('are over when a visit has come through a link', () => {
    const done = stepsDone({ ...nothing, site: { snippetSeenAt: '2026-11-20T10:00:00Z', firstVisitAt: '2026-11-20T10:01:00Z' } });
    assert.deepEqual([done.snippet, done.link], [true, true]);
    assert.equal(nextStep({ snippet: true, crm: true, alerts: true, link: true }), null);
  });
});
