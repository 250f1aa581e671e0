/**
 * What makes a deployment export again.
 *
 * CloudFormation calls a resource only when one of its properties has changed, and QuickSight assets change without that.
 * A trigger is a property for that purpose: it is part of the template, and the change set shows it.
 */
export class ExportTrigger {
  /**
   * Exports again when a property of the export changes, such as its assets or its format, and not otherwise.
   */
  public static onChange(): ExportTrigger {
    return new ExportTrigger();
  }

  /**
   * Exports again with each deployment. The time of synthesis is written into the template, so every change set lists the
   * export, and `cdk diff` is never empty.
   */
  public static everyDeployment(): ExportTrigger {
    return new ExportTrigger(new Date().toISOString());
  }

  /**
   * Exports again when this text differs from that of the last deployment.
   *
   * @param value for instance a release number, a commit, or a date of your choice; a token is fine.
   */
  public static when(value: string): ExportTrigger {
    return new ExportTrigger(value);
  }

  private constructor(
    /**
     * The text in the template; none for `onChange`.
     */
    public readonly value?: string,
  ) {}
}
