package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Ulimit;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import caisson.linux.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the document that {@code POST /containers/create} takes of what was given. */
final class ContainerBody {
  private final Invocation call;
  private final StreamChoice streams;
  private final Map<String, String> environment;
  private final PublishedPorts ports;

  ContainerBody(Invocation call, StreamChoice streams, Map<String, String> environment) {
    this.call = call;
    this.streams = streams;
    this.environment = environment;
    this.ports =
        PublishedPorts.of(call.get(ContainerFlags.PUBLISH), call.get(ContainerFlags.EXPOSE));
  }

  /**
   * The whole.
   *
   * @param size of the user's terminal, where there is one
   */
  Json build(Optional<Terminal.Size> size) {
    var body = new JsonObject().with("Image", call.first());
    if (!call.rest().isEmpty()) {
      body.with("Cmd", call.rest());
    }
    call.get(ContainerFlags.ENTRYPOINT).ifPresent(it -> body.with("Entrypoint", List.of(it)));
    streams.addTo(body);
    return body.with("Hostname", call.get(ContainerFlags.HOSTNAME))
        .with("User", call.get(ContainerFlags.USER))
        .with("WorkingDir", call.get(ContainerFlags.WORKDIR))
        .with("Env", variables())
        .with("Labels", labels())
        .with("Volumes", VolumeFlag.anonymous(call.get(ContainerFlags.VOLUME)))
        .with("StopSignal", stopSignal())
        .with("StopTimeout", call.get(ContainerFlags.STOP_TIMEOUT).map(Json::of))
        .with("ExposedPorts", ports.exposed())
        .with("Healthcheck", HealthFlags.of(call))
        .with("HostConfig", host(size))
        .build();
  }

  private List<String> variables() {
    return prefixed(
        "--env-file",
        () ->
            KeyValues.gather(
                call.get(ContainerFlags.ENV_FILE),
                call.get(ContainerFlags.ENV),
                name -> Optional.ofNullable(environment.get(name))));
  }

  private Map<String, String> labels() {
    return KeyValues.map(
        prefixed(
            "--label-file",
            () ->
                KeyValues.gather(
                    call.get(ContainerFlags.LABEL_FILE),
                    call.get(ContainerFlags.LABEL),
                    _ -> Optional.empty())));
  }

  private static List<String> prefixed(String flag, Supplier<List<String>> pairs) {
    try {
      return pairs.get();
    } catch (CaissonException e) {
      throw new CaissonException(e.code(), flag + ": " + e.text(), e);
    }
  }

  private Optional<Json> stopSignal() {
    return Optional.of(call.get(ContainerFlags.STOP_SIGNAL))
        .filter(it -> !it.isEmpty())
        .map(Json::of);
  }

  private Json host(Optional<Terminal.Size> size) {
    var host =
        new JsonObject()
            .with("NetworkMode", network())
            .with("PortBindings", ports.bindings())
            .with("PublishAllPorts", call.get(ContainerFlags.PUBLISH_ALL))
            .with("AutoRemove", call.get(ContainerFlags.RM))
            .with("RestartPolicy", RestartFlag.json(restartPolicy()))
            .with("Privileged", call.get(ContainerFlags.PRIVILEGED))
            .with("ReadonlyRootfs", call.get(ContainerFlags.READ_ONLY))
            .with("CapAdd", call.get(ContainerFlags.CAP_ADD))
            .with("CapDrop", call.get(ContainerFlags.CAP_DROP))
            .with("GroupAdd", call.get(ContainerFlags.GROUP_ADD))
            .with("SecurityOpt", securityOptions())
            .with("Sysctls", KeyValues.map(call.get(ContainerFlags.SYSCTL)))
            .with("Binds", VolumeFlag.binds(call.get(ContainerFlags.VOLUME)))
            .with("Mounts", mounts())
            .with("Tmpfs", tmpfs())
            .with("StorageOpt", KeyValues.map(call.get(ContainerFlags.STORAGE_OPT)))
            .with("ShmSize", call.get(ContainerFlags.SHM_SIZE))
            .with("Init", call.get(ContainerFlags.INIT).map(Json::of))
            .with("ConsoleSize", size.map(ContainerBody::consoleSize))
            .with("LogConfig", logging());
    addLimits(host);
    NameFlags.addTo(host, call);
    return host.build();
  }

  private void addLimits(JsonObject host) {
    host.with("Memory", call.get(ContainerFlags.MEMORY))
        .with("MemoryReservation", call.get(ContainerFlags.MEMORY_RESERVATION))
        .with("MemorySwap", call.get(ContainerFlags.MEMORY_SWAP))
        .with("NanoCpus", call.get(ContainerFlags.CPUS))
        .with("CpuShares", call.get(ContainerFlags.CPU_SHARES))
        .with("CpusetCpus", call.get(ContainerFlags.CPUSET_CPUS))
        .with("PidsLimit", call.get(ContainerFlags.PIDS_LIMIT))
        .with("Ulimits", ulimits());
  }

  private String restartPolicy() {
    var policy = call.get(ContainerFlags.RESTART);
    if (call.get(ContainerFlags.RM) && !policy.isEmpty() && !policy.equals("no")) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "Conflicting options: --restart and --rm");
    }
    return policy.isEmpty() ? "no" : policy;
  }

  private String network() {
    var network = call.get(ContainerFlags.NETWORK);
    return network.isEmpty() ? "default" : network;
  }

  /** Mount options by path, of {@code path[:options]}. */
  private Map<String, String> tmpfs() {
    var mounts = new LinkedHashMap<String, String>();
    for (var mount : call.get(ContainerFlags.TMPFS)) {
      int colon = mount.indexOf(':');
      mounts.put(
          colon < 0 ? mount : mount.substring(0, colon),
          colon < 0 ? "" : mount.substring(colon + 1));
    }
    return mounts;
  }

  private Json mounts() {
    return new Json.Items(call.get(ContainerFlags.MOUNT).stream().map(MountFlag::parse).toList());
  }

  private Json ulimits() {
    return new Json.Items(
        List.copyOf(
            call.get(ContainerFlags.ULIMIT).stream()
                .map(Ulimit::parse)
                .map(it ->
                    new JsonObject()
                        .with("Name", it.name())
                        .with("Soft", it.soft())
                        .with("Hard", it.hard())
                        .build())
                .toList()));
  }

  private Json logging() {
    return new JsonObject()
        .with("Type", call.get(ContainerFlags.LOG_DRIVER))
        .with("Config", KeyValues.map(call.get(ContainerFlags.LOG_OPT)))
        .build();
  }

  /** The security options; a seccomp profile's file is read here, where it is. */
  private List<String> securityOptions() {
    return call.get(ContainerFlags.SECURITY_OPT).stream().map(ContainerBody::inlined).toList();
  }

  private static String inlined(String option) {
    var file = option.startsWith("seccomp=") ? option.substring("seccomp=".length()) : "";
    if (file.isEmpty() || file.equals("unconfined") || file.equals("builtin")) {
      return option;
    }
    try {
      return "seccomp=" + Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "opening seccomp profile (" + file + ") failed: " + e, e);
    }
  }

  static Json consoleSize(Terminal.Size size) {
    return new Json.Items(List.of(Json.of(size.rows()), Json.of(size.columns())));
  }
}
