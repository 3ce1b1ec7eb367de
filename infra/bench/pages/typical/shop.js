/* The page's own life: what every shop does while somebody looks at it. No chance is in it: it is the same for every tool. */
const byId = (id) => document.getElementById(id);
const main = byId('main');
let home;

function toast(text) {
  const box = document.createElement('div');
  box.className = 'toast';
  box.textContent = text;
  byId('toasts').append(box);
  setTimeout(() => box.remove(), 900);
}

function search(text) {
  let found = 0;
  for (const card of document.querySelectorAll('.card')) {
    card.hidden = !card.dataset.name.includes(text.toLowerCase());
    if (!card.hidden) found++;
  }
  const label = byId('found');
  if (label) label.textContent = `${found} things`;
}

function quote() {
  const view = document.createElement('section');
  view.className = 'quote';
  view.innerHTML = `<h2>Ask for a quote</h2><form id="quote"><label>Your name<input id="quote-name" name="name" autocomplete="name"></label>
<label>E-mail<input id="quote-mail" name="email" type="email" autocomplete="email"></label>
<label>Room<select name="room"><option>Kitchen</option><option>Office</option><option>Bedroom</option></select></label>
<label>What do you need?<textarea name="message" rows="4"></textarea></label>
<label><input type="checkbox" name="news"> Send me news</label><button type="submit">Send</button></form>`;
  for (let place = 1; place <= 12; place++) {
    const line = document.createElement('p');
    line.textContent = `Question ${place}: how long does it take until something arrives, and what if it does not fit?`;
    view.append(line);
  }
  return view;
}

function go(route) {
  home ??= [...main.children];
  history.pushState({}, '', route);
  document.title = route === '/quote' ? 'A quote for you' : 'Lamps and more';
  main.replaceChildren(...(route === '/quote' ? [quote()] : home));
  scrollTo(0, 0);
}

document.addEventListener('click', (event) => {
  const target = event.target.closest('a,button');
  if (!target) return;
  if (target.dataset.route) {
    event.preventDefault();
    go(target.dataset.route);
  } else if (target.classList.contains('add')) {
    byId('cart-count').textContent = Number(byId('cart-count').textContent) + 1;
    toast(`${target.closest('.card').querySelector('h4').textContent} is in your cart`);
  } else if (target.classList.contains('compare')) target.closest('.card').classList.toggle('compared');
});
document.querySelector('[data-bench=search]').addEventListener('input', (event) => search(event.target.value));

let tick = 0;
const ticker = setInterval(() => {
  tick++;
  // Still after eight seconds: how long a tool takes to hand over what it has must not add to it.
  if (tick === 40) clearInterval(ticker);
  const bar = byId('sale');
  if (bar) bar.value = 10 + (tick % 80);
  if (tick % 2 === 0 && byId('ticker')) byId('ticker').textContent = `${12 + (tick % 9)} people look at this`;
  if (tick % 5 === 0) {
    const slides = [...document.querySelectorAll('.slide')];
    for (const [place, slide] of slides.entries()) slide.classList.toggle('now', place === (tick / 5) % slides.length);
  }
  const stock = document.querySelectorAll('.stock');
  if (stock.length > 0) stock[tick % stock.length].textContent = `${1 + (tick % 20)} left`;
}, 200);

setTimeout(() => {
  const cards = byId('cards');
  if (!cards) return;
  for (const card of [...cards.children].slice(0, 8)) cards.append(card.cloneNode(true));
  byId('found').textContent = `${cards.children.length} things`;
}, 2_000);
