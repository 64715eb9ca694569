package caisson.launch;

import caisson.libc.Processes;

/** Starts a virtual machine's QEMU, confined, as described on standard input. */
public final class Main {
  private Main() {}

  /** Exits with 125: nothing is described yet. */
  public static void main(String[] args) {
    Processes.exit(125);
  }
}
