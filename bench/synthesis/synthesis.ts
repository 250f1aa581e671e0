import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const ROOT = join(__dirname, '..', '..');

/** In this folder, `../../lib` of the app is the built library. */
const APP = join(ROOT, 'dist', 'bench', 'synthesis', 'app.js');

/** Content of the stack: our exports, or custom resources on bare providers. */
export type Kind = 'ours' | 'one provider' | 'a provider each';

export interface Options {
  readonly kind: Kind;
  readonly count: number;
  /** With or without CDK's validation of the template, which is on by default. */
  readonly validation: 'with' | 'without';
}

/** The figures that an app prints. Times are in milliseconds. */
export interface Synthesis {
  /** From `new App` to the end of `app.synth()`. */
  readonly synthesis: number;
  readonly synthesisCpu: number;
  /** Processor time of the process until it prints the figures. */
  readonly cpu: number;
  /** Commands of the processes that it started. */
  readonly processes: readonly string[];
  /** Types of the resources in its template. */
  readonly resources: readonly string[];
}

export interface Run extends Options, Synthesis {
  /** From the start of the process to its end. */
  readonly process: number;
}

let built: Promise<void> | undefined;

/** Builds the library as it is published, and the app as a user's `tsc` does. Runs once. */
export function build(progress: (line: string) => void): Promise<void> {
  built ??= (async () => {
    progress('building the library');
    await promisify(execFile)('npm', ['run', 'build'], { cwd: ROOT });
    mkdirSync(dirname(APP), { recursive: true });
    const { outputText } = transpileModule(readFileSync(join(__dirname, 'app.ts'), 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
    });
    writeFileSync(APP, outputText);
  })();
  return built;
}

/** Runs the app in a process of its own and in a new folder, with the context of `cdk init` and of the CLI. */
export async function synthesize(options: Options): Promise<Run> {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-synthesis-'));
  try {
    const begin = performance.now();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [APP, options.kind, String(options.count), options.validation],
      {
        env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context()) },
        maxBuffer: 64 * 2 ** 20,
      },
    );
    return { ...options, process: performance.now() - begin, ...(JSON.parse(stdout) as Synthesis) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function context(): object {
  const { context: ofNewApps } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: object };
  return {
    ...ofNewApps,
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:enable-asset-metadata': true,
    'aws:cdk:version-reporting': true,
  };
}
