import { randomUUID } from 'node:crypto';

/** A time as the service writes it: seconds, in Java's notation, such as 1.695305695063E9. */
export class Timestamp {
  public constructor(public readonly milliseconds: number) {}

  public toString(): string {
    const [mantissa = '0', exponent = '+0'] = (this.milliseconds / 1000).toExponential().split('e');
    return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent.replace('+', '')}`;
  }
}

// JSON.stringify has no way to write a number as it should look; the mark is one that no caller can guess.
const MARK = randomUUID();
const MARKED = new RegExp(`"${MARK}([^"]*)"`, 'g');

/** JSON of an answer, with absent members as null. */
export function toJson(value: unknown): string {
  const mark = (_key: string, item: unknown) =>
    item instanceof Timestamp ? `${MARK}${item.toString()}` : item === undefined ? null : item;
  return JSON.stringify(value, mark).replace(MARKED, '$1');
}
