import { isObject } from './json-members';
import type { JsonValue } from './json-value';

/**
 * The text of a text, or of an expression of CloudFormation: `${Id}` for `Ref`, `${Id.Arn}` for `Fn::GetAtt`, the text of
 * `Fn::Sub`, and the joined texts of `Fn::Join`. Undefined for any other value.
 */
export function expressionText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return undefined;
  const [name, second] = Object.keys(value);
  if (name === undefined || second !== undefined) return undefined;
  const argument = value[name] as JsonValue;
  if (name === 'Ref') return typeof argument === 'string' ? `\${${argument}}` : undefined;
  if (name === 'Fn::GetAtt') return getAttText(argument);
  if (name === 'Fn::Sub') return expressionText(Array.isArray(argument) ? argument[0] : argument);
  return name === 'Fn::Join' ? joinText(argument) : undefined;
}

/** The text without the values that CloudFormation inserts. */
export function literalText(value: JsonValue | undefined): string | undefined {
  return expressionText(value)?.replace(/\$\{[^}]*\}/g, '');
}

function getAttText(argument: JsonValue): string | undefined {
  if (typeof argument === 'string') return `\${${argument}}`;
  if (!Array.isArray(argument) || !argument.every((item) => typeof item === 'string')) return undefined;
  return `\${${argument.join('.')}}`;
}

function joinText(argument: JsonValue): string | undefined {
  const [delimiter, items] = Array.isArray(argument) ? argument : [];
  if (typeof delimiter !== 'string' || !Array.isArray(items)) return undefined;
  const texts = items.map(expressionText);
  return texts.every((text) => text !== undefined) ? texts.join(delimiter) : undefined;
}
