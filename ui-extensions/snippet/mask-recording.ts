/** Our policy on rrweb's stream: every event passes here before it leaves the page, and what is not named here does not pass. */
import { maskProperty, maskStyle } from './mask-attributes.ts';
import { type LiveNode, NodeMasker } from './mask-nodes.ts';
import { fieldMask } from './mask-text.ts';
import type { RecorderHost } from './recorder-host.ts';
import { eventType, isNode, isRecord, type RecordedEvent, recordsOf, source } from './recording-shapes.ts';

type Data = Record<string, unknown>;

interface Masking {
  readonly host: RecorderHost;
  readonly nodes: NodeMasker;
}

/** Masks one event; null when it is not recorded. */
export function createMasker(host: RecorderHost, liveNode: LiveNode): (event: RecordedEvent) => RecordedEvent | null {
  const masking = { host, nodes: new NodeMasker(host, liveNode) };
  return (event) => {
    const data = maskData(event, masking);
    return data && { type: event.type, timestamp: event.timestamp, data };
  };
}

function maskData({ type, data }: RecordedEvent, masking: Masking): Data | null {
  if (type < eventType.fullSnapshot) return {};
  if (!isRecord(data)) return null;
  if (type === eventType.fullSnapshot) return maskSnapshot(data, masking.nodes);
  if (type === eventType.meta) return { ...data, href: masking.host.cleanUrl(String(data.href)) };
  return type === eventType.incremental ? maskIncrement(data, masking) : null;
}

function maskSnapshot(data: Data, nodes: NodeMasker): Data | null {
  if (!isNode(data.node)) return null;
  nodes.reset();
  nodes.mask(data.node, null);
  return { node: data.node, initialOffset: data.initialOffset };
}

function maskIncrement(data: Data, { host, nodes }: Masking): Data | null {
  switch (data.source) {
    case source.mutation:
      return maskMutation(data, nodes);
    case source.styleSheetRule:
      return maskRules(data, host);
    case source.styleDeclaration:
      return maskDeclaration(data, host);
    case source.adoptedStyleSheet:
      return { ...data, styles: recordsOf(data.styles).map((sheet) => ({ ...sheet, rules: maskRuleList(sheet.rules, host) })) };
    case source.input:
      return { source: source.input, id: data.id, text: data.text ? fieldMask : '', isChecked: false };
    case source.mouseMove:
    case source.mouseInteraction:
    case source.scroll:
    case source.viewportResize:
    case source.touchMove:
    case source.drag:
      return data;
    default:
      return null;
  }
}

function maskMutation({ adds, attributes, texts, removes, isAttachIframe }: Data, nodes: NodeMasker): Data {
  return {
    source: source.mutation,
    removes,
    adds: recordsOf(adds).flatMap(({ parentId, nextId, node }) => {
      if (!isNode(node)) return [];
      nodes.mask(node, typeof parentId === 'number' ? parentId : null);
      return [{ parentId, nextId, node }];
    }),
    attributes: recordsOf(attributes).map(({ id, attributes: changed }) => ({
      id,
      attributes: isRecord(changed) ? nodes.change(Number(id), changed) : {},
    })),
    texts: recordsOf(texts).map(({ id, value }) => ({ id, value: nodes.text(Number(id), String(value ?? '')) })),
    ...(isAttachIframe === true && { isAttachIframe }),
  };
}

function maskRules({ replace, replaceSync, adds, ...rest }: Data, host: RecorderHost): Data {
  return {
    ...rest,
    ...(replace !== undefined && { replace: maskStyle(replace, host) }),
    ...(replaceSync !== undefined && { replaceSync: maskStyle(replaceSync, host) }),
    ...(adds !== undefined && { adds: maskRuleList(adds, host) }),
  };
}

function maskRuleList(rules: unknown, host: RecorderHost): Data[] {
  return recordsOf(rules).map((each) => ({ ...each, rule: maskStyle(each.rule, host) }));
}

function maskDeclaration(data: Data, host: RecorderHost): Data {
  const { set } = data;
  return isRecord(set) ? { ...data, set: { ...set, value: maskProperty(String(set.property), set.value, host) } } : data;
}
