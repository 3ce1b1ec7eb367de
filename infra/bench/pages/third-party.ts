/** Pages that are other people's code: examples that packages ship, and small apps on their builds. */
import path from 'node:path';

export interface ThirdPartyPage {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /** Path of the page within the package, or of `own`. */
  readonly path: string;
  /** Our page on their build: the package ships none. */
  readonly own?: string;
}

const sbAdmin = { package: 'startbootstrap-sb-admin-2', version: '4.1.4' };
const reveal = { package: 'reveal.js', version: '6.0.2' };

const fields =
  '<form id="f"><label>Name <input name="name"></label><label>Mail <input type="email" name="mail"></label><label>Secret <input type="password" name="pw"></label><textarea name="notes"></textarea></form>';

/** A page of ours at the root of the package. */
function app(html: string): Pick<ThirdPartyPage, 'path' | 'own'> {
  return {
    path: '/app.html',
    own: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An app</title></head><body>${html}</body></html>`,
  };
}

export const thirdPartyPages: readonly ThirdPartyPage[] = [
  ...['index', 'tables', 'register', 'login', 'charts', 'cards', 'buttons'].map((page) => ({
    ...sbAdmin,
    name: `SB Admin 2, ${page}`,
    path: `/${page}.html`,
  })),
  { ...reveal, name: 'reveal.js, demo', path: '/demo.html' },
  { name: 'Swagger UI', package: 'swagger-ui-dist', version: '5.35.0', path: '/index.html' },
  {
    name: 'Quill editor',
    package: 'quill',
    version: '2.0.3',
    ...app(
      `<link rel="stylesheet" href="/dist/quill.snow.css"><div id="e"><p>A letter</p></div>${fields}<script src="/dist/quill.js"></script><script>new Quill('#e', { theme: 'snow' })</script>`,
    ),
  },
  {
    name: 'Chart.js',
    package: 'chart.js',
    version: '4.6.1',
    ...app(
      `<div style="width:600px"><canvas id="c"></canvas></div>${fields}<script src="/dist/chart.umd.min.js"></script><script>new Chart('c', { type: 'bar', options: { animation: false }, data: { labels: ['a', 'b'], datasets: [{ label: 'Sales', data: [3, 7] }] } })</script>`,
    ),
  },
  {
    name: 'Leaflet map',
    package: 'leaflet',
    version: '1.9.4',
    ...app(
      `<link rel="stylesheet" href="/dist/leaflet.css"><div id="m" style="height:300px"></div>${fields}<script src="/dist/leaflet.js"></script><script>L.marker([51.5, -0.09]).addTo(L.map('m').setView([51.5, -0.09], 13)).bindPopup('Here').openPopup()</script>`,
    ),
  },
  {
    name: 'AG Grid',
    package: 'ag-grid-community',
    version: '36.2.0',
    ...app(
      `<div id="g" style="height:400px"></div>${fields}<script src="/dist/ag-grid-community.min.js"></script><script>agGrid.createGrid(document.getElementById('g'), { columnDefs: [{ field: 'order', filter: true }, { field: 'city', editable: true }], rowData: Array.from({ length: 200 }, (_, n) => ({ order: n, city: 'City ' + n })) })</script>`,
    ),
  },
  {
    name: 'Handsontable',
    package: 'handsontable',
    version: '18.1.1',
    ...app(
      `<div id="t"></div>${fields}<script src="/dist/handsontable.full.min.js"></script><script>new Handsontable(document.getElementById('t'), { data: Array.from({ length: 40 }, (_, n) => [n, 'Item ' + n, n * 3]), colHeaders: true, height: 300, licenseKey: 'non-commercial-and-evaluation' })</script>`,
    ),
  },
  {
    name: 'Vue app',
    package: 'vue',
    version: '3.5.45',
    ...app(
      `<div id="a"></div><script src="/dist/vue.global.prod.js"></script><script>Vue.createApp({ data: () => ({ text: '', items: ['milk', 'bread'] }), template: '<form @submit.prevent="items.push(text)"><input v-model="text" name="item"><input type="password" name="pw"><button>Add</button></form><p>You write: {{ text }}</p><ul><li v-for="item in items">{{ item }}</li></ul>' }).mount('#a')</script>`,
    ),
  },
  {
    name: 'Alpine app',
    package: 'alpinejs',
    version: '3.17.5',
    ...app(
      `<div x-data="{ text: '', open: true }"><button @click="open = !open">Toggle</button><p x-show="open">It is open</p><input x-model="text" name="text"><input type="tel" name="phone"><p x-text="'Hello ' + text"></p></div><script defer src="/dist/cdn.min.js"></script>`,
    ),
  },
  {
    name: 'Lit app',
    package: 'lit',
    version: '3.3.3',
    path: '/bundled.html',
    ...{
      own: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lit</title></head><body><my-card></my-card>${fields}<script src="/bundled.js"></script></body></html>`,
    },
  },
  {
    name: 'Preact app',
    package: 'preact',
    version: '11.2.0',
    path: '/bundled.html',
    ...{
      own: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Preact</title></head><body><div id="a"></div><script src="/bundled.js"></script></body></html>`,
    },
  },
];

/** Code that a site would bundle: by package. */
export const bundledCode: Readonly<Record<string, string>> = {
  lit: `import { LitElement, html, css } from 'lit';
customElements.define('my-card', class extends LitElement {
  static properties = { text: {} };
  static styles = css\`p { color: teal; padding: 8px } input { border: 1px solid teal }\`;
  constructor() { super(); this.text = ''; }
  render() { return html\`<p>A card: \${this.text}</p><input name="inside" @input=\${(event) => { this.text = event.target.value; }}>\`; }
});`,
  preact: `import { h, render } from 'preact'; import { useState } from 'preact/hooks';
const App = () => { const [text, setText] = useState(''); return h('main', null, h('h1', null, 'Notes'), h('input', { name: 'note', value: text, onInput: (event) => setText(event.target.value) }), h('input', { type: 'password', name: 'pw' }), h('p', null, 'Note: ' + text), h('ul', null, Array.from({ length: 20 }, (_, n) => h('li', null, 'Line ' + n)))); };
render(h(App), document.getElementById('a'));`,
};

/** Where a package's own files are. */
export function folderOf(installed: string, name: string): string {
  return path.join(installed, 'node_modules', name);
}
