/** Size of a value as JSON in UTF-8, escapes included. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '', 'utf8');
}

/** The longest start of `text` that takes at most `maxBytes` as JSON. An ellipsis marks the cut. */
export function truncate(text: string, maxBytes: number): string {
  if (jsonBytes(text) <= maxBytes) return text;
  const characters = [...text];
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (jsonBytes(`${characters.slice(0, middle).join('')}…`) <= maxBytes) low = middle;
    else high = middle - 1;
  }
  return `${characters.slice(0, low).join('')}…`;
}
