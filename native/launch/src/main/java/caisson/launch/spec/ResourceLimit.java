package caisson.launch.spec;

import java.util.List;

/** A resource limit, soft and hard alike: getrlimit(2) has the units. */
public record ResourceLimit(Resource resource, long value) {
  /** The resources that make sense for a VM; core dumps are always off. */
  public enum Resource {
    RLIMIT_FSIZE(1),
    RLIMIT_DATA(2),
    RLIMIT_STACK(3),
    RLIMIT_NPROC(6),
    RLIMIT_NOFILE(7),
    RLIMIT_MEMLOCK(8),
    RLIMIT_AS(9),
    RLIMIT_MSGQUEUE(12);

    private static final List<Resource> CODES = List.of(values());

    private final int number;

    Resource(int number) {
      this.number = number;
    }

    /** The kernel's number. */
    public int number() {
      return number;
    }
  }

  public ResourceLimit {
    Check.that(value >= 0, "the limit of " + resource + " is negative");
  }

  void write(SpecWriter to) {
    to.choice(Resource.CODES, resource);
    to.i64(value);
  }

  static ResourceLimit read(SpecReader from) {
    return new ResourceLimit(from.choice("a resource", Resource.CODES), from.i64());
  }
}
