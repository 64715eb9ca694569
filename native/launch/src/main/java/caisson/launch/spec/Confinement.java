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
 * @param sharing what it may do with files of the host that are bound in its jail
 */
public record Confinement(
    Identity identity,
    List<String> cgroups,
    List<ResourceLimit> limits,
    boolean kvm,
    boolean fallocateDoesNothing,
    int oomScoreAdjustment,
    Sharing sharing) {
  public Confinement {
    cgroups = Check.list("the control groups", cgroups);
    limits = Check.list("the limits", limits);
    for (String cgroup : cgroups) {
      Check.path("a control group", cgroup);
    }
    Check.range("the out-of-memory adjustment", oomScoreAdjustment, 0, 1000);
    Check.that(
        sharing != Sharing.EVERY_USER || identity instanceof Identity.Dedicated,
        "only root can let a program change files for every user");
  }

  void write(SpecWriter to) {
    Identity.write(to, identity);
    to.strings(cgroups);
    to.list(limits, (writer, limit) -> limit.write(writer));
    to.flag(kvm);
    to.flag(fallocateDoesNothing);
    to.u16(oomScoreAdjustment);
    sharing.write(to);
  }

  static Confinement read(SpecReader from) {
    return new Confinement(
        Identity.read(from),
        from.strings(),
        from.list(ResourceLimit::read),
        from.flag(),
        from.flag(),
        from.u16(),
        Sharing.read(from));
  }
}
