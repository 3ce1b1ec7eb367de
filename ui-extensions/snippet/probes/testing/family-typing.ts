import type { Page } from 'playwright-core';
import { cardOf, nameOf, type Probe } from './probe.ts';

const whole = (canary: string) => canary;
/** Writes what a field holds into an element, as a framework's controlled input does. */
const mirror = (field: string, write: string) =>
  `document.querySelector('${field}').addEventListener('input', ({ target }) => { ${write} });`;

/** Ways in which a value comes into a field. */
export const waysIn: readonly Probe[] = [
  {
    what: 'pasted from the clipboard, and mirrored',
    body: (c) => `<div data-ll-mask><textarea id="copy-from">${c}</textarea></div><input id="paste-into"><p id="paste-echo"></p>`,
    later: () => mirror('#paste-into', "document.querySelector('#paste-echo').textContent = 'You wrote ' + target.value"),
    act: async (page) => {
      await page.locator('#copy-from').selectText();
      await page.keyboard.press('Control+C');
      await page.locator('#paste-into').click();
      await page.keyboard.press('Control+V');
    },
  },
  {
    what: 'composed with an input method, and mirrored in every state',
    body: () => '<input id="composed"><p id="composed-echo"></p>',
    later: () => mirror('#composed', "document.querySelector('#composed-echo').textContent += ' ' + target.value"),
    act: async (page, c) => {
      await page.locator('#composed').click();
      const devtools = await page.context().newCDPSession(page);
      for (let length = 6; length <= c.length; length++)
        await devtools.send('Input.imeSetComposition', { text: c.slice(0, length), selectionStart: length, selectionEnd: length });
      await devtools.send('Input.insertText', { text: c });
      await devtools.detach();
    },
    secrets: (c) => [c.slice(0, /\d/.test(c) ? 10 : 6), nameOf(c)],
  },
  {
    what: 'filled in by the browser, and mirrored',
    body: () => '<form><input id="autofilled" autocomplete="cc-number" name="cc"><p id="autofilled-echo"></p></form>',
    later: () => mirror('#autofilled', "document.querySelector('#autofilled-echo').textContent = 'Card ' + target.value"),
    act: (page, c) =>
      page.evaluate((value) => {
        const field = document.querySelector('#autofilled');
        if (!(field instanceof HTMLInputElement)) return;
        field.dispatchEvent(new AnimationEvent('animationstart', { animationName: 'onAutoFillStart', bubbles: true }));
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }, c),
  },
  {
    what: 'dropped into a field, and mirrored',
    body: (c) => `<div data-ll-mask><span id="drag-from">${c}</span></div><input id="drop-into"><p id="drop-echo"></p>`,
    later: () => mirror('#drop-into', "document.querySelector('#drop-echo').textContent = target.value"),
    act: drag,
  },
  {
    what: 'name of a chosen file, in the page',
    body: () => '<input type="file" id="file" multiple><ul id="file-names"></ul>',
    later: () =>
      "document.querySelector('#file').onchange = ({ target }) => { for (const { name } of target.files) document.querySelector('#file-names').append(name, ' ', name.replace(/[.]pdf$/, '')) }",
    act: (page, c) => page.setInputFiles('#file', { name: `${c}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from('x') }),
  },
  {
    what: 'password that is shown, typed on, and hidden again',
    body: () => '<input type="password" id="eye"><p id="eye-echo"></p>',
    later: () =>
      mirror(
        '#eye',
        "target.type = target.type === 'text' ? 'password' : 'text'; document.querySelector('#eye-echo').textContent = target.value",
      ),
    typed: ['#eye', whole],
  },
  {
    what: 'one-time code of a digit a box, joined by the page',
    body: () =>
      `<div id="code">${'<input maxlength="1" inputmode="numeric" autocomplete="one-time-code">'.repeat(10)}</div><p id="code-echo"></p>`,
    later: () =>
      "document.querySelector('#code').oninput = () => { const code = [...document.querySelectorAll('#code input')].map((each) => each.value).join(''); if (code.length === 10) document.querySelector('#code-echo').textContent = 'Code ' + code + ' is wrong' }",
    act: async (page, c) => {
      for (const [place, digit] of [...cardOf(c).slice(3, 13)].entries()) await page.locator('#code input').nth(place).fill(digit);
    },
    secrets: (c) => [cardOf(c).slice(3, 13)],
  },
  {
    what: 'card number in four boxes, joined by the page',
    body: () => `<div id="card">${'<input maxlength="4" autocomplete="cc-number">'.repeat(4)}</div><p id="card-echo"></p>`,
    later: () =>
      "document.querySelector('#card').oninput = () => { document.querySelector('#card-echo').textContent = [...document.querySelectorAll('#card input')].map((each) => each.value).join(' ') }",
    act: async (page, c) => {
      for (const place of [0, 1, 2, 3])
        await page
          .locator('#card input')
          .nth(place)
          .fill(cardOf(c).slice(place * 4, place * 4 + 4));
    },
    secrets: (c) => [cardOf(c), cardOf(c).slice(2, 12), cardOf(c).slice(6)],
  },
  {
    what: 'contenteditable with markup inside',
    body: () => '<div contenteditable="plaintext-only"><p>a <b id="deep-edit">x</b> b</p></div><p id="edit-echo"></p>',
    later: () =>
      "document.querySelector('[contenteditable=plaintext-only]').addEventListener('input', () => { document.querySelector('#edit-echo').textContent = document.querySelector('#deep-edit')?.textContent ?? '' })",
    act: async (page, c) => {
      await page.locator('#deep-edit').click();
      await page.keyboard.type(c);
    },
  },
  {
    what: 'rich editor in a frame',
    later: () =>
      "{ const f = add('<iframe id=editor></iframe>'); f.contentDocument.designMode = 'on'; f.contentDocument.body.append('x'); }",
    act: async (page, c) => {
      await page.locator('#editor').click();
      await page.keyboard.type(c);
    },
  },
  {
    what: 'text box of another element',
    body: () => '<div role="textbox" tabindex="0" id="custom-box"></div><div role="searchbox" id="custom-search"></div>',
    later: (c) => `for (const id of ['custom-box', 'custom-search']) document.getElementById(id).textContent = '${c}'`,
  },
  {
    what: 'typed in a shadow root, and mirrored outside',
    later: () =>
      "{ const h = add('<div id=shadow-form></div>'); h.attachShadow({ mode: 'open' }).innerHTML = '<form><input id=in-shadow></form>'; const p = add('<p></p>'); h.shadowRoot.querySelector('input').oninput = ({ target }) => { p.textContent = target.value; }; }",
    typed: ['#in-shadow', whole],
  },
  {
    what: 'typed in a frame, and mirrored outside',
    later: () =>
      "{ const f = add('<iframe id=typing-frame></iframe>'); f.contentDocument.body.innerHTML = '<input id=in-frame>'; const p = add('<p></p>'); f.contentDocument.querySelector('input').oninput = ({ target }) => { p.textContent = target.value; }; }",
    act: (page, c) => page.frameLocator('#typing-frame').locator('#in-frame').pressSequentially(c),
  },
  {
    what: 'form-associated custom element',
    later: (c) =>
      `{ customElements.define('x-field', class extends HTMLElement { static formAssociated = true; connectedCallback() { this.attachInternals().setFormValue('${c}'); this.setAttribute('value', '${c}'); this.attachShadow({ mode: 'open' }).innerHTML = '<div contenteditable>${c}</div><input value=${c}>'; } }); add('<form><x-field name="x"></x-field></form>'); }`,
  },
];

/** Ways in which a page repeats what was typed. */
export const echoes: readonly Probe[] = [
  {
    what: 'greeting with every state of a field',
    body: () => '<input id="greeted"><p id="greeting"></p>',
    later: () =>
      mirror(
        '#greeted',
        "document.querySelector('#greeting').textContent = 'Hello ' + target.value + ', ' + target.value.length + '/100 characters'",
      ),
    typed: ['#greeted', whole],
  },
  {
    what: 'trail of what was typed and deleted',
    body: () => '<input id="trail"><ol id="trail-log"></ol>',
    later: () =>
      mirror(
        '#trail',
        "document.querySelector('#trail-log').append(Object.assign(document.createElement('li'), { textContent: target.value }))",
      ),
    typed: ['#trail', whole],
    act: async (page) => {
      for (let count = 0; count < 5; count++) await page.locator('#trail').press('Backspace');
      await page.locator('#trail').press('Home');
      for (let count = 0; count < 3; count++) await page.locator('#trail').press('Delete');
    },
  },
  {
    what: 'echo in other spellings',
    body: () => '<input id="spelled"><p id="spelling"></p>',
    later: () =>
      mirror(
        '#spelled',
        "const v = target.value; document.querySelector('#spelling').textContent = [v.toUpperCase(), v.split('').join(' '), v.replace(/(.{4})/g, '$1-'), v.split('').join('\\u200b'), v.slice(0, 5) + '\\u00ad' + v.slice(5)].join(' | ')",
      ),
    typed: ['#spelled', whole],
  },
  {
    what: 'echo letter by letter, each in an element of its own',
    body: () => '<input id="lettered"><p id="letters"></p>',
    later: () =>
      mirror(
        '#lettered',
        "document.querySelector('#letters').replaceChildren(...[...target.value].map((letter) => Object.assign(document.createElement('span'), { textContent: letter })))",
      ),
    act: (page, c) => page.fill('#lettered', c),
  },
  {
    what: 'echo in attributes, addresses and styles',
    body: () => '<input id="attributed"><a id="attribute-echo" href="/">x</a>',
    later: () =>
      mirror(
        '#attributed',
        "const a = document.querySelector('#attribute-echo'), v = target.value; a.title = v; a.id = 'attribute-echo'; a.className = 'user-' + v; a.href = '/users/' + encodeURIComponent(v) + '?q=' + v + '#/' + v; a.style.setProperty('--name', v); a.setAttribute('data-state', v.slice(0, 20)); a.setAttribute('slot', v); a.setAttribute('role', v)",
      ),
    act: (page, c) => page.fill('#attributed', c),
  },
  {
    what: 'echo in the address: path, query, hash and state',
    body: () => '<input id="addressed">',
    later: () =>
      mirror(
        '#addressed',
        "const v = target.value; for (const a of ['/people/' + v, '/people/' + encodeURIComponent(encodeURIComponent(v + ' é')), '/people/' + btoa(v), '/people/' + btoa(v).replace(/=/g, ''), '/people/hello-' + v + '-again', '?name=' + v + '&tab=' + v + '&utm_content=' + v, '#/people/' + v, '#' + v]) history.pushState({ v }, '', a); history.pushState(null, '', '/')",
      ),
    act: (page, c) => page.fill('#addressed', c),
  },
  {
    what: 'echo of two words in an address',
    body: () => '<input id="slugged">',
    later: () =>
      mirror(
        '#slugged',
        "history.pushState(null, '', '/people/' + target.value.toLowerCase().replaceAll(' ', '-')); history.pushState(null, '', '/')",
      ),
    act: (page, c) => page.fill('#slugged', `${c.slice(0, 7)} ${c.slice(7)}`),
    secrets: (c) => [nameOf(c)],
  },
  {
    what: 'echo in an error message',
    body: () => '<input id="invalid">',
    later: () =>
      mirror(
        '#invalid',
        "const v = target.value; setTimeout(() => { throw new Error('Invalid value: ' + v) }); Promise.reject(new TypeError('no user ' + v)); console.error(v)",
      ),
    act: (page, c) => page.fill('#invalid', c),
  },
  {
    what: 'echo in a validation message, a live region and a dialog',
    body: () =>
      '<form><input id="validated"></form><div role="alert" id="alert"></div><div aria-live="polite" id="live"></div><dialog id="sure"></dialog>',
    later: () =>
      mirror(
        '#validated',
        "const v = target.value; target.setCustomValidity(v); document.querySelector('#alert').textContent = '“' + v + '” is not a name'; document.querySelector('#live').innerHTML = '<b>' + v + '</b> was saved'; document.querySelector('#sure').textContent = 'Delete ' + v + '?'",
      ),
    typed: ['#validated', whole],
  },
  {
    what: 'echo in the title of the page, of a page view too',
    body: () => '<input id="titles">',
    later: () =>
      mirror(
        '#titles',
        "document.title = 'Mail to ' + target.value; history.pushState(null, '', '/titled'); history.pushState(null, '', '/')",
      ),
    typed: ['#titles', whole],
  },
  {
    what: 'words of a text area, each line repeated',
    body: () => '<textarea id="lines"></textarea><ul id="line-list"></ul>',
    later: () =>
      mirror(
        '#lines',
        "document.querySelector('#line-list').innerHTML = target.value.split('\\n').map((line) => '<li>' + line + '</li>').join('')",
      ),
    act: (page, c) => page.fill('#lines', `first line\n  ${c}  \nlast line`),
  },
  {
    what: 'chosen in a list, and repeated',
    body: (c) =>
      `<select id="chosen-one"><option>x</option><optgroup label="${c}"><option value="${c}">${c}</option></optgroup></select><p id="chosen-echo"></p>
       <select multiple><option selected>${c}</option></select><input list="suggestions"><datalist id="suggestions"><option value="${c}" label="${c}"></datalist>
       <select style="appearance:base-select"><button><selectedcontent></selectedcontent></button><option>${c}</option></select>`,
    later: () =>
      "document.querySelector('#chosen-one').onchange = ({ target }) => { document.querySelector('#chosen-echo').textContent = 'You chose ' + target.value }",
    act: (page, c) => page.selectOption('#chosen-one', c),
  },
  {
    what: 'number of a slider, in its output',
    body: () =>
      '<form oninput="slid.value = slider.value"><input type="range" id="slider" max="9999999999"><output name="slid" for="slider"></output></form>',
    act: (page, c) => page.fill('#slider', cardOf(c).slice(1, 11).replace(/^0/, '1')),
    secrets: (c) => [cardOf(c).slice(1, 11).replace(/^0/, '1')],
  },
  {
    what: 'number that the page writes in groups',
    body: () => '<input id="grouped" inputmode="numeric"><p id="groups"></p>',
    later: () => mirror('#grouped', "document.querySelector('#groups').textContent = target.value.replace(/(\\d{4})/g, '$1 ')"),
    act: (page, c) => page.fill('#grouped', cardOf(c).slice(1, 13)),
    secrets: (c) => [cardOf(c).slice(1, 13)],
  },
];

async function drag(page: Page, canary: string): Promise<void> {
  await page.locator('#drag-from').selectText();
  await page.locator('#drag-from').dragTo(page.locator('#drop-into'));
  const dropped = await page.locator('#drop-into').inputValue();
  if (dropped.trim() !== canary) throw new Error(`nothing was dropped: ${dropped}`);
}
