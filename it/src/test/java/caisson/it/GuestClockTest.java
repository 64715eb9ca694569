package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a guest's kernel tells time by: with a clock that moves only at ticks it would take them
 * all, and an idle container would cost the host some percent of a processor.
 */
@ExtendWith(SharedDaemon.class)
class GuestClockTest {
  private final Cli caisson;

  GuestClockTest(Cli caisson) {
    this.caisson = caisson;
  }

  private String read(String pattern) {
    return caisson.out("run", "--rm", TestImage.NAME, "sh", "-c", "cat " + pattern);
  }

  @Test
  void theClockDoesNotNeedTicks() {
    assertThat(read("/sys/devices/system/clocksource/clocksource0/current_clocksource"))
        .isIn("tsc", "tsc-early", "kvm-clock");
  }

  @Test
  void everyProcessorHasATimerOfItsOwn() {
    var timers = read("/sys/devices/system/clockevents/clockevent*/current_device");
    assertThat(timers.lines()).isNotEmpty().allMatch(timer -> timer.startsWith("lapic"));
  }

  /** Modes of kernel/time/tick-sched.h: 2 is NOHZ_MODE_HIGHRES. */
  @Test
  void processorsRestUntilTheNextTimer() {
    var modes =
        caisson.out(
            "run",
            "--rm",
            "--privileged",
            TestImage.NAME,
            "sh",
            "-c",
            "grep -E 'hres_active|nohz_mode' /proc/timer_list | tr -d ' '");
    assertThat(modes.lines()).contains(".hres_active:1", ".nohz_mode:2");
    assertThat(modes).doesNotContain(":0");
  }
}
