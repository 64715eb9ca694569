package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Container names: which are valid, and inventing one. */
final class Names {
  private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
  private static final List<String> QUALITIES =
      List.of(
          "amber", "brave", "brisk", "calm", "clever", "coral", "crisp", "deep", "eager", "early",
          "fair", "fleet", "gentle", "glad", "golden", "grand", "hardy", "honest", "jolly", "keen",
          "kind", "lively", "lucid", "mellow", "merry", "mighty", "modest", "neat", "noble",
          "patient", "placid", "proud", "quick", "quiet", "ready", "round", "sharp", "silver",
          "smooth", "sober", "solid", "steady", "sturdy", "swift", "tidal", "trusty", "upright",
          "vivid", "warm", "wise");
  private static final List<String> BUILDERS =
      List.of(
          "archimedes",
          "arkwright",
          "bazalgette",
          "boulton",
          "bramah",
          "brindley",
          "brunel",
          "cayley",
          "coulomb",
          "cubitt",
          "dupuy",
          "eads",
          "eiffel",
          "fairbairn",
          "fowler",
          "froude",
          "fulton",
          "gray",
          "hadid",
          "halley",
          "harrison",
          "hodgkinson",
          "jessop",
          "kepler",
          "kingdom",
          "locke",
          "maudslay",
          "mclean",
          "menai",
          "newcomen",
          "otis",
          "paxton",
          "piccard",
          "rankine",
          "rennie",
          "roebling",
          "savery",
          "siebe",
          "smeaton",
          "somerset",
          "stephenson",
          "stevin",
          "telford",
          "triger",
          "tupper",
          "vauban",
          "vermuyden",
          "watt",
          "whitworth",
          "wren");

  private Names() {}

  static String checked(String name) {
    if (!VALID.matcher(name).matches()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    return name;
  }

  static String invent(Random random, Predicate<String> taken) {
    var name = pick(random, QUALITIES) + "_" + pick(random, BUILDERS);
    while (taken.test(name)) {
      name = pick(random, QUALITIES) + "_" + pick(random, BUILDERS) + random.nextInt(1000);
    }
    return name;
  }

  private static String pick(Random random, List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
