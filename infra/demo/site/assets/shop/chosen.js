/** Lists of product ids a visitor keeps: the wishlist and the comparison. */

export function chosen(list) {
  try {
    const ids = JSON.parse(localStorage.getItem(`halden.${list}`) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** Puts a product on the list, or takes it off; answers whether it is on it now. */
export function toggle(list, id) {
  const ids = chosen(list);
  const on = !ids.includes(id);
  localStorage.setItem(`halden.${list}`, JSON.stringify(on ? [...ids, id] : ids.filter((each) => each !== id)));
  return on;
}
