import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { storedEids } from './testing/dump.ts';
import { makePlace, type Place, pause, runSystem, type System, until } from './testing/run-system.ts';
import { alertsIn, contactOf, notesOf, readSandbox } from './testing/sandbox-state.ts';

/** Milliseconds after the first page view was acknowledged: before, during and after each step that follows from it. */
const moments = [0, 60, 120, 200, 300, 450, 650, 900, 1300, 2000];
/** One of the sandbox's contacts for each moment. */
const recordIds = moments.map((_, index) => String(51001 + index));

describe('kill -9 of the core during a visit', function survivesKill() {
  this.timeout(300_000);
  let place: Place;
  let system: System;
  const acknowledged: string[] = [];

  before(async () => {
    place = await makePlace();
    system = await runSystem(place);
  });
  after(async () => {
    await system?.stop();
    await place?.remove();
  });

  it('loses no acknowledged event at any of ten moments', async () => {
    for (const [index, moment] of moments.entries()) {
      const visit = startVisit(system, await linkToken(system, recordIds[index] ?? ''), acknowledged);
      await visit.begun;
      await pause(moment);
      await system.kill();
      await visit.end();
      await system.startAgain();
    }
    const stored = await storedEids(place);
    assert.ok(acknowledged.length >= moments.length);
    assert.deepEqual(
      acknowledged.filter((eid) => !stored.has(eid)),
      [],
    );
  });

  it('leaves one HubSpot note and one Slack message for each visit', async () => {
    const { sandbox } = system.addresses;
    await until(
      'every visit has its note and its message',
      async () => {
        const state = await readSandbox(sandbox);
        return recordIds.every((id) => notesOf(state, id).length > 0) && alertsIn(state).length >= moments.length;
      },
      200_000,
    );
    // What would double does so at the latest when the leases of the killed have run out.
    await pause(12_000);
    const state = await readSandbox(sandbox);
    assert.deepEqual(
      recordIds.map((id) => notesOf(state, id).length),
      moments.map(() => 1),
    );
    const sessions = alertsIn(state).map((alert) => alert.metadata?.event_payload.sessionId);
    assert.equal(sessions.length, moments.length);
    assert.equal(new Set(sessions).size, moments.length);
  });
});

async function linkToken({ addresses }: System, recordId: string): Promise<string> {
  return contactOf(await readSandbox(addresses.sandbox), recordId).properties.leadlight_link_token ?? '';
}

interface Visit {
  /** The first page view was acknowledged. */
  readonly begun: Promise<void>;
  end(): Promise<void>;
}

/** A browser that views a page about every 50 ms, as the snippet sends it; what is acknowledged is written down. */
function startVisit({ addresses }: System, token: string, acknowledged: string[]): Visit {
  const visitor = { v: 1, vid: randomUUID(), sid: randomUUID(), tab: randomUUID(), evidence: 'pointer', identity: { token } };
  let leaving = false;
  const begun = Promise.withResolvers<void>();
  const run = async () => {
    while (!leaving) {
      const event = {
        eid: randomUUID(),
        type: 'page_view',
        at: Date.now(),
        pageId: randomUUID(),
        url: `${addresses.demoSite}/pricing`,
        props: { title: 'Pricing' },
      };
      const body = JSON.stringify({ ...visitor, sentAt: Date.now(), events: [event] });
      const answer = await fetch(`${addresses.core}/v1/ingest?key=${addresses.siteKey}`, {
        method: 'POST',
        body,
        headers: { Origin: addresses.demoSite, 'Content-Type': 'text/plain' },
      }).catch(() => null);
      if (answer?.status === 202) {
        acknowledged.push(event.eid);
        begun.resolve();
      }
      await pause(50);
    }
  };
  const running = run();
  return {
    begun: begun.promise,
    end: () => {
      leaving = true;
      return running;
    },
  };
}
