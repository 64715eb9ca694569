package caisson.engine;

import caisson.base.ByteSize;
import caisson.base.Digest;
import caisson.network.PortRequest;
import java.util.List;

/**
 * What the OCI spec does not say about a container's virtual machine.
 *
 * @param image the image's id
 * @param imageName the image as the user named it, for tables and events
 * @param disk the size of the writable disk
 * @param ports of the container that are to be reached by the host's
 * @param groups that all its processes are in too, names of the image's own or numbers
 * @param init whether a small init of ours is process 1 and the command its child
 * @param names how it resolves names
 */
public record SandboxOptions(
    Digest image,
    String imageName,
    ByteSize disk,
    NetworkMode network,
    List<PortRequest> ports,
    List<String> groups,
    boolean init,
    NameResolution names) {
  public SandboxOptions {
    ports = List.copyOf(ports);
    groups = List.copyOf(groups);
  }

  /** Without published ports, and with names as the machine resolves them. */
  public SandboxOptions(
      Digest image, String imageName, ByteSize disk, NetworkMode network, boolean init) {
    this(image, imageName, disk, network, List.of(), List.of(), init, NameResolution.DEFAULT);
  }
}
