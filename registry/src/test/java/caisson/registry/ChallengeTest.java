package caisson.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class ChallengeTest {
  private static List<Challenge> parse(String... headers) {
    return Challenge.parse(List.of(headers));
  }

  @Test
  void readsWhatRegistriesSend() {
    assertThat(
            parse(
                "Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
                    + "scope=\"repository:library/bb:pull,push\""))
        .containsExactly(
            new Challenge(
                "bearer",
                Map.of(
                    "realm", "https://auth.docker.io/token",
                    "service", "registry.docker.io",
                    "scope", "repository:library/bb:pull,push")));
    assertThat(parse("Basic realm=\"a \\\"b\\\" \\\\\"", "BEARER Realm = x , service=y"))
        .containsExactly(
            new Challenge("basic", Map.of("realm", "a \"b\" \\")),
            new Challenge("bearer", Map.of("realm", "x", "service", "y")));
  }

  @Test
  void tellsSeveralChallengesOfOneHeaderApart() {
    assertThat(parse("Negotiate, NTLM TlRMTVNT==, Basic realm=\"r\", Bearer realm=\"s\", , Digest"))
        .extracting(Challenge::scheme)
        .containsExactly("negotiate", "ntlm", "basic", "bearer", "digest");
  }

  @Test
  void endsWhereAHeaderMakesNoSense() {
    assertThat(parse("", "\"", "=", "Basic realm=\"open", "Basic realm=\"open\\"))
        .containsExactly(
            new Challenge("basic", Map.of("realm", "open")),
            new Challenge("basic", Map.of("realm", "open")));
  }

  @Provide
  Arbitrary<Map<String, String>> parameters() {
    var names = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8);
    var values = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(20);
    return Arbitraries.maps(names, values).ofMaxSize(5);
  }

  @Property(tries = 300)
  void readsWhatItWouldWrite(@ForAll("parameters") Map<String, String> parameters) {
    var text =
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=\"" + quoted(entry.getValue()) + "\"")
            .collect(Collectors.joining(", "));
    assertThat(parse("Some " + text, "Basic, Other " + text))
        .containsExactly(
            new Challenge("some", parameters),
            new Challenge("basic", Map.of()),
            new Challenge("other", parameters));
  }

  private static String quoted(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Property(tries = 1000)
  void comesToAnEndWhateverItReads(@ForAll String text) {
    assertThat(parse(text, "x " + text, "x y=\"" + text)).isNotNull();
  }
}
