// Answers UDP packets, or asks somebody who does.
//   datagrams serve PORT          sends every packet back, with "echo " in front
//   datagrams ask ADDRESS PORT    sends "hello" until something comes back, prints that; 1 after 5 s
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

static struct sockaddr_in address(const char *text, const char *port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
  inet_pton(AF_INET, text, &to.sin_addr);
  return to;
}

static int serve(int udp, const char *port) {
  struct sockaddr_in here = address("0.0.0.0", port);
  if (bind(udp, (struct sockaddr *)&here, sizeof here)) {
    perror("bind");
    return 1;
  }
  for (;;) {
    char packet[1500] = "echo ";
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    ssize_t n = recvfrom(udp, packet + 5, sizeof packet - 5, 0, (struct sockaddr *)&from, &length);
    if (n >= 0) {
      sendto(udp, packet, n + 5, 0, (struct sockaddr *)&from, length);
    }
  }
}

static int ask(int udp, const char *host, const char *port) {
  struct sockaddr_in to = address(host, port);
  struct timeval patience = {.tv_usec = 200000};
  setsockopt(udp, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (connect(udp, (struct sockaddr *)&to, sizeof to)) {
    perror("connect");
    return 1;
  }
  for (int i = 0; i < 25; i++) {
    char answer[1500];
    send(udp, "hello", 5, 0);
    ssize_t n = recv(udp, answer, sizeof answer, 0);
    if (n > 0) {
      printf("%.*s\n", (int)n, answer);
      return 0;
    }
  }
  fprintf(stderr, "no answer\n");
  return 1;
}

int main(int count, char **words) {
  int udp = socket(AF_INET, SOCK_DGRAM, 0);
  if (count == 3 && strcmp(words[1], "serve") == 0) {
    return serve(udp, words[2]);
  }
  return count == 4 && strcmp(words[1], "ask") == 0 ? ask(udp, words[2], words[3]) : 2;
}
