import assert from 'node:assert/strict';
import { zstdCompressSync } from 'node:zlib';
import { compactRecordingHandler } from '../sessions/compact-recording.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { Session } from '../sessions/session.ts';
import { makeSession } from '../testing/factories.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { followRecording } from './follow-recording.ts';

describe('a recording that is followed while it is made', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await testPlatform();
  });

  it('has the part that is packed already, and loses no piece that is packed before it was told', async () => {
    const session = await makeSession(platform);
    const { workspaceId, _id: sessionId } = session;
    const record = async (seq: number): Promise<void> => {
      const at = platform.clock.now();
      const events = [{ type: 4, timestamp: at.getTime() + seq, data: { href: '', width: 800, height: 600 } }];
      const row = { _id: `${sessionId}:tab:${seq}`, workspaceId, sessionId, tab: 'tab', seq, firstAt: at, lastAt: at, receivedAt: at };
      await RecordingChunk.create([{ ...row, body: zstdCompressSync(JSON.stringify(events)) }]);
    };
    const pack = async () => {
      await Session.updateOne({ workspaceId, _id: sessionId }, { $set: { endedAt: platform.clock.now(), hasRecording: true } });
      const job = { id: 'job', workspaceId, key: sessionId, attempt: 1, payload: { sessionId }, assertMine: async () => undefined };
      assert.deepEqual(await compactRecordingHandler.handle(platform, [job]), [{ ok: true }]);
      assert.equal(await RecordingChunk.countDocuments({ workspaceId, sessionId }), 0);
    };
    const seqs = async (pieces: AsyncIterable<{ readonly seq: number }>) => {
      const all: number[] = [];
      for await (const { seq } of pieces) all.push(seq);
      return all;
    };
    await record(0);
    await pack();
    const following = await followRecording(platform, session);
    assert.deepEqual(await seqs(following.first()), [0]);
    await record(1);
    await pack();
    await record(2);
    assert.deepEqual(await seqs(following.next(false)), [1, 2]);
    await record(4);
    assert.deepEqual(await seqs(following.next(false)), []);
    assert.equal(following.hasGap(), true);
    await record(3);
    assert.deepEqual(await seqs(following.next(false)), [3, 4]);
    assert.equal(following.hasGap(), false);
    await record(6);
    await pack();
    assert.deepEqual(await seqs(following.next(true)), [6]);
  });
});
