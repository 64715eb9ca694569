package caisson.api.docker.containers;

import caisson.api.docker.Host;
import caisson.api.docker.ImageClaims;
import caisson.api.http.Router;
import caisson.base.ByteSize;
import caisson.engine.Engine;
import caisson.images.Images;
import java.time.Clock;

/** The endpoints under {@code /containers}. */
public final class ContainerRoutes {
  private ContainerRoutes() {}

  /**
   * Adds them.
   *
   * @param disk the size of a container's writable disk unless it asks for another
   */
  public static void add(
      Router router, Engine engine, Images images, ImageClaims claims, Host host, ByteSize disk) {
    var containers = engine.containers();
    var creation = new ContainerCreation(engine, images, claims, host.cpus(), disk);
    var life = new ContainerLife(containers);
    var archive = new ContainerArchive(containers);
    router
        .on(
            "GET",
            "/containers/json",
            new ContainerListing(engine, images, Clock.systemUTC())::handle)
        .on("POST", "/containers/create", creation::handle)
        .on(
            "POST",
            "/containers/prune",
            new ContainerPruning(containers, Clock.systemUTC())::handle)
        .on("GET", "/containers/{id}/json", new ContainerInspection(engine, images)::handle)
        .on("GET", "/containers/{id}/logs", new ContainerLogs(containers)::handle)
        .on("POST", "/containers/{id}/attach", new ContainerAttach(containers)::handle)
        .on("POST", "/containers/{id}/wait", new ContainerWait(containers)::handle)
        .on("POST", "/containers/{id}/start", life::start)
        .on("POST", "/containers/{id}/stop", life::stop)
        .on("POST", "/containers/{id}/restart", life::restart)
        .on("POST", "/containers/{id}/kill", life::kill)
        .on("POST", "/containers/{id}/resize", life::resize)
        .on("POST", "/containers/{id}/rename", life::rename)
        .on("POST", "/containers/{id}/pause", life::pause)
        .on("POST", "/containers/{id}/unpause", life::unpause)
        .on(
            "POST",
            "/containers/{id}/update",
            new ContainerUpdating(containers, host.cpus())::handle)
        .on("GET", "/containers/{id}/top", new ContainerTop(containers, Clock.systemUTC())::handle)
        .on("GET", "/containers/{id}/stats", new ContainerStatsStream(containers)::handle)
        .on("HEAD", "/containers/{id}/archive", archive::head)
        .on("GET", "/containers/{id}/archive", archive::get)
        .on("PUT", "/containers/{id}/archive", archive::put)
        .on("GET", "/containers/{id}/changes", new ContainerChanges(containers)::handle)
        .on("GET", "/containers/{id}/export", archive::export)
        .on("DELETE", "/containers/{id}", life::remove);
  }
}
