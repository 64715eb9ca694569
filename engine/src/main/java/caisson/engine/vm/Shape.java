package caisson.engine.vm;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.oci.runtime.Resources;
import caisson.oci.runtime.Spec;
import java.util.List;
import java.util.Optional;

/**
 * A machine's memory and virtual CPUs. Memory comes in classes, so that machines of one class can
 * be clones of each other; what a class has too much costs nothing, because a guest's memory is
 * used lazily and the container's own limit is a cgroup's.
 */
record Shape(ByteSize memory, int cpus) {
  private static final List<ByteSize> CLASSES =
      List.of(ByteSize.ofMib(512), ByteSize.ofGib(2), ByteSize.ofGib(8));
  private static final ByteSize UNLIMITED = ByteSize.ofGib(2);

  /** What the guest's kernel and agent need beside the container, in bytes. */
  private static final long OVERHEAD = ByteSize.ofMib(64).bytes();

  private static final int MOST_CPUS = 16;

  /**
   * The smallest that holds a container of {@code spec}.
   *
   * @param hostCpus the host's CPUs: more than one costs nothing, so a machine has as many
   */
  static Shape of(Spec spec, int hostCpus) {
    long limit = Limits.memory(spec);
    return of(limit < 0 ? Optional.empty() : Optional.of(new ByteSize(limit)), hostCpus);
  }

  /** The smallest that holds a container with that memory limit. */
  static Shape of(Optional<ByteSize> limit, int hostCpus) {
    var memory =
        limit.map(most -> holding(Math.addExact(most.bytes(), OVERHEAD))).orElse(UNLIMITED);
    return new Shape(memory, Math.clamp(hostCpus, 1, MOST_CPUS));
  }

  /** How many virtual CPUs every machine on this host has. */
  static int ofHost() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_CPUS);
  }

  /**
   * Refuses limits that a running machine cannot hold: it gets no more memory while it runs.
   *
   * @throws CaissonException CONFLICT
   */
  static void requireRoom(ByteSize memory, Resources resources) {
    long limit = Limits.memory(resources);
    if (limit > memory.bytes() - OVERHEAD) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "a memory limit of %d bytes does not fit into the container's running machine, which has %d MiB and needs %d of them itself; stop the container, update it and start it again"
              .formatted(limit, memory.mib(), OVERHEAD >> 20));
    }
  }

  /**
   * Refuses a further container whose limit a running machine cannot hold.
   *
   * @throws CaissonException CONFLICT
   */
  static void requireRoomBeside(ByteSize memory, Spec spec) {
    long limit = Limits.memory(spec);
    if (limit > memory.bytes() - OVERHEAD) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "a memory limit of %d bytes does not fit into the machine of the containers that this one is to join, which has %d MiB and needs %d of them itself; give the first of them that memory"
              .formatted(limit, memory.mib(), OVERHEAD >> 20));
    }
  }

  private static ByteSize holding(long bytes) {
    var needed = ByteSize.ofMib(new ByteSize(bytes).mib());
    return CLASSES.stream().filter(size -> size.compareTo(needed) >= 0).findFirst().orElse(needed);
  }
}
