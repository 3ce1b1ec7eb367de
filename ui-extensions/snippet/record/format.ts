/** rrweb's stream, as far as it is written here. The numbers are rrweb's own. */
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

/** `instanceof` would not know what is from a frame. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

export type Attributes = Record<string, string | number | boolean | null>;

export interface SerialisedNode {
  readonly type: number;
  readonly id: number;
  /** The document of a frame that the node is in. */
  rootId?: number;
  readonly tagName?: string;
  readonly attributes?: Attributes;
  childNodes?: SerialisedNode[];
  textContent?: string;
  isSVG?: true;
  isShadow?: true;
  isShadowHost?: true;
  isCustom?: true;
  readonly compatMode?: string;
  readonly name?: string;
  readonly publicId?: string;
  readonly systemId?: string;
}

/** One added node, without its children, which are additions of their own. */
export interface Addition {
  readonly parentId: number;
  readonly nextId: number | null;
  readonly node: SerialisedNode;
}

export interface Removal {
  readonly parentId: number;
  readonly id: number;
  readonly isShadow?: true | undefined;
}
