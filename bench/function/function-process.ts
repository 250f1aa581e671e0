import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { IsCompleteEvent } from '../../lambda/lifecycle/job-request';
import type { Invoked } from '../copy/processes/function';
import { Sandbox } from './sandbox';

/** isComplete in a process of its own, with the memory and the processor share of its memory size in Lambda. */
export class FunctionProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly sandbox: Sandbox,
    private readonly ended: Promise<string>,
  ) {}

  /** As in Lambda, the initialization has a whole processor. */
  public static async start(
    node: string,
    script: string,
    memoryMegabytes: number,
    env: NodeJS.ProcessEnv,
  ): Promise<FunctionProcess> {
    const sandbox = new Sandbox(memoryMegabytes);
    const [command, args] = sandbox.limited(node, [script]);
    const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => (errors += text));
    const ended = once(child, 'close').then(([code, signal]) => `${signal ?? code}: ${errors.trim()}`);
    const started = new FunctionProcess(child, sandbox, ended);
    await started.message();
    sandbox.throttle(child.pid as number);
    return started;
  }

  public async invoke(event: IsCompleteEvent): Promise<Invoked> {
    this.child.send(event);
    return (await this.message()) as Invoked;
  }

  public async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
    this.sandbox.remove();
  }

  private async message(): Promise<unknown> {
    const ended = this.ended.then((how) => {
      throw new Error(`The function ended with ${how}`);
    });
    ended.catch(() => {});
    const [message] = (await Promise.race([once(this.child, 'message'), ended])) as [unknown];
    return message;
  }
}
