/** The options of `npm run test:aws`, as parse-options.mjs returns them: a dashboard to export, or a stack to destroy. */
export interface CheckOptions {
  readonly dashboard?: string;
  /** Name of the stack of an earlier run. */
  readonly destroy?: string;
  /** Default: the region of the environment. */
  readonly region?: string;
  /** Create without a question. */
  readonly yes: boolean;
}
