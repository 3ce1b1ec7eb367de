import { z } from 'zod';
import type { Sandbox } from '../sandbox.ts';
import type { CrmRecord } from '../state/records.ts';
import { invalid } from './hubspot-error.ts';
import type { ObjectKind } from './object-kinds.ts';
import { checkValues, type GivenValues, withValues } from './property-values.ts';

export const givenValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const association = z.object({
  to: z.object({ id: z.coerce.string() }),
  types: z.array(z.object({ associationCategory: z.string(), associationTypeId: z.number() })).min(1),
});
export const givenAssociations = z.array(association).optional();
type GivenAssociations = z.infer<typeof givenAssociations>;

/** note → contact */
export const noteToContact = 202;

/** A write that was checked and waits to be made. */
export interface PlannedWrite {
  readonly isNew: boolean;
  apply(): CrmRecord;
}

export function planUpdate(sandbox: Sandbox, kind: ObjectKind, change: { record: CrmRecord; given: GivenValues }): PlannedWrite {
  const values = checkValues(sandbox, kind, { given: change.given, recordId: change.record.id });
  return {
    isNew: false,
    apply: () => kind.records(sandbox.state).put(withValues(change.record, values, { at: sandbox.now(), kind })),
  };
}

export function planCreate(
  sandbox: Sandbox,
  kind: ObjectKind,
  wish: { given: GivenValues; associations?: GivenAssociations },
): PlannedWrite {
  const contactIds = checkAssociations(sandbox, kind, wish.associations ?? []);
  const values = checkValues(sandbox, kind, { given: wish.given, recordId: null });
  requireValues(kind, values);
  return {
    isNew: true,
    apply() {
      const id = String(sandbox.state.next(kind.name, kind.firstId));
      const at = sandbox.now();
      const createdAt = at.toISOString();
      const properties = { hs_object_id: id, [kind.createdProperty]: createdAt };
      return kind
        .records(sandbox.state)
        .put(withValues({ id, properties, contactIds, createdAt, updatedAt: createdAt }, values, { at, kind }));
    },
  };
}

function requireValues(kind: ObjectKind, values: Readonly<Record<string, string>>): void {
  if (kind.name === 'notes' && !values.hs_timestamp) {
    throw invalid('Error creating NOTE. Some required properties were not set.', { properties: ['hs_timestamp'] });
  }
}

function checkAssociations(sandbox: Sandbox, kind: ObjectKind, given: NonNullable<GivenAssociations>): string[] {
  if (kind.name !== 'notes' && given.length > 0) throw invalid(`The sandbox associates notes only, not ${kind.name}`);
  for (const { to, types } of given) {
    const wrong = types.find((one) => one.associationCategory !== 'HUBSPOT_DEFINED' || one.associationTypeId !== noteToContact);
    if (wrong)
      throw invalid(`Association type ${wrong.associationCategory} ${wrong.associationTypeId} does not exist between NOTE and CONTACT`);
    if (!sandbox.state.contacts.get(to.id)) throw invalid(`CONTACT=${to.id} is not valid`);
  }
  return [...new Set(given.map((one) => one.to.id))];
}
