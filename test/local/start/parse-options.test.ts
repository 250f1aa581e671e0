import { TemporaryFolder } from '../../../testing/temporary-folder';
import { evaluate } from '../evaluate-module';

const folder = new TemporaryFolder();

const parse = (...args: string[]) => evaluate('start/parse-options.mjs', `m.parseOptions(${JSON.stringify(args)})`);

describe('parseOptions', () => {
  test('has defaults', async () => {
    expect(await parse()).toEqual({ format: 'QUICKSIGHT_JSON', keep: false });
  });

  test('reads every option', async () => {
    const bundle = await folder.put('a.qs', 'PK\u0003\u0004');
    const assets = 'theme/sales-colours, dataset/sales-orders,theme/sales-colours';
    const format = 'CLOUDFORMATION_JSON';
    const ports = ['--port', '4000', '--quicksight-port=4001'];
    expect(await parse('--bundle', bundle, '--assets', assets, '--format', format, ...ports, '--keep')).toEqual({
      bundle,
      assets: ['theme/sales-colours', 'dataset/sales-orders'],
      format,
      port: 4000,
      quicksightPort: 4001,
      keep: true,
    });
  });

  test('accepts the folder of an unpacked bundle', async () => {
    expect(await parse('--bundle', folder.path)).toMatchObject({ bundle: folder.path });
  });

  test('refuses a template and shows the command that reads it', async () => {
    const template = await folder.put('a.json', '\ufeff {"Resources":{}}');
    expect(await parse('--bundle', template)).toContain(
      `is a CloudFormation template, which the local account cannot load. Choose a .qs file or an unpacked folder, or read the template with \`npx cdk-quicksight-asset-bundle inspect ${template}\`.`,
    );
  });

  test('returns nothing for --help', async () => {
    expect(await parse('--help', '--bundle', 'missing.qs')).toBeNull();
  });

  test.each([
    [['--bundle'], "Option '--bundle <value>' argument missing. Run `npm start -- --help` for the list of options."],
    [['--bundle', __filename], 'is not a zip file. Choose a .qs file'],
    [['--format', 'PDF'], '--format PDF: use one of QUICKSIGHT_JSON, CLOUDFORMATION_JSON.'],
    [['--port', '0'], '--port 0: use a port from 1 to 65535.'],
    [['--quicksight-port', 'x'], '--quicksight-port x: use a port from 1 to 65535.'],
    [['--port', '4000', '--quicksight-port', '4000'], '--port and --quicksight-port are both 4000. Choose two ports.'],
    [['--assets', ' ,'], '--assets names no asset. Use for example --assets dashboard/sales-overview.'],
    [['dashboard/sales'], "Unexpected argument 'dashboard/sales'."],
  ])('rejects %j', async (args, message) => {
    expect(await parse(...args)).toContain(message);
  });
});
