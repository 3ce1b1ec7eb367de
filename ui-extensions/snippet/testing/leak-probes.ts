/** Places on a page where a secret can stand. Each gets a canary of its own; what is sent and stored is then searched for it. */
export interface Probe {
  readonly what: string;
  readonly head?: (canary: string) => string;
  readonly body?: (canary: string) => string;
  /** Script of the page, run while it is recorded. */
  readonly later?: (canary: string) => string;
  /** Typed by a person: selector → value. */
  readonly typed?: readonly [string, (canary: string) => string];
  /** Text that a visitor sees: recorded on purpose where the site shows text, and then only scrubbed. */
  readonly visible?: true;
}

const q = (text: string) => JSON.stringify(text);
const inMask = (html: string) => `<div data-ll-mask>${html}</div>`;
const inBlock = (html: string) => `<div data-ll-block style="width:80px;height:20px">${html}</div>`;

export const probes: readonly Probe[] = [
  { what: 'document title', head: (c) => `<title>${c}</title>`, visible: true },
  { what: 'meta description', head: (c) => `<meta name="description" content="${c}">` },
  { what: 'meta og:title', head: (c) => `<meta property="og:title" content="${c}">` },
  { what: 'inline JSON script', head: (c) => `<script type="application/json">{"a":"${c}"}</script>` },
  { what: 'noscript', body: (c) => `<noscript>${c}</noscript>` },
  { what: 'CSS generated content', head: (c) => `<style>.gen::after{content:"${c}"}</style>` },
  { what: 'CSS url query', head: (c) => `<style>.bg{background:url("/x.png?u=${c}")}</style>` },
  { what: 'link query', head: (c) => `<link rel="alternate" href="/feed?u=${c}">` },
  { what: 'data attribute of a section', body: (c) => `<section data-user="${c}">x</section>` },
  { what: 'comment', body: (c) => `<!-- ${c} -->` },
  { what: 'plain text', body: (c) => `<p>${c}</p>`, visible: true },
  { what: 'title in a masked region', body: (c) => inMask(`<i title="${c}">x</i>`) },
  { what: 'aria-label in a masked region', body: (c) => inMask(`<i aria-label="${c}">x</i>`) },
  { what: 'data attribute in a masked region', body: (c) => inMask(`<i data-a="${c}">x</i>`) },
  { what: 'text in a masked region', body: (c) => inMask(c) },
  { what: 'alternative text in a masked region', body: (c) => inMask(`<img alt="${c}">`) },
  { what: 'image address in a masked region', body: (c) => inMask(`<img src="/i.png?u=${c}">`) },
  { what: 'mailto in a masked region', body: (c) => inMask(`<a href="mailto:${c}">x</a>`) },
  { what: 'title in a blocked region', body: (c) => inBlock(`<i title="${c}">x</i>`) },
  { what: 'data attribute in a blocked region', body: (c) => inBlock(`<i data-a="${c}">x</i>`) },
  { what: 'text in a blocked region', body: (c) => inBlock(c) },
  { what: 'value of an input', body: (c) => `<input value="${c}">` },
  { what: 'placeholder', body: (c) => `<input placeholder="${c}">` },
  { what: 'title of an input', body: (c) => `<input title="${c}">` },
  { what: 'aria-label of an input', body: (c) => `<input aria-label="${c}">` },
  { what: 'name of an input', body: (c) => `<input name="${c}">` },
  { what: 'data attribute of an input', body: (c) => `<input data-a="${c}">` },
  { what: 'hidden input', body: (c) => `<input type="hidden" value="${c}">` },
  { what: 'password', body: (c) => `<input type="password" value="${c}">` },
  { what: 'e-mail input', body: (c) => `<input type="email" value="${c}">` },
  { what: 'telephone input', body: (c) => `<input type="tel" value="${c}">` },
  { what: 'search input', body: (c) => `<input type="search" value="${c}">` },
  { what: 'address input', body: (c) => `<input type="url" value="${c}">` },
  { what: 'checkbox', body: (c) => `<input type="checkbox" value="${c}" checked>` },
  { what: 'radio', body: (c) => `<input type="radio" value="${c}" checked>` },
  { what: 'submit', body: (c) => `<input type="submit" value="${c}">` },
  { what: 'button input', body: (c) => `<input type="button" value="${c}">` },
  { what: 'image input', body: (c) => `<input type="image" alt="${c}">` },
  { what: 'placeholder of a textarea', body: (c) => `<textarea placeholder="${c}"></textarea>` },
  { what: 'textarea', body: (c) => `<textarea>${c}</textarea>` },
  { what: 'option value', body: (c) => `<select><option value="${c}">x</option></select>` },
  { what: 'option label', body: (c) => `<select><option label="${c}">x</option></select>` },
  { what: 'option text', body: (c) => `<select><option>x</option><option>${c}</option></select>` },
  { what: 'selected option value', body: (c) => `<select><option selected value="${c}">x</option></select>` },
  { what: 'selected option text', body: (c) => `<select><option selected>${c}</option></select>` },
  { what: 'datalist value', body: (c) => `<datalist><option value="${c}"></option></datalist>` },
  { what: 'datalist text', body: (c) => `<datalist><option>${c}</option></datalist>` },
  { what: 'contenteditable', body: (c) => `<div contenteditable>${c}</div>` },
  { what: 'srcdoc text', body: (c) => `<iframe srcdoc="<p>${c}</p>"></iframe>` },
  { what: 'srcdoc input', body: (c) => `<iframe srcdoc="<input value='${c}'>"></iframe>` },
  { what: 'frame address', body: (c) => `<iframe src="/frame?u=${c}"></iframe>` },
  { what: 'data: image', body: (c) => `<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><text>${c}</text></svg>">` },
  { what: 'link token', body: (c) => `<a href="/a?token=${c}">x</a>` },
  { what: 'form action', body: (c) => `<form action="/f?u=${c}"><button type="button">x</button></form>` },
  { what: 'SVG text', body: (c) => `<svg><text y="9">${c}</text></svg>`, visible: true },
  { what: 'SVG title', body: (c) => `<svg><title>${c}</title></svg>`, visible: true },
  { what: 'SVG description', body: (c) => `<svg><desc>${c}</desc></svg>`, visible: true },
  { what: 'summary', body: (c) => `<details open><summary>${c}</summary></details>`, visible: true },
  { what: 'closed details', body: (c) => `<details><p>${c}</p></details>`, visible: true },
  { what: 'template', body: (c) => `<template>${c}</template>` },
  { what: 'dialog', body: (c) => `<dialog>${c}</dialog>`, visible: true },
  { what: 'output', body: (c) => `<output>${c}</output>`, visible: true },
  { what: 'title of a meter', body: (c) => `<meter title="${c}"></meter>` },
  { what: 'poster', body: (c) => `<video poster="/p.png?u=${c}"></video>` },
  { what: 'object', body: (c) => `<object data="/o?u=${c}"></object>` },
  { what: 'inline style address', body: (c) => `<i style="background:url(/b.png?u=${c})">x</i>` },
  { what: 'button value', body: (c) => `<button type="button" value="${c}">x</button>` },
  { what: 'button text', body: (c) => `<button type="button">${c}</button>`, visible: true },
  { what: 'label', body: (c) => `<label>${c}</label>`, visible: true },
  {
    what: 'typed text',
    body: () => '<input id="typed-text"><output id="echo"></output>',
    typed: ['#typed-text', (c) => c],
    later: () =>
      "document.querySelector('#typed-text').oninput = (e) => { document.querySelector('#echo').textContent = 'Hello ' + e.target.value + '!'; document.title = e.target.value; }",
  },
  { what: 'typed textarea', body: () => '<textarea id="typed-area"></textarea>', typed: ['#typed-area', (c) => c] },
  { what: 'typed password', body: () => '<input type="password" id="typed-pw">', typed: ['#typed-pw', (c) => c] },
  {
    what: 'typed after the password is shown',
    body: () => '<input type="password" id="shown-pw">',
    later: () => "document.querySelector('#shown-pw').type = 'text'",
    typed: ['#shown-pw', (c) => c],
  },
  { what: 'typed contenteditable', body: () => '<div contenteditable id="typed-ce">x</div>', typed: ['#typed-ce', (c) => c] },
  {
    what: 'shadow text',
    later: (c) =>
      `{ const h = document.createElement('div'); document.body.append(h); h.attachShadow({mode:'open'}).innerHTML = '<p>${c}</p>'; }`,
    visible: true,
  },
  {
    what: 'shadow input',
    later: (c) =>
      `{ const h = document.createElement('div'); document.body.append(h); h.attachShadow({mode:'open'}).innerHTML = '<input value="${c}">'; }`,
  },
  {
    what: 'closed shadow text',
    later: (c) =>
      `{ const h = document.createElement('div'); document.body.append(h); h.attachShadow({mode:'closed'}).innerHTML = '<p>${c}</p>'; }`,
  },
  { what: 'console', later: (c) => `console.log(${q('')} + ${q('')} + '${c}')` },
  { what: 'address by pushState', later: (c) => `history.pushState(null, '', '?u=${c}')` },
  {
    what: 'value attribute set by a framework',
    body: () => '<input id="framework">',
    later: (c) => `document.querySelector('#framework').setAttribute('value', '${c}')`,
  },
  {
    what: 'late child of a masked region',
    body: () => '<div data-ll-mask id="late-mask"></div>',
    later: (c) => `document.querySelector('#late-mask').innerHTML = '<b>${c}</b>'`,
  },
  { what: 'changed title', later: (c) => `document.title = '${c}'`, visible: true },
  { what: 'value set by script', body: () => '<input id="scripted">', later: (c) => `document.querySelector('#scripted').value = '${c}'` },
  {
    what: 'title attribute set later',
    body: () => '<i id="titled">x</i>',
    later: (c) => `document.querySelector('#titled').title = '${c}'`,
  },
  {
    what: 'adopted style sheet',
    later: (c) => `{ const s = new CSSStyleSheet(); s.replaceSync('.ad::after{content:"${c}"}'); document.adoptedStyleSheets = [s]; }`,
  },
  {
    what: 'pasted',
    body: () => '<input id="pasted">',
    later: (c) => `document.querySelector('#pasted').focus(); document.execCommand('insertText', false, '${c}')`,
  },
  {
    what: 'input in a late frame',
    later: (c) =>
      `{ const f = document.createElement('iframe'); document.body.append(f); f.contentDocument.body.innerHTML = '<input value="${c}"><textarea>${c}</textarea>'; }`,
  },
  {
    what: 'text changed in a masked region',
    body: () => '<div data-ll-mask id="changed">x</div>',
    later: (c) => `document.querySelector('#changed').firstChild.data = '${c}'`,
  },
  { what: 'attribute of a custom element', body: (c) => `<x-user name="${c}" mail="${c}"></x-user>` },
  {
    what: 'select changed',
    body: (c) => `<select id="chosen"><option>x</option><option value="${c}">y</option></select>`,
    later: (c) =>
      `{ const s = document.querySelector('#chosen'); s.value = '${c}'; s.dispatchEvent(new Event('change', { bubbles: true })); }`,
  },
  { what: 'page query and hash', later: (c) => `history.replaceState(null, '', '?a=${c}#${c}')` },
  {
    what: 'number input',
    body: () => '<input type="number" id="digits">',
    typed: ['#digits', (c) => c.replace(/\D/g, '').padEnd(16, '7')],
  },
  // Further families.
  {
    what: 'region that becomes masked',
    body: () => '<div id="becomes"><p>before</p></div>',
    later: (c) =>
      `{ const d = document.querySelector('#becomes'); d.setAttribute('data-ll-mask', ''); d.firstChild.firstChild.data = '${c}'; }`,
  },
  {
    what: 'region whose mask is lost',
    body: (c) => `<div id="loses" data-ll-mask><p>${c}</p></div>`,
    later: (c) =>
      `{ const d = document.querySelector('#loses'); d.removeAttribute('data-ll-mask'); d.firstChild.firstChild.data = '${c} again'; }`,
  },
  {
    what: 'child moved out of a masked region',
    body: (c) => `<div data-ll-mask><p id="moves">${c}</p></div>`,
    later: () => "document.body.append(document.querySelector('#moves'))",
  },
  { what: 'srcset', body: (c) => `<img srcset="/i.png?u=${c} 2x">` },
  { what: 'preload', head: (c) => `<link rel="preload" as="image" href="/i.png?u=${c}">` },
  { what: 'JSON-LD', head: (c) => `<script type="application/ld+json">{"@type":"Person","email":"${c}"}</script>` },
  { what: 'custom property', body: (c) => `<i style="--mail:'${c}'">x</i>` },
  { what: 'attribute selector', head: (c) => `<style>[data-u="${c} and more than one word"]{color:red}</style>` },
  {
    what: 'rule inserted later',
    head: () => '<style id="sheet">a{color:red}</style>',
    later: (c) => `document.querySelector('#sheet').sheet.insertRule('.i::after{content:"${c}"}', 0)`,
  },
  {
    what: 'style set later',
    body: () => '<i id="styled" style="color:red">x</i>',
    later: (c) => `document.querySelector('#styled').style.backgroundImage = 'url(/s.png?u=${c})'`,
  },
  { what: 'CSS comment', head: (c) => `<style>/* ${c} */a{color:red}</style>` },
  { what: 'foreignObject input', body: (c) => `<svg><foreignObject width="9" height="9"><input value="${c}"></foreignObject></svg>` },
  { what: 'combobox', body: (c) => `<div role="combobox">${c}</div>` },
  {
    what: 'file name',
    body: () => '<input type="file" id="file"><output id="file-name"></output>',
    later: () =>
      "document.querySelector('#file').onchange = (e) => { document.querySelector('#file-name').textContent = e.target.files[0].name }",
  },
  { what: 'error message', later: (c) => `setTimeout(() => { throw new Error('${c}') })` },
  { what: 'hydration attribute', body: (c) => `<div data-props='{"u":"${c}"}' wire:snapshot="${c}">x</div>` },
];
