/** JSON for programs. Names in it cannot contain escape sequences for a terminal. */
export function jsonOutput(value: object): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replace(/[\u007f-\u009f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)}\n`;
}
