package caisson.engine.bundle;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Signal;
import caisson.engine.sandbox.GuestProcess;
import caisson.engine.sandbox.Sandbox;
import caisson.linux.ProcessIdentity;
import caisson.oci.runtime.ProcessSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Further processes of one container, each known by the monitor with which it ends. */
final class BundleExecs {
  private final Monitors watched;
  private final Map<Long, Outlet> all = new ConcurrentHashMap<>();

  BundleExecs(Monitors watched) {
    this.watched = watched;
  }

  void start(Sandbox machine, ProcessSpec process, long monitor) {
    var identity =
        ProcessIdentity.of(monitor)
            .orElseThrow(
                () -> new CaissonException(ErrorCode.CONFLICT, "process " + monitor + " is gone"));
    var streams = new Outlet(end -> {});
    all.put(monitor, streams);
    try {
      var started = machine.exec(process, true, streams);
      streams.of(started);
      watched.watch(identity, () -> monitorGone(monitor, streams, started));
    } catch (CaissonException e) {
      all.remove(monitor);
      throw e;
    }
  }

  private void monitorGone(long monitor, Outlet streams, GuestProcess process) {
    all.remove(monitor);
    streams.abandon();
    try {
      process.signal(Signal.KILL);
    } catch (CaissonException e) {
      // It has ended by itself.
    }
  }

  List<Long> monitors() {
    return List.copyOf(all.keySet());
  }

  Optional<Outlet> of(long monitor) {
    return Optional.ofNullable(all.get(monitor));
  }
}
