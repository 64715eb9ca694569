package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.Target;
import caisson.cli.flag.Invocation;
import caisson.cli.output.ProgressDisplay;
import caisson.linux.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Creates the container that the flags of {@code run} and {@code create} describe. */
final class NewContainer {
  private static final Set<String> PULL_POLICIES = Set.of("always", "missing", "never");

  /** How the daemon says that an image is not there, or is one for another platform. */
  private static final List<String> NO_IMAGE =
      List.of("No such image", "does not match the specified platform");

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

  /**
   * Creates it, and answers its id.
   *
   * @param pulling told of a pull before it begins, so that it can be broken off
   */
  String create(StreamChoice streams, Consumer<ImagePull> pulling) {
    var policy = call.get(ContainerFlags.PULL);
    if (policy.equals("always")) {
      pull(pulling);
    }
    try {
      return create(streams);
    } catch (CaissonException e) {
      boolean missing =
          e.code() == ErrorCode.NOT_FOUND && NO_IMAGE.stream().anyMatch(e.text()::contains);
      if (!missing || !policy.equals("missing")) {
        throw e;
      }
    }
    session
        .console()
        .report("Unable to find image '%s' locally".formatted(ImagePull.withTag(call.first())));
    pull(pulling);
    return create(streams);
  }

  private String create(StreamChoice streams) {
    Optional<Terminal.Size> size =
        streams.terminal() ? session.console().screen().size() : Optional.empty();
    var body = new ContainerBody(call, streams, session.environment()).build(size);
    var target =
        Target.of("containers", "create")
            .withText("name", call.get(ContainerFlags.NAME))
            .withText("platform", call.get(ContainerFlags.PLATFORM));
    var answer = session.api().post(target, body);
    answer.at("Warnings").texts().forEach(it -> session.console().report("WARNING: " + it));
    return answer.at("Id").text();
  }

  private void pull(Consumer<ImagePull> pulling) {
    var console = session.console();
    var pull = new ImagePull(session, call.first(), call.get(ContainerFlags.PLATFORM));
    pulling.accept(pull);
    pull.run(
        call.get(ContainerFlags.QUIET)
            ? ProgressDisplay.silent()
            : new ProgressDisplay(console.err(), console.screen().showsMessages()));
  }
}
