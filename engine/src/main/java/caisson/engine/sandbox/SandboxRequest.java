package caisson.engine.sandbox;

import caisson.base.ContainerId;
import caisson.engine.ContainerRequest;
import caisson.engine.NameResolution;
import caisson.network.PortRequest;
import caisson.oci.runtime.Spec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a container needs of its virtual machine.
 *
 * @param ports of the container that are to be reached by the host's
 * @param groups further groups of the process, by name or number, resolved in the guest
 * @param init whether a small init of ours is process 1 and the command its child
 * @param openStdin whether the process gets a standard input that stays open
 * @param names how it resolves names
 * @param directory the container's own directory, for its writable disk and its console's last
 *     words
 * @param volumes where the volumes are that the spec mounts, by name
 * @param streams how much of the first process's output is kept
 */
public record SandboxRequest(
    ContainerId id,
    Spec spec,
    RootFiles root,
    Uplink uplink,
    List<PortRequest> ports,
    List<String> groups,
    boolean init,
    boolean openStdin,
    NameResolution names,
    Path directory,
    Map<String, VolumePlace> volumes,
    Kept streams) {
  public SandboxRequest {
    ports = List.copyOf(ports);
    groups = List.copyOf(groups);
    volumes = Map.copyOf(volumes);
  }

  /**
   * How much of a process's output somebody has kept, in bytes.
   *
   * @param stdoutBase what was kept of standard output when this run began
   * @param stderrBase the same for standard error
   * @param stdout what is kept of standard output now
   * @param stderr the same for standard error
   */
  public record Kept(long stdoutBase, long stderrBase, long stdout, long stderr) {
    /** Of a process that begins, and whose output is kept nowhere before. */
    public static final Kept NOTHING = new Kept(0, 0, 0, 0);
  }

  /** What a container of an image needs. */
  public static SandboxRequest of(
      ContainerId id,
      ContainerRequest container,
      Path directory,
      Map<String, VolumePlace> volumes,
      Kept streams) {
    var options = container.sandbox();
    return new SandboxRequest(
        id,
        container.spec(),
        new RootFiles.OfImage(options.image(), options.disk()),
        new Uplink.OfMode(options.network()),
        options.ports(),
        options.groups(),
        options.init(),
        container.openStdin(),
        options.names(),
        directory,
        volumes,
        streams);
  }
}
