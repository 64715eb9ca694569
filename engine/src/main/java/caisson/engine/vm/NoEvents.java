package caisson.engine.vm;

import caisson.engine.Output.Source;
import caisson.engine.sandbox.ProcessEvents;

/** Takes what a guest says of a container that runs nothing. */
record NoEvents() implements ProcessEvents {
  @Override
  public void output(Source source, byte[] bytes) {}

  @Override
  public void exited() {}

  @Override
  public void ended(End end) {}
}
