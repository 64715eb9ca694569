package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.ApiClient;
import caisson.cli.client.Target;
import caisson.cli.flag.Invocation;
import caisson.cli.output.ProgressDisplay;
import caisson.linux.Terminal;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Creates the container that the flags of {@code run} and {@code create} describe. */
final class NewContainer {
  private static final Set<String> PULL_POLICIES = Set.of("always", "missing", "never");

  private final Session session;
  private final Invocation call;

  /** Refuses flags that contradict each other, before anything is done. */
  NewContainer(Session session, Invocation call) {
    this.session = session;
    this.call = call;
    var pull = call.get(ContainerFlags.PULL);
    if (!PULL_POLICIES.contains(pull)) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "invalid pull option: '%s': must be one of \"always\", \"missing\" or \"never\""
              .formatted(pull));
    }
  }

  /** Creates it, and answers its id. */
  String create(StreamChoice streams) {
    if (call.get(ContainerFlags.PULL).equals("always")) {
      pull(call.first());
    }
    Optional<Terminal.Size> size =
        streams.terminal() ? session.console().screen().size() : Optional.empty();
    var body = new ContainerBody(call, streams, session.environment()).build(size);
    var target = Target.of("containers", "create").withText("name", call.get(ContainerFlags.NAME));
    var answer = session.api().post(target, body);
    answer.at("Warnings").texts().forEach(it -> session.console().report("WARNING: " + it));
    return answer.at("Id").text();
  }

  private void pull(String image) {
    var target = Target.of("images", "create").with("fromImage", image);
    try (var answer = session.api().open("POST", target, Optional.empty())) {
      new ProgressDisplay(session.console().err(), false).showAll(answer.body());
    } catch (IOException e) {
      throw ApiClient.lost(e);
    }
  }
}
