/** In the page of a test: does to the page what a list of numbers says, masks last. The same numbers do the same. */

declare global {
  interface Window {
    change(steps: readonly (readonly [operation: number, place: number, other: number])[]): void;
  }
}

const classes = ['', 'a', 'b c', 'wide'];
const styles = ['', 'color: red', 'width: 20px; margin: 3px', 'display: none'];
const markup = [
  '<p>one <b>two</b></p>',
  'text<!-- comment -->more',
  '<ul><li>1<li>2</ul><script>0</script>',
  '<x-card><span slot="s">slotted</span></x-card>',
  '<div data-ll-mask>hidden <i>words</i></div>',
  '<style>.z{color:blue}</style><input><textarea>1</textarea>',
  '<div data-ll-block><p>closed</p></div>',
  '<svg viewBox="0 0 1 1"><g><path d="M0 0"></path></g></svg>',
  '',
];

const pick = <Item>(list: readonly Item[], at: number): Item | undefined => list[at % Math.max(list.length, 1)];

function rootsIn(root: Document | ShadowRoot): (Document | ShadowRoot)[] {
  const roots: (Document | ShadowRoot)[] = [root];
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot) roots.push(...rootsIn(element.shadowRoot));
    if (element instanceof HTMLIFrameElement && element.contentDocument?.body) roots.push(...rootsIn(element.contentDocument));
  }
  return roots;
}

/** Everything in the page that may be changed: not what the page stands in. */
function elements(): Element[] {
  return rootsIn(document).flatMap((root) => [
    ...root.querySelectorAll('body, body *'),
    ...('host' in root ? root.querySelectorAll('*') : []),
  ]);
}

function parents(): (Element | ShadowRoot)[] {
  const closed = /^(?:style|input|textarea|select|option|script|iframe|path)$/;
  const open = elements().filter(({ localName }) => !closed.test(localName));
  return [...open, ...open.flatMap(({ shadowRoot }) => shadowRoot ?? [])];
}

function movable(): Element[] {
  return elements().filter(({ localName }) => localName !== 'body');
}

const operations: readonly ((place: number, other: number) => void)[] = [
  (place, other) => {
    const parent = pick(parents(), place);
    const made = (parent?.ownerDocument ?? document).createElement(pick(['div', 'span', 'section', 'x-card'], other) ?? 'b');
    made.append('made ', String(other % 7));
    parent?.insertBefore(made, pick([...parent.childNodes, null], other) ?? null);
  },
  (place) => pick(movable(), place)?.remove(),
  (place, other) => {
    const [moved, parent] = [pick(movable(), place), pick(parents(), other)];
    if (moved && parent && !moved.contains(parent) && !moved.contains('host' in parent ? parent.host : null)) parent.append(moved);
  },
  (place) => {
    const parent = pick(parents(), place);
    if (parent) parent.append(...[...parent.childNodes].reverse());
  },
  (place, other) => {
    const texts = elements().flatMap((each) => [...each.childNodes].filter((node) => node.nodeType === 3));
    const text = pick(texts, place);
    if (text) text.nodeValue = `words ${other % 9}`;
  },
  (place, other) => pick(elements(), place)?.setAttribute('class', pick(classes, other) ?? ''),
  (place, other) => pick(elements(), place)?.setAttribute('style', pick(styles, other) ?? ''),
  (place, other) => pick(elements(), place)?.toggleAttribute(pick(['hidden', 'data-secret', 'open', 'title'], other) ?? ''),
  (place, other) => {
    const parent = pick(parents(), place);
    if (parent && !(parent instanceof HTMLBodyElement)) parent.innerHTML = pick(markup, other) ?? '';
  },
  (place, other) => {
    const part = document.createElement('div');
    part.innerHTML = pick(markup, other) ?? '';
    const fragment = document.createDocumentFragment();
    fragment.append(...part.childNodes);
    pick(parents(), place)?.prepend(fragment);
  },
  (place, other) => {
    const host = pick(
      movable().filter((each) => /^(?:div|section|x-card)$/.test(each.localName) && !each.shadowRoot),
      place,
    );
    const root = host?.attachShadow({ mode: 'open' });
    if (root) root.innerHTML = `<slot name="s"></slot><em>in ${other % 5}</em><style>em{margin:1px}</style>`;
  },
  (place) => {
    const moved = pick(movable(), place);
    const { parentNode, nextSibling } = moved ?? {};
    moved?.remove();
    if (moved && parentNode) parentNode.insertBefore(moved, nextSibling ?? null);
  },
  (place, other) => {
    const frame = document.createElement('iframe');
    pick(parents(), place)?.append(frame);
    if (frame.contentDocument?.body) frame.contentDocument.body.innerHTML = pick(markup, other) ?? '';
  },
  (place, other) => pick(movable(), place)?.replaceWith(pick(['plain', 'words'], other) ?? '', document.createElement('hr')),
  (place, other) => {
    const wrapper = document.createElement('article');
    const wrapped = pick(movable(), place);
    wrapped?.replaceWith(wrapper);
    if (wrapped) wrapper.append('in ', wrapped, other % 2 ? document.createComment('x') : '');
  },
  (place) => pick(movable(), place)?.setAttribute('data-ll-mask', ''),
  (place) => pick(movable(), place)?.toggleAttribute('data-ll-block'),
  (place, other) => {
    const sheets = elements().flatMap((each) => (each instanceof HTMLStyleElement && each.sheet ? [each.sheet] : []));
    const sheet = pick(sheets, place);
    if (other % 3 && sheet?.cssRules.length) sheet.deleteRule(other % sheet.cssRules.length);
    else sheet?.insertRule(`.r${other % 9}{margin:${other % 9}px}`, other % (sheet.cssRules.length + 1));
  },
  (place, other) => {
    const style = pick(
      elements().filter((each) => each.localName === 'style'),
      place,
    );
    if (style) style.textContent = `.t{padding:${other % 9}px} .u{top:0}`;
  },
];

window.change = (steps) => {
  const isMasking = (operation: number) => Number(/^1[56]$/.test(`${operation % operations.length}`));
  for (const [operation, place, other] of steps.toSorted(([one], [next]) => isMasking(one) - isMasking(next))) {
    window.noteMasked();
    try {
      operations[operation % operations.length]?.(place, other);
    } catch {
      // Not every element may stand everywhere: the page is what the browser allowed.
    }
  }
  window.noteMasked();
};
