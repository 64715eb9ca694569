package caisson.vmm;

import caisson.base.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A virtual machine that runs. Every method may be called from any thread. */
public interface Vm {
  VmId id();

  /** The VMM's process id on the host. */
  long pid();

  /** The Unix stream socket that is the host's end of the agent's port; one client at a time. */
  Path agentSocket();

  /**
   * The socket by which slirp4netns, which carries the machine's user-mode network, is told of
   * ports to publish; nobody listens where the network is another.
   */
  Path portSocket();

  /** What the guest has to set on its network card; empty with {@link VmNetwork#NONE}. */
  Optional<GuestAddress> address();

  /**
   * Gives a machine its disks in place of those that it was started with; the guest finds them when
   * this returns. No disk of before may be mounted.
   *
   * @throws caisson.base.CaissonException NOT_FOUND if one cannot be opened, VM_FAILED if the
   *     machine does not take it
   */
  void assign(List<VmDisk> disks);

  /**
   * Shows a machine that was started with shares further ones; the guest finds them when this
   * returns. On failure none is there.
   *
   * @throws caisson.base.CaissonException NOT_FOUND if one's source is not there, VM_FAILED if it
   *     cannot be shown
   */
  void share(List<VmShare> shares);

  /** Takes away what {@link #share} has shown, by names; those that are not there do no harm. */
  void unshare(List<String> names);

  /** The last lines of the guest's console, for people. */
  String consoleTail();

  /**
   * Has {@code listener} told, once, when the VMM's process is gone, with a sentence that says what
   * is known of it; at once if it is gone already.
   */
  void onExit(Consumer<String> listener);

  /** Waits for the VMM's process to be gone; false when the time is up. */
  boolean awaitExit(Duration timeout) throws InterruptedException;

  /** The guest's memory. */
  ByteSize memory();

  /** Stops the virtual CPUs, and with them the guest's monotonic clock. */
  void pause();

  /** Lets the virtual CPUs run; does no harm where they do. */
  void resume();

  /** Has the machine run no more; {@link #destroy} clears away what is left of it. */
  void kill();

  /** Ends the machine at once and clears away all that belongs to it, whatever state it is in. */
  void destroy();

  /** Lets go of the machine, which runs on for a later daemon. */
  void release();
}
