package caisson.api.docker.containers;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.docker.ApiServer;
import caisson.api.docker.FakeContainers;
import caisson.engine.ContainerState;
import caisson.engine.GuestTask;
import caisson.engine.Health;
import caisson.engine.HealthCheck;
import caisson.engine.RestartPolicy;
import caisson.engine.RestartPolicy.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class LifeEndpointsTest {
  private final ApiServer server = new ApiServer();
  private final FakeContainers containers = server.engine.containers;

  @BeforeEach
  void createAndStart() {
    server.images.add("bb:latest");
    create("c1", "\"HostConfig\":{\"Memory\":67108864,\"NanoCpus\":1000000000}");
    server.post("/containers/c1/start");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String create(String name, String fields) {
    return server.request(
        "POST", "/containers/create?name=" + name, "{\"Image\":\"bb\"," + fields + "}");
  }

  @Test
  void restartPoliciesAreDockers() {
    var policy = "\"HostConfig\":{\"RestartPolicy\":{\"Name\":\"%s\",\"MaximumRetryCount\":%d}%s}";
    assertThat(create("x1", policy.formatted("on-failure", 3, ""))).startsWith("HTTP/1.1 201 ");
    assertThat(containers.list().getLast().request().restart())
        .isEqualTo(new RestartPolicy(Kind.ON_FAILURE, 3));
    assertThat(create("x2", policy.formatted("sometimes", 0, ""))).startsWith("HTTP/1.1 400 ");
    assertThat(create("x3", policy.formatted("always", 1, ""))).startsWith("HTTP/1.1 400 ");
    assertThat(create("x4", policy.formatted("always", 0, ",\"AutoRemove\":true")))
        .startsWith("HTTP/1.1 400 ")
        .contains("can't create 'AutoRemove' container with restart policy");
  }

  @Test
  void aContainerThatIsRestartedCountsAsRunning() {
    var last =
        new ContainerState.Exited(
            3, Instant.EPOCH, Instant.now().minusSeconds(5), false, Optional.empty());
    containers.set(containers.only().id(), new ContainerState.Restarting(last));
    assertThat(server.get("/containers/json"))
        .contains("\"State\":\"restarting\",\"Status\":\"Restarting (3) 5 seconds ago\"");
    assertThat(server.get("/containers/c1/json"))
        .contains(
            "\"Status\":\"restarting\",\"Running\":true,\"Paused\":false,\"Restarting\":true");
    assertThat(server.post("/containers/prune")).contains("\"ContainersDeleted\":[]");
  }

  @Test
  void pausesAndRenames() {
    assertThat(server.post("/containers/c1/pause")).startsWith("HTTP/1.1 204 ");
    assertThat(server.get("/containers/json?filters=%7B%22status%22%3A%5B%22paused%22%5D%7D"))
        .contains("(Paused)");
    assertThat(server.post("/containers/c1/unpause")).startsWith("HTTP/1.1 204 ");
    assertThat(server.post("/containers/c1/unpause")).startsWith("HTTP/1.1 409 ");
    assertThat(server.post("/containers/c1/rename")).startsWith("HTTP/1.1 400 ");
    assertThat(server.post("/containers/c1/rename?name=c2")).startsWith("HTTP/1.1 204 ");
    assertThat(containers.calls).contains("rename c2");
  }

  @Test
  void anUpdateChangesWhatItNamesAndNothingElse() {
    assertThat(
            server.request(
                "POST",
                "/containers/c1/update",
                "{\"Memory\":134217728,\"RestartPolicy\":{\"Name\":\"always\"}}"))
        .endsWith("{\"Warnings\":[]}");
    var update = containers.updates.getFirst();
    assertThat(update.restart()).contains(new RestartPolicy(Kind.ALWAYS, 0));
    var limits = update.resources().orElseThrow();
    assertThat(limits.memory().orElseThrow().limit()).contains(134_217_728L);
    assertThat(limits.cpu().orElseThrow().quota()).contains(100_000L);
    assertThat(server.get("/containers/c1/json"))
        .contains("\"Memory\":134217728", "\"NanoCpus\":1000000000", "\"Name\":\"always\"");
    server.request("POST", "/containers/c1/update", "{\"RestartPolicy\":{\"Name\":\"no\"}}");
    assertThat(containers.updates.getLast().resources()).isEmpty();
    assertThat(server.request("POST", "/containers/c1/update", "{\"Memory\":1000}"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(server.request("POST", "/containers/c1/update", "{\"BlkioWeight\":10}"))
        .startsWith("HTTP/1.1 501 ");
  }

  @Test
  void topShowsTheColumnsThatPsWouldShow() {
    var started = Instant.now().minusSeconds(100);
    containers.tasks.add(
        new GuestTask(
            7, 1, 0, "S", "?", started, Duration.ofSeconds(50), 4096, 2048, "sh", "sh -c loop"));
    assertThat(server.get("/containers/c1/top"))
        .contains(
            "{\"Titles\":[\"UID\",\"PID\",\"PPID\",\"C\",\"STIME\",\"TTY\",\"TIME\",\"CMD\"]",
            "[[\"root\",\"7\",\"1\",",
            "\"00:00:50\",\"sh -c loop\"]");
    assertThat(server.get("/containers/c1/top?ps_args=-o%20pid,comm"))
        .contains("{\"Titles\":[\"PID\",\"COMMAND\"],\"Processes\":[[\"7\",\"sh\"]]}");
    assertThat(server.get("/containers/c1/top?ps_args=aux")).contains("\"%CPU\"", "\"STAT\"");
    assertThat(server.get("/containers/c1/top?ps_args=-o%20nothing")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void statsComeOnceOrAgainAndAgain() {
    assertThat(server.get("/containers/c1/stats?stream=0&one-shot=1"))
        .contains(
            "\"name\":\"/c1\"",
            "\"cpu_stats\":{\"cpu_usage\":{\"total_usage\":20,\"usage_in_kernelmode\":5,"
                + "\"usage_in_usermode\":15},\"system_cpu_usage\":200,\"online_cpus\":2",
            "\"precpu_stats\":{\"cpu_usage\":{\"total_usage\":0",
            "\"memory_stats\":{\"usage\":4096,\"stats\":{\"inactive_file\":96},\"limit\":1048576}",
            "\"networks\":{\"eth0\":{\"rx_bytes\":1",
            "\"io_service_bytes_recursive\":[{\"major\":8,\"minor\":0,\"op\":\"read\",\"value\":10}",
            "\"pids_stats\":{\"current\":3}");
    assertThat(server.get("/containers/c1/stats?stream=false"))
        .contains("\"precpu_stats\":{\"cpu_usage\":{\"total_usage\":20");
    containers.exit(containers.only().id(), 0);
    assertThat(server.get("/containers/c1/stats?stream=0"))
        .contains("\"total_usage\":0")
        .doesNotContain("networks");
  }

  @Test
  void healthChecksComeFromTheRequestAndAreShown() {
    create(
        "h1",
        "\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"true\"],\"Interval\":1000000000,\"Retries\":2}");
    var check = containers.list().getLast().request().health().orElseThrow();
    assertThat(check)
        .isEqualTo(
            new HealthCheck(
                List.of("/bin/sh", "-c", "true"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ZERO,
                Duration.ofSeconds(5),
                2));
    create("h2", "\"Healthcheck\":{\"Test\":[\"NONE\"]}");
    assertThat(containers.list().getLast().request().health()).isEmpty();
    assertThat(create("h3", "\"Healthcheck\":{\"Test\":[\"CMD\",\"x\"],\"Interval\":5}"))
        .contains("Interval in Healthcheck cannot be less than 1ms");
    assertThat(create("h4", "\"Healthcheck\":{\"Test\":[\"WHAT\"]}")).startsWith("HTTP/1.1 400 ");
    containers.health =
        Optional.of(
            new Health(
                Health.Status.UNHEALTHY,
                3,
                List.of(new Health.Check(Instant.EPOCH, Instant.EPOCH, 1, "no"))));
    containers.set(containers.only().id(), new ContainerState.Running(Instant.now(), "vm", 1));
    assertThat(server.get("/containers/json")).contains(" (unhealthy)\"");
    assertThat(server.get("/containers/c1/json"))
        .contains(
            "\"Health\":{\"Status\":\"unhealthy\",\"FailingStreak\":3,",
            "\"ExitCode\":1,\"Output\":\"no\"");
    assertThat(server.get("/containers/json?filters=%7B%22health%22%3A%5B%22healthy%22%5D%7D"))
        .endsWith("[]");
  }

  @Test
  void prunesWhatDoesNotRunAndCountsWhatThereIs() {
    create("old", "\"Labels\":{\"keep\":\"1\"}");
    assertThat(server.get("/system/df")).contains("\"LayersSize\":", "\"SizeRw\":1048576");
    assertThat(
            server.post("/containers/prune?filters=%7B%22label%21%22%3A%7B%22keep%22%3Atrue%7D%7D"))
        .contains("\"ContainersDeleted\":[]");
    assertThat(server.post("/containers/prune?filters=%7B%22until%22%3A%5B%221h%22%5D%7D"))
        .contains("\"SpaceReclaimed\":1048576");
    assertThat(containers.list()).hasSize(1);
    assertThat(server.post("/build/prune")).contains("\"SpaceReclaimed\":0");
    assertThat(server.post("/images/prune?filters=%7B%22dangling%22%3A%5B%22false%22%5D%7D"))
        .contains("\"ImagesDeleted\":[]");
  }
}
