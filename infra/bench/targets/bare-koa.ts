/** The limit: Koa, `JSON.parse`, and a group commit in front of `insertMany`. Nothing is checked, nothing is looked up. */
import Koa from 'koa';
import { mongo } from 'mongoose';
import { createGroupCommit } from '#core/ingest/group-commit.ts';
import { serveTarget } from './target.ts';

serveTarget(async ({ mongodbUri, database }) => {
  const client = await mongo.MongoClient.connect(mongodbUri, { writeConcern: { w: 'majority', journal: true } });
  const events = client.db(database).collection('events');
  const commits = createGroupCommit<object>(async (documents) => {
    await events.insertMany([...documents], { ordered: false });
  });
  const app = new Koa();
  app.use(async (ctx) => {
    const pieces: Buffer[] = [];
    for await (const piece of ctx.req) pieces.push(piece);
    await commits.add(JSON.parse(Buffer.concat(pieces).toString('utf8')));
    ctx.status = 202;
  });
  return { handler: app.callback(), path: '/', tokens: [] };
});
