import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { PROJECT } from './handlers';

/** Licenses that permit redistribution as part of this package, which has the license Apache-2.0. */
const PERMITTED = new Set(['Apache-2.0', 'ISC', 'MIT', 'MIT-0']);

interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly repository?: { readonly url: string };
  /** The license and the notice of the package; empty if it has no such files. */
  readonly text: string;
}

/**
 * The content of THIRD-PARTY-LICENSES: every npm package with code in the bundles, and its license.
 *
 * @throws Error if a license is not permitted or its text is missing.
 */
export function thirdPartyLicenses(metafile: Metafile, root = PROJECT): string {
  const packages = bundledFolders(metafile).map((folder) => readPackage(join(root, folder)));
  const packagesByText = new Map<string, string[]>();
  for (const one of packages) {
    const text = textOf(one, packages);
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), `${one.name} ${one.version} (${one.license})`]);
  }
  const sections = [...packagesByText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  return ['The programs in dist/lambda and dist/cli contain code of the following packages.\n', ...sections].join(
    `\n${'-'.repeat(80)}\n\n`,
  );
}

/** The folders of the packages with code in an output, sorted. */
function bundledFolders({ outputs }: Metafile): string[] {
  const modules = Object.values(outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter((path) => (inputs[path]?.bytesInOutput ?? 0) > 0),
  );
  return [
    ...new Set(modules.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [])),
  ].sort();
}

function readPackage(folder: string): BundledPackage {
  const files = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
    .sort();
  return {
    ...(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Omit<BundledPackage, 'text'>),
    text: files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n'),
  };
}

function textOf(one: BundledPackage, all: readonly BundledPackage[]): string {
  const { name, version, license, repository } = one;
  if (!PERMITTED.has(license)) {
    throw new Error(
      `${name} ${version} has the license ${license}. Review it, and add it to build/licenses.ts or remove the package.`,
    );
  }
  if (one.text !== '') return one.text;
  // The packages of one repository share its license file, and some are published without it.
  const sibling =
    repository &&
    all.find((other) => other.text !== '' && other.license === license && other.repository?.url === repository.url);
  if (sibling) return sibling.text;
  if (license === 'MIT-0')
    return 'The package contains no license file. MIT-0 (MIT No Attribution) requires no notice.';
  throw new Error(`${name} ${version} (${license}) contains no license file. Remove the package, or add its license.`);
}
