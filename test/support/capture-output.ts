/** Captures every non-empty line that the process prints, instead of printing it. `jest.restoreAllMocks` ends the capture. */
export function captureOutput(): string[] {
  const lines: string[] = [];
  const capture = (text: unknown): true => {
    lines.push(
      ...String(text)
        .split('\n')
        .filter((line) => line !== ''),
    );
    return true;
  };
  for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockImplementation(capture);
  for (const level of ['log', 'info', 'warn', 'error'] as const)
    jest.spyOn(console, level as 'log').mockImplementation((text) => void capture(text));
  return lines;
}
