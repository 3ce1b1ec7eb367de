/** Lean reads give the driver's `Binary` where the schema says `Buffer`. */
export function bytesOf(body: Uint8Array | { readonly buffer: Uint8Array }): Uint8Array {
  return body instanceof Uint8Array ? body : body.buffer;
}
