package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.engine.local.ContainerLog.Lengths;
import caisson.engine.sandbox.ProcessEvents;
import caisson.engine.sandbox.Sandbox;
import caisson.engine.sandbox.SandboxRequest;
import caisson.engine.sandbox.Sandboxes;
import java.util.Optional;

/**
 * The sandboxes that one container gets, one after the other, each with the container's volumes.
 * The volumes are the container's from the start of its sandbox until they are given back.
 */
record ContainerSandboxes(ContainerRecord container, Sandboxes sandboxes, LocalVolumes volumes) {
  /**
   * Starts one with the container's first process.
   *
   * @param base how long the log is before it
   */
  Sandbox start(Lengths base, ProcessEvents events) {
    return sandboxes.start(request(base, base), events);
  }

  /**
   * Takes the sandbox {@code vm} over; empty if it is gone.
   *
   * @param written how much of its output the log has
   */
  Optional<Sandbox> adopt(String vm, Lengths written, ProcessEvents events) {
    return sandboxes.adopt(request(container.base(), written), vm, events);
  }

  /**
   * Opens one for nothing but the container's files.
   *
   * @param whenClosed run when it is gone
   */
  GuestFiles open(Runnable whenClosed) {
    try {
      var opened = sandboxes.open(request(Lengths.NONE, Lengths.NONE));
      return new GuestFiles(opened, () -> close(opened, whenClosed));
    } catch (CaissonException e) {
      giveBack();
      throw e;
    }
  }

  private void close(Sandbox opened, Runnable whenClosed) {
    try {
      opened.shutDown();
    } finally {
      giveBack();
      whenClosed.run();
    }
  }

  /** The container has no sandbox any more, and no use for its volumes. */
  void giveBack() {
    volumes.giveBack(container.stored().id());
  }

  private SandboxRequest request(Lengths base, Lengths written) {
    var stored = container.stored();
    return SandboxRequest.of(
        stored.id(),
        stored.request(),
        container.directory(),
        volumes.take(stored.id(), stored.request().spec()),
        new SandboxRequest.Kept(base.stdout(), base.stderr(), written.stdout(), written.stderr()));
  }
}
