package caisson.engine.sandbox;

/**
 * A container whose machine an earlier daemon started.
 *
 * @param process what {@link Sandbox#process} said
 * @param events what it wrote and the log does not hold yet comes here, and an end that happened
 *     meanwhile too
 */
public record Tenant(SandboxRequest request, int process, ProcessEvents events) {
  /** The first process of a machine's first container. */
  public static final int FIRST = 1;
}
