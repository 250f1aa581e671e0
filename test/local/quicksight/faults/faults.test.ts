import { Faults } from '../../../../local/quicksight';

const target = (operation: string, jobId = 'a') => ({ operation, method: 'GET', jobId });

test('a fault affects `times` matching requests, after the first `after` ones', () => {
  const faults = new Faults();
  const added = faults.add({
    operation: 'Download',
    kind: 'reset',
    times: 2,
    after: 1,
    when: ({ jobId }) => jobId === 'a',
  });
  const strike = (...of: Parameters<typeof target>) => faults.take(target(...of)).length;
  expect([
    strike('Other'),
    strike('Download', 'b'),
    strike('Download'),
    strike('Download'),
    strike('Download'),
    strike('Download'),
  ]).toEqual([0, 0, 0, 1, 1, 0]);
  expect(added.struck).toBe(2);
});

test('faults take turns in the order of their addition, and response modifiers combine with each', () => {
  const faults = new Faults();
  faults.add({ kind: 'cut', afterBytes: 1 });
  faults.add({ kind: 'reset' });
  faults.add({ kind: 'noRanges', times: Infinity });
  const kinds = () => faults.take(target('Download')).map(({ kind }) => kind);
  expect([kinds(), kinds(), kinds()]).toEqual([['cut', 'noRanges'], ['reset', 'noRanges'], ['noRanges']]);
});

test('a removed fault affects no request', () => {
  const faults = new Faults();
  const added = faults.add({ kind: 'hang', times: Infinity });
  faults.add({ kind: 'html', times: Infinity });
  added.remove();
  expect(faults.take(target('x')).map(({ kind }) => kind)).toEqual(['html']);
  faults.clear();
  expect(faults.take(target('x'))).toEqual([]);
});
