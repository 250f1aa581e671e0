import type { JsonObject, JsonValue } from '../json-value';

/** TypeScript with an `AssetBundleImport` that has the override parameters, with permissions to fill in. */
export function typescriptScaffold(overrideParameters: JsonObject): string {
  return `import { AssetBundleImport, AssetPermission, BundleSource, QuickSightPrincipal } from 'cdk-quicksight-asset-bundle';

new AssetBundleImport(this, 'Import', {
  source: BundleSource.fromFile('<path of the bundle>'),
  permissions: [
    AssetPermission.owner(QuickSightPrincipal.group('<namespace>', '<group of the owners>')),
    AssetPermission.viewer(QuickSightPrincipal.group('<namespace>', '<group of the viewers>')),
  ],
  overrideParameters: ${literal(overrideParameters, '  ')},
});
`;
}

function literal(value: JsonValue, indent: string): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((element) => literal(element, inner))
    : Object.entries(value).map(([name, member]) => `${camelCase(name)}: ${literal(member, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (lines.length === 0) return `${open}${close}`;
  return `${open}\n${lines.map((line) => `${inner}${line},\n`).join('')}${indent}${close}`;
}

/** `DataSourceId` is `dataSourceId`, and `VPCConnectionId` is `vpcConnectionId`. */
const camelCase = (name: string): string =>
  name.replace(/^(?:[A-Z]+(?=[A-Z][a-z])|[A-Z])/, (start) => start.toLowerCase());

const quoted = (text: string): string =>
  `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')}'`;
