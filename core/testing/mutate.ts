/** Damages good input, for property tests: bytes as a bad line would, and JSON as a bad program would. */
import fc from 'fast-check';

/** Some bytes changed, taken out, doubled, or put in. */
export function mutateBytes(good: Buffer): fc.Arbitrary<Buffer> {
  const change = fc.record({
    at: fc.nat(good.length),
    length: fc.nat(40),
    what: fc.constantFrom('set', 'cut', 'double', 'insert'),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  });
  return fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) => {
    let body = good;
    for (const { at, length, what, bytes } of changes) {
      const [head, tail] = [body.subarray(0, at), body.subarray(at)];
      if (what === 'insert') body = Buffer.concat([head, bytes, tail]);
      else if (what === 'cut') body = Buffer.concat([head, tail.subarray(length)]);
      else if (what === 'double') body = Buffer.concat([head, tail.subarray(0, length), tail]);
      else body = Buffer.concat([head, bytes, tail.subarray(bytes.length)]);
    }
    return body;
  });
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    -1,
    0.5,
    1e300,
    Number.MAX_SAFE_INTEGER,
    [],
    {},
    '\u0000',
    '\ud800',
    '__proto__',
    'x'.repeat(5000),
  ),
  fc.jsonValue(),
  fc.dictionary(fc.constantFrom('__proto__', 'constructor', '$where', '$set', 'a.b', '', 'type', 'toString', '\u0000'), fc.jsonValue()),
);

/** Some values replaced by others, taken out, or put under names that mean something elsewhere. */
export function mutateJson(good: unknown): fc.Arbitrary<Buffer> {
  const change = fc.record({ step: fc.nat(), value: odd, what: fc.constantFrom('replace', 'remove', 'add') });
  return fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) => {
    const root: unknown = structuredClone(good);
    for (const { step, value, what } of changes) {
      const places = placesIn(root);
      const place = places[step % places.length];
      if (place === undefined) continue;
      if (what === 'remove') Reflect.deleteProperty(place.holder, place.name);
      else
        Reflect.defineProperty(place.holder, what === 'add' ? `$${place.name}` : place.name, {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
    }
    return Buffer.from(JSON.stringify(root));
  });
}

function placesIn(root: unknown): { holder: object; name: string }[] {
  const places: { holder: object; name: string }[] = [];
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, held] of Object.entries(value)) {
      places.push({ holder: value, name });
      open.push(held);
    }
  }
  return places;
}
