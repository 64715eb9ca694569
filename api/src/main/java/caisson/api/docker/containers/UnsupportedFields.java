package caisson.api.docker.containers;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a container's creation that are Docker's and that this daemon does not honour.
 * Clients always send them, with values that mean nothing is wanted; any other value is refused
 * rather than ignored.
 */
public final class UnsupportedFields {
  private static final List<String> OF_CONFIG =
      List.of("MacAddress", "NetworkDisabled", "OnBuild", "Shell");
  private static final List<String> OF_HOST =
      List.of(
          "Annotations",
          "BlkioDeviceReadBps",
          "BlkioDeviceReadIOps",
          "BlkioDeviceWriteBps",
          "BlkioDeviceWriteIOps",
          "BlkioWeight",
          "BlkioWeightDevice",
          "Cgroup",
          "CgroupParent",
          "CgroupnsMode",
          "CpuCount",
          "CpuPercent",
          "CpuRealtimePeriod",
          "CpuRealtimeRuntime",
          "DeviceCgroupRules",
          "DeviceRequests",
          "IOMaximumBandwidth",
          "IOMaximumIOps",
          "IpcMode",
          "Isolation",
          "KernelMemory",
          "KernelMemoryTCP",
          "Links",
          "MemoryReservation",
          "MemorySwappiness",
          "OomKillDisable",
          "PidMode",
          "Runtime",
          "UTSMode",
          "UsernsMode",
          "VolumeDriver",
          "VolumesFrom");
  private static final List<String> OF_ENDPOINT =
      List.of("Aliases", "DriverOpts", "IPAMConfig", "Links", "MacAddress");

  /** Values that name what every container has anyway. */
  private static final Map<String, Set<String>> HARMLESS =
      Map.of(
          "CgroupnsMode", Set.of("private"),
          "IpcMode", Set.of("private", "shareable"),
          "Isolation", Set.of("default"),
          "MemorySwappiness", Set.of("-1"),
          "Runtime", Set.of("caisson"),
          "VolumeDriver", Set.of("local"));

  private UnsupportedFields() {}

  /** Refuses a request that wants something which would not happen. */
  public static void refuse(JsonNode request) {
    refuse(request, OF_CONFIG, "");
    var host = field(request, "HostConfig");
    refuse(host, OF_HOST, "HostConfig.");
    var endpoints = field(field(request, "NetworkingConfig"), "EndpointsConfig");
    endpoints.forEach(each -> refuse(each, OF_ENDPOINT, "NetworkingConfig.EndpointsConfig."));
  }

  /** Refuses an update of what cannot be changed. */
  static void refuseUpdate(JsonNode request) {
    refuse(request, OF_HOST, "");
    refuse(request, List.of("Ulimits"), "");
  }

  private static void refuse(JsonNode object, List<String> names, String where) {
    for (var name : names) {
      var value = field(object, name);
      boolean harmless = HARMLESS.getOrDefault(name, Set.of()).contains(value.asText());
      if (!meansNothing(value) && !harmless) {
        throw new CaissonException(
            ErrorCode.UNSUPPORTED, where + name + " is not supported yet: " + value);
      }
    }
  }

  /** A field by its name in any case, as Go reads it; missing if there is none. */
  private static JsonNode field(JsonNode object, String name) {
    for (var each : object.properties()) {
      if (each.getKey().equalsIgnoreCase(name)) {
        return each.getValue();
      }
    }
    return MissingNode.getInstance();
  }

  private static boolean meansNothing(JsonNode value) {
    if (value.isContainerNode()) {
      for (var each : value) {
        if (value.isArray() || !meansNothing(each)) {
          return false;
        }
      }
      return true;
    }
    return switch (value.asText()) {
      case "", "null", "0", "false" -> true;
      default -> value.isMissingNode();
    };
  }
}
