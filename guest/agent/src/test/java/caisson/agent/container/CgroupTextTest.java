package caisson.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.agent.container.CgroupLimits.Write;
import caisson.guest.protocol.LimitsSetup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CgroupTextTest {
  private static List<Write> writes(LimitsSetup limits) {
    return CgroupLimits.of(limits, "20000 50000");
  }

  private static LimitsSetup cpu(long quota, long period) {
    return new LimitsSetup(-1, -1, quota, period, -1, "", "", -1);
  }

  @Test
  void leavesWhatIsNotGiven() {
    assertThat(writes(LimitsSetup.NONE)).isEmpty();
  }

  @Test
  void writesEveryLimit() {
    assertThat(writes(new LimitsSetup(1 << 20, 0, 5000, 10000, 100, "0-1,3", "0", 7)))
        .containsExactly(
            new Write("cpuset.cpus", "0-1,3"),
            new Write("cpuset.mems", "0"),
            new Write("cpu.max", "5000 10000"),
            new Write("cpu.weight", "100"),
            new Write("memory.max", "1048576"),
            new Write("memory.swap.max", "0"),
            new Write("pids.max", "7"));
  }

  @Test
  void changesQuotaAndPeriodEachByItself() {
    assertThat(writes(cpu(70, -1))).containsExactly(new Write("cpu.max", "70 50000"));
    assertThat(writes(cpu(-1, 1000))).containsExactly(new Write("cpu.max", "20000 1000"));
    assertThat(writes(cpu(0, -1))).containsExactly(new Write("cpu.max", "max 50000"));
  }

  @Test
  void liftsLimits() {
    var none = new LimitsSetup(Long.MAX_VALUE, Long.MAX_VALUE, -1, -1, -1, "", "", Long.MAX_VALUE);
    assertThat(writes(none))
        .containsExactly(
            new Write("memory.max", "max"),
            new Write("memory.swap.max", "max"),
            new Write("pids.max", "max"));
  }

  @Test
  void limitsTasksAsFarAsTheKernelCounts() {
    assertThat(pids((4 << 20) - 1)).isEqualTo("4194303");
    assertThat(pids(4 << 20)).isEqualTo("max");
  }

  private static String pids(long number) {
    return writes(new LimitsSetup(-1, -1, -1, -1, -1, "", "", number)).getFirst().text();
  }

  @Test
  void readsNumbers() {
    assertThat(CgroupText.number("4096\n")).isEqualTo(4096);
    assertThat(CgroupText.number("max\n")).isEqualTo(Long.MAX_VALUE);
    String events = "low 0\nhigh 1\nmax 2\noom 3\noom_kill 4\noom_group_kill 5\n";
    assertThat(CgroupText.keyed(events, "oom_kill")).isEqualTo(4);
    assertThat(CgroupText.keyed(events, "oom")).isEqualTo(3);
    assertThat(CgroupText.keyed(events, "none")).isZero();
    assertThat(CgroupText.words(" cpu  memory\npids")).containsExactly("cpu", "memory", "pids");
    assertThat(CgroupText.words("")).isEmpty();
  }

  @Test
  void readsASerialNumberFromVitalProductData() {
    byte[] page = "\0\200\0\010layer1  ".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(DiskSearch.unitSerial(page)).isEqualTo("layer1");
    assertThat(DiskSearch.unitSerial(new byte[4])).isEmpty();
    assertThat(DiskSearch.unitSerial(new byte[0])).isEmpty();
  }
}
