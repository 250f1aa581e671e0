import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A fault of a request to the object store. */
export type StoreFault =
  | { readonly kind: 'error'; readonly status: number; readonly code: string; readonly message?: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'lostAnswer' }
  | { readonly kind: 'hang' }
  /** The response without one of its headers. */
  | { readonly kind: 'withoutHeader'; readonly name: string }
  /** A response instead of that of the server. */
  | { readonly kind: 'answer'; readonly body: string };

interface Aim {
  readonly when: (request: IncomingMessage) => boolean;
  /** Default: 1. */
  readonly times?: number;
}

/** A proxy in front of an HTTP server that injects faults. */
export class FaultyProxy {
  /** Method of each received request. */
  public readonly methods: string[] = [];
  private faults: Array<{ fault: StoreFault; when: Aim['when']; left: number }> = [];
  private readonly server = createServer((request, response) => this.pass(request, response));

  private constructor(private readonly target: URL) {}

  public static async before(endpoint: string): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(new URL(endpoint));
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public add(fault: StoreFault, { when, times = 1 }: Aim): void {
    this.faults.push({ fault, when, left: times });
  }

  public clear(): void {
    this.faults = [];
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(request: IncomingMessage, response: ServerResponse): void {
    this.methods.push(request.method ?? '');
    const matching = this.faults.find(({ left, when }) => left > 0 && when(request));
    if (matching) matching.left -= 1;
    const fault = matching?.fault;
    if (fault?.kind === 'hang') return void request.resume();
    if (fault?.kind === 'reset') return void request.socket.resetAndDestroy();
    if (fault?.kind === 'error') {
      request.resume().on('end', () => {
        const { status, code, message = 'A fault on demand.' } = fault;
        response.writeHead(status, { 'content-type': 'application/xml', connection: 'close' });
        response.end(
          `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
        );
      });
      return;
    }
    if (fault?.kind === 'answer') {
      request.resume().on('end', () => response.writeHead(200, { connection: 'close' }).end(fault.body));
      return;
    }
    const onward = httpRequest(
      {
        host: this.target.hostname,
        port: this.target.port,
        method: request.method,
        path: request.url,
        headers: request.headers,
      },
      (answer) => {
        if (fault?.kind === 'lostAnswer') return void answer.resume().on('end', () => request.socket.resetAndDestroy());
        const headers = { ...answer.headers };
        if (fault?.kind === 'withoutHeader') delete headers[fault.name];
        response.writeHead(answer.statusCode ?? 500, headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }
}
