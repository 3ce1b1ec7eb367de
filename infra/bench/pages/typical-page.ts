/** A shop's page as shops have them: a framework's stylesheet, a navigation, cards with pictures, reviews, a form, and things that move. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Reply } from '../browser/local-server.ts';
import { randomFrom } from './random.ts';

const framework = { name: '@picocss/pico', version: '2.1.1', file: 'node_modules/@picocss/pico/css/pico.min.css' };
const cards = 24;
const names = ['Desk lamp', 'Oak shelf', 'Wool rug', 'Floor lamp', 'Steel kettle', 'Linen throw', 'Wall clock', 'Reading lamp'];
const words = 'made of solid wood by people who know how with a warm light that can be dimmed and a cable long enough for any room'.split(
  ' ',
);

/** Path → what the site answers, with `head` in the page. */
export async function typicalSite(
  installPeer: (name: string, version: string) => Promise<string>,
  head: string,
): Promise<Map<string, Reply>> {
  const folder = path.join(import.meta.dirname, 'typical');
  const styles = await readFile(path.join(await installPeer(framework.name, framework.version), framework.file), 'utf8');
  const own = (file: string) => readFile(path.join(folder, file), 'utf8');
  const pictures = Array.from(
    { length: 8 },
    (_, place) => [`/picture-${place}.svg`, { type: 'image/svg+xml', body: picture(place) }] as const,
  );
  const page = { type: 'text/html; charset=utf-8', body: html(head) };
  return new Map<string, Reply>([
    ['/', page],
    ['/quote', page],
    ['/framework.css', { type: 'text/css', body: styles }],
    ['/shop.css', { type: 'text/css', body: await own('shop.css') }],
    ['/shop.js', { type: 'text/javascript', body: await own('shop.js') }],
    ...pictures,
  ]);
}

function html(head: string): string {
  const random = randomFrom(11);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lamps and more</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="Things for rooms">
<link rel="stylesheet" href="/framework.css"><link rel="stylesheet" href="/shop.css">
${head}
<script defer src="/shop.js"></script></head><body>
<header class="top"><nav class="container"><ul><li><strong>Lumen &amp; Oak</strong></li></ul><ul>
${['/', '/lighting', '/furniture', '/textiles', '/quote'].map(link).join('')}
<li><input type="search" data-bench="search" name="search" placeholder="Search" aria-label="Search"></li>
<li><a href="/cart" class="cart" role="button">Cart <span id="cart-count">0</span></a></li></ul></nav></header>
<main class="container" id="main"><section class="hero"><h1>Light for every room</h1><p>${sentence(random, 24)}</p>
<p><progress id="sale" max="100" value="10"></progress><small id="ticker">12 people look at this</small></p></section>
<div class="slides">${[0, 1, 2].map((place) => `<figure class="slide${place === 0 ? ' now' : ''}"><img src="/picture-${place}.svg" width="320" height="120" alt=""><figcaption>${sentence(random, 8)}</figcaption></figure>`).join('')}</div>
<p><strong id="found">${cards} things</strong></p>
<section class="cards" id="cards">${Array.from({ length: cards }, (_, place) => card(place, random)).join('\n')}</section>
<section class="reviews"><h2>What people say</h2>${Array.from({ length: 8 }, () => `<blockquote><p>${sentence(random, 18)}</p><footer><cite>A customer</cite></footer></blockquote>`).join('')}</section>
</main><footer class="container"><div class="grid">${['Shop', 'Help', 'About'].map((title) => `<div><h3>${title}</h3><ul>${Array.from({ length: 6 }, (_, place) => `<li><a href="/${title.toLowerCase()}-${place}">${sentence(random, 3)}</a></li>`).join('')}</ul></div>`).join('')}</div></footer>
<div id="toasts" aria-live="polite"></div></body></html>`;
}

function link(route: string): string {
  return `<li><a href="${route}" data-route="${route}">${route === '/' ? 'Home' : route.slice(1)}</a></li>`;
}

function card(place: number, random: () => number): string {
  const name = `${names[place % names.length]} ${place + 1}`;
  return `<article class="card" data-name="${name.toLowerCase()}"><header><h4>${name}</h4><span class="badge">${Math.round(random() * 40)} % off</span></header>
<img src="/picture-${place % 8}.svg" width="240" height="150" alt="${name}"><p>${sentence(random, 14)}</p>
<ul class="facts"><li>${sentence(random, 3)}</li><li>${sentence(random, 4)}</li></ul>
<p><s>€ ${20 + Math.round(random() * 200)}</s> <strong class="price">€ ${10 + Math.round(random() * 180)}</strong> <small class="stock">${1 + Math.round(random() * 30)} left</small></p>
<footer><button type="button" class="add">Add</button> <button type="button" class="compare secondary outline">Compare</button></footer></article>`;
}

function sentence(random: () => number, length: number): string {
  return Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ');
}

function picture(place: number): string {
  const hue = place * 45;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 150"><rect width="240" height="150" fill="hsl(${hue} 40% 85%)"/><circle cx="120" cy="75" r="45" fill="hsl(${hue} 60% 55%)"/></svg>`;
}
