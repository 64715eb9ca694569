package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.ApiClient;
import caisson.cli.client.Target;
import caisson.cli.output.ProgressDisplay;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Sends an archive to the daemon, and shows what it makes of it. */
final class Upload {
  private Upload() {}

  /**
   * Sends it.
   *
   * @param source a file, or {@code -} for standard input
   */
  static int send(Session session, Target target, String source) {
    if (source.equals("-")) {
      return send(session, target, session.console().in());
    }
    try (var file = new FileInputStream(source)) {
      return send(session, target, file);
    } catch (FileNotFoundException e) {
      throw new CaissonException(ErrorCode.INVALID_ARGUMENT, "cannot open " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot close " + source, e);
    }
  }

  private static int send(Session session, Target target, InputStream archive) {
    try (var answer = session.api().upload(target, archive)) {
      var console = session.console();
      new ProgressDisplay(console.out(), console.screen().shows()).showAll(answer.body());
      return Command.OK;
    } catch (IOException e) {
      throw ApiClient.lost(e);
    }
  }
}
