package caisson.vmm;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Starts virtual machines, and finds and clears away those of earlier daemons. */
public interface Vmm {
  /**
   * Starts a machine; it boots when this returns, and its agent will answer on its socket. On
   * failure nothing is left.
   *
   * @throws caisson.base.CaissonException UNSUPPORTED if something is missing on the host,
   *     VM_FAILED if the machine does not start
   */
  Vm start(VmSpec spec);

  /** Whether a machine like {@code spec} would be a clone now, and so cheap to have ready. */
  boolean clones(VmSpec spec);

  /**
   * Takes over a machine that an earlier daemon started.
   *
   * @return empty if it is gone, with everything that was left of it cleared away
   */
  Optional<Vm> adopt(VmId id);

  /**
   * What is there and belongs to none of the machines in {@code known}, which has to hold those
   * that are being started too.
   */
  List<VmRemains> remains(Set<VmId> known);

  /** Machines that are there, whole or not, and are not in {@code known}. */
  Set<VmId> strangers(Set<VmId> known);

  /** Removes what {@link #remains} lists. */
  void sweep(Set<VmId> known);

  /** The templates that machines are clones of. */
  VmTemplates templates();

  /** What machines run on. */
  VmmStatus status();
}
