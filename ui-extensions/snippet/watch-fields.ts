import { fieldMask } from './mask-text.ts';
import { source } from './recording-shapes.ts';
import { listen } from './safely.ts';

type Field = HTMLInputElement | HTMLTextAreaElement;

const unwritten = /^(?:button|checkbox|color|file|hidden|image|radio|range|reset|submit)$/;

interface FieldWatch {
  /** Whether something is in each field of the page: after a full snapshot. */
  tellAll(): void;
}

/** Shows in the recording that something is in a field; never what. rrweb itself does not look at fields. */
export function watchFields(idOf: (node: Node) => number, tell: (data: Record<string, unknown>) => void): FieldWatch {
  const filled = new WeakMap<Field, boolean>();
  const say = (field: Field) => {
    const id = idOf(field);
    const isFilled = field.value !== '';
    if (id < 0 || (filled.get(field) ?? false) === isFilled) return;
    filled.set(field, isFilled);
    tell({ source: source.input, id, text: isFilled ? fieldMask : '', isChecked: false });
  };
  listen(document, 'input change', (event) => {
    const target = event.composedPath()[0];
    if (isField(target)) say(target);
  });
  return {
    tellAll() {
      for (const field of document.querySelectorAll('input,textarea')) {
        if (!isField(field)) continue;
        filled.delete(field);
        say(field);
      }
    },
  };
}

function isField(target: unknown): target is Field {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !unwritten.test(target.type));
}
