package caisson.api.docker;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.Container;
import caisson.engine.Volume;
import caisson.engine.VolumeMount;
import caisson.engine.VolumeRequest;
import caisson.engine.Volumes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Volumes without files. */
public final class FakeVolumes implements Volumes {
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

  private final FakeContainers containers;
  private final Map<String, Volume> all = new TreeMap<>();

  FakeVolumes(FakeContainers containers) {
    this.containers = containers;
  }

  @Override
  public synchronized Volume create(VolumeRequest request) {
    var name = request.name().orElseGet(() -> ContainerId.random().value());
    var place = Path.of("/volumes", name, "_data");
    return all.computeIfAbsent(
        name,
        _ ->
            new Volume(
                name,
                CREATED,
                request.anonymous(),
                request.labels(),
                request.options(),
                place,
                request.disk()));
  }

  @Override
  public Volume createForContainer(VolumeRequest request) {
    return create(request);
  }

  @Override
  public synchronized Volume inspect(String name) {
    var volume = all.get(name);
    if (volume == null) {
      throw new CaissonException(ErrorCode.NOT_FOUND, "get " + name + ": no such volume");
    }
    return volume;
  }

  @Override
  public synchronized List<Volume> list() {
    return List.copyOf(all.values());
  }

  @Override
  public List<ContainerId> users(String name) {
    return containers.list().stream()
        .filter(container -> VolumeMount.names(container.request().spec()).contains(name))
        .map(Container::id)
        .toList();
  }

  @Override
  public ByteSize diskUsage(String name) {
    return new ByteSize(name.length());
  }

  @Override
  public synchronized void remove(String name) {
    inspect(name);
    if (!users(name).isEmpty()) {
      throw new CaissonException(ErrorCode.CONFLICT, "remove " + name + ": volume is in use");
    }
    all.remove(name);
  }
}
