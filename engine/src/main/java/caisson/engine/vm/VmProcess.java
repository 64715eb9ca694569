package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Signal;
import caisson.engine.TerminalSize;
import caisson.engine.sandbox.GuestProcess;
import caisson.vmm.agent.Agent;
import caisson.vmm.agent.AgentProcess;

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

  @Override
  public void resize(TerminalSize size) {
    whileItRuns(() -> agent.resize(process, size.rows(), size.columns()));
  }

  private static void whileItRuns(Runnable action) {
    try {
      action.run();
    } catch (CaissonException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        throw new CaissonException(ErrorCode.CONFLICT, "the process is not running", e);
      }
      throw e;
    }
  }
}
