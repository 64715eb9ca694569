package caisson.guest.protocol;

import java.util.List;

/**
 * Everything an agent needs to make a container.
 *
 * @param lowerDisks serial numbers of the disks with the image's layers, bottom first; empty where
 *     the first mount, of a {@link Mount#SHARE share} at /, is the root
 * @param writableDisk serial number of the writable disk; empty for a root that is never written,
 *     or that is a share
 * @param namespaces CLONE_NEW* bits of the namespaces to make (sched.h)
 * @param rootPropagation private, slave, shared or unbindable, with or without an r in front; or
 *     empty
 * @param sysctls names with dots, and values
 * @param files written before the process starts and bound over what the image has there
 * @param groups that all its processes are in too, names of the container's own or numbers
 * @param init whether the agent's own small init is process 1 and the command its child
 * @param number the first process's number, chosen by the host
 * @param process without arguments there is nothing to run, only files for {@link Command.Archive}
 * @param start whether the process runs at once, or waits for {@link Command.StartContainer}
 */
public record ContainerSetup(
    String id,
    List<String> lowerDisks,
    String writableDisk,
    boolean readOnlyRoot,
    String hostName,
    String domainName,
    int namespaces,
    String rootPropagation,
    List<Mount> mounts,
    List<Device> devices,
    List<String> maskedPaths,
    List<String> readOnlyPaths,
    List<Setting> sysctls,
    LimitsSetup limits,
    List<File> files,
    List<String> groups,
    boolean init,
    int number,
    ProcessSetup process,
    boolean start) {

  /**
   * A mount, with options as mount(8) writes them.
   *
   * @param type the kernel's name of a file system, {@code bind}, {@link #SHARE} or {@link #DISK}
   */
  public record Mount(String destination, String type, String source, List<String> options) {
    /** What the host shares: the source is the share's name, perhaps with /PATH in it. */
    public static final String SHARE = "share";

    /** A volume's disk: the source is its serial number, perhaps with /PATH in the volume. */
    public static final String DISK = "disk";

    /**
     * Memory that containers of one machine share: a tmpfs that the first of them makes, with its
     * options. The source is its name.
     */
    public static final String MEMORY = "memory";

    /**
     * The option of shares and disks that fills an empty directory from the image's in its place.
     */
    public static final String COPY_UP = "copyup";
  }

  /**
   * A device node.
   *
   * @param type c, b or p (mknod(1))
   * @param mode permission bits
   */
  public record Device(String path, char type, int major, int minor, int mode, int uid, int gid) {}

  /** A name and its value. */
  public record Setting(String name, String value) {}

  /** A file's path in the container, its content and its permission bits. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  public record File(String path, byte[] content, int mode) {}

  /** Whether a directory of the host is the root. */
  public boolean sharesRoot() {
    return lowerDisks.isEmpty();
  }

  /** The same, made to wait for {@link Command.StartContainer}. */
  public ContainerSetup waiting() {
    return waiting(sysctls, limits, groups, init, process);
  }

  /** The same with nothing to run: only its files are there. */
  public ContainerSetup filesOnly() {
    return waiting(List.of(), LimitsSetup.NONE, List.of(), false, ProcessSetup.streams(false));
  }

  private ContainerSetup waiting(
      List<Setting> itsSysctls,
      LimitsSetup itsLimits,
      List<String> itsGroups,
      boolean itsInit,
      ProcessSetup itsProcess) {
    return new ContainerSetup(
        id,
        lowerDisks,
        writableDisk,
        readOnlyRoot,
        hostName,
        domainName,
        namespaces,
        rootPropagation,
        mounts,
        devices,
        maskedPaths,
        readOnlyPaths,
        itsSysctls,
        itsLimits,
        files,
        itsGroups,
        itsInit,
        number,
        itsProcess,
        false);
  }

  void write(Encoder out) {
    out.string(id).strings(lowerDisks).string(writableDisk).flag(readOnlyRoot);
    out.string(hostName).string(domainName).i32(namespaces).string(rootPropagation);
    out.list(mounts, ContainerSetup::writeMount).list(devices, ContainerSetup::writeDevice);
    out.strings(maskedPaths).strings(readOnlyPaths);
    out.list(sysctls, (setting, to) -> to.string(setting.name()).string(setting.value()));
    limits.write(out);
    out.list(files, (file, to) -> to.string(file.path()).bytes(file.content()).i32(file.mode()));
    out.strings(groups).flag(init).i32(number);
    process.write(out);
    out.flag(start);
  }

  private static void writeMount(Mount mount, Encoder out) {
    out.string(mount.destination()).string(mount.type()).string(mount.source());
    out.strings(mount.options());
  }

  private static void writeDevice(Device device, Encoder out) {
    out.string(device.path()).u8(device.type()).i32(device.major()).i32(device.minor());
    out.i32(device.mode()).i32(device.uid()).i32(device.gid());
  }

  static ContainerSetup read(Decoder in) {
    return new ContainerSetup(
        in.string(),
        in.strings(),
        in.string(),
        in.flag(),
        in.string(),
        in.string(),
        in.i32(),
        in.string(),
        in.list(from -> new Mount(from.string(), from.string(), from.string(), from.strings())),
        in.list(ContainerSetup::readDevice),
        in.strings(),
        in.strings(),
        in.list(from -> new Setting(from.string(), from.string())),
        LimitsSetup.read(in),
        in.list(from -> new File(from.string(), from.bytes(), from.i32())),
        in.strings(),
        in.flag(),
        in.i32(),
        ProcessSetup.read(in),
        in.flag());
  }

  private static Device readDevice(Decoder in) {
    return new Device(
        in.string(), (char) in.u8(), in.i32(), in.i32(), in.i32(), in.i32(), in.i32());
  }
}
