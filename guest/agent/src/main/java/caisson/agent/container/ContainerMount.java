package caisson.agent.container;

import caisson.agent.archive.TreeCopy;
import caisson.agent.container.ContainerRoot.Entry;
import caisson.agent.container.MountOptions.Attributes;
import caisson.agent.container.RootWalk.Found;
import caisson.agent.container.RootWalk.Kind;
import caisson.guest.protocol.ContainerSetup;
import caisson.libc.Descriptors;
import caisson.libc.Directory;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import caisson.libc.MountTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One of the mounts that a container asks for (OCI runtime spec, "Mounts"). */
final class ContainerMount {
  private static final int PERMISSIONS = 07777;

  /**
   * The option of a tmpfs that begins with what the image has in its place (config.md, "Mounts").
   */
  private static final String TMP_COPY_UP = "tmpcopyup";

  private final ContainerSetup.Mount mount;
  private final MountOptions options;
  private final boolean bind;

  ContainerMount(ContainerSetup.Mount mount) {
    this.mount = mount;
    this.options = MountOptions.parse(mount.options());
    this.bind = options.bind() || mount.type().equals("bind");
  }

  /** Makes the mount and puts it into {@code root}; its place is made if missing. */
  void attach(ContainerRoot root, GivenFiles given) {
    if (options.remount()) {
      remount(root);
      return;
    }
    switch (mount.type()) {
      case ContainerSetup.Mount.SHARE, ContainerSetup.Mount.DISK, ContainerSetup.Mount.MEMORY ->
          attachGiven(root, given);
      default -> {
        if (bind) {
          attachBind(root);
        } else {
          attachNew(root);
        }
      }
    }
  }

  private void remount(ContainerRoot root) {
    int target = root.directory(mount.destination()).node();
    Attributes changed = options.mount();
    MountTree.change(target, changed.added(), changed.cleared(), mount.destination());
    Descriptors.close(target);
  }

  private void attachGiven(ContainerRoot root, GivenFiles given) {
    int source = given.open(mount);
    try {
      if (mount.options().contains(ContainerSetup.Mount.COPY_UP)) {
        root.find(mount.destination()).ifPresent(image -> copyUp(root, image.node(), source));
      }
      attach(root, MountTree.copyOf(source, false, mount.source()));
    } finally {
      Descriptors.close(source);
    }
  }

  /** Gives an empty volume what the image has in its place. */
  private static void copyUp(ContainerRoot root, int image, int volume) {
    try {
      boolean directories =
          root.kind(image) == Kind.DIRECTORY && root.kind(volume) == Kind.DIRECTORY;
      if (directories && isEmpty(volume)) {
        TreeCopy.copy(image, volume);
      }
    } finally {
      Descriptors.close(image);
    }
  }

  private static boolean isEmpty(int directory) {
    int fd = Files.openAt(directory, ".", Files.O_RDONLY | Files.O_DIRECTORY, 0);
    try {
      return Directory.nextNames(fd, "a volume").isEmpty();
    } finally {
      Descriptors.close(fd);
    }
  }

  private void attachBind(ContainerRoot root) {
    int source = Files.open(mount.source(), Files.O_PATH);
    try {
      attach(root, MountTree.copyOf(source, options.recursive(), mount.source()));
    } finally {
      Descriptors.close(source);
    }
  }

  /** Puts the copy of a mount where it belongs, and closes it. */
  private void attach(ContainerRoot root, MountTree copy) {
    try (copy) {
      boolean directory = copy.isDirectory();
      Found target =
          directory ? root.directory(mount.destination()) : root.file(mount.destination());
      apply(copy, options.mount(), false);
      finish(copy, target.node());
    }
  }

  private void attachNew(ContainerRoot root) {
    Found target =
        switch (mount.type()) {
          case "proc", "sysfs" -> ordinaryDirectory(root);
          default -> root.directory(mount.destination());
        };
    Attributes attributes = options.mount();
    boolean copiesUp = mount.type().equals("tmpfs") && mount.options().contains(TMP_COPY_UP);
    long first = attributes.added() & (copiesUp ? ~MountTree.MOUNT_ATTR_RDONLY : -1);
    try (MountTree tree = MountTree.create(type(), mount.source(), data(target), first)) {
      if (copiesUp) {
        TreeCopy.copy(target.node(), tree.fd());
        apply(tree, attributes, false);
      }
      finish(tree, target.node());
    }
  }

  private String type() {
    return mount.type().equals("cgroup") ? "cgroup2" : mount.type();
  }

  /** A tmpfs over a directory that is there has its permissions, unless an option says others. */
  private List<String> data(Found target) {
    List<String> data = new ArrayList<>();
    if (mount.type().equals("tmpfs") && !target.made()) {
      int mode = FileStatus.of(target.node()).mode() & PERMISSIONS;
      data.add("mode=" + Integer.toOctalString(mode));
    }
    data.addAll(options.data());
    data.remove(TMP_COPY_UP);
    return data;
  }

  /**
   * Programs look for these two by name, so an image's link must not have them mounted anywhere
   * else.
   */
  private Found ordinaryDirectory(ContainerRoot root) {
    try (Entry entry = root.entry(mount.destination())) {
      Optional<Integer> there = root.open(entry.directory(), entry.name());
      if (there.isEmpty()) {
        root.makeDirectory(entry.directory(), entry.name());
      }
      int node = there.or(() -> root.open(entry.directory(), entry.name())).orElseThrow();
      if (root.kind(node) != Kind.DIRECTORY) {
        throw ContainerFailure.invalid(
            mount.type() + " needs an ordinary directory at " + mount.destination());
      }
      return new Found(node, there.isEmpty());
    }
  }

  private void finish(MountTree tree, int target) {
    apply(tree, options.tree(), true);
    tree.attach(target, mount.destination());
    Descriptors.close(target);
    for (long propagation : options.propagation()) {
      tree.propagate(propagation);
    }
  }

  private static void apply(MountTree tree, Attributes attributes, boolean recursive) {
    if (!attributes.isEmpty()) {
      tree.change(attributes.added(), attributes.cleared(), recursive);
    }
  }
}
