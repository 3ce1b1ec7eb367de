import assert from 'node:assert/strict';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { Workspace } from '../workspaces/workspace.ts';

const workspaceId = 'ws_1';

describe('a transaction', () => {
  let platform: TestPlatform;

  beforeEach(async () => {
    platform = await testPlatform();
  });

  const row = (id: string) => ({ _id: id, workspaceId, name: 'Acme', demo: false, createdAt: platform.clock.now() });
  const count = () => Workspace.countDocuments({ workspaceId });

  it('keeps everything that was written in it, and gives back the result', async () => {
    const result = await platform.store.inTransaction(async (session) => {
      await Workspace.create([row('ws_1')], { session });
      await Workspace.create([row('ws_2')], { session });
      return 'made';
    });
    assert.equal(result, 'made');
    assert.equal(await count(), 2);
  });

  it('keeps nothing when a later part fails', async () => {
    const failing = platform.store.inTransaction(async (session) => {
      await Workspace.create([row('ws_1')], { session });
      throw new Error('the second part failed');
    });
    await assert.rejects(failing, /the second part failed/);
    assert.equal(await count(), 0);
  });

  it('shows nothing to others before it is complete', async () => {
    await platform.store.inTransaction(async (session) => {
      await Workspace.create([row('ws_1')], { session });
      assert.equal(await count(), 0);
      assert.equal(await Workspace.countDocuments({ workspaceId }).session(session), 1);
    });
    assert.equal(await count(), 1);
  });

  it('is repeated when another one changed the same row meanwhile, so that neither change is lost', async () => {
    await Workspace.create([row('ws_1')]);
    const append = (letter: string) =>
      platform.store.inTransaction(async (session) => {
        const { name } = await Workspace.findOne({ workspaceId }).session(session).orFail().lean();
        await Workspace.updateOne({ workspaceId }, { $set: { name: name + letter } }, { session });
      });
    await Promise.all(['1', '2', '3', '4'].map(append));
    const { name } = await Workspace.findOne({ workspaceId }).orFail().lean();
    assert.match(name, /^Acme[1234]{4}$/);
    assert.equal(new Set(name).size, 8);
  });
});
