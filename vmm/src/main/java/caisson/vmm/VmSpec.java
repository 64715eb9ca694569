package caisson.vmm;

import caisson.base.ByteSize;
import java.util.List;

/**
 * What a virtual machine is made of.
 *
 * @param memory of the guest; used lazily, so it is a bound and not a cost
 * @param cpus virtual CPUs
 * @param disks there when the machine's agent answers
 * @param shares what the guest gets to see of the host's files
 */
public record VmSpec(
    VmId id,
    ByteSize memory,
    int cpus,
    VmNetwork network,
    List<VmDisk> disks,
    List<VmShare> shares) {
  public VmSpec {
    disks = List.copyOf(disks);
    shares = List.copyOf(shares);
  }
}
