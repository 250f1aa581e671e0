import { randomUUID } from 'node:crypto';

/** A time in the form that the service sends: seconds in Java's notation, such as 1.695305695063E9. */
export class Timestamp {
  public constructor(public readonly milliseconds: number) {}

  public toString(): string {
    const [mantissa = '0', exponent = '+0'] = (this.milliseconds / 1000).toExponential().split('e');
    return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent.replace('+', '')}`;
  }
}

// JSON.stringify cannot format a number. The marker is random, so that no value of a caller can contain it.
const MARKER = randomUUID();
const MARKED_NUMBER = new RegExp(`"${MARKER}([^"]*)"`, 'g');

/** JSON of an answer. Undefined members become null. */
export function toJson(value: unknown): string {
  const mark = (_key: string, item: unknown) =>
    item instanceof Timestamp ? `${MARKER}${item.toString()}` : item === undefined ? null : item;
  return JSON.stringify(value, mark).replace(MARKED_NUMBER, '$1');
}
