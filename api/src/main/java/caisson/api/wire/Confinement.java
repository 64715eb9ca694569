package caisson.api.wire;

import caisson.base.Absent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container's processes may do in their machine.
 *
 * @param capAdd names with or without CAP_, or ALL
 * @param groupAdd names or numbers
 * @param maskedPaths empty for the default
 * @param readonlyPaths empty for the default
 */
public record Confinement(
    List<String> capAdd,
    List<String> capDrop,
    List<String> groupAdd,
    int oomScoreAdj,
    boolean privileged,
    boolean readonlyRootfs,
    List<String> securityOpt,
    Map<String, String> sysctls,
    Optional<List<String>> maskedPaths,
    Optional<List<String>> readonlyPaths) {
  public Confinement {
    capAdd = Absent.list(capAdd);
    capDrop = Absent.list(capDrop);
    groupAdd = Absent.list(groupAdd);
    securityOpt = Absent.list(securityOpt);
    sysctls = Absent.texts(sysctls);
    maskedPaths = maskedPaths.map(Absent::list);
    readonlyPaths = readonlyPaths.map(Absent::list);
  }
}
