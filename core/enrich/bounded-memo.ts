/**
 * Remembers what a function answered for a text, for at most so many texts. The older half is forgotten at once when the newer half is full,
 * and what is asked for again is new again: close to the least recently used, without the price of an order.
 */
export function boundedMemo<Value>(most: number, answer: (text: string) => Value): (text: string) => Value {
  let newer = new Map<string, Value>();
  let older = new Map<string, Value>();
  return (text) => {
    const known = newer.get(text);
    if (known !== undefined) return known;
    const value = older.get(text) ?? answer(text);
    if (newer.size >= most / 2) {
      older = newer;
      newer = new Map();
    }
    newer.set(text, value);
    return value;
  };
}
