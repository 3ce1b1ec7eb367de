/** Cuts rows into batches of at most `size`, in order. */
export function inBatches<Row>(rows: readonly Row[], size: number): Row[][] {
  const count = Math.ceil(rows.length / size);
  return Array.from({ length: count }, (_, place) => rows.slice(place * size, (place + 1) * size));
}
