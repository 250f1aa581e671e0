/**
 * Condition for a new export in a deployment.
 *
 * CloudFormation updates a resource only if one of its properties changes, and a change of a QuickSight asset is not such a
 * change. A trigger is a property for this purpose. It is part of the template, and the change set shows it.
 */
export class ExportTrigger {
  /**
   * Exports again if a property of the export changes, such as its assets or its format.
   */
  public static onChange(): ExportTrigger {
    return new ExportTrigger();
  }

  /**
   * Exports again in each deployment. The template contains the time of the synthesis, so every change set lists the export,
   * and `cdk diff` always shows a difference.
   */
  public static everyDeployment(): ExportTrigger {
    return new ExportTrigger(new Date().toISOString());
  }

  /**
   * Exports again if the value differs from that of the last deployment.
   *
   * @param value Any text, such as a release number, a commit or a date. It can be a token.
   */
  public static when(value: string): ExportTrigger {
    return new ExportTrigger(value);
  }

  private constructor(
    /**
     * Value of the property in the template. Undefined for `onChange`.
     */
    public readonly value?: string,
  ) {}
}
