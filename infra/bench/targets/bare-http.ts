/** What most write first: node's own server, `JSON.parse`, and one durable `insertOne` for each request. */
import { mongo } from 'mongoose';
import { serveTarget } from './target.ts';

serveTarget(async ({ mongodbUri, database }) => {
  const client = await mongo.MongoClient.connect(mongodbUri, { writeConcern: { w: 'majority', journal: true } });
  const events = client.db(database).collection('events');
  return {
    handler: async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece);
      await events.insertOne(JSON.parse(Buffer.concat(pieces).toString('utf8')));
      response.writeHead(202).end();
    },
    path: '/',
    tokens: [],
  };
});
