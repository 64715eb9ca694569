package caisson.daemon;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A key of the configuration file. */
enum Setting {
  /** {@code auto}, {@code kvm} or {@code tcg}; auto boots a probe guest to find out. */
  ACCELERATOR,
  /** The name of root's bridge network on the host; caisson0. */
  BRIDGE,
  /**
   * A directory with {@code HOST:PORT/ca.crt} for registries whose certificates an authority of
   * one's own has signed; {@code certs.d} beside the configuration, and Docker's.
   */
  CERTIFICATES,
  /**
   * {@code on} or {@code off}: whether machines are clones of a booted template, or all boot; on.
   */
  CLONES,
  /** The size of a container's writable disk unless it asks for another; 10 GiB. */
  DISK,
  /** The guest's initramfs in place of the installation's. */
  INITRAMFS,
  /** The guest's kernel, an uncompressed vmlinux, in place of the installation's. */
  KERNEL,
  /** URLs of registries, with blanks between them, that are asked before Docker Hub. */
  MIRRORS,
  /**
   * {@code bridge} or {@code user}: what containers are connected to unless they ask otherwise;
   * bridge for root, user for others, who can have nothing else.
   */
  NETWORK,
  /** How many clones of each kind that was asked for lately wait for a container; 2. */
  POOL,
  /** The program qemu-system-x86_64. */
  QEMU,
  /** The program slirp4netns. */
  SLIRP4NETNS,
  /** The addresses of root's bridge network, like 172.30.0.0/16; some that no route leads to. */
  SUBNET,
  /**
   * The IPv6 addresses of root's bridge network, like fd12:3456:789a:1::/64, or {@code off}; unique
   * local ones of the daemon's own.
   */
  SUBNET6;

  /** As it is written in the file. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
  }
}
