/** Makes elements. Text is only ever set as text: titles and marks come from the recorded site. */

interface Looks {
  readonly class?: string;
  readonly text?: string;
  readonly title?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: () => void;
}

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  looks: Looks = {},
  ...children: Node[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (looks.class !== undefined) element.className = looks.class;
  if (looks.text !== undefined) element.textContent = looks.text;
  if (looks.title !== undefined) element.title = looks.title;
  for (const [name, value] of Object.entries(looks.attributes ?? {})) element.setAttribute(name, value);
  if (looks.onClick !== undefined) element.addEventListener('click', looks.onClick);
  element.append(...children);
  return element;
}

const paths = {
  play: 'M7 4v16l13 -8z',
  pause: 'M6 5h4v14h-4z M14 5h4v14h-4z',
  again: 'M20 11a8.1 8.1 0 0 0 -15.5 -2m-.5 -4v4h4 M4 13a8.1 8.1 0 0 0 15.5 2m.5 4v-4h-4',
  skip: 'M4 5v14l8 -7z M12 5v14l8 -7z',
  list: 'M9 6h11 M9 12h11 M9 18h11 M5 6v.01 M5 12v.01 M5 18v.01',
  close: 'M6 6l12 12 M18 6l-12 12',
} as const;

export type IconName = keyof typeof paths;

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
