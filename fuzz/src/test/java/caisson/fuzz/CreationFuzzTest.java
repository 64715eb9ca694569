package caisson.fuzz;

import static caisson.fuzz.Refusals.demand;

import caisson.api.docker.ApiServer;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** The description of a container to be made: made, or refused as the client's fault. */
final class CreationFuzzTest {
  @FuzzTest
  void create(byte[] json) {
    try (var server = new ApiServer();
        var client = server.connect()) {
      server.images.add("bb:latest");
      client.send(
          "POST /containers/create HTTP/1.1\nConnection: close\nContent-Length: %d\n\n"
              .formatted(json.length));
      client.sendRaw(json);
      var answer = client.readAll();
      demand(
          answer.startsWith("HTTP/1.1 201 ")
              || answer.startsWith("HTTP/1.1 4")
              || answer.startsWith("HTTP/1.1 501 "),
          answer);
    }
  }
}
