package caisson.api.docker.exec;

import caisson.api.http.Router;
import caisson.engine.Engine;

/** The endpoints of further processes in containers. */
public final class ExecRoutes {
  private ExecRoutes() {}

  /** Adds them. */
  public static void add(Router router, Engine engine) {
    var execs = new ExecEndpoints(engine);
    router
        .on("POST", "/containers/{id}/exec", execs::create)
        .on("POST", "/exec/{id}/start", new ExecStart(engine.execs())::handle)
        .on("POST", "/exec/{id}/resize", execs::resize)
        .on("GET", "/exec/{id}/json", execs::inspect);
  }
}
