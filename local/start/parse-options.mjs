import { closeSync, openSync, readSync, statSync } from 'node:fs';
import util from 'node:util';
import { SetUpError } from '../set-up/command.mjs';

export const USAGE = `Usage: npm start -- [options]

Deploys the sample app to a local cloud on this machine and shows the bundle that it exports.

Options:
  --bundle FILE            Bundle (.qs file, or the folder of an unpacked one) whose assets replace the sample account.
  --assets LIST            Assets to export: type/id, separated by commas.
                           Default: a dashboard and a folder of the sample account, or all assets of the bundle.
  --format FORMAT          QUICKSIGHT_JSON (default) or CLOUDFORMATION_JSON.
  --port PORT              Port of the local cloud on 127.0.0.1. Default: any free port.
  --quicksight-port PORT   Port of the QuickSight stand-in on 127.0.0.1. Default: any free port.
  --keep                   Keep everything running until Ctrl-C.
  --help                   Show this help.`;

const FORMATS = ['QUICKSIGHT_JSON', 'CLOUDFORMATION_JSON'];

/**
 * The options of `npm start`, or undefined for --help. Needs no dependencies, so that a mistake shows before the set-up.
 * @throws SetUpError for a mistake in the options.
 */
export function parseOptions(args) {
  const { help, bundle, assets, format, port, 'quicksight-port': quicksightPort, keep } = parse(args);
  if (help) return undefined;
  if (!FORMATS.includes(format)) throw new SetUpError(`--format ${format}: use one of ${FORMATS.join(', ')}.`);
  const options = {
    bundle,
    assets: assets === undefined ? undefined : parseList('--assets', assets),
    format,
    port: parsePort('--port', port),
    quicksightPort: parsePort('--quicksight-port', quicksightPort),
    keep,
  };
  if (options.port !== undefined && options.port === options.quicksightPort)
    throw new SetUpError(`--port and --quicksight-port are both ${options.port}. Choose two ports.`);
  if (bundle !== undefined) requireBundle(bundle);
  return options;
}

function parse(args) {
  try {
    return util.parseArgs({
      args,
      options: {
        bundle: { type: 'string' },
        assets: { type: 'string' },
        format: { type: 'string', default: FORMATS[0] },
        port: { type: 'string' },
        'quicksight-port': { type: 'string' },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    const [reason] = error.message.split(/\.?(?:\n|$)/, 1);
    throw new SetUpError(`${reason}. Run \`npm start -- --help\` for the list of options.`);
  }
}

function parsePort(option, text) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535)
    throw new SetUpError(`${option} ${text}: use a port from 1 to 65535.`);
  return port;
}

function parseList(option, text) {
  const names = text.split(',').map((name) => name.trim());
  const list = [...new Set(names.filter((name) => name !== ''))];
  if (list.length === 0)
    throw new SetUpError(`${option} names no asset. Use for example ${option} dashboard/sales-overview.`);
  return list;
}

function requireBundle(path) {
  const start = Buffer.alloc(64);
  try {
    if (statSync(path).isDirectory()) return;
    const file = openSync(path);
    try {
      readSync(file, start);
    } finally {
      closeSync(file);
    }
  } catch ({ code }) {
    if (code === 'ENOENT') throw new SetUpError(`The bundle file ${path} does not exist. Check the path.`);
    throw new SetUpError(`The bundle file ${path} cannot be read (${code}). Check its permissions.`);
  }
  if (/^\uFEFF?\s*\{/.test(start.toString()))
    throw new SetUpError(
      `The bundle file ${path} is a CloudFormation template, which the local account cannot load. Choose a .qs file or an unpacked folder, or read the template with \`npx cdk-quicksight-asset-bundle inspect ${path}\`.`,
    );
  if (start.toString('latin1', 0, 2) !== 'PK')
    throw new SetUpError(
      `The bundle file ${path} is not a zip file. Choose a .qs file, which QuickSight exports in the format QUICKSIGHT_JSON.`,
    );
}
