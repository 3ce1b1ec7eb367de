/** Shows in the recording that something is in a field; never what. */
import { isObject, source } from './format.ts';
import { guard, host, listen, targetOf } from './host.ts';
import { knownOf } from './known-nodes.ts';
import { fieldMask, forgetScrubbed } from './mask-text.ts';
import { emitIncrement } from './outbox.ts';

type Field = HTMLInputElement | HTMLTextAreaElement;

const unwritten = /^(?:button|checkbox|color|file|hidden|image|radio|range|reset|submit)$/;
/** The id under which it was told to hold something. */
const filled = new WeakMap<Element, number>();

/** `change` does not leave a shadow root. */
export function watchFields(root: EventTarget): void {
  listen(root, 'input change', entered);
}

const entered = guard((event: Event) => {
  // More of the page may be an echo now.
  forgetScrubbed();
  const target = targetOf(event);
  if (!isField(target)) return;
  if (target.ownerDocument !== document) host.rememberTyped(target);
  tellField(target);
});

/** Whether something is in it, where that has changed since it was told of this node of the recording. */
export function tellField(field: Element): void {
  const id = knownOf(field)?.id;
  if (!id || !isField(field)) return;
  const isFilled = field.value !== '';
  if ((filled.get(field) === id) === isFilled) return;
  if (isFilled) filled.set(field, id);
  else filled.delete(field);
  emitIncrement({ source: source.input, id, text: isFilled ? fieldMask : '', isChecked: false });
}

function isField(target: unknown): target is Field {
  if (!(isObject(target) && 'localName' in target && 'value' in target)) return false;
  return target.localName === 'textarea' || (target.localName === 'input' && 'type' in target && !unwritten.test(String(target.type)));
}
