import { cardOf, type Probe } from './probe.ts';

/** The other 27 of the 96 places: what somebody types, and what the page's own scripts do while it is recorded. */
export const measuredBehaviour: readonly Probe[] = [
  {
    number: 70,
    what: 'typed text',
    body: () => '<input id="typed-text"><output id="echo"></output>',
    typed: ['#typed-text', (c) => c],
    later: () =>
      "document.querySelector('#typed-text').oninput = (e) => { document.querySelector('#echo').textContent = 'Hello ' + e.target.value + '!'; document.title = e.target.value; }",
  },
  { number: 71, what: 'typed textarea', body: () => '<textarea id="typed-area"></textarea>', typed: ['#typed-area', (c) => c] },
  { number: 72, what: 'typed password', body: () => '<input type="password" id="typed-pw">', typed: ['#typed-pw', (c) => c] },
  {
    number: 73,
    what: 'typed after the password is shown',
    body: () => '<input type="password" id="shown-pw">',
    later: () => "document.querySelector('#shown-pw').type = 'text'",
    typed: ['#shown-pw', (c) => c],
  },
  { number: 74, what: 'typed contenteditable', body: () => '<div contenteditable id="typed-ce">x</div>', typed: ['#typed-ce', (c) => c] },
  {
    number: 75,
    what: 'shadow text',
    later: (c) => `{ const h = document.createElement('div'); root.append(h); h.attachShadow({mode:'open'}).innerHTML = '<p>${c}</p>'; }`,
    visible: true,
  },
  {
    number: 76,
    what: 'shadow input',
    later: (c) =>
      `{ const h = document.createElement('div'); root.append(h); h.attachShadow({mode:'open'}).innerHTML = '<input value="${c}">'; }`,
  },
  {
    number: 77,
    what: 'closed shadow text',
    later: (c) => `{ const h = document.createElement('div'); root.append(h); h.attachShadow({mode:'closed'}).innerHTML = '<p>${c}</p>'; }`,
  },
  { number: 78, what: 'console', later: (c) => `console.log('${c}')` },
  { number: 79, what: 'address by pushState', later: (c) => `history.pushState(null, '', '?u=${c}')` },
  {
    number: 80,
    what: 'value attribute set by a framework',
    body: () => '<input id="framework">',
    later: (c) => `document.querySelector('#framework').setAttribute('value', '${c}')`,
  },
  {
    number: 81,
    what: 'late child of a masked region',
    body: () => '<div data-ll-mask id="late-mask"></div>',
    later: (c) => `document.querySelector('#late-mask').innerHTML = '<b>${c}</b>'`,
  },
  { number: 82, what: 'changed title', later: (c) => `document.title = '${c}'`, visible: true, outside: true },
  {
    number: 83,
    what: 'value set by script',
    body: () => '<input id="scripted">',
    later: (c) => `document.querySelector('#scripted').value = '${c}'`,
  },
  {
    number: 84,
    what: 'title attribute set later',
    body: () => '<i id="titled">x</i>',
    later: (c) => `document.querySelector('#titled').title = '${c}'`,
  },
  {
    number: 85,
    what: 'adopted style sheet',
    later: (c) => `{ const s = new CSSStyleSheet(); s.replaceSync('.ad::after{content:"${c}"}'); document.adoptedStyleSheets = [s]; }`,
  },
  {
    number: 86,
    what: 'pasted',
    body: () => '<input id="pasted">',
    later: (c) => `document.querySelector('#pasted').focus(); document.execCommand('insertText', false, '${c}')`,
  },
  {
    number: 87,
    what: 'input in a late frame',
    later: (c) =>
      `{ const f = document.createElement('iframe'); root.append(f); f.contentDocument.body.innerHTML = '<input value="${c}"><textarea>${c}</textarea>'; }`,
  },
  { number: 88, what: 'hash fragment', later: (c) => `location.hash = '${c}'` },
  {
    number: 89,
    what: 'text changed in a masked region',
    body: () => '<div data-ll-mask id="changed">x</div>',
    later: (c) => `document.querySelector('#changed').firstChild.data = '${c}'`,
  },
  { number: 90, what: 'attribute of a custom element', body: (c) => `<x-user name="${c}" mail="${c}"></x-user>` },
  {
    number: 91,
    what: 'select changed',
    body: (c) => `<select id="chosen"><option>x</option><option value="${c}">y</option></select>`,
    later: (c) =>
      `{ const s = document.querySelector('#chosen'); s.value = '${c}'; s.dispatchEvent(new Event('change', { bubbles: true })); }`,
  },
  { number: 92, what: 'query of the page', later: (c) => `history.replaceState(null, '', '?a=${c}')` },
  { number: 93, what: 'hash of the page', later: (c) => `history.replaceState(null, '', '#${c}')` },
  { number: 94, what: 'number input', body: () => '<input type="number" id="digits">', typed: ['#digits', (c) => cardOf(c)] },
  {
    number: 95,
    what: 'date input',
    body: () => '<input type="date" id="birthday">',
    act: (page) => page.fill('#birthday', '1947-11-23'),
    secrets: () => ['1947-11-23', '19471123'],
  },
  {
    number: 96,
    what: 'color input',
    body: () => '<input type="color" id="color" value="#3a7f19">',
    act: (page) => page.fill('#color', '#5b91e7'),
    secrets: () => ['#3a7f19', '#5b91e7'],
  },
];
