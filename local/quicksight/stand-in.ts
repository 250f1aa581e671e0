import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AssetCatalog } from './assets/asset-catalog';
import type { Faults } from './faults/faults';
import type { HandlerOptions } from './http/handler';
import { Handler } from './http/handler';
import type { RequestRecord } from './http/request-record';
import type { StartedJob } from './operations/context';
import type { DescribeOverride, OperationOptions } from './operations/options';
import { Service } from './operations/service';

export interface StandInOptions extends OperationOptions, HandlerOptions {}

export interface ListenOptions {
  /** An address of the loopback interface: 127.0.0.1, ::1 or localhost. Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: 0, any free port. */
  readonly port?: number;
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

/**
 * A local stand-in for the asset-bundle export jobs of QuickSight, true to the service model. An unmodified SDK or CLI talks
 * to it over HTTP when AWS_ENDPOINT_URL_QUICKSIGHT names its url.
 */
export class QuickSightStandIn {
  private readonly service: Service;
  private readonly handler: Handler;
  private server: Server | undefined;

  public constructor(options: StandInOptions = {}) {
    if (options.linkScheme === 's3' && !options.putObject) {
      throw new Error("linkScheme 's3' needs putObject: without it, nothing would lie where the links point.");
    }
    this.service = new Service(options);
    this.handler = new Handler(this.service, options);
  }

  /** Faults on demand. */
  public get faults(): Faults {
    return this.handler.faults;
  }

  /** The requests that came, in the order in which they did (the latest 100,000 at most). */
  public get requests(): readonly RequestRecord[] {
    return this.handler.requests;
  }

  /** Every job that was ever started, in that order, those that ended and those of a reused id included. */
  public get jobs(): readonly StartedJob[] {
    return this.service.started;
  }

  /** Changes what Describe answers, before it is sent. */
  public set describeOverride(override: DescribeOverride | undefined) {
    this.service.describeOverride = override;
  }

  /** Gives an account its assets in a region, in the place of those that it has there. */
  public setAssets(account: string, region: string, catalog: AssetCatalog): void {
    this.service.setAssets(account, region, catalog);
  }

  /** How many jobs run now in an account's region. */
  public running(account: string, region: string): number {
    return this.service.accounts.in(account, region).jobs.running;
  }

  /** The most jobs that ever ran at once in an account's region. */
  public maxRunning(account: string, region: string): number {
    return this.service.accounts.in(account, region).jobs.maxRunning;
  }

  /** Listens on the loopback interface. Rejects with one sentence when the port is taken. */
  public async start({ host = '127.0.0.1', port = 0 }: ListenOptions = {}): Promise<{ url: string; port: number }> {
    if (this.server) throw new Error('The QuickSight stand-in has been started already.');
    if (!LOOPBACK.test(host))
      throw new Error(`The QuickSight stand-in listens on the loopback interface only, and not on ${host}.`);
    const server = createServer((request, response) => {
      // A client that goes away in the middle is no error of ours.
      this.handler.handle(request, response).catch(() => response.destroy());
    });
    // Longer than clients keep idle connections, so that none is closed just when it is used again.
    server.keepAliveTimeout = 120_000;
    await listening(server, host, port);
    this.server = server;
    const bound = server.address() as AddressInfo;
    const url = `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
    this.handler.origin = url;
    return { url, port: bound.port };
  }

  /** Ends all connections, the hanging ones too. */
  public async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `Port ${port} on ${host} is taken: stop what listens there, or choose another port (0 takes any free one).`
          : `The QuickSight stand-in cannot listen on ${host}:${port}: ${error.message}.`;
      reject(new Error(why, { cause: error }));
    });
    server.listen(port, host);
  });
}
