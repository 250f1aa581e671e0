/** The options of `npm start`, as parse-options.mjs returns them. */
export interface StartOptions {
  /** Path of a bundle file or of the folder of an unpacked one. Its assets replace the sample account. */
  readonly bundle?: string;
  /** Assets to export, each as type/id. Default: the sample's dashboard and folder, or all assets of the bundle. */
  readonly assets?: readonly string[];
  readonly format: 'QUICKSIGHT_JSON' | 'CLOUDFORMATION_JSON';
  readonly port?: number;
  readonly quicksightPort?: number;
  /** Keep everything running until Ctrl-C. */
  readonly keep: boolean;
}
