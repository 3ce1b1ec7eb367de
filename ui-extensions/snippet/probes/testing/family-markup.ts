import { inMask, type Probe } from './probe.ts';

/** Attributes that a browser or a framework gives a meaning, and that hold whatever a page wants. */
const told =
  `title alt summary label cite content datetime data usemap ping formaction poster srcset sizes imagesrcset imagesizes action manifest
  value placeholder abbr headers for form list name pattern accept download nonce integrity hreflang itemprop itemid itemtype accesskey
  onclick onerror aria-label aria-description aria-valuetext aria-placeholder aria-roledescription aria-keyshortcuts aria-braillelabel
  aria-details aria-labelledby data-reactid data-v-app data-props data-page data-controller data-value data-email data-original-title
  data-tooltip data-tippy-content wire:snapshot wire:initial-data x-data x-init v-bind:title :title @click ng-init ng-reflect-model
  _ngcontent-c hx-vals hx-headers jsaction jsdata astro-island props ssr uid key track model bind popovertarget commandfor anchor target
  profile archive codebase longdesc lowsrc background dynsrc classid code standby axis scope charset archive event
  xlink:title xlink:role xml:base on begin from to by keytimes dur attributename unicode glyph-name string`
    .trim()
    .split(/\s+/);

/** As a name is written in a style sheet. */
const inCss = (text: string) => text.replace(/[@.]/g, '\\$&');
const image = (query: string) => `/pixel.png?u=${query}`;

const attributes: readonly Probe[] = told.flatMap((name, place) => [
  { what: `attribute ${name}`, body: (c) => `<div ${name}="${c}">x</div>` },
  {
    what: `attribute ${name}, set later`,
    body: () => `<b id="later-attribute-${place}">x</b>`,
    later: (c) => `{ const b = document.querySelector('#later-attribute-${place}'); try { b.setAttribute('${name}', '${c}'); } catch {} }`,
  },
]);

/** Identifiers that developers make of data: kept as the words of code that they are, unless they say who somebody is. */
const identifiers: readonly Probe[] = [
  'id',
  'class',
  'slot',
  'part',
  'role',
  'style',
  'lang',
  'media',
  'd',
  'transform',
  'values',
  'font-family',
  'data-state',
  'aria-current',
  'width',
].map((name) => ({
  what: `identifier ${name}`,
  body: (c) => `<div ${name}="user-${c} x">x</div><svg ${name}="${c}"></svg>`,
  wordsMayStay: true,
}));

export const markup: readonly Probe[] = [
  ...attributes,
  ...identifiers,
  {
    what: 'addresses of pictures',
    body: (c) =>
      `<img src="${image(c)}" srcset="${image(c)} 2x, /${c}.png?${c} 3x" sizes="${c}"><picture><source srcset="${image(c)}"></picture><video poster="${image(c)}" src="/v.mp4?u=${c}"><track src="/t.vtt?u=${c}" label="${c}">${inMask(c)}</video><audio src="/a.mp3?u=${c}#${c}"></audio><input type="image" src="${image(c)}"><embed src="/e?u=${c}"><link rel="icon" href="/icon?u=${c}">`,
  },
  {
    what: 'picture of a drawing',
    body: () => '<img id="drawn"><canvas id="drawing">x</canvas>',
    later: (c) =>
      `{ const k = document.querySelector('#drawing'); k.getContext('2d').fillText('${c}', 0, 10); document.querySelector('#drawn').src = 'data:image/svg+xml;base64,' + btoa('<svg xmlns="http://www.w3.org/2000/svg"><text>${c}</text></svg>'); k.title = '${c}'; document.querySelector('#drawn').alt = k.toDataURL().slice(0, 20) + '${c}'; }`,
  },
  {
    what: 'words inside a drawing, a frame, an object',
    body: (c) =>
      `<canvas>${c}<p>${c}</p></canvas><iframe src="about:blank">${c}</iframe><object>${c}</object><noembed>${c}</noembed><noframes>${c}</noframes>`,
  },
  {
    what: 'blob: addresses',
    later: (c) =>
      `{ const u = (type) => URL.createObjectURL(new File(['<svg xmlns="http://www.w3.org/2000/svg"><text>${c}</text></svg>'], '${c}.svg', { type })); add('<img>').src = u('image/svg+xml'); add('<object></object>').data = u('image/svg+xml'); add('<a>x</a>').href = u('text/plain'); const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = URL.createObjectURL(new Blob(['.b::after{content:"${c}"}'], { type: 'text/css' })); document.head.append(l); }`,
  },
  {
    what: 'links',
    body: (c) =>
      `<a href="/a?u=${c}&tab=1#${c}" ping="/ping?u=${c}" download="${c}.pdf" hreflang="${c}">x</a><a href="mailto:${c}?subject=${c}">x</a><a href="tel:${c}">x</a><a href="javascript:go('${c}')">x</a><a href="https://${encodeURIComponent(c)}:${encodeURIComponent(c)}@other.example/">x</a><map name="m"><area href="/area?u=${c}" alt="${c}"></map><form action="/f?u=${c}"><button formaction="/g?u=${c}">x</button></form><base target="${c}">`,
  },
  {
    what: 'preloads and hints',
    head: (c) =>
      `<link rel="preload" as="image" href="/i.png?u=${c}" imagesrcset="${image(c)} 2x"><link rel="prefetch" href="/next?u=${c}"><link rel="canonical" href="/?u=${c}"><link rel="manifest" href="/m?u=${c}"><meta http-equiv="refresh" content="9999;url=/r?u=${c}"><meta name="user" content="${c}"><link rel="dns-prefetch" href="//leak.example" title="${c}">`,
  },
  {
    what: 'scripts that hold data',
    head: (c) =>
      `<script type="application/ld+json">{"@type":"Person","email":"${c}"}</script><script id="__NEXT_DATA__" type="application/json">{"u":"${c}"}</script><script type="text/template"><p>${c}</p></script><script>window.state = "${c}"; // ${c}\n</script><script type="speculationrules">{"prefetch":[{"urls":["/x?u=${c}"]}]}</script><script type="importmap">{"imports":{"x":"/x.js?u=${c}"}}</script>`,
  },
  {
    what: 'scripts that hold data, added later',
    later: (c) =>
      `for (const type of ['application/json', 'text/x-template', '']) { const s = document.createElement('script'); s.type = type; s.textContent = '/*${c}*/'; root.append(s); s.firstChild.data = '/*${c} again*/'; }`,
  },
  {
    what: 'comments and what is not parsed',
    body: (c) =>
      `<!-- ${c} --><p><!-- ${c} --></p><template><p>${c}</p></template><noscript><p>${c}</p></noscript><![CDATA[${c}]]><?php ${c} ?>`,
  },
  {
    what: 'comments and templates, added later',
    later: (c) =>
      `{ const k = document.createComment('${c}'); root.append(k); k.data = '${c} again'; const t = document.createElement('template'); t.innerHTML = '<p>${c}</p>'; root.append(t); const n = document.createElement('noscript'); n.textContent = '${c}'; root.append(n); }`,
  },
  {
    what: 'drawing with fields, links and hidden words',
    body: (c) =>
      `<svg><foreignObject width="99" height="9"><input value="${c}"><textarea>${c}</textarea><div contenteditable>${c}</div></foreignObject><use href="/sprite.svg?u=${c}#i"></use><image href="${image(c)}"></image><a xlink:href="/a?u=${c}"><circle r="1"/></a><animate values="1" from="${c}" to="${c}"/><script>//${c}\n</script><style>.s::after{content:"${c}"}</style></svg>`,
  },
  {
    what: 'masked drawing and formula',
    body: (c) =>
      inMask(
        `<svg><title>${c}</title><desc>${c}</desc><metadata>${c}</metadata><text>${c}<tspan>${c}</tspan><textPath href="#p">${c}</textPath></text><foreignObject><p>${c}</p></foreignObject></svg><math alttext="${c}"><mtext>${c}</mtext><semantics><mi>x</mi><annotation>${c}</annotation></semantics></math>`,
      ),
  },
  {
    what: 'formula',
    body: (c) => `<math alttext="${c}" href="/m?u=${c}"><mi>x</mi><maction actiontype="${c}"><mi>y</mi></maction></math>`,
  },
  {
    what: 'style sheets with strings and addresses',
    head: (c) =>
      `<style>@import url("/i.css?u=${c}");@import "/j.css?u=${c}";.g::before{content:"${c}" / "${c}"}.h::after{content:'a' attr(data-x) '${c}'}.i{background:image-set("${image(c)}" 1x)}.j{--mail:"${c}";--other: '${c}';quotes:"${c}" "${c}"}.k{background:url(${image(c)});cursor:url('/c.cur?u=${c}'),auto}[data-u="${c} and more words"]{color:red}@font-face{font-family:x;src:url("/f.woff?u=${c}")}@media print{.l::after{content:"${c}"}}/* ${c} *//*! ${c} */.m{list-style-type:"${c} "}</style>`,
  },
  {
    what: 'style sheets that hide words from a reader of strings',
    head: (c) =>
      `<style>.n::after{content:"a\\"${c}"}.o::after{content:"a\\\n${c}"}.p::after{content:"${[...c].map((letter) => `\\${letter.charCodeAt(0).toString(16)} `).join('')}"}.q::after{CONTENT:"${c}"}.r::after{con\\74 ent:"${c}"}.s{background:u\\72l("${image(c)}")}.t{background:url("data:image/svg+xml,<svg><text>${c}</text></svg>")}.u{content/**/:"${c}"}</style>`,
  },
  {
    what: 'inline styles',
    body: (c) =>
      `<i style="background:url(${image(c)});--mail:'${c}';content:'${c}';list-style-type:'${c} '">x</i><i style='font-family:"${c} Sans and more","x"'>x</i>`,
    wordsMayStay: true,
  },
  {
    what: 'inline styles, set later',
    body: () => '<i id="styled">x</i>',
    later: (c) =>
      `{ const i = document.querySelector('#styled'); i.style.setProperty('--mail', '"${c}"'); i.style.backgroundImage = 'url(${image(c)})'; setTimeout(() => { i.style.cssText = 'list-style-image:url(${image(c)});--other:"${c}"'; i.attributeStyleMap?.set('--third', '"${c}"'); }, 40); }`,
  },
  {
    what: 'style sheets made by scripts',
    head: () => '<style id="sheet">a{color:red}</style>',
    later: (c) =>
      `{ const s = document.querySelector('#sheet').sheet; s.insertRule('.v::after{content:"${c}"}', 0); s.insertRule('@media all{.w{color:red}}', 0); s.cssRules[0].insertRule('.x{background:url("${image(c)}")}', 0); s.cssRules[1].style.setProperty('content', '"${c} again"'); s.cssRules[1].style.backgroundImage = 'url(${image(c)})'; const a = new CSSStyleSheet(); document.adoptedStyleSheets = [...document.adoptedStyleSheets, a]; a.replaceSync('.y::after{content:"${c}"}'); a.insertRule('.z{--m:"${c}"}'); const t = document.createElement('style'); document.head.append(t); t.append('.aa::after{content:"${c}"}'); t.firstChild.data = '.ab::after{content:"${c}"}'; const h = add('<div></div>').attachShadow({ mode: 'open' }); h.innerHTML = '<style>p::after{content:"${c}"}</style><p>x</p>'; h.adoptedStyleSheets = [a]; }`,
  },
  {
    what: 'names in style sheets',
    head: (c) =>
      `<style>@font-face{font-family:"${c}";src:url(/f.woff)}.u-${inCss(c)}{color:red}.f{font-family:"${c}"}@font-face{font-family:y;src:local("${c} Sans and more")}@keyframes k-${inCss(c)}{}</style>`,
    wordsMayStay: true,
  },
];
