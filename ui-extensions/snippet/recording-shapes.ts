/** As much of rrweb's stream as masking looks at. Numbers are rrweb's own. */
export const eventType = { fullSnapshot: 2, incremental: 3, meta: 4 } as const;
export const source = {
  mutation: 0,
  mouseMove: 1,
  mouseInteraction: 2,
  scroll: 3,
  viewportResize: 4,
  input: 5,
  touchMove: 6,
  styleSheetRule: 8,
  drag: 12,
  styleDeclaration: 13,
  adoptedStyleSheet: 15,
} as const;
export const nodeType = { document: 0, doctype: 1, element: 2, text: 3 } as const;

export interface RecordedEvent {
  readonly type: number;
  readonly timestamp: number;
  readonly data: unknown;
}

export type Attributes = Record<string, unknown>;

export interface RecordedNode {
  readonly id: number;
  readonly type: number;
  readonly tagName?: string;
  attributes?: Attributes;
  childNodes?: RecordedNode[];
  textContent?: string;
}

export function isNode(value: unknown): value is RecordedNode {
  return isRecord(value) && typeof value.id === 'number' && typeof value.type === 'number';
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The records of a list, whatever was given. */
export function recordsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
