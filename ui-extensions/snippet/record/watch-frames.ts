/** The documents of frames of this origin. */
import { eventType, isObject, source } from './format.ts';
import { forget, frameHolds, heldBy, knownOf } from './known-nodes.ts';
import { emit } from './outbox.ts';
import { type Found, serialise, whatWasFound } from './serialise.ts';

/** Writes the document that is in a frame now, unless it is written already and has the root it had. Answers what was found in it. */
export function writeFrame(frame: Element, isExchanged: boolean): { readonly content: Document; readonly found: Found } | null {
  const known = knownOf(frame);
  const content = contentOf(frame);
  if (!known || !content?.documentElement) return null;
  const before = heldBy(frame);
  if (!isExchanged && before === content && knownOf(content.documentElement)) return null;
  if (before) forget(before);
  frameHolds(frame, content);
  const found = whatWasFound();
  const node = serialise(content, known, found);
  const adds = [{ parentId: known.id, nextId: null, node }];
  const data = { source: source.mutation, texts: [], attributes: [], removes: [], adds, isAttachIframe: true };
  emit(eventType.incremental, data, found.sheets);
  return { content, found };
}

/** The frame that shows a document. */
export function frameOf(content: Node): Element | null {
  return isDocument(content) ? (content.defaultView?.frameElement ?? null) : null;
}

/** Null for a frame of another origin. */
function contentOf(frame: Element): Document | null {
  try {
    return 'contentDocument' in frame && isDocument(frame.contentDocument) ? frame.contentDocument : null;
  } catch {
    return null;
  }
}

function isDocument(value: unknown): value is Document {
  return isObject(value) && 'documentElement' in value;
}
