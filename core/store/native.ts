/** A model's collection without mongoose: for hot paths that write thousands of rows, which nothing casts and nothing guards. */
import type { Model, mongo } from 'mongoose';
import type { Owned } from './define-model.ts';

/** Every filter used on it must name its workspace, as the tenant guard would demand. */
export function native<Document extends Owned>(model: Model<Document>): mongo.Collection<Document> {
  const { db, collection } = model;
  return db.getClient().db(db.name).collection<Document>(collection.name);
}
