package caisson.daemon;

import caisson.api.DockerApi;
import caisson.api.http.HttpServer;
import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Engine;
import caisson.engine.local.LocalEngine;
import caisson.engine.vm.MachineNetworks;
import caisson.engine.vm.VmSandboxes;
import caisson.images.LocalImages;
import caisson.network.BridgeConfig;
import caisson.network.BridgeNetwork;
import caisson.network.Subnet;
import caisson.registry.Registries;
import caisson.vmm.agent.AgentTimeouts;
import caisson.vmm.qemu.QemuConfig;
import caisson.vmm.qemu.QemuVmm;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The daemon from the moment it serves until it has let go of everything. */
final class Daemon implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Daemon.class.getName());
  private static final ByteSize DISK = ByteSize.ofGib(10);
  private static final Duration DRAIN = Duration.ofSeconds(2);

  /** What was opened, in the order in which it is closed. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private Daemon() {}

  /**
   * Starts it: takes the root, recovers what an earlier daemon left, listens.
   *
   * @throws CaissonException if it cannot serve; then it has let go of everything
   */
  static Daemon start(
      Path installation, Places places, ConfigFile config, Registries registries, int uid) {
    var daemon = new Daemon();
    try {
      daemon.open(installation, places, config, registries, uid);
      return daemon;
    } catch (IOException e) {
      daemon.close();
      throw new CaissonException(ErrorCode.NO_RESOURCES, "the daemon cannot start: " + e, e);
    } catch (RuntimeException e) {
      daemon.close();
      throw e;
    }
  }

  private void open(
      Path installation, Places places, ConfigFile config, Registries registries, int uid)
      throws IOException {
    opened(DirectoryLock.take(places.root(), "--root"));
    if (!places.run().equals(places.root())) {
      opened(DirectoryLock.take(places.run(), "--run"));
    }
    var listeners = new ArrayDeque<ServerSocketChannel>();
    for (var socket : places.sockets()) {
      listeners.add(opened(ListeningSocket.bind(socket, uid == 0)));
      opened(() -> Files.deleteIfExists(socket));
    }
    var machines = Machines.config(installation, places, config, uid);
    var images = LocalImages.open(places.root().resolve("images"), registries);
    var networks = networks(places.root(), config, uid);
    var engine = engine(places.root(), machines, networks, images, Machines.ready(config));
    var disk = config.value(Setting.DISK).map(ByteSize::parse).orElse(DISK);
    var host = HostFacts.read(places.root());
    var router = DockerApi.router(engine, images, registries::login, host, disk);
    for (var listener : listeners) {
      var server =
          HttpServer.start(listener, router, "Caisson/" + host.version(), DockerApi.ERRORS);
      opened(() -> server.drain(DRAIN));
    }
    opened(HeapTrim.start());
    LOG.log(Level.INFO, "serving on {0}", places.sockets());
  }

  /** Only root may change the host's network, and does so unless configured otherwise. */
  private MachineNetworks networks(Path root, ConfigFile config, int uid) {
    if (Machines.userNetwork(config, uid)) {
      return MachineNetworks.USER;
    }
    var name = config.value(Setting.BRIDGE).orElse(BridgeConfig.DEFAULT_NAME);
    var bridge =
        new BridgeConfig(
            name,
            config.value(Setting.SUBNET).map(Subnet::parse),
            BridgeConfig.Choice6.parse(config.value(Setting.SUBNET6)));
    var network = opened(new BridgeNetwork(bridge, root.toString()));
    return new MachineNetworks(Optional.of(network));
  }

  private Engine engine(
      Path root, QemuConfig machines, MachineNetworks networks, LocalImages images, int ready) {
    var vmm = opened(new QemuVmm(machines));
    var timeouts = AgentTimeouts.DEFAULT;
    var cache = machines.cacheDirectory();
    var sandboxes = opened(new VmSandboxes(vmm, images, networks, timeouts, cache, ready));
    return opened(LocalEngine.open(root, machines.runDirectory(), sandboxes));
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  /** Ends what clients are waiting for, lets machines run on, and gives up the root. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.log(Level.ERROR, "an orderly end failed in part", e);
      }
    }
  }
}
