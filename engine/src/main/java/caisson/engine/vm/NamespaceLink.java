package caisson.engine.vm;

import caisson.engine.NetworkEndpoint;
import caisson.network.GivenNamespace;
import caisson.network.PortRequest;
import caisson.vmm.Vm;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A place in a network namespace that somebody else has made and looks after. */
record NamespaceLink(Path namespace, VmId machine) implements Link {
  private static final String TAP = "cv";
  private static final int DIGITS = 13;

  @Override
  public VmNetwork network() {
    return new VmNetwork.Namespace(namespace, tap());
  }

  private String tap() {
    return TAP + machine.value().substring(0, DIGITS);
  }

  @Override
  public NetworkEndpoint endpoint() {
    return NetworkEndpoint.NONE;
  }

  /** Who made the namespace publishes what is to be published. */
  @Override
  public void publish(Vm vm, List<PortRequest> requests) {}

  @Override
  public Optional<GivenNamespace.Interface> join() {
    return new GivenNamespace(namespace).redirect(tap());
  }

  /** The tap goes with the machine, and what leads to it with the tap. */
  @Override
  public void close() {}
}
