import { createHash } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export type Answers = (request: IncomingMessage) => Answer;

/** The requests of each call in one environment, sorted: those of one call may be sent in any order. */
export type Calls = Record<string, Recorded[]>;

export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, unknown>;
  readonly sha256: string;
}

/** Takes down every request that reaches it, but for what differs each time; every environment gets answers of its own. */
export class Recorder {
  public readonly environments: Calls[] = [];
  private calls: Calls = {};
  private requests: Recorded[] = [];
  private readonly server: Server;

  public constructor(private readonly answers: readonly Answers[]) {
    this.server = createServer((request, response) => {
      void this.take(request).then(({ status, headers, body }) =>
        response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body),
      );
    });
  }

  public async start(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage): Promise<Answer> {
    const body = await buffer(request);
    const [, call] = /^\/end-of-call\/(\w+)$/.exec(request.url ?? '') ?? [];
    if (call !== undefined) {
      this.calls[call] = this.requests.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
      this.requests = [];
      return { status: 200 };
    }
    if (request.url === '/end-of-environment') {
      this.environments.push(this.calls);
      this.calls = {};
      return { status: 200 };
    }
    this.requests.push({
      method: request.method ?? '',
      url: request.url ?? '',
      headers: settled(request),
      sha256: createHash('sha256').update(body).digest('hex'),
    });
    return this.answers[this.environments.length]?.(request) ?? { status: 500 };
  }
}

const DIFFERS_EACH_TIME = new Set(['x-amz-date', 'amz-sdk-invocation-id']);

/** The headers, with what is signed and with what, but not the signature, nor what is never the same. */
function settled({ headers, socket }: IncomingMessage): Record<string, unknown> {
  const { authorization = '', host = '', ...others } = headers;
  return {
    ...Object.fromEntries(Object.entries(others).filter(([name]) => !DIFFERS_EACH_TIME.has(name))),
    host: host.replace(`:${socket.localPort}`, ''),
    authorization: authorization.replace(/Signature=\w+/, '').replace(/\/\d{8}\//, '/'),
  };
}
