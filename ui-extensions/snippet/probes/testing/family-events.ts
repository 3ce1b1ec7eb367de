import type { Page } from 'playwright-core';
import type { Probe } from './probe.ts';

/** Paths that say who somebody is, in the writings that programs give them. The word alone would be a word of the site. */
const paths = (c: string) => [
  `/users/${encodeURIComponent(c)}/edit`,
  `/users/${encodeURIComponent(encodeURIComponent(c))}`,
  `/u/${Buffer.from(c).toString('base64url')}`,
  `/u/${encodeURIComponent(Buffer.from(c).toString('base64'))}`,
  `/u/${Buffer.from(JSON.stringify({ user: c })).toString('base64url')}`,
  `/u/user-${c}.html`,
  `/u/x;mail=${c}`,
  `/u/mail=${c}`,
  `/u/${Buffer.from(c).toString('hex')}`,
  `/u/a,${c},b`,
  `/${'a/'.repeat(20)}${c}`,
  `/#/users/${c}/edit`,
  `/#!/users/${encodeURIComponent(c)}?m=${c}`,
];

export const addresses: readonly Probe[] = [
  {
    what: 'query, hash and state of the address',
    later: (c) =>
      `history.pushState({ u: '${c}' }, '${c}', '/page?u=${c}&tab[]=${c}&q2=${c}#${c}'); history.replaceState({ u: '${c}' }, '', '/page?a=${c}#x=${c}&y=/${c}'); location.hash = 'access_token=${c}'; history.pushState(null, '', '/')`,
  },
  {
    what: 'keys of the query',
    later: (c) => `history.pushState(null, '', '/page2?${c}=1&utm_${c}=1'); history.pushState(null, '', '/')`,
    wordsMayStay: true,
  },
  {
    what: 'names of the address',
    later: (c) => `for (const path of ${JSON.stringify(paths(c))}) history.pushState(null, '', path); history.pushState(null, '', '/')`,
    wordsMayStay: true,
  },
  {
    what: 'links whose path is a person',
    body: (c) =>
      paths(c)
        .map((path) => `<a href="${path}">x</a><img src="${path}">`)
        .join(''),
    wordsMayStay: true,
  },
  {
    what: 'allowed keys of the query',
    later: (c) =>
      `history.pushState(null, '', '/page3?tab=' + encodeURIComponent('${c}') + '&utm_term=' + btoa('${c}') + '&utm_content=' + encodeURIComponent(encodeURIComponent('${c}'))); history.pushState(null, '', '/')`,
    wordsMayStay: true,
  },
  {
    what: 'address of the page before',
    later: (c) => `history.pushState(null, '', '/before?u=${c}#${c}'); history.pushState(null, '', '/')`,
  },
];

export const events: readonly Probe[] = [
  {
    what: 'clicked in rage',
    body: (c) => `<button type="button" id="rage-${c}" class="u-${c} ${c}" aria-label="${c}" title="${c}" data-who="${c}">x</button>`,
    act: (page) => page.locator('[id^="rage-"]').click({ clickCount: 4, delay: 5 }),
    wordsMayStay: true,
  },
  {
    what: 'words of what was clicked',
    body: (c) => `<div data-ll-mask><button type="button" id="clicked">${c}</button><a id="followed" href="#${c}">${c}</a></div>`,
    act: async (page) => {
      await page.click('#clicked');
      await page.click('#followed');
    },
  },
  {
    what: 'names of fields',
    body: (c) =>
      `<form id="f-${c}" name="${c}" action="/go/${c}"><input name="email_${c}" id="named-field"><input name="user[${c}]"><input id="${c}" type="${c}"><select name="${c}"></select></form>`,
    act: submit,
    wordsMayStay: true,
  },
  {
    what: 'values of a form',
    body: (c) =>
      `<form id="valued" aria-label="${c}"><input type="hidden" name="h" value="${c}"><input name="v" value="${c}"><input type="radio" name="r" value="${c}" checked><button name="b" value="${c}">x</button></form>`,
    act: async (page, c) => {
      await page.fill('#valued [name=v]', `${c} x`);
      await page.evaluate("{ const f = document.querySelector('#valued'); f.onsubmit = (e) => e.preventDefault(); f.requestSubmit(); }");
    },
  },
  {
    what: 'abandoned form',
    body: () => '<form id="abandoned"><input name="first"></form>',
    act: (page, c) => page.fill('#abandoned [name=first]', c),
  },
  {
    what: 'errors of the page',
    later: (c) =>
      `setTimeout(() => { throw new Error('No user ${c} in /users/${c}?u=${c}') }); Promise.reject(new Error('rejected ${c}')); Promise.reject('${c}'); Promise.reject({ message: '${c}', stack: '${c}' }); console.warn('${c}'); reportError(new DOMException('${c}', '${c}'))`,
    wordsMayStay: true,
  },
  {
    what: 'events of the site',
    later: (c) =>
      `leadlight.track('mailed ${c}', { note: 'to ${c}', ['${c}']: 1, ['key ${c}']: '${c}', list: ['${c}'], deep: { u: '${c}' } })`,
    wordsMayStay: true,
  },
  {
    what: 'events of the catalogue',
    later: (c) =>
      `leadlight.track('product_view', { productId: '${c}', productName: '${c}' }); leadlight.track('pricing_engage', { plans: { '${c}': 5 } }); leadlight.track('search_query', { query: '${c}' })`,
    wordsMayStay: true,
  },
  {
    what: 'data layer',
    later: (c) =>
      `(window.dataLayer ??= []).push({ event: 'add_to_cart', user: '${c}', ecommerce: { currency: 'EUR', value: 5, coupon: '${c}', ['${c}']: '${c}', items: [{ item_id: '${c}', item_name: '${c}' }] } }, { event: 'purchase', ecommerce: { transaction_id: '${c}', affiliation: '${c}' } }, { event: 'login', email: '${c}' })`,
    wordsMayStay: true,
  },
  {
    what: 'product described by schema.org',
    later: (c) =>
      `{ const s = document.createElement('script'); s.type = 'application/ld+json'; s.textContent = JSON.stringify({ '@type': 'Product', name: '${c}', sku: '${c}', brand: '${c}' }); document.head.append(s); }`,
    wordsMayStay: true,
  },
  {
    what: 'names of sections and plans',
    body: (c) => `<section id="s-${c}">x</section><div data-ll-section="${c}">x</div>`,
    wordsMayStay: true,
  },
  {
    what: 'console',
    later: (c) => `for (const level of ['log', 'info', 'warn', 'error', 'debug', 'table', 'dir']) console[level]('${c}', { u: '${c}' })`,
  },
  {
    what: 'requests of the page',
    later: (c) =>
      `fetch('/none?u=${c}', { method: 'POST', body: '${c}', headers: { 'x-u': encodeURIComponent('${c}') } }).catch(() => {}); navigator.sendBeacon('/none?u=${c}', '${c}'); new Image().src = '/none.png?u=${c}'; performance.mark('${c}')`,
  },
  {
    what: 'selected and dragged text',
    body: (c) => `<p data-ll-mask id="selected">${c}</p>`,
    act: async (page) => {
      await page.locator('#selected').selectText();
      await page.evaluate("document.execCommand('copy')");
    },
  },
];

async function submit(page: Page): Promise<void> {
  await page.fill('#named-field', 'x');
  await page.evaluate(
    "{ const f = document.querySelector('#named-field').form; f.onsubmit = (e) => e.preventDefault(); f.requestSubmit(); }",
  );
}
