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
 * A local stand-in for the asset bundle export jobs of QuickSight, true to the service model. An unmodified SDK or CLI sends
 * its requests to the stand-in when AWS_ENDPOINT_URL_QUICKSIGHT is the URL of the stand-in.
 */
export class QuickSightStandIn {
  private readonly service: Service;
  private readonly handler: Handler;
  private server: Server | undefined;

  public constructor(options: StandInOptions = {}) {
    if (options.linkScheme === 's3' && !options.putObject) {
      throw new Error("linkScheme 's3' requires putObject, which puts the file of a job into the bucket of its link.");
    }
    this.service = new Service(options);
    this.handler = new Handler(this.service, options);
  }

  /** Faults on demand. */
  public get faults(): Faults {
    return this.handler.faults;
  }

  /** The received requests, the earliest first (at most the latest 100,000). */
  public get requests(): readonly RequestRecord[] {
    return this.handler.requests;
  }

  /** Every job that was ever started, the earliest first. Includes finished jobs and reused ids. */
  public get jobs(): readonly StartedJob[] {
    return this.service.started;
  }

  /** Changes the answer of Describe before it is sent. */
  public set describeOverride(override: DescribeOverride | undefined) {
    this.service.describeOverride = override;
  }

  /** Replaces the assets of an account in one Region. */
  public setAssets(account: string, region: string, catalog: AssetCatalog): void {
    this.service.setAssets(account, region, catalog);
  }

  /** Number of jobs that run now in an account and Region. */
  public running(account: string, region: string): number {
    return this.service.accounts.in(account, region).jobs.running;
  }

  /** The highest number of jobs that ran at the same time in an account and Region. */
  public maxRunning(account: string, region: string): number {
    return this.service.accounts.in(account, region).jobs.maxRunning;
  }

  /** Listens on the loopback interface. Rejects with a clear message when the port is in use. */
  public async start({ host = '127.0.0.1', port = 0 }: ListenOptions = {}): Promise<{ url: string; port: number }> {
    if (this.server) throw new Error('The QuickSight stand-in is already running.');
    if (!LOOPBACK.test(host))
      throw new Error(
        `The QuickSight stand-in listens only on the loopback interface. Use 127.0.0.1, ::1 or localhost instead of ${host}.`,
      );
    const server = createServer((request, response) => {
      // A client may close its connection at any time.
      this.handler.handle(request, response).catch(() => response.destroy());
    });
    // Longer than clients keep idle connections: the stand-in must not close one that a client is about to use.
    server.keepAliveTimeout = 120_000;
    await listening(server, host, port);
    this.server = server;
    const bound = server.address() as AddressInfo;
    const url = `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
    this.handler.origin = url;
    return { url, port: bound.port };
  }

  /** Closes all connections, including those of a `hang` fault. */
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
      const message =
        error.code === 'EADDRINUSE'
          ? `Port ${port} on ${host} is already in use. Stop the process that listens on it, or choose another port (0 selects a free one).`
          : `The QuickSight stand-in cannot listen on ${host}:${port}: ${error.message}. Choose another port.`;
      reject(new Error(message, { cause: error }));
    });
    server.listen(port, host);
  });
}
