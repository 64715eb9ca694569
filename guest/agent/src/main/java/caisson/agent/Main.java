package caisson.agent;

import caisson.libc.Machine;

/** The first program of the guest. */
public final class Main {
  private Main() {}

  /** Powers the machine off: there is nothing to do yet. */
  public static void main(String[] args) {
    Machine.reboot(Machine.RB_POWER_OFF);
  }
}
