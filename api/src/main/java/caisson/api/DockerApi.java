package caisson.api;

import caisson.api.docker.Host;
import caisson.api.docker.ImageClaims;
import caisson.api.docker.containers.ContainerRoutes;
import caisson.api.docker.exec.ExecRoutes;
import caisson.api.docker.images.ImageRoutes;
import caisson.api.docker.networks.NetworkRoutes;
import caisson.api.docker.system.LoginEndpoint;
import caisson.api.docker.system.NotYet;
import caisson.api.docker.system.RegistryLogin;
import caisson.api.docker.system.SystemRoutes;
import caisson.api.docker.volumes.VolumeRoutes;
import caisson.api.http.ErrorBody;
import caisson.api.http.Router;
import caisson.api.runtime.RuntimeRoutes;
import caisson.api.wire.ErrorMessage;
import caisson.api.wire.WireJson;
import caisson.base.ByteSize;
import caisson.engine.Engine;
import caisson.images.Images;

/** Docker's Engine API over an engine and an image store, and beside it the OCI runtime's. */
public final class DockerApi {
  /** How errors are told. */
  public static final ErrorBody ERRORS = message -> WireJson.write(new ErrorMessage(message));

  private DockerApi() {}

  /**
   * All endpoints.
   *
   * @param disk the size of a container's writable disk unless it asks for another
   */
  public static Router router(
      Engine engine, Images images, RegistryLogin login, Host host, ByteSize disk) {
    var router = new Router();
    var claims = new ImageClaims();
    NotYet.add(router);
    SystemRoutes.add(router, engine, images, host);
    router.on("POST", "/auth", new LoginEndpoint(login)::handle);
    ContainerRoutes.add(router, engine, images, claims, host, disk);
    NetworkRoutes.add(router, engine);
    ExecRoutes.add(router, engine);
    VolumeRoutes.add(router, engine.volumes());
    RuntimeRoutes.add(router, engine.bundles());
    ImageRoutes.add(router, images, engine.containers(), claims);
    return router;
  }
}
