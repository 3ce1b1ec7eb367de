/** Where the recorded page stands, as large as fits. */
import { make } from './element.ts';

export interface Stage {
  readonly element: HTMLElement;
  /** The replayer puts its frame in here. */
  readonly root: HTMLElement;
  resize(width: number, height: number): void;
  note(text: string): void;
}

export function makeStage(onClick: () => void): Stage {
  const root = make('div', { class: 'page' });
  const note = make('p', { class: 'stage-note', attributes: { role: 'status' } });
  const element = make('div', { class: 'stage', onClick }, root, note);
  let size = { width: 0, height: 0 };

  function scaleToFit(): void {
    if (size.width === 0) return;
    const { clientWidth, clientHeight } = element;
    const scale = Math.min(clientWidth / size.width, clientHeight / size.height, 1);
    root.style.width = `${size.width}px`;
    root.style.height = `${size.height}px`;
    root.style.transform = `translate(${(clientWidth - size.width * scale) / 2}px, ${(clientHeight - size.height * scale) / 2}px) scale(${scale})`;
    root.classList.add('sized');
  }
  new ResizeObserver(scaleToFit).observe(element);
  return {
    ...{ element, root },
    resize(width, height) {
      size = { width, height };
      scaleToFit();
    },
    note(text) {
      if (note.textContent !== text) note.textContent = text;
    },
  };
}
