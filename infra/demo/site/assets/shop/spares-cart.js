/** The cart of the spares shop: `{ id, title, cents, quantity }` each, for this visit. */
const key = 'halden.spares';

export function spares() {
  try {
    const rows = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(rows) ? rows : [];
  } catch {
    return [];
  }
}

export function addSpare({ id, title, cents }) {
  const rows = spares();
  const row = rows.find((each) => each.id === id);
  if (row) row.quantity++;
  else rows.push({ id, title, cents, quantity: 1 });
  sessionStorage.setItem(key, JSON.stringify(rows));
}

export function takeSpares() {
  const rows = spares();
  sessionStorage.removeItem(key);
  return rows;
}

export function sumOf(rows) {
  return rows.reduce((sum, { cents, quantity }) => sum + cents * quantity, 0);
}
