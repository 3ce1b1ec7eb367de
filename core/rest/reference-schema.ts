/** A JSON Schema as a reader of the reference sees it: fields with their kinds, other schemas as links. */
import { z } from 'zod';
import type { OpenApiDocument } from './openapi.ts';

const shape = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  default: z.unknown().optional(),
  description: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  maxLength: z.number().optional(),
});
type Shape = z.infer<typeof shape>;

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** Text with `code` between backticks. */
export function inlineCode(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

/** @param document whose components are linked to. */
export function schemaHtml(schema: unknown, document: OpenApiDocument): string {
  const read = shape.safeParse(schema).data ?? {};
  return `<span class="kind">${kindOf(read)}</span>${fieldsOf(read, document)}`;
}

function kindOf(schema: Shape): string {
  if (schema.$ref !== undefined) {
    const name = escapeHtml(schema.$ref.replace('#/components/schemas/', ''));
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map((one) => kindOf(shape.safeParse(one).data ?? {})))].join(' or ');
  if (schema.enum !== undefined) return schema.enum.map((value) => `<code>${escapeHtml(String(value))}</code>`).join(' ');
  if (schema.const !== undefined) return `<code>${escapeHtml(String(schema.const))}</code>`;
  if (schema.type === 'array') return `list of ${kindOf(shape.safeParse(schema.items).data ?? {})}`;
  const type = schema.type === undefined ? 'anything' : [schema.type].flat().join(' or ');
  return `${escapeHtml(schema.format ?? type)}${limits(schema)}`;
}

/** JavaScript's own limits of an integer say nothing. */
function limits({ minimum, maximum, maxLength, default: preset }: Shape): string {
  const least = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? `from ${minimum}` : '';
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? `to ${maximum}` : '';
  const length = maxLength === undefined ? '' : `at most ${maxLength} characters`;
  const otherwise = preset === undefined ? '' : `default ${escapeHtml(JSON.stringify(preset))}`;
  return [least, most, length, otherwise]
    .filter((part) => part !== '')
    .map((part) => ` ${part}`)
    .join('');
}

function fieldsOf(schema: Shape, document: OpenApiDocument): string {
  const inner = schema.type === 'array' ? (shape.safeParse(schema.items).data ?? {}) : schema;
  const { properties, required = [] } = inner;
  if (properties === undefined || Object.keys(properties).length === 0) return '';
  const rows = Object.entries(properties).map(([name, value]) => {
    const description = shape.safeParse(value).data?.description ?? '';
    const optional = required.includes(name) ? '' : ' <small>optional</small>';
    return `<dt><code>${escapeHtml(name)}</code>${optional}</dt><dd>${schemaHtml(value, document)} ${inlineCode(description)}</dd>`;
  });
  return `<dl>${rows.join('')}</dl>`;
}
