import assert from 'node:assert/strict';
import mongoose, { type Model } from 'mongoose';
import { createCore } from '../create-core.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { Owned } from './define-model.ts';
import { acrossWorkspaces, UnscopedQueryError } from './tenant-guard.ts';

type Scope = Readonly<Record<string, unknown>>;
type Options = { readonly acrossWorkspaces?: true };
type Operation = (model: Model<Owned>, scope: Scope, options: Options) => Promise<unknown>;

const change = { $setOnInsert: { workspaceId: 'ws_nobody' } };

/** What may be asked of a model, by name. Nothing of it finds a row: the database is empty. */
const operations: Readonly<Record<string, Operation>> = {
  find: (model, scope, options) => model.find(scope).setOptions(options),
  'find by cursor': (model, scope, options) => model.find(scope).setOptions(options).cursor().next(),
  findOne: (model, scope, options) => model.findOne(scope).setOptions(options),
  exists: (model, scope, options) => model.exists(scope).setOptions(options),
  countDocuments: (model, scope, options) => model.countDocuments(scope).setOptions(options),
  distinct: (model, scope, options) => model.distinct('_id', scope).setOptions(options),
  updateOne: (model, scope, options) => model.updateOne(scope, change).setOptions(options),
  updateMany: (model, scope, options) => model.updateMany(scope, change).setOptions(options),
  replaceOne: (model, scope, options) => model.replaceOne(scope, { _id: 'x', workspaceId: 'ws_nobody' }).setOptions(options),
  deleteOne: (model, scope, options) => model.deleteOne(scope).setOptions(options),
  deleteMany: (model, scope, options) => model.deleteMany(scope).setOptions(options),
  findOneAndUpdate: (model, scope, options) => model.findOneAndUpdate(scope, change).setOptions(options),
  findOneAndReplace: (model, scope, options) => model.findOneAndReplace(scope, { workspaceId: 'ws_nobody' }).setOptions(options),
  findOneAndDelete: (model, scope, options) => model.findOneAndDelete(scope).setOptions(options),
  aggregate: (model, scope, options) => model.aggregate([{ $match: scope }, { $count: 'rows' }]).option(options),
  'aggregate by cursor': (model, scope, options) =>
    model
      .aggregate([{ $match: scope }])
      .option(options)
      .cursor()
      .next(),
  'bulkWrite updateOne': (model, scope, options) =>
    model.bulkWrite([{ updateOne: { filter: scope, update: change } }], { ordered: true, ...options }),
  'bulkWrite updateMany': (model, scope, options) =>
    model.bulkWrite([{ updateMany: { filter: scope, update: change } }], { ordered: true, ...options }),
  'bulkWrite deleteOne': (model, scope, options) => model.bulkWrite([{ deleteOne: { filter: scope } }], { ordered: true, ...options }),
  'bulkWrite deleteMany': (model, scope, options) => model.bulkWrite([{ deleteMany: { filter: scope } }], { ordered: true, ...options }),
  'bulkWrite after a scoped one': (model, scope, options) =>
    model.bulkWrite([{ deleteOne: { filter: { workspaceId: 'ws_mine' } } }, { deleteOne: { filter: scope } }], {
      ordered: true,
      ...options,
    }),
};

/** Everything that is not one workspace, said plainly. */
const notOneWorkspace: Readonly<Record<string, Scope>> = {
  nothing: {},
  'an id alone': { _id: 'con_1' },
  undefined: { workspaceId: undefined },
  null: { workspaceId: null },
  'an empty string': { workspaceId: '' },
  $ne: { workspaceId: { $ne: 'ws_mine' } },
  $exists: { workspaceId: { $exists: true } },
  $gt: { workspaceId: { $gt: '' } },
  $in: { workspaceId: { $in: ['ws_mine', 'ws_other'] } },
  $regex: { workspaceId: { $regex: '' } },
  'a pattern': { workspaceId: /./ },
  'a list': { workspaceId: ['ws_mine'] },
  'one side of $or': { $or: [{ workspaceId: 'ws_mine' }, { workspaceId: 'ws_other' }] },
};

describe('the tenant guard', () => {
  let platform: TestPlatform;
  let models: Model<Owned>[] = [];

  before(async () => {
    platform = await testPlatform();
    createCore(platform);
    models = Object.values(mongoose.models);
  });

  it('stands before every model of the product', () => {
    assert.ok(models.length >= 15, `only ${models.length} models were found`);
    for (const model of models) assert.ok(model.schema.path('workspaceId')?.isRequired, model.modelName);
  });

  for (const [name, operation] of Object.entries(operations)) {
    it(`refuses ${name} that names no workspace, on every model`, async () => {
      for (const model of models) await assert.rejects(operation(model, {}, {}), UnscopedQueryError, model.modelName);
    });
  }

  it('refuses an operator, a pattern or a list in place of the workspace, in every operation', async () => {
    const [model] = models;
    assert.ok(model);
    for (const [what, scope] of Object.entries(notOneWorkspace)) {
      for (const [name, operation] of Object.entries(operations)) {
        await assert.rejects(operation(model, scope, {}), UnscopedQueryError, `${name} with ${what}`);
      }
    }
  });

  it('refuses what cannot name a workspace: an estimated count, a find by id, a pipeline that matches late', async () => {
    for (const model of models) {
      await assert.rejects(model.estimatedDocumentCount(), UnscopedQueryError, model.modelName);
      await assert.rejects(model.findById('con_1'), UnscopedQueryError, model.modelName);
      await assert.rejects(model.findByIdAndDelete('con_1'), UnscopedQueryError, model.modelName);
      await assert.rejects(model.aggregate([]), UnscopedQueryError, model.modelName);
      await assert.rejects(model.aggregate([{ $sort: { _id: 1 } }, { $match: { workspaceId: 'ws_mine' } }]), UnscopedQueryError);
    }
  });

  it('refuses a row without a workspace', async () => {
    for (const model of models) {
      await assert.rejects(model.create([{ _id: 'x' }]), /workspaceId/, model.modelName);
      await assert.rejects(model.insertMany([{ _id: 'x' }]), /workspaceId/, model.modelName);
      await assert.rejects(model.bulkWrite([{ insertOne: { document: { _id: 'x', workspaceId: '' } } }]), UnscopedQueryError);
    }
  });

  it('moves no row to another workspace, and never writes one there', async () => {
    for (const model of models) {
      const rows = platform.store.connection.collection<Owned>(model.collection.name);
      await rows.insertOne({ _id: 'row_1', workspaceId: 'ws_mine' });
      const scope = { workspaceId: 'ws_mine', _id: 'row_1' };
      const moved = { $set: { workspaceId: 'ws_other' } };
      const tries = [
        model.updateOne(scope, moved),
        model.updateMany(scope, { workspaceId: 'ws_other' }),
        model.findOneAndUpdate(scope, moved),
        model.bulkWrite([{ updateOne: { filter: scope, update: moved } }]),
      ];
      // Refused or ignored: what counts is where the row is.
      await Promise.allSettled(tries.map((attempt) => Promise.resolve(attempt)));
      assert.equal((await rows.findOne({ _id: 'row_1' }))?.workspaceId, 'ws_mine', model.modelName);
      await rows.deleteMany({});
    }
  });

  it('lets pass what names its workspace, and what says that it serves all', async () => {
    const [model] = models;
    assert.ok(model);
    for (const operation of Object.values(operations)) {
      await operation(model, { workspaceId: 'ws_mine' }, {});
      await operation(model, {}, acrossWorkspaces);
    }
  });
});
