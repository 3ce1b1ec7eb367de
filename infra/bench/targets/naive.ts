/** A collector as tutorials build it: Koa, and one document of a mongoose model for each event. Nothing is checked beyond the schema. */
import Koa from 'koa';
import { connect, model, Schema } from 'mongoose';
import { serveTarget } from './target.ts';

const text = { type: String, required: true };
const schema = new Schema({ vid: text, sid: text, eid: text, type: text, at: Date, pageId: text, url: text, props: Schema.Types.Mixed });
schema.index({ sid: 1, eid: 1 }, { unique: true });
schema.index({ vid: 1, at: -1 });
const Event = model('Event', schema, 'events');

serveTarget(async ({ mongodbUri, database }) => {
  await connect(mongodbUri, { dbName: database, writeConcern: { w: 'majority', journal: true } });
  await Event.init();
  const app = new Koa();
  app.use(async (ctx) => {
    const pieces: Buffer[] = [];
    for await (const piece of ctx.req) pieces.push(piece);
    const { vid, sid, events } = JSON.parse(Buffer.concat(pieces).toString('utf8'));
    for (const event of events) await Event.create({ vid, sid, ...event });
    ctx.status = 202;
  });
  return { handler: app.callback(), path: '/', tokens: [] };
});
