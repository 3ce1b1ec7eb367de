const parts = () => [...document.querySelectorAll('[data-live]')];

/** Fetches this page again and again, and changes only what became different in its `data-live` parts. */
export function keepFresh(everyMs) {
  if (parts().length === 0) return;
  const shown = new Map(parts().map((part) => [part.dataset.live, part.innerHTML]));
  for (const part of parts()) toEnd(part);
  const again = async () => {
    if (!document.hidden) await refresh(shown);
    setTimeout(again, everyMs);
  };
  setTimeout(again, everyMs);
}

async function refresh(shown) {
  let page;
  try {
    const response = await fetch(location.href, { cache: 'no-store' });
    if (!response.ok) return;
    page = new DOMParser().parseFromString(await response.text(), 'text/html');
  } catch {
    // The sandbox is restarting: the next round finds it.
    return;
  }
  for (const part of parts()) renew(part, page, shown);
}

function renew(part, page, shown) {
  const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
  if (!fresh || fresh.innerHTML === shown.get(part.dataset.live)) return;
  if (part.contains(document.activeElement) && document.activeElement.matches('select, input, textarea')) return;
  const wasAtEnd = part.scrollHeight - part.scrollTop - part.clientHeight < 60;
  const onlyClock = textWithoutClocks(part) === textWithoutClocks(fresh);
  shown.set(part.dataset.live, fresh.innerHTML);
  morphChildren(part, fresh);
  if (wasAtEnd) toEnd(part);
  if (!onlyClock) flash(part);
}

function textWithoutClocks(part) {
  const copy = part.cloneNode(true);
  for (const clock of copy.querySelectorAll('time')) clock.remove();
  return copy.textContent;
}

function toEnd(part) {
  if (part.hasAttribute('data-stick-to-end') && !location.hash) part.scrollTop = part.scrollHeight;
}

function flash(part) {
  part.classList.remove('changed');
  void part.offsetWidth;
  part.classList.add('changed');
}

/** Node by node, so that focus, scroll and what is unfolded stay as they are. */
function morphChildren(from, to) {
  const olds = [...from.childNodes];
  const news = [...to.childNodes];
  for (const [index, node] of news.entries()) {
    const old = olds[index];
    if (!old) from.append(node.cloneNode(true));
    else morph(old, node);
  }
  for (const old of olds.slice(news.length)) old.remove();
}

function morph(old, node) {
  if (old.isEqualNode(node)) return;
  if (old.nodeType !== Node.ELEMENT_NODE || old.nodeName !== node.nodeName || old.id !== node.id) {
    old.replaceWith(node.cloneNode(true));
    return;
  }
  for (const { name } of [...old.attributes]) if (!node.hasAttribute(name) && !own(old, name)) old.removeAttribute(name);
  for (const { name, value } of node.attributes) if (old.getAttribute(name) !== value && !own(old, name)) old.setAttribute(name, value);
  morphChildren(old, node);
}

/** What the person changed, not the server. */
function own(element, name) {
  return (element.localName === 'details' && name === 'open') || name === 'disabled';
}
