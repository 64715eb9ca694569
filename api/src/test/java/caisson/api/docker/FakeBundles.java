package caisson.api.docker;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.BundleKey;
import caisson.engine.BundleLink;
import caisson.engine.BundleRequest;
import caisson.engine.BundleStatus;
import caisson.engine.BundleStatus.Phase;
import caisson.engine.BundleStreams;
import caisson.engine.Bundles;
import caisson.engine.ContainerStats;
import caisson.engine.GuestTask;
import caisson.engine.Signal;
import caisson.oci.runtime.Hooks;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Bundles' containers without machines; what is done to them is written down. */
public final class FakeBundles implements Bundles {
  public final Map<BundleKey, BundleRequest> requests = new LinkedHashMap<>();
  public final List<String> calls = new ArrayList<>();

  private void note(BundleKey key, String call) {
    if (!requests.containsKey(key)) {
      throw new CaissonException(ErrorCode.NOT_FOUND, "container does not exist");
    }
    calls.add(call + " " + key.id());
  }

  @Override
  public BundleStatus create(BundleKey key, BundleRequest request) {
    requests.put(key, request);
    return status(key);
  }

  @Override
  public void start(BundleKey key) {
    note(key, "start");
  }

  @Override
  public BundleStatus status(BundleKey key) {
    note(key, "status");
    var request = Objects.requireNonNull(requests.get(key));
    return new BundleStatus(
        key,
        Phase.CREATED,
        request.monitor(),
        70,
        request.bundle(),
        request.bundle().resolve("rootfs"),
        Instant.EPOCH,
        Map.of("a", "b"),
        request.spec().hooks().orElse(Hooks.NONE));
  }

  @Override
  public List<BundleStatus> list(String root) {
    return requests.keySet().stream()
        .filter(key -> key.root().equals(root))
        .map(this::status)
        .toList();
  }

  @Override
  public void kill(BundleKey key, Signal signal, boolean all) {
    note(key, "kill " + signal.number() + " " + all);
  }

  @Override
  public Optional<BundleStatus> delete(BundleKey key, boolean force) {
    var last =
        requests.containsKey(key) ? Optional.of(status(key)) : Optional.<BundleStatus>empty();
    if (last.isPresent() || !force) {
      note(key, "delete " + force);
    }
    return last;
  }

  @Override
  public void pause(BundleKey key) {
    note(key, "pause");
  }

  @Override
  public void resume(BundleKey key) {
    note(key, "resume");
  }

  @Override
  public void update(BundleKey key, Resources resources) {
    note(key, "update");
  }

  @Override
  public List<GuestTask> tasks(BundleKey key) {
    note(key, "ps");
    return List.of();
  }

  @Override
  public List<Long> monitors(BundleKey key) {
    return List.of(status(key).pid());
  }

  @Override
  public ContainerStats stats(BundleKey key) {
    note(key, "stats");
    return new ContainerStats(
        Instant.EPOCH, 30, 20, 10, 100, 1, 4096, 1024, 8192, 2, 0, List.of(), List.of());
  }

  @Override
  public ProcessSpec process(BundleKey key) {
    return Objects.requireNonNull(requests.get(key)).spec().process().orElseThrow();
  }

  @Override
  public void exec(BundleKey key, ProcessSpec process, long monitor) {
    note(key, "exec " + String.join(" ", process.args()));
  }

  @Override
  public BundleStreams connect(
      BundleKey key, Optional<Long> exec, BundleLink link, long stdout, long stderr) {
    throw new CaissonException(ErrorCode.NOT_FOUND, "container does not exist");
  }
}
