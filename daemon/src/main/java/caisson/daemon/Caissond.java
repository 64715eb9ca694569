package caisson.daemon;

import caisson.api.DockerApi;
import caisson.api.http.HttpServer;
import caisson.engine.Engine;
import caisson.engine.local.LocalEngine;
import caisson.engine.vm.VmSandboxes;
import caisson.images.LocalImages;
import caisson.linux.DurableFiles;
import caisson.vmm.agent.AgentTimeouts;
import caisson.vmm.qemu.QemuConfig;
import caisson.vmm.qemu.QemuVmm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * A daemon that serves: the object graph, made in {@link #start} and taken down in {@link #stop}.
 */
final class Caissond {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final String PRODUCT = "Caisson/0.1.0 (linux)";

  private final RootLock lock;
  private final Engine engine;
  private final HttpServer server;
  private final Path socket;

  private Caissond(RootLock lock, Engine engine, HttpServer server, Path socket) {
    this.lock = lock;
    this.engine = engine;
    this.server = server;
    this.socket = socket;
  }

  /** Takes over what an earlier daemon left running, and serves. */
  static Caissond start(Places places, Path install, boolean root) throws IOException {
    var configuration = Configuration.read(places.configuration());
    makeDirectories(places);
    var lock = RootLock.take(places.root());
    var listener = ApiSocket.listen(places.socket(), root);
    var vmm = new QemuVmm(machines(places, configuration, install, root));
    var images = LocalImages.open(places.root().resolve("images"));
    var sandboxes = new VmSandboxes(vmm, images, AgentTimeouts.DEFAULT);
    var engine = LocalEngine.open(places.root(), sandboxes);
    var router = DockerApi.router(engine, images, ThisHost.of(places.root()), configuration.disk());
    var server = HttpServer.start(listener, router, PRODUCT, DockerApi.ERRORS);
    return new Caissond(lock, engine, server, places.socket());
  }

  private static QemuConfig machines(
      Places places, Configuration configuration, Path install, boolean root) {
    var usual = QemuConfig.of(install, places.run(), places.cache(), root);
    return new QemuConfig(
        usual.launcher(),
        configuration.kernel().orElse(usual.kernel()),
        usual.initramfs(),
        usual.qemu(),
        usual.slirp(),
        usual.runDirectory(),
        usual.cacheDirectory(),
        usual.users(),
        configuration.accelerator());
  }

  /** What is kept under the root is nobody else's business; machines' users pass through run. */
  private static void makeDirectories(Places places) throws IOException {
    DurableFiles.createDirectories(places.root());
    Files.setPosixFilePermissions(places.root(), PosixFilePermissions.fromString("rwx--x--x"));
    Files.createDirectories(places.cache());
    Files.createDirectories(places.run());
    var parent = places.socket().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
  }

  /** Stops serving; machines run on for the next daemon. */
  void stop() {
    try {
      server.drain(GRACE);
      Files.deleteIfExists(socket);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.getLogger("caisson.daemon")
          .log(System.Logger.Level.WARNING, "cannot remove " + socket + ": " + e);
    }
    engine.close();
    lock.close();
  }
}
