package caisson.launch.spec;

import java.util.List;

/**
 * What the program may use.
 *
 * @param cgroups directories of control groups that it joins, with slirp4netns; they must exist
 * @param kvm whether it may make KVM's ioctls
 * @param fallocateDoesNothing whether fallocate(2) answers 0 without doing anything, so that a
 *     clone that gives memory back cannot punch holes in its template's file
 * @param oomScoreAdjustment how much sooner than others it is killed when memory is short
 */
public record Confinement(
    Identity identity,
    List<String> cgroups,
    List<ResourceLimit> limits,
    boolean kvm,
    boolean fallocateDoesNothing,
    int oomScoreAdjustment) {
  public Confinement {
    cgroups = Check.list("the control groups", cgroups);
    limits = Check.list("the limits", limits);
    for (String cgroup : cgroups) {
      Check.path("a control group", cgroup);
    }
    Check.range("the out-of-memory adjustment", oomScoreAdjustment, 0, 1000);
  }

  void write(SpecWriter to) {
    Identity.write(to, identity);
    to.strings(cgroups);
    to.list(limits, (writer, limit) -> limit.write(writer));
    to.flag(kvm);
    to.flag(fallocateDoesNothing);
    to.u16(oomScoreAdjustment);
  }

  static Confinement read(SpecReader from) {
    return new Confinement(
        Identity.read(from),
        from.strings(),
        from.list(ResourceLimit::read),
        from.flag(),
        from.flag(),
        from.u16());
  }
}
