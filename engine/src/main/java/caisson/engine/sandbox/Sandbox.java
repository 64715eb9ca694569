package caisson.engine.sandbox;

import caisson.oci.runtime.ProcessSpec;

/** A running virtual machine and the processes of one container in it. */
public interface Sandbox {
  /** The virtual machine's id. */
  String vm();

  /** The VMM's process id on the host. */
  long pid();

  /** The container's first process. */
  GuestProcess init();

  /** Starts a further process in the container; it runs when this returns. */
  GuestProcess exec(ProcessSpec process, boolean openStdin, ProcessEvents events);

  /** Lets the guest write its disks and end, and clears the machine away. */
  void shutDown();

  /** Ends the machine at once, unwritten data lost, and clears it away. */
  void discard();

  /** Lets go of the machine, which runs on for a later daemon. */
  void leave();
}
