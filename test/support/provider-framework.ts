import { dirname, join } from 'node:path';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Attributes } from '../../lambda/export/manifest';
import type { IsCompleteResult } from '../../lambda/lifecycle/is-complete-handler';
import type { IsCompleteEvent, OnEventResult } from '../../lambda/lifecycle/job-request';

export interface Handlers {
  readonly onEvent: (event: CloudFormationCustomResourceEvent) => OnEventResult;
  readonly isComplete: (event: IsCompleteEvent) => Promise<IsCompleteResult<Attributes>>;
}

/** The calls that the framework makes: `outbound.js` of its runtime, without the SDK. */
interface Outbound {
  startExecution: (waiter: { input: string }) => void;
  invokeFunction: (call: { FunctionName: string; Payload: string }) => Promise<object>;
  httpRequest: (options: object, body: string) => Promise<void>;
}

const outbound: Partial<Outbound> = {};

type Framework = Record<'onEvent' | 'isComplete' | 'onTimeout', (event: unknown) => Promise<void>>;

/** Attempts of the waiter. The deployed one has 3,600. */
const MAX_ATTEMPTS = 1000;

/** Thrown by a handler whose process Lambda ended. */
export class FunctionDeath extends Error {
  /** @param payload what Lambda returns to the caller. */
  public constructor(public readonly payload: { readonly errorType: string; readonly errorMessage: string }) {
    super(payload.errorMessage);
  }
}

/** Thrown by a handler that runs longer than the timeout of the framework's function that waits for it. */
export class FrameworkTimeout extends Error {}

/** The provider framework's own functions, as aws-cdk-lib ships them. */
function framework(): Framework {
  const runtime = join(
    dirname(require.resolve('aws-cdk-lib/package.json')),
    'custom-resources',
    'lib',
    'provider-framework',
    'runtime',
  );
  jest.doMock(join(runtime, 'outbound.js'), () => outbound);
  // The framework logs to the console.
  jest.doMock(join(runtime, 'util.js'), () => ({
    ...jest.requireActual<object>(join(runtime, 'util.js')),
    log: () => undefined,
  }));
  return jest.requireActual<Framework>(join(runtime, 'framework.js'));
}

/** A function name of the maximum length. */
export const functionName = (name: string): string => name.padEnd(64, 'x');

const functionArn = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${functionName(name)}`;

/** The response of the Lambda runtime, or of Lambda in its place. */
async function invoke(run: () => unknown): Promise<object> {
  try {
    return { Payload: JSON.stringify(await run()) };
  } catch (error) {
    if (error instanceof FrameworkTimeout) throw error;
    if (error instanceof FunctionDeath) return { FunctionError: 'Unhandled', Payload: JSON.stringify(error.payload) };
    const { name, message, stack } = error as Error;
    return {
      FunctionError: 'Unhandled',
      Payload: JSON.stringify({ errorType: name, errorMessage: message, trace: stack?.split('\n') }),
    };
  }
}

const NEVER = new Promise<never>(() => undefined);

/** The body that the real framework sends to CloudFormation for a request. */
export async function responseTo(
  event: CloudFormationCustomResourceEvent,
  { onEvent, isComplete }: Handlers,
): Promise<string> {
  const functions = framework();
  process.env.USER_ON_EVENT_FUNCTION_ARN = functionArn('on-event');
  process.env.USER_IS_COMPLETE_FUNCTION_ARN = functionArn('is-complete');
  process.env.WAITER_STATE_MACHINE_ARN = 'arn:aws:states:us-east-1:123456789012:stateMachine:waiter';
  let waiterInput: string | undefined;
  let response: string | undefined;
  outbound.startExecution = ({ input }) => {
    waiterInput = input;
  };
  outbound.httpRequest = async (_, body) => {
    // CloudFormation takes the first response.
    response ??= body;
  };
  outbound.invokeFunction = ({ Payload }) => invoke(() => onEvent(JSON.parse(Payload)));
  await functions.onEvent(structuredClone(event));
  const attempt = (input: string): Promise<void> =>
    new Promise((resolve, reject) => {
      outbound.invokeFunction = ({ Payload }) =>
        invoke(() => isComplete(JSON.parse(Payload))).catch((error: Error) => {
          // Lambda ends the framework's function: it does not continue, and the waiter receives an error.
          reject(error);
          return NEVER;
        });
      functions.isComplete(JSON.parse(input)).then(resolve, reject);
    });
  if (waiterInput !== undefined) await waitUntilComplete(waiterInput, attempt, functions.onTimeout);
  if (response === undefined) throw new Error('the framework sent no response');
  return response;
}

/** The waiter. Step Functions repeats an attempt after any error, and calls framework-onTimeout after the last one. */
async function waitUntilComplete(
  input: string,
  attempt: (input: string) => Promise<void>,
  onTimeout: (event: unknown) => Promise<void>,
): Promise<void> {
  let failure: Error | undefined;
  for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts++) {
    try {
      return await attempt(input);
    } catch (error) {
      failure = error as Error;
    }
  }
  await onTimeout({ Error: failure?.name, Cause: JSON.stringify({ errorMessage: failure?.message }) });
}
