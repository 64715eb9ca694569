package caisson.engine.vm;

import caisson.engine.NetworkEndpoint;
import caisson.network.PortRequest;
import caisson.vmm.Vm;
import caisson.vmm.VmNetwork;
import java.util.List;

/** A card that leads nowhere. */
record NoLink() implements Link {
  @Override
  public VmNetwork network() {
    return VmNetwork.NONE;
  }

  @Override
  public NetworkEndpoint endpoint() {
    return NetworkEndpoint.NONE;
  }

  /** Nobody could reach the machine: what is to be published is ignored, as Docker does. */
  @Override
  public void publish(Vm vm, List<PortRequest> requests) {}

  @Override
  public void close() {}
}
