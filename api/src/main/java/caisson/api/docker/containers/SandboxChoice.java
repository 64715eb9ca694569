package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.api.wire.LogConfig;
import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.LogLimits;
import caisson.engine.NetworkMode;
import java.util.Map;
import java.util.Set;

/** What Docker's words for a container's surroundings mean here. */
final class SandboxChoice {
  private SandboxChoice() {}

  static NetworkMode network(String mode) {
    return switch (mode) {
      case "", "default", "bridge" -> NetworkMode.BRIDGE;
      case "none" -> NetworkMode.NONE;
      case "host" ->
          throw new CaissonException(
              ErrorCode.UNSUPPORTED,
              "HostConfig.NetworkMode host: a container's virtual machine never shares the host's"
                  + " network; use bridge or none");
      default ->
          throw new CaissonException(
              ErrorCode.NOT_FOUND,
              "network " + mode + " not found: there are bridge, which is the default, and none");
    };
  }

  static ByteSize disk(Map<String, String> options, ByteSize standard) {
    refuseOthers(options, Set.of("size"), "HostConfig.StorageOpt");
    var size = options.get("size");
    return size == null ? standard : ByteSize.parse(size);
  }

  static LogLimits log(LogConfig config) {
    if (!config.type().isEmpty() && !config.type().equals("json-file")) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED,
          "HostConfig.LogConfig.Type \"" + config.type() + "\" is not supported; use json-file");
    }
    refuseOthers(config.config(), Set.of("max-size", "max-file"), "HostConfig.LogConfig.Config");
    var size = config.config().get("max-size");
    var files = config.config().get("max-file");
    return new LogLimits(
        size == null ? LogLimits.DEFAULT.fileSize() : ByteSize.parse(size),
        files == null ? LogLimits.DEFAULT.files() : files(files));
  }

  private static int files(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException e) {
      // reported below, like a number that is too small
    }
    throw BadRequest.of("max-file is a number of files of at least 1, not \"" + text + "\"");
  }

  private static void refuseOthers(Map<String, String> options, Set<String> known, String field) {
    for (var name : options.keySet()) {
      if (!known.contains(name)) {
        throw new CaissonException(
            ErrorCode.UNSUPPORTED, field + " " + name + " is not supported; known are " + known);
      }
    }
  }
}
