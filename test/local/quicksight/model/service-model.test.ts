import type { ServiceModel } from '../../../../local/quicksight/model/service-model';
import { COPY } from './call';
import { EXPORT_OPERATIONS, realModel } from './violations';

test('the trimmed copy equals the service model of the export operations', () => {
  // The size is tested on machines without the service model, too.
  expect(Object.keys(COPY.shapes)).toHaveLength(74);
  expect(Object.keys(COPY.operations)).toEqual(EXPORT_OPERATIONS);
  const real = realModel();
  if (!real) return;
  const shapes = reachable(real, EXPORT_OPERATIONS);
  expect(COPY.shapes).toEqual(Object.fromEntries([...shapes].map((name) => [name, undocumented(real.shapes[name])])));
  expect(COPY.operations).toEqual(
    Object.fromEntries(EXPORT_OPERATIONS.map((name) => [name, undocumented(real.operations[name])])),
  );
});

interface Reference {
  readonly shape: string;
}

function reachable(model: ServiceModel, operations: string[]): Set<string> {
  const found = new Set<string>();
  const add = (name: string | undefined) => {
    if (name === undefined || found.has(name)) return;
    found.add(name);
    const { members = {}, member } = model.shapes[name] ?? { type: 'string' };
    for (const { shape } of Object.values(members)) add(shape);
    add(member?.shape);
  };
  for (const name of operations) {
    const { input, output, errors } = model.operations[name] as unknown as {
      input: Reference;
      output: Reference;
      errors: Reference[];
    };
    for (const { shape } of [input, output, ...errors]) add(shape);
  }
  return found;
}

function undocumented(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, item: unknown) =>
      key === 'documentation' && typeof item === 'string' ? undefined : item,
    ),
  );
}
