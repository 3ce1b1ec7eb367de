import assert from 'node:assert/strict';
import { Session } from '../sessions/session.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { findSite, makeContact, makeOwner } from '../testing/factories.ts';
import { newBrowser, sentBatch } from '../testing/sent-batch.ts';
import { testApp } from '../testing/test-app.ts';
import { testPlatform } from '../testing/test-platform.ts';
import { changeSite } from '../workspaces/change-site.ts';

const berlin = { country: 'DE', region: 'Land Berlin', city: 'Berlin' };

describe('the place of a visit that is taken', () => {
  it('is kept as the site wants it, with what the browser’s hints say, and the address nowhere', async () => {
    const asked: string[] = [];
    const locate = (address: string) => {
      asked.push(address);
      return berlin;
    };
    const platform = await testPlatform({ connectors: [{ id: 'geo', title: 'Geo', locate }] });
    const app = await testApp(platform);
    try {
      const { workspaceId } = await makeOwner(platform);
      const site = await findSite(workspaceId);
      const send = async () => {
        const { linkToken } = await makeContact(platform, { workspaceId });
        const headers = {
          Origin: 'https://www.example.com',
          'Content-Type': 'text/plain',
          'Sec-CH-UA': '"Brave";v="141"',
          'Sec-CH-UA-Platform': '"macOS"',
        };
        const body = JSON.stringify(sentBatch(platform, newBrowser(), { identity: { token: linkToken } }));
        assert.equal((await app.call(`/v1/ingest?key=${site.siteKey}`, { method: 'POST', body, headers })).status, 202);
      };
      await send();
      assert.deepEqual(asked, [], 'not even looked for');
      await changeSite(site, { location: { contacts: 'country' } });
      await send();
      await changeSite(site, { location: { contacts: 'city' } });
      await send();
      const sessions = await Session.find({ workspaceId }).lean();
      const places = sessions.map(({ place }) => JSON.stringify(place ?? null)).sort();
      assert.deepEqual(places, [JSON.stringify({ country: 'DE', region: null, city: null }), JSON.stringify(berlin), 'null'].sort());
      assert.deepEqual([...new Set(sessions.map(({ os }) => os))], ['macOS']);
      assert.equal(asked.length, 2);
      assert.ok(!JSON.stringify(await dumpDatabase(platform)).includes(asked[0] ?? 'nothing was asked'));
    } finally {
      await app.close();
    }
  });
});
