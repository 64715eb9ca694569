package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container gets of this host.
 *
 * @param networkMode {@code default}, {@code bridge} or {@code none}; "" means the first
 * @param consoleSize rows and columns, or two zeros
 * @param init whether process 1 is a small init and the command its child
 * @param binds {@code SOURCE:DESTINATION[:MODE]}, the source a path of the host or a volume's name
 * @param mounts the same and more, as objects
 * @param tmpfs mount options by path
 * @param shmSize bytes of /dev/shm; 0 for 64 MiB
 * @param dns addresses of name servers
 * @param extraHosts {@code NAME:ADDRESS}
 * @param storageOpt {@code size} is the size of the writable disk
 */
public record HostConfig(
    String networkMode,
    boolean autoRemove,
    LogConfig logConfig,
    RestartPolicy restartPolicy,
    Optional<List<Integer>> consoleSize,
    Optional<Boolean> init,
    List<String> binds,
    List<Mount> mounts,
    Map<String, String> tmpfs,
    long shmSize,
    List<String> dns,
    List<String> dnsSearch,
    List<String> dnsOptions,
    List<String> extraHosts,
    List<Device> devices,
    Map<String, String> storageOpt,
    @JsonUnwrapped Publishing publishing,
    @JsonUnwrapped Resources resources,
    @JsonUnwrapped Confinement confinement) {
  /** What a request without one means. */
  public static final HostConfig DEFAULT = WireJson.read(new byte[] {'{', '}'}, HostConfig.class);

  public HostConfig {
    networkMode = Absent.text(networkMode).isEmpty() ? "default" : networkMode;
    consoleSize = consoleSize.map(Absent::list);
    logConfig = Absent.or(logConfig, LogConfig.DEFAULT);
    restartPolicy = Absent.or(restartPolicy, RestartPolicy.NEVER);
    binds = Absent.list(binds);
    mounts = Absent.list(mounts);
    tmpfs = Absent.texts(tmpfs);
    storageOpt = Absent.texts(storageOpt);
    dns = Absent.list(dns);
    dnsSearch = Absent.list(dnsSearch);
    dnsOptions = Absent.list(dnsOptions);
    extraHosts = Absent.list(extraHosts);
    devices = Absent.list(devices);
  }

  /** The same after an update. */
  public HostConfig updated(Resources limits, RestartPolicy policy) {
    return new HostConfig(
        networkMode,
        autoRemove,
        logConfig,
        policy,
        consoleSize,
        init,
        binds,
        mounts,
        tmpfs,
        shmSize,
        dns,
        dnsSearch,
        dnsOptions,
        extraHosts,
        devices,
        storageOpt,
        publishing,
        limits,
        confinement);
  }
}
