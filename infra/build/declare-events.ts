/** The contract's event shapes in the words of TypeScript, for those who do not have our contract. */
import { z } from 'zod';
import { eventProps, eventTypes } from '#contract/events.ts';
import { isAnnounced } from '../../ui-extensions/snippet/catalogue.ts';

const shape = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  propertyNames: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});

const amount = '    /** Amount in major units, instead of `valueMinor`: 12.5 with currency EUR is 1250 cents. */\n    value?: number;\n';

/** `export interface EventProps { … }`: the events that a site may tell by itself. */
export function declareEvents(): string {
  const events = eventTypes.filter(isAnnounced).map((type) => {
    const fields = fieldsOf(type)
      .map(({ name, optional, type: told }) => `    ${name}${optional ? '?' : ''}: ${told};\n`)
      .join('');
    if (fields === '') return `  ${type}: Record<string, never>;\n`;
    return `  ${type}: {\n${fields.includes('valueMinor') ? amount : ''}${fields}  };\n`;
  });
  return `/** Events of the catalogue that a site may tell by itself, with their fields. */\nexport interface EventProps {\n${events.join('')}}\n`;
}

export interface EventField {
  readonly name: string;
  readonly optional: boolean;
  /** In TypeScript: `string`, `Record<string, number>`. */
  readonly type: string;
}

export function fieldsOf(type: keyof typeof eventProps): readonly EventField[] {
  const { properties = {}, required = [] } = shape.parse(z.toJSONSchema(eventProps[type]));
  return Object.entries(properties).map(([name, each]) => ({ name, optional: !required.includes(name), type: typeText(each) }));
}

function typeText(schema: unknown): string {
  const { type, enum: values, properties, required = [], propertyNames, additionalProperties, items, anyOf } = shape.parse(schema);
  if (anyOf) return anyOf.map(typeText).join(' | ');
  if (values) return values.map((value) => `'${value}'`).join(' | ');
  if (type === 'array') return `${wrapped(typeText(items))}[]`;
  if (properties) {
    const inside = Object.entries(properties).map(([name, each]) => `${name}${required.includes(name) ? '' : '?'}: ${typeText(each)}`);
    return `{ ${inside.join('; ')} }`;
  }
  if (type === 'object') return recordText(propertyNames, additionalProperties);
  return type === 'integer' ? 'number' : (type ?? 'unknown');
}

function recordText(names: unknown, values: unknown): string {
  const key = typeText(names);
  return key === 'string' ? `Record<string, ${typeText(values)}>` : `Partial<Record<${key}, ${typeText(values)}>>`;
}

function wrapped(text: string): string {
  return text.includes(' | ') ? `(${text})` : text;
}
