/** The message of a failure without its last line, which names the log group. */
export function failureMessage({ message }: Error): string {
  const [text = '', lastLine = ''] = message.split(/\n(?=[^\n]*$)/);
  expect(lastLine).toMatch(/^Log group: \/aws\/lambda\/[a-z-]+, request \S+$/);
  return text;
}
