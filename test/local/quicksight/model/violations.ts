/** Generates an input that violates a constraint, for each constraint of a service model. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ServiceModel, Shape } from '../../../../local/quicksight/model/service-model';

export const EXPORT_OPERATIONS = [
  'StartAssetBundleExportJob',
  'DescribeAssetBundleExportJob',
  'ListAssetBundleExportJobs',
];

export type Json = Record<string, unknown>;

export interface Violation {
  readonly title: string;
  readonly operation: string;
  readonly input: Json;
  readonly error: 'ValidationException' | 'SerializationException';
  /** Parts of the error message. */
  readonly parts: readonly string[];
}

/** The complete service model, which is stored beside some checkouts of the project. */
export function realModel(): (ServiceModel & { shapes: Record<string, unknown> }) | undefined {
  try {
    return JSON.parse(
      readFileSync(resolve(__dirname, '../../../../../shared/reference/asset-bundle-model.json'), 'utf8'),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    console.warn(
      '../shared/reference/asset-bundle-model.json does not exist. Only the constraints of the trimmed copy are tested.',
    );
    return undefined;
  }
}

const SAMPLES: Record<string, { good: string; bad: string; filler: string }> = {
  '^[0-9]{12}$': { good: '123456789012', bad: '12345678901x', filler: '1' },
  '[\\w\\-]+': { good: 'job_1-a', bad: 'no job', filler: 'a' },
};

/** A valid value with every member, so that each constraint can be violated. */
export function sample(model: ServiceModel, name: string): unknown {
  const shape = shapeIn(model, name);
  switch (shape.type) {
    case 'structure':
      return Object.fromEntries(
        Object.entries(shape.members ?? {}).map(([key, member]) => [key, sample(model, member.shape)]),
      );
    case 'list':
      return [sample(model, shape.member?.shape ?? '')];
    case 'boolean':
      return true;
    case 'integer':
      return shape.min ?? 1;
    case 'string':
      if (shape.enum) return shape.enum[0];
      if (shape.pattern !== undefined) return samples(shape.pattern).good;
      return 'text';
    default:
      throw new Error(`There is no sample of the type ${shape.type}.`);
  }
}

export function violationsOf(model: ServiceModel, operation: string): Violation[] {
  const name = model.operations[operation]?.input.shape ?? '';
  const whole = sample(model, name) as Json;
  const found: Violation[] = [];
  walk(name, [], undefined);
  return found;

  function add(
    path: Path,
    violation: string,
    value: unknown,
    parts: string[],
    error: Violation['error'] = 'ValidationException',
  ) {
    const at = error === 'ValidationException' ? [`at '${dotted(path)}' failed to satisfy constraint: `] : [];
    const title = `${operation} ${dotted(path)}: ${violation}`;
    found.push({ title, operation, input: replaced(whole, path, value) as Json, error, parts: [...at, ...parts] });
  }

  function walk(shapeName: string, path: Path, location: string | undefined) {
    const shape = shapeIn(model, shapeName);
    // Paths and queries contain only text.
    if (path.length > 0 && (location === undefined || shape.type === 'integer')) {
      add(
        path,
        'another type',
        shape.type === 'string' ? 7 : 'text',
        ['can not be converted to a'],
        'SerializationException',
      );
    }
    for (const [violation, value, rule] of broken(model, shape)) add(path, violation, value, [rule]);
    if (shape.type === 'structure') {
      for (const [key, member] of Object.entries(shape.members ?? {})) {
        if (shape.required?.includes(key) && member.location !== 'uri') {
          add([...path, key], 'absent', undefined, ['Value null at ', 'Member must not be null']);
          add([...path, key], 'null', null, ['Value null at ', 'Member must not be null']);
        }
        walk(member.shape, [...path, key], member.location);
      }
    } else if (shape.type === 'list') {
      const member = shapeIn(model, shape.member?.shape ?? '');
      if (member.type === 'structure') walk(shape.member?.shape ?? '', [...path, 0], undefined);
      else
        for (const [violation, value, rule] of broken(model, member))
          add(path, `an item with ${violation}`, [value], ['Member must satisfy constraint: [', rule]);
    }
  }
}

function* broken(
  model: ServiceModel,
  { type, min = 0, max = Infinity, pattern, enum: values, member }: Shape,
): Generator<[string, unknown, string]> {
  if (values)
    yield ['a value that is not in the set', 'NOPE', `Member must satisfy enum value set: [${values.join(', ')}]`];
  if (pattern !== undefined) {
    const rule = `Member must satisfy regular expression pattern: ${pattern}`;
    yield ['text that does not match', samples(pattern).bad, rule];
    yield ['text that matches in part', `${samples(pattern).good}\n`, rule];
  }
  const [measured, make] =
    type === 'integer'
      ? (['value', (size: number) => size] as const)
      : ([
          'length',
          (size: number) =>
            type === 'list'
              ? Array.from({ length: size }, () => sample(model, member?.shape ?? ''))
              : (pattern === undefined ? 'x' : samples(pattern).filler).repeat(size),
        ] as const);
  if (min > 0)
    yield [`${measured} ${min - 1}`, make(min - 1), `Member must have ${measured} greater than or equal to ${min}`];
  if (max < Infinity)
    yield [`${measured} ${max + 1}`, make(max + 1), `Member must have ${measured} less than or equal to ${max}`];
}

type Path = ReadonlyArray<string | number>;

function dotted(path: Path): string {
  return path
    .map((step) =>
      typeof step === 'number' ? `${step + 1}.member` : `${step.charAt(0).toLowerCase()}${step.slice(1)}`,
    )
    .join('.');
}

function replaced(whole: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  const copy = (Array.isArray(whole) ? [...whole] : { ...(whole as Json) }) as Record<string | number, unknown>;
  copy[step] = replaced(copy[step], rest, value);
  return copy;
}

function shapeIn(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`The model has no shape ${name}.`);
  return shape;
}

function samples(pattern: string) {
  const found = SAMPLES[pattern];
  if (!found) throw new Error(`Add samples that match and violate ${pattern}.`);
  return found;
}

/** The request of an input. The model defines which members belong to path, query and body. */
export function requestOf(
  model: ServiceModel,
  operation: string,
  input: Json,
): { method: string; path: string; body?: string } {
  const {
    http,
    input: { shape },
  } = model.operations[operation] ?? { http: { method: '', requestUri: '' }, input: { shape: '' } };
  let path = http.requestUri;
  const query = new URLSearchParams();
  const body: Json = {};
  for (const [name, { location, locationName = name }] of Object.entries(shapeIn(model, shape).members ?? {})) {
    const value = input[name] as string | number | boolean | undefined;
    if (location === 'uri') path = path.replace(`{${locationName}}`, encodeURIComponent(String(value)));
    else if (location !== 'querystring') body[name] = value;
    else if (value !== undefined) query.set(locationName, String(value));
  }
  return {
    method: http.method,
    path: query.size > 0 ? `${path}?${query.toString()}` : path,
    ...(http.method === 'POST' ? { body: JSON.stringify(body) } : {}),
  };
}
