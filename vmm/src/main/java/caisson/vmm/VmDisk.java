package caisson.vmm;

import java.nio.file.Path;

/**
 * A raw disk image on the host, as the guest gets it.
 *
 * @param serial how the guest finds it: at most 20 letters, digits and hyphens
 */
public record VmDisk(String serial, Path image, boolean readOnly) {}
