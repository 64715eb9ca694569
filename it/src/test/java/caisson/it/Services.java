package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Containers that serve, and who asks them from the daemon's host. */
record Services(Daemon daemon) {
  private static final long PATIENCE_SECONDS = 30;

  /** Starts a container with a web server at {@code port}, and answers the container's id. */
  String web(int port, String... flags) {
    var script =
        "mkdir /w && echo \"page of $(hostname)\" > /w/index.html && exec httpd -f -p "
            + port
            + " -h /w";
    return run(flags, "sh", "-c", script);
  }

  /** Starts one that sends UDP packets back. */
  String echo(int port, String... flags) {
    return run(flags, "datagrams", "serve", Integer.toString(port));
  }

  String run(String[] flags, String... command) {
    var words = new ArrayList<>(List.of("run", "-d"));
    words.addAll(List.of(flags));
    words.add(TestImage.NAME);
    words.addAll(List.of(command));
    return daemon.cli().out(words.toArray(String[]::new));
  }

  static String page(String id) {
    return "page of " + id.substring(0, 12);
  }

  /** What the web server at {@code place} shows somebody on the daemon's host. */
  Result get(String place) {
    return daemon
        .inNetwork("curl", "-sS", "--noproxy", "*", "--max-time", "5", "http://" + place + "/")
        .run();
  }

  /** The same, once it serves. */
  String await(String place) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    var answer = get(place);
    while (answer.code() != 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(50);
      answer = get(place);
    }
    return answer.ok().out();
  }

  /** What comes back from a UDP port. */
  Result ask(String address, int port) {
    var program = CProgram.built("datagrams").toAbsolutePath().toString();
    return daemon.inNetwork(program, "ask", address, Integer.toString(port)).run();
  }

  /** The container's address. */
  String address(String id) {
    var address =
        daemon.cli().out("inspect", "-f", "{{.NetworkSettings.Networks.bridge.IPAddress}}", id);
    assertThat(address).isNotEmpty();
    return address;
  }

  /** The container's IPv6 address. */
  String address6(String id) {
    var field = "{{.NetworkSettings.Networks.bridge.GlobalIPv6Address}}";
    var address = daemon.cli().out("inspect", "-f", field, id);
    assertThat(address).startsWith("fd");
    return address;
  }

  void remove(String... ids) {
    var words = new ArrayList<>(List.of("rm", "-f"));
    words.addAll(List.of(ids));
    daemon.cli().out(words.toArray(String[]::new));
  }
}
