import { ServiceError } from '../core/service-error';
import type { Operation } from './service-model';
import { shapeOf } from './service-model';

/** The parts of a request that contain its input. */
export interface RawInput {
  readonly labels: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: string;
}

export type Input = Record<string, unknown>;

/**
 * The input structure of the operation: the members from path, query and body. Types are checked. Unknown members and nulls
 * are omitted, because the service ignores both.
 */
export function decodeInput(operation: Operation, raw: RawInput): Input {
  const shape = shapeOf(operation.input.shape);
  const body = operation.http.method === 'GET' ? {} : parseBody(raw.body);
  const located: Input = {};
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const key = member.locationName ?? name;
    if (member.location === 'uri') located[name] = raw.labels[key];
    else if (member.location === 'querystring') located[name] = fromText(member.shape, raw.query.get(key));
    else located[name] = body[name];
  }
  return decode(operation.input.shape, located) as Input;
}

function parseBody(text: string): Input {
  if (text.trim() === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not valid JSON.');
  }
  if (kindOf(body) !== 'structure') throw wrongType(body, 'structure');
  return body as Input;
}

function fromText(shape: string, text: string | null): unknown {
  if (text === null || shapeOf(shape).type !== 'integer') return text;
  if (!/^-?\d{1,9}$/.test(text))
    throw new ServiceError('SerializationException', `'${text}' can not be converted to an Integer`);
  return Number(text);
}

function decode(name: string, value: unknown): unknown {
  const shape = shapeOf(name);
  if (value === undefined || value === null) return undefined;
  if (kindOf(value) !== shape.type) throw wrongType(value, shape.type);
  if (shape.type === 'list') {
    const member = shape.member?.shape ?? '';
    // Keep a null in a list: the constraints reject it.
    return (value as unknown[]).map((item) => (item === null ? null : decode(member, item)));
  }
  if (shape.type !== 'structure') return value;
  const members = Object.entries(shape.members ?? {})
    .map(([key, member]) => [key, decode(member.shape, (value as Input)[key])] as const)
    .filter(([, item]) => item !== undefined);
  return Object.fromEntries(members);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object' && value !== null) return 'structure';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

const JSON_TOKENS: Record<string, string> = {
  list: 'START_ARRAY',
  structure: 'START_OBJECT',
  string: 'STRING_VALUE',
  boolean: 'BOOLEAN_VALUE',
  integer: 'NUMBER_VALUE',
  number: 'NUMBER_VALUE',
};

function wrongType(value: unknown, expected: string): ServiceError {
  const type = expected.charAt(0).toUpperCase() + expected.slice(1);
  return new ServiceError(
    'SerializationException',
    `${JSON_TOKENS[kindOf(value)] ?? 'VALUE_NULL'} can not be converted to a ${type}`,
  );
}
