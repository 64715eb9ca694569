package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.registry.DockerConfig;
import caisson.cli.registry.RegistryServer;

/** {@code logout}: forgets the user's account with a registry. */
public final class Logout implements Command {
  @Override
  public Usage usage() {
    return Usage.of("[SERVER]", "Log out from a registry", Arity.atMost(1));
  }

  @Override
  public int run(Session session, Invocation call) {
    var server = RegistryServer.of(call.arguments().isEmpty() ? "" : call.first());
    boolean there = DockerConfig.of(session.environment()).erase(server);
    session
        .console()
        .print((there ? "Removing login credentials for " : "Not logged in to ") + server.key());
    return OK;
  }
}
