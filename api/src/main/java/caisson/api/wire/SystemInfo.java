package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The answer of {@code GET /info}. */
public record SystemInfo(
    @JsonProperty("ID") String id,
    String name,
    String serverVersion,
    Instant systemTime,
    @JsonUnwrapped Counts counts,
    @JsonUnwrapped Host host,
    @JsonUnwrapped Storage storage,
    @JsonUnwrapped Abilities abilities,
    @JsonUnwrapped Registry registry,
    Machines caisson,
    Swarm swarm,
    List<String> labels,
    List<String> warnings) {
  public SystemInfo {
    labels = Absent.list(labels);
    warnings = Absent.list(warnings);
  }

  /** How many there are. */
  public record Counts(
      int containers,
      int containersRunning,
      int containersPaused,
      int containersStopped,
      int images) {}

  /**
   * The machine below.
   *
   * @param memTotal bytes
   */
  public record Host(
      String kernelVersion,
      String operatingSystem,
      @JsonProperty("OSType") String osType,
      String architecture,
      @JsonProperty("NCPU") int cpus,
      long memTotal) {}

  /** Where and how images and containers are kept. */
  public record Storage(
      String driver,
      List<List<String>> driverStatus,
      String dockerRootDir,
      String loggingDriver,
      String cgroupDriver,
      String cgroupVersion) {
    public Storage {
      driverStatus = Absent.list(driverStatus);
    }
  }

  /** What containers can be given; clients warn where one is missing. */
  public record Abilities(
      boolean memoryLimit,
      boolean swapLimit,
      boolean cpuCfsPeriod,
      boolean cpuCfsQuota,
      @JsonProperty("CPUShares") boolean cpuShares,
      @JsonProperty("CPUSet") boolean cpuSet,
      boolean pidsLimit,
      @JsonProperty("IPv4Forwarding") boolean ipv4Forwarding,
      @JsonProperty("BridgeNfIptables") boolean bridgeNfIptables,
      @JsonProperty("BridgeNfIp6tables") boolean bridgeNfIp6tables,
      boolean oomKillDisable,
      List<String> securityOptions,
      Map<String, List<String>> plugins,
      Map<String, Map<String, String>> runtimes,
      String defaultRuntime,
      String initBinary,
      boolean liveRestoreEnabled,
      boolean experimentalBuild) {
    public Abilities {
      securityOptions = Absent.list(securityOptions);
      plugins = Absent.map(plugins);
      runtimes = Absent.map(runtimes);
    }
  }

  /** Not a member of a swarm: {@code inactive}. */
  public record Swarm(String localNodeState) {}

  /** Where images come from. */
  public record Registry(String indexServerAddress) {}

  /**
   * What containers' machines run on.
   *
   * @param accelerator {@code kvm} or {@code tcg}
   * @param acceleratorReason why that one
   * @param guestKernel its release or its file
   */
  public record Machines(
      String accelerator, String acceleratorReason, String guestKernel, String qemuVersion) {}
}
