package caisson.engine.local;

import caisson.engine.Output.Source;
import caisson.engine.sandbox.ProcessEvents;

/** What a container's first process does in one run. */
record RunListener(LocalContainer container, ProcessStreams to, LifeEvents events)
    implements ProcessEvents {
  @Override
  public void output(Source source, byte[] bytes) throws InterruptedException {
    to.output(source, bytes);
  }

  @Override
  public void exited() {
    to.exited();
  }

  @Override
  public void ended(End end) {
    container.ended(end);
    if (container.request().autoRemove()) {
      events.autoRemove(container);
    }
  }
}
