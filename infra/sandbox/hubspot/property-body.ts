import { z } from 'zod';
import { type Property, propertyOption, propertyTypes } from '../state/records.ts';

const fieldTypes = {
  bool: ['booleancheckbox'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['booleancheckbox', 'checkbox', 'radio', 'select'],
  number: ['number', 'calculation_equation'],
  phone_number: ['phonenumber'],
  string: ['file', 'html', 'phonenumber', 'text', 'textarea'],
} as const satisfies Record<Property['type'], readonly string[]>;

const name = z.string().regex(/^[a-z][a-z0-9_]{0,99}$/, 'lower-case letters, digits and underscores, starting with a letter, at most 100');

export const newProperty = z
  .object({
    name,
    label: z.string().min(1),
    groupName: z.string(),
    type: z.enum(propertyTypes),
    fieldType: z.string(),
    description: z.string().optional(),
    options: z.array(propertyOption).optional(),
    hasUniqueValue: z.boolean().optional(),
    formField: z.boolean().optional(),
    hidden: z.boolean().optional(),
    displayOrder: z.number().int().optional(),
  })
  .superRefine((given, issue) => {
    const allowed: readonly string[] = fieldTypes[given.type];
    if (!allowed.includes(given.fieldType)) {
      issue.addIssue({ code: 'custom', path: ['fieldType'], message: `${given.type} cannot be shown as ${given.fieldType}` });
    }
    if (given.type === 'enumeration' && !given.options?.length)
      issue.addIssue({ code: 'custom', path: ['options'], message: 'an enumeration needs options' });
  });

/** Type and uniqueness stay as they were made. */
export const changedProperty = z.object({
  label: z.string().min(1).optional(),
  groupName: z.string().optional(),
  description: z.string().optional(),
  options: z.array(propertyOption).optional(),
  formField: z.boolean().optional(),
  hidden: z.boolean().optional(),
  displayOrder: z.number().int().optional(),
});

export const newGroup = z.object({ name, label: z.string().min(1), displayOrder: z.number().int().optional() });
export const changedGroup = newGroup.omit({ name: true }).partial();

const yesNo = [
  { label: 'Yes', value: 'true', displayOrder: 0, hidden: false },
  { label: 'No', value: 'false', displayOrder: 1, hidden: false },
];

export function propertyFrom(given: z.infer<typeof newProperty>, objectType: string, at: string): Property {
  const { description = '', hasUniqueValue = false, formField = false, hidden = false, displayOrder = -1 } = given;
  const options = given.options ?? (given.type === 'bool' ? yesNo : []);
  const flags = { hasUniqueValue, formField, hidden, displayOrder, hubspotDefined: false, readOnly: false };
  return { ...given, objectType, description, options, ...flags, createdAt: at, updatedAt: at };
}

export function propertyBody({ objectType: _objectType, readOnly, ...property }: Property): object {
  const archivable = !property.hubspotDefined;
  const modificationMetadata = { archivable, readOnlyDefinition: !archivable, readOnlyOptions: !archivable, readOnlyValue: readOnly };
  return {
    ...property,
    calculated: false,
    externalOptions: false,
    archived: false,
    dataSensitivity: 'non_sensitive',
    modificationMetadata,
  };
}
