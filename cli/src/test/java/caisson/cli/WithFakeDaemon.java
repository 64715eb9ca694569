package caisson.cli;

import caisson.api.http.Exchange;
import caisson.cli.fake.FakeDaemon;
import caisson.cli.fake.FakeUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A user, and a daemon of the test's own that the user's commands speak to. */
abstract class WithFakeDaemon {
  final FakeDaemon daemon = new FakeDaemon();
  FakeUser user = FakeUser.piping("");

  @AfterEach
  void stop() {
    daemon.close();
  }

  /** Runs a command, and answers its exit code. */
  final int caisson(String... words) {
    return new CommandLine(user.console(), _ -> user.session(daemon.socket(), Map.of()))
        .run(List.of(words));
  }

  /** What a request asks by these names. */
  static String query(Exchange exchange, String... names) {
    var text = new StringBuilder();
    for (var name : names) {
      text.append(name)
          .append('=')
          .append(String.join(",", exchange.query().all(name)))
          .append(' ');
    }
    return text.toString().strip();
  }
}
