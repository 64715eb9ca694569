package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Signal;
import caisson.engine.TerminalSize;
import caisson.engine.sandbox.GuestProcess;
import caisson.vmm.agent.Agent;
import caisson.vmm.agent.AgentProcess;
import org.jspecify.annotations.Nullable;

/** A process in a machine. */
record VmProcess(Agent agent, AgentProcess process) implements GuestProcess {
  @Override
  public int pid() {
    return process.pid();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws InterruptedException {
    process.write(bytes, offset, length);
  }

  @Override
  public void closeStdin() {
    process.closeStdin();
  }

  @Override
  public void signal(Signal signal) {
    whileItRuns(() -> agent.signal(process, signal.number(), false));
  }

  /** Sends a signal to every process of its container. */
  void signalAll(Signal signal) {
    whileItRuns(() -> agent.signal(process, signal.number(), true));
  }

  @Override
  public void resize(TerminalSize size) {
    whileItRuns(() -> agent.resize(process, size.rows(), size.columns()));
  }

  private void whileItRuns(Runnable action) {
    if (process.hasEnded()) {
      throw notRunning(null);
    }
    try {
      action.run();
    } catch (CaissonException e) {
      throw e.code() == ErrorCode.NOT_FOUND ? notRunning(e) : e;
    }
  }

  private static CaissonException notRunning(@Nullable CaissonException cause) {
    return new CaissonException(ErrorCode.CONFLICT, "the process is not running", cause);
  }
}
