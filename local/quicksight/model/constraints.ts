import { ServiceError } from '../core/service-error';
import type { Input } from './decode';
import type { Operation, Shape } from './service-model';
import { shapeOf } from './service-model';

/** @throws ServiceError ValidationException with every constraint that the input violates. */
export function requireConstraints(operation: Operation, input: Input): void {
  const found = [...violations(operation.input.shape, input, '')];
  if (found.length === 0) return;
  const errors = found.length === 1 ? '1 validation error' : `${found.length} validation errors`;
  throw new ServiceError('ValidationException', `${errors} detected: ${found.join('; ')}`);
}

function* violations(name: string, value: unknown, path: string): Generator<string> {
  const shape = shapeOf(name);
  for (const rule of rulesBroken(shape, value)) yield sentence(value, path, rule);
  if (shape.type === 'structure') yield* membersViolated(shape, value as Input, path);
  if (shape.type === 'list') yield* itemsViolated(shape, value as unknown[], path);
}

function* membersViolated(shape: Shape, value: Input, path: string): Generator<string> {
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    // The service converts only the first letter to lower case: 'vPCConnections'.
    const below = `${path ? `${path}.` : ''}${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    if (value[name] !== undefined) yield* violations(member.shape, value[name], below);
    else if (shape.required?.includes(name)) yield sentence(null, below, 'Member must not be null');
  }
}

function* itemsViolated(shape: Shape, value: unknown[], path: string): Generator<string> {
  const member = shape.member?.shape ?? '';
  if (value.includes(null)) {
    yield sentence(value, path, 'Member must not be null');
  } else if (shapeOf(member).type === 'structure') {
    for (const [index, item] of value.entries()) yield* violations(member, item, `${path}.${index + 1}.member`);
  } else if (value.some((item) => rulesBroken(shapeOf(member), item).length > 0)) {
    // For a list of simple values, the service reports the list and all rules of its items.
    yield sentence(
      value,
      path,
      `Member must satisfy constraint: [${rulesOf(shapeOf(member))
        .map(([rule]) => rule)
        .join(', ')}]`,
    );
  }
}

type Rule = readonly [sentence: string, holds: (value: unknown) => boolean];

const rulesBroken = (shape: Shape, value: unknown) =>
  rulesOf(shape)
    .filter(([, holds]) => !holds(value))
    .map(([rule]) => rule);

function rulesOf(shape: Shape): Rule[] {
  const { min, max, pattern, enum: values } = shape;
  const [measured, measure] =
    shape.type === 'integer'
      ? (['value', (value: unknown) => value as number] as const)
      : (['length', (value: unknown) => (value as string | unknown[]).length] as const);
  const rules: Rule[] = [];
  if (max !== undefined)
    rules.push([`Member must have ${measured} less than or equal to ${max}`, (value) => measure(value) <= max]);
  if (min !== undefined)
    rules.push([`Member must have ${measured} greater than or equal to ${min}`, (value) => measure(value) >= min]);
  if (pattern !== undefined) {
    const whole = new RegExp(`^(?:${pattern})$`);
    rules.push([`Member must satisfy regular expression pattern: ${pattern}`, (value) => whole.test(value as string)]);
  }
  if (values)
    rules.push([
      `Member must satisfy enum value set: [${values.join(', ')}]`,
      (value) => values.includes(value as string),
    ]);
  return rules;
}

function sentence(value: unknown, path: string, rule: string): string {
  return `Value ${value === null ? 'null' : `'${asText(value)}'`} at '${path}' failed to satisfy constraint: ${rule}`;
}

/** The form in which Java prints a value. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}=${asText(item)}`)
    .join(', ')}}`;
}
