package caisson.engine.bundle;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.BundleKey;
import caisson.engine.sandbox.Neighbour;
import caisson.oci.runtime.LinuxSpec;
import caisson.oci.runtime.Namespace;
import caisson.oci.runtime.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose machine a container is to be in: that of the container whose namespaces it joins, by the
 * monitor that stands for it, or of the sandbox of its pod, which Kubernetes' engines name in
 * annotations.
 *
 * @param host a container of that machine
 * @param neighbours whose namespaces it shares, network aside
 */
record Membership(BundleContainer host, List<Neighbour> neighbours) {
  private static final Pattern OF_PROCESS = Pattern.compile("/proc/([0-9]{1,10})/ns/[a-z]+");
  private static final String NETWORK = "network";
  private static final String CONTAINER = "container";

  /** Containerd's CRI plugin (pkg/cri/annotations), then CRI-O (pkg/annotations). */
  private static final Map<String, String> SANDBOX_OF_TYPE =
      Map.of(
          "io.kubernetes.cri.container-type",
          "io.kubernetes.cri.sandbox-id",
          "io.kubernetes.cri-o.ContainerType",
          "io.kubernetes.cri-o.SandboxID");

  /**
   * Of the container {@code key} with {@code spec}; empty if its machine is its own.
   *
   * @param all the containers that there are
   * @throws CaissonException CONFLICT if there is no machine that it could be in
   */
  static Optional<Membership> of(Spec spec, BundleKey key, Collection<BundleContainer> all) {
    var joined = joined(spec, all);
    var hosts = new ArrayList<>(joined.keySet());
    sandbox(spec, key, all).ifPresent(hosts::add);
    var machines = hosts.stream().map(host -> host.record().vm()).distinct().toList();
    if (machines.size() > 1) {
      throw conflict(key, "it joins namespaces of containers that are in different machines");
    }
    var host = hosts.stream().findFirst();
    host.ifPresent(its -> requireItsNetwork(spec, key, its));
    return host.map(its -> new Membership(its, neighbours(joined)));
  }

  /** A machine is one network: what asks for another beside it would not get it. */
  private static void requireItsNetwork(Spec spec, BundleKey key, BundleContainer host) {
    boolean own = BundleSpec.ownNetwork(host.record().spec());
    boolean same =
        BundleSpec.networkPath(spec)
            .map(path -> own && isNetworkOf(host, path))
            .orElse(!own && !BundleSpec.ownNetwork(spec));
    if (!same) {
      throw conflict(
          key,
          "it joins container %s and not its network, but is to be in its machine; let it join the network, too"
              .formatted(host.record().name()));
    }
  }

  private static boolean isNetworkOf(BundleContainer host, String path) {
    var monitors = Path.of("/proc/" + host.record().monitor() + "/ns/net");
    try {
      return Files.isSameFile(Path.of(path), monitors);
    } catch (IOException e) {
      return false;
    }
  }

  private static CaissonException conflict(BundleKey key, String why) {
    return new CaissonException(
        ErrorCode.CONFLICT, "cannot create container " + key.id() + ": " + why);
  }

  private static Map<BundleContainer, List<String>> joined(
      Spec spec, Collection<BundleContainer> all) {
    var joined = new LinkedHashMap<BundleContainer, List<String>>();
    for (var namespace : namespaces(spec)) {
      owner(namespace, all)
          .ifPresent(
              owner -> joined.computeIfAbsent(owner, _ -> new ArrayList<>()).add(namespace.type()));
    }
    return joined;
  }

  private static List<Namespace> namespaces(Spec spec) {
    return spec.linux().map(LinuxSpec::namespaces).orElse(List.of());
  }

  private static Optional<BundleContainer> owner(
      Namespace namespace, Collection<BundleContainer> all) {
    var match = OF_PROCESS.matcher(namespace.path().orElse(""));
    if (!match.matches()) {
      return Optional.empty();
    }
    long process = Long.parseLong(match.group(1));
    return all.stream()
        .filter(it -> it.machine().isPresent() && it.record().monitor() == process)
        .findFirst();
  }

  private static Optional<BundleContainer> sandbox(
      Spec spec, BundleKey key, Collection<BundleContainer> all) {
    for (var names : SANDBOX_OF_TYPE.entrySet()) {
      if (CONTAINER.equals(spec.annotations().get(names.getKey()))) {
        var id = String.valueOf(spec.annotations().get(names.getValue()));
        var sandbox = new BundleKey(key.root(), id);
        return Optional.of(
            all.stream()
                .filter(it -> it.record().key().equals(sandbox) && it.machine().isPresent())
                .findFirst()
                .orElseThrow(() -> conflict(key, "its pod's sandbox " + id + " does not run")));
      }
    }
    return Optional.empty();
  }

  private static List<Neighbour> neighbours(Map<BundleContainer, List<String>> joined) {
    return joined.entrySet().stream()
        .map(each ->
            new Neighbour(
                new ContainerId(each.getKey().record().id()),
                each.getValue().stream().filter(type -> !type.equals(NETWORK)).toList()))
        .filter(neighbour -> !neighbour.namespaces().isEmpty())
        .toList();
  }

  /** The kinds of namespaces that the container does not get anew. */
  List<String> shared() {
    return neighbours.stream().flatMap(it -> it.namespaces().stream()).toList();
  }
}
