package caisson.engine.sandbox;

import caisson.engine.ContainerStats;
import caisson.engine.GuestTask;
import caisson.engine.NetworkEndpoint;
import caisson.engine.Signal;
import caisson.guest.protocol.ArchiveSetup;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.Resources;
import java.util.List;

/** A running virtual machine and the processes of one container in it. */
public interface Sandbox {
  /** The virtual machine's id. */
  String vm();

  /** The VMM's process id on the host. */
  long pid();

  /** How the container is reached. */
  NetworkEndpoint endpoint();

  /** How long its start took; nothing of one that was taken over. */
  StartTimings timings();

  /** The container's first process. */
  GuestProcess init();

  /** The first process's number between host and guest, by which a later daemon finds it. */
  int process();

  /**
   * Makes a further container in this machine, whose first process waits for {@link #begin}. The
   * machine ends with the last of its containers. On failure nothing is left of this one.
   *
   * @throws caisson.base.CaissonException CONFLICT if the machine is ending or cannot hold it
   */
  Sandbox join(SandboxRequest request, List<Neighbour> neighbours, ProcessEvents events);

  /** Lets the first process run that was made to wait for it. */
  void begin();

  /** Sends a signal to every process of the container. */
  void signalAll(Signal signal);

  /** Starts a further process in the container; it runs when this returns. */
  GuestProcess exec(ProcessSpec process, boolean openStdin, ProcessEvents events);

  /** Stops the container's processes and the machine's CPUs; does no harm where they are. */
  void pause();

  /** Lets them go on, with the right time; does no harm where they do. */
  void unpause();

  /**
   * Lets somebody work with the container's files, until as many {@link #release}s. The CPUs of a
   * paused container's machine go meanwhile, its processes do not.
   *
   * @param still whether the processes of one that is not paused stand still too
   */
  void hold(boolean still);

  /**
   * The end of work with the container's files.
   *
   * @param still what was said when it began
   */
  void release(boolean still);

  /** Changes the container's limits; CONFLICT, with the reason, if the machine cannot hold them. */
  void update(Resources resources);

  /** What the container uses; of a paused one, what it used when it was paused. */
  ContainerStats stats();

  /** The container's processes. */
  List<GuestTask> tasks();

  /** Works with the files of a container that is held; ends as {@link ArchiveSetup} says. */
  GuestProcess files(ArchiveSetup work, ProcessEvents events);

  /**
   * Lets the guest write its disks and end, and clears the machine away; where other containers are
   * in it, clears away this one.
   */
  void shutDown();

  /**
   * Ends the machine at once, unwritten data lost, and clears it away; where other containers are
   * in it, ends this one.
   */
  void discard();

  /**
   * Ends the machine at once, as {@link #discard} does, when nobody will ask for anything of its
   * container's again: what is left of it on the host is cleared away later.
   */
  void abandon();

  /** Lets go of the machine, which runs on for a later daemon. */
  void leave();
}
