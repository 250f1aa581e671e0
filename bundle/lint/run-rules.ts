import type { BundlePart, Inventory, InventoryAsset } from '../inventory-types';
import { type Finding, SEVERITIES } from './finding';
import { JsonCursor, pointerToken, type TextCursor } from './json-cursor';
import { assetName, lintContext } from './lint-context';
import { InvalidLintOptionsError, type LintOptions, type RuleLevel } from './lint-options';
import type { LintContext, LintPart, LintRule, Problem } from './lint-rule';

interface ActiveRule extends LintRule {
  readonly index: number;
}

/** A message can have a value of any bundle. */
const MAX_MESSAGE_CHARACTERS = 1000;

interface Found {
  readonly rule: ActiveRule;
  readonly finding: Finding;
}

/**
 * Applies the rules to the parts of a bundle, one part after another. Errors are first, then warnings. Findings of one level
 * have the order of the rules, of the assets and of the paths.
 *
 * @throws InvalidLintOptionsError when an option names an unknown rule or level.
 */
export async function runRules(
  rules: readonly LintRule[],
  inventory: Inventory,
  parts: AsyncIterable<BundlePart>,
  options: LintOptions = {},
): Promise<Finding[]> {
  const active = activeRules(rules, inventory, options);
  const context = lintContext(inventory, options);
  const assets = new Map(inventory.assets.map((asset) => [asset.path, asset]));
  const found: Found[] = [];
  const add = (rule: ActiveRule, problems: Iterable<Problem>, asset?: InventoryAsset): void => {
    for (const problem of problems) found.push({ rule, finding: findingOf(rule, problem, asset) });
  };
  for await (const part of parts) {
    const asset = assets.get(part.path);
    const lintPart = lintPartOf(part, inventory, asset);
    if (lintPart === undefined) continue;
    for (const rule of active) {
      add(rule, rule.checkPart?.(lintPart, context) ?? [], asset);
      add(rule, assetProblems(rule, lintPart, context), asset);
    }
  }
  for (const rule of active) add(rule, rule.checkBundle?.(context) ?? []);
  return found.sort(inOrder).map(({ finding }) => finding);
}

function activeRules(rules: readonly LintRule[], inventory: Inventory, options: LintOptions): ActiveRule[] {
  const levels = options.rules ?? {};
  assertKnown(rules, levels);
  return rules.flatMap((rule, index) => {
    const severity = Object.hasOwn(levels, rule.id) ? levels[rule.id] : undefined;
    if (severity === 'off' || (rule.format !== undefined && rule.format !== inventory.format)) return [];
    return [{ ...rule, index, severity: severity ?? rule.severity }];
  });
}

function assertKnown(rules: readonly LintRule[], levels: Readonly<Record<string, RuleLevel>>): void {
  const ids = rules.map(({ id }) => id);
  const accepted: readonly RuleLevel[] = [...SEVERITIES, 'off'];
  for (const [id, level] of Object.entries(levels)) {
    if (!ids.includes(id)) {
      throw new InvalidLintOptionsError(`"${id}" is not a lint rule. Use one of: ${ids.join(', ')}.`);
    }
    if (!accepted.includes(level)) {
      throw new InvalidLintOptionsError(
        `"${level}" is not a level of the lint rule ${id}. Use one of: ${accepted.join(', ')}.`,
      );
    }
  }
}

/** Undefined when the part has no JSON that could be read. */
function lintPartOf(part: BundlePart, inventory: Inventory, asset: InventoryAsset | undefined): LintPart | undefined {
  if (part.content === undefined) return undefined;
  const isTemplate = inventory.format === 'CLOUDFORMATION_JSON';
  const root = new JsonCursor(part.content, isTemplate ? templatePointer(part.path) : '');
  const properties = isTemplate ? root.get('Properties') : root;
  let texts: readonly TextCursor[] | undefined;
  return {
    path: part.path,
    root,
    properties,
    texts: () => {
      texts ??= properties.texts();
      return texts;
    },
    ...(asset && { asset }),
  };
}

/** `Resources/SalesDashboard` is the member `SalesDashboard` of the section `Resources`. */
function templatePointer(path: string): string {
  const [section = '', ...id] = path.split('/');
  return `/${section}/${pointerToken(id.join('/'))}`;
}

function assetProblems(rule: LintRule, part: LintPart, context: LintContext): Iterable<Problem> {
  const { asset } = part;
  return (asset && rule.checkAsset?.({ ...part, asset }, context)) ?? [];
}

function findingOf(rule: LintRule, { path, message }: Problem, asset: InventoryAsset | undefined): Finding {
  return {
    ruleId: rule.id,
    severity: rule.severity,
    ...(asset && { asset: assetName(asset) }),
    ...(path !== undefined && path !== '' && { path }),
    message: printable(message),
    remedy: rule.remedy,
  };
}

/** Without control characters: they change a terminal, and CloudFormation does not accept them in an event. */
function printable(message: string): string {
  const text = message.replace(/\p{Cc}/gu, '\ufffd');
  return text.length <= MAX_MESSAGE_CHARACTERS ? text : `${text.slice(0, MAX_MESSAGE_CHARACTERS - 1)}…`;
}

function inOrder(one: Found, other: Found): number {
  return (
    SEVERITIES.indexOf(one.finding.severity) - SEVERITIES.indexOf(other.finding.severity) ||
    one.rule.index - other.rule.index ||
    compare(one.finding.asset, other.finding.asset) ||
    compare(one.finding.path, other.finding.path)
  );
}

function compare(one = '', other = ''): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
