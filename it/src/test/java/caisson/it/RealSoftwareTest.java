package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What people run, from Debian's packages: Python, nginx, PostgreSQL, and one talking to another.
 */
final class RealSoftwareTest {
  private static final String IMAGE = "debian:services";
  private static final String BIN = "/usr/lib/postgresql/15/bin/";
  private static final String DATA = "/var/lib/postgresql/data";
  private static final long PATIENCE_SECONDS = 120;

  /** Files, threads, a subprocess and a socket to itself. */
  private static final String PROGRAM =
      """
      import os, socket, subprocess, threading
      lines = []
      def write(i):
          with open(f'/tmp/{i}', 'w') as file:
              file.write(str(i))
              os.fsync(file.fileno())
          lines.append(i)
      threads = [threading.Thread(target=write, args=(i,)) for i in range(8)]
      for thread in threads: thread.start()
      for thread in threads: thread.join()
      print(sum(int(open(f'/tmp/{i}').read()) for i in range(8)), len(lines))
      print(subprocess.run(['sh', '-c', 'cat; exit 3'], input=b'piped', capture_output=True))
      server = socket.create_server(('127.0.0.1', 0))
      client = socket.create_connection(server.getsockname())
      server.accept()[0].sendall(b'by socket')
      print(client.recv(100).decode())
      """;

  /** A web page of what a table holds. */
  private static final String APPLICATION =
      """
      import http.server, psycopg2, sys
      class Page(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              with psycopg2.connect(host=sys.argv[1], user='postgres') as connection:
                  with connection.cursor() as cursor:
                      cursor.execute('select count(*) from pgbench_accounts')
                      rows = cursor.fetchone()[0]
              self.send_response(200)
              self.end_headers()
              self.wfile.write(f'{rows} accounts'.encode())
      http.server.HTTPServer(('', 8000), Page).serve_forever()
      """;

  private static Daemon daemon;
  private static Cli caisson;
  private static Services services;

  @BeforeAll
  static void start() throws IOException {
    daemon = Daemon.start();
    caisson = daemon.cli();
    services = new Services(daemon);
    DebianTree.importInto(
        caisson, IMAGE, "services", "python3", "python3-psycopg2", "nginx-light", "postgresql");
  }

  @AfterAll
  static void close() {
    daemon.close();
  }

  private static String run(List<String> flags, String... command) {
    var words = new ArrayList<>(List.of("run", "-d"));
    words.addAll(flags);
    words.add(IMAGE);
    words.addAll(List.of(command));
    return caisson.out(words.toArray(String[]::new));
  }

  /** Runs until it succeeds, which a server that comes up makes it at last. */
  private static String await(String... words) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    var result = caisson.run(words);
    while (result.code() != 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(200);
      result = caisson.run(words);
    }
    return result.ok().out();
  }

  @Test
  void aPythonProgramHasFilesThreadsSubprocessesAndSockets() {
    var out = caisson.out("run", "--rm", IMAGE, "python3", "-c", PROGRAM);
    assertThat(out.lines())
        .containsExactly(
            "28 8",
            "CompletedProcess(args=['sh', '-c', 'cat; exit 3'], returncode=3, stdout=b'piped',"
                + " stderr=b'')",
            "by socket");
  }

  @Test
  void nginxAnswersAtAPublishedPort() throws Exception {
    var id = run(List.of("-p", "8080:80"), "nginx", "-g", "daemon off;");
    assertThat(services.await("127.0.0.1:8080")).contains("Welcome to nginx!");
    assertThat(caisson.out("stop", "-t", "30", id)).isEqualTo(id);
    assertThat(caisson.out("inspect", "-f", "{{.State.ExitCode}}", id)).isEqualTo("0");
    services.remove(id);
  }

  private static String database(String... flags) {
    var all = new ArrayList<>(List.of("-v", "rows:/var/lib/postgresql", "-u", "postgres"));
    all.addAll(List.of(flags));
    return run(all, BIN + "postgres", "-D", DATA, "-c", "listen_addresses=*");
  }

  private static String query(String database, String sql) throws InterruptedException {
    return await("exec", database, "psql", "-Atc", sql);
  }

  @Test
  void postgresqlKeepsItsRowsAndServesAnotherContainer() throws Exception {
    var script =
        BIN
            + "initdb -A trust -D "
            + DATA
            + " && echo host all all all trust >>"
            + DATA
            + "/pg_hba.conf";
    var made =
        caisson.run(
            "run",
            "--rm",
            "-v",
            "rows:/var/lib/postgresql",
            "-u",
            "postgres",
            IMAGE,
            "sh",
            "-c",
            script);
    assertThat(made.ok().out()).contains("Success.");
    var first = database();
    query(first, "select 1");
    caisson.run("exec", first, "pgbench", "-i", "-q").ok();
    caisson.run("exec", first, "pgbench", "-n", "-c", "2", "-t", "50").ok();
    var rows = query(first, "select count(*), sum(delta) from pgbench_history");
    assertThat(rows).startsWith("100|");
    caisson.out("kill", first);
    caisson.out("rm", first);
    var second = database();
    assertThat(query(second, "select count(*), sum(delta) from pgbench_history")).isEqualTo(rows);
    var page =
        run(List.of("-p", "8000:8000"), "python3", "-c", APPLICATION, services.address(second));
    assertThat(services.await("127.0.0.1:8000")).isEqualTo("100000 accounts");
    services.remove(second, page);
    caisson.out("volume", "rm", "rows");
  }
}
