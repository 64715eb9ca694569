package caisson.api.docker.exec;

import caisson.api.wire.CreateExec;
import caisson.api.wire.WireJson;
import caisson.engine.Exec;
import java.nio.charset.StandardCharsets;

/** What the Docker API keeps with each exec: the request that made it. */
final class ExecDocument {
  private ExecDocument() {}

  static String write(CreateExec document) {
    return new String(WireJson.write(document), StandardCharsets.UTF_8);
  }

  static CreateExec read(Exec exec) {
    return WireJson.read(
        exec.request().frontEnd().getBytes(StandardCharsets.UTF_8), CreateExec.class);
  }
}
