/** A query that does not name its workspace throws: tenancy is kept in this one place. */
import type { Aggregate, AnyBulkWriteOperation, Query, Schema } from 'mongoose';

/** Thrown for a programming error, never for bad input: so it is no `Failure`. */
export class UnscopedQueryError extends Error {
  override readonly name = 'UnscopedQueryError';
}

/** Option of the few queries that serve all workspaces (sign-in, job claims, sweeps). */
export const acrossWorkspaces = { acrossWorkspaces: true } as const;

/** Mongoose plugin. Every operation on the schema must carry `workspaceId` as a plain value, or say `acrossWorkspaces`. */
export function tenantGuard(schema: Schema): void {
  schema.pre(/^(count|delete|distinct|find|replace|update|estimated)/, function guardQuery(this: unknown) {
    if (isQuery(this)) refuseUnscoped(this.getOptions(), this.getFilter(), `${this.model.modelName}.${this.op}`);
  });
  schema.pre('aggregate', function guardAggregate(this: Aggregate<unknown>) {
    const [first] = this.pipeline();
    refuseUnscoped(this.options, first !== undefined && '$match' in first ? first.$match : {}, 'aggregate');
  });
  schema.pre('bulkWrite', function guardBulkWrite(operations: readonly AnyBulkWriteOperation[], options?: object) {
    for (const operation of operations) refuseUnscoped(options ?? {}, scopeOf(operation), 'bulkWrite');
  });
}

function isQuery(value: unknown): value is Query<unknown, unknown> & { op: string } {
  return typeof value === 'object' && value !== null && 'getFilter' in value;
}

function scopeOf(operation: AnyBulkWriteOperation): object {
  const [body] = Object.values(operation);
  if (typeof body !== 'object' || body === null) return {};
  const scope = 'filter' in body ? body.filter : 'document' in body ? body.document : {};
  return typeof scope === 'object' && scope !== null ? scope : {};
}

function refuseUnscoped(options: object, scope: object, operation: string): void {
  if ('acrossWorkspaces' in options && options.acrossWorkspaces === true) return;
  const workspaceId = 'workspaceId' in scope ? scope.workspaceId : undefined;
  if (typeof workspaceId === 'string' && workspaceId !== '') return;
  throw new UnscopedQueryError(`${operation} must name its workspaceId`);
}
