package caisson.cli.flag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentParserTest {
  private static final Flag<Boolean> ALL = Flag.toggle("a", "all", "All");
  private static final Flag<Boolean> PROXY = Flag.toggle("", "proxy", "Proxy", true);
  private static final Flag<Optional<Boolean>> INIT = Flag.choice("", "init", "Init");
  private static final Flag<List<String>> ENV =
      Flag.list("e", "env", "list", "Variables", Values::variable);
  private static final Flag<Long> MEMORY =
      Flag.of("m", "memory", "bytes", "Memory limit", 0L, Values::size);
  private static final Flag<String> NAME = Flag.text("", "name", "Name");
  private static final Flag<Optional<Integer>> TIMEOUT =
      Flag.optionalNumber("t", "timeout", "Timeout").formerly("time");
  private static final List<Flag<?>> FLAGS = List.of(ALL, PROXY, INIT, ENV, MEMORY, NAME, TIMEOUT);

  private static Invocation call(String words) {
    return call(true, words);
  }

  private static Invocation call(boolean interspersed, String words) {
    var usage = new Usage("", "", Arity.atLeast(0), interspersed, FLAGS);
    var parsed = ArgumentParser.parse(usage, List.of(words.split(" ", -1)));
    assertThat(parsed).isInstanceOf(Parsed.Call.class);
    return ((Parsed.Call) parsed).invocation();
  }

  @Test
  void readsFlagsInEveryForm() {
    for (var words :
        List.of(
            "-m 1k -a", "-am 1k", "-am1k", "-a -m=1k", "--memory 1k --all", "--memory=1k -a=1")) {
      assertThat(call(words).get(MEMORY)).as(words).isEqualTo(1024);
      assertThat(call(words).get(ALL)).as(words).isTrue();
    }
  }

  @Test
  void takesWhatFlagsBeginWithWhereTheyAreNotGiven() {
    var call = call("x");
    assertThat(call.get(ALL)).isFalse();
    assertThat(call.get(PROXY)).isTrue();
    assertThat(call.get(INIT)).isEmpty();
    assertThat(call.get(TIMEOUT)).isEmpty();
    assertThat(call.get(ENV)).isEmpty();
  }

  @Test
  void turnsFlagsOffThatAreOn() {
    assertThat(call("--proxy=false").get(PROXY)).isFalse();
    assertThat(call("--init=false").get(INIT)).contains(false);
  }

  @Test
  void gathersListsAndLetsTheLastOfOthersCount() {
    var call = call("-e A=1 --env=B=x=y --name one --name two -eC");
    assertThat(call.get(ENV)).containsExactly("A=1", "B=x=y", "C");
    assertThat(call.get(NAME)).isEqualTo("two");
  }

  @Test
  void knowsFormerNames() {
    assertThat(call("--time 5").get(TIMEOUT)).contains(5);
  }

  @Test
  void leavesWhatFollowsTheImageToTheContainer() {
    var call = call(false, "-a busybox ls -a --name x -- y");
    assertThat(call.arguments()).containsExactly("busybox", "ls", "-a", "--name", "x", "--", "y");
    assertThat(call.get(NAME)).isEmpty();
  }

  @Test
  void findsFlagsBetweenArgumentsUpToTwoDashes() {
    var call = call("one -a two -- -a --name");
    assertThat(call.arguments()).containsExactly("one", "two", "-a", "--name");
    assertThat(call.get(ALL)).isTrue();
  }

  @Test
  void takesADashForAnArgument() {
    assertThat(call("- x").arguments()).containsExactly("-", "x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--nosuch | unknown flag: --nosuch",
        "--nosuch=1 | unknown flag: --nosuch",
        "-az | unknown shorthand flag: 'z' in -z",
        "-zx | unknown shorthand flag: 'z' in -zx",
        "--name | flag needs an argument: --name",
        "-ae | flag needs an argument: 'e' in -e",
        "--=x | bad flag syntax: --=x",
        "---x | bad flag syntax: ---x",
        "-m x | invalid argument \"x\" for \"-m, --memory\" flag: invalid size: 'x'",
        "-m 1q | invalid argument \"1q\" for \"-m, --memory\" flag: invalid suffix: 'q'",
        "-m -1 | invalid argument \"-1\" for \"-m, --memory\" flag: invalid size: '-1'",
        "--all=maybe | invalid argument \"maybe\" for \"-a, --all\" flag: strconv.ParseBool: parsing \"maybe\": invalid syntax",
        "-t x | invalid argument \"x\" for \"-t, --timeout\" flag: strconv.ParseInt: parsing \"x\": invalid syntax",
        "-t 9999999999 | invalid argument \"9999999999\" for \"-t, --timeout\" flag: strconv.ParseInt: parsing \"9999999999\": value out of range",
        "-e =x | invalid argument \"=x\" for \"-e, --env\" flag: invalid environment variable: =x",
      })
  void saysWhatIsWrongInDockersWords(String words, String message) {
    var usage = new Usage("", "", Arity.atLeast(0), true, FLAGS);
    assertThat(ArgumentParser.parse(usage, List.of(words.split(" ", -1))))
        .isEqualTo(new Parsed.Wrong(Parsed.Fault.FLAG, message));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1, accepts no arguments",
    "1, 1, 0, requires 1 argument",
    "2, 2, 3, requires 2 arguments",
    "1, 9, 0, requires at least 1 argument",
    "0, 1, 2, requires at most 1 argument"
  })
  void countsArguments(int least, int most, int count, String complaint) {
    var usage = new Usage("", "", new Arity(least, most), true, FLAGS);
    assertThat(ArgumentParser.parse(usage, Collections.nCopies(count, "x")))
        .isEqualTo(new Parsed.Wrong(Parsed.Fault.ARITY, complaint));
  }

  @Test
  void helpsWhereverItIsAskedFor() {
    var usage = new Usage("", "", Arity.exactly(3), true, FLAGS);
    assertThat(ArgumentParser.parse(usage, List.of("x", "--help"))).isEqualTo(new Parsed.Help());
    assertThat(ArgumentParser.parse(usage, List.of("-ah"))).isEqualTo(new Parsed.Help());
  }
}
