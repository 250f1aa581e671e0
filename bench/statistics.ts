/** The percentile `p` (0 to 1), interpolated between the two nearest numbers. */
export function percentile(numbers: readonly number[], p: number): number {
  if (numbers.length === 0) throw new Error('A percentile needs at least one number.');
  const sorted = [...numbers].sort((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (numbers: readonly number[]): number => percentile(numbers, 0.5);

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
