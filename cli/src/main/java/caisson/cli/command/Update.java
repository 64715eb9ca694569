package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;

/** {@code update}: changes limits and restart policy of containers, running or not. */
public final class Update implements Command {
  private static final Flag<Long> PIDS_LIMIT =
      Flag.number("", "pids-limit", "Tune container pids limit (set -1 for unlimited)", 0);
  private static final Flag<Long> CPU_PERIOD =
      Flag.number("", "cpu-period", "Limit CPU CFS (Completely Fair Scheduler) period", 0);
  private static final Flag<Long> CPU_QUOTA =
      Flag.number("", "cpu-quota", "Limit CPU CFS (Completely Fair Scheduler) quota", 0);

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] CONTAINER [CONTAINER...]",
        "Update configuration of one or more containers",
        Arity.atLeast(1),
        CPU_PERIOD,
        CPU_QUOTA,
        ContainerFlags.CPU_SHARES,
        ContainerFlags.CPUS,
        ContainerFlags.CPUSET_CPUS,
        ContainerFlags.MEMORY,
        ContainerFlags.MEMORY_SWAP,
        PIDS_LIMIT,
        ContainerFlags.RESTART);
  }

  @Override
  public int run(Session session, Invocation call) {
    var body = body(call);
    return Each.run(
        session,
        call.arguments(),
        name -> {
          var answer = session.api().post(ContainerTarget.of(name, "update"), body);
          answer.at("Warnings").texts().forEach(session.console()::report);
          session.console().print(name);
        });
  }

  private static Json body(Invocation call) {
    var body =
        new JsonObject()
            .with("CpuPeriod", call.get(CPU_PERIOD))
            .with("CpuQuota", call.get(CPU_QUOTA))
            .with("CpuShares", call.get(ContainerFlags.CPU_SHARES))
            .with("NanoCpus", call.get(ContainerFlags.CPUS))
            .with("CpusetCpus", call.get(ContainerFlags.CPUSET_CPUS))
            .with("Memory", call.get(ContainerFlags.MEMORY))
            .with("MemorySwap", call.get(ContainerFlags.MEMORY_SWAP))
            .with("PidsLimit", call.get(PIDS_LIMIT));
    var restart = call.get(ContainerFlags.RESTART);
    return restart.isEmpty()
        ? body.build()
        : body.with("RestartPolicy", RestartFlag.json(restart)).build();
  }
}
