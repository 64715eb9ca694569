package caisson.api.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.api.http.Query;
import caisson.api.wire.WireJson;
import caisson.base.CaissonException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients put into queries. */
final class QueryFormsTest {
  @Property
  void bothFormsOfFiltersMeanTheSame(
      @ForAll @Size(max = 4) Map<@NotEmpty String, @Size(max = 4) Set<String>> wanted) {
    var lists = new String(WireJson.write(wanted), StandardCharsets.UTF_8);
    var maps =
        new String(
            WireJson.write(
                wanted.entrySet().stream()
                    .collect(
                        Collectors.toMap(
                            Map.Entry::getKey,
                            each ->
                                each.getValue().stream()
                                    .collect(Collectors.toMap(value -> value, _ -> true))))),
            StandardCharsets.UTF_8);
    for (var text : List.of(lists, maps)) {
      var filters = Filters.parse(Optional.of(text), wanted.keySet());
      wanted.forEach((name, values) -> assertThat(filters.of(name)).isEqualTo(values));
    }
  }

  @Property
  void anyTextIsFiltersOrAClientsError(@ForAll String text) {
    try {
      assertThat(Filters.parse(Optional.of(text), Set.of()).of("x")).isEmpty();
    } catch (CaissonException e) {
      assertThat(e.text()).startsWith("invalid filter");
    }
  }

  @Property
  void queriesComeBackAsTheyWereEncoded(@ForAll @Size(max = 5) List<@NotEmpty String> values) {
    var text =
        values.stream()
            .map(value -> "a=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    // An unpaired surrogate has no encoding.
    var expected =
        values.stream()
            .map(
                value -> new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
            .toList();
    assertThat(Query.parse(text).all("a")).isEqualTo(expected);
  }

  @Property
  void anyTextIsAQueryOrAClientsError(@ForAll String text) {
    try {
      assertThat(Query.parse(text)).isNotNull();
    } catch (CaissonException e) {
      assertThat(e.text()).startsWith("invalid URL escape");
    }
  }

  @Property
  void momentsComeBackAsTheyWereWritten(
      @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long seconds,
      @ForAll @LongRange(min = 0, max = 999_999_999) long nanos) {
    var moment = Instant.ofEpochSecond(seconds, nanos);
    if (seconds >= 0) {
      assertThat(Moments.parse("%d.%09d".formatted(seconds, nanos), "since")).isEqualTo(moment);
    }
    assertThat(Moments.parse(Long.toString(seconds), "since"))
        .isEqualTo(Instant.ofEpochSecond(seconds));
  }

  @Test
  void momentsAreAlsoRfc3339() {
    assertThat(Moments.parse("2026-01-02T03:04:05+01:00", "since"))
        .isEqualTo(Instant.parse("2026-01-02T02:04:05Z"));
    assertThat(Moments.parse("-1.5", "since")).isEqualTo(Instant.ofEpochMilli(-1500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1.", "1.0000000000", "99999999999999999999", "2026-01-02", "1e9"})
  void othersAreNoMoments(String text) {
    assertThatThrownBy(() -> Moments.parse(text, "since")).isInstanceOf(CaissonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999999999999"})
  void momentsBeyondTheClockAreNone(String text) {
    assertThatThrownBy(() -> Moments.parse(text, "since")).isInstanceOf(CaissonException.class);
  }
}
