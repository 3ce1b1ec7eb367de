import { addressOf, cardOf, inMask, nameOf, type Probe } from './probe.ts';

const split = (c: string) => [0, 4, 8, 12].map((start) => cardOf(c).slice(start, start + 4));

/** Where elements stand, and how they move. */
export const structure: readonly Probe[] = [
  {
    what: 'nested shadow roots in a masked region',
    body: () => inMask('<div id="nest"></div>'),
    later: (c) =>
      `{ let h = document.querySelector('#nest'); for (let i = 0; i < 3; i++) { h.attachShadow({ mode: 'open' }).innerHTML = '<p title="${c}">${c}</p><div></div>'; h = h.shadowRoot.querySelector('div'); } }`,
  },
  {
    what: 'shadow root attached later in a masked region',
    body: () => inMask('<div id="late-shadow"></div>'),
    later: (c) =>
      `setTimeout(() => { const s = document.querySelector('#late-shadow').attachShadow({ mode: 'open' }); s.innerHTML = '<p>${c}</p>'; setTimeout(() => { s.firstChild.firstChild.data = '${c} again'; s.append('${c}'); }, 60); }, 60)`,
  },
  {
    what: 'shadow root filled after it was recorded',
    body: () => inMask('<div id="filled-shadow"><template shadowrootmode="open"><p>x</p></template></div>'),
    later: (c) => `document.querySelector('#filled-shadow').shadowRoot.querySelector('p').textContent = '${c}'`,
  },
  {
    what: 'declarative shadow root in a masked region',
    body: (c) => inMask(`<div><template shadowrootmode="open"><p>${c}</p></template></div>`),
  },
  {
    what: 'declarative shadow root with a field',
    body: (c) =>
      `<div><template shadowrootmode="open"><input value="${c}" placeholder="${c}"><select><option>${c}</option></select></template></div>`,
  },
  {
    what: 'slotted into a masked host',
    body: (c) => `<div data-ll-mask><template shadowrootmode="open"><slot></slot></template><b>${c}</b></div>`,
  },
  {
    what: 'slotted into a masked region of a shadow root',
    body: (c) => `<div><template shadowrootmode="open"><section data-ll-mask><slot></slot></section></template><b>${c}</b>${c}</div>`,
  },
  {
    what: 'slotted by name into a masked region of a shadow root',
    body: (c) =>
      `<div><template shadowrootmode="open"><section data-ll-mask><slot name="who"></slot></section></template><b slot="who">${c}</b></div>`,
  },
  {
    what: 'slotted into a text box of a shadow root',
    body: (c) => `<div><template shadowrootmode="open"><section contenteditable><slot></slot></section></template><b>${c}</b></div>`,
  },
  {
    what: 'slotted later into a masked region of a shadow root',
    body: () => '<div id="slotted"><template shadowrootmode="open"><section data-ll-mask><slot></slot></section></template></div>',
    later: (c) => `document.querySelector('#slotted').innerHTML = '<i>${c}</i>'`,
  },
  {
    what: 'slotted into a blocked region of a shadow root',
    body: (c) => `<div><template shadowrootmode="open"><section data-ll-block><slot></slot></section></template><b>${c}</b></div>`,
  },
  {
    what: 'moved out of a masked region',
    body: (c) => inMask(`<p id="moves-out">${c}</p>`),
    later: () => "root.append(document.querySelector('#moves-out'))",
  },
  {
    what: 'text node moved out of a masked region',
    body: (c) => `<p data-ll-mask id="text-moves">${c}</p>`,
    later: () => "root.append(document.querySelector('#text-moves').firstChild)",
  },
  {
    what: 'written, then moved into a masked region, in one task',
    body: () => '<p id="moves-in">x</p><div data-ll-mask id="masked-home"></div>',
    later: (c) =>
      `{ const p = document.querySelector('#moves-in'); p.textContent = '${c}'; document.querySelector('#masked-home').append(p); }`,
  },
  {
    what: 'moved into a masked region, then written',
    body: () => '<p id="moves-first">x</p><div data-ll-mask id="masked-house"></div>',
    later: (c) =>
      `{ const p = document.querySelector('#moves-first'); document.querySelector('#masked-house').append(p); setTimeout(() => { p.textContent = '${c}'; p.title = '${c}'; }, 50); }`,
  },
  {
    what: 'moved into a masked region and out again, in one task',
    body: (c) => `<div data-ll-mask id="start-home"><p id="there-and-back">${c}</p></div>`,
    later: () =>
      "{ const p = document.querySelector('#there-and-back'); root.append(p); document.querySelector('#start-home').append(p); root.append(p); }",
  },
  {
    what: 'moved out of a masked region in a fragment',
    body: (c) => `<div data-ll-mask id="fragmented"><p>${c}</p><p>${c}</p></div>`,
    later: () =>
      "{ const f = document.createDocumentFragment(); f.append(...document.querySelector('#fragmented').childNodes); root.append(f); }",
  },
  {
    what: 'child written after the move out of a masked region',
    body: () => inMask('<p id="later-out"><b>x</b></p>'),
    later: (c) =>
      `{ const p = document.querySelector('#later-out'); root.append(p); setTimeout(() => { p.firstChild.textContent = '${c}'; }, 50); }`,
  },
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
      `{ const d = document.querySelector('#loses'); d.removeAttribute('data-ll-mask'); d.firstChild.firstChild.data = '${c} again'; d.append('${c}'); }`,
  },
  {
    what: 'region whose mask is toggled',
    body: (c) => `<div id="toggles" data-ll-mask><p>${c}</p></div>`,
    later: (c) =>
      `{ const d = document.querySelector('#toggles'); d.removeAttribute('data-ll-mask'); setTimeout(() => { d.innerHTML = '<i>${c}</i>'; d.setAttribute('data-ll-mask', ''); }, 60); }`,
  },
  {
    what: 'region whose block is lost',
    body: (c) => `<div id="unblocked" data-ll-block>${c}</div>`,
    later: () => "document.querySelector('#unblocked').removeAttribute('data-ll-block')",
  },
  {
    what: 'region that becomes blocked',
    body: () => '<div id="blocks"><p>before</p></div>',
    later: (c) =>
      `{ const d = document.querySelector('#blocks'); d.setAttribute('data-ll-block', ''); d.innerHTML = '<p title="${c}">${c}</p>'; setTimeout(() => { d.firstChild.firstChild.data = '${c}'; }, 60); }`,
  },
  { what: 'mask that says false', body: (c) => `<div data-ll-mask="false">${c}</div>` },
  {
    what: 'masked root of everything later',
    body: () => '<main id="whole"><article><p>x</p></article></main>',
    later: (c) =>
      `{ const m = document.querySelector('#whole'); m.dataset.llMask = ''; m.querySelector('p').replaceWith('${c}'); m.insertAdjacentHTML('beforeend', '<p aria-label="${c}">${c}</p>'); }`,
  },
  { what: 'unmasked inside a masked region', body: (c) => inMask(`<p data-ll-unmask>${c}</p>`) },
  {
    what: 'field in a region that is shown',
    body: (c) =>
      `<div data-ll-unmask><input value="${c}" data-ll-unmask><textarea data-ll-unmask>${c}</textarea><select data-ll-unmask><option data-ll-unmask>${c}</option></select><div contenteditable data-ll-unmask>${c}</div></div>`,
  },
  { what: 'srcdoc frame in a masked region', body: (c) => inMask(`<iframe srcdoc="<p>${c}</p>"></iframe>`) },
  {
    what: 'frame in a masked region, written late',
    body: () => inMask('<iframe id="masked-frame"></iframe>'),
    later: (c) => `document.querySelector('#masked-frame').contentDocument.body.innerHTML = '<p title="${c}">${c}</p>'`,
  },
  {
    what: 'frame in a masked region, written and reloaded',
    body: () => inMask('<iframe id="reloaded"></iframe>'),
    later: (c) =>
      `{ const f = document.querySelector('#reloaded'); f.contentDocument.write('<p>${c}</p>'); setTimeout(() => { f.contentWindow.location.reload(); setTimeout(() => { f.contentDocument.body.innerHTML = '<p>${c}</p>'; }, 100); }, 50); }`,
  },
  { what: 'frame of the same site in a masked region', frame: (c) => `<p title="${c}">${c}</p>`, inMask: true },
  {
    what: 'fields in a frame of the same site',
    frame: (c) => `<form><input value="${c}"><textarea>${c}</textarea><div contenteditable>${c}</div></form>`,
  },
  { what: 'masked region in a frame of the same site', frame: (c) => `<div data-ll-mask><p title="${c}">${c}</p></div>` },
  { what: 'address of a frame of the same site', later: (c) => `add('<iframe src="/nothing?u=${c}#${c}"></iframe>')` },
  {
    what: 'blob: frame',
    later: (c) => `add('<iframe></iframe>').src = URL.createObjectURL(new Blob(['<p>${c}</p>'], { type: 'text/html' }))`,
  },
  {
    what: 'frame that becomes a document of its own',
    later: (c) => `{ const f = add('<iframe></iframe>'); setTimeout(() => { f.srcdoc = '<p>${c}</p>'; }, 60); }`,
  },
  { what: 'frame by javascript: address', later: (c) => `add('<iframe></iframe>').src = "javascript:'<input value=${c}>'"` },
  {
    what: 'digits split over neighbouring nodes',
    body: (c) =>
      `<p>${split(c)
        .map((part) => `<span>${part}</span>`)
        .join('')}</p>`,
    secrets: (c) => [cardOf(c)],
  },
  {
    what: 'digits split over text nodes, joined by normalize()',
    body: () => '<p id="normal"></p>',
    later: (c) =>
      `{ const p = document.querySelector('#normal'); p.append(${split(c)
        .map((part) => `'${part}'`)
        .join()}); setTimeout(() => p.normalize(), 60); }`,
    secrets: (c) => [cardOf(c)],
  },
  {
    what: 'digits split over deep neighbours',
    body: (c) =>
      `<p>${split(c)
        .map((part) => `<b><i>${part.slice(0, 2)}</i>${part.slice(2)}</b> `)
        .join('')}</p>`,
    secrets: (c) => [cardOf(c)],
  },
  {
    what: 'digits split over list items',
    body: (c) =>
      `<ul>${split(c)
        .map((part) => `<li>${part}</li>`)
        .join('')}</ul>`,
    secrets: (c) => [cardOf(c)],
  },
  {
    what: 'digits split over cells of a table',
    body: (c) =>
      `<table><tr>${split(c)
        .map((part) => `<td>${part}</td>`)
        .join('')}</tr></table>`,
    secrets: (c) => [cardOf(c)],
  },
  {
    what: 'digits that come one node at a time',
    body: () => '<p id="growing"></p>',
    later: (c) =>
      split(c)
        .map(
          (part, place) =>
            `setTimeout(() => document.querySelector('#growing').append(Object.assign(document.createElement('span'), { textContent: '${part}' })), ${place * 60});`,
        )
        .join(''),
    secrets: (c) => [cardOf(c)],
  },
  {
    what: 'digits that are written into split nodes',
    body: () => '<p id="pieces"><i>1</i><i>2</i><i>3</i><i>4</i></p>',
    later: (c) =>
      split(c)
        .map((part, place) => `document.querySelectorAll('#pieces i')[${place}].textContent = '${part}';`)
        .join(''),
    secrets: (c) => [cardOf(c)],
  },
  {
    what: 'text that grows digit by digit',
    body: () => '<p id="typewriter"></p>',
    later: (c) =>
      `{ const t = document.createTextNode(''); document.querySelector('#typewriter').append(t); '${cardOf(c)}'.split('').forEach((digit, place) => setTimeout(() => t.appendData(digit), place * 20)); }`,
    secrets: (c) => [cardOf(c)],
  },
  {
    what: 'digits with what nobody sees between them',
    body: (c) =>
      `<p>${split(c).join('\u200b')}</p><p>${split(c).join('\u2060\u00ad')}</p><p>\u202e${split(c).join('\u200e\u2009')}\u202c</p><p>${split(c).join('&shy;')}</p><p>${split(c).join(' <!-- --> ')}</p>`,
    secrets: (c) => [cardOf(c)],
  },
  {
    what: 'digits in wide and mathematical forms',
    body: (c) =>
      `<p>${[...cardOf(c)].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('')}</p><p>${[...cardOf(c)].map((digit) => String.fromCodePoint(0x1d7d8 + Number(digit))).join('')}</p>`,
    secrets: (c) => [cardOf(c)],
  },
  {
    what: 'address split over nodes',
    body: (c) => `<p>${nameOf(c).slice(0, 6)}<wbr>${nameOf(c).slice(6)}<b>@</b>leak<i>.example</i></p>`,
    secrets: (c) => [addressOf(c)],
  },
  {
    what: 'address with what nobody sees inside',
    body: (c) => `<p>${nameOf(c)}\u200b@\u200bleak\u200b.\u200bexample</p><p>${nameOf(c)}＠leak．example</p>`,
    secrets: (c) => [addressOf(c)],
  },
  {
    what: 'address written backwards by direction',
    body: (c) => `<p style="unicode-bidi:bidi-override;direction:rtl">${[...addressOf(c)].reverse().join('')}</p>`,
    secrets: (c) => [addressOf(c)],
  },
  {
    what: 'address in base64, percent and escapes',
    body: (c) =>
      `<p>${Buffer.from(addressOf(c)).toString('base64')}</p><p>${encodeURIComponent(addressOf(c))}</p><p>${nameOf(c)}&amp;#64;leak.example</p><p>${nameOf(c)}\\u0040leak.example</p><p>${nameOf(c)}%2540leak.example</p>`,
    secrets: (c) => [addressOf(c)],
  },
  {
    what: 'print-only, hidden and popover text in a masked region',
    body: (c) =>
      inMask(
        `<p style="display:none">${c}</p><p media="print">${c}</p><div popover>${c}</div><dialog open>${c}</dialog><details><summary>${c}</summary>${c}</details>`,
      ),
  },
];
