package caisson.api.docker;

import caisson.base.ContainerId;
import caisson.engine.Bundles;
import caisson.engine.Containers;
import caisson.engine.DefaultNetwork;
import caisson.engine.Engine;
import caisson.engine.EngineStatus;
import caisson.engine.Event;
import caisson.engine.EventReader;
import caisson.engine.Events;
import caisson.engine.Execs;
import caisson.engine.Leak;
import caisson.engine.Templates;
import caisson.engine.Volumes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An engine without machines. */
public final class FakeEngine implements Engine {
  public final FakeContainers containers = new FakeContainers();
  public final FakeExecs execs = new FakeExecs(containers);
  public final FakeTemplates templates = new FakeTemplates();
  public final FakeVolumes volumes = new FakeVolumes(containers);
  public final FakeBundles bundles = new FakeBundles();
  public DefaultNetwork network = DefaultNetwork.USER;
  public final List<Leak> leaks = new ArrayList<>();
  public final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /** Tells every subscriber, and those to come. */
  public void publish(String action, ContainerId id, Map<String, String> attributes) {
    events.add(new Event(Instant.parse("2026-01-02T03:04:05.000000006Z"), action, id, attributes));
  }

  @Override
  public Containers containers() {
    return containers;
  }

  @Override
  public Execs execs() {
    return execs;
  }

  @Override
  public Volumes volumes() {
    return volumes;
  }

  @Override
  public Bundles bundles() {
    return bundles;
  }

  @Override
  public Events events() {
    return _ -> new Reader();
  }

  @Override
  public Templates templates() {
    return templates;
  }

  @Override
  public EngineStatus status() {
    return new EngineStatus("tcg", "no /dev/kvm", "6.1.0-guest", "7.2.0");
  }

  @Override
  public DefaultNetwork network() {
    return network;
  }

  @Override
  public List<Leak> leaks() {
    return leaks;
  }

  @Override
  public void sweep() {
    leaks.clear();
  }

  @Override
  public void close() {}

  private final class Reader implements EventReader {
    @Override
    public Optional<Event> next(Duration timeout) throws InterruptedException {
      return Optional.ofNullable(events.poll(timeout.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void close() {}
  }
}
