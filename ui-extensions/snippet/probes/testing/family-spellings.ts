import type { Page } from 'playwright-core';
import { addressOf, type Probe } from './probe.ts';

/** Places that a page fills with what is in a field, and with what script: `v` is the value, `p` the place. */
const places: readonly (readonly [what: string, place: string, write: string])[] = [
  ['in lines of their own', '<div></div>', "p.innerHTML = [...v].map((l) => '<div>' + l + '</div>').join('')"],
  ['in cells of a table', '<table><tr></tr></table>', "p.innerHTML = '<tr>' + [...v].map((l) => '<td>' + l + '</td>').join('') + '</tr>'"],
  ['in elements of the page', '<div></div>', "p.innerHTML = [...v].map((l) => '<x-letter>' + l + '</x-letter>').join('')"],
  ['in texts of a drawing', '<svg></svg>', "p.innerHTML = [...v].map((l, at) => '<text x=' + at * 9 + '>' + l + '</text>').join('')"],
  ['written into boxes that were there', `<div>${'<div></div>'.repeat(40)}</div>`, '[...v].forEach((l, at) => p.children[at].append(l))'],
  ['backwards', '<p></p>', "p.textContent = 'Backwards ' + [...v].reverse().join('') + '.'"],
  ['far apart', '<p></p>', "p.textContent = [...v].join('    ')"],
  [
    'joined by other signs',
    '<p></p>',
    "p.textContent = ['·', '*', '|', '~', ' - ', '\\u0301'].map((sign) => [...v].join(sign)).join(' ; ')",
  ],
  [
    'in wide and mathematical letters',
    '<p></p>',
    "p.textContent = [...v].map((l) => String.fromCodePoint(l.charCodeAt(0) + 0xfee0)).join('') + ' ; ' + [...v].map((l) => (/[a-z]/.test(l) ? String.fromCodePoint(0x1d41a + l.charCodeAt(0) - 97) : l)).join('')",
  ],
  [
    'in percent signs, entities, escapes and base64',
    '<p></p>',
    "p.className = btoa(v); p.textContent = ['%', '&#x', '\\\\x'].map((sign) => [...v].map((l) => sign + l.charCodeAt(0).toString(16) + (sign === '&#x' ? ';' : '')).join('')).join(' ') + ' ' + btoa(v)",
  ],
  [
    'in rules and names of a style sheet',
    '<style>.first{color:red}</style>',
    "const n = 'x' + v.replace(/[^a-z0-9]/g, ''); p.sheet.insertRule('.' + n + '{--who:' + n + '}'); p.append('@keyframes ' + n + '{} @layer ' + n + '{} .g{grid-area:' + n + ';animation-name:' + n + '}'); const s = new CSSStyleSheet(); s.replaceSync('#' + n + '{color:red}'); document.adoptedStyleSheets.push(s)",
  ],
  [
    'in names of a style',
    '<p>x</p>',
    "const n = 'x' + v.replace(/[^a-z0-9]/g, ''); p.style.cssText = 'grid-area:' + n + ';animation-name:' + n + ';font-family:' + n + ';view-transition-name:' + n",
  ],
  [
    'in two parts of a path',
    '<p></p>',
    "history.pushState(null, '', '/a/' + v.slice(0, 6) + '/' + v.slice(6)); history.pushState(null, '', '/')",
  ],
];

/** Ways of writing that a search for the value as it is does not find. */
export const spellings: readonly Probe[] = [
  ...places.map(([what, place, write], at): Probe => {
    const id = `written-${at}`;
    return {
      what: `what was typed, ${what}`,
      body: () => `<input id="${id}"><div id="${id}-place">${place}</div>`,
      later: () =>
        `document.querySelector('#${id}').addEventListener('input', ({ target: { value: v } }) => { const p = document.querySelector('#${id}-place').firstElementChild; ${write}; });`,
      act: (page, c) => page.fill(`#${id}`, c),
    };
  }),
  {
    what: 'draft of a text area, shown beside it',
    body: (c) => `<textarea>${c}</textarea><p>Draft: ${c}</p>`,
  },
  {
    what: 'text that was editable once',
    body: (c) => `<div id="was-editable" contenteditable>${c}</div>`,
    later: () => "setTimeout(() => document.querySelector('#was-editable').removeAttribute('contenteditable'), 60)",
  },
  {
    what: 'editor of the page, without any field',
    body: () => '<div id="own-editor" tabindex="0">:</div>',
    later: () =>
      "document.querySelector('#own-editor').onkeydown = ({ key, currentTarget }) => { if (key.length === 1) currentTarget.textContent += key; }",
    act: (page, c) => type(page, '#own-editor', c),
  },
  {
    what: 'address in two lines',
    body: (c) => `<div><div>${addressOf(c).split('@')[0]}</div><div>@leak.example</div></div>`,
    secrets: (c) => [addressOf(c)],
  },
];

async function type(page: Page, selector: string, text: string): Promise<void> {
  await page.locator(selector).focus();
  await page.keyboard.type(text);
}
