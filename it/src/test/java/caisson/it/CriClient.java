package caisson.it;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a kubelet asks of a container engine (Kubernetes' Container Runtime Interface,
 * k8s.io/cri-api, pkg/apis/runtime/v1/api.proto, which the fields' numbers are from).
 */
final class CriClient implements AutoCloseable {
  private static final String SERVICE = "runtime.v1.RuntimeService/";
  private static final long PATIENCE_SECONDS = 120;

  private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
  private final ManagedChannel channel;

  CriClient(Path socket) {
    channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .eventLoopGroup(loop)
            .channelType(EpollDomainSocketChannel.class)
            .overrideAuthority("localhost")
            .usePlaintext()
            .build();
  }

  private Message call(String method, Message request) {
    var descriptor =
        MethodDescriptor.<Message, Message>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName(SERVICE + method)
            .setRequestMarshaller(new Marshaller())
            .setResponseMarshaller(new Marshaller())
            .build();
    var options = CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return ClientCalls.blockingUnaryCall(channel, descriptor, options, request);
  }

  /** How a pod's containers see each other's processes (NamespaceMode). */
  enum Processes {
    SHARED(0),
    APART(1);

    private final int mode;

    Processes(int mode) {
      this.mode = mode;
    }
  }

  /** The description of a pod called {@code name} with its logs in {@code logs}. */
  static Message pod(String name, Path logs, Processes processes) {
    var metadata = Message.EMPTY.with(1, name).with(2, "uid-" + name).with(3, "default");
    var namespaces = Message.EMPTY.with(2, processes.mode);
    var security = Message.EMPTY.with(1, namespaces);
    return Message.EMPTY
        .with(1, metadata)
        .with(2, name)
        .with(3, logs.toString())
        .with(8, Message.EMPTY.with(2, security));
  }

  /** Starts a pod and answers its sandbox's id. */
  String runPod(Message pod) {
    return call("RunPodSandbox", Message.EMPTY.with(1, pod)).text(1);
  }

  /** Makes and starts a container of a pod and answers its id. */
  String run(String sandbox, Message pod, Processes processes, String name, String... command) {
    var namespaces = Message.EMPTY.with(2, processes.mode);
    var container =
        Message.EMPTY
            .with(1, Message.EMPTY.with(1, name))
            .with(2, Message.EMPTY.with(1, Containerd.IMAGE))
            .with(3, List.of(command))
            .with(11, name + ".log")
            .with(15, Message.EMPTY.with(2, Message.EMPTY.with(3, namespaces)));
    var request = Message.EMPTY.with(1, sandbox).with(2, container).with(3, pod);
    var id = call("CreateContainer", request).text(1);
    call("StartContainer", Message.EMPTY.with(1, id));
    return id;
  }

  /** What a command in a container has printed. */
  record Executed(String out, String err, long code) {}

  Executed exec(String container, String script) {
    var request = Message.EMPTY.with(1, container).with(2, List.of("sh", "-c", script));
    var answer = call("ExecSync", request);
    return new Executed(answer.text(1).strip(), answer.text(2).strip(), answer.number(3));
  }

  void stop(String container, long seconds) {
    call("StopContainer", Message.EMPTY.with(1, container).with(2, seconds));
  }

  void remove(String container) {
    call("RemoveContainer", Message.EMPTY.with(1, container));
  }

  void stopPod(String sandbox) {
    call("StopPodSandbox", Message.EMPTY.with(1, sandbox));
  }

  void removePod(String sandbox) {
    call("RemovePodSandbox", Message.EMPTY.with(1, sandbox));
  }

  /** A container's exit code, -1 while it has none. */
  long exitCode(String container) {
    var status = call("ContainerStatus", Message.EMPTY.with(1, container)).message(1);
    return status.number(3) == 2 ? status.number(7) : -1;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    var ended = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    if (!ended.isSuccess()) {
      throw new AssertionError("the client's thread does not end", ended.cause());
    }
  }

  private static final class Marshaller implements MethodDescriptor.Marshaller<Message> {
    @Override
    public InputStream stream(Message message) {
      return new ByteArrayInputStream(message.fields().toByteArray());
    }

    @Override
    public Message parse(InputStream stream) {
      try {
        return Message.parse(stream.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
