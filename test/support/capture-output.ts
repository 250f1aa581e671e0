/** What a test's code prints, in the place of printing it: the lines that are not empty. `jest.restoreAllMocks` ends it. */
export function capturePrinted(): string[] {
  const printed: string[] = [];
  const print = (text: unknown): true => {
    printed.push(
      ...String(text)
        .split('\n')
        .filter((line) => line !== ''),
    );
    return true;
  };
  for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockImplementation(print);
  for (const level of ['log', 'info', 'warn', 'error'] as const)
    jest.spyOn(console, level as 'log').mockImplementation((text) => void print(text));
  return printed;
}
