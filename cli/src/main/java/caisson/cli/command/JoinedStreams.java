package caisson.cli.command;

import caisson.cli.client.Hijacked;
import caisson.cli.client.Target;
import caisson.cli.json.Json;
import caisson.cli.stream.Attachment;
import caisson.cli.stream.Attachment.End;
import caisson.linux.Terminal;
import java.util.Optional;

/**
 * A process's streams, joined to the user's.
 *
 * @param resize what a terminal's size is posted to
 */
record JoinedStreams(Session session, Hijacked connection, Target resize, Attachment.Mode mode)
    implements AutoCloseable {
  /** Joins; what the container writes from now on is not lost, although nobody reads it yet. */
  static JoinedStreams ofContainer(
      Session session, String container, StreamChoice streams, Attachment.Mode mode) {
    var attach =
        ContainerTarget.of(container, "attach")
            .with("stream", true)
            .with("stdin", streams.stdin())
            .with("stdout", streams.stdout())
            .with("stderr", streams.stderr())
            .withText("detachKeys", mode.detachKeys().text());
    var connection = session.api().hijack(attach, Optional.empty());
    return new JoinedStreams(session, connection, ContainerTarget.of(container, "resize"), mode);
  }

  /** Starts an exec, and joins. */
  static JoinedStreams ofExec(Session session, String exec, Json start, Attachment.Mode mode) {
    var connection = session.api().hijack(Target.of("exec", exec, "start"), Optional.of(start));
    return new JoinedStreams(session, connection, Target.of("exec", exec, "resize"), mode);
  }

  /**
   * Has the program draw its screen anew, by a size that the next one, the right one, differs from:
   * a shell that nobody resizes would show no prompt.
   */
  void redraw() {
    if (mode.terminal()) {
      session.console().screen().size().ifPresent(this::resizeByOne);
    }
  }

  private void resizeByOne(Terminal.Size size) {
    new SizeFollower(session, resize).set(new Terminal.Size(size.rows() + 1, size.columns() + 1));
  }

  /** Moves bytes until the process has ended or the user has let go of it. */
  End pump() {
    var attachment = new Attachment(connection, session.console(), mode);
    if (!mode.terminal()) {
      return attachment.pump();
    }
    var follower = new SizeFollower(session, resize);
    try (var _ = session.signals().handle("WINCH", follower::follow)) {
      follower.follow();
      return attachment.pump();
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
