package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.json.Json;

/** {@code port}: the host's ports that lead to a container's. */
public final class Port implements Command {
  @Override
  public Usage usage() {
    return Usage.of(
        "CONTAINER [PRIVATE_PORT[/PROTO]]",
        "List port mappings or a specific mapping for the container",
        Arity.between(1, 2));
  }

  @Override
  public int run(Session session, Invocation call) {
    var ports = ContainerDetails.of(session, call.first()).ports();
    if (call.rest().isEmpty()) {
      ports
          .members()
          .forEach((port, hosts) ->
              hosts.values().forEach(it -> session.console().print(port + " -> " + text(it))));
      return OK;
    }
    var wanted = call.rest().getFirst();
    var hosts = ports.at(wanted.indexOf('/') < 0 ? wanted + "/tcp" : wanted).values();
    if (hosts.isEmpty()) {
      throw new CaissonException(
          ErrorCode.NOT_FOUND, "no public port '" + wanted + "' published for " + call.first());
    }
    hosts.forEach(host -> session.console().print(text(host)));
    return OK;
  }

  private static String text(Json host) {
    var ip = host.at("HostIp").text();
    return (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + host.at("HostPort").text();
  }
}
