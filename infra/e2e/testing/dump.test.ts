import assert from 'node:assert/strict';
import { packFrame } from '#core/sessions/pack-frame.ts';
import { Recording } from '#core/sessions/recording.ts';
import { RecordingDictionary } from '#core/sessions/recording-dictionary.ts';
import { testPlatform } from '#core/testing/test-platform.ts';
import { dumpRecordings } from './dump.ts';

describe('the search for secrets in what is stored', () => {
  it('sees into packed recordings, every frame of them, with a dictionary and without', async () => {
    const platform = await testPlatform();
    const [workspaceId, siteId, createdAt] = ['ws_dump', 'site_dump', platform.clock.now()];
    const told = (text: string) => [{ type: 3 as const, timestamp: 5, data: { source: 5 as const, id: 7, text, isChecked: false } }];
    const body = Buffer.from(JSON.stringify(told('what they have in common')));
    await RecordingDictionary.create([{ _id: 'site_dump:1', workspaceId, siteId, version: 1, body, createdAt }]);
    for (const dictionaryId of [null, 'site_dump:1']) {
      const blobKey = `${workspaceId}/recordings/${dictionaryId === null ? 'a' : 'b'}/1`;
      const frames = ['Quillon', 'Vesper'].map((word) => packFrame(told(`${word}-${dictionaryId}`), dictionaryId === null ? null : body));
      await platform.store.blobs.put(blobKey, Buffer.concat(frames));
      const [first = 0, second = 0] = frames.map(({ length }) => length);
      const common = { tab: 0, firstAt: 5, lastAt: 5, lead: 0, page: false };
      const placed = [
        { ...common, offset: 0, length: first },
        { ...common, offset: first, length: second },
      ];
      const row = { workspaceId, siteId, visitorId: 'vis_1', blobKey, bytes: first + second, cleaner: 1, dictionaryId };
      await Recording.create([{ _id: blobKey, ...row, tabs: [], frames: placed, packedAt: createdAt }]);
    }
    const { db } = platform.store.connection;
    assert.ok(db !== undefined);
    const dump = await dumpRecordings(db);
    for (const word of ['Quillon-null', 'Vesper-null', 'Quillon-site_dump:1', 'Vesper-site_dump:1']) assert.ok(dump.includes(word), word);
  });
});
