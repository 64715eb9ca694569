package caisson.engine.vm;

import caisson.engine.Output.Source;
import caisson.engine.sandbox.ProcessEvents;
import caisson.guest.protocol.Stream;
import caisson.vmm.agent.ProcessEnd;
import caisson.vmm.agent.ProcessListener;
import java.util.Optional;

/** What an agent tells of a process, in the engine's words. */
record EventBridge(ProcessEvents events) implements ProcessListener {
  private static final int SIGNALLED = 128;

  /** What is gone without a code counts as killed. */
  private static final int KILLED = SIGNALLED + 9;

  @Override
  public void output(Stream stream, byte[] bytes) throws InterruptedException {
    events.output(stream == Stream.STDERR ? Source.STDERR : Source.STDOUT, bytes);
  }

  @Override
  public void exited() {
    events.exited();
  }

  @Override
  public void ended(ProcessEnd end) {
    events.ended(
        switch (end) {
          case ProcessEnd.Exited(var code, var signal, var outOfMemory) ->
              new ProcessEvents.End(
                  signal == 0 ? code : SIGNALLED + signal, outOfMemory, Optional.empty());
          case ProcessEnd.Lost(var reason) ->
              new ProcessEvents.End(KILLED, false, Optional.of(reason));
        });
  }
}
